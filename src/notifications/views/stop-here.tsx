import { Button, InsetText } from '../../platform/web/index.ts'
import type { Body } from '../../reference-data/index.ts'

/** Beside the advice that nothing national asks for this notification: what to do instead, and the way on. */
export function StopHere({ incidentId, partnership }: { incidentId: string; partnership: Body | undefined }) {
  return (
    <InsetText>
      <h2 class="govuk-heading-m">You can stop here</h2>
      <p class="govuk-body">
        You may still learn from it locally, by your partnership’s own route.{' '}
        {partnership ? (
          <>
            Ask the business unit of {partnership.name}: {partnership.phone ?? 'no number is known'}
            {partnership.email && `, ${partnership.email}`}.
          </>
        ) : (
          'Ask your partnership’s business manager.'
        )}
      </p>
      <p class="govuk-body">
        If the safeguarding partners decided to notify all the same, go on. You are asked for the reason.
      </p>
      <Button
        text="Discard this draft"
        href={`/notifications/${incidentId}/discard`}
        classes="govuk-button--secondary"
      />
    </InsetText>
  )
}
