import type { ComponentChildren } from 'preact'
import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type DetailsProps = Content &
  Styled & { summaryText: ComponentChildren } & Optional<{ id: string; open: boolean }>

export function Details({ id, summaryText, open, classes, attributes, ...content }: DetailsProps) {
  return (
    <details id={id} class={classNames('govuk-details', classes)} open={open} {...attributes}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summaryText}</span>
      </summary>
      <div class="govuk-details__text">{contentOf(content)}</div>
    </details>
  )
}
