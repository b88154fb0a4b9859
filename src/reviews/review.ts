import type { Tx } from '../platform/database/index.ts'
import { columnsOf, placeFrom, type IncidentPlace } from '../platform/events/index.ts'

export type ReviewKind = 'rapid' | 'local'

/** Where a review lies: what row-level security needs to know of every row about it. */
export interface ReviewPlace extends IncidentPlace {
  reviewId: string
}

/** The columns of every table about a review. */
export function columnsOfReview(place: ReviewPlace) {
  return { review_id: place.reviewId, ...columnsOf(place) }
}

/** An incident has one review of each kind. Undefined when it is there already. */
export async function insertReview(
  tx: Tx,
  kind: ReviewKind,
  { incidentId, authorityCode, partnershipCode }: IncidentPlace,
): Promise<ReviewPlace | undefined> {
  const place = { incidentId, authorityCode, partnershipCode }
  const row = await tx
    .insertInto('review')
    .values({ kind, ...columnsOf(place) })
    .onConflict(conflict => conflict.columns(['incident_id', 'kind']).doNothing())
    .returning('review_id')
    .executeTakeFirst()
  return row && { ...place, reviewId: row.review_id }
}

/** The review of an incident, as far as the acting person may see the incident. */
export async function readReview(
  tx: Tx,
  { incidentId, kind }: { incidentId: string; kind: ReviewKind },
): Promise<ReviewPlace | undefined> {
  const row = await tx
    .selectFrom('review')
    .select(['review_id', 'incident_id', 'authority_code', 'partnership_code'])
    .where('incident_id', '=', incidentId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row && { ...placeFrom(row), reviewId: row.review_id }
}
