import { formatDate, londonDate, type CivilDate } from '../platform/dates.ts'
import { standing } from '../reference-data/index.ts'

/** One clock in a sentence: `Due 9 March 2026. Done 11 March 2026, 2 working days late.` */
export function tellClock(
  { dueOn, doneAt }: { dueOn: CivilDate; doneAt?: Date | null | undefined },
  today: CivilDate,
): string {
  const doneOn = doneAt ? londonDate(doneAt) : undefined
  const { status, lateByWorkingDays } = standing({ dueOn, doneOn, today })
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
