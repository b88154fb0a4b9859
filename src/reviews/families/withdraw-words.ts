import { sql } from 'kysely'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { ReviewPlace } from '../review.ts'
import { readFamily } from './store.ts'

/** Exact words that somebody said. */
interface SaidWords extends ReviewPlace {
  words: string
}

/** Finds the names of published files that hold words; what is in them stands in no table. */
export type FindPublishedFiles = (tx: Tx, reviewId: string, holds: (text: string) => boolean) => Promise<string[]>

/** Words as they may stand in another text: white space, quotation marks and capitals change when they are copied. */
export function findsWords(words: string): (text: string) => boolean {
  const plain = (text: string) =>
    text.replaceAll(/['’‘]/g, "'").replaceAll(/["“”]/g, '"').replaceAll(/\s+/g, ' ').trim().toLowerCase()
  const sought = plain(words)
  return text => plain(text).includes(sought)
}

/** What holds the words and cannot be changed here: files that were uploaded, and files that are published. */
export async function filesWith(
  tx: Tx,
  { words, incidentId, reviewId }: SaidWords,
  publishedFilesWith: FindPublishedFiles,
): Promise<string[]> {
  const holds = findsWords(words)
  const rows = await tx
    .selectFrom('document')
    .innerJoin('paragraph', 'paragraph.document_id', 'document.id')
    .select(['document.name', 'paragraph.text'])
    .where('document.incident_id', '=', incidentId)
    .execute()
  const uploaded = rows.filter(({ text }) => holds(text)).map(({ name }) => name)
  return [...new Set([...uploaded, ...(await publishedFilesWith(tx, reviewId, holds))])]
}

interface Cleared {
  rows: Record<string, number>
  files: string[]
}

/**
 * Takes back the agreement to be quoted: all of it, or none. Under a legal hold the words are sealed for the data officer
 * alone; otherwise they are nowhere any more.
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' when they are withdrawn already
 */
export async function withdrawWords(
  acting: Acting,
  incidentId: string,
  quoteId: string,
  publishedFilesWith: FindPublishedFiles,
): Promise<void> {
  ensureMay(acting, 'write', 'family-contact')
  await acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    const quote = record.quotes.find(({ id }) => id === quoteId)
    if (!quote) throw new ServiceError('not-found', 'There are no such words in this record.')
    const { words } = quote
    if (words === undefined) throw new ServiceError('conflict', 'These words are withdrawn already.')
    const published = await publishedFilesWith(tx, record.reviewId, findsWords(words))
    const { rows } = await sql<{
      cleared: Cleared | null
    }>`select withdraw_family_words(${quoteId}, ${published}) as cleared`.execute(tx)
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
      },
    })
  })
}
