import type { FastifyRequest } from 'fastify'
import type { Acting } from '../../platform/acting.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, errorAt, FormToken, Radios } from '../../platform/web/index.ts'
import { discardReasons } from '../discard-draft.ts'
import type { Draft } from '../store.ts'

export interface DiscardPageProps {
  request: FastifyRequest
  acting: Acting
  draft: Draft
  reason: string | undefined
  errors: readonly FieldError[]
}

/** Says what discarding does, and asks why. */
export function DiscardPage({ request, acting, draft, reason, errors }: DiscardPageProps) {
  return (
    <form method="post" action={`/notifications/${draft.incidentId}/discard`} novalidate>
      <FormToken visitor={request.visitor} />
      <input type="hidden" name="revision" value={draft.revision} />
      <span class="govuk-caption-l">{draft.reference}</span>
      <h1 class="govuk-heading-l">Discard this draft</h1>
      <p class="govuk-body">
        It leaves all lists, and nobody can send it or take it up again. It stays in the records of {acting.bodyName},
        with who discarded it, when and why. Nobody outside {acting.bodyName} can read it.
      </p>
      <Radios
        name="reason"
        fieldset={{ legend: { text: 'Why do you discard it?', classes: 'govuk-fieldset__legend--m' } }}
        errorMessage={errorAt(errors, 'reason')}
        value={reason}
        items={Object.entries(discardReasons).map(([value, text]) => ({ value, text }))}
      />
      <div class="govuk-button-group">
        <Button text="Discard the draft" classes="govuk-button--warning" preventDoubleClick />
        <a class="govuk-link" href={`/notifications/${draft.incidentId}`}>
          Keep it
        </a>
      </div>
    </form>
  )
}
