import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { cameBackInWords, whenCameBack } from './came-back.ts'
import { seenReview } from './open-review.ts'
import { hashOfText, otherAuthoritySigns, partners, signsFor, type Partner, type RapidReview } from './rapid-review.ts'
import { insertReturn, insertSignature, kindOfBody, sendBackToDraft } from './store.ts'

/**
 * Signs the text for the partner in whose body the person is appointed.
 *
 * @param read the hash of the text that the person had before them
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when the statement is not confirmed, or 'conflict' when the
 *   text changed or this partner has signed it
 */
export async function signReview(
  acting: Acting,
  incidentId: string,
  { read, confirmed }: { read: string; confirmed: boolean },
): Promise<void> {
  ensureMay(acting, 'sign', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await waitingReview(tx, acting, incidentId)
    const partner = await signingPartner(tx, acting, review)
    if (read !== review.answersHash || hashOfText(review.answers) !== review.answersHash) throw textChanged(review)
    if (!confirmed) throw atField('confirmed', 'Confirm that you have read the review and agree that it is sent')
    const signature = { partner, bodyCode: acting.bodyCode, personId: acting.personId, hash: read }
    if (!(await insertSignature(tx, review, signature))) {
      throw new ServiceError(
        'conflict',
        `${partners[partner]}: this text has been signed already. There is nothing more to sign.`,
      )
    }
    await recordEvent(tx, {
      kind: 'rapid-review.signed',
      subject: 'rapid-review-signing',
      place: review,
      detail: { partner, body: acting.bodyCode, hash: read },
    })
  })
}

/**
 * Gives the review back to its group with a reason. Whoever may sign may send back. A signature that this partner gave
 * before no longer counts: they are asked again, whether the text changes or not.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict', or 'invalid' without a reason
 */
export async function sendReviewBack(
  acting: Acting,
  incidentId: string,
  { read, reason }: { read: string; reason: string },
): Promise<void> {
  ensureMay(acting, 'sign', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await waitingReview(tx, acting, incidentId)
    const partner = await signingPartner(tx, acting, review)
    if (read !== review.answersHash) throw textChanged(review)
    const words = reason.trim()
    if (words === '') throw atField('reason', 'Enter what has to change before you can sign')
    if (words.length > 4000) throw atField('reason', 'The reason must be 4,000 characters or less')
    await insertReturn(tx, review, { partner, personId: acting.personId, hash: read, reason: words })
    if (!(await sendBackToDraft(tx, incidentId))) throw noLongerWaiting(review)
    await recordEvent(tx, {
      kind: 'rapid-review.sent-back',
      subject: 'rapid-review-signing',
      place: review,
      detail: { partner, body: acting.bodyCode },
    })
  })
}

async function waitingReview(tx: Tx, acting: Acting, incidentId: string): Promise<RapidReview> {
  const cameBack = await whenCameBack(tx, acting, incidentId)
  if (cameBack) {
    throw new ServiceError(
      'conflict',
      `The rapid review waits for signatures no more. ${cameBackInWords(cameBack)} You will be asked again.`,
    )
  }
  const review = await seenReview(tx, incidentId)
  if (review.status !== 'signing') throw noLongerWaiting(review)
  return review
}

/** @throws ServiceError 'not-allowed' for a body that is none of the three partners */
export async function partnerOf(tx: Tx, acting: Acting): Promise<Partner> {
  const kind = await kindOfBody(tx, acting.bodyCode)
  if (kind !== 'authority' && kind !== 'icb' && kind !== 'police') {
    throw new ServiceError(
      'not-allowed',
      'The local authority, the ICB and the police sign a rapid review. Change your role under Your sign-in.',
    )
  }
  return kind
}

/** Undefined for whoever signs no reviews. @throws ServiceError 'not-allowed' for a body that is no partner */
export async function signerOf(
  tx: Tx,
  acting: Acting,
  review: RapidReview,
): Promise<'signs' | 'other-authority-signs' | undefined> {
  if (!may(acting, 'sign', 'rapid-review-signing')) return undefined
  const partner = await partnerOf(tx, acting)
  return signsFor(partner, acting.bodyCode, review) ? 'signs' : 'other-authority-signs'
}

/** @throws ServiceError 'not-allowed' for a body that does not sign this review */
async function signingPartner(tx: Tx, acting: Acting, review: RapidReview): Promise<Partner> {
  const partner = await partnerOf(tx, acting)
  if (!signsFor(partner, acting.bodyCode, review)) throw new ServiceError('not-allowed', otherAuthoritySigns)
  return partner
}

function noLongerWaiting({ reference }: RapidReview): ServiceError {
  return new ServiceError(
    'conflict',
    `Rapid review ${reference} does not wait for signatures any more: it was sent, or taken back to change its text.`,
  )
}

function textChanged({ reference }: RapidReview): ServiceError {
  return new ServiceError(
    'conflict',
    `The text of rapid review ${reference} changed after you opened it. Read it as it is now before you sign.`,
  )
}

function atField(field: string, text: string): ServiceError {
  return new ServiceError('invalid', text, { fields: [{ field, text }] })
}
