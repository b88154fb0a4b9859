import { formatDate, type CivilDate } from '../../platform/dates.ts'
import { Panel, WarningText } from '../../platform/web/index.ts'
import type { Incident, SentNotification } from '../store.ts'

/** What was sent, and what happens next. */
export function SentPage({
  incident,
  sent,
  reviewDue,
}: {
  incident: Incident
  sent: SentNotification
  reviewDue: { on: CivilDate; workingDays: number } | undefined
}) {
  const isNationalToo = sent.answers.sentNationally === 'no'
  return (
    <>
      <Panel titleText="Notification sent">
        Your reference
        <br />
        <strong>{incident.reference}</strong>
      </Panel>
      {isNationalToo && (
        <WarningText>
          You must also send it through the national notification service.{' '}
          <a class="govuk-link" href={`/notifications/${incident.incidentId}/national-form`}>
            Copy your answers in that form’s order
          </a>
          , so that nothing is typed twice.
        </WarningText>
      )}
      <h2 class="govuk-heading-m">What happens next</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>The Panel and {incident.partnershipName} can see it now. They get a mail with the reference only.</li>
        {sent.reviewNeeded ? (
          <li>
            A rapid review is open. The partnership’s business manager leads it.
            {reviewDue &&
              ` It is due on ${formatDate(reviewDue.on)}, ${reviewDue.workingDays} working days after the notification was sent.`}
          </li>
        ) : (
          <li>No rapid review is needed for this notification.</li>
        )}
        <li>{!isNationalToo && 'You do not have to do anything now. '}You can read what you sent at any time.</li>
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={`/incidents/${incident.incidentId}`}>
          Go to the incident
        </a>
      </p>
    </>
  )
}
