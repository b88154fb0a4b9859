import { IdentifyingCheckLink, type CheckedWords } from '../../../documents/index.ts'
import { may } from '../../../platform/acting.ts'
import { formatDate, formatMoment } from '../../../platform/dates.ts'
import { SummaryList } from '../../../platform/web/index.ts'
import type { DraftVersion } from '../../drafting/draft.ts'
import { ParagraphWords } from '../../drafting/views/version-page.tsx'
import type { LocalReview } from '../local-review.ts'
import { Add, card, Heading, Lines, row, type PageProps } from '../views/parts.tsx'
import { pathOf } from '../path.ts'
import { sentThings, sentTo } from './sending.ts'
import type { Sending } from './store.ts'

/** What the Panel, the Department and Ofsted read before publication. */
export function SentReportPage({
  review,
  sending,
  version,
}: {
  review: LocalReview
  sending: Sending
  version: DraftVersion
}) {
  return (
    <>
      <Heading review={review}>The report as it was sent ahead</Heading>
      <p class="govuk-body">
        Version {version.version}, sent on {formatDate(sending.sentOn)} to{' '}
        {sending.sentTo.map(whom => sentTo[whom]).join(', ')}. It is not public.
      </p>
      {version.paragraphs.map(paragraph => (
        <ParagraphWords paragraph={paragraph} />
      ))}
    </>
  )
}

export function SentAheadPage({
  acting,
  review,
  sendings,
  recognised,
}: PageProps & { sendings: readonly Sending[]; recognised: readonly CheckedWords[] | undefined }) {
  return (
    <>
      <Heading review={review}>Sent ahead of publication</Heading>
      <p class="govuk-body">
        {review.partnershipName} sends the review to the Panel and the Secretary of State at least seven working days
        before it is published, and to Ofsted.
      </p>
      {sendings.length === 0 && <p class="govuk-body">Nothing was sent yet.</p>}
      {sendings.map(sending => (
        <SummaryList
          card={card(formatDate(sending.sentOn), [])}
          rows={[
            row('What', sentThings[sending.what]),
            row('To', sending.sentTo.map(whom => sentTo[whom]).join(', ')),
            row(
              'Report',
              sending.version ? (
                <a class="govuk-link" href={`${pathOf(review.incidentId)}/sent-ahead/${sending.id}`}>
                  Read version {sending.version}
                </a>
              ) : (
                'No signed report was here: they had it by other means'
              ),
            ),
            row('Note', sending.note && <Lines text={sending.note} />),
            row(
              'Recorded',
              `${formatMoment(sending.recordedAt)}${sending.recordedBy ? ` by ${sending.recordedBy}` : ''}`,
            ),
          ]}
        />
      ))}
      {recognised && (
        <IdentifyingCheckLink href={`${pathOf(review.incidentId)}/sent-ahead/recognised`} found={recognised} />
      )}
      <Add {...{ acting, review }} right="lead" at="/sent-ahead/new">
        Send ahead
      </Add>
      {sendings.length > 0 && !review.outcome && may(acting, 'write', 'publication') && (
        <p class="govuk-body">
          <strong>Next:</strong>{' '}
          <a class="govuk-link" href={`/incidents/${review.incidentId}/publication`}>
            Prepare and plan the publication
          </a>
        </p>
      )}
    </>
  )
}
