import { classNames, contentOf, type Attributes, type Content, type Optional, type Styled } from './props.ts'

export type BreadcrumbsProps = Styled & {
  items: readonly (Content & Optional<{ href: string; attributes: Attributes }>)[]
} & Optional<{ collapseOnMobile: boolean; labelText: string }>

export function Breadcrumbs({ items, collapseOnMobile, labelText, classes, attributes }: BreadcrumbsProps) {
  return (
    <nav
      class={classNames('govuk-breadcrumbs', classes, collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile')}
      aria-label={labelText ?? 'Breadcrumb'}
      {...attributes}
    >
      <ol class="govuk-breadcrumbs__list">
        {items.map(item =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {contentOf(item)}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {contentOf(item)}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}
