import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { placeFrom, placeIn } from '../../platform/events/index.ts'
import { columnsOfReview, type ReviewPlace } from '../review.ts'
import type { LocalReviewCriterion } from '../rapid/rapid-review-form.ts'
import type { DecisionSource, Outcome } from './decision-form.ts'
import type { LocalReview } from './local-review.ts'

export const day = (value: string | null) => (value as CivilDate | null) ?? undefined

function reviewQuery(tx: Tx) {
  return tx
    .selectFrom('local_review')
    .innerJoin('incident', 'incident.incident_id', 'local_review.incident_id')
    .innerJoin('body as authority', 'authority.code', 'local_review.authority_code')
    .innerJoin('body as partnership', 'partnership.code', 'local_review.partnership_code')
    .select([
      ...placeIn('local_review'),
      'local_review.review_id',
      'incident.reference',
      'authority.name as authority_name',
      'partnership.name as partnership_name',
      'local_review.decided_on',
      'local_review.decided_from',
      'local_review.reasons',
      'local_review.criteria',
      'local_review.due_on',
      'local_review.expected_on',
      'local_review.publish_on',
      'local_review.sent_ahead_on',
      'local_review.outcome',
      'local_review.outcome_on',
      'local_review.keep_until',
      'local_review.closed_on',
    ])
}

type ReviewRow = Awaited<ReturnType<ReturnType<typeof reviewQuery>['executeTakeFirstOrThrow']>>

function toReview(row: ReviewRow): LocalReview {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    reference: row.reference,
    authorityName: row.authority_name,
    partnershipName: row.partnership_name,
    decidedOn: row.decided_on as CivilDate,
    decidedFrom: row.decided_from as DecisionSource,
    reasons: row.reasons,
    criteria: row.criteria as LocalReviewCriterion[],
    dueOn: row.due_on as CivilDate,
    expectedOn: day(row.expected_on),
    publishOn: day(row.publish_on),
    sentAheadOn: day(row.sent_ahead_on),
    outcome: (row.outcome as Outcome | null) ?? undefined,
    outcomeOn: day(row.outcome_on),
    keepUntil: day(row.keep_until),
    closedOn: day(row.closed_on),
  }
}

/** The local review of an incident; undefined when there is none, or none that the acting person may see. */
export async function readLocalReview(tx: Tx, incidentId: string): Promise<LocalReview | undefined> {
  const row = await reviewQuery(tx).where('local_review.incident_id', '=', incidentId).executeTakeFirst()
  return row && toReview(row)
}

/** These, by id. */
export async function localReviewsById(tx: Tx, reviewIds: readonly string[]): Promise<Map<string, LocalReview>> {
  const rows = await reviewQuery(tx)
    .where(sql<boolean>`local_review.review_id = any (${[...reviewIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.review_id, toReview(row)]))
}

/** Local reviews that are not closed and that the acting person may see, the earliest due first. */
export async function openLocalReviews(tx: Tx): Promise<LocalReview[]> {
  const rows = await reviewQuery(tx)
    .where('local_review.closed_on', 'is', null)
    .orderBy('local_review.due_on')
    .orderBy('incident.reference')
    .execute()
  return rows.map(toReview)
}

export interface Decision {
  decidedOn: CivilDate
  decidedFrom: DecisionSource
  reasons: string
  criteria: readonly LocalReviewCriterion[]
  dueOn: CivilDate
  dueRule: string
}

function decisionColumns(decision: Decision) {
  return {
    decided_on: decision.decidedOn,
    decided_from: decision.decidedFrom,
    reasons: decision.reasons,
    criteria: [...decision.criteria],
    due_on: decision.dueOn,
    due_rule: decision.dueRule,
  }
}

export async function insertLocalReview(tx: Tx, place: ReviewPlace, decision: Decision): Promise<void> {
  await tx
    .insertInto('local_review')
    .values({
      ...columnsOfReview(place),
      ...decisionColumns(decision),
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .execute()
}

export async function updateDecision(tx: Tx, { reviewId }: ReviewPlace, decision: Decision): Promise<void> {
  await tx.updateTable('local_review').set(decisionColumns(decision)).where('review_id', '=', reviewId).execute()
}

/** Days of the review that follow from what is recorded elsewhere, or are set by those who lead it. */
export async function updateDays(
  tx: Tx,
  { reviewId }: ReviewPlace,
  days: {
    expectedOn?: CivilDate | undefined
    publishOn?: CivilDate | null | undefined
    sentAheadOn?: CivilDate | undefined
    closedOn?: CivilDate | null | undefined
  },
): Promise<void> {
  await tx
    .updateTable('local_review')
    .set({
      expected_on: days.expectedOn,
      publish_on: days.publishOn,
      sent_ahead_on: days.sentAheadOn,
      closed_on: days.closedOn,
    })
    .where('review_id', '=', reviewId)
    .execute()
}

export async function updateOutcome(
  tx: Tx,
  { reviewId }: ReviewPlace,
  ended: { outcome: Outcome; on: CivilDate; keepUntil: CivilDate | undefined },
): Promise<void> {
  await tx
    .updateTable('local_review')
    .set({
      outcome: ended.outcome,
      outcome_on: ended.on,
      keep_until: ended.keepUntil ?? null,
    })
    .where('review_id', '=', reviewId)
    .execute()
}
