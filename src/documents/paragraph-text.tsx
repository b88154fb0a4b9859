import type { ComponentChildren } from 'preact'
import type { ExtractedParagraph, TrackedChange } from '../platform/files/index.ts'
import { stretchesOf } from './document.ts'

/** The text of a paragraph with what was deleted, inserted and commented shown: struck, underlined, and in words. */
export function ParagraphText({
  paragraph,
  comments,
}: {
  paragraph: ExtractedParagraph
  /** Comments of the document by paragraph number. */
  comments: ReadonlyMap<number, ExtractedParagraph>
}) {
  return (
    <>
      {paragraph.label ? `${paragraph.label} ` : ''}
      {stretchesOf(paragraph).map(stretch => {
        const hanging = stretch.endingComments.flatMap(mark => mark.paragraphs)
        return (
          <>
            {stretch.changes.reduce<ComponentChildren>(
              (within, change) => (
                <Changed change={change}>{within}</Changed>
              ),
              stretch.text,
            )}
            {hanging.map(number => {
              const comment = comments.get(number)
              return (
                comment && (
                  <span class="govuk-body-s">
                    {' '}
                    <strong>[Comment{comment.by ? ` by ${comment.by}` : ''}:</strong> {comment.text}
                    <strong>]</strong>{' '}
                  </span>
                )
              )
            })}
          </>
        )
      })}
    </>
  )
}

function Changed({ change, children }: { change: TrackedChange; children: ComponentChildren }) {
  const Element = change.kind === 'deleted' ? 'del' : 'ins'
  return (
    <Element title={`${change.kind}${change.by ? ` by ${change.by}` : ''}`}>
      <span class="govuk-visually-hidden"> start of {change.kind} text: </span>
      {children}
      <span class="govuk-visually-hidden"> end of {change.kind} text </span>
    </Element>
  )
}
