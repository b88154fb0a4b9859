import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type HintProps = Content & Styled & Optional<{ id: string }>

export function Hint({ id, classes, attributes, ...content }: HintProps) {
  return (
    <div id={id} class={classNames('govuk-hint', classes)} {...attributes}>
      {contentOf(content)}
    </div>
  )
}
