import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import { day } from '../store.ts'
import type { Judgement, Reviewer } from './reviewer.ts'

/** Those who were considered, appointed and not, in the order in which they were recorded. */
export async function reviewersOf(tx: Tx, reviewId: string): Promise<Reviewer[]> {
  return (await reviewersOfAll(tx, [reviewId])).get(reviewId) ?? []
}

export async function reviewersOfAll(tx: Tx, reviewIds: readonly string[]): Promise<Map<string, Reviewer[]>> {
  const rows = await tx
    .selectFrom('reviewer_appointment')
    .selectAll()
    .where(sql<boolean>`review_id = any (${[...reviewIds]}::uuid[])`)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  const reviewers = rows.map(row => ({
    reviewId: row.review_id,
    id: row.id,
    name: row.name,
    background: row.background,
    accountId: row.account_id ?? undefined,
    declaresConflict: row.declares_conflict,
    declaration: row.declaration,
    declaredOn: row.declared_on as CivilDate,
    judgement:
      row.judgement && row.judged_by && row.judged_on
        ? {
            decision: row.judgement as Judgement,
            reasons: row.judgement_reasons ?? undefined,
            by: row.judged_by,
            on: row.judged_on as CivilDate,
          }
        : undefined,
    appointedOn: day(row.appointed_on),
    daysAgreed: row.days_agreed ?? undefined,
    endedOn: day(row.ended_on),
    endReason: row.end_reason ?? undefined,
    revision: row.revision,
  }))
  return Map.groupBy(reviewers, ({ reviewId }) => reviewId)
}

/** All that is known of a reviewer, stored once more. */
export async function saveReviewer(
  tx: Tx,
  place: ReviewPlace,
  reviewer: Omit<Reviewer, 'id' | 'revision'>,
  id?: string,
): Promise<string> {
  const values = {
    name: reviewer.name,
    background: reviewer.background,
    account_id: reviewer.accountId ?? null,
    declares_conflict: reviewer.declaresConflict,
    declaration: reviewer.declaration,
    declared_on: reviewer.declaredOn,
    judgement: reviewer.judgement?.decision ?? null,
    judgement_reasons: reviewer.judgement?.reasons ?? null,
    judged_by: reviewer.judgement?.by ?? null,
    judged_on: reviewer.judgement?.on ?? null,
    appointed_on: reviewer.appointedOn ?? null,
    days_agreed: reviewer.daysAgreed ?? null,
    ended_on: reviewer.endedOn ?? null,
    end_reason: reviewer.endReason ?? null,
  }
  if (id) {
    await tx
      .updateTable('reviewer_appointment')
      .set(eb => ({ ...values, revision: eb('revision', '+', 1) }))
      .where('id', '=', id)
      .where('review_id', '=', place.reviewId)
      .execute()
    return id
  }
  const row = await tx
    .insertInto('reviewer_appointment')
    .values({
      ...columnsOfReview(place),
      ...values,
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
