import { formatMoment } from '../../platform/dates.ts'
import { InsetText, SummaryList } from '../../platform/web/index.ts'
import { partners } from './partner.ts'
import type { ComparedText, SentBack } from './signature.ts'

/** When, by whom and why the review was sent back, the last time first. */
export function SentBackBefore({ sentBack }: { sentBack: readonly SentBack[] }) {
  if (sentBack.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">It was sent back</h2>
      {sentBack.toReversed().map(({ partner, by, at, reason }) => (
        <InsetText>
          <h3 class="govuk-heading-s">
            {partners[partner]}: {by}, {formatMoment(at)}
          </h3>
          {reason.split('\n').map(line => (
            <p class="govuk-body">{line}</p>
          ))}
        </InsetText>
      ))}
    </>
  )
}

/** One thing that differs between two texts. */
export interface Changed {
  /** `Learning: the earlier learning`. */
  title: string
  /** The words around what changed. Undefined where only spaces or line breaks did. */
  words: { before: string; after: string } | undefined
}

/** What a partner need not search for who has read the review before. */
export function WhatChanged({ since, changes }: { since: ComparedText<unknown>; changes: readonly Changed[] }) {
  const text = textInWords(since)
  return (
    <>
      <h2 class="govuk-heading-m">What changed</h2>
      {changes.length === 0 ? (
        <p class="govuk-body">Nothing. The text is the same as {text}.</p>
      ) : (
        <>
          <p class="govuk-body">
            In short,{' '}
            {changes.length === 1 ? 'the one answer that differs' : `the ${changes.length} answers that differ`} from{' '}
            {text}. The whole text stands below.
          </p>
          <SummaryList
            rows={changes.map(({ title, words }) => ({
              key: { text: title },
              value: {
                children: words ? (
                  <>
                    <p class="govuk-body">
                      <strong>Before:</strong> {words.before || 'No answer'}
                    </p>
                    <p class="govuk-body">
                      <strong>Now:</strong> {words.after || 'No answer'}
                    </p>
                  </>
                ) : (
                  'The words are the same. Spaces or line breaks changed.'
                ),
              },
            }))}
          />
        </>
      )}
    </>
  )
}

function textInWords({ last }: ComparedText<unknown>): string {
  return last.what === 'asked'
    ? `the text for which signatures were asked on ${formatMoment(last.at)}`
    : `the text that ${last.by} ${last.what} on ${formatMoment(last.at)}`
}
