import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  DayInput,
  errorAt,
  FormToken,
  Input,
  Radios,
  Textarea,
  WhoSees,
} from '../../platform/web/index.ts'
import { checkMarks, type TypedCheck } from '../check-review.ts'
import { copyRecipients, copyThings, type TypedCopy } from '../confirm-copy.ts'
import { markersOf } from '../quality-markers.ts'
import type { SentReview } from '../sent-review.ts'
import type { Consideration } from '../store.ts'
import { panelPath } from '../which-review.ts'
import { ReviewBeside } from './reading-page.tsx'

interface Props {
  request: FastifyRequest
  consideration: Consideration
  errors: readonly FieldError[]
}

export function CheckPage({
  request,
  consideration,
  review,
  typed,
  errors,
}: Props & { review: SentReview | undefined; typed: TypedCheck }) {
  return (
    <>
      <span class="govuk-caption-l">
        Local review {consideration.reference}, {consideration.partnershipName}
      </span>
      <h1 class="govuk-heading-l">Is the local review complete?</h1>
      <div class="wv-beside">
        {/* It scrolls by itself where it stands beside the form, so the keyboard must reach it. */}
        <section class="wv-beside__text" aria-labelledby="review" tabIndex={0}>
          <ReviewBeside which={consideration} review={review} />
        </section>
        <section aria-labelledby="check">
          <h2 class="govuk-heading-m" id="check">
            What has to be in it
          </h2>
          <WhoSees>the secretariat, the chair and the member who has the review. Never a partnership.</WhoSees>
          <form method="post" action={`${panelPath(consideration)}/check`} novalidate>
            <FormToken visitor={request.visitor} />
            {Object.entries(markersOf.local).map(([key, marker]) => (
              <Radios
                name={`marker-${key}`}
                classes="govuk-radios--inline govuk-radios--small"
                fieldset={{ legend: { text: marker, classes: 'govuk-fieldset__legend--s' } }}
                value={typed.marks[key]}
                errorMessage={errorAt(errors, `marker-${key}`)}
                items={Object.entries(checkMarks).map(([value, text]) => ({ value, text }))}
              />
            ))}
            <Textarea
              name="notes"
              label={{ text: 'What is missing, and what was done about it', classes: 'govuk-label--m' }}
              hint={{ text: 'Leave it empty if everything is there. Give no child’s name.' }}
              value={typed.notes}
              errorMessage={errorAt(errors, 'notes')}
            />
            <div class="govuk-button-group">
              <Button text="Save the check" preventDoubleClick />
              <a class="govuk-link" href={panelPath(consideration)}>
                Cancel
              </a>
            </div>
          </form>
        </section>
      </div>
    </>
  )
}

export function CopyPage({ request, consideration, typed, errors }: Props & { typed: TypedCopy | undefined }) {
  return (
    <>
      <span class="govuk-caption-l">
        Local review {consideration.reference}, {consideration.partnershipName}
      </span>
      <h1 class="govuk-heading-l">Note a copy that was sent</h1>
      <p class="govuk-body">Weathervane sends no copy itself. What you note here stays, with your name.</p>
      <form method="post" action={`${panelPath(consideration)}/copies`} novalidate>
        <FormToken visitor={request.visitor} />
        <Radios
          name="what"
          fieldset={{ legend: { text: 'What was sent', classes: 'govuk-fieldset__legend--m' } }}
          value={typed?.what}
          errorMessage={errorAt(errors, 'what')}
          items={Object.entries(copyThings).map(([value, text]) => ({ value, text }))}
        />
        <Radios
          name="recipient"
          fieldset={{ legend: { text: 'To whom', classes: 'govuk-fieldset__legend--m' } }}
          value={typed?.recipient}
          errorMessage={errorAt(errors, 'recipient')}
          items={Object.entries(copyRecipients).map(([value, text]) => ({ value, text: upperFirst(text) }))}
        />
        <DayInput
          name="sentOn"
          legend="When"
          size="m"
          hint="For example, 27 3 2026."
          typed={typed?.sentOn}
          errors={errors}
        />
        <Input
          name="how"
          label={{ text: 'How', classes: 'govuk-label--m' }}
          hint={{ text: 'Like secure e-mail, or by hand at a meeting.' }}
          value={typed?.how}
          errorMessage={errorAt(errors, 'how')}
        />
        <Checkboxes
          name="confirmed"
          values={typed?.confirmed ? [typed.confirmed] : []}
          errorMessage={errorAt(errors, 'confirmed')}
          items={[{ value: 'yes', text: 'I know that it was sent' }]}
        />
        <div class="govuk-button-group">
          <Button text="Note the copy" preventDoubleClick />
          <a class="govuk-link" href={panelPath(consideration)}>
            Cancel
          </a>
        </div>
      </form>
    </>
  )
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
