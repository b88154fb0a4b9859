import type { ComponentChildren } from 'preact'
import { classNames, contentOf, type Attributes, type Content, type Optional, type Styled } from './props.ts'

export type ErrorSummaryItem = Content & Optional<{ href: string; attributes: Attributes }>

export type ErrorSummaryProps = Styled &
  Optional<{
    titleText: ComponentChildren
    descriptionText: ComponentChildren
    children: ComponentChildren
    errorList: readonly ErrorSummaryItem[]
    disableAutoFocus: boolean
  }>

export function ErrorSummary(props: ErrorSummaryProps) {
  const { titleText = 'There is a problem', errorList } = props
  const description = props.children ?? props.descriptionText
  return (
    <div
      class={classNames('govuk-error-summary', props.classes)}
      data-disable-auto-focus={props.disableAutoFocus?.toString()}
      data-module="govuk-error-summary"
      {...props.attributes}
    >
      {/* The alert is not the element that takes the focus, or parts of it are not announced. */}
      <div role="alert">
        <h2 class="govuk-error-summary__title">{titleText}</h2>
        <div class="govuk-error-summary__body">
          {description && <p>{description}</p>}
          {errorList && errorList.length > 0 && (
            <ul class="govuk-list govuk-error-summary__list">
              {errorList.map(item => (
                <li>
                  {item.href ? (
                    <a href={item.href} {...item.attributes}>
                      {contentOf(item)}
                    </a>
                  ) : (
                    contentOf(item)
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  )
}
