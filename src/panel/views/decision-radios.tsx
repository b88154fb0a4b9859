import type { FieldError } from '../../platform/errors.ts'
import { errorAt, Radios } from '../../platform/web/index.ts'
import { viewsOnDecision, viewsToOffer, type ViewOnDecision } from '../opinions.ts'
import { tellOutcomes } from './parts.tsx'

/** The view of a decision, in the words of the letter: only what fits the decision is offered. */
export function DecisionRadios({
  legend,
  hint,
  outcomes,
  value,
  errors,
}: {
  legend: string
  hint: string
  /** What the partnership decided, like `LCSPR`. */
  outcomes: readonly string[]
  value: ViewOnDecision | undefined
  errors: readonly FieldError[]
}) {
  const { offered, whyNotOthers } = viewsToOffer(outcomes)
  return (
    <Radios
      name="viewOnDecision"
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--m' } }}
      hint={{
        children: (
          <>
            They decided: {tellOutcomes(outcomes)}. {whyNotOthers} {hint}
          </>
        ),
      }}
      value={value}
      errorMessage={errorAt(errors, 'viewOnDecision')}
      items={offered.map(view => ({ value: view, text: viewsOnDecision[view] }))}
    />
  )
}
