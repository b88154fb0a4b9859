import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { ListPage, type ChosenList, type Found } from '../../../platform/lists/index.ts'
import { Tag } from '../../../platform/web/index.ts'
import { TimeLeft } from '../../../reference-data/index.ts'
import { outcomes } from '../decision-form.ts'
import { standingOptions, type LocalReviewSort, type StandingOption } from '../list.ts'
import { isLate } from '../local-review.ts'
import type { Progress } from '../waiting.ts'
import { pathOf } from '../path.ts'

export interface LocalReviewListProps {
  acting: Acting
  chosen: ChosenList<LocalReviewSort>
  standing: StandingOption
  found: Found<Progress>
  today: CivilDate
}

export function LocalReviewList({ acting, chosen, standing, found, today }: LocalReviewListProps) {
  return (
    <ListPage
      heading="Local reviews"
      path="/local-reviews"
      counted={['local review', 'local reviews']}
      emptyText="No local review fits this filter. One is decided on from the page of its incident."
      {...{ chosen, found }}
      columns={[
        {
          key: 'reference',
          label: 'Reference',
          cell: ({ review }) => (
            <a class="govuk-link" href={pathOf(review.incidentId)}>
              {review.reference}
            </a>
          ),
        },
        { key: 'area', label: 'Partnership', cell: ({ review }) => review.partnershipName },
        { key: 'decided', label: 'Decided', cell: ({ review }) => formatDate(review.decidedOn) },
        {
          label: 'Stage',
          cell: ({ stage, review }) =>
            review.closedOn ? `Closed ${formatDate(review.closedOn)}` : (stage?.label ?? 'Every stage is done'),
        },
        {
          key: 'due',
          label: 'Six months',
          cell: ({ review }) => (
            <>
              {formatDate(review.dueOn)} {!review.outcomeOn && <TimeLeft dueOn={review.dueOn} today={today} />}
            </>
          ),
        },
        {
          key: 'expected',
          label: 'Expected',
          cell: ({ review }) =>
            review.outcome && review.outcomeOn ? (
              `${outcomes[review.outcome]}, ${formatDate(review.outcomeOn)}`
            ) : (
              <>
                {formatDate(review.expectedOn ?? review.dueOn)}{' '}
                {isLate(review, today) && <Tag text="Late" classes="govuk-tag--red" />}
              </>
            ),
        },
        {
          label: 'Waits for',
          cell: ({ waits, review }) =>
            waits.length === 0 ? (
              'Nothing that is recorded'
            ) : (
              <a class="govuk-link" href={`${pathOf(review.incidentId)}/why`}>
                {waits.length === 1 ? '1 thing' : `${waits.length} things`}
                <span class="govuk-visually-hidden"> {review.reference} waits for</span>
              </a>
            ),
        },
      ]}
      filters={[{ name: 'standing', label: 'Which', value: standing, options: standingOptions }]}
    >
      {may(acting, 'lead', 'local-review') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/local-reviews/stages">
            Stages of your local reviews
          </a>
        </p>
      )}
    </ListPage>
  )
}
