import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { DueTag } from '../../../platform/web/index.ts'
import { readBankHolidays, workingDaysBetween } from '../../../reference-data/index.ts'

/** The day it is due, with working days left. */
export function DueLine({ dueOn, today }: { dueOn: CivilDate; today: CivilDate }) {
  return (
    <p class="govuk-body">
      Due on {formatDate(dueOn)} <TimeLeft dueOn={dueOn} today={today} />
    </p>
  )
}

/** Nothing where bank holidays are not known that far. */
export function TimeLeft({ dueOn, today }: { dueOn: CivilDate; today: CivilDate }) {
  const holidays = readBankHolidays()
  const last = today > dueOn ? today : dueOn
  if (last >= holidays.knownUntil) return null
  return <DueTag dueOn={dueOn} today={today} workingDaysLeft={workingDaysBetween(today, dueOn, holidays)} />
}
