import { formatMoment } from '../../platform/dates.ts'
import type { Lookups } from '../../platform/questionnaire/index.ts'
import type { Incident, SentNotification } from '../store.ts'
import { NotificationSummary } from '../summary.tsx'
import { NationalSending } from './national-sending.tsx'

export interface SentNotificationPageProps {
  incident: Incident
  sent: SentNotification
  lookups: Lookups
  /** May note that it went through the national service. */
  maySay: boolean
}

export function SentNotificationPage({ incident, sent, lookups, maySay }: SentNotificationPageProps) {
  return (
    <>
      <span class="govuk-caption-l">{incident.reference}</span>
      <h1 class="govuk-heading-l">The notification as it was sent</h1>
      <p class="govuk-body">
        Sent {formatMoment(sent.sentAt)} by {incident.authorityName}.
      </p>
      <NationalSending incidentId={incident.incidentId} sent={sent} maySay={maySay} />
      <NotificationSummary answers={sent.answers} lookups={lookups} />
    </>
  )
}
