import { InsetText, SummaryList } from '../../../platform/web/index.ts'
import { themes } from '../../../reference-data/index.ts'
import { may } from '../../../platform/acting.ts'
import { formatDate } from '../../../platform/dates.ts'
import { Add, card, Heading, Lines, row, type PageProps } from '../views/parts.tsx'
import { pathOf } from '../path.ts'
import { clearingAsked, type LearningPoint } from './learning-point.ts'

export function LearningPage({ acting, review, points }: PageProps & { points: readonly LearningPoint[] }) {
  const path = `${pathOf(review.incidentId)}/learning`
  const leads = may(acting, 'lead', 'local-review')
  return (
    <>
      <Heading review={review}>Learning points</Heading>
      <p class="govuk-body">
        What was learnt stands apart from the report. Once its words are cleared a point can be shared, and acted on,
        before anything is published.
      </p>
      {points.length === 0 && <p class="govuk-body">There is none yet.</p>}
      {points.map(point => (
        <SummaryList
          card={card(`Learning point ${point.number}`, [
            ...(may(acting, 'write', 'local-review') && (leads || !point.cleared)
              ? [{ href: `${path}/${point.id}`, text: 'Change' }]
              : []),
            ...(may(acting, 'write', 'local-review')
              ? [{ href: `${path}/${point.id}/recognised`, text: 'Who could be recognised' }]
              : []),
            ...(leads
              ? [{ href: `${path}/${point.id}/clear`, text: point.cleared ? 'Clear anew' : 'Clear to be shared' }]
              : []),
          ])}
          rows={[
            row('What was learnt', <Lines text={point.text} />),
            row('Theme', themes[point.theme]),
            row(
              'Safe to share now',
              point.cleared ? (
                <>
                  <InsetText>
                    <Lines text={point.cleared.text} />
                  </InsetText>
                  Cleared by {point.cleared.by} on {formatDate(point.cleared.on)}. Asked:{' '}
                  {clearingAsked[point.cleared.asked]}
                  {point.cleared.askedOn && `, ${formatDate(point.cleared.askedOn)}`}
                  {point.cleared.answer && `. ${point.cleared.answer}`}
                </>
              ) : (
                'No: nobody has cleared words'
              ),
            ),
          ]}
        />
      ))}
      <Add {...{ acting, review }} right="write" at="/learning/new">
        Add a learning point
      </Add>
    </>
  )
}
