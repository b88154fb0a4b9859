import { SummaryList, Tag } from '../../../platform/web/index.ts'
import { may } from '../../../platform/acting.ts'
import { formatDate } from '../../../platform/dates.ts'
import { Add, card, Heading, Lines, row, type PageProps } from '../views/parts.tsx'
import type { Entry } from '../entries/store.ts'
import { pathOf } from '../path.ts'
import { judgements, type Reviewer } from './reviewer.ts'

export function ReviewersPage({
  acting,
  review,
  reviewers,
  days,
}: PageProps & { reviewers: readonly Reviewer[]; days: readonly Entry<'days'>[] }) {
  const path = `${pathOf(review.incidentId)}/reviewers`
  const leads = may(acting, 'lead', 'local-review')
  return (
    <>
      <Heading review={review}>Reviewers</Heading>
      <p class="govuk-body">
        A reviewer declares what could be a conflict of interest, the partners judge it, and then they are appointed.
        Nobody whom a decision keeps out is appointed.
      </p>
      {reviewers.map(reviewer => (
        <SummaryList
          card={card(
            reviewer.name,
            !leads || reviewer.endedOn
              ? []
              : [
                  ...(reviewer.appointedOn ? [] : [{ href: `${path}/${reviewer.id}`, text: 'Change' }]),
                  ...(reviewer.appointedOn ? [] : [{ href: `${path}/${reviewer.id}/judge`, text: 'Judge' }]),
                  ...(reviewer.judgement && reviewer.judgement.decision !== 'may-not-act'
                    ? [
                        {
                          href: `${path}/${reviewer.id}/appoint`,
                          text: reviewer.appointedOn ? 'Days and account' : 'Appoint',
                        },
                      ]
                    : []),
                  { href: `${path}/${reviewer.id}/end`, text: 'End' },
                ],
          )}
          rows={[
            row('What they bring', <Lines text={reviewer.background} />),
            row(
              'They declare',
              <>
                <strong>{reviewer.declaresConflict ? 'Something that could be a conflict' : 'No conflict'}</strong>,{' '}
                {formatDate(reviewer.declaredOn)}
                <Lines text={reviewer.declaration} />
              </>,
            ),
            row(
              'Decision',
              reviewer.judgement ? (
                <>
                  {judgements[reviewer.judgement.decision]}: {reviewer.judgement.by},{' '}
                  {formatDate(reviewer.judgement.on)}
                  {reviewer.judgement.reasons && <Lines text={reviewer.judgement.reasons} />}
                </>
              ) : (
                <Tag text="Not judged yet" classes="govuk-tag--yellow" />
              ),
            ),
            row('Appointed', reviewer.appointedOn && formatDate(reviewer.appointedOn)),
            reviewer.appointedOn && row('Days', <DaysUsed reviewer={reviewer} days={days} />),
            row('Ended', reviewer.endedOn && `${formatDate(reviewer.endedOn)}: ${reviewer.endReason ?? ''}`),
          ]}
        />
      ))}
      <Add {...{ acting, review }} right="lead" at="/reviewers/new">
        Record a reviewer and what they declare
      </Add>
    </>
  )
}

function DaysUsed({ reviewer, days }: { reviewer: Reviewer; days: readonly Entry<'days'>[] }) {
  const half = days.reduce(
    (sum, { answers }) => sum + (answers.reviewer === reviewer.id ? (answers.halfDays ?? 0) : 0),
    0,
  )
  const { daysAgreed } = reviewer
  const over = daysAgreed !== undefined && half / 2 > daysAgreed
  return (
    <>
      {half / 2} used{daysAgreed === undefined ? ', none agreed' : ` of ${daysAgreed} agreed`}{' '}
      {over && <Tag text="More than agreed" classes="govuk-tag--yellow" />}
    </>
  )
}
