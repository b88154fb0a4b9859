import type { FastifyRequest } from 'fastify'
import { Button, errorAt, FormToken, Textarea } from '../../platform/web/index.ts'
import type { FieldError } from '../../platform/errors.ts'
import type { Publication } from '../publication.ts'

/** One page, one reason, one button. */
export function HidePage({
  request,
  publication,
  path,
  reason,
  errors,
}: {
  request: FastifyRequest
  publication: Publication
  path: string
  reason: string
  errors: readonly FieldError[]
}) {
  return (
    <>
      <span class="govuk-caption-l">{publication.number}</span>
      <h1 class="govuk-heading-l">Hide the account of what happened</h1>
      <p class="govuk-body">
        From the moment you press the button nobody reads it here any more, and no document either. Number, learning and
        recommendations stay. The page says only that the account is not public at present.
      </p>
      <p class="govuk-body">
        Search engines and people may hold copies that we cannot reach. Ask the press office to ask for them.
      </p>
      <form method="post" action={`${path}/hide`} novalidate>
        <FormToken visitor={request.visitor} />
        <Textarea
          name="reason"
          label={{ text: 'Reason', classes: 'govuk-label--m' }}
          hint={{ text: 'For example, a retrial was ordered. Kept with your name. Never public.' }}
          rows={3}
          value={reason}
          errorMessage={errorAt(errors, 'reason')}
        />
        <Button text="Hide it now" classes="govuk-button--warning" preventDoubleClick />
      </form>
    </>
  )
}
