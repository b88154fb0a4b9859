import { formatMoment } from '../../platform/dates.ts'
import type { Lookups } from '../../platform/questionnaire/index.ts'
import type { Incident, SentNotification } from '../store.ts'
import { NotificationSummary } from '../summary.tsx'

export interface SentNotificationPageProps {
  incident: Incident
  sent: SentNotification
  lookups: Lookups
}

export function SentNotificationPage({ incident, sent, lookups }: SentNotificationPageProps) {
  return (
    <>
      <span class="govuk-caption-l">{incident.reference}</span>
      <h1 class="govuk-heading-l">The notification as it was sent</h1>
      <p class="govuk-body">
        Sent {formatMoment(sent.sentAt)} by {incident.authorityName}.{' '}
        {sent.nationalReference && `Sent before through the national service as ${sent.nationalReference}.`}
      </p>
      <NotificationSummary answers={sent.answers} lookups={lookups} />
    </>
  )
}
