import { formatDate } from '../../platform/dates.ts'
import { InsetText, SummaryList } from '../../platform/web/index.ts'
import { isTheme, themes } from '../../reference-data/index.ts'
import { sectors, type Sector } from '../sheets/sheet.ts'
import type { PublishedReview } from '../published.ts'

/** What is public of a review. The same words stand where it was never told and where it is hidden. */
export function PublishedReviewPage({ review, sheets = [] }: { review: PublishedReview; sheets?: readonly Sector[] }) {
  const { number } = review
  return (
    <>
      <span class="govuk-caption-l">Local child safeguarding practice review {number}</span>
      <h1 class="govuk-heading-l">{review.title}</h1>
      {review.replacedBy && (
        <InsetText>
          A newer review replaces this one:{' '}
          <a class="govuk-link" href={`/reviews/${review.replacedBy}`}>
            {review.replacedBy}
          </a>
          .
        </InsetText>
      )}
      <SummaryList
        rows={[
          { key: { text: 'Published by' }, value: { text: review.partnershipName } },
          { key: { text: 'Published' }, value: { text: formatDate(review.publishedOn) } },
          { key: { text: 'As at' }, value: { text: formatDate(review.asAt) } },
          review.themes.length > 0 && {
            key: { text: 'About' },
            value: { text: review.themes.map(theme => (isTheme(theme) ? themes[theme] : theme)).join('; ') },
          },
        ]}
      />
      <section aria-labelledby="account">
        <h2 class="govuk-heading-m" id="account">
          What happened
        </h2>
        {review.account === undefined ? (
          <p class="govuk-body">The account of what happened is not public at present.</p>
        ) : (
          <Paragraphs text={review.account} />
        )}
      </section>
      <section aria-labelledby="learning">
        <h2 class="govuk-heading-m" id="learning">
          What was learnt
        </h2>
        <Paragraphs text={review.learning} />
      </section>
      {review.recommendations.length > 0 && (
        <section aria-labelledby="recommendations">
          <h2 class="govuk-heading-m" id="recommendations">
            Recommendations
          </h2>
          <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
            {review.recommendations.map(text => (
              <li>
                <WithProgress text={text} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {sheets.length > 0 && (
        <section aria-labelledby="sheets">
          <h2 class="govuk-heading-m" id="sheets">
            One page for practitioners
          </h2>
          <ul class="govuk-list">
            {sheets.map(sector => (
              <li>
                <a class="govuk-link" href={`/reviews/${number}/sheets/${sector}`}>
                  {sectors[sector]}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {review.documents.length > 0 && (
        <section aria-labelledby="documents">
          <h2 class="govuk-heading-m" id="documents">
            Documents
          </h2>
          <ul class="govuk-list">
            {review.documents.map(document => (
              <li>
                <a class="govuk-link" href={`/reviews/${number}/documents/${document.name}`}>
                  {document.title} ({document.name.split('.').at(-1)?.toUpperCase()},{' '}
                  {Math.max(1, Math.round(document.sizeBytes / 1000))} kB)
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {review.changes.length > 0 && (
        <section aria-labelledby="changes">
          <h2 class="govuk-heading-m" id="changes">
            What has changed since
          </h2>
          {review.changes.map(({ on, text }) => (
            <p class="govuk-body">
              <strong>{formatDate(on)}:</strong> {text}
            </p>
          ))}
        </section>
      )}
      <p class="govuk-body">
        To cite it: {review.partnershipName}, {review.number}, as at {formatDate(review.asAt)}. The address of this page
        stays.
      </p>
    </>
  )
}

export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n\s*\n/).map(paragraph => (
        <p class="govuk-body">
          {paragraph.split('\n').map((line, at) => (
            <>
              {at > 0 && <br />}
              {line}
            </>
          ))}
        </p>
      ))}
    </>
  )
}

/** A number in front leads to what became of the recommendation. */
function WithProgress({ text }: { text: string }) {
  const [, number, words] = /^(R-\d{4}-\d{5})\s+(.*)$/s.exec(text) ?? []
  if (!number) return <>{text}</>
  return (
    <>
      <a class="govuk-link" href={`/recommendations/${number}`}>
        {number}
      </a>{' '}
      {words}
    </>
  )
}
