import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type LabelProps = Content & Styled & Optional<{ for: string; isPageHeading: boolean }>

export function Label({ for: forId, isPageHeading, classes, attributes, ...content }: LabelProps) {
  const words = contentOf(content)
  if (!words) return null
  const label = (
    <label class={classNames('govuk-label', classes)} for={forId} {...attributes}>
      {words}
    </label>
  )
  return isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}
