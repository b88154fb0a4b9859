import { formatDate } from '../../platform/dates.ts'
import { Button, Input, Select } from '../../platform/web/index.ts'
import { themeKeys, themes } from '../../reference-data/index.ts'
import type { PublishedLine } from '../published.ts'
import { isSector, sectors, type Sector } from '../sheets/sheet.ts'

export function PublishedReviewsPage(props: {
  words: string
  theme: string
  sector: Sector | ''
  page: number
  pages: number
  found: number
  reviews: readonly PublishedLine[]
}) {
  const { words, theme, sector, page, pages, found, reviews } = props
  const address = (to: number) =>
    `/reviews?${new URLSearchParams({ ...(words && { words }), ...(theme && { theme }), ...(sector && { sheet: sector }), page: String(to) }).toString()}`
  return (
    <>
      <h1 class="govuk-heading-l">Published reviews</h1>
      <p class="govuk-body">
        Local child safeguarding practice reviews, as the partnerships published them. Each has a number and an address
        that stay. Learning sheets are one page for those who work in a sector: what happened, what was learnt, what to
        ask on Monday.
      </p>
      <form method="get" action="/reviews" role="search">
        <Input name="words" label={{ text: 'Words' }} value={words} />
        <Select
          name="theme"
          label={{ text: 'Theme' }}
          value={theme}
          items={[{ value: '', text: 'Any theme' }, ...themeKeys.map(value => ({ value, text: themes[value] }))]}
        />
        <Select
          name="sheet"
          label={{ text: 'Learning sheet for' }}
          value={sector}
          items={[
            { value: '', text: 'Any sector, or none' },
            ...Object.entries(sectors).map(([value, text]) => ({ value, text })),
          ]}
        />
        <Button text="Search" classes="govuk-button--secondary" />
      </form>
      <h2 class="govuk-heading-m">
        {found === 0 ? 'No published review' : found === 1 ? '1 published review' : `${found} published reviews`}
        {words || theme || sector ? ' with this' : ''}
      </h2>
      {reviews.length > 0 && (
        <ul class="govuk-list govuk-list--spaced">
          {reviews.map(review => (
            <li>
              <a class="govuk-link govuk-!-font-weight-bold" href={`/reviews/${review.number}`}>
                {review.title}
              </a>
              <br />
              {review.number}, {review.partnershipName}. Published {formatDate(review.publishedOn)}
              {review.asAt === review.publishedOn ? '' : `, as at ${formatDate(review.asAt)}`}.
              <SheetLinks review={review} />
            </li>
          ))}
        </ul>
      )}
      {pages > 1 && (
        <p class="govuk-body">
          {page > 1 && (
            <a class="govuk-link" href={address(page - 1)} rel="prev">
              Newer
            </a>
          )}{' '}
          Page {page} of {pages}{' '}
          {page < pages && (
            <a class="govuk-link" href={address(page + 1)} rel="next">
              Older
            </a>
          )}
        </p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href="/reviews/feed">
          Feed (Atom)
        </a>{' '}
        <a class="govuk-link" href="/reviews.csv">
          Table (CSV)
        </a>
      </p>
    </>
  )
}

function SheetLinks({ review: { number, title, sheets } }: { review: PublishedLine }) {
  if (sheets.length === 0) return null
  return (
    <>
      <br />
      Learning sheets:{' '}
      {sheets.filter(isSector).map((sector, at) => (
        <>
          {at > 0 && ', '}
          <a class="govuk-link" href={`/reviews/${number}/sheets/${sector}`}>
            {sectors[sector]}
            <span class="govuk-visually-hidden">: {title}</span>
          </a>
        </>
      ))}
    </>
  )
}
