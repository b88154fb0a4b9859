import { classNames, contentOf, type Content, type Styled } from './props.ts'
import { Tag, type TagProps } from './tag.tsx'

export type PhaseBannerProps = Content & Styled & { tag?: Omit<TagProps, 'attributes'> | undefined }

export function PhaseBanner({ tag, classes, attributes, ...content }: PhaseBannerProps) {
  return (
    <div class={classNames('govuk-phase-banner govuk-width-container', classes)} {...attributes}>
      <p class="govuk-phase-banner__content">
        <Tag {...tag} classes={classNames('govuk-phase-banner__content__tag', tag?.classes)} />
        <span class="govuk-phase-banner__text">{contentOf(content)}</span>
      </p>
    </div>
  )
}
