import { isCivilDate, londonInstant, type CivilDate } from '../platform/dates.ts'
import { answered, type Answers } from '../platform/questionnaire/index.ts'
import type { Nature, NotificationAnswers } from './notification-form.ts'

/** What an incident is recognised by in lists, as far as its notification says it by now. */
export function incidentFacts(answers: NotificationAnswers): {
  nature: Nature | null
  incident_on: CivilDate | null
  aware_on: CivilDate | null
} {
  return {
    nature: answers.nature ?? null,
    incident_on: wholeDate(answers, 'incidentOn'),
    aware_on: wholeDate(answers, 'awareOn'),
  }
}

/** Only a whole date: a month or a year alone is no calendar day. */
export function wholeDate(answers: Answers, id: string): CivilDate | null {
  const value = answered(answers, id)
  return typeof value === 'string' && isCivilDate(value) ? value : null
}

/** When it went through the national service. An unknown time counts as noon, but nothing was sent after now. */
export function nationalSendingAt(answers: Answers, now: Date): Date | undefined {
  const on = wholeDate(answers, 'nationalSentOn')
  if (!on) return undefined
  const time = answered(answers, 'nationalSentAt')
  const at = londonInstant(on, typeof time === 'string' ? time : '12:00')
  return at < now ? at : now
}
