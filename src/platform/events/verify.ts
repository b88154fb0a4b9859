import { sql } from 'kysely'
import type { Database, Tx } from '../database/index.ts'
import { detailHash } from './record.ts'
import { holdSealing } from './seal.ts'
import { readSealFile, sealFilePath, sealsIn, type SealedRow, type SealFile } from './seal-file.ts'
import { contentOf, leafOf, logs, MerkleTree, noRoot, rootOf, type Log, type SealHead } from './seal-hashes.ts'

/** What may have happened to what was sealed. */
export type Tampering =
  | 'altered'
  | 'reordered'
  | 'deleted'
  | 'inserted'
  | 'detail-altered'
  | 'seal-removed'
  | 'seal-altered'
  | 'seal-file-missing'
  | 'seal-file-altered'

export interface Problem {
  what: Tampering
  seal: number
  /** The row, where the problem is with one row and not with a seal as a whole. */
  row?: { log: Log; id: string }
  /** A sentence for the person who checks. */
  text: string
}

export interface Verification {
  seals: number
  /** Sealed rows that were compared. */
  rows: Record<Log, number>
  /** Rows that no seal covers yet. */
  unsealed: Record<Log, number>
  /** Details of sealed events that are no longer there. That breaks nothing. */
  erasedDetails: number
  /** Seal by seal, and in a seal row by row; of each kind the first 500. */
  problems: Problem[]
}

/** Of one kind; where more is wrong, the first tell enough. */
const mostProblems = 500
const pageSize = 5_000

/** What a seal says of rows that it does not list. */
interface Passed {
  seal: number
  /** The highest id it lists. */
  highest: bigint
  /** The transactions that were open when it was made: their rows could not be seen, and may come later. */
  open: ReadonlySet<bigint>
}

interface AlteredRow {
  problem: Problem & { row: { log: Log; id: string } }
  leaf: string
  xid: string
  content: string
}

interface Check extends Verification {
  tx: Tx
  folder: string
  found: Map<Tampering, number>
  passed: Record<Log, Passed[]>
  /** The highest id that any seal up to now lists. */
  highest: Record<Log, bigint>
  altered: AlteredRow[]
  /** Rows that a file lists under a seal and the database under none. */
  listedInFilesOnly: Set<string>
}

/**
 * Compares both logs with their seals, and the seals with the files outside the database. The file is believed where
 * the two differ.
 */
export async function verifySeals(database: Database, { folder }: { folder: string }): Promise<Verification> {
  return database.as({ task: 'seal' }, async tx => {
    await holdSealing(tx)
    const check: Check = {
      tx,
      folder,
      seals: 0,
      rows: { event: 0, access_entry: 0 },
      unsealed: { event: 0, access_entry: 0 },
      erasedDetails: 0,
      problems: [],
      found: new Map(),
      passed: { event: [], access_entry: [] },
      highest: { event: 0n, access_entry: 0n },
      altered: [],
      listedInFilesOnly: new Set(),
    }
    const stored = await storedSeals(tx)
    const files = await sealFiles(folder)
    const last = [...stored.keys(), ...files.written].reduce((most, seal) => Math.max(most, seal), 0)
    let previousRoot: string | undefined = noRoot
    for (let seal = 1; seal <= last; seal += 1) {
      const ending = files.written.has(seal) ? '' : files.pending.has(seal) ? '.pending' : undefined
      previousRoot = await checkSeal(check, stored.get(seal), { seal, ending, previousRoot })
    }
    nameReordered(check.altered)
    for (const log of logs) await checkUnsealed(check, log)
    const { seals, rows, unsealed, erasedDetails, problems } = check
    return { seals, rows, unsealed, erasedDetails, problems: inOrder(problems) }
  })
}

type StoredSeal = SealHead & { root: string }

async function sealFiles(folder: string): Promise<{ written: Set<number>; pending: Set<number> }> {
  const { written, pending } = await sealsIn(folder)
  return { written: new Set(written), pending: new Set(pending) }
}

async function storedSeals(tx: Tx): Promise<Map<number, StoredSeal>> {
  const rows = await tx.selectFrom('seal').select(['id', 'at', 'snapshot', 'previous_root', 'root']).execute()
  return new Map(
    rows.map(row => [
      Number(row.id),
      {
        seal: Number(row.id),
        at: row.at.toISOString(),
        snapshot: row.snapshot,
        previousRoot: row.previous_root,
        root: row.root,
      },
    ]),
  )
}

/** @returns the root that the next seal must be chained to; undefined when nothing is known of this seal */
async function checkSeal(
  check: Check,
  stored: StoredSeal | undefined,
  expected: { seal: number; ending: '' | '.pending' | undefined; previousRoot: string | undefined },
): Promise<string | undefined> {
  const { seal, ending, previousRoot } = expected
  const report = (what: Tampering, text: string) => check.problems.push({ what, seal, text })
  const file = ending === undefined ? undefined : await readFileOf(check, seal, ending)
  if (ending === undefined && stored) {
    report(
      'seal-file-missing',
      `The file ${sealFilePath(check.folder, seal)} is missing. Without it, a change to seal ${seal} in the database cannot be told.`,
    )
  }
  if (!stored) {
    report(
      'seal-removed',
      file
        ? `Seal ${seal} was removed from the database; its file is there.`
        : `Seal ${seal} was removed from the database, and there is no file of it.`,
    )
  }
  const head = file ?? stored
  if (!head) return undefined
  check.seals += 1
  if (stored && file) {
    for (const part of ['at', 'snapshot', 'previousRoot', 'root'] as const) {
      if (stored[part] !== file[part]) {
        report(
          'seal-altered',
          `Seal ${seal} was altered in the database: "${part}" is ${stored[part]}, in its file ${file[part]}.`,
        )
      }
    }
  }
  const source = file ? 'seal-file-altered' : 'seal-altered'
  const where = file ? `The file of seal ${seal}` : `Seal ${seal} in the database`
  const entries = file?.entries ?? (await storedEntries(check.tx, seal, 0)).map(entry => entry.row)
  const tree = new MerkleTree()
  for (const [, , leaf] of entries) tree.add(leaf)
  if (rootOf(head, entries.length, tree.root()) !== head.root) {
    report(source, `${where} was altered: its root does not follow from what it lists.`)
  }
  if (previousRoot !== undefined && head.previousRoot !== previousRoot) {
    report(source, `${where} was altered: it is not chained to the seal before it.`)
  }
  if (file) await compareEntries(check, seal, entries, stored !== undefined)
  await checkRows(check, seal, entries)
  notePassed(check, head, entries)
  return head.root
}

async function readFileOf(check: Check, seal: number, ending: '' | '.pending'): Promise<SealFile | undefined> {
  const path = sealFilePath(check.folder, seal)
  const file = await readSealFile(check.folder, seal, ending).catch(() => undefined)
  if (file?.seal === seal) return file
  check.problems.push({
    what: 'seal-file-altered',
    seal,
    text: file ? `The file ${path} is that of seal ${file.seal}.` : `The file ${path} cannot be read as a seal.`,
  })
  return undefined
}

interface StoredEntry {
  position: number
  row: SealedRow
}

async function storedEntries(tx: Tx, seal: number, from: number, until = 2 ** 31 - 1): Promise<StoredEntry[]> {
  const rows = await tx
    .selectFrom('seal_entry')
    .select(['position', 'log', 'entry_id', 'leaf'])
    .where('seal_id', '=', String(seal))
    .where('position', '>=', from)
    .where('position', '<', until)
    .orderBy('position')
    .execute()
  return rows.map(row => ({ position: row.position, row: [row.log as Log, row.entry_id, row.leaf] }))
}

/** Names the first place where the database lists something else under a seal than the file does. */
async function compareEntries(
  check: Check,
  seal: number,
  entries: readonly SealedRow[],
  isStored: boolean,
): Promise<void> {
  let named = !isStored
  const name = (log: Log, id: string, text: string) => {
    if (!named) check.problems.push({ what: 'seal-altered', seal, row: { log, id }, text })
    named = true
  }
  for (let from = 0; from < entries.length; from += pageSize) {
    const until = Math.min(from + pageSize, entries.length)
    const stored = new Map((await storedEntries(check.tx, seal, from, until)).map(entry => [entry.position, entry.row]))
    for (let position = from; position < until; position += 1) {
      const [log, id, leaf] = entries[position]!
      const other = stored.get(position)
      if (!other || other[0] !== log || other[1] !== id) check.listedInFilesOnly.add(`${log} ${id}`)
      if (other?.join() === `${log},${id},${leaf}`) continue
      name(
        log,
        id,
        other
          ? `Seal ${seal} was altered in the database: for ${log} ${id} its file holds another hash, or another row in its place.`
          : `Seal ${seal} was altered in the database: it no longer lists ${log} ${id}, its file does.`,
      )
    }
  }
  const [extra] = await storedEntries(check.tx, seal, entries.length)
  if (extra) {
    const [log, id] = extra.row
    name(log, id, `Seal ${seal} was altered in the database: it lists ${log} ${id}, its file does not.`)
  }
}

interface FoundRow {
  id: string
  xid: string
  content: string
  detail_hash: string | null
  salt: string | null
  detail: string | null
}

async function checkRows(check: Check, seal: number, entries: readonly SealedRow[]): Promise<void> {
  for (let from = 0; from < entries.length; from += pageSize) {
    const page = entries.slice(from, from + pageSize)
    for (const log of logs) {
      const listed = page.filter(entry => entry[0] === log)
      if (listed.length === 0) continue
      const ids = listed.map(entry => entry[1])
      const rows = await foundRows(check.tx, log, ids)
      for (const [, id, leaf] of listed) checkRow(check, seal, log, id, leaf, rows.get(id))
    }
  }
}

async function foundRows(tx: Tx, log: Log, ids: readonly string[]): Promise<Map<string, FoundRow>> {
  const content = sql.raw<string>(contentOf[log])
  const wanted = `{${ids.join(',')}}`
  const { rows } =
    log === 'event'
      ? await sql<FoundRow>`
          select event.id, event.xid::text as xid, ${content} as content,
            event.detail_hash, event_detail.salt, event_detail.detail::text as detail
          from event left join event_detail on event_detail.event_id = event.id
          where event.id = any (${wanted}::int8[])`.execute(tx)
      : await sql<FoundRow>`
          select access_entry.id, access_entry.xid::text as xid, ${content} as content,
            null as detail_hash, null as salt, null as detail
          from access_entry
          where access_entry.id = any (${wanted}::int8[])`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

function checkRow(check: Check, seal: number, log: Log, id: string, leaf: string, row: FoundRow | undefined): void {
  check.rows[log] += 1
  const problem = (what: Tampering, text: string) => ({ what, seal, row: { log, id }, text })
  if (!row) {
    report(check, problem('deleted', `${nameOf(log, id)} was deleted. It is in seal ${seal}.`))
    return
  }
  if (leafOf(log, id, row.xid, row.content) !== leaf) {
    const altered = problem('altered', `${nameOf(log, id)} was altered after it was sealed in seal ${seal}.`)
    if (report(check, altered)) check.altered.push({ problem: altered, leaf, xid: row.xid, content: row.content })
    return
  }
  const missedBy = sealThatMissed(check, log, id, row.xid)
  if (missedBy) report(check, insertedRow(log, id, missedBy, `Seal ${seal} took it in later.`))
  if (log === 'event') checkDetail(check, id, row, problem)
}

function checkDetail(
  check: Check,
  id: string,
  row: FoundRow,
  problem: (what: Tampering, text: string) => Problem,
): void {
  if (row.detail === null) {
    if (row.detail_hash !== null) check.erasedDetails += 1
  } else if (row.detail_hash === null) {
    report(check, problem('detail-altered', `${nameOf('event', id)} was sealed without a detail, and has one now.`))
  } else if (detailHash(row.salt ?? '', row.detail) !== row.detail_hash) {
    report(check, problem('detail-altered', `The detail of ${nameOf('event', id)} was altered after it was stored.`))
  }
}

/** Two rows that hold each other's content are told apart from two that were rewritten. */
function nameReordered(altered: readonly AlteredRow[]): void {
  for (const { problem, leaf, xid } of altered) {
    const { log, id } = problem.row
    const now = altered.find(
      other =>
        other.problem.row.log === log &&
        [xid, other.xid].some(number => leafOf(log, id, number, other.content) === leaf),
    )
    if (!now) continue
    problem.what = 'reordered'
    problem.text = `What was sealed as ${nameOf(log, id)} in seal ${problem.seal} now stands at ${nameOf(log, now.problem.row.id)}.`
  }
}

function notePassed(check: Check, { seal, snapshot }: SealHead, entries: readonly SealedRow[]): void {
  const [, , open] = snapshot.split(':')
  for (const log of logs) {
    const ids = entries.flatMap(entry => (entry[0] === log ? [BigInt(entry[1])] : []))
    if (ids.length === 0) continue
    const highest = ids.reduce((most, id) => (id > most ? id : most))
    check.passed[log].push({ seal, highest, open: new Set(open ? open.split(',').map(BigInt) : []) })
    if (highest > check.highest[log]) check.highest[log] = highest
  }
}

async function checkUnsealed(check: Check, log: Log): Promise<void> {
  const table = sql.table(log)
  const withoutSeal = sql`not exists (
    select from seal_entry where seal_entry.log = ${log} and seal_entry.entry_id = ${table}.id)`
  const all = await sql<{ count: string }>`select count(*) from ${table} where ${withoutSeal}`.execute(check.tx)
  check.unsealed[log] = Number(all.rows[0]!.count)
  const among = await sql<{ id: string; xid: string }>`
    select ${table}.id, ${table}.xid::text as xid from ${table}
    where ${table}.id < ${String(check.highest[log])}::int8 and ${withoutSeal}
    order by ${table}.id`.execute(check.tx)
  for (const { id, xid } of among.rows) {
    if (check.listedInFilesOnly.has(`${log} ${id}`)) continue
    const missedBy = sealThatMissed(check, log, id, xid)
    if (missedBy) report(check, insertedRow(log, id, missedBy, 'It has no seal.'))
  }
}

/**
 * The first seal that would have listed this row, had the row been there.
 *
 * A row's transaction has its number before the row has its own. So where a seal lists a higher id than this row's,
 * the row's transaction had begun before that seal, and was still open: its number is among those the seal could not
 * see. Any other number is that of a row put in afterwards, whether it tells its true transaction or an earlier one.
 */
function sealThatMissed(check: Check, log: Log, id: string, xid: string): number | undefined {
  const row = BigInt(id)
  if (row >= check.highest[log]) return undefined
  return check.passed[log].find(({ highest, open }) => highest > row && !open.has(BigInt(xid)))?.seal
}

function insertedRow(log: Log, id: string, seal: number, since: string): Problem {
  return {
    what: 'inserted',
    seal,
    row: { log, id },
    text: `${nameOf(log, id)} was inserted after seal ${seal}, among rows that were there before it. ${since}`,
  }
}

/** Adds a problem, unless there are enough of its kind. */
function report(check: Check, problem: Problem): boolean {
  const found = (check.found.get(problem.what) ?? 0) + 1
  check.found.set(problem.what, found)
  if (found <= mostProblems) check.problems.push(problem)
  return found <= mostProblems
}

/** Seal by seal: what is wrong with the seal itself, then its rows as it lists them. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const rank = ({ row }: Problem) => (row ? logs.indexOf(row.log) : -1)
  return problems.toSorted(
    (a, b) =>
      a.seal - b.seal || rank(a) - rank(b) || (a.row && b.row ? Number(BigInt(a.row.id) - BigInt(b.row.id)) : 0),
  )
}

function nameOf(log: Log, id: string): string {
  return log === 'event' ? `Event ${id}` : `Access entry ${id}`
}
