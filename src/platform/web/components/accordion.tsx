import {
  classNames,
  contentOf,
  translations,
  type Content,
  type HeadingLevel,
  type Nothing,
  type Optional,
  type Styled,
} from './props.ts'

export type AccordionSection = { heading: Content; content: Content } & Optional<{
  summary: Content
  expanded: boolean
}>

export type AccordionProps = Styled & { id: string; items: readonly (AccordionSection | Nothing)[] } & Optional<{
    headingLevel: HeadingLevel
    rememberExpanded: boolean
    hideAllSectionsText: string
    hideSectionText: string
    hideSectionAriaLabelText: string
    showAllSectionsText: string
    showSectionText: string
    showSectionAriaLabelText: string
  }>

export function Accordion(props: AccordionProps) {
  const { id, items } = props
  const Heading = `h${props.headingLevel ?? 2}` as const
  return (
    <div
      class={classNames('govuk-accordion', props.classes)}
      data-module="govuk-accordion"
      id={id}
      {...translations({
        'hide-all-sections': props.hideAllSectionsText,
        'hide-section': props.hideSectionText,
        'hide-section-aria-label': props.hideSectionAriaLabelText,
        'show-all-sections': props.showAllSectionsText,
        'show-section': props.showSectionText,
        'show-section-aria-label': props.showSectionAriaLabelText,
      })}
      data-remember-expanded={props.rememberExpanded?.toString()}
      {...props.attributes}
    >
      {items.map((item, index) => {
        if (!item) return null
        const summary = contentOf(item.summary)
        return (
          <div class={classNames('govuk-accordion__section', item.expanded && 'govuk-accordion__section--expanded')}>
            <div class="govuk-accordion__section-header">
              <Heading class="govuk-accordion__section-heading">
                <span class="govuk-accordion__section-button" id={`${id}-heading-${index + 1}`}>
                  {contentOf(item.heading)}
                </span>
              </Heading>
              {summary && (
                <div class="govuk-accordion__section-summary govuk-body" id={`${id}-summary-${index + 1}`}>
                  {summary}
                </div>
              )}
            </div>
            <div id={`${id}-content-${index + 1}`} class="govuk-accordion__section-content">
              {item.content.children ?? (item.content.text && <p class="govuk-body">{item.content.text}</p>)}
            </div>
          </div>
        )
      })}
    </div>
  )
}
