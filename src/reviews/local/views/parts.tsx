import type { ComponentChildren } from 'preact'
import { formatDate } from '../../../platform/dates.ts'
import type { LocalReview } from '../local-review.ts'
import type { StageRecord } from '../stages.ts'

/** The caption and heading of every page of a local review. */
export function Heading({ review, children }: { review: Pick<LocalReview, 'reference'>; children: ComponentChildren }) {
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, local review</span>
      <h1 class="govuk-heading-l">{children}</h1>
    </>
  )
}

/** Of a stage that nobody had closed when the review was published. */
export function overtakenWords(record: StageRecord | undefined): string {
  return record ? `Begun ${formatDate(record.openedOn)}, overtaken by publication` : 'Overtaken by publication'
}

/** A text as it was typed, line for line. */
export function Lines({ text }: { text: string | undefined }) {
  return (
    <>
      {(text ?? '').split('\n').map(line => (
        <p class="govuk-body wv-answer">{line}</p>
      ))}
    </>
  )
}
