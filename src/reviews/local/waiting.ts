import { contextOf, type Tx } from '../../platform/database/index.ts'
import { civilDate, type CivilDate } from '../../platform/dates.ts'
import type { Pause } from '../../reference-data/index.ts'
import { draftsIn } from '../drafting/store.ts'
import type { Partner } from '../signing/partner.ts'
import { partnersMissing } from '../signing/signature.ts'
import { signaturesOf } from '../signing/store.ts'
import { entriesOfAll, type Entry } from './entries/store.ts'
import { extensionReasons } from './entries/entry-forms.ts'
import type { LocalReview } from './local-review.ts'
import { daysOf, presentStage, stagesFor, stagesOf, type StageOfReview, type StageRecord } from './stages/stages.ts'
import { whyItWaits, type Wait, type Waiting } from './why-it-waits.ts'
import { readStagePlan, stageRecordsOfAll } from './stages/store.ts'
import type { Reviewer } from './reviewers/reviewer.ts'
import { sentTo, type SentTo } from './sent-ahead/sending.ts'
import { reviewersOfAll } from './reviewers/store.ts'
import { withAgreedTerms } from './terms/store.ts'
import { relatedProcessesOfAll } from './related/store.ts'

/** All that says how far a review is, and what it waits for. */
export interface Progress {
  review: LocalReview
  stages: readonly StageOfReview[]
  stage: StageOfReview | undefined
  reviewers: readonly Reviewer[]
  extensions: readonly Entry<'extension'>[]
  requests: readonly Entry<'request'>[]
  told: readonly Entry<'told'>[]
  waiting: Waiting
  waits: readonly Wait[]
}

/** How far these reviews are, in their order. A few questions for all of them. */
export async function progressOf(tx: Tx, reviews: readonly LocalReview[]): Promise<Progress[]> {
  if (reviews.length === 0) return []
  const ids = reviews.map(({ reviewId }) => reviewId)
  const { today } = contextOf(tx)
  const records = await stageRecordsOfAll(tx, ids)
  const reviewers = await reviewersOfAll(tx, ids)
  const agreed = await withAgreedTerms(tx, ids)
  const extensions = await entriesOfAll(tx, ids, 'extension')
  const requests = await entriesOfAll(tx, ids, 'request')
  const told = await entriesOfAll(tx, ids, 'told')
  const processes = await relatedProcessesOfAll(tx, ids)
  const missing = await signaturesMissing(tx, ids)
  const plans = new Map<string, Awaited<ReturnType<typeof readStagePlan>>>()
  for (const { partnershipCode } of reviews) {
    if (!plans.has(partnershipCode)) plans.set(partnershipCode, await readStagePlan(tx, partnershipCode))
  }
  return reviews.map(review => {
    const { reviewId } = review
    const plan = plans.get(review.partnershipCode)
    const days = daysOf(plan)
    const stages = stagesFor(stagesOf(plan?.stages), [...datedRecords(review), ...(records.get(reviewId) ?? [])], {
      isPublished: review.outcome !== undefined && review.outcome !== 'withheld',
    })
    const stage = presentStage(stages)
    const waiting: Waiting = {
      review,
      reviewers: (reviewers.get(reviewId) ?? []).map(each => ({ ...each, judged: each.judgement !== undefined })),
      termsAgreed: agreed.has(reviewId),
      extensions: (extensions.get(reviewId) ?? []).map(({ answers }) => ({
        reason: answers.reason ?? 'other',
        explanation: answers.explanation ?? '',
        expectedOn: day(answers.expectedOn) ?? review.dueOn,
        stillFrom: answers.standsStill === 'yes' ? day(answers.stillFrom) : undefined,
        stillUntil: day(answers.stillUntil),
        notTold: notToldOf(answers),
      })),
      processes: processes.get(reviewId) ?? [],
      requests: (requests.get(reviewId) ?? []).map(({ id, answers }) => ({
        id,
        ofWhom: answers.ofWhom ?? '',
        what: answers.what ?? '',
        dueOn: day(answers.dueOn) ?? today,
        answered: answers.answeredOn !== undefined,
        remindedOn: day(answers.remindedOn),
      })),
      stage,
      signaturesMissing: missing.get(reviewId),
      today,
      daysUntilStale: days.untilStale,
      daysStageIsLong: days.stageIsLong,
    }
    return {
      review,
      stages,
      stage,
      reviewers: reviewers.get(reviewId) ?? [],
      extensions: extensions.get(reviewId) ?? [],
      requests: requests.get(reviewId) ?? [],
      told: told.get(reviewId) ?? [],
      waiting,
      waits: whyItWaits(waiting),
    }
  })
}

/** Of reports that wait for signatures: by whom. */
async function signaturesMissing(tx: Tx, reviewIds: readonly string[]): Promise<Map<string, Partner[]>> {
  const waiting = (await draftsIn(tx, 'signing')).filter(({ reviewId }) => reviewIds.includes(reviewId))
  const missing = new Map<string, Partner[]>()
  for (const draft of waiting) {
    missing.set(draft.reviewId, partnersMissing(await signaturesOf(tx, draft), draft.textHash))
  }
  return missing
}

/** The stages whose days stand in the review itself. */
function datedRecords(review: LocalReview): StageRecord[] {
  const record = (stage: string, on: CivilDate | undefined): StageRecord[] =>
    on ? [{ stage, openedOn: on, openedBy: undefined, closedOn: on, closedBy: undefined }] : []
  return [
    ...record('decided', review.decidedOn),
    ...record('sent-ahead', review.sentAheadOn),
    ...record('published', review.outcomeOn),
  ]
}

function notToldOf(answers: Entry<'extension'>['answers']): string[] {
  return [
    ...(answers.toldPanelOn ? [] : ['The Panel']),
    ...(answers.toldDfeOn ? [] : ['DfE']),
    ...(answers.toldOfstedOn ? [] : ['Ofsted']),
  ]
}

/** The days on which the work stood still. */
export function pausesOf({ extensions }: Pick<Waiting, 'extensions'>): Pause[] {
  return extensions.flatMap(({ reason, stillFrom, stillUntil }) =>
    stillFrom ? [{ from: stillFrom, until: stillUntil, reason: extensionReasons[reason] }] : [],
  )
}

/** Whom nobody has told of the decision; where a reviewer was appointed since, with their name. */
export function notToldOfDecision({ told, reviewers }: Pick<Progress, 'told' | 'reviewers'>): SentTo[] {
  const appointed = reviewers.some(({ appointedOn }) => appointedOn)
  const known = told.filter(({ answers }) => !appointed || answers.reviewerName)
  return (Object.keys(sentTo) as SentTo[]).filter(whom => !known.some(({ answers }) => answers.whom?.includes(whom)))
}

/** What whoever leads the review does next. */
export function nextStep(progress: Progress): { text: string; at: string; dueOn: CivilDate | undefined } | undefined {
  const { review } = progress
  const step = stepOf(progress)
  const due = review.outcome ? undefined : (review.expectedOn ?? review.dueOn)
  // No number of days is given for telling: it is due when the decision is made.
  return step && { ...step, dueOn: step.at === telling ? review.decidedOn : due }
}

const telling = '/local-review/told/new'

function stepOf(progress: Progress): { text: string; at: string } | undefined {
  const { review, reviewers, told, waiting, stage } = progress
  if (review.closedOn) return undefined
  const present = reviewers.filter(({ endedOn, judgement }) => !endedOn && judgement?.decision !== 'may-not-act')
  const unjudged = present.find(({ judgement }) => !judgement)
  const judged = present.find(({ judgement, appointedOn }) => judgement && !appointedOn)
  if (!review.sentAheadOn) {
    if (told.length === 0) return { text: 'Tell the Panel, Ofsted and DfE of the decision', at: telling }
    if (present.length === 0)
      return { text: 'Find a reviewer and record what they declare', at: '/local-review/reviewers/new' }
    if (unjudged)
      return { text: `Judge what ${unjudged.name} declared`, at: `/local-review/reviewers/${unjudged.id}/judge` }
    if (judged) return { text: `Appoint ${judged.name}`, at: `/local-review/reviewers/${judged.id}/appoint` }
    if (notToldOfDecision(progress).length > 0) {
      return { text: 'Tell the Panel, Ofsted and DfE the name of the reviewer', at: telling }
    }
    if (!waiting.termsAgreed)
      return { text: 'Write the terms of reference and have them agreed', at: '/local-review/terms' }
  }
  if (review.sentAheadOn && !review.outcome) {
    return review.publishOn
      ? { text: 'Publish', at: '/publication' }
      : { text: 'Plan the day of publication', at: '/publication' }
  }
  if (!stage) return { text: 'Say how far the review is', at: '/local-review/stages' }
  if (stage.key === 'sent-ahead')
    return { text: 'Send the review ahead of publication', at: '/local-review/sent-ahead' }
  return {
    text: stage.record ? `Work on the stage “${stage.label}”, and close it` : `Open the stage “${stage.label}”`,
    at: `/local-review/stages/${stage.key}`,
  }
}

export function day(answer: unknown): CivilDate | undefined {
  return typeof answer === 'string' ? civilDate(answer) : undefined
}
