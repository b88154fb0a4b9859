import type { CivilDate } from '../platform/dates.ts'
import { DueTag } from '../platform/web/index.ts'
import { readBankHolidays, workingDaysBetween } from './bank-holidays.ts'

/** Working days left, or how late it is; nothing where the bank holidays up to that day are not known. */
export function TimeLeft({ dueOn, today }: { dueOn: CivilDate; today: CivilDate }) {
  const holidays = readBankHolidays()
  const isKnown = (day: CivilDate) => day >= holidays.knownFrom && day < holidays.knownUntil
  if (!isKnown(dueOn) || !isKnown(today)) return null
  return <DueTag dueOn={dueOn} today={today} workingDaysLeft={workingDaysBetween(today, dueOn, holidays)} />
}
