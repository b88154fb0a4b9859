import { isCivilDate, type CivilDate } from '../platform/dates.ts'
import { clock, deadline, readClockRules } from '../reference-data/index.ts'

/**
 * The last day to send a notification, clock C1. Undefined until the day of awareness is a whole day that has come:
 * drafts hold wrong answers too, and a day far ahead is past the bank holidays we know.
 */
export function notificationDueOn(awareOn: unknown, today: CivilDate): CivilDate | undefined {
  if (typeof awareOn !== 'string' || !isCivilDate(awareOn) || awareOn > today) return undefined
  return clock(readClockRules(), 'notify-panel', awareOn) && deadline('notify-panel', awareOn).dueOn
}
