import type { ComponentChildren } from 'preact'
import { classNames, type Content, type HeadingLevel, type Optional, type Styled } from './props.ts'

export type NotificationBannerProps = Content &
  Styled &
  Optional<{
    titleText: ComponentChildren
    titleHeadingLevel: HeadingLevel
    titleId: string
    type: 'success'
    role: 'alert' | 'region'
    disableAutoFocus: boolean
  }>

export function NotificationBanner(props: NotificationBannerProps) {
  const { type, titleId = 'govuk-notification-banner-title' } = props
  const isSuccess = type === 'success'
  const Heading = `h${props.titleHeadingLevel ?? 2}` as const
  return (
    <div
      class={classNames('govuk-notification-banner', isSuccess && 'govuk-notification-banner--success', props.classes)}
      role={props.role ?? (isSuccess ? 'alert' : 'region')}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus?.toString()}
      {...props.attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {props.titleText || (isSuccess ? 'Success' : 'Important')}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {props.children ?? (props.text && <p class="govuk-notification-banner__heading">{props.text}</p>)}
      </div>
    </div>
  )
}
