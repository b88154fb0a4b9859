import type { Tx } from '../platform/database/index.ts'
import { contextOf } from '../platform/database/index.ts'
import { formatDate, isCivilDate, londonDate, type CivilDate } from '../platform/dates.ts'
import type { Incident } from '../notifications/index.ts'
import { readConsideration } from '../panel/index.ts'
import {
  clock,
  clockState,
  readBankHolidays,
  readClockRules,
  type ClockKey,
  type ClockState,
} from '../reference-data/index.ts'
import { readReview } from '../reviews/index.ts'

export interface Deadline {
  name: string
  words: string
}

/** The clocks of an incident that the acting person may see, in the order in which they start. */
export async function readDeadlines(tx: Tx, incident: Incident): Promise<Deadline[]> {
  const { today } = contextOf(tx)
  const state = (key: ClockKey, startedOn: CivilDate, doneAt: Date | null | undefined): ClockState | undefined => {
    const rule = clock(readClockRules(), key, startedOn)
    const doneOn = doneAt ? londonDate(doneAt) : undefined
    return rule && clockState({ rule, startedOn, doneOn, today, holidays: readBankHolidays() })
  }
  const review = await readReview(tx, incident.incidentId)
  const consideration = await readConsideration(tx, incident.incidentId)
  const aware = incident.awareOn !== null && isCivilDate(incident.awareOn) ? incident.awareOn : undefined
  return [
    { name: 'Notification', clock: aware && state('notify-panel', aware, incident.notifiedAt) },
    { name: 'Rapid review', clock: review && state('rapid-review', review.clockStartedOn, review.sentAt) },
    {
      name: 'The Panel’s letter',
      clock: consideration && state('panel-reply', londonDate(consideration.receivedAt), consideration.repliedAt),
    },
  ].flatMap(({ name, clock: found }) => (found ? [{ name, words: tellClock(found) }] : []))
}

/** One clock in a sentence: `Due 9 March 2026. Done 11 March 2026, 2 working days late.` */
export function tellClock({ dueOn, doneOn, status, lateByWorkingDays }: ClockState): string {
  const due = `Due ${formatDate(dueOn)}.`
  const late = lateByWorkingDays === 1 ? '1 working day late' : `${lateByWorkingDays ?? 'Some'} working days late`
  switch (status) {
    case 'met':
      return `${due} Done ${formatDate(doneOn!)}, in time.`
    case 'met-late':
      return `${due} Done ${formatDate(doneOn!)}, ${lateByWorkingDays ? late : 'late'}.`
    case 'late':
      return `${due} Not done yet: ${lateByWorkingDays ? late : 'late'}.`
    case 'paused':
      return `Stands still. ${due.replace('.', ' at the earliest.')}`
    case 'running':
      return due
  }
}
