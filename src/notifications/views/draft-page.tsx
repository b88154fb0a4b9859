import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../platform/acting.ts'
import { formatDate, formatMoment } from '../../platform/dates.ts'
import { itemsOf, repeatsOf, stepPath, taskList, type CheckContext } from '../../platform/questionnaire/index.ts'
import { Button, FormToken, TaskList } from '../../platform/web/index.ts'
import { TimeLeft, type Body } from '../../reference-data/index.ts'
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult } from '../criteria.ts'
import { notificationDueOn } from '../due-day.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'
import { StopHere } from './stop-here.tsx'

const stateTags = {
  complete: { text: 'Done' },
  'in-progress': { tag: { text: 'In progress', classes: 'govuk-tag--light-blue' } },
  'not-started': { tag: { text: 'Not started', classes: 'govuk-tag--grey' } },
  'cannot-start-yet': { text: 'Cannot start yet', classes: 'govuk-task-list__status--cannot-start-yet' },
} as const

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
  const tasks = taskList(notificationForm, draft.answers, context)
  const sections = [...new Set(tasks.map(task => task.step.page.section))]
  const children = itemsOf(draft.answers, repeatsOf(notificationForm, 'children'))
  const done = tasks.filter(task => task.state === 'complete').length
  return (
    <>
      <span class="govuk-caption-l">{draft.reference}</span>
      <h1 class="govuk-heading-l">Your notification</h1>
      <DueLine draft={draft} today={context.today} />
      <p class="govuk-body">
        {done} of {tasks.length} pages done. Last saved {formatMoment(draft.savedAt)}. Nobody outside {acting.bodyName}{' '}
        can see it before it is sent.
      </p>
      {sections.map(section => (
        <>
          <h2 class="govuk-heading-m">{section}</h2>
          <TaskList
            idPrefix={section.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
            items={tasks
              .filter(task => task.step.page.section === section)
              .map(task => ({
                title: { text: task.caption ? `${task.caption}: ${task.title}` : task.title },
                ...(task.state !== 'cannot-start-yet' &&
                  writes && { href: `/notifications/${draft.incidentId}/page/${stepPath(task.step)}` }),
                status:
                  draft.typed[stepPath(task.step)] !== undefined
                    ? { tag: { text: 'Something to put right', classes: 'govuk-tag--red' } }
                    : stateTags[task.state],
                ...(task.optional && { hint: { text: 'You can leave this out' } }),
              }))}
          />
          {section === 'Must this be notified?' && result && <CriteriaAdvice result={result} />}
          {section === 'Must this be notified?' && result?.outcome === 'not-national' && writes && (
            <StopHere incidentId={draft.incidentId} partnership={partnership} />
          )}
          {section === 'Children' && writes && (
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
                  <Button
                    text={`Take child ${children.length} off this notification`}
                    classes="govuk-button--secondary"
                  />
                </form>
              )}
            </>
          )}
        </>
      ))}
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
