import type { Tx } from '../platform/database/index.ts'
import { contextOf } from '../platform/database/index.ts'
import { formatDate, londonDate, type CivilDate } from '../platform/dates.ts'
import { notificationDueOn, type Incident } from '../notifications/index.ts'
import { readConsideration } from '../panel/index.ts'
import { standing, type Standing } from '../reference-data/index.ts'
import { readReview } from '../reviews/index.ts'

export interface Deadline {
  name: string
  words: string
}

/** The clocks of an incident that the acting person may see, in the order in which they start. */
export async function readDeadlines(tx: Tx, incident: Incident): Promise<Deadline[]> {
  const { today } = contextOf(tx)
  const review = await readReview(tx, incident.incidentId)
  const consideration = await readConsideration(tx, incident.incidentId)
  const deadlines: { name: string; dueOn: CivilDate | undefined; doneAt: Date | null | undefined }[] = [
    { name: 'Notification', dueOn: notificationDueOn(incident.awareOn, today), doneAt: incident.notifiedAt },
    { name: 'Rapid review', dueOn: review?.dueOn, doneAt: review?.sentAt },
    { name: 'The Panel’s letter', dueOn: consideration?.dueOn, doneAt: consideration?.repliedAt },
  ]
  return deadlines.flatMap(({ name, dueOn, doneAt }) =>
    dueOn
      ? [{ name, words: tellClock(standing({ dueOn, doneOn: doneAt ? londonDate(doneAt) : undefined, today })) }]
      : [],
  )
}

/** One clock in a sentence: `Due 9 March 2026. Done 11 March 2026, 2 working days late.` */
export function tellClock({ dueOn, doneOn, status, lateByWorkingDays }: Standing): string {
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
