import { isCivilDate, londonDate, type CivilDate } from '../platform/dates.ts'
import { clock, dueOn, readBankHolidays, readClockRules } from '../reference-data/index.ts'

/**
 * The last day to send a notification, clock C1. Undefined until the day of awareness is a whole day that has come:
 * drafts hold wrong answers too, and a day far ahead is past the bank holidays we know.
 */
export function notificationDueOn(awareOn: unknown, today: CivilDate): CivilDate | undefined {
  if (typeof awareOn !== 'string' || !isCivilDate(awareOn) || awareOn > today) return undefined
  const rule = clock(readClockRules(), 'notify-panel', awareOn)
  return rule && dueOn(rule, awareOn, readBankHolidays())
}

/** When the rapid review is due, clock C5. */
export function rapidReviewDue(notifiedAt: Date): { on: CivilDate; workingDays: number } | undefined {
  const start = londonDate(notifiedAt)
  const rule = clock(readClockRules(), 'rapid-review', start)
  return rule && { on: dueOn(rule, start, readBankHolidays()), workingDays: rule.count }
}
