import { explanationIds, Field, type FieldProps } from './form-group.tsx'
import { classNames, contentOf, type Optional } from './props.ts'

export type TextareaProps = FieldProps &
  Optional<{ value: string; rows: number | string; spellcheck: boolean; autocomplete: string }>

export function Textarea(props: TextareaProps) {
  const { name, id = name, formGroup } = props
  return (
    <Field id={id} label={props.label} hint={props.hint} errorMessage={props.errorMessage} formGroup={formGroup}>
      {contentOf(formGroup?.beforeInput)}
      <textarea
        class={classNames('govuk-textarea', props.errorMessage && 'govuk-textarea--error', props.classes)}
        id={id}
        name={name}
        rows={Number(props.rows || 5)}
        spellcheck={props.spellcheck}
        disabled={props.disabled}
        aria-describedby={explanationIds(id, props)}
        autocomplete={props.autocomplete}
        {...props.attributes}
      >
        {props.value}
      </textarea>
      {contentOf(formGroup?.afterInput)}
    </Field>
  )
}
