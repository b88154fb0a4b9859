import {
  addWorkingDays,
  clockState,
  deadline,
  readBankHolidays,
  type ClockRule,
  type Pause,
  standing,
  type Standing,
} from '../../reference-data/index.ts'
import { type CivilDate, formatDate } from '../../platform/dates.ts'
import type { ReviewPlace } from '../review.ts'
import type { LocalReviewCriterion } from '../rapid/rapid-review-form.ts'
import type { DecisionSource, Outcome } from './decision-form.ts'

export interface LocalReview extends ReviewPlace {
  reference: string
  partnershipName: string
  authorityName: string
  decidedOn: CivilDate
  decidedFrom: DecisionSource
  reasons: string
  criteria: LocalReviewCriterion[]
  /** Six months after the decision. */
  dueOn: CivilDate
  /** As the last extension has it. */
  expectedOn: CivilDate | undefined
  /** Planned. */
  publishOn: CivilDate | undefined
  sentAheadOn: CivilDate | undefined
  outcome: Outcome | undefined
  outcomeOn: CivilDate | undefined
  /** The first day on which what was published may be taken down. */
  keepUntil: CivilDate | undefined
  closedOn: CivilDate | undefined
}

/** The last day to send the copy where it is published on this day. */
export function copyDueOn(publishOn: CivilDate): CivilDate {
  return deadline('advance-copy-local', publishOn).dueOn
}

/** The first day on which a review may be published whose copy was sent on this day. */
export function earliestPublication(sentOn: CivilDate): CivilDate {
  const { rule } = deadline('advance-copy-local', sentOn)
  return addWorkingDays(sentOn, rule.count, readBankHolidays())
}

/**
 * What of C8 stands in the way of publishing a review on a day; undefined where nothing does. The copy is a must: whoever
 * publishes all the same gives a reason, which is kept. Without one, it can be sent `today` at the earliest.
 */
export function publicationProblem(
  sentAheadOn: CivilDate | undefined,
  publishOn: CivilDate,
  today: CivilDate,
): string | undefined {
  const earliest = earliestPublication(sentAheadOn ?? today)
  if (publishOn >= earliest) return undefined
  const copy = sentAheadOn
    ? `The copy to the Panel and the Secretary of State was sent on ${formatDate(sentAheadOn)}:`
    : 'No copy was sent to the Panel and the Secretary of State. If it goes today,'
  return `${copy} the first day for publication is ${formatDate(earliest)}`
}

/** How the six months stand, and how much of the time the work stood still. */
export interface SixMonths extends Standing {
  rule: ClockRule
  /** The end of six months of work; the guidance knows no such day. Absent where the work never stood still. */
  withoutPausesOn: CivilDate | undefined
}

export function sixMonths(
  review: Pick<LocalReview, 'decidedOn' | 'dueOn' | 'outcomeOn'>,
  pauses: readonly Pause[],
  today: CivilDate,
): SixMonths {
  const { rule } = deadline('local-review', review.decidedOn)
  const doneOn = review.outcomeOn
  const worked = clockState({
    rule,
    startedOn: review.decidedOn,
    doneOn,
    pauses,
    today,
    holidays: readBankHolidays(),
  })
  return {
    rule,
    ...standing({ dueOn: review.dueOn, doneOn, today }),
    withoutPausesOn: worked.dueOn === worked.originalDueOn ? undefined : worked.dueOn,
  }
}

/** Late by the guidance, or expected to be. */
export function isLate(review: Pick<LocalReview, 'dueOn' | 'outcomeOn' | 'expectedOn'>, today: CivilDate): boolean {
  return (review.outcomeOn ?? today) > review.dueOn || (!review.outcomeOn && (review.expectedOn ?? '') > review.dueOn)
}
