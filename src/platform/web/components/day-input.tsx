import type { DateParts } from '../../dates.ts'
import type { FieldError } from '../../errors.ts'
import { errorAt } from '../posted-form.ts'
import { DateInput } from './date-input.tsx'

/** A day of a form, as `dayIn` reads it: what was typed, and what is wrong with it. */
export function DayInput({
  name,
  legend,
  size,
  hint,
  typed,
  errors,
}: {
  name: string
  legend: string
  size?: 's' | 'm'
  hint?: string
  typed: DateParts | undefined
  errors: readonly FieldError[]
}) {
  return (
    <DateInput
      id={name}
      namePrefix={name}
      fieldset={{ legend: { text: legend, classes: size && `govuk-fieldset__legend--${size}` } }}
      hint={hint === undefined ? undefined : { text: hint }}
      values={{ ...typed }}
      errorMessage={errorAt(errors, name)}
    />
  )
}
