import { formatDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import { Tag } from '../../platform/web/index.ts'
import { TimeLeft } from '../../reference-data/index.ts'
import { statuses, type Status } from '../consideration.ts'
import { rapidReviewOutcomes } from '../../reviews/index.ts'
import type { Answered } from '../worklist.ts'

const statusColours: Record<Status, string> = {
  received: 'govuk-tag--yellow',
  allocated: 'govuk-tag--light-blue',
  read: 'govuk-tag--blue',
  'letter-drafted': 'govuk-tag--turquoise',
  'letter-ready': 'govuk-tag--purple',
  'letter-sent': 'govuk-tag--green',
}

export function StatusTag({ status }: { status: Status }) {
  return <Tag text={statuses[status]} classes={statusColours[status]} />
}

/** By when the Panel answers, or when it did. */
export function PanelDue({ dueOn, repliedAt, today }: { dueOn: CivilDate; repliedAt: Date | null; today: CivilDate }) {
  if (repliedAt) {
    const on = londonDate(repliedAt)
    return (
      <>
        Sent {formatDate(on)}
        {on > dueOn && ', late'}
      </>
    )
  }
  return (
    <>
      {formatDate(dueOn)} <TimeLeft dueOn={dueOn} today={today} />
    </>
  )
}

export const answeredWords: Record<Answered, string> = {
  'no-letter': 'No letter yet',
  'nothing-asked': 'Nothing was asked',
  yes: 'Yes',
  'not-yet': 'Not yet',
}

/** What a partnership decided, in its own words. */
export function tellOutcomes(outcomes: readonly string[]): string {
  const labels: Readonly<Record<string, string>> = rapidReviewOutcomes
  return outcomes.map(code => labels[code] ?? code).join('; ') || 'Not given'
}

/** Text as its writer broke it into lines. */
export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\n+/)
        .filter(line => line.trim() !== '')
        .map(line => (
          <p class="govuk-body">{line}</p>
        ))}
    </>
  )
}
