import { Panel, WarningText } from '../../platform/web/index.ts'
import type { Incident, SentNotification } from '../store.ts'

/** What was sent, and what happens next. */
export function SentPage({ incident, sent }: { incident: Incident; sent: SentNotification }) {
  return (
    <>
      <Panel titleText="Notification sent">
        Your reference
        <br />
        <strong>{incident.reference}</strong>
      </Panel>
      <h2 class="govuk-heading-m">What happens next</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>The Panel and {incident.partnershipName} can see it now. They get a mail with the reference only.</li>
        {sent.reviewNeeded ? (
          <li>
            A rapid review is open. The partnership’s business manager leads it; it is due 15 working days after the
            notification was sent.
          </li>
        ) : (
          <li>No rapid review is needed for this notification.</li>
        )}
        <li>You do not have to do anything now. You can read what you sent at any time.</li>
      </ul>
      {sent.answers.sentNationally === 'no' && (
        <WarningText>
          Local authorities must also use the national notification service.{' '}
          <a class="govuk-link" href={`/notifications/${incident.incidentId}/national-form`}>
            Copy your answers in that form’s order
          </a>
          , so that nothing is typed twice.
        </WarningText>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`/incidents/${incident.incidentId}`}>
          Go to the incident
        </a>
      </p>
    </>
  )
}
