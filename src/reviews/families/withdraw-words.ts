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

/** Finds the names of published files that hold words; what is in them stands in no table. */
export type FindPublishedFiles = (tx: Tx, reviewId: string, holds: (text: string) => boolean) => Promise<string[]>

/**
 * Whole words as they may stand in another text: white space, quotation marks and capitals change when they are copied.
 * The database looks for them in the same way (`pattern_of_words`).
 */
export function findsWords(words: string): (text: string) => boolean {
  const plain = (text: string) =>
    text.replaceAll(/['’‘]/g, "'").replaceAll(/["“”]/g, '"').replaceAll(/\s+/g, ' ').trim().toLowerCase()
  const said = plain(words)
  const before = /^[\p{L}\p{N}]/u.test(said) ? '(?<![\\p{L}\\p{N}])' : ''
  const after = /[\p{L}\p{N}]$/u.test(said) ? "(?![\\p{L}\\p{N}]|'[\\p{L}\\p{N}])" : ''
  const sought = new RegExp(`${before}${said.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}${after}`, 'u')
  return text => sought.test(plain(text))
}

/** A text in which words stand that are too few to be told from others. */
export interface TextWithWords {
  key: string
  table: string
  /** With what stands before and after them. */
  excerpt: string
}

/** What a person has to decide before short words can be withdrawn; all of it empty for words that are unmistakable. */
export interface ToDecide {
  texts: TextWithWords[]
  /** How many texts hold them that the acting person may not read. */
  unread: number
}

export async function textsToDecide(tx: Tx, quoteId: string): Promise<ToDecide> {
  const { rows: known } = await sql<{ is_clear: boolean; count: string }>`
    select is_unmistakable(words) as is_clear, count_family_words(id) as count from family_quote
    where id = ${quoteId} and words is not null`.execute(tx)
  if (!known[0] || known[0].is_clear) return { texts: [], unread: 0 }
  const { rows } = await sql<{ key: string; in_table: string; is_used: boolean; excerpt: string | null }>`
    select key, in_table, is_used, excerpt from find_family_words(${quoteId}) order by in_table, key`.execute(tx)
  const texts = new Map(
    rows
      .filter(row => !row.is_used)
      .map(row => [row.key, { key: row.key, table: row.in_table, excerpt: row.excerpt ?? '' }]),
  )
  return { texts: [...texts.values()], unread: Number(known[0].count) - rows.length }
}

/** Of each text by its key, and of those that were not read, whether the words there are the ones that are withdrawn. */
export type Decided = Readonly<Record<string, 'theirs' | 'others'>>
export const unreadTexts = 'unread'

/** What holds the words and cannot be changed here: files that were uploaded, and files that are published. */
export async function filesWith(
  tx: Tx,
  { words, incidentId, reviewId }: SaidWords,
  publishedFilesWith: FindPublishedFiles,
): Promise<string[]> {
  const holds = findsWords(words)
  const further = await furtherIncidentsOf(tx, reviewId)
  const rows = await tx
    .selectFrom('document')
    .innerJoin('paragraph', 'paragraph.document_id', 'document.id')
    .select(['document.name', 'paragraph.text'])
    .where('document.incident_id', 'in', [incidentId, ...further.map(each => each.incidentId)])
    .execute()
  const uploaded = rows.filter(({ text }) => holds(text)).map(({ name }) => name)
  return [...new Set([...uploaded, ...(await publishedFilesWith(tx, reviewId, holds))])]
}

interface Cleared {
  rows: Record<string, number>
  files: string[]
  kept: number
}

/**
 * Takes back the agreement to be quoted: all of it, or none. Long words are taken out of every text at once, and short ones
 * out of those in which they are written down as used; elsewhere a person has said of each text whether they are theirs.
 * Under a legal hold the words are sealed for the data officer alone; otherwise they are nowhere any more.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' at each text that is not decided, or 'conflict' when they are
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
    const { texts, unread } = await textsToDecide(tx, quoteId)
    const asked = [...texts.map(({ key }) => key), ...(unread > 0 ? [unreadTexts] : [])]
    const problems = asked.filter(key => !decided[key])
    if (problems.length > 0) {
      throw new ServiceError('invalid', 'Nothing was withdrawn: a text is not decided.', {
        fields: problems.map(key => ({ field: key, text: 'Say whether these are their words' })),
      })
    }
    const published = await publishedFilesWith(tx, record.reviewId, findsWords(words))
    const keys = (which: 'theirs' | 'others') => asked.filter(key => decided[key] === which)
    const { rows } = await sql<{ cleared: Cleared | null }>`
      select withdraw_family_words(${quoteId}, ${published}, ${keys('theirs')}, ${keys('others')},
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
        rows: Object.values(cleared.rows).reduce((sum, count) => sum + count, 0),
        kept: cleared.kept,
      },
    })
  })
}
