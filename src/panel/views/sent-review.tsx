import { formatDate, type CivilDate } from '../../platform/dates.ts'
import { SummaryList } from '../../platform/web/index.ts'
import { TimeLeft } from '../../reference-data/index.ts'
import { RapidReviewText, reviewHeadings, sentThings, sentTo } from '../../reviews/index.ts'
import type { SentReview } from '../sent-review.ts'
import { Paragraphs, tellOutcomes } from './parts.tsx'

/** What the partnership sent, as a whole. */
export function SentReviewText({ review }: { review: SentReview }) {
  return review.kind === 'rapid' ? <RapidReviewText answers={review.answers} /> : <SentLocalReview {...review} />
}

/** Before the text where it stands beside a form: what was decided, and the ways into it. */
export function SentReviewContents({ review, hasEarlier }: { review: SentReview; hasEarlier: boolean }) {
  const earlier = hasEarlier && (
    <li>
      <a class="govuk-link" href="#earlier">
        What the Panel asked this area before
      </a>
    </li>
  )
  if (review.kind === 'local') return earlier ? <ul class="govuk-list">{earlier}</ul> : null
  return (
    <>
      <p class="govuk-body">
        <strong>Their decision:</strong> {tellOutcomes(review.outcomes)}
      </p>
      <nav aria-label="Contents of the review">
        <ul class="govuk-list">
          {reviewHeadings(review.answers).map(({ id, title }) => (
            <li>
              <a class="govuk-link" href={`#${id}`}>
                {title}
              </a>
            </li>
          ))}
          {earlier}
        </ul>
      </nav>
    </>
  )
}

function SentLocalReview({ review, sendings }: Extract<SentReview, { kind: 'local' }>) {
  return (
    <>
      <SummaryList
        rows={[
          { key: { text: 'Decided' }, value: { text: formatDate(review.decidedOn) } },
          {
            key: { text: 'Publication' },
            value: { text: review.publishOn ? formatDate(review.publishOn) : 'No day is known yet' },
          },
        ]}
      />
      {sendings.map(sending => (
        <section class="govuk-!-margin-bottom-6">
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{sentThings[sending.what]}</h3>
          <p class="govuk-body-s">
            Sent {formatDate(sending.sentOn)} to {sending.sentTo.map(body => sentTo[body]).join('; ')}
            {sending.version !== undefined && `, version ${sending.version}`}
            {sending.recordedBy && `, by ${sending.recordedBy}`}.
          </p>
          {sending.note && <Paragraphs text={sending.note} />}
          {sending.documentId && (
            <p class="govuk-body">
              <a class="govuk-link" href={`/documents/${sending.documentId}/original`}>
                Open the file of {formatDate(sending.sentOn)}
              </a>
            </p>
          )}
        </section>
      ))}
    </>
  )
}

/** When a local review is published: the Panel's letter should come before. */
export function PublicationDay({ publishOn, today }: { publishOn: CivilDate | undefined; today: CivilDate }) {
  if (!publishOn) return <>No day yet</>
  return (
    <>
      {formatDate(publishOn)} {publishOn >= today && <TimeLeft dueOn={publishOn} today={today} />}
    </>
  )
}
