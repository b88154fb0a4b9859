import type { ComponentChildren } from 'preact'
import { Button, type ButtonProps } from './button.tsx'
import { classNames, contentOf, type Content, type HeadingLevel, type Optional, type Styled } from './props.ts'

export type PanelAction = Styled & { text: string } & Optional<{ href: string; type: ButtonProps['type'] }>

export type PanelProps = Content &
  Styled & { titleText: ComponentChildren } & Optional<{
    headingLevel: HeadingLevel
    /** Shown only with the class `govuk-panel--interruption`. */
    actions: Styled & Optional<{ items: readonly PanelAction[] }>
  }>

export function Panel({ titleText, headingLevel = 1, actions, classes, attributes, ...content }: PanelProps) {
  const isInterruption = classes?.includes('govuk-panel--interruption')
  const Heading = `h${headingLevel}` as const
  const words = contentOf(content)
  return (
    <div class={classNames('govuk-panel', !isInterruption && 'govuk-panel--confirmation', classes)} {...attributes}>
      <Heading class="govuk-panel__title">{titleText}</Heading>
      {words && <div class="govuk-panel__body">{words}</div>}
      {isInterruption && actions && (
        <div class={classNames('govuk-panel__actions', actions.classes)} {...actions.attributes}>
          {actions.items && actions.items.length > 0 && (
            <div class="govuk-button-group">{actions.items.map(renderAction)}</div>
          )}
        </div>
      )}
    </div>
  )
}

function renderAction({ text, href, type, classes, attributes }: PanelAction) {
  if (!href || type === 'button') {
    return (
      <Button
        text={text}
        type={type || 'button'}
        classes={classNames('govuk-button--inverse', classes)}
        href={href}
        attributes={attributes}
      />
    )
  }
  return (
    <a class={classNames('govuk-link govuk-link--inverse', classes)} href={href} {...attributes}>
      {text}
    </a>
  )
}
