import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type ErrorMessageProps = Content & Styled & Optional<{ id: string; visuallyHiddenText: string }>

export function ErrorMessage({ id, visuallyHiddenText = 'Error', classes, attributes, ...content }: ErrorMessageProps) {
  return (
    <p id={id} class={classNames('govuk-error-message', classes)} {...attributes}>
      {visuallyHiddenText && <span class="govuk-visually-hidden">{visuallyHiddenText}:</span>} {contentOf(content)}
    </p>
  )
}
