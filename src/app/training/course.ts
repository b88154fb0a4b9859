import { isoDay, stepWorkingDays } from './calendar.ts'
import { drawDays } from './random.ts'
import { outcomeShares, reviewingDays, viewShares } from './figures.ts'
import type { Kind, LocalReviewView, OutcomeCode, PanelView } from './incident.ts'
import type { Random } from './random.ts'

/** How far an incident has come, in the order in which it gets there. */
export const stages = [
  'draft',
  'sent',
  'no-review-needed',
  'review-in-progress',
  'awaiting-signatures',
  'review-sent',
  'allocated',
  'read',
  'letter-sent',
  'letter-answered',
] as const
export type Stage = (typeof stages)[number]

/** The day of each step taken so far. A step still to come is left out. */
export interface Steps {
  draftedOn: string
  sentOn?: string
  reviewStartedOn?: string
  reviewMeetingOn?: string
  signaturesAskedOn?: string
  reviewSentOn?: string
  allocatedOn?: string
  readOn?: string
  consideredOn?: string
  letterSentOn?: string
  /** The letter asks for an answer by this day, which may lie ahead. */
  replyDueOn?: string
  letterAnsweredOn?: string
  localReviewPublishedOn?: string
}

export interface Course {
  stage: Stage
  steps: Steps
  outcomes?: OutcomeCode[]
  view?: PanelView
  localReviewView?: LocalReviewView
}

/** Draws the whole course of events, then forgets what happens on or after `until`. */
export function goThrough(
  random: Random,
  kind: Kind,
  notifiedDay: number,
  awareOn: string,
  isDraft: boolean,
  until: string,
): Course {
  if (isDraft) return { stage: 'draft', steps: { draftedOn: awareOn } }
  const sentOn = isoDay(notifiedDay)
  if (kind === 'no-abuse' || kind === 'care-leaver')
    return { stage: 'no-review-needed', steps: { draftedOn: awareOn, sentOn } }

  const reviewDays = drawDays(random, reviewingDays)
  const reviewSent = stepWorkingDays(notifiedDay, reviewDays)
  const meeting = stepWorkingDays(
    notifiedDay,
    Math.min(reviewDays - 4, Math.round(reviewDays * 0.65) + random.whole(-1, 1)),
  )
  const signaturesAsked = stepWorkingDays(reviewSent, -random.whole(1, 3))
  const allocated = stepWorkingDays(reviewSent, random.whole(1, 2))
  const read = stepWorkingDays(allocated, random.whole(2, 6))
  const considered = stepWorkingDays(read, random.whole(1, 4))
  const letterSent = stepWorkingDays(considered, random.whole(1, 5))
  const view = random.weighted(viewShares)
  const outcomes = random.weighted(outcomeShares).split('+') as OutcomeCode[]
  const replyAsked = view !== 'agree' || random.chance(0.5)
  const replyDue = stepWorkingDays(letterSent, 40)
  // One answer in fifty is very late.
  const answered = stepWorkingDays(letterSent, random.chance(0.02) ? random.whole(80, 160) : random.whole(18, 55))
  const isLocalReview = outcomes.includes('LCSPR')

  const days = {
    draftedOn: awareOn,
    sentOn,
    reviewStartedOn: isoDay(stepWorkingDays(notifiedDay, 1)),
    reviewMeetingOn: isoDay(meeting),
    signaturesAskedOn: isoDay(signaturesAsked),
    reviewSentOn: isoDay(reviewSent),
    allocatedOn: isoDay(allocated),
    readOn: isoDay(read),
    consideredOn: isoDay(considered),
    letterSentOn: isoDay(letterSent),
    ...(replyAsked && { letterAnsweredOn: isoDay(answered) }),
    ...(isLocalReview && { localReviewPublishedOn: isoDay(reviewSent + random.whole(170, 620)) }),
  }
  return courseUntil(
    until,
    days,
    outcomes,
    view,
    localReviewViewOf(random, view, outcomes),
    replyAsked && isoDay(replyDue),
  )
}

/** What is known of a course of events when the day `until` begins. */
export function courseUntil(
  until: string,
  days: Steps,
  outcomes: OutcomeCode[],
  view: PanelView,
  localReviewView: LocalReviewView,
  replyDueOn: string | false,
): Course {
  const steps = Object.fromEntries(Object.entries(days).filter(([, day]) => day < until)) as unknown as Steps
  if (steps.letterSentOn && replyDueOn) steps.replyDueOn = replyDueOn
  return {
    stage: stageOf(steps),
    steps,
    ...(steps.reviewSentOn && { outcomes }),
    ...(steps.letterSentOn && { view, localReviewView }),
  }
}

function stageOf(steps: Steps): Stage {
  if (steps.letterAnsweredOn) return 'letter-answered'
  if (steps.letterSentOn) return 'letter-sent'
  if (steps.readOn) return 'read'
  if (steps.allocatedOn) return 'allocated'
  if (steps.reviewSentOn) return 'review-sent'
  if (steps.signaturesAskedOn) return 'awaiting-signatures'
  return steps.reviewStartedOn ? 'review-in-progress' : 'sent'
}

function localReviewViewOf(random: Random, view: PanelView, outcomes: OutcomeCode[]): LocalReviewView {
  const decided = outcomes.includes('LCSPR')
  if (view === 'disagree') return decided ? 'suggestReconsider' : 'suggestLCSPR'
  if (view === 'moreInformation' || view === 'criteriaQuery') return 'suggestReconsider'
  if (outcomes.includes('NATIONAL_SUGGESTED')) return random.chance(0.3) ? 'considerForNational' : 'noteForThematic'
  return decided ? 'agreeLCSPR' : random.chance(0.08) ? 'noteForThematic' : 'agreeNoLCSPR'
}
