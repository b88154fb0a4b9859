import type { FastifyRequest } from 'fastify'
import type { CivilDate } from '../../../platform/dates.ts'
import { Button, FormToken, InsetText } from '../../../platform/web/index.ts'
import { chaserWords, type Action } from '../action.ts'
import { Freshness } from './parts.tsx'

/** What asks for missing updates, drafted by the rule; a person sends each, or all of them. */
export function AskingPage({
  request,
  actions,
  today,
}: {
  request: FastifyRequest
  actions: readonly Action[]
  today: CivilDate
}) {
  const toAsk = actions.filter(action => action.askedOn !== today)
  return (
    <>
      <h1 class="govuk-heading-l">Ask for updates that are missing</h1>
      {actions.length === 0 && <InsetText>No update is missing.</InsetText>}
      {toAsk.length > 1 && (
        <form method="post" action="/actions/asking">
          <FormToken visitor={request.visitor} />
          {toAsk.map(action => (
            <input type="hidden" name="actionId" value={action.actionId} />
          ))}
          <Button text={`Send all ${toAsk.length}`} preventDoubleClick />
        </form>
      )}
      {actions.map(action => (
        <section>
          <h2 class="govuk-heading-m">
            <a class="govuk-link" href={`/actions/${action.actionId}`}>
              Action {action.number}
            </a>{' '}
            to {action.leadName}
          </h2>
          <p class="govuk-body">{action.text}</p>
          <p class="govuk-body">
            <Freshness action={action} today={today} />
          </p>
          {action.askedOn === today ? (
            <p class="govuk-body">Asked for today.</p>
          ) : (
            <>
              <InsetText>
                <p class="govuk-body wv-answer">{chaserWords(action)}</p>
                <p class="govuk-body-s">With a link that opens this action alone, for three weeks.</p>
              </InsetText>
              <form method="post" action="/actions/asking">
                <FormToken visitor={request.visitor} />
                <input type="hidden" name="actionId" value={action.actionId} />
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  Send<span class="govuk-visually-hidden"> for action {action.number}</span>
                </Button>
              </form>
            </>
          )}
        </section>
      ))}
    </>
  )
}
