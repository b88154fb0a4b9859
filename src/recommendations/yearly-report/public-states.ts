import { sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import { deliveryTold, type DeliveryTold, type Effect, type Reply } from '../moves.ts'

/** What may be told to everybody of what one addressee owes. */
export interface PublicStates {
  reply?: Reply
  delivery: DeliveryTold
  effect: Effect
}

export interface ToldMove {
  moveId: string
  axis: string
  to: string
  at: Date
  /** Made after the recommendation was opened again for something that is not published. */
  isSinceReopening: boolean
  /** A later review that it was asked for is published. */
  isReopenedInPublic: boolean
}

/**
 * What is told to everybody: a judgement or a recommendation that was opened again for something unpublished stands as it
 * stood before, and what followed is not told.
 *
 * @param moves of one addressee, the oldest first
 */
export function publicStates(moves: readonly ToldMove[]): { states: PublicStates; unseen: ReadonlySet<string> } {
  const states: PublicStates = { delivery: 'not-told', effect: 'not-looked-at' }
  const unseen = new Set<string>()
  let isReopenedUnseen = false
  for (const move of moves) {
    if (move.axis === 'effect' && move.to === 'not-looked-at') isReopenedUnseen = !move.isReopenedInPublic
    if (move.isSinceReopening || (move.axis === 'effect' && isReopenedUnseen)) {
      unseen.add(move.moveId)
    } else if (move.axis === 'effect') {
      states.effect = move.to as Effect
    } else if (move.axis === 'delivery') {
      states.delivery = deliveryTold(move.to, move.at)
    } else {
      states.reply = move.to as Reply
    }
  }
  return { states, unseen }
}

/** Of each addressee of a partnership, by its id. */
export async function publicStatesOf(
  tx: Tx,
  partnershipCode: string,
): Promise<{ byAddressee: ReadonlyMap<string, PublicStates>; unseen: ReadonlySet<string> }> {
  const rows = await tx
    .selectFrom('recommendation_move as moved')
    .innerJoin('recommendation_addressee as owed', 'owed.addressee_id', 'moved.addressee_id')
    .select(['moved.move_id', 'moved.addressee_id', 'moved.axis', 'moved.to_state', 'moved.at'])
    .select(
      sql<boolean>`exists (
        select from recommendation_reconsidered decided join theme_question using (question_id)
        where decided.recommendation_id = owed.recommendation_id and decided.decision = 'reopened'
          and not theme_question.is_public and decided.at <= moved.at)`.as('is_since_reopening'),
    )
    .select(
      sql<boolean>`exists (
        select from theme_question where theme_question.addressee_id = moved.addressee_id and theme_question.is_public)`.as(
        'is_reopened_in_public',
      ),
    )
    .where('moved.partnership_code', '=', partnershipCode)
    .orderBy('moved.turn')
    .execute()
  const byAddressee = new Map<string, PublicStates>()
  const unseen = new Set<string>()
  for (const [addresseeId, moves] of Map.groupBy(rows, row => row.addressee_id)) {
    const told = publicStates(
      moves.map(row => ({
        moveId: row.move_id,
        axis: row.axis,
        to: row.to_state,
        at: row.at,
        isSinceReopening: row.is_since_reopening,
        isReopenedInPublic: row.is_reopened_in_public,
      })),
    )
    byAddressee.set(addresseeId, told.states)
    for (const id of told.unseen) unseen.add(id)
  }
  return { byAddressee, unseen }
}
