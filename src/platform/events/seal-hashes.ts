import { hash } from 'node:crypto'

/** The two append-only logs that seals cover, in the order in which one seal lists them. */
export const logs = ['event', 'access_entry'] as const
export type Log = (typeof logs)[number]

/**
 * Every column of a row but `id` and `xid`, as PostgreSQL writes a JSON array. A moment is the seconds since 1970 with
 * six decimals. A detail is covered by its hash alone, so that erasing it breaks nothing.
 */
export const contentOf: Record<Log, string> = {
  event: `json_build_array(extract(epoch from event.at), event.kind, event.subject, event.incident_id, event.object_id,
    event.authority_code, event.partnership_code, event.person_id, event.who, event.detail_hash)::text`,
  access_entry: `json_build_array(extract(epoch from access_entry.at), access_entry.person_id, access_entry.who,
    access_entry.subject, access_entry.purpose, access_entry.incident_ids)::text`,
}

/** SHA-256 over `log id xid content` in hex: what a seal keeps of one row. */
export function leafOf(log: Log, id: string, xid: string, content: string): string {
  return hash('sha256', `${log} ${id} ${xid} ${content}`)
}

/**
 * The Merkle root of leaves in order, as in RFC 6962 section 2.1 without the leaf prefix: an inner node is SHA-256 over
 * the byte 1, the left and the right hash. No leaf starts with the byte 1, so a node cannot pass for a leaf.
 * Holds one hash per level of the tree.
 */
export class MerkleTree {
  private readonly peaks: (Buffer | undefined)[] = []

  add(leaf: string): void {
    let node: Buffer = Buffer.from(leaf, 'hex')
    let level = 0
    for (let left = this.peaks[0]; left; left = this.peaks[level]) {
      node = nodeOf(left, node)
      this.peaks[level] = undefined
      level += 1
    }
    this.peaks[level] = node
  }

  /** In hex. */
  root(): string {
    const root = this.peaks.reduce((right, left) => (left && right ? nodeOf(left, right) : (left ?? right)), undefined)
    return (root ?? Buffer.alloc(0)).toString('hex')
  }
}

const nodePrefix = Buffer.from([1])

function nodeOf(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer')
}

/** What stands at the head of a seal, besides its root. */
export interface SealHead {
  seal: number
  /** ISO moment in UTC. */
  at: string
  /** `xmin:xmax:xip,...`: the transactions whose rows the seal saw; `xmax` is above every number given out by then. */
  snapshot: string
  previousRoot: string
}

/** What the first seal is chained to. */
export const noRoot = '0'.repeat(64)

/** The root of a seal: SHA-256 over its head and the Merkle root of its leaves, so that each root holds all before it. */
export function rootOf(head: SealHead, count: number, merkleRoot: string): string {
  return hash('sha256', `seal ${head.seal} ${head.at} ${head.snapshot} ${head.previousRoot} ${count} ${merkleRoot}`)
}
