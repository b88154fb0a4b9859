import type { FastifyRequest } from 'fastify'
import { formatDate, londonDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, errorAt, FormToken, Radios, Select, SummaryList, WarningText } from '../../platform/web/index.ts'
import { conflictReasons } from '../consideration.ts'
import { panelPath, reviewNames } from '../which-review.ts'
import type { Conflict, Consideration } from '../store.ts'

function ReasonField({ value, errors }: { value: string; errors: readonly FieldError[] }) {
  return (
    <Radios
      name="reason"
      fieldset={{ legend: { text: 'Why', classes: 'govuk-fieldset__legend--m' } }}
      value={value}
      errorMessage={errorAt(errors, 'reason')}
      items={Object.entries(conflictReasons).map(([key, text]) => ({ value: key, text }))}
    />
  )
}

export function ConflictPage({
  request,
  consideration,
  authorityName,
  typed,
  errors,
}: {
  request: FastifyRequest
  consideration: Consideration
  authorityName: string
  typed: { reaches: string; reason: string }
  errors: readonly FieldError[]
}) {
  return (
    <>
      <span class="govuk-caption-l">
        {reviewNames[consideration.kind]} {consideration.reference}
      </span>
      <h1 class="govuk-heading-l">Declare a conflict of interest</h1>
      <p class="govuk-body">
        Everybody on a panel has conflicts of interest at times. Declaring one is all you have to do: the review goes to
        somebody else.
      </p>
      <WarningText text="From then on you cannot see this record: not here, not in lists, counts or mail. You cannot undo it yourself." />
      <form method="post" action={`${panelPath(consideration)}/conflict`} novalidate>
        <FormToken visitor={request.visitor} />
        <Radios
          name="reaches"
          fieldset={{ legend: { text: 'What the conflict is about', classes: 'govuk-fieldset__legend--m' } }}
          value={typed.reaches}
          errorMessage={errorAt(errors, 'reaches')}
          items={[
            { value: 'incident', text: `This incident and its reviews, ${consideration.reference}` },
            { value: 'authority', text: `Everything of ${authorityName}` },
          ]}
        />
        <ReasonField value={typed.reason} errors={errors} />
        <div class="govuk-button-group">
          <Button text="Declare the conflict" preventDoubleClick />
          <a class="govuk-link" href={panelPath(consideration)}>
            Cancel
          </a>
        </div>
      </form>
    </>
  )
}

export function ConflictsPage({
  request,
  conflicts,
  authorities,
  typed,
  errors,
}: {
  request: FastifyRequest
  conflicts: readonly Conflict[]
  /** By code; those already declared are left out. */
  authorities: Readonly<Record<string, string>>
  typed: { authorityCode: string; reason: string }
  errors: readonly FieldError[]
}) {
  return (
    <>
      <h1 class="govuk-heading-l">Your conflicts of interest</h1>
      {conflicts.length === 0 ? (
        <p class="govuk-body">You have declared none.</p>
      ) : (
        <SummaryList
          rows={conflicts.map(conflict => ({
            key: { text: conflict.authorityName ?? 'One review' },
            value: {
              text: `${conflictReasons[conflict.reason]}. Declared ${formatDate(londonDate(conflict.declaredAt))}.`,
            },
          }))}
        />
      )}
      <h2 class="govuk-heading-m">Declare one with a local authority</h2>
      <p class="govuk-body">
        Everything of this authority is then hidden from you, and no review of it is given to you. A conflict with one
        review only is declared on the page of that review. What was declared stays.
      </p>
      <form method="post" action="/panel/conflicts" novalidate>
        <FormToken visitor={request.visitor} />
        <Select
          name="authorityCode"
          label={{ text: 'Local authority' }}
          value={typed.authorityCode}
          errorMessage={errorAt(errors, 'authorityCode')}
          items={[
            { value: '', text: 'Select an authority' },
            ...Object.entries(authorities).map(([value, text]) => ({ value, text })),
          ]}
        />
        <ReasonField value={typed.reason} errors={errors} />
        <Button text="Declare the conflict" preventDoubleClick />
      </form>
    </>
  )
}
