import type { ReviewKind } from '../reviews/index.ts'

/** How a member, and later the letter, sees the review. As the letter says it: "we" is the Panel. */
export const viewsOnReview = {
  agree: 'We agree with the review.',
  'agree-with-comment': 'We agree with the review, and make the comments below.',
  disagree: 'We see the incident differently from the review.',
  'more-information': 'We need more information before we can form a view.',
  'criteria-query': 'We ask you to look again at whether the criteria for a serious incident were met.',
} as const
export type ViewOnReview = keyof typeof viewsOnReview

/** Whether an incident was serious is settled before there is a local review. */
export const viewsOnReviewOf: Record<ReviewKind, readonly ViewOnReview[]> = {
  rapid: Object.keys(viewsOnReview) as ViewOnReview[],
  local: ['agree', 'agree-with-comment', 'disagree', 'more-information'],
}

/** How the Panel sees the decision on a local review. It may challenge; it does not decide. */
export const viewsOnDecision = {
  'agree-lcspr': 'We agree with your decision to carry out a local child safeguarding practice review.',
  'agree-no-lcspr': 'We agree with your decision not to carry out a local child safeguarding practice review.',
  'suggest-lcspr': 'We suggest that you carry out a local child safeguarding practice review.',
  'suggest-reconsider': 'We suggest that you think again about your decision.',
  'consider-for-national': 'We will consider the incident for a national review.',
  'note-for-thematic': 'We have noted the learning for our own work on themes.',
} as const
export type ViewOnDecision = keyof typeof viewsOnDecision

/** Whoever disagrees says so, and leaves the decision where the law puts it. Children Act 2004, section 16C onwards. */
export const decisionStays = 'The decision is yours as safeguarding partners, and remains so.'

/** Only where the Panel suggests another decision is anything asked of it, and reasons are needed. */
export function suggestsOtherwise(view: ViewOnDecision | undefined): view is 'suggest-lcspr' | 'suggest-reconsider' {
  return view === 'suggest-lcspr' || view === 'suggest-reconsider'
}

/** What a letter says of the decision, on lines of their own. */
export function tellViewOnDecision(view: ViewOnDecision, reasons: string): string[] {
  return [
    viewsOnDecision[view],
    ...(reasons ? [reasons] : []),
    suggestsOtherwise(view)
      ? `${decisionStays} We ask you to consider our reasons and to tell us what you conclude.`
      : decisionStays,
  ]
}

/** The point that asks what the partners conclude, so that their answer is waited for. */
export function pointOnDecision(view: ViewOnDecision | undefined): string | undefined {
  return suggestsOtherwise(view)
    ? `${viewsOnDecision[view]} Our reasons stand above. Please tell us what you conclude, and why.`
    : undefined
}

export function isViewOnReview(key: unknown): key is ViewOnReview {
  return typeof key === 'string' && Object.hasOwn(viewsOnReview, key)
}

export function isViewOnDecision(key: unknown): key is ViewOnDecision {
  return typeof key === 'string' && Object.hasOwn(viewsOnDecision, key)
}

/**
 * What does not fit what the partnership decided; undefined when it fits.
 * @param outcomes codes of the rapid review, like `LCSPR`
 */
export function viewThatDoesNotFit(view: ViewOnDecision, outcomes: readonly string[]): string | undefined {
  const decidedOnReview = outcomes.includes('LCSPR')
  if (view === 'agree-lcspr' && !decidedOnReview) {
    return 'The partnership did not decide on a local child safeguarding practice review. Choose another view of its decision'
  }
  if ((view === 'agree-no-lcspr' || view === 'suggest-lcspr') && decidedOnReview) {
    return 'The partnership decided on a local child safeguarding practice review. Choose another view of its decision'
  }
  return undefined
}

/** The views of the decision that fit it, and what to tell whoever looks for another. */
export function viewsToOffer(outcomes: readonly string[]): { offered: ViewOnDecision[]; whyNotOthers: string } {
  return {
    offered: (Object.keys(viewsOnDecision) as ViewOnDecision[]).filter(view => !viewThatDoesNotFit(view, outcomes)),
    whyNotOthers: outcomes.includes('LCSPR')
      ? 'So you cannot suggest a local child safeguarding practice review, or agree that there is none.'
      : 'So you cannot agree with a local child safeguarding practice review. You can suggest one.',
  }
}
