import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { may, type Acting } from '../../platform/acting.ts'
import { formatDate, formatMoment } from '../../platform/dates.ts'
import { itemsOf, PageList, repeatsOf, type CheckContext } from '../../platform/questionnaire/index.ts'
import { Button, FormToken } from '../../platform/web/index.ts'
import { TimeLeft, type Body } from '../../reference-data/index.ts'
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult } from '../criteria.ts'
import { notificationDueOn } from '../due-day.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'
import { StopHere } from './stop-here.tsx'

/** All pages of a draft, how far each is, and when the notification is due. */
export function DraftPage({
  request,
  acting,
  draft,
  context,
  partnership,
}: {
  request: FastifyRequest
  acting: Acting
  draft: Draft
  context: CheckContext
  partnership: Body | undefined
}) {
  const result = draft.answers.nature === undefined ? undefined : criteriaResult(draft.answers)
  const writes = may(acting, 'write', 'notification-draft')
  const children = itemsOf(draft.answers, repeatsOf(notificationForm, 'children'))
  const below: Record<string, ComponentChildren> = {
    'Must this be notified?': result && (
      <>
        <CriteriaAdvice result={result} />
        {result.outcome === 'not-national' && writes && (
          <StopHere incidentId={draft.incidentId} partnership={partnership} />
        )}
      </>
    ),
    Children: writes && (
      <>
        <form method="post" action={`/notifications/${draft.incidentId}/children`}>
          <FormToken visitor={request.visitor} />
          {children.length < 4 && <Button text="Add another child" classes="govuk-button--secondary" />}
        </form>
        {children.length > 1 && (
          <form method="post" action={`/notifications/${draft.incidentId}/children/remove`}>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="revision" value={draft.revision} />
            <input type="hidden" name="children" value={children.length} />
            <Button text={`Take child ${children.length} off this notification`} classes="govuk-button--secondary" />
          </form>
        )}
      </>
    ),
  }
  return (
    <>
      <span class="govuk-caption-l">{draft.reference}</span>
      <h1 class="govuk-heading-l">Your notification</h1>
      <DueLine draft={draft} today={context.today} />
      <PageList
        questionnaire={notificationForm}
        draft={draft}
        context={context}
        pageHref={writes ? path => `/notifications/${draft.incidentId}/page/${path}` : undefined}
        below={section => below[section]}
      >
        Last saved {formatMoment(draft.savedAt)}. Nobody outside {acting.bodyName} can see it before it is sent.
      </PageList>
      <h2 class="govuk-heading-m">Check and send</h2>
      <p class="govuk-body">You can look at everything, and at what is still needed, before you send.</p>
      <Button text="Check your answers" href={`/notifications/${draft.incidentId}/check`} />
      {writes && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/notifications/${draft.incidentId}/discard`}>
            Discard this draft
          </a>
        </p>
      )}
    </>
  )
}

function DueLine({ draft, today }: { draft: Draft; today: CheckContext['today'] }) {
  const due = notificationDueOn(draft.answers.awareOn, today)
  return due ? (
    <p class="govuk-body">
      Due on {formatDate(due)} <TimeLeft dueOn={due} today={today} />
    </p>
  ) : null
}
