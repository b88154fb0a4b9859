import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { answersThatApply } from '../../platform/questionnaire/index.ts'
import { type LateReason, lateReasons } from '../../reference-data/index.ts'
import { ensureComplete } from './ask-for-signatures.ts'
import { heldForSigning } from './open-review.ts'
import { rapidReviewForm } from './rapid-review-form.ts'
import { hashOfText, outcomesIn, partners, partnersMissing } from './rapid-review.ts'
import { markSent, signaturesOf } from './store.ts'

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
    const signatures = await signaturesOf(tx, incidentId)
    const missing = partnersMissing(signatures, hash)
    if (missing.length > 0) {
      const fields = missing.map(partner => ({
        field: `signature-${partner}`,
        text: `${partners[partner]}: the present text is not signed yet`,
      }))
      throw new ServiceError('invalid', 'All three partners must sign the present text before it is sent.', { fields })
    }
    const onTime = today <= review.dueOn
    const reason = onTime || !isLateReason(lateReason) ? undefined : lateReason
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

function isLateReason(code: string | undefined): code is LateReason {
  return code !== undefined && Object.hasOwn(lateReasons, code)
}
