import { formatMoment } from '../../platform/dates.ts'
import { KeptText, type Posted } from '../../platform/web/index.ts'
import { discardReasons, type DiscardReason } from '../discard-draft.ts'
import type { Ended } from '../store.ts'

/** Stands where a draft was that is none any more. */
export function EndedPage({ incidentId, ended, posted }: { incidentId: string; ended: Ended; posted: Posted }) {
  const { status, reference, at } = ended
  return (
    <>
      <span class="govuk-caption-l">{reference}</span>
      {status === 'sent' ? (
        <>
          <h1 class="govuk-heading-l">This notification was sent</h1>
          <p class="govuk-body">It was sent on {formatMoment(at)} and cannot change. Nothing was saved now.</p>
          <p class="govuk-body">
            <a class="govuk-link" href={`/incidents/${incidentId}/notification`}>
              Read what was sent
            </a>
          </p>
        </>
      ) : (
        <>
          <h1 class="govuk-heading-l">This draft was discarded</h1>
          <p class="govuk-body">
            It was discarded on {formatMoment(at)}: {discardReasons[ended.reason as DiscardReason]}.
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href="/notifications/start">
              Start a new notification
            </a>
          </p>
        </>
      )}
      <KeptText posted={posted} />
    </>
  )
}
