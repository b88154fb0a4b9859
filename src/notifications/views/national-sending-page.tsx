import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../platform/errors.ts'
import { readersOf, roles } from '../../platform/access/index.ts'
import { QuestionFields, type Typed } from '../../platform/questionnaire/index.ts'
import { Button, FormToken } from '../../platform/web/index.ts'
import { nationalSendingForm, nationalSendingStep } from '../record-national-sending.ts'

export interface NationalSendingPageProps {
  request: FastifyRequest
  incidentId: string
  reference: string
  typed?: Typed | undefined
  errors?: readonly FieldError[]
}

/** For whoever sent a notification here and then through the national service. */
export function NationalSendingPage({ request, incidentId, reference, typed, errors = [] }: NationalSendingPageProps) {
  return (
    <>
      <span class="govuk-caption-l">{reference}</span>
      <form method="post" action={`/notifications/${incidentId}/national-service`} novalidate>
        <FormToken visitor={request.visitor} />
        <QuestionFields
          questionnaire={nationalSendingForm}
          step={nationalSendingStep}
          answers={{}}
          {...{ typed, errors }}
          lookups={{}}
          whoSees={() => readersOf('notification').map(role => roles[role].label)}
        />
        <Button text="Save" preventDoubleClick />
      </form>
      <p class="govuk-body">
        Not sent there yet?{' '}
        <a class="govuk-link" href={`/notifications/${incidentId}/national-form`}>
          Copy your answers in that form’s order
        </a>
        .
      </p>
    </>
  )
}
