import { classNames, type Attributes, type Content, type Nothing, type Optional, type Styled } from './props.ts'

export type Tab = { label: string; panel: Content & Optional<{ attributes: Attributes }> } & Optional<{
  /** May be left out when the tabs have an `idPrefix`. */
  id: string
  attributes: Attributes
}>

export type TabsProps = Styled &
  Optional<{ id: string; idPrefix: string; title: string; items: readonly (Tab | Nothing)[] }>

export function Tabs({ id, idPrefix, title = 'Contents', items = [], classes, attributes }: TabsProps) {
  const panelId = (item: Tab, index: number) => item.id || `${idPrefix}-${index + 1}`
  return (
    <div id={id} class={classNames('govuk-tabs', classes)} {...attributes} data-module="govuk-tabs">
      <h2 class="govuk-tabs__title">{title}</h2>
      {items.length > 0 && (
        <ul class="govuk-tabs__list">
          {items.map(
            (item, index) =>
              item && (
                <li class={classNames('govuk-tabs__list-item', index === 0 && 'govuk-tabs__list-item--selected')}>
                  <a class="govuk-tabs__tab" href={`#${panelId(item, index)}`} {...item.attributes}>
                    {item.label}
                  </a>
                </li>
              ),
          )}
        </ul>
      )}
      {items.map(
        (item, index) =>
          item && (
            <div
              class={classNames('govuk-tabs__panel', index > 0 && 'govuk-tabs__panel--hidden')}
              id={panelId(item, index)}
              {...item.panel.attributes}
            >
              {item.panel.children ?? (item.panel.text && <p class="govuk-body">{item.panel.text}</p>)}
            </div>
          ),
      )}
    </div>
  )
}
