import { paragraphDifferences, type ParagraphDifference } from '../../../documents/index.ts'
import { Tag } from '../../../platform/web/index.ts'
import type { DraftParagraph, DraftVersion } from '../draft.ts'
import { reportPath } from '../drafts-needing.ts'
import type { Report } from '../open-draft.ts'
import { ParagraphWords } from './version-page.tsx'

export interface ComparePageProps {
  report: Report
  from: DraftVersion
  to: DraftVersion
}

export function ComparePage({ report, from, to }: ComparePageProps) {
  const { review } = report
  const path = reportPath(review.incidentId)
  const differences = paragraphDifferences(from.paragraphs, to.paragraphs)
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, report of the local review</span>
      <h1 class="govuk-heading-l">
        What changed from version {from.version} to version {to.version}
      </h1>
      <p class="govuk-body">{inWords(differences)}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/versions/${to.version}`}>
          Read version {to.version} with its comments
        </a>
      </p>
      <Differences differences={differences} />
    </>
  )
}

/** Paragraph by paragraph; of those that stayed, only the one before and after each change. */
export function Differences({ differences }: { differences: readonly ParagraphDifference<DraftParagraph>[] }) {
  const isSame = (at: number) => {
    const one = differences[at]
    return !one || (one.kind === 'same' && !one.moved)
  }
  const isShown = (at: number) => !(isSame(at - 1) && isSame(at) && isSame(at + 1))
  return differences.map((difference, at) => {
    if (isShown(at)) return <Difference {...difference} />
    return at === 0 || isShown(at - 1) ? <p class="govuk-body-s">…</p> : null
  })
}

const tags = {
  changed: { text: 'Changed', classes: 'govuk-tag--yellow' },
  added: { text: 'New', classes: 'govuk-tag--green' },
  removed: { text: 'Taken out', classes: 'govuk-tag--red' },
} as const

function Difference({ kind, moved, paragraph, words }: ParagraphDifference<DraftParagraph>) {
  return (
    <section>
      <p class="govuk-body-s govuk-!-margin-bottom-1">
        {kind !== 'same' && <Tag {...tags[kind]} />} {moved && <Tag text="Moved" classes="govuk-tag--blue" />}
      </p>
      {kind === 'same' && <ParagraphWords paragraph={paragraph} />}
      {kind === 'added' && (
        <p class="govuk-body">
          <ins>{paragraph.text}</ins>
        </p>
      )}
      {kind === 'removed' && (
        <p class="govuk-body">
          <del>{paragraph.text}</del>
        </p>
      )}
      {kind === 'changed' && (
        <p class="govuk-body">
          {words.map(({ kind: what, text }) => (what === 'same' ? text : <Marked what={what} text={text} />))}
        </p>
      )}
    </section>
  )
}

/** Who hears the page hears what was taken out and what is new. */
function Marked({ what, text }: { what: 'added' | 'removed'; text: string }) {
  const hidden = (words: string) => <span class="govuk-visually-hidden">{words}</span>
  return what === 'added' ? (
    <ins>
      {hidden(' new: ')}
      {text}
      {hidden(', end of new ')}
    </ins>
  ) : (
    <del>
      {hidden(' taken out: ')}
      {text}
      {hidden(', end of taken out ')}
    </del>
  )
}

function inWords(differences: readonly ParagraphDifference<DraftParagraph>[]): string {
  const count = (kind: 'changed' | 'added' | 'removed') => differences.filter(each => each.kind === kind).length
  const moved = differences.filter(each => each.moved).length
  const parts = [
    count('changed') > 0 && `${count('changed')} changed`,
    count('added') > 0 && `${count('added')} new`,
    count('removed') > 0 && `${count('removed')} taken out`,
    moved > 0 && `${moved} moved`,
  ].filter(Boolean)
  return parts.length === 0 ? 'Nothing: the two say the same.' : `Paragraphs: ${parts.join(', ')}.`
}
