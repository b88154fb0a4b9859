import { sql } from 'kysely'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { columnsOf } from '../../platform/events/index.ts'
import type { Recommendation } from '../recommendation.ts'

export const decisions = { reopened: 'Open it again', 'stays-closed': 'It stays closed' } as const
export type Decision = keyof typeof decisions

/** What was decided about something that was closed. */
export interface Reconsidered {
  decision: Decision
  reason: string
  endedAt: Date
  endedReason: string
  personName: string
  at: Date
  /** False as long as what it was opened again for is not published. */
  isPublic: boolean
}

/** The newest first, as far as the acting person may see them. */
export async function reconsideredOf(tx: Tx, recommendationId: string): Promise<Reconsidered[]> {
  const rows = await tx
    .selectFrom('recommendation_reconsidered as decided')
    .leftJoin('person', 'person.id', 'decided.person_id')
    .leftJoin('theme_question', 'theme_question.question_id', 'decided.question_id')
    .select(['decided.decision', 'decided.reason', 'decided.ended_at', 'decided.ended_reason', 'decided.at'])
    .select(['person.name', 'decided.question_id', 'theme_question.is_public'])
    .where('decided.recommendation_id', '=', recommendationId)
    .orderBy('decided.at', 'desc')
    .execute()
  return rows.map(row => ({
    decision: row.decision as Decision,
    reason: row.reason,
    endedAt: row.ended_at,
    endedReason: row.ended_reason,
    personName: row.name ?? '',
    at: row.at,
    isPublic: row.question_id === null || row.is_public === true,
  }))
}

export async function insertReconsidered(
  tx: Tx,
  { recommendationId, place }: Recommendation,
  decided: { decision: Decision; questionId: string | null; reason: string; personId: string },
): Promise<void> {
  const ending = (column: 'ended_at' | 'ended_reason') =>
    sql<never>`(select ${sql.ref(`recommendation.${column}`)} from recommendation where recommendation_id = ${recommendationId})`
  await tx
    .insertInto('recommendation_reconsidered')
    .values({
      recommendation_id: recommendationId,
      ...(place && columnsOf(place)),
      decision: decided.decision,
      question_id: decided.questionId,
      reason: decided.reason,
      ended_at: ending('ended_at'),
      ended_reason: ending('ended_reason'),
      person_id: decided.personId,
      at: contextOf(tx).now,
    })
    .execute()
}

/** False when it is no longer closed. */
export async function openAgain(tx: Tx, { recommendationId }: Recommendation): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recommendation')
    .set({ status: 'issued', ended_at: null, ended_reason: '' })
    .where('recommendation_id', '=', recommendationId)
    .where('status', '=', 'closed')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Closed ones of which no change is seen since it was asked whether they worked: nobody has decided about them since. */
export async function toReconsider(tx: Tx, isNational: boolean): Promise<{ number: string }[]> {
  return tx
    .selectFrom('recommendation')
    .innerJoin('recommendation_addressee as owed', 'owed.recommendation_id', 'recommendation.recommendation_id')
    .innerJoin('theme_question', 'theme_question.addressee_id', 'owed.addressee_id')
    .select('recommendation.number')
    .distinct()
    .where('recommendation.status', '=', 'closed')
    .where('recommendation.incident_id', isNational ? 'is' : 'is not', null)
    .where('owed.effect', '=', 'no-change')
    .whereRef('theme_question.asked_at', '>=', 'recommendation.ended_at')
    .whereRef('owed.effect_at', '>=', 'theme_question.asked_at')
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('recommendation_reconsidered as decided')
            .select('decided.at')
            .whereRef('decided.recommendation_id', '=', 'recommendation.recommendation_id')
            .whereRef('decided.at', '>=', 'owed.effect_at'),
        ),
      ),
    )
    .orderBy('recommendation.number')
    .limit(20)
    .execute()
}
