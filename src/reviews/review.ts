import type { Tx } from '../platform/database/index.ts'
import { columnsOf, type IncidentPlace } from '../platform/events/index.ts'

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
