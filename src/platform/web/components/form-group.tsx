import type { ComponentChildren } from 'preact'
import { ErrorMessage, type ErrorMessageProps } from './error-message.tsx'
import { Hint, type HintProps } from './hint.tsx'
import { Label, type LabelProps } from './label.tsx'
import { classNames, idsOf, type Content, type Optional, type Styled } from './props.ts'

/** What stands around one input: its own box, and content before and after the input inside it. */
export type FormGroupOptions = Styled & Optional<{ beforeInput: Content; afterInput: Content }>

/** The same for a group of radios, checkboxes or dates. */
export type InputsGroupOptions = Styled & Optional<{ beforeInputs: Content; afterInputs: Content }>

/** What every labelled field takes. The id is the name unless given: an error summary links to it. */
export type FieldProps = Styled & { name: string; label: Omit<LabelProps, 'for'> } & Optional<{
    id: string
    describedBy: string
    hint: Omit<HintProps, 'id'>
    errorMessage: Omit<ErrorMessageProps, 'id'>
    formGroup: FormGroupOptions
    disabled: boolean
  }>

type Explained = Pick<FieldProps, 'describedBy' | 'hint' | 'errorMessage'>

/** The ids that explain a field, in the order in which they are read out. */
export function explanationIds(id: string, { describedBy, hint, errorMessage }: Explained): string | undefined {
  return idsOf(describedBy, hint && `${id}-hint`, errorMessage && `${id}-error`)
}

export function FormGroup({
  errorMessage,
  formGroup,
  children,
}: Pick<FieldProps, 'errorMessage'> & { formGroup: Styled | undefined; children: ComponentChildren }) {
  return (
    <div
      class={classNames('govuk-form-group', errorMessage && 'govuk-form-group--error', formGroup?.classes)}
      {...formGroup?.attributes}
    >
      {children}
    </div>
  )
}

export function HintAndError({ id, hint, errorMessage }: Explained & { id: string }) {
  return (
    <>
      {hint && <Hint {...hint} id={`${id}-hint`} />}
      {errorMessage && <ErrorMessage {...errorMessage} id={`${id}-error`} />}
    </>
  )
}

/** A label, hint and error around one input. */
export function Field({
  id,
  label,
  hint,
  errorMessage,
  formGroup,
  children,
}: Pick<FieldProps, 'label' | 'hint' | 'errorMessage' | 'formGroup'> & { id: string; children: ComponentChildren }) {
  return (
    <FormGroup errorMessage={errorMessage} formGroup={formGroup}>
      <Label {...label} for={id} />
      <HintAndError id={id} hint={hint} errorMessage={errorMessage} />
      {children}
    </FormGroup>
  )
}
