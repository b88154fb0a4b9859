import type { FastifyRequest } from 'fastify'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  DayInput,
  Details,
  errorAt,
  FormToken,
  Input,
  Radios,
  Select,
  Textarea,
} from '../../../platform/web/index.ts'
import type { TypedAction } from '../action-form.ts'
import { prompts, rhythms } from '../action.ts'
import type { Asked } from '../asked-store.ts'
import { shortened } from './actions-page.tsx'

export function ActionFormPage({
  request,
  heading,
  path,
  bodies,
  people,
  asked,
  typed,
  errors,
}: {
  request: FastifyRequest
  heading: string
  path: string
  bodies: ReadonlyMap<string, string>
  people: ReadonlyMap<string, string>
  asked: readonly Asked[]
  typed: TypedAction
  errors: readonly FieldError[]
}) {
  // Points of many years are answered: they are folded away unless one of them was chosen.
  const isNear = (one: Asked) => one.kind !== 'letter-point' || !one.answered || typed.serves.includes(valueOf(one))
  const answered = asked.filter(one => !isNear(one))
  return (
    <>
      <h1 class="govuk-heading-l">{heading}</h1>
      <form method="post" action={path} novalidate>
        <FormToken visitor={request.visitor} />
        <Textarea
          name="text"
          label={{ text: 'What will be done', classes: 'govuk-label--m' }}
          hint={{ text: 'So that somebody else can see whether it was done. No child’s name.' }}
          value={typed.text}
          errorMessage={errorAt(errors, 'text')}
        />
        <Checkboxes
          name="serves"
          fieldset={{ legend: { text: 'What does it serve?', classes: 'govuk-fieldset__legend--m' } }}
          hint={{ text: 'All that it answers: each will show its updates. Nobody types them twice.' }}
          values={[...typed.serves]}
          errorMessage={errorAt(errors, 'serves')}
          items={asked.filter(isNear).map(itemOf)}
        />
        {answered.length > 0 && (
          <Details
            summaryText={
              answered.length === 1 ? '1 point that was answered' : `${answered.length} points that were answered`
            }
          >
            <Checkboxes
              name="serves"
              idPrefix="serves-answered"
              fieldset={{ legend: { text: 'Points that were answered', classes: 'govuk-visually-hidden' } }}
              items={answered.map(itemOf)}
            />
          </Details>
        )}
        <Textarea
          name="learning"
          rows={2}
          label={{ text: 'What was learnt (where nobody has asked for it)' }}
          value={typed.learning}
        />
        <Radios
          name="promptedBy"
          fieldset={{ legend: { text: 'What prompted it?', classes: 'govuk-fieldset__legend--m' } }}
          value={typed.promptedBy}
          errorMessage={errorAt(errors, 'promptedBy')}
          items={Object.entries(prompts).map(([value, text]) => ({ value, text }))}
        />
        <Select
          name="owner"
          label={{ text: 'Which body owns it?', classes: 'govuk-label--m' }}
          value={typed.owner}
          errorMessage={errorAt(errors, 'owner')}
          items={[
            { value: '', text: 'Select a body' },
            ...[...bodies].map(([value, text]) => ({ value, text })),
            { value: 'other', text: 'Another body: name it below' },
          ]}
        />
        <Input
          name="ownerName"
          label={{ text: 'Name of the other body' }}
          value={typed.ownerName}
          errorMessage={errorAt(errors, 'ownerName')}
        />
        <Checkboxes
          name="joint"
          fieldset={{ legend: { text: 'Who does it too? (optional)', classes: 'govuk-fieldset__legend--m' } }}
          hint={{ text: 'A joint action has one owner and one lead all the same.' }}
          values={[...typed.joint]}
          items={[...bodies].map(([value, text]) => ({ value, text }))}
        />
        <Select
          name="lead"
          label={{ text: 'Who leads it?', classes: 'govuk-label--m' }}
          hint={{ text: 'One person, by name. Whoever has no account says how it goes by a link in a mail.' }}
          value={typed.lead}
          errorMessage={errorAt(errors, 'lead')}
          items={[
            { value: '', text: 'Select a person' },
            ...[...people].map(([value, text]) => ({ value, text })),
            { value: 'other', text: 'Somebody without an account: name them below' },
          ]}
        />
        <Input
          name="leadName"
          label={{ text: 'Name of the lead without an account' }}
          value={typed.leadName}
          errorMessage={errorAt(errors, 'leadName')}
        />
        <Input
          name="leadAddress"
          type="email"
          label={{ text: 'Their e-mail address' }}
          hint={{
            text: 'Used for the mail alone, and never shown again. When you change an action, leave it empty to keep the address.',
          }}
          value={typed.leadAddress}
          errorMessage={errorAt(errors, 'leadAddress')}
        />
        <DayInput name="dueOn" legend="Due" size="m" typed={typed.dueOn} errors={errors} />
        <Radios
          name="updateMonths"
          fieldset={{
            legend: { text: 'How often does the lead say how it goes?', classes: 'govuk-fieldset__legend--m' },
          }}
          value={typed.updateMonths}
          errorMessage={errorAt(errors, 'updateMonths')}
          items={Object.entries(rhythms).map(([value, text]) => ({ value, text }))}
        />
        <Button text="Save the action" preventDoubleClick />
      </form>
    </>
  )
}

function valueOf(one: Asked): string {
  return one.kind === 'letter-point' ? `point:${one.pointId}` : `addressee:${one.addresseeId}`
}

function itemOf(one: Asked): { value: string; text: string } {
  const whose = one.kind === 'letter-point' ? '' : `, for ${one.owner}`
  return { value: valueOf(one), text: `${one.reference}${whose}: ${shortened(one.text)}` }
}
