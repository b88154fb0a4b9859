import type { FastifyRequest } from 'fastify'
import type { CivilDate } from '../../../platform/dates.ts'
import { formatMoment } from '../../../platform/dates.ts'
import { PageList } from '../../../platform/questionnaire/index.ts'
import { Button, Details, InsetText } from '../../../platform/web/index.ts'
import type { Document } from '../../../documents/index.ts'
import { rapidReviewForm } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'
import type { Member } from '../../group/members.ts'
import type { contactsFor } from '../store.ts'
import type { lastSentBack } from '../waiting.ts'
import { DueLine } from './due-line.tsx'
import { NotificationLink } from './notification-link.tsx'

export interface DraftPageProps {
  request: FastifyRequest
  review: RapidReview
  /** What the incident is recognised by, without a name. */
  about: string | undefined
  today: CivilDate
  group: readonly Member[]
  files: readonly Document[]
  contacts: Awaited<ReturnType<typeof contactsFor>>
  sentBack: Awaited<ReturnType<typeof lastSentBack>>
}

export function DraftPage({ request, review, about, today, group, files, contacts, sentBack }: DraftPageProps) {
  const path = `/incidents/${review.incidentId}/rapid-review`
  return (
    <>
      <span class="govuk-caption-l">{review.reference}</span>
      <h1 class="govuk-heading-l">Rapid review</h1>
      {about && <p class="govuk-body-l">{about}</p>}
      <DueLine dueOn={review.dueOn} today={today} />
      <NotificationLink request={request} incidentId={review.incidentId} />
      {sentBack && (
        <InsetText>
          <h2 class="govuk-heading-s">
            {sentBack.by} sent this review back on {formatMoment(sentBack.at)}
          </h2>
          {sentBack.reason.split('\n').map(line => (
            <p class="govuk-body">{line}</p>
          ))}
          <p class="govuk-body govuk-!-margin-bottom-0">
            Change the text and ask for signatures again. Whoever sent it back signs again, and where the text changes
            each partner does.
          </p>
        </InsetText>
      )}
      <h2 class="govuk-heading-m">Before you start</h2>
      <Details summaryText="What to have to hand">
        <ul class="govuk-list govuk-list--bullet">
          <li>the notification, and what has become known since</li>
          <li>what each agency wrote about its time with the child and the family</li>
          <li>who took part in the rapid review meeting, and when it was</li>
          <li>what earlier reviews in your area found</li>
          <li>the actions agreed, each with an owner and a date</li>
        </ul>
      </Details>
      <Details summaryText="How long it takes">
        <p class="govuk-body">
          Two to three hours to write from agreed notes, or about half an hour to place the paragraphs of a finished
          report. Every page is saved by itself: stop and come back when you like. Several people can write different
          pages at the same time.
        </p>
      </Details>
      <Details summaryText="Who to ring">
        <ul class="govuk-list">
          {contacts.map(({ name, phone, email }) => (
            <li>
              {name}: {[phone, email].filter(Boolean).join(', ') || 'no number is known here'}
            </li>
          ))}
        </ul>
      </Details>
      <h2 class="govuk-heading-m">Files</h2>
      <p class="govuk-body">
        {files.length === 0 ? 'No file yet.' : `${files.length} ${files.length === 1 ? 'file' : 'files'}.`} Is the
        review written in Word already? Upload it and say which parts belong into which section.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/files`}>
          Upload a file, or place its paragraphs
        </a>
      </p>
      <PageList
        questionnaire={rapidReviewForm}
        draft={review}
        context={{ today }}
        pageHref={page => `${path}/write/${page}`}
        waiting={page =>
          review.unreadSections.some(section => section === page)
            ? { hint: 'Text of a file was placed here', tag: 'Not read yet' }
            : undefined
        }
      >
        Before it is signed, only the people in the group below and the partnership’s business managers can see it.
      </PageList>
      <h2 class="govuk-heading-m">Check and ask for signatures</h2>
      <p class="govuk-body">
        The local authority, the ICB and the police each sign once. Then the business manager sends the review to the
        Panel.
      </p>
      <Button text="Check your answers" href={`${path}/check`} />
      <h2 class="govuk-heading-m">People in the group</h2>
      {group.length === 0 && (
        <p class="govuk-body">Nobody is in the group. The partnership’s business managers can work on the review.</p>
      )}
      <ul class="govuk-list govuk-list--bullet">
        {group.map(member => (
          <li>
            {member.name}
            {member.appointments.length > 0 ? ` (${member.appointments.join('; ')})` : ' (no appointment here today)'}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/group`}>
          Change who is in the group
        </a>
      </p>
    </>
  )
}
