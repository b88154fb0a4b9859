import { formatMoment } from '../../platform/dates.ts'
import type { SentNotification } from '../store.ts'

/** Whether a notification went through the national service, and the way to say so for whoever may. */
export function NationalSending({
  incidentId,
  sent: { nationalSentAt, nationalReference },
  maySay,
}: {
  incidentId: string
  sent: SentNotification
  maySay: boolean
}) {
  if (nationalSentAt) {
    return (
      <p class="govuk-body">
        Sent through the national service on {formatMoment(nationalSentAt)}
        {nationalReference ? ` as ${nationalReference}` : ', its reference is not known'}.
      </p>
    )
  }
  return (
    <p class="govuk-body">
      Not known to be sent through the national service.
      {maySay && (
        <>
          {' '}
          <a class="govuk-link" href={`/notifications/${incidentId}/national-form`}>
            Copy it in that form’s order
          </a>
          , and{' '}
          <a class="govuk-link" href={`/notifications/${incidentId}/national-service`}>
            say when it is sent there
          </a>
          .
        </>
      )}
    </p>
  )
}
