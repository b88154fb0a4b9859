import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type WarningTextProps = Content & Styled & Optional<{ iconFallbackText: string }>

export function WarningText({ iconFallbackText, classes, attributes, ...content }: WarningTextProps) {
  return (
    <div class={classNames('govuk-warning-text', classes)} {...attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{iconFallbackText || 'Warning'}</span> {contentOf(content)}
      </strong>
    </div>
  )
}
