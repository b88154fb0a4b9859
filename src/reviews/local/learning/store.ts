import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import type { Theme } from '../../../reference-data/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import { day } from '../store.ts'
import type { Clearing, ClearingAsked, LearningPoint } from './learning-point.ts'

/** The learning points of a review, by number. */
export async function learningPointsOf(tx: Tx, reviewId: string): Promise<LearningPoint[]> {
  const rows = await tx
    .selectFrom('learning_point')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('number')
    .execute()
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    text: row.text,
    theme: row.theme as Theme,
    cleared:
      row.cleared_text && row.cleared_by && row.cleared_on && row.asked
        ? {
            text: row.cleared_text,
            by: row.cleared_by,
            on: row.cleared_on as CivilDate,
            asked: row.asked as ClearingAsked,
            askedOn: day(row.asked_on),
            answer: row.asked_answer ?? undefined,
          }
        : undefined,
    revision: row.revision,
  }))
}

export async function insertLearningPoint(
  tx: Tx,
  place: ReviewPlace,
  { text, theme }: Pick<LearningPoint, 'text' | 'theme'>,
): Promise<string> {
  const row = await tx
    .insertInto('learning_point')
    .values({
      ...columnsOfReview(place),
      number: eb =>
        eb
          .selectFrom('learning_point as other')
          .select(sql<number>`coalesce(max(other.number), 0) + 1`.as('next'))
          .where('other.review_id', '=', place.reviewId),
      text,
      theme,
      added_by: personOf(tx) ?? null,
      added_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** A point with its clearing, or without one. @returns false where the acting person may not change it */
export async function updateLearningPoint(
  tx: Tx,
  { reviewId }: ReviewPlace,
  { id, text, theme, cleared }: Pick<LearningPoint, 'id' | 'text' | 'theme'> & { cleared: Clearing | undefined },
): Promise<boolean> {
  const result = await tx
    .updateTable('learning_point')
    .set(eb => ({
      text,
      theme,
      cleared_text: cleared?.text ?? null,
      cleared_by: cleared?.by ?? null,
      cleared_on: cleared?.on ?? null,
      asked: cleared?.asked ?? null,
      asked_on: cleared?.askedOn ?? null,
      asked_answer: cleared?.answer ?? null,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
