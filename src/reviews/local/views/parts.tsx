import type { ComponentChildren } from 'preact'
import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate, isCivilDate } from '../../../platform/dates.ts'
import { Button } from '../../../platform/web/index.ts'
import type { LocalReview } from '../local-review.ts'
import { pathOf } from '../path.ts'
import type { StageRecord } from '../stages/stages.ts'

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

export interface PageProps {
  acting: Acting
  review: LocalReview
}

export const onDay = (answer: unknown) => (typeof answer === 'string' && isCivilDate(answer) ? formatDate(answer) : '')

export function Add({
  acting,
  review,
  right,
  at,
  children,
}: PageProps & { right: 'write' | 'lead'; at: string; children: string }) {
  if (!may(acting, right, 'local-review')) return null
  return <Button text={children} href={`${pathOf(review.incidentId)}${at}`} />
}

export function card(title: string, actions: { href: string; text: string }[]) {
  return {
    title: { text: title, headingLevel: 2 as const },
    actions: { items: actions },
  }
}

export const row = (key: string, children: ComponentChildren) =>
  children !== undefined && children !== '' && { key: { text: key }, value: { children } }
