import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { Axis, State } from '../moves.ts'
import { showInPublic } from '../progress/show-in-public.ts'
import { evidenceKinds, type EvidenceKind } from '../recommendation.ts'
import { nationalAnswerFrom, replyOf, type TypedNationalAnswer } from './answer.ts'
import { noSuchNational } from './send-to-partnerships.ts'

/**
 * The partnership answers one national recommendation, or several at once, by the same words and the same plan. An answer
 * stays; a later one stands beside it.
 * @param also the plan: actions of the partnership that serve each of them from now on
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid', 'conflict' when one is closed
 */
export async function answerNational(
  acting: Acting,
  addresseeIds: readonly string[],
  typed: TypedNationalAnswer,
  also: { actionIds: readonly string[] },
): Promise<void> {
  ensureMay(acting, 'reply', 'recommendation')
  const answer = nationalAnswerFrom(typed)
  await acting.transaction(async tx => {
    for (const addresseeId of new Set(addresseeIds)) {
      const addressed = await tx
        .selectFrom('recommendation_addressee')
        .selectAll()
        .where('addressee_id', '=', addresseeId)
        .where('kind', '=', 'partnership')
        .where('body_code', '=', acting.bodyCode)
        .executeTakeFirst()
      if (!addressed) throw noSuchNational()
      if (addressed.status !== 'issued') {
        throw new ServiceError('conflict', 'This recommendation is closed: nothing more is asked about it.')
      }
      const { now } = contextOf(tx)
      await tx
        .insertInto('national_answer')
        .values({
          addressee_id: addresseeId,
          recommendation_id: addressed.recommendation_id,
          partnership_code: acting.bodyCode,
          ...answer,
          person_id: acting.personId,
          at: now,
        })
        .execute()
      await move(tx, acting, addresseeId, 'reply', addressed.reply as State, replyOf[answer.answer], answer.words)
      if (answer.answer === 'already-in-place') {
        await move(tx, acting, addresseeId, 'delivery', addressed.delivery as State, 'done', answer.evidence)
      }
      if (answer.answer === 'we-will') {
        for (const actionId of also.actionIds) {
          await tx
            .insertInto('action_serves')
            .values({ action_id: actionId, partnership_code: acting.bodyCode, addressee_id: addresseeId })
            .onConflict(conflict => conflict.doNothing())
            .execute()
        }
      }
      await showInPublic(tx, addressed.recommendation_id)
      await recordEvent(tx, {
        kind: 'national.answered',
        subject: 'recommendation',
        objectId: addresseeId,
        detail: { answer: answer.answer },
      })
    }
  })
}

async function move(
  tx: Tx,
  acting: Acting,
  addresseeId: string,
  axis: Axis,
  from: State,
  to: State,
  words: string,
): Promise<void> {
  const { now, today } = contextOf(tx)
  await tx
    .insertInto('recommendation_move')
    .values({
      addressee_id: addresseeId,
      partnership_code: acting.bodyCode,
      body_code: acting.bodyCode,
      axis,
      part: 'owner',
      from_state: from,
      to_state: to,
      words,
      came_by: 'account',
      said_on: today,
      said_by: acting.name,
      person_id: acting.personId,
      at: now,
    })
    .execute()
}

/**
 * A partnership of the sample shows the Panel its evidence, once.
 * @throws ServiceError 'not-allowed', 'invalid', 'conflict' when none is asked for, or it has been given
 */
export async function giveEvidence(
  acting: Acting,
  recommendationId: string,
  typed: { words: string; evidenceKind: string },
): Promise<void> {
  ensureMay(acting, 'reply', 'recommendation')
  const fields = []
  if (!Object.hasOwn(evidenceKinds, typed.evidenceKind)) {
    fields.push({ field: 'sampleKind', text: 'Select what kind of evidence it is' })
  }
  if (!typed.words) fields.push({ field: 'sampleWords', text: 'Say what the evidence shows, and where it can be seen' })
  if (fields.length > 0)
    throw new ServiceError('invalid', 'The evidence was not sent: something is missing.', { fields })
  await acting.transaction(async tx => {
    const { numUpdatedRows } = await tx
      .updateTable('evidence_ask')
      .set({
        words: typed.words,
        evidence_kind: typed.evidenceKind as EvidenceKind,
        person_id: acting.personId,
        answered_at: contextOf(tx).now,
      })
      .where('recommendation_id', '=', recommendationId)
      .where('partnership_code', '=', acting.bodyCode)
      .where('words', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new ServiceError('conflict', 'No evidence is asked for, or it was given already and stands as it was sent.')
    }
    await recordEvent(tx, { kind: 'national.evidence-given', subject: 'recommendation', objectId: recommendationId })
  })
}
