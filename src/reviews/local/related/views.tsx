import type { FastifyRequest } from 'fastify'
import { Button, FormToken, SummaryList, Tag } from '../../../platform/web/index.ts'
import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { may } from '../../../platform/acting.ts'
import { Add, card, Heading, Lines, row, type PageProps } from '../views/parts.tsx'
import { pathOf } from '../path.ts'
import { isStale, processEffects, processKinds, processStatuses, type RelatedProcess } from './related-process.ts'

export function RelatedPage(
  props: PageProps & {
    request: FastifyRequest
    processes: readonly RelatedProcess[]
    today: CivilDate
    daysUntilStale: number
  },
) {
  const { acting, review, request, processes, today, daysUntilStale } = props
  const path = `${pathOf(review.incidentId)}/related`
  const writes = may(acting, 'write', 'local-review')
  return (
    <>
      <Heading review={review}>Related processes</Heading>
      <p class="govuk-body">
        What runs beside this review, and what it means for it. Learning does not wait for it: share{' '}
        <a class="govuk-link" href={`${pathOf(review.incidentId)}/learning`}>
          learning points
        </a>{' '}
        as soon as their words are cleared. What was not checked for {daysUntilStale} days asks to be.
      </p>
      {processes.length === 0 && <p class="govuk-body">No other process is known.</p>}
      {processes.map(process => (
        <>
          <SummaryList
            card={card(
              `${processKinds[process.kind]}, ${process.body}`,
              writes ? [{ href: `${path}/${process.id}`, text: 'Change' }] : [],
            )}
            rows={[
              row('Reference', process.reference),
              row('How far', processStatuses[process.status]),
              row('Expected to end', process.expectedEndOn ? formatDate(process.expectedEndOn) : 'Nobody can say'),
              row('For this review', processEffects[process.effect]),
              row('Whom we ask', process.contact),
              row('Said last', process.notes && <Lines text={process.notes} />),
              row(
                'Checked',
                <>
                  {formatDate(process.checkedOn)}
                  {process.checkedBy && `, ${process.checkedBy}`}{' '}
                  {isStale(process, today, daysUntilStale) && (
                    <Tag text="Ask how far it is" classes="govuk-tag--yellow" />
                  )}
                </>,
              ),
            ]}
          />
          {writes && isStale(process, today, daysUntilStale) && (
            <form method="post" action={`${path}/${process.id}/checked`}>
              <FormToken visitor={request.visitor} />
              <Button classes="govuk-button--secondary">
                I asked today: nothing has changed
                <span class="govuk-visually-hidden">
                  {' '}
                  in {processKinds[process.kind]}, {process.body}
                </span>
              </Button>
            </form>
          )}
        </>
      ))}
      <Add {...{ acting, review }} right="write" at="/related/new">
        Add a process
      </Add>
    </>
  )
}
