import type { ComponentChildren } from 'preact'
import { classNames, type HeadingLevel, type Nothing, type Optional, type Styled } from './props.ts'
import { Tag, type TagProps } from './tag.tsx'

export type TimelineItem = {
  /** When it happened, as people read it: "3 March 2026 at 10:15am". */
  at: string
  title: string
} & Optional<{
  /** The same for machines: an ISO date or moment. */
  datetime: string
  by: string
  tag: TagProps
  children: ComponentChildren
}>

export type TimelineProps = Styled & { items: readonly (TimelineItem | Nothing)[] } & Optional<{
    headingLevel: HeadingLevel
  }>

/** What happened, in the order of the items. */
export function Timeline({ items, headingLevel = 3, classes, attributes }: TimelineProps) {
  const Heading = `h${headingLevel}` as const
  return (
    <ol class={classNames('wv-timeline', classes)} {...attributes}>
      {items.map(
        item =>
          item && (
            <li class="wv-timeline__item">
              <div class="wv-timeline__header">
                <Heading class="wv-timeline__title">{item.title}</Heading>
                {item.tag && <Tag {...item.tag} />}
              </div>
              <p class="wv-timeline__byline">
                <time {...(item.datetime && { datetime: item.datetime })}>{item.at}</time>
                {item.by && ` by ${item.by}`}
              </p>
              {item.children && <div class="wv-timeline__body">{item.children}</div>}
            </li>
          ),
      )}
    </ol>
  )
}
