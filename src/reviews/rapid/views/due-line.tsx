import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { TimeLeft } from '../../../reference-data/index.ts'

/** The day it is due, with working days left. */
export function DueLine({ dueOn, today }: { dueOn: CivilDate; today: CivilDate }) {
  return (
    <p class="govuk-body">
      Due on {formatDate(dueOn)} <TimeLeft dueOn={dueOn} today={today} />
    </p>
  )
}
