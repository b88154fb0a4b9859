import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import type { SentThing, SentTo } from './sending.ts'

export interface Sending {
  id: string
  what: SentThing
  sentTo: SentTo[]
  sentOn: CivilDate
  /** Of the report drafted here. */
  version: number | undefined
  note: string | undefined
  recordedBy: string | undefined
  recordedAt: Date
}

/** What was sent ahead of publication, the oldest first. */
export async function sendingsOf(tx: Tx, reviewId: string): Promise<Sending[]> {
  const rows = await tx
    .selectFrom('local_review_sending')
    .leftJoin('person', 'person.id', 'local_review_sending.recorded_by')
    .select(['local_review_sending.id', 'what', 'sent_to', 'sent_on', 'version', 'note', 'recorded_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('recorded_at')
    .orderBy('local_review_sending.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    what: row.what as SentThing,
    sentTo: row.sent_to as SentTo[],
    sentOn: row.sent_on as CivilDate,
    version: row.version ?? undefined,
    note: row.note ?? undefined,
    recordedBy: row.name ?? undefined,
    recordedAt: row.recorded_at,
  }))
}

export async function insertSending(
  tx: Tx,
  place: ReviewPlace,
  sending: Pick<Sending, 'what' | 'sentTo' | 'sentOn' | 'version' | 'note'>,
): Promise<string> {
  const row = await tx
    .insertInto('local_review_sending')
    .values({
      ...columnsOfReview(place),
      what: sending.what,
      sent_to: [...sending.sentTo],
      sent_on: sending.sentOn,
      version: sending.version ?? null,
      note: sending.note ?? null,
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
