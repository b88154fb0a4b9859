import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../platform/acting.ts'
import { stepAt, stepPath, type Lookups, type Problem } from '../../platform/questionnaire/index.ts'
import { Button, ErrorSummary, FormToken } from '../../platform/web/index.ts'
import type { Body } from '../../reference-data/index.ts'
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult, needsRapidReview } from '../criteria.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'
import { NotificationSummary } from '../summary.tsx'
import { StopHere } from './stop-here.tsx'

export interface CheckPageProps {
  request: FastifyRequest
  acting: Acting
  draft: Draft
  lookups: Lookups
  partnership: Body | undefined
  problems: readonly Problem[]
  /** The person has just tried to send. */
  sending: boolean
  /** Why sending was refused, beside the problems. */
  refusal?: string | undefined
}

/** Everything as it will be sent, and what is still needed. */
export function CheckPage(props: CheckPageProps) {
  const { request, acting, draft, lookups, partnership, problems, sending, refusal } = props
  const result = criteriaResult(draft.answers)
  const href = (path: string, field: string) => `/notifications/${draft.incidentId}/page/${path}?from=check#${field}`
  const unread = Object.keys(draft.typed)
  const ready = problems.length === 0 && unread.length === 0
  const listed = [
    ...(refusal ? [{ text: refusal, href: '#main-content' }] : []),
    ...problems.map(problem => ({ text: problem.text, href: href(stepPath(problem.step), problem.field) })),
    ...unread.map(path => ({
      text: `Put right what you typed on “${stepAt(notificationForm, draft.answers, path)?.page.title ?? path}”`,
      href: href(path, 'main-content'),
    })),
  ]
  return (
    <>
      {sending && listed.length > 0 && <ErrorSummary titleText="There is a problem" errorList={listed} />}
      <span class="govuk-caption-l">{draft.reference}</span>
      <h1 class="govuk-heading-l">Check your answers</h1>
      <CriteriaAdvice result={result} />
      {result.outcome === 'not-national' && may(acting, 'write', 'notification-draft') && (
        <StopHere incidentId={draft.incidentId} partnership={partnership} />
      )}
      {!ready && !sending && (
        <section aria-labelledby="still-needed">
          <h2 class="govuk-heading-m" id="still-needed">
            Still needed before you can send
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {listed.map(item => (
              <li>
                <a class="govuk-link" href={item.href}>
                  {item.text}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <NotificationSummary
        answers={draft.answers}
        lookups={lookups}
        changeHref={(step, row) => href(stepPath(step), row.field)}
      />
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
