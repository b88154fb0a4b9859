import {
  classNames,
  contentOf,
  type Content,
  type HeadingLevel,
  type Nothing,
  type Optional,
  type Styled,
} from './props.ts'

export type SummaryAction = Content &
  Styled & { href: string } & Optional<{
    /** Says what is acted upon, after the text: "Change" + "name". */
    visuallyHiddenText: string
  }>

export type SummaryActions = Optional<{ items: readonly SummaryAction[]; classes: string }>

type Words = Content & Optional<{ classes: string }>

export type SummaryRow = { key: Words; value: Words } & Optional<{ actions: SummaryActions; classes: string }>

export type SummaryCardProps = Styled &
  Optional<{ title: Words & Optional<{ headingLevel: HeadingLevel }>; actions: SummaryActions }>

export type SummaryListProps = Styled & { rows: readonly (SummaryRow | Nothing)[] } & Optional<{
    card: SummaryCardProps
  }>

export function SummaryList({ rows, card, classes, attributes }: SummaryListProps) {
  const anyRowHasActions = rows.some(row => row && row.actions?.items?.length)
  const list = (
    <dl class={classNames('govuk-summary-list', classes)} {...attributes}>
      {rows.map(row => {
        if (!row) return null
        const { key, value, actions } = row
        return (
          <div
            class={classNames(
              'govuk-summary-list__row',
              anyRowHasActions && !actions?.items && 'govuk-summary-list__row--no-actions',
              row.classes,
            )}
          >
            <dt class={classNames('govuk-summary-list__key', key.classes)}>{contentOf(key)}</dt>
            <dd class={classNames('govuk-summary-list__value', value.classes)}>{contentOf(value)}</dd>
            {actions?.items && actions.items.length > 0 && (
              <dd class={classNames('govuk-summary-list__actions', actions.classes)}>
                {renderRowActions(actions.items, card?.title)}
              </dd>
            )}
          </div>
        )
      })}
    </dl>
  )
  if (!card) return list
  const Heading = `h${card.title?.headingLevel ?? 2}` as const
  return (
    <div class={classNames('govuk-summary-card', card.classes)} {...card.attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {card.title && (
          <Heading class={classNames('govuk-summary-card__title', card.title.classes)}>{contentOf(card.title)}</Heading>
        )}
        {renderCardActions(card)}
      </div>
      <div class="govuk-summary-card__content">{list}</div>
    </div>
  )
}

function renderRowActions(items: readonly SummaryAction[], cardTitle: Content | undefined) {
  if (items.length === 1) return items.map(item => renderAction(item, cardTitle))
  return (
    <ul class="govuk-summary-list__actions-list">
      {items.map(item => (
        <li class="govuk-summary-list__actions-list-item">{renderAction(item, cardTitle)}</li>
      ))}
    </ul>
  )
}

function renderCardActions({ actions, title }: SummaryCardProps) {
  if (!actions?.items?.length) return null
  const names = classNames('govuk-summary-card__actions', actions.classes)
  if (actions.items.length === 1) return <div class={names}>{actions.items.map(item => renderAction(item, title))}</div>
  return (
    <ul class={names}>
      {actions.items.map(item => (
        <li class="govuk-summary-card__action">{renderAction(item, title)}</li>
      ))}
    </ul>
  )
}

function renderAction({ href, visuallyHiddenText, classes, attributes, ...content }: SummaryAction, card?: Content) {
  return (
    <a class={classNames('govuk-link', classes)} href={href} {...attributes}>
      {contentOf(content)}
      {(visuallyHiddenText || card) && (
        <span class="govuk-visually-hidden">
          {visuallyHiddenText && ` ${visuallyHiddenText}`}
          {card && <> ({contentOf(card)})</>}
        </span>
      )}
    </a>
  )
}
