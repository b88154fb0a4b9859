import { sql } from 'kysely'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { ReviewPlace } from '../review.ts'
import { readFamily } from './store.ts'

/** Exact words that nobody may read any more, in the hand of whoever takes them out of their own texts. */
export interface WithdrawnWords extends ReviewPlace {
  words: string
}

/**
 * A module that keeps texts which no row of the incident leads to, like snapshots for the public, takes the words out of
 * them, in the same transaction. What has the incident in its row, or hangs on such a row, needs none.
 */
export type ClearWords = (tx: Tx, withdrawn: WithdrawnWords) => Promise<void>

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
  clear: readonly ClearWords[],
): Promise<void> {
  ensureMay(acting, 'write', 'family-contact')
  await acting.transaction(async tx => {
    const record = await readFamily(tx, acting, incidentId)
    const quote = record.quotes.find(({ id }) => id === quoteId)
    if (!quote) throw new ServiceError('not-found', 'There are no such words in this record.')
    const { words } = quote
    if (words === undefined) throw new ServiceError('conflict', 'These words are withdrawn already.')
    const { reviewId, authorityCode, partnershipCode } = record
    for (const each of clear) await each(tx, { words, reviewId, incidentId, authorityCode, partnershipCode })
    const { rows } = await sql<{
      cleared: Cleared | null
    }>`select withdraw_family_words(${quoteId}) as cleared`.execute(tx)
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
