import { sql } from 'kysely'
import { lockKeys, type Database, type Tx } from '../database/index.ts'
import type { Logger } from '../log.ts'
import { dropPending, readSealFile, sealFilePath, sealsIn, settle, writePending } from './seal-file.ts'
import { contentOf, leafOf, logs, MerkleTree, noRoot, rootOf, type Log, type SealHead } from './seal-hashes.ts'
import type { SealedRow } from './seal-file.ts'

export interface SealOptions {
  /** The data folder; seals are written to `<folder>/seals`. */
  folder: string
  log: Logger
  /** Rows in one seal at most; what is left goes into further seals of the same call. */
  largest?: number
}

const pageSize = 10_000

/**
 * Seals every row of both logs that is visible and has no seal yet; what commits later falls into the next seal. Each
 * seal is one transaction. A second process that asks meanwhile returns at once, having sealed nothing.
 * @returns how many seals were made, and over how many rows
 * @throws Error when the folder holds a seal that the database lost: `audit verify` tells more
 */
export async function sealEvents(
  database: Database,
  { folder, log, largest = 200_000 }: SealOptions,
): Promise<{ seals: number; rows: number }> {
  let seals = 0
  let rows = 0
  for (;;) {
    const made = await database.as({ task: 'seal' }, tx => sealOnce(tx, folder, database.clock.now(), largest))
    if (!made) return { seals, rows }
    await settle(folder, made.seal)
    log.info({ seal: made.seal, rows: made.rows, root: made.root, previousRoot: made.previousRoot }, 'events sealed')
    seals += 1
    rows += made.rows
    if (made.rows < largest) return { seals, rows }
  }
}

async function sealOnce(tx: Tx, folder: string, now: Date, largest: number) {
  const locked = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${lockKeys.seal}) as locked`.execute(
    tx,
  )
  if (!locked.rows[0]!.locked) return undefined
  const last = await tx.selectFrom('seal').select(['id', 'root']).orderBy('id', 'desc').limit(1).executeTakeFirst()
  const seal = Number(last?.id ?? 0) + 1
  await settleInterrupted(tx, folder)
  const known = (await sealsIn(folder)).written.at(-1) ?? 0
  if (known >= seal) {
    throw new Error(
      `${sealFilePath(folder, known)} is there, but the database has no seal ${known}. Run "script/weathervane audit verify". After an older backup was restored on purpose, move the files of the lost seals to a safe place.`,
    )
  }

  const { snapshot, entries, merkleRoot } = await collect(tx, largest)
  if (entries.length === 0) return undefined
  const head: SealHead = { seal, at: now.toISOString(), snapshot, previousRoot: last?.root ?? noRoot }
  const root = rootOf(head, entries.length, merkleRoot)
  await tx
    .insertInto('seal')
    .values({ id: seal, at: head.at, previous_root: head.previousRoot, root, snapshot })
    .execute()
  await insertEntries(tx, seal, entries)
  // On the disk before the commit, under its last name after it: neither side can know a seal that the other lost.
  await writePending(folder, { ...head, root, entries })
  return { ...head, root, rows: entries.length }
}

/** A process that ended between writing a file and naming it: the database says whether its transaction was committed. */
async function settleInterrupted(tx: Tx, folder: string): Promise<void> {
  for (const seal of (await sealsIn(folder)).pending) {
    const row = await tx.selectFrom('seal').select('root').where('id', '=', String(seal)).executeTakeFirst()
    if (!row) {
      await dropPending(folder, seal)
    } else if ((await readSealFile(folder, seal, '.pending')).root === row.root) {
      await settle(folder, seal)
    }
  }
}

/** The rows without a seal, and the snapshot by which a row that appears later can be judged. */
async function collect(tx: Tx, largest: number) {
  const taken = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(tx)
  // A cursor sees one state for as long as it is open, and both see at least what the snapshot saw.
  for (const log of logs) await sql.raw(`declare unsealed_${log} no scroll cursor for ${unsealed(log)}`).execute(tx)
  const own = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(tx)

  const entries: SealedRow[] = []
  const tree = new MerkleTree()
  for (const log of logs) {
    while (entries.length < largest) {
      const count = Math.min(pageSize, largest - entries.length)
      const page = await sql
        .raw<{ id: string; xid: string; content: string }>(`fetch ${count} from unsealed_${log}`)
        .execute(tx)
      for (const { id, xid, content } of page.rows) {
        const leaf = leafOf(log, id, xid, content)
        entries.push([log, id, leaf])
        tree.add(leaf)
      }
      if (page.rows.length < count) break
    }
  }
  return {
    snapshot: upTo(taken.rows[0]!.snapshot, BigInt(own.rows[0]!.xid)),
    entries,
    merkleRoot: tree.root(),
  }
}

function unsealed(log: Log): string {
  return `select ${log}.id, ${log}.xid::text as xid, ${contentOf[log]} as content from ${log}
    where not exists (select from seal_entry where seal_entry.log = '${log}' and seal_entry.entry_id = ${log}.id)
    order by ${log}.id`
}

/**
 * The same snapshot with `next`, a number given out after it was taken, as its upper end. PostgreSQL ends a snapshot
 * at the last number that has finished, below which a transaction that is still open may lie; a row with a number
 * from `next` on was begun after the seal.
 */
function upTo(snapshot: string, next: bigint): string {
  const [xmin, xmax, open] = snapshot.split(':')
  const running = open ? open.split(',') : []
  for (let xid = BigInt(xmax!); xid < next; xid += 1n) running.push(String(xid))
  return `${xmin}:${next}:${running.join(',')}`
}

async function insertEntries(tx: Tx, seal: number, entries: readonly SealedRow[]): Promise<void> {
  for (let from = 0; from < entries.length; from += pageSize) {
    const page = entries.slice(from, from + pageSize)
    const list = (column: 0 | 1 | 2) => `{${page.map(entry => entry[column]).join(',')}}`
    await sql`
      insert into seal_entry (log, entry_id, seal_id, position, leaf)
      select entry.log, entry.id, ${seal}::int8, ${from}::int4 + entry.place - 1, entry.leaf
      from unnest(${list(0)}::text[], ${list(1)}::int8[], ${list(2)}::text[])
        with ordinality as entry (log, id, leaf, place)`.execute(tx)
  }
}

/** Waits until no seal is being made, and keeps new ones away until the transaction ends. */
export async function holdSealing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKeys.seal})`.execute(tx)
}
