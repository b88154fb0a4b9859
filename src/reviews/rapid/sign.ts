import type { Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { noLongerWaiting, sendTextBack, type Signing, signText } from '../signing/sign.ts'
import { cameBackInWords, whenCameBack } from './came-back.ts'
import { seenReview } from './open-review.ts'
import { hashOfText, type RapidReview } from './rapid-review.ts'

const name = 'rapid review'

const signing: Signing<RapidReview> = {
  subject: 'rapid-review-signing',
  name,
  confirm: 'Confirm that you have read the review and agree that it is sent',
  waiting: waitingReview,
  hashOf: ({ answers }) => hashOfText(answers),
  recordSigned: (tx, place, detail) =>
    recordEvent(tx, { kind: 'rapid-review.signed', subject: 'rapid-review-signing', place, detail }),
  recordSentBack: (tx, place, detail) =>
    recordEvent(tx, { kind: 'rapid-review.sent-back', subject: 'rapid-review-signing', place, detail }),
}

/** @see signText */
export async function signReview(
  acting: Acting,
  incidentId: string,
  signed: { read: string; confirmed: boolean },
): Promise<void> {
  await signText(acting, signing, incidentId, signed)
}

/** @see sendTextBack */
export async function sendReviewBack(
  acting: Acting,
  incidentId: string,
  sentBack: { read: string; reason: string },
): Promise<void> {
  await sendTextBack(acting, signing, incidentId, sentBack)
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
  if (review.status !== 'signing') throw noLongerWaiting({ name }, review)
  return review
}
