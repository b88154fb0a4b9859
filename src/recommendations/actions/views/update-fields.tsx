import type { FieldError } from '../../../platform/errors.ts'
import { errorAt, Radios, Select, Textarea } from '../../../platform/web/index.ts'
import { deliveries } from '../../moves.ts'
import { evidenceKinds } from '../../recommendation.ts'
import type { TypedUpdate } from '../action-form.ts'

/** The three questions of an update, on one page. */
export function UpdateFields({ typed, errors }: { typed: TypedUpdate | undefined; errors: readonly FieldError[] }) {
  return (
    <>
      <Radios
        name="delivery"
        fieldset={{ legend: { text: '1. How far is it today?', classes: 'govuk-fieldset__legend--m' } }}
        value={typed?.delivery}
        errorMessage={errorAt(errors, 'delivery')}
        items={Object.entries(deliveries).map(([value, text]) => ({ value, text }))}
      />
      <Textarea
        name="words"
        label={{ text: '2. What happened since the last update?', classes: 'govuk-label--m' }}
        hint={{
          text: 'Also if it is nothing, and why. Where it has not started or was stopped: why. No child’s name.',
        }}
        value={typed?.words}
        errorMessage={errorAt(errors, 'words')}
      />
      <Textarea
        name="evidence"
        rows={3}
        label={{ text: '3. How do you know? (optional)', classes: 'govuk-label--m' }}
        hint={{ text: 'What an audit, an observation or figures show, and where they can be seen.' }}
        value={typed?.evidence}
        errorMessage={errorAt(errors, 'evidence')}
      />
      <Select
        name="evidenceKind"
        label={{ text: 'Kind of evidence' }}
        value={typed?.evidenceKind}
        errorMessage={errorAt(errors, 'evidenceKind')}
        items={[
          { value: '', text: 'None yet' },
          ...Object.entries(evidenceKinds).map(([value, text]) => ({ value, text })),
        ]}
      />
    </>
  )
}
