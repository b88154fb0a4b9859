import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, londonDate } from '../../../platform/dates.ts'
import { SummaryList, WhoSees } from '../../../platform/web/index.ts'
import { deadline, type LateReason, lateReasons } from '../../../reference-data/index.ts'
import { readersOf, roles } from '../../../platform/access/index.ts'
import { rapidReviewOutcomes } from '../rapid-review-form.ts'
import { RapidReviewText } from '../rapid-review-text.tsx'
import { partners } from '../../signing/partner.ts'
import type { RapidReview } from '../rapid-review.ts'
import type { SentRapidReview } from '../store.ts'
import { NotificationLink } from './notification-link.tsx'

interface SentPageProps {
  request: FastifyRequest
  review: RapidReview
  sent: SentRapidReview
  /** For whoever waits for the Panel's answer. */
  tellsWhatComes: boolean
  /** For whoever takes people out of it. */
  hasGroup: boolean
}

export function SentPage({ request, review, sent, tellsWhatComes, hasGroup }: SentPageProps) {
  const late = londonDate(sent.sentAt) > review.dueOn
  return (
    <>
      <span class="govuk-caption-l">{review.reference}</span>
      <h1 class="govuk-heading-l">Rapid review</h1>
      <WhoSees>
        {readersOf('rapid-review')
          .map(role => roles[role].label)
          .join(', ')}
      </WhoSees>
      <SummaryList
        rows={[
          { key: { text: 'Safeguarding partnership' }, value: { text: review.partnershipName } },
          { key: { text: 'Local authority' }, value: { text: review.authorityName } },
          {
            key: { text: 'Sent to the Panel' },
            value: {
              children: (
                <>
                  {formatMoment(sent.sentAt)}. It was due on {formatDate(review.dueOn)}.
                  {late && ` Late: ${lateWords(review.lateReason)}`}
                </>
              ),
            },
          },
          {
            key: { text: 'Outcome' },
            value: {
              children: sent.outcomes.map(outcome => <p class="govuk-body">{rapidReviewOutcomes[outcome]}</p>),
            },
          },
          ...sent.signatures.map(signature => ({
            key: { text: `Signed for: ${partners[signature.partner]}` },
            value: { text: `${signature.personName}, ${signature.bodyName}, ${formatMoment(signature.signedAt)}` },
          })),
          {
            key: { text: 'Fingerprint of the text' },
            value: { children: <span class="govuk-body-s">{sent.hash}</span> },
          },
        ]}
      />
      <NotificationLink request={request} incidentId={review.incidentId} />
      {hasGroup && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/incidents/${review.incidentId}/rapid-review/group`}>
            People in the group
          </a>
        </p>
      )}
      {tellsWhatComes && <WhatComes sentAt={sent.sentAt} />}
      <p class="govuk-body">
        This is the review as it was sent. It cannot change. To keep it on paper, print this page.
      </p>
      <RapidReviewText answers={sent.answers} />
    </>
  )
}

function WhatComes({ sentAt }: { sentAt: Date }) {
  return (
    <>
      <h2 class="govuk-heading-m">What happens after it was sent</h2>
      <ol class="govuk-list govuk-list--number">
        <li>The Panel reads the review, and one of its members is given it.</li>
        <li>
          The Panel answers with a letter. It aims to send it by{' '}
          {formatDate(deadline('panel-reply', londonDate(sentAt)).dueOn)}.
        </li>
        <li>The letter stands on the page of the incident. Each of its points says what the partnership is asked.</li>
      </ol>
    </>
  )
}

function lateWords(reason: string | undefined): string {
  return reason && Object.hasOwn(lateReasons, reason) ? `${lateReasons[reason as LateReason]}.` : 'no reason was given.'
}
