import { sql } from 'kysely'
import type { Database } from '../database/index.ts'

/** Anybody can ask for more different addresses than this holds: what was not asked for longest goes. */
const mostBytes = 64_000_000
const largestBytes = 16_000_000

/** What an answer weighs. */
export interface Weighed {
  body: string | Uint8Array
}

/** Gives the answer that is kept under this address, or makes it. `undefined`, where nothing is published, is not kept. */
export type KeptPublic = <Answer extends Weighed>(
  address: string,
  make: () => Promise<Answer | undefined>,
) => Promise<Answer | undefined>

/**
 * Keeps in memory what everybody gets alike, for as long as nothing public has changed: each time, one question to the
 * database says whether it still holds. What one process hides is gone from all of them.
 *
 * @param ask as nobody
 */
export function keepPublic(ask: Database['ask']): KeptPublic {
  const kept = new Map<string, Weighed>()
  /** What is asked for again while it is made is not made twice. */
  const making = new Map<string, Promise<Weighed | undefined>>()
  let keptVersion: string | undefined
  let bytes = 0
  const forget = (address: string) => {
    bytes -= weight(kept.get(address)!)
    kept.delete(address)
  }
  return async (address, make) => {
    type Answer = Awaited<ReturnType<typeof make>>
    // Asked before the answer is made: what is published meanwhile makes the answer newer than its version, never older.
    const [row] = await ask(sql<{ version: string }>`select version from public_version`)
    const version = row!.version
    if (version !== keptVersion && !isOlder(version, keptVersion)) {
      kept.clear()
      making.clear()
      bytes = 0
      keptVersion = version
    }
    const known = version === keptVersion ? kept.get(address) : undefined
    if (known) {
      kept.delete(address)
      kept.set(address, known)
      return known as Answer
    }
    if (version !== keptVersion) return make()
    const begun = making.get(address) ?? makeAndKeep(address, version, make)
    making.set(address, begun)
    return begun as Promise<Answer | undefined>
  }

  async function makeAndKeep<Answer extends Weighed>(
    address: string,
    version: string,
    make: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    try {
      const made = await make()
      if (made && version === keptVersion && !kept.has(address) && weight(made) <= largestBytes) {
        kept.set(address, made)
        bytes += weight(made)
        while (bytes > mostBytes) forget(kept.keys().next().value!)
      }
      return made
    } finally {
      // What was begun for a later version stays.
      if (version === keptVersion) making.delete(address)
    }
  }
}

/** Two questions may be answered in another order than they were asked. */
function isOlder(version: string, than: string | undefined): boolean {
  return than !== undefined && BigInt(version) < BigInt(than)
}

/** Text in JavaScript takes up to two bytes a character. */
function weight({ body }: Weighed): number {
  return body.length * (typeof body === 'string' ? 2 : 1)
}
