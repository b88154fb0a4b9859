import type { ComponentChildren } from 'preact'
import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type LegendProps = Content & Optional<{ classes: string; isPageHeading: boolean }>

export type FieldsetProps = Styled &
  Optional<{
    legend: LegendProps
    describedBy: string
    role: 'group' | 'radiogroup' | 'presentation'
    children: ComponentChildren
  }>

export function Fieldset({ legend, describedBy, role, classes, attributes, children }: FieldsetProps) {
  const words = contentOf(legend)
  return (
    <fieldset class={classNames('govuk-fieldset', classes)} role={role} aria-describedby={describedBy} {...attributes}>
      {words && (
        <legend class={classNames('govuk-fieldset__legend', legend?.classes)}>
          {legend?.isPageHeading ? <h1 class="govuk-fieldset__heading">{words}</h1> : words}
        </legend>
      )}
      {children}
    </fieldset>
  )
}
