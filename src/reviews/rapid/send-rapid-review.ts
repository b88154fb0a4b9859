import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { answersThatApply } from '../../platform/questionnaire/index.ts'
import { lateReasons } from '../../reference-data/index.ts'
import { ensureComplete } from './ask-for-signatures.ts'
import { heldForSigning } from './open-review.ts'
import { rapidReviewForm } from './rapid-review-form.ts'
import { partners } from '../signing/partner.ts'
import { partnersMissing } from '../signing/signature.ts'
import { signaturesOf } from '../signing/store.ts'
import { hashOfText, outcomesIn } from './rapid-review.ts'
import { markSent } from './store.ts'

/**
 * Sends a signed review to the Panel. An immutable snapshot is kept. Lateness is recorded with its reason, where one is
 * given, and never keeps a review from being sent.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' with what is still needed, or 'conflict'
 */
export async function sendRapidReview(
  acting: Acting,
  incidentId: string,
  { lateReason }: { lateReason?: string | undefined } = {},
): Promise<void> {
  ensureMay(acting, 'send', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await heldForSigning(tx, incidentId)
    const { today } = contextOf(tx)
    ensureComplete(review, today)
    const hash = hashOfText(review.answers)
    const signatures = await signaturesOf(tx, review)
    const missing = partnersMissing(signatures, hash)
    const onTime = today <= review.dueOn
    const reason = onTime ? undefined : lateReason
    const fields: FieldError[] = missing.map(partner => ({
      field: `signature-${partner}`,
      text: `${partners[partner]}: the present text is not signed yet`,
    }))
    if (reason !== undefined && !Object.hasOwn(lateReasons, reason)) {
      fields.push({ field: 'lateReason', text: 'Select one of the reasons why it is late, or No reason given' })
    }
    if (fields.length > 0) {
      throw new ServiceError('invalid', 'The rapid review was not sent: see what is still needed.', { fields })
    }
    const answers = answersThatApply(rapidReviewForm, review.answers)
    await markSent(tx, review, { answers, hash, lateReason: reason })
    await recordEvent(tx, {
      kind: 'rapid-review.sent',
      subject: 'rapid-review',
      place: review,
      detail: { outcomes: outcomesIn(answers), onTime, hash, ...(reason ? { lateReason: reason } : {}) },
    })
  })
}
