import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../platform/acting.ts'
import { CheckAnswers, type Lookups, type OpenProblem } from '../../platform/questionnaire/index.ts'
import { Button, FormToken } from '../../platform/web/index.ts'
import type { Body } from '../../reference-data/index.ts'
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult, needsRapidReview } from '../criteria.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'
import { StopHere } from './stop-here.tsx'

export interface CheckPageProps {
  request: FastifyRequest
  acting: Acting
  draft: Draft
  lookups: Lookups
  partnership: Body | undefined
  problems: readonly OpenProblem[]
  /** The person has just tried to send. */
  sending: boolean
  /** Why sending was refused, beside the problems. */
  refusal?: string | undefined
}

/** Everything as it will be sent, and what is still needed. */
export function CheckPage(props: CheckPageProps) {
  const { request, acting, draft, lookups, partnership, problems, sending, refusal } = props
  const result = criteriaResult(draft.answers)
  return (
    <>
      <CheckAnswers
        questionnaire={notificationForm}
        answers={draft.answers}
        lookups={lookups}
        pageHref={path => `/notifications/${draft.incidentId}/page/${path}?from=check`}
        caption={draft.reference}
        stillNeeded="Still needed before you can send"
        problems={problems}
        refused={sending}
        refusal={refusal}
      >
        <CriteriaAdvice result={result} />
        {result.outcome === 'not-national' && may(acting, 'write', 'notification-draft') && (
          <StopHere incidentId={draft.incidentId} partnership={partnership} />
        )}
      </CheckAnswers>
      {may(acting, 'send', 'notification-draft') && (
        <>
          <h2 class="govuk-heading-m">Send to the Panel</h2>
          <p class="govuk-body">
            By sending, you confirm that what you say here is right as far as you know today. The Panel, your
            partnership, the Department for Education and Ofsted will see it. It cannot be changed afterwards
            {needsRapidReview(draft.answers)
              ? '; later facts go into the rapid review.'
              : '. If you learn more later, ring the Panel’s secretariat.'}
          </p>
          <form method="post" action={`/notifications/${draft.incidentId}/send`}>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="revision" value={draft.revision} />
            <Button text="Send the notification" preventDoubleClick />
          </form>
        </>
      )}
    </>
  )
}
