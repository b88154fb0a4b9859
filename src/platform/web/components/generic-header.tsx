import type { ComponentChildren } from 'preact'
import { classNames, type Optional, type Styled } from './props.ts'

export type GenericHeaderProps = Styled & { logoText: ComponentChildren } & Optional<{
    url: string
    containerClasses: string
  }>

export function GenericHeader({ logoText, url, containerClasses, classes, attributes }: GenericHeaderProps) {
  return (
    <div class={classNames('govuk-generic-header', classes)} {...attributes}>
      <div class={classNames('govuk-generic-header__container', containerClasses || 'govuk-width-container')}>
        <div class="govuk-generic-header__logo">
          <a href={url || '/'} class="govuk-generic-header__homepage-link">
            {logoText}
          </a>
        </div>
      </div>
    </div>
  )
}
