import type { ComponentChildren } from 'preact'
import {
  classNames,
  contentOf,
  type Attributes,
  type Content,
  type Nothing,
  type Optional,
  type Styled,
} from './props.ts'

export type NavigationItem = Content &
  Optional<{
    href: string
    /** This is the page. */
    current: boolean
    /** The page is somewhere below this. */
    active: boolean
    attributes: Attributes
  }>

export type ServiceNavigationProps = Styled &
  Optional<{
    ariaLabel: string
    serviceName: string
    serviceUrl: string
    navigation: readonly (NavigationItem | Nothing)[]
    navigationId: string
    navigationLabel: string
    navigationClasses: string
    menuButtonText: string
    menuButtonLabel: string
    collapseNavigationOnMobile: boolean
    slots: Optional<{
      start: ComponentChildren
      navigationStart: ComponentChildren
      navigationEnd: ComponentChildren
      end: Content & Optional<{ align: 'inline' }>
    }>
  }>

export function ServiceNavigation(props: ServiceNavigationProps) {
  const { serviceName, slots } = props
  const end = contentOf(slots?.end)
  const attributes = {
    class: classNames('govuk-service-navigation', props.classes),
    'data-module': 'govuk-service-navigation',
    ...props.attributes,
  }
  const inner = (
    <div
      class={classNames(
        'govuk-width-container',
        slots?.end?.align === 'inline' && 'govuk-service-navigation__inlining-container',
      )}
    >
      {slots?.start}
      <div class="govuk-service-navigation__container">
        {serviceName && (
          <span class="govuk-service-navigation__service-name">
            {props.serviceUrl ? (
              <a href={props.serviceUrl} class="govuk-service-navigation__link">
                {serviceName}
              </a>
            ) : (
              <span class="govuk-service-navigation__text">{serviceName}</span>
            )}
          </span>
        )}
        {renderNavigation(props)}
      </div>
      {end}
    </div>
  )
  // A named region only where there is more in it than the navigation, which is a landmark itself.
  if (serviceName || slots?.start || end) {
    return (
      <section aria-label={props.ariaLabel ?? 'Service information'} {...attributes}>
        {inner}
      </section>
    )
  }
  return <div {...attributes}>{inner}</div>
}

function renderNavigation({
  navigation = [],
  navigationLabel,
  navigationId = 'navigation',
  navigationClasses,
  menuButtonText = 'Menu',
  menuButtonLabel,
  collapseNavigationOnMobile,
  slots,
}: ServiceNavigationProps) {
  const items = navigation.filter(item => !!item)
  if (items.length === 0 && !slots?.navigationStart && !slots?.navigationEnd) return null
  return (
    <nav
      aria-label={navigationLabel || menuButtonText}
      class={classNames('govuk-service-navigation__wrapper', navigationClasses)}
    >
      {(collapseNavigationOnMobile ?? items.length > 1) && (
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={navigationId}
          aria-label={menuButtonLabel === menuButtonText ? undefined : menuButtonLabel}
          hidden
          aria-hidden="true"
        >
          {menuButtonText}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={navigationId}>
        {slots?.navigationStart}
        {items.map(renderItem)}
        {slots?.navigationEnd}
      </ul>
    </nav>
  )
}

function renderItem({ href, current, active, attributes, ...content }: NavigationItem) {
  const words = contentOf(content)
  const isHere = current || active
  const ariaCurrent = isHere ? (current ? 'page' : 'true') : undefined
  // Strong, so that it still stands out for people who set their own colours.
  const inner = isHere ? <strong class="govuk-service-navigation__active-fallback">{words}</strong> : words
  return (
    <li class={classNames('govuk-service-navigation__item', isHere && 'govuk-service-navigation__item--active')}>
      {href ? (
        <a class="govuk-service-navigation__link" href={href} aria-current={ariaCurrent} {...attributes}>
          {inner}
        </a>
      ) : (
        words && (
          <span class="govuk-service-navigation__text" aria-current={ariaCurrent}>
            {inner}
          </span>
        )
      )}
    </li>
  )
}
