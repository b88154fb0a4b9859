import { explanationIds, Field, type FieldProps } from './form-group.tsx'
import { classNames, contentOf, type Attributes, type Nothing, type Optional } from './props.ts'

export type SelectItem = { text: string | number } & Optional<{
  /** The text, when left out. */
  value: string | number
  selected: boolean
  disabled: boolean
  attributes: Attributes
}>

export type SelectProps = FieldProps & { items: readonly (SelectItem | Nothing)[] } & Optional<{
    /** The value of the item that is chosen. */
    value: string | number
  }>

export function Select(props: SelectProps) {
  const { name, id = name, formGroup, value } = props
  const isChosen = (item: SelectItem) => Boolean(value) && String(item.value ?? item.text) === String(value)
  return (
    <Field id={id} label={props.label} hint={props.hint} errorMessage={props.errorMessage} formGroup={formGroup}>
      {contentOf(formGroup?.beforeInput)}
      <select
        class={classNames('govuk-select', props.classes, props.errorMessage && 'govuk-select--error')}
        id={id}
        name={name}
        disabled={props.disabled}
        aria-describedby={explanationIds(id, props)}
        {...props.attributes}
      >
        {props.items.map(
          item =>
            item && (
              <option
                value={item.value}
                selected={item.selected ?? isChosen(item)}
                disabled={item.disabled}
                {...item.attributes}
              >
                {item.text}
              </option>
            ),
        )}
      </select>
      {contentOf(formGroup?.afterInput)}
    </Field>
  )
}
