import type { ComponentChildren } from 'preact'
import type { LocalReview } from '../local-review.ts'

/** The caption and heading of every page of a local review. */
export function Heading({ review, children }: { review: Pick<LocalReview, 'reference'>; children: ComponentChildren }) {
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, local review</span>
      <h1 class="govuk-heading-l">{children}</h1>
    </>
  )
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
