import { answersThatApply, type Answers } from '../../platform/questionnaire/index.ts'
import { civilDate, londonDate } from '../../platform/dates.ts'
import { deadline, type LateReason, lateReasons } from '../../reference-data/index.ts'
import { hashOfText, type RapidReviewAnswers, rapidReviewForm } from '../../reviews/index.ts'
import { dayNumber, isoDay, isWorking } from './calendar.ts'
import type { BodyKind } from './country.ts'
import { inOffice, managerOf, oneInOffice, partnerBody } from './offices.ts'
import type { Appointment } from './people.ts'
import { proseAnswers } from './reviews/prose-answers.ts'
import { momentOf, personId } from './story.ts'
import type { Row, Story } from './story.ts'
import { reviewAnswers } from './tell-review.ts'

const partnerKinds = ['authority', 'icb', 'police'] as const satisfies BodyKind[]
const pages = rapidReviewForm.pages.map(({ id }) => id as string)
const questionsOf = new Map(
  rapidReviewForm.pages.map(page => [page.id as string, page.questions.map(({ id }) => id as string)]),
)
const lateCodes = Object.keys(lateReasons) as LateReason[]

export interface SentReview {
  sentAt: string
  outcomes: string[]
  /** Of the decision. */
  reasons: string
  /** Those that were met. */
  criteria: string[]
}

/** The rapid review that opened when the notification was sent, as far as it has come. @returns it when it was sent */
export function writeReview(story: Story, openedAt: string, clockStartsOn: string): SentReview | undefined {
  const { incident, place, random, write } = story
  const { steps } = incident
  const { rule, dueOn } = deadline('rapid-review', civilDate(clockStartsOn))
  story.event('task:open-review', openedAt, {
    kind: 'rapid-review.opened',
    subject: 'incident',
    detail: { dueOn, rule: rule.rule, openedOn: londonDate(new Date(openedAt)) },
  })
  const rapid = { ...place, review_id: story.id('rapid review') }
  write('review', { ...rapid, kind: 'rapid' })
  for (const manager of inOffice('business-manager', incident.partnershipCode, clockStartsOn)) {
    write('review_member', {
      ...rapid,
      kind: 'rapid',
      person_id: personId(manager),
      added_by: null,
      added_at: openedAt,
    })
  }

  const written = saveSections(story)
  const manager = managerOf(incident, steps.signaturesAskedOn ?? clockStartsOn)
  const whole = story.prose
    ? proseAnswers(story.prose, authorsOf(story, manager))
    : reviewAnswers(random, incident, authorsOf(story, manager))
  const review = {
    ...rapid,
    status: 'draft',
    revision: written.length + 1,
    answers: onlyPages(whole, written),
    outcomes: written.includes('decision') ? whole.outcomes : [],
    clock_started_on: clockStartsOn,
    due_on: dueOn,
    late_reason: null as string | null,
    opened_at: openedAt,
    sent_at: null as string | null,
    text_hash: null as string | null,
    signatures_asked_at: null as string | null,
  }
  const { signaturesAskedOn, reviewSentOn } = steps
  if (!signaturesAskedOn) {
    write('rapid_review', review)
    return undefined
  }
  const answers = answersThatApply(rapidReviewForm, whole)
  const hash = hashOfText(answers)
  const askedAt = momentOf(random, signaturesAskedOn, 'asked')
  story.event(manager, askedAt, {
    kind: 'rapid-review.signatures-asked',
    subject: 'rapid-review-signing',
    detail: { hash, again: false },
  })
  write('review_text', { ...rapid, number: 1, hash, text: answers, asked_at: askedAt })
  writeSignatures(story, rapid, hash)
  if (!reviewSentOn) {
    write('rapid_review', {
      ...review,
      answers,
      status: 'signing',
      revision: review.revision + 1,
      text_hash: hash,
      signatures_asked_at: askedAt,
    })
    return undefined
  }
  const sender = managerOf(incident, reviewSentOn)
  const sentAt = momentOf(random, reviewSentOn, 'sent')
  const onTime = reviewSentOn <= dueOn
  const lateReason = !onTime && random.chance(0.75) ? random.pick(lateCodes) : undefined
  const outcomes = [...(whole.outcomes ?? [])]
  write('rapid_review', {
    ...review,
    answers,
    status: 'sent',
    revision: review.revision + 2,
    text_hash: hash,
    signatures_asked_at: askedAt,
    late_reason: lateReason ?? null,
    sent_at: sentAt,
  })
  write('rapid_review_version', {
    ...place,
    version: 1,
    form_version: String(rapidReviewForm.version),
    answers,
    hash,
    sent_by: personId(sender),
    sent_at: sentAt,
  })
  story.event(sender, sentAt, {
    kind: 'rapid-review.sent',
    subject: 'rapid-review',
    detail: { outcomes, onTime, hash, ...(lateReason && { lateReason }) },
  })
  const criteria = (['A', 'B', 'C', 'D'] as const).filter(key => whole[`criterion${key}`] === 'yes')
  return { sentAt, outcomes, reasons: String(whole.decision ?? ''), criteria }
}

/** The pages saved so far, an event for each, spread over the days of writing. @returns their ids */
function saveSections(story: Story): string[] {
  const { incident, random, today } = story
  const { reviewStartedOn, reviewMeetingOn, signaturesAskedOn } = incident.steps
  if (!reviewStartedOn) return []
  const first = dayNumber(reviewStartedOn)
  const last = signaturesAskedOn ? dayNumber(signaturesAskedOn) : first + 16
  const order = [...pages.slice(1, 5), ...pages.slice(0, 1), ...pages.slice(5)]
  const saved: { page: string; at: string }[] = []
  for (const [place, page] of order.entries()) {
    let day = first + Math.floor(((last - first) * (place + 1)) / (order.length + 1))
    while (!isWorking(day)) day -= 1
    const on = isoDay(Math.max(day, first))
    if (on >= today || (page === 'overview' && !reviewMeetingOn)) continue
    saved.push({ page, at: momentOf(random, on, 'saved') })
  }
  for (const { page, at } of saved.toSorted((one, other) => (one.at < other.at ? -1 : 1))) {
    const manager = managerOf(incident, at.slice(0, 10))
    story.event(manager, at, { kind: 'rapid-review.section-saved', subject: 'rapid-review-draft', detail: { page } })
  }
  return saved.map(({ page }) => page)
}

function onlyPages(answers: RapidReviewAnswers, saved: readonly string[]): Answers {
  const kept = new Set(saved.flatMap(page => questionsOf.get(page) ?? []))
  return Object.fromEntries(Object.entries(answers).filter(([id]) => kept.has(id)))
}

function writeSignatures(story: Story, review: Row, hash: string): void {
  const { incident, random, write, prose } = story
  const { signaturesAskedOn = '', reviewSentOn } = incident.steps
  const signing = reviewSentOn
    ? partnerKinds
    : (incident.staging?.signedBy ?? partnerKinds.filter(() => random.chance(0.4)))
  const last = reviewSentOn ? dayNumber(reviewSentOn) : dayNumber(story.today) - 1
  for (const partner of signing) {
    const told = prose?.signOff.find(each => each.bodyKind === partner)
    const on =
      told?.on ?? isoDay(workingDayUpTo(random.whole(dayNumber(signaturesAskedOn), last), dayNumber(signaturesAskedOn)))
    const bodyCode = told?.bodyCode ?? partnerBody(partner, incident, on)
    const signer = oneInOffice('safeguarding-partner', bodyCode, on)
    const signedAt = momentOf(random, on, 'signed')
    write('review_signature', {
      ...review,
      id: story.id(`signature ${partner}`),
      partner,
      body_code: bodyCode,
      person_id: personId(signer),
      text_hash: hash,
      signed_at: signedAt,
    })
    story.event(signer, signedAt, {
      kind: 'rapid-review.signed',
      subject: 'rapid-review-signing',
      detail: { partner, body: bodyCode, hash },
    })
  }
}

function workingDayUpTo(day: number, first: number): number {
  let found = day
  while (!isWorking(found) && found > first) found -= 1
  return found
}

function authorsOf({ incident }: Story, manager: Appointment): string {
  const [scrutineer] = inOffice('scrutineer', incident.partnershipCode, incident.steps.sentOn ?? incident.awareOn)
  const chair = scrutineer ? `; read by ${scrutineer.name}, independent scrutineer` : ''
  return `${manager.name}, partnership business manager, with the rapid review group${chair}`
}
