import type { FastifyRequest } from 'fastify'
import { changeChoices, hasMarks, ParagraphText, type Document } from '../../../documents/index.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { ExtractedParagraph } from '../../../platform/files/index.ts'
import { Button, FormToken, InsetText, Radios, Select, WarningText } from '../../../platform/web/index.ts'
import type { Part } from '../place-paragraphs.ts'
import { rapidReviewSections, type RapidReviewSection } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'
import { NotificationLink } from './notification-link.tsx'

export interface PlacingPageProps {
  request: FastifyRequest
  review: RapidReview
  document: Document
  paragraphs: readonly ExtractedParagraph[]
  parts: readonly Part[]
  each: 'heading' | 'paragraph'
  placements: ReadonlyMap<number, string>
  /** The form as it was posted, when something has to be put right. */
  typed?: Readonly<Record<string, unknown>> | undefined
  errors?: readonly FieldError[] | undefined
  /** A chosen section changed after the form was shown: what was placed since is not chosen once more. */
  overtaken?: boolean | undefined
}

export function PlacingPage(props: PlacingPageProps) {
  const { request, review, document, paragraphs, parts, each, typed, errors = [] } = props
  const path = `/incidents/${review.incidentId}/rapid-review/files/${document.id}`
  const marked = paragraphs.filter(hasMarks).length
  const comments = new Map(
    paragraphs.filter(({ role }) => role === 'comment').map(paragraph => [paragraph.number, paragraph]),
  )
  const changesError = errors.find(({ field }) => field === 'changes')
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, rapid review</span>
      <h1 class="govuk-heading-l">Place paragraphs: {document.name}</h1>
      <NotificationLink request={request} incidentId={review.incidentId} />
      <p class="govuk-body">
        Say where each part belongs. The text is added at the end of the section, in the order of the file. Where a
        heading speaks of a section, that section is suggested: look at it before you confirm. Nothing is added before
        you press the button at the end. What is left at “Nowhere” is left out, and you are told its numbers.
      </p>
      {document.notices.length > 0 && (
        <InsetText>
          {document.notices.map(notice => (
            <p class="govuk-body">{notice}</p>
          ))}
        </InsetText>
      )}
      {marked > 0 && (
        <WarningText>
          {marked === 1 ? '1 paragraph has' : `${marked} paragraphs have`} tracked changes or comments that nobody has
          accepted or rejected. Deleted text is struck through, inserted text is underlined, and comments stand in
          brackets.
        </WarningText>
      )}
      <p class="govuk-body">
        {each === 'heading' ? (
          <a class="govuk-link" href={`${path}?by=paragraph`}>
            Place paragraph by paragraph instead
          </a>
        ) : (
          <a class="govuk-link" href={`${path}?by=heading`}>
            Place whole parts under their headings instead
          </a>
        )}
      </p>
      <form method="post" action={`${path}?by=${each}`} novalidate id="parts">
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={review.revision} />
        {marked > 0 && (
          <Radios
            name="changes"
            fieldset={{
              legend: {
                text: 'What should be taken where there are tracked changes or comments?',
                classes: 'govuk-fieldset__legend--m',
              },
            }}
            hint={{ text: 'The original file stays as it is. Comments are taken only with the first choice.' }}
            errorMessage={changesError && { text: changesError.text }}
            value={typeof typed?.['changes'] === 'string' ? typed['changes'] : undefined}
            items={Object.entries(changeChoices).map(([value, text]) => ({ value, text }))}
          />
        )}
        {parts.map(part => (
          <PartFields part={part} props={props} comments={comments} />
        ))}
        <Button text="Add to the sections" preventDoubleClick />
      </form>
    </>
  )
}

function PartFields({
  part,
  props,
  comments,
}: {
  part: Part
  props: PlacingPageProps
  comments: ReadonlyMap<number, ExtractedParagraph>
}) {
  const { typed, placements, overtaken } = props
  const { field, heading, paragraphs, suggestion } = part
  const first = paragraphs[0]?.number
  const last = paragraphs.at(-1)?.number
  const placedIn = [...new Set(paragraphs.flatMap(({ number }) => placements.get(number) ?? []))]
  const range = first === last ? `paragraph ${first}` : `paragraphs ${first} to ${last}`
  const posted = overtaken && placedIn.length > 0 ? undefined : typed?.[field]
  return (
    <section aria-label={heading ? `${heading.text}: ${range}` : range} class="govuk-!-margin-bottom-6">
      {paragraphs.map(paragraph => (
        <Numbered paragraph={paragraph} comments={comments} />
      ))}
      {placedIn.length > 0 && (
        <p class="govuk-body">
          <strong>Placed already</strong> in: {placedIn.map(labelOf).join(', ')}. Choosing a section again adds the text
          once more.
        </p>
      )}
      <Select
        name={field}
        label={{
          text: `Where does ${range} go?`.replace('paragraphs', 'this part, paragraphs'),
          classes: 'govuk-label--s',
        }}
        classes="govuk-!-width-full"
        value={typeof posted === 'string' ? posted : placedIn.length > 0 ? '' : suggestion}
        items={[
          { value: '', text: 'Nowhere: leave it out' },
          ...Object.entries(rapidReviewSections).map(([value, text]) => ({
            value,
            text: value === suggestion ? `${text} (suggested)` : text,
          })),
        ]}
      />
    </section>
  )
}

function labelOf(section: string): string {
  return Object.hasOwn(rapidReviewSections, section) ? rapidReviewSections[section as RapidReviewSection] : section
}

const roleWords: Partial<Record<ExtractedParagraph['role'], string>> = {
  header: 'page header',
  footer: 'page footer',
  footnote: 'note',
  table: 'table',
}

function Numbered({
  paragraph,
  comments,
}: {
  paragraph: ExtractedParagraph
  comments: ReadonlyMap<number, ExtractedParagraph>
}) {
  const words = roleWords[paragraph.role]
  const text = (
    <>
      <span class="govuk-hint">
        {paragraph.number}
        {words ? ` (${words})` : ''}.{' '}
      </span>
      <ParagraphText paragraph={paragraph} comments={comments} />
    </>
  )
  return paragraph.role === 'heading' ? (
    <h2 class={(paragraph.level ?? 1) <= 2 ? 'govuk-heading-m' : 'govuk-heading-s'}>{text}</h2>
  ) : (
    <p class="govuk-body">{text}</p>
  )
}
