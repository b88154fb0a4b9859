import { Fieldset, type FieldsetProps } from './fieldset.tsx'
import { explanationIds, FormGroup, HintAndError, type FieldProps, type InputsGroupOptions } from './form-group.tsx'
import type { HintProps } from './hint.tsx'
import { Input, type InputProps } from './input.tsx'
import { classNames, contentOf, type Nothing, type Optional, type Styled } from './props.ts'

export type DatePart = Styled &
  Optional<{
    id: string
    name: string
    label: string
    value: string | number
    inputmode: InputProps['inputmode']
    autocomplete: string
    pattern: string
    /** This part is wrong. Where no part says so, an error message marks them all. */
    error: boolean
  }>

export type DateInputProps = Styled & { id: string } & Optional<{
    namePrefix: string
    /** False leaves the part out. */
    day: DatePart | false
    month: DatePart | false
    year: DatePart | false
    items: readonly (DatePart | Nothing)[]
    /** By the name each part is sent under: `{ day, month, year }`, or with the prefix `{ 'born-day': ... }`. */
    values: Record<string, string | number | undefined>
    fieldset: Omit<FieldsetProps, 'children' | 'role'>
    hint: Omit<HintProps, 'id'>
    errorMessage: FieldProps['errorMessage']
    formGroup: InputsGroupOptions
  }>

const kinds = ['day', 'month', 'year'] as const

export function DateInput(props: DateInputProps) {
  const { id, fieldset, hint, errorMessage, formGroup, values = {} } = props
  const parts = kinds.flatMap(kind => {
    const part = props[kind] ?? { name: kind, value: values[kind] }
    return part ? [{ kind, part }] : []
  })
  const items = props.items?.length
    ? props.items.map(item => item && { part: item, kind: partOfSameName(parts, item) })
    : parts
  const anyPartIsMarked = items.some(item => item && isMarked(item.part))
  const describedBy = explanationIds(id, { describedBy: fieldset?.describedBy, hint, errorMessage })
  const prefix = props.namePrefix ? `${props.namePrefix}-` : ''
  const inner = (
    <>
      <HintAndError id={id} hint={hint} errorMessage={errorMessage} />
      <div class={classNames('govuk-date-input', props.classes)} id={id} {...props.attributes}>
        {contentOf(formGroup?.beforeInputs)}
        {items.map(item => {
          if (!item) return null
          const { kind, part } = item
          const name = part.name ?? kind ?? ''
          const isWrong = isMarked(part) || (part.error !== false && errorMessage && !anyPartIsMarked)
          const value = part.value ?? (kind && parts.find(({ kind: other }) => other === kind)?.part.value)
          return (
            <div class="govuk-date-input__item">
              <Input
                label={{
                  text: part.label || name.charAt(0).toUpperCase() + name.slice(1).toLowerCase(),
                  classes: 'govuk-date-input__label',
                }}
                id={part.id || `${id}-${name}`}
                name={prefix + name}
                classes={classNames(
                  'govuk-date-input__input',
                  !part.classes?.includes('govuk-input--error') && isWrong && 'govuk-input--error',
                  !part.classes?.includes('govuk-input--width-') && `govuk-input--width-${kind === 'year' ? 4 : 2}`,
                  part.classes,
                )}
                value={value ?? values[prefix + name]}
                inputmode={part.inputmode || 'numeric'}
                autocomplete={part.autocomplete}
                pattern={part.pattern}
                attributes={part.attributes}
              />
            </div>
          )
        })}
        {contentOf(formGroup?.afterInputs)}
      </div>
    </>
  )
  return (
    <FormGroup errorMessage={errorMessage} formGroup={formGroup}>
      {fieldset ? (
        // JAWS does not read the description of a plain fieldset of text inputs.
        <Fieldset {...fieldset} describedBy={describedBy} role="group">
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </FormGroup>
  )
}

function isMarked(part: DatePart): boolean {
  return part.error || part.classes?.includes('govuk-input--error') || false
}

function partOfSameName(parts: { kind: (typeof kinds)[number]; part: DatePart }[], item: DatePart) {
  return parts.find(({ kind, part }) => item.name && (item.name === kind || item.name === part.name))?.kind
}
