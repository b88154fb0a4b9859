import { explanationIds, Field, type FieldProps } from './form-group.tsx'
import { classNames, contentOf, type Attributes, type Content, type Optional, type Styled } from './props.ts'

export type InputProps = FieldProps &
  Optional<{
    type: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | 'number'
    inputmode: 'none' | 'text' | 'decimal' | 'numeric' | 'tel' | 'search' | 'email' | 'url'
    value: string | number
    prefix: Content & Styled
    suffix: Content & Styled
    inputWrapper: Styled
    autocomplete: string
    autocapitalize: 'off' | 'none' | 'on' | 'sentences' | 'words' | 'characters'
    pattern: string
    spellcheck: boolean
  }>

export function Input(props: InputProps) {
  const { name, id = name, prefix, suffix, formGroup, inputWrapper } = props
  const before = contentOf(formGroup?.beforeInput)
  const after = contentOf(formGroup?.afterInput)
  // Spread, because preact's types tell the kinds of input apart and `type` is any of several here.
  const type: Attributes = { type: props.type || 'text' }
  const input = (
    <input
      class={classNames('govuk-input', props.classes, props.errorMessage && 'govuk-input--error')}
      id={id}
      name={name}
      {...type}
      spellcheck={props.spellcheck}
      value={props.value}
      disabled={props.disabled}
      aria-describedby={explanationIds(id, props)}
      autocomplete={props.autocomplete}
      autocapitalize={props.autocapitalize}
      pattern={props.pattern}
      inputmode={props.inputmode}
      {...props.attributes}
    />
  )
  const isWrapped = contentOf(prefix) || contentOf(suffix) || before || after
  return (
    <Field id={id} label={props.label} hint={props.hint} errorMessage={props.errorMessage} formGroup={formGroup}>
      {isWrapped ? (
        <div class={classNames('govuk-input__wrapper', inputWrapper?.classes)} {...inputWrapper?.attributes}>
          {before}
          <Affix kind="prefix" affix={prefix} />
          {input}
          <Affix kind="suffix" affix={suffix} />
          {after}
        </div>
      ) : (
        input
      )}
    </Field>
  )
}

function Affix({ kind, affix }: { kind: 'prefix' | 'suffix'; affix: (Content & Styled) | undefined }) {
  const words = contentOf(affix)
  if (!words) return null
  return (
    <div class={classNames(`govuk-input__${kind}`, affix?.classes)} aria-hidden="true" {...affix?.attributes}>
      {words}
    </div>
  )
}
