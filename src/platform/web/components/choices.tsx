import { Fieldset, type FieldsetProps } from './fieldset.tsx'
import { explanationIds, FormGroup, HintAndError, type FieldProps, type InputsGroupOptions } from './form-group.tsx'
import { Hint, type HintProps } from './hint.tsx'
import { Label } from './label.tsx'
import {
  classNames,
  contentOf,
  idsOf,
  type Attributes,
  type Content,
  type Nothing,
  type Optional,
  type Styled,
} from './props.ts'

/** One thing to choose. The first has the id of the group, so that an error summary can link to it. */
export type Choice = Content & { value: string | number } & Optional<{
    id: string
    label: Styled
    hint: Omit<HintProps, 'id'>
    checked: boolean
    disabled: boolean
    /** Shown only while this is chosen; without JavaScript always. */
    conditional: Content
    attributes: Attributes
  }>

/** A word between choices, usually "or". */
export interface Divider {
  divider: string
}

export type ChoicesProps = Styled & { name: string } & Optional<{
    idPrefix: string
    fieldset: Omit<FieldsetProps, 'children' | 'role'>
    hint: Omit<HintProps, 'id'>
    errorMessage: FieldProps['errorMessage']
    formGroup: InputsGroupOptions
  }>

interface Kind<Item> {
  of: 'radios' | 'checkboxes'
  describedBy?: string | undefined
  items: readonly (Item | Divider | Nothing)[]
  isChosen: (value: string) => boolean
  /** What only this kind of choice has. */
  extra?: (item: Item) => Attributes
}

/** What radios and checkboxes have in common. */
export function Choices<Item extends Choice>({ kind, ...props }: ChoicesProps & { kind: Kind<Item> }) {
  const { name, idPrefix = name, fieldset, hint, errorMessage, formGroup } = props
  const block = `govuk-${kind.of}`
  const describedBy = explanationIds(idPrefix, {
    describedBy: fieldset?.describedBy ?? kind.describedBy,
    hint,
    errorMessage,
  })
  const inner = (
    <>
      <HintAndError id={idPrefix} hint={hint} errorMessage={errorMessage} />
      <div class={classNames(block, props.classes)} {...props.attributes} data-module={block}>
        {contentOf(formGroup?.beforeInputs)}
        {kind.items.map((item, index) => {
          if (!item) return null
          if ('divider' in item) return <div class={`${block}__divider`}>{item.divider}</div>
          const id = item.id || (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`)
          const sharedIds = kind.of === 'checkboxes' && !fieldset ? describedBy : undefined
          return renderChoice({ kind, block, name, id, item, describedBy: sharedIds })
        })}
        {contentOf(formGroup?.afterInputs)}
      </div>
    </>
  )
  return (
    <FormGroup errorMessage={errorMessage} formGroup={formGroup}>
      {fieldset ? (
        <Fieldset {...fieldset} describedBy={describedBy}>
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </FormGroup>
  )
}

function renderChoice<Item extends Choice>({
  kind,
  block,
  name,
  id,
  item,
  describedBy,
}: {
  kind: Kind<Item>
  block: string
  name: string
  id: string
  item: Item
  describedBy: string | undefined
}) {
  const isChecked = item.checked ?? kind.isChosen(String(item.value))
  const conditional = contentOf(item.conditional)
  const hint = contentOf(item.hint) ? item.hint : undefined
  const hintId = `${id}-item-hint`
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={name}
          type={kind.of === 'radios' ? 'radio' : 'checkbox'}
          value={item.value ?? ''}
          checked={isChecked}
          disabled={item.disabled}
          data-aria-controls={conditional ? `conditional-${id}` : undefined}
          aria-describedby={idsOf(describedBy, hint && hintId)}
          {...kind.extra?.(item)}
          {...item.attributes}
        />
        <Label
          text={item.text}
          classes={classNames(`${block}__label`, item.label?.classes)}
          attributes={item.label?.attributes}
          for={id}
        >
          {item.children}
        </Label>
        {hint && <Hint {...hint} id={hintId} classes={classNames(`${block}__hint`, hint.classes)} />}
      </div>
      {conditional && (
        <div
          class={classNames(`${block}__conditional`, !isChecked && `${block}__conditional--hidden`)}
          id={`conditional-${id}`}
        >
          {conditional}
        </div>
      )}
    </>
  )
}
