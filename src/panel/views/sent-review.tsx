import { formatDate, type CivilDate } from '../../platform/dates.ts'
import { Details, SummaryList } from '../../platform/web/index.ts'
import { TimeLeft } from '../../reference-data/index.ts'
import { RapidReviewText, reportHeadings, ReportText, reviewHeadings, sentThings, sentTo } from '../../reviews/index.ts'
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
  const headings = review.kind === 'rapid' ? reviewHeadings(review.answers) : headingsOf(review)
  return (
    <>
      {review.kind === 'rapid' && (
        <p class="govuk-body">
          <strong>Their decision:</strong> {tellOutcomes(review.outcomes)}
        </p>
      )}
      {(headings.length > 0 || earlier) && (
        <nav aria-label="Contents of the review">
          <ul class="govuk-list">
            {headings.map(({ id, title }) => (
              <li>
                <a class="govuk-link" href={`#${id}`}>
                  {title}
                </a>
              </li>
            ))}
            {earlier}
          </ul>
        </nav>
      )}
    </>
  )
}

type SentLocal = Extract<SentReview, { kind: 'local' }>

function headingsOf({ reports: [last] }: SentLocal): { id: string; title: string }[] {
  return last ? reportHeadings(last) : []
}

function SentLocalReview({ review, sendings, reports: [last, ...before] }: SentLocal) {
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
          {sending.version !== undefined && (
            <p class="govuk-body">
              <a class="govuk-link" href={`/incidents/${review.incidentId}/local-review/sent-ahead/${sending.id}`}>
                Read the report
              </a>
            </p>
          )}
          {sending.note && <Paragraphs text={sending.note} />}
        </section>
      ))}
      {last && (
        <section class="govuk-!-margin-bottom-6" aria-labelledby="report">
          <h3 class="govuk-heading-m" id="report">
            The report, version {last.version}
          </h3>
          <ReportText {...last} />
        </section>
      )}
      {before.map(version => (
        <Details summaryText={`Version ${version.version}, sent before`}>
          <ReportText {...version} />
        </Details>
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
