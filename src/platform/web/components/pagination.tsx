import {
  classNames,
  contentOf,
  type Attributes,
  type Content,
  type Nothing,
  type Optional,
  type Styled,
} from './props.ts'

export type PaginationLink = Content & { href: string } & Optional<{ labelText: string; attributes: Attributes }>

export type PaginationItem = Optional<{
  number: number | string
  href: string
  visuallyHiddenText: string
  current: boolean
  ellipsis: boolean
  attributes: Attributes
}>

export type PaginationProps = Styled &
  Optional<{
    items: readonly (PaginationItem | Nothing)[]
    previous: PaginationLink
    next: PaginationLink
    landmarkLabel: string
  }>

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
}

export function Pagination({ items, previous, next, landmarkLabel, classes, attributes }: PaginationProps) {
  const isBlock = !items && Boolean(next || previous)
  return (
    <nav
      class={classNames('govuk-pagination', isBlock && 'govuk-pagination--block', classes)}
      aria-label={landmarkLabel || 'Pagination'}
      {...attributes}
    >
      {previous?.href && <ArrowLink link={previous} direction="prev" isBlock={isBlock} />}
      {items && <ul class="govuk-pagination__list">{items.map(renderItem)}</ul>}
      {next?.href && <ArrowLink link={next} direction="next" isBlock={isBlock} />}
    </nav>
  )
}

function ArrowLink({
  link,
  direction,
  isBlock,
}: {
  link: PaginationLink
  direction: 'prev' | 'next'
  isBlock: boolean
}) {
  const arrow = (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${direction}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrows[direction]} />
    </svg>
  )
  const isFirst = isBlock || direction === 'prev'
  return (
    <div class={`govuk-pagination__${direction}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={direction} {...link.attributes}>
        {isFirst && arrow}
        <span
          class={classNames(
            'govuk-pagination__link-title',
            isBlock && !link.labelText && 'govuk-pagination__link-title--decorated',
          )}
        >
          {contentOf(link) || (
            <>
              {direction === 'prev' ? 'Previous' : 'Next'}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
        </span>
        {link.labelText && isBlock && (
          <>
            <span class="govuk-visually-hidden">:</span>{' '}
            <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        )}
        {!isFirst && arrow}
      </a>
    </div>
  )
}

function renderItem(item: PaginationItem | Nothing) {
  if (!item || Object.keys(item).length === 0) return null
  const { number, href, visuallyHiddenText, current, ellipsis, attributes } = item
  return (
    <li
      class={classNames(
        'govuk-pagination__item',
        current && 'govuk-pagination__item--current',
        ellipsis && 'govuk-pagination__item--ellipsis',
      )}
    >
      {ellipsis ? (
        '⋯'
      ) : (
        <a
          class="govuk-link govuk-pagination__link"
          {...(href !== undefined && { href })}
          aria-label={visuallyHiddenText ?? `Page ${number}`}
          aria-current={current ? 'page' : undefined}
          {...attributes}
        >
          {number}
        </a>
      )}
    </li>
  )
}
