import { formatDate, londonDate } from '../../platform/dates.ts'
import { Panel, WarningText } from '../../platform/web/index.ts'
import { deadline } from '../../reference-data/index.ts'
import type { Incident, SentNotification } from '../store.ts'

/** What was sent, and what happens next. */
export function SentPage({
  incident,
  notifiedAt,
  sent,
}: {
  incident: Incident
  notifiedAt: Date
  sent: SentNotification
}) {
  const isNationalToo = !sent.nationalSentAt
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
          , so that nothing is typed twice. Then{' '}
          <a class="govuk-link" href={`/notifications/${incident.incidentId}/national-service`}>
            say that it is sent there
          </a>
          . Until you do, your home page reminds you.
        </WarningText>
      )}
      <h2 class="govuk-heading-m">What happens next</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>The Panel and {incident.partnershipName} can see it now. They get a mail with the reference only.</li>
        <li>{sent.reviewNeeded ? tellReview(notifiedAt) : 'No rapid review is needed for this notification.'}</li>
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

function tellReview(notifiedAt: Date): string {
  const { rule, dueOn } = deadline('rapid-review', londonDate(notifiedAt))
  return `A rapid review is open. The partnership’s business manager leads it. It is due on ${formatDate(dueOn)}, ${rule.count} working days after the notification was sent.`
}
