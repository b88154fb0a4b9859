import { fingerprint } from '../../platform/fingerprint.ts'
import { incidentFacts, notificationForm, type NotificationAnswers } from '../../notifications/index.ts'
import {
  answersThatApply,
  readPage,
  stepPath,
  stepsThatApply,
  typedFrom,
  type Answers,
  type Typed,
} from '../../platform/questionnaire/index.ts'
import { inOffice } from './offices.ts'
import type { Appointment } from './people.ts'
import { momentOf, personId } from './story.ts'
import type { Story } from './story.ts'
import { londonDate } from '../../platform/dates.ts'
import { notificationAnswers } from './notification-answers.ts'

/**
 * How far a draft has come. `to-put-right` has a date of birth that could not be read, as it was typed; `ready` is whole.
 */
export type DraftState = 'begun' | 'half' | 'nearly' | 'to-put-right' | 'ready'

/** A notification that was sent, with its children. @returns whether a rapid review is needed, and when it was sent */
export function writeSentNotification(story: Story): { reviewNeeded: boolean; sentAt: string; clockStartsOn: string } {
  const { incident, place, random, write } = story
  const notifiedAt = new Date(incident.notifiedAt ?? '')
  const notifier = notifierOf(story, londonDate(notifiedAt))
  const answers = answersThatApply(notificationForm, notificationAnswers(random, incident, notifier))
  const national = answers.sentNationally === 'yes'
  const sentAt = new Date(notifiedAt.getTime() + (national ? random.whole(10, 20) * 60_000 : 0)).toISOString()
  const startedAt = firstOf(
    momentOf(random, incident.steps.draftedOn, 'drafted'),
    new Date(notifiedAt.getTime() - random.whole(20, 90) * 60_000).toISOString(),
  )
  const there = inOffice('notifier', incident.authorityCode, startedAt.slice(0, 10))
  const starter = there.find(({ email }) => email === notifier.email) ?? there[0] ?? notifier
  const reviewNeeded = incident.basis === 'abuse-or-neglect'
  write('incident', {
    ...place,
    reference: story.reference,
    nature: incident.nature,
    incident_on: incident.incidentOn,
    aware_on: incident.awareOn,
    notified_at: notifiedAt.toISOString(),
    created_at: startedAt,
  })
  write('notification', {
    ...place,
    status: 'sent',
    revision: stepsThatApply(notificationForm, answers).length + 1,
    answers,
    typed: {},
    person_id: personId(starter),
    national_reference: national ? answers.nationalReference : null,
    national_sent_at: national ? notifiedAt.toISOString() : sentAt,
    review_needed: reviewNeeded,
    saved_at: sentAt,
    sent_at: sentAt,
  })
  write('notification_version', {
    ...place,
    version: 1,
    form_version: String(notificationForm.version),
    answers,
    hash: fingerprint(answers),
    sent_by: personId(notifier),
    sent_at: sentAt,
  })
  for (const [index, child] of incident.children.slice(0, 4).entries()) {
    const answered = answers.children?.[index]
    write('child', {
      ...place,
      id: story.id(`child ${index + 1}`),
      position: index + 1,
      is_primary: index === 0,
      given_name: child.givenName,
      family_name: child.familyName,
      born_on: child.dateOfBirth ?? null,
      age_in_years: null,
      unborn: child.dateOfBirth === undefined,
      sex: codeOrNull(answered?.sex),
      ethnicity: codeOrNull(answered?.ethnicity),
    })
  }
  const clockStartsOn = londonDate(notifiedAt)
  story.event(starter, startedAt, { kind: 'notification.started', subject: 'notification-draft' })
  story.event(notifier, sentAt, {
    kind: 'notification.sent',
    subject: 'notification',
    detail: { reviewNeeded, clockStartsOn, through: national ? 'national service' : 'Weathervane' },
  })
  return { reviewNeeded, sentAt, clockStartsOn }
}

export function writeDraft(story: Story, state: DraftState): void {
  const { incident, place, random, write, today } = story
  const notifier = notifierOf(story, incident.awareOn)
  const startedAt = momentOf(random, incident.steps.draftedOn, 'drafted')
  const { answers, typed, pages } = draftAnswers(story, state, notifier)
  write('incident', {
    ...place,
    reference: story.reference,
    ...incidentFacts(answers as NotificationAnswers),
    notified_at: null,
    created_at: startedAt,
  })
  write('notification', {
    ...place,
    status: 'draft',
    revision: pages + 1,
    answers,
    typed,
    person_id: personId(notifier),
    national_reference: null,
    national_sent_at: null,
    review_needed: null,
    saved_at: new Date(Date.parse(startedAt) + random.whole(10, 300) * 60_000).toISOString(),
    sent_at: null,
  })
  if (incident.awareOn >= today) throw new Error(`Draft ${incident.key} is about a day still to come.`)
  story.event(notifier, startedAt, { kind: 'notification.started', subject: 'notification-draft' })
}

const pagesOf: Record<'begun' | 'half', readonly string[]> = {
  begun: ['basis', 'when', 'notifier'],
  half: ['route', 'basis', 'care', 'when', 'where', 'what-happened', 'child', 'notifier'],
}

function draftAnswers(
  { incident, random, today }: Story,
  state: DraftState,
  notifier: Appointment,
): { answers: Answers; typed: Record<string, Typed>; pages: number } {
  const whole = notificationAnswers(random, incident, notifier)
  if (state === 'begun' || state === 'half') {
    const pages = notificationForm.pages.filter(({ id }) => pagesOf[state].includes(id))
    const kept = new Set(pages.flatMap(page => page.questions.map(({ id }) => id as string)))
    const { children = [], ...others } = whole
    const answers: Answers = {
      ...onlyOf(others, kept),
      ...(state === 'half' && { children: children.slice(0, 1).map(child => onlyOf(child, kept)) }),
    }
    return { answers, typed: {}, pages: pages.length }
  }
  if (state === 'ready') {
    const answers = answersThatApply(notificationForm, whole)
    return { answers, typed: {}, pages: stepsThatApply(notificationForm, answers).length }
  }
  const { mediaInterest: _media, partnersAgreed: _partners, partnersAgreedOn: _on, ...nearly } = whole
  const answers: NotificationAnswers = nearly
  const steps = stepsThatApply(notificationForm, answers)
  if (state === 'nearly') return { answers, typed: {}, pages: steps.length - 2 }
  const step = steps.find(each => each.page.id === 'child')
  if (!step) throw new Error('The notification form has no page about the child.')
  const body = { ...typedFrom(step, answers), birth: 'date-known', 'dateOfBirth-day': '31', 'dateOfBirth-month': '6' }
  const reading = readPage(notificationForm, step, { 'dateOfBirth-year': '2024', ...body }, answers, { today })
  return { answers: reading.answers, typed: { [stepPath(step)]: reading.typed }, pages: steps.length - 2 }
}

function onlyOf(answers: Answers, kept: ReadonlySet<string>): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => kept.has(id)))
}

function notifierOf({ incident, random }: Story, day: string): Appointment {
  return random.pick(inOffice('notifier', incident.authorityCode, day))
}

function codeOrNull(answer: unknown): string | null {
  return typeof answer === 'string' ? answer : null
}

function firstOf(one: string, other: string): string {
  return one < other ? one : other
}
