import { sql } from 'kysely'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { furtherIncidentsOf } from '../further-incidents.ts'
import type { ReviewPlace } from '../review.ts'
import { readFamily } from './store.ts'

/** Exact words that somebody said. */
interface SaidWords extends ReviewPlace {
  words: string
}

/** Says of a text whether words stand in it. */
export type HoldsWords = (text: string) => Promise<boolean>

/**
 * Finds published files that hold words; what is in them stands in no table. Those with a hash are taken off the public
 * page, the others somebody has to look at.
 */
export type FindPublishedFiles = (
  tx: Tx,
  reviewId: string,
  holds: HoldsWords,
) => Promise<{ name: string; hash: string | undefined }[]>

/** Stands where words were withdrawn; never in anything public. The database knows it too. */
export const withdrawnMark = '[words withdrawn]'

export const hasWithdrawnWords = (text: string) => text.includes(withdrawnMark)

/** How words stand in a text: as they were said, whatever the marks between them, or most of them. */
export type Likeness = 'exact' | 'near'

export const holdsWords =
  (tx: Tx, words: string, kinds: readonly Likeness[] = ['exact', 'near']): HoldsWords =>
  async text => {
    const { rows } = await sql<{ holds: boolean }>`
      select exists (select from passages_of_words(${text}, ${words}) where kind = any (${kinds})) as holds`.execute(tx)
    return rows[0]?.holds === true
  }

/** A sentence in which words stand, with the tables that hold it. */
export interface SentenceWithWords {
  key: string
  kind: Likeness
  sentence: string
  tables: string[]
}

/** Where words stand before they are withdrawn. */
export interface FoundWords {
  /** What goes without anybody deciding: long words as they were said, and short ones where they were used. */
  atOnce: SentenceWithWords[]
  toDecide: SentenceWithWords[]
  /** How many sentences somebody has to decide about that the acting person may not read. */
  unread: number
}

export async function findQuote(tx: Tx, quoteId: string): Promise<FoundWords> {
  const counted = await sql<{ count: string }>`select count_family_words(${quoteId}) as count`.execute(tx)
  const { rows } = await sql<{ key: string; kind: Likeness; at_once: boolean; sentence: string; in_tables: string[] }>`
    select key, kind, at_once, sentence, in_tables from find_family_words(${quoteId})
    order by kind, in_tables, sentence`.execute(tx)
  const which = (atOnce: boolean) =>
    rows
      .filter(row => row.at_once === atOnce)
      .map(({ key, kind, sentence, in_tables: tables }) => ({ key, kind, sentence, tables }))
  const toDecide = which(false)
  return { atOnce: which(true), toDecide, unread: Number(counted.rows[0]?.count ?? 0) - toDecide.length }
}

/** Of each sentence by its key, and of those that were not read, whether the words there are the ones that are withdrawn. */
export type Decided = Readonly<Record<string, 'theirs' | 'others'>>
export const unreadTexts = 'unread'

/** What holds the words and cannot be changed here: files that were uploaded, and files that are published. */
export async function filesWith(
  tx: Tx,
  { words, incidentId, reviewId }: SaidWords,
  publishedFilesWith: FindPublishedFiles,
): Promise<string[]> {
  const further = await furtherIncidentsOf(tx, reviewId)
  const { rows } = await sql<{ name: string }>`
    select distinct document.name from document join paragraph on paragraph.document_id = document.id
    where document.incident_id = any (${[incidentId, ...further.map(each => each.incidentId)]})
      and exists (select from passages_of_words(paragraph.text, ${words}) where kind = 'exact')
    order by document.name`.execute(tx)
  const published = await publishedFilesWith(tx, reviewId, holdsWords(tx, words))
  return [...new Set([...rows.map(({ name }) => name), ...published.map(({ name }) => name)])]
}

interface Cleared {
  rows: Record<string, number>
  files: string[]
  kept: Record<string, number>
}

/**
 * Takes back the agreement to be quoted: all of it, or none. Long words are taken out of every text at once, and short ones
 * out of those in which they are written down as used; of each other sentence that has them, or nearly has them, a person
 * has said whether they are theirs.
 * Under a legal hold the words are sealed for the data officer alone; otherwise they are nowhere any more.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' at each sentence that is not decided, or 'conflict' when they are
 *   withdrawn already
 */
export async function withdrawWords(
  acting: Acting,
  incidentId: string,
  { quoteId, decided = {} }: { quoteId: string; decided?: Decided },
  publishedFilesWith: FindPublishedFiles,
): Promise<void> {
  ensureMay(acting, 'write', 'family-contact')
  await acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    const quote = record.quotes.find(({ id }) => id === quoteId)
    if (!quote) throw new ServiceError('not-found', 'There are no such words in this record.')
    const { words } = quote
    if (words === undefined) throw new ServiceError('conflict', 'These words are withdrawn already.')
    const { toDecide, unread } = await findQuote(tx, quoteId)
    const asked = [...new Set(toDecide.map(({ key }) => key)), ...(unread > 0 ? [unreadTexts] : [])]
    const problems = asked.filter(key => !decided[key])
    if (problems.length > 0) {
      throw new ServiceError('invalid', 'Nothing was withdrawn: something is not decided.', {
        fields: problems.map(key => ({ field: key, text: 'Say whether these are their words' })),
      })
    }
    const published = await publishedFilesWith(tx, record.reviewId, holdsWords(tx, words))
    const keys = (which: 'theirs' | 'others') => asked.filter(key => decided[key] === which)
    const { rows } = await sql<{ cleared: Cleared | null }>`
      select withdraw_family_words(${quoteId}, ${published.map(({ name }) => name)},
        ${published.flatMap(({ hash }) => hash ?? [])}, ${keys('theirs')}, ${keys('others')},
        ${decided[unreadTexts] === 'theirs'}) as cleared`.execute(tx)
    const cleared = rows[0]?.cleared
    if (!cleared) throw new ServiceError('not-found', 'There are no such words in this record.')
    await recordEvent(tx, {
      kind: 'family.words-withdrawn',
      subject: 'family-contact',
      place: record,
      objectId: quoteId,
      detail: {
        sealed: record.holdUntil !== undefined,
        rows: sum(cleared.rows),
        kept: sum(cleared.kept),
      },
    })
  })
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0)
