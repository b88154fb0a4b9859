import { classNames, contentOf, type Content, type Styled } from './props.ts'

export type TagProps = Content & Styled

export function Tag({ classes, attributes, ...content }: TagProps) {
  return (
    <strong class={classNames('govuk-tag', classes)} {...attributes}>
      {contentOf(content)}
    </strong>
  )
}
