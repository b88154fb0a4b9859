import { classNames, contentOf, type Content, type Optional, type Styled } from './props.ts'

export type BackLinkProps = Content & Styled & Optional<{ href: string }>

export function BackLink({ href, classes, attributes, ...content }: BackLinkProps) {
  return (
    <a href={href || '#'} class={classNames('govuk-back-link', classes)} {...attributes}>
      {contentOf(content) || 'Back'}
    </a>
  )
}
