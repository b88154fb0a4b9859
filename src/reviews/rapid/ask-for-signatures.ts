import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { answersThatApply, openProblems, type OpenProblem } from '../../platform/questionnaire/index.ts'
import { heldDraft, heldForSigning } from './open-review.ts'
import { rapidReviewForm, rapidReviewSections } from './rapid-review-form.ts'
import { hashOfText, type RapidReview } from './rapid-review.ts'
import { earlierTextsOf } from '../signing/store.ts'
import { markDraft, markSigning } from './store.ts'

/** What keeps the text from being signed and sent: also text of a file that nobody has read yet. */
export function problemsOf(review: RapidReview, today: CivilDate): OpenProblem[] {
  const problems = openProblems(rapidReviewForm, review, { today })
  const unread = review.unreadSections
    .filter(section => !problems.some(({ page }) => page === section))
    .map(section => ({
      field: section,
      text: `${rapidReviewSections[section]}: text of a file was placed here and not read yet. Read it and save`,
      page: section,
    }))
  return [...problems, ...unread]
}

/**
 * The text stands still from here on: what partners sign is exactly this text.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict', or 'invalid' with each answer that is still needed
 */
export async function askForSignatures(acting: Acting, incidentId: string): Promise<void> {
  ensureMay(acting, 'send', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await heldDraft(tx, incidentId)
    ensureComplete(review, contextOf(tx).today)
    const hash = hashOfText(review.answers)
    await markSigning(tx, review, { answers: answersThatApply(rapidReviewForm, review.answers), hash })
    const again = (await earlierTextsOf(tx, review)).length > 0
    await recordEvent(tx, {
      kind: 'rapid-review.signatures-asked',
      subject: 'rapid-review-signing',
      place: review,
      detail: { hash, again },
    })
  })
}

/** @throws ServiceError 'invalid' */
export function ensureComplete(review: RapidReview, today: CivilDate): void {
  const fields = problemsOf(review, today)
  if (fields.length > 0) {
    throw new ServiceError('invalid', 'The rapid review is not complete: some answers are missing or not right.', {
      fields,
    })
  }
}

/**
 * Makes the text a draft again. Signatures count for the text that was signed: once it changes, each partner is asked
 * again.
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' when it does not wait for signatures
 */
export async function takeBack(acting: Acting, incidentId: string): Promise<void> {
  ensureMay(acting, 'write', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await heldForSigning(tx, incidentId)
    await markDraft(tx, review)
    await recordEvent(tx, { kind: 'rapid-review.taken-back', subject: 'rapid-review-signing', place: review })
  })
}
