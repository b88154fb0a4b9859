import type { FastifyRequest } from 'fastify'
import { may } from '../../../platform/acting.ts'
import { Button, FormToken } from '../../../platform/web/index.ts'
import type { FurtherIncident } from '../../further-incidents.ts'
import { pathOf } from '../path.ts'
import { Add, Heading, type PageProps } from './parts.tsx'

/** The incidents of a review: that which it began with, and others that belong to it. */
export function IncidentsPage({
  acting,
  request,
  review,
  further,
}: PageProps & { request: FastifyRequest; further: readonly FurtherIncident[] }) {
  const writes = may(acting, 'write', 'local-review')
  const incidents = [{ incidentId: review.incidentId, reference: review.reference }, ...further]
  return (
    <>
      <Heading review={review}>Incidents of this review</Heading>
      <p class="govuk-body">
        A review can be about several incidents. Each keeps its own record; who sees this review sees of the others only
        what their own work lets them see.
      </p>
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-table__caption--m">This review is about</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              Incident
            </th>
            <th scope="col" class="govuk-table__header">
              {writes ? 'Change' : 'Since'}
            </th>
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {incidents.map(({ incidentId, reference }) => (
            <tr class="govuk-table__row">
              <td class="govuk-table__cell">
                <a class="govuk-link" href={`/incidents/${incidentId}`}>
                  {reference}
                </a>
              </td>
              <td class="govuk-table__cell">
                {incidentId === review.incidentId ? (
                  'The review began with it'
                ) : writes ? (
                  <form method="post" action={`${pathOf(review.incidentId)}/incidents/${incidentId}/remove`}>
                    <FormToken visitor={request.visitor} />
                    <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                      Take out<span class="govuk-visually-hidden"> {reference}</span>
                    </Button>
                  </form>
                ) : (
                  'Added later'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Add {...{ acting, review }} right="write" at="/incidents/new">
        Add an incident
      </Add>
    </>
  )
}
