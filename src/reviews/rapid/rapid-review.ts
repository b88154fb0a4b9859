import type { CivilDate } from '../../platform/dates.ts'
import { fingerprint } from '../../platform/fingerprint.ts'
import { answersThatApply, type AnswerDraft } from '../../platform/questionnaire/index.ts'
import type { ReviewPlace } from '../review.ts'
import {
  type RapidReviewAnswers,
  rapidReviewForm,
  type RapidReviewOutcome,
  type RapidReviewSection,
} from './rapid-review-form.ts'

export type Status = 'draft' | 'signing' | 'sent'

/** What a partner says by signing. */
export const signingStatement =
  'I have read this rapid review. I agree that it is sent to the Panel in the name of the safeguarding partners.'

export interface RapidReview extends ReviewPlace, AnswerDraft<RapidReviewAnswers> {
  reference: string
  authorityName: string
  partnershipName: string
  status: Status
  /** Sections in which text of a file was placed and that nobody has saved since. */
  unreadSections: readonly RapidReviewSection[]
  /** Of the text that waits for signatures; undefined in a draft. */
  textHash: string | undefined
  dueOn: CivilDate
  lateReason: string | undefined
  sentAt: Date | undefined
}

/** Changes with every change of the text and of nothing else: the order of keys does not matter. */
export function hashOfText(answers: RapidReviewAnswers): string {
  return fingerprint({
    form: `${rapidReviewForm.key} ${rapidReviewForm.version}`,
    answers: answersThatApply(rapidReviewForm, answers),
  })
}

export function outcomesIn(answers: RapidReviewAnswers): RapidReviewOutcome[] {
  return [...(answers.outcomes ?? [])]
}
