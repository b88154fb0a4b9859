import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type SkipLinkProps = Content & Styled & Optional<{ href: string }>

export function SkipLink({ href, classes, attributes, ...content }: SkipLinkProps) {
  return (
    <a
      href={href || '#content'}
      class={classNames('govuk-skip-link', classes)}
      {...attributes}
      data-module="govuk-skip-link"
    >
      {contentOf(content)}
    </a>
  )
}
