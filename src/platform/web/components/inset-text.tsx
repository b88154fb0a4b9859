import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type InsetTextProps = Content & Styled & Optional<{ id: string }>

export function InsetText({ id, classes, attributes, ...content }: InsetTextProps) {
  return (
    <div id={id} class={classNames('govuk-inset-text', classes)} {...attributes}>
      {contentOf(content)}
    </div>
  )
}
