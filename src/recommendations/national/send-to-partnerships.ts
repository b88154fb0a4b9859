import { randomBytes } from 'node:crypto'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { showInPublic } from '../progress/show-in-public.ts'
import type { Basis } from '../recommendation.ts'
import { drawSample } from './answer.ts'
import { areaAnswers, readNational, type NationalRecommendation } from './national-store.ts'

export function noSuchNational(): ServiceError {
  return new ServiceError(
    'not-found',
    'There is no such national recommendation, or it was not sent to your partnership.',
  )
}

/** Which partnerships: all, those of a region, or a list of codes. */
export type ChosenPartnerships =
  { of: 'all' } | { of: 'region'; regionCode: string } | { of: 'list'; codes: readonly string[] }

/**
 * Sends an issued national recommendation to partnerships, each of which owes an answer of its own. Those that were sent
 * it before are left as they are.
 * @returns to how many it went
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when nobody is chosen, 'conflict' when it is closed
 */
export async function sendToPartnerships(
  acting: Acting,
  recommendationId: string,
  sending: { to: ChosenPartnerships; askedBy: CivilDate; basis: Basis },
): Promise<number> {
  ensureMay(acting, 'send', 'national-recommendation-draft')
  return acting.transaction(async tx => {
    const { number } = await openNational(tx, recommendationId)
    const { now, today } = contextOf(tx)
    if (sending.askedBy < today) {
      const text = 'The day to answer by must not be in the past'
      throw invalidAt('askedBy-day', text)
    }
    const { to } = sending
    const chosen = await tx
      .selectFrom('body')
      .select(['code', 'name'])
      .where('kind', '=', 'partnership')
      .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', today)]))
      .$if(to.of === 'region', query => query.where('region_code', '=', to.of === 'region' ? to.regionCode : ''))
      .$if(to.of === 'list', query =>
        query.where('code', 'in', to.of === 'list' && to.codes.length > 0 ? [...to.codes] : ['']),
      )
      .where(eb =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('recommendation_addressee')
              .select('addressee_id')
              .where('recommendation_id', '=', recommendationId)
              .whereRef('recommendation_addressee.body_code', '=', 'body.code'),
          ),
        ),
      )
      .orderBy('code')
      .execute()
    if (chosen.length === 0) {
      const text = 'Choose partnerships that it was not sent to before'
      throw invalidAt('to', text)
    }
    await tx
      .insertInto('recommendation_addressee')
      .values(
        chosen.map(({ code, name }) => ({
          recommendation_id: recommendationId,
          kind: 'partnership',
          partnership_code: code,
          body_code: code,
          body_name: name,
          status: 'issued',
          reply_asked_by: sending.askedBy,
          reply_basis: sending.basis,
        })),
      )
      .execute()
    await tx
      .insertInto('national_sending')
      .values({
        recommendation_id: recommendationId,
        chosen: to.of === 'region' ? `region ${to.regionCode}` : to.of,
        partnerships: chosen.length,
        person_id: acting.personId,
        at: now,
      })
      .execute()
    await showInPublic(tx, recommendationId)
    await recordEvent(tx, {
      kind: 'national.sent',
      subject: 'recommendation',
      objectId: recommendationId,
      detail: { number, partnerships: chosen.length, bodies: chosen.map(({ code }) => code) },
    })
    return chosen.length
  })
}

async function openNational(tx: Tx, recommendationId: string): Promise<NationalRecommendation> {
  const national = await readNational(tx, recommendationId)
  if (!national) throw noSuchNational()
  if (national.status !== 'issued') {
    throw new ServiceError(
      'conflict',
      `Recommendation ${national.number} is ${national.status}: nothing more is asked about it.`,
    )
  }
  return national
}

/**
 * Asks a sample of the partnerships that say they will or that it is in place for their evidence, drawn by lot.
 * @param drawing.seed a new one where absent; kept, so that anybody can draw the same
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when fewer have answered so
 */
export async function askSample(
  acting: Acting,
  recommendationId: string,
  drawing: { size: number; askedBy: CivilDate; seed?: string },
): Promise<string[]> {
  ensureMay(acting, 'write', 'national-judgement')
  return acting.transaction(async tx => {
    const { number } = await openNational(tx, recommendationId)
    const { now, today } = contextOf(tx)
    const answers = await areaAnswers(tx, recommendationId)
    const from = answers.filter(one => one.answer === 'we-will' || one.answer === 'already-in-place')
    const { size, askedBy, seed = randomBytes(8).toString('hex') } = drawing
    if (size < 1 || size > from.length) {
      const text =
        from.length === 0
          ? 'No partnership has said yet that it will, or that it is in place'
          : `Enter a number from 1 to ${from.length}: so many have said that they will, or that it is in place`
      throw invalidAt('size', text)
    }
    if (askedBy < today) {
      const text = 'The day to answer by must not be in the past'
      throw invalidAt('sampleBy-day', text)
    }
    const drawnFrom = from.map(one => one.partnershipCode).toSorted()
    const drawn = drawSample(drawnFrom, size, seed)
    const { sample_id } = await tx
      .insertInto('evidence_sample')
      .values({
        recommendation_id: recommendationId,
        seed,
        drawn_from: drawnFrom,
        size,
        asked_by: askedBy,
        person_id: acting.personId,
        at: now,
      })
      .returning('sample_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('evidence_ask')
      .values(
        drawn.map(partnership_code => ({
          sample_id,
          addressee_id: from.find(one => one.partnershipCode === partnership_code)!.addresseeId,
          recommendation_id: recommendationId,
          partnership_code,
          asked_by: askedBy,
        })),
      )
      .execute()
    await recordEvent(tx, {
      kind: 'national.sample-drawn',
      subject: 'recommendation',
      objectId: recommendationId,
      detail: { number, size, bodies: drawn },
    })
    return drawn
  })
}
