import type { CivilDate } from '../../platform/dates.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'
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

/** Who signs: one each. The key is also the kind of body that the signer is appointed to. */
export const partners = {
  authority: 'Local authority',
  icb: 'Integrated care board',
  police: 'Police',
} as const
export type Partner = keyof typeof partners
export const partnerKeys = Object.keys(partners) as Partner[]

/** Several authorities of a partnership are one partner: the one where the incident happened signs. */
export function signsFor(partner: Partner, bodyCode: string, { authorityCode }: IncidentPlace): boolean {
  return partner !== 'authority' || bodyCode === authorityCode
}

export const otherAuthoritySigns = 'The local authority where the incident happened signs for the local authorities.'

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
  answersHash: string | undefined
  dueOn: CivilDate
  lateReason: string | undefined
  sentAt: Date | undefined
}

export interface Signature {
  partner: Partner
  bodyCode: string
  bodyName: string
  personName: string
  answersHash: string
  signedAt: Date
  /** Its partner sent the review back afterwards. */
  overtaken: boolean
}

/** A partner gave the review back to its group. */
export interface Return {
  partner: Partner
  by: string
  at: Date
  reason: string
  answersHash: string
}

/** A text that waited for signatures until it became a draft again. */
export interface EarlierText {
  answersHash: string
  answers: RapidReviewAnswers
  /** The last time. */
  askedAt: Date
}

/** Changes with every change of the text and of nothing else: the order of keys does not matter. */
export function hashOfText(answers: RapidReviewAnswers): string {
  return fingerprint({
    form: `${rapidReviewForm.key} ${rapidReviewForm.version}`,
    answers: answersThatApply(rapidReviewForm, answers),
  })
}

/**
 * The signatures that count: each partner's last one of exactly this text, unless that partner sent the review back
 * after it.
 *
 * @param signatures the oldest first
 */
export function signaturesOfText(signatures: readonly Signature[], hash: string | undefined): Signature[] {
  return partnerKeys.flatMap(
    partner =>
      signatures.findLast(each => each.partner === partner && each.answersHash === hash && !each.overtaken) ?? [],
  )
}

export function partnersMissing(signatures: readonly Signature[], hash: string | undefined): Partner[] {
  const signed = new Set(signaturesOfText(signatures, hash).map(({ partner }) => partner))
  return partnerKeys.filter(partner => !signed.has(partner))
}

export function outcomesIn(answers: RapidReviewAnswers): RapidReviewOutcome[] {
  return [...(answers.outcomes ?? [])]
}
