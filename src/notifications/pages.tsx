import type { FastifyRequest } from 'fastify'
import { readersOf, roles, type Subject } from '../platform/access/index.ts'
import { ensureMay, may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { formatMoment, isCivilDate } from '../platform/dates.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import {
  inNationalFormOrder,
  itemsOf,
  nextStep,
  previousStep,
  problemsToSend,
  QuestionFields,
  repeatsOf,
  stepAt,
  stepPath,
  taskList,
  type Lookups,
  type Problem,
  type Typed,
} from '../platform/questionnaire/index.ts'
import {
  Button,
  CopyValue,
  ErrorSummary,
  FormToken,
  Panel,
  SummaryList,
  TaskList,
  WarningText,
  type Web,
} from '../platform/web/index.ts'
import {
  type Body,
  clock,
  dueOn,
  partnershipOf,
  readBankHolidays,
  readClockRules,
  readLookups,
  TimeLeft,
} from '../reference-data/index.ts'
import { CriteriaAdvice } from './criteria-result.tsx'
import { criteriaResult } from './criteria.ts'
import { notificationForm } from './notification-form.ts'
import { addChild, noSuchPage, openDraft, removeChild, savePage } from './save-draft.ts'
import { sendNotification } from './send-notification.ts'
import { startNotification } from './start-notification.ts'
import { readDraft, readIncident, sentNotification, type Draft } from './store.ts'
import { NotificationSummary } from './summary.tsx'

type DraftRoute = { Params: { id: string } }
type PageRoute = { Params: { id: string; '*': string }; Body: Record<string, unknown> }

export function registerNotificationPages(web: Web): void {
  const { app } = web

  app.get('/notifications/start', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'notification-draft')
    const partnership = await acting.transaction(tx => partnershipOf(tx, acting.bodyCode, contextOf(tx).today))
    return web.page(request, reply, {
      title: 'Tell the Panel about a serious incident',
      back: { href: '/' },
      children: <StartPage request={request} acting={acting} partnership={partnership} />,
    })
  })

  app.post('/notifications', async (request, reply) => {
    const draft = await startNotification(web.acting(request))
    return web.redirect(reply, `/notifications/${draft.incidentId}/page/${notificationForm.pages[0]!.id}`)
  })

  app.get<DraftRoute>('/notifications/:id', async (request, reply) => {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const draft = await readDraft(tx, request.params.id)
      return draft && { draft: await openDraft(tx, draft.incidentId), context: await checkContext(tx) }
    })
    if (!shown) return web.redirect(reply, `/incidents/${request.params.id}`)
    return web.page(request, reply, {
      title: 'Your notification',
      back: { href: '/', text: 'Home' },
      children: <DraftPage request={request} acting={acting} draft={shown.draft} context={shown.context} />,
    })
  })

  app.get<PageRoute>('/notifications/:id/page/*', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'notification-draft')
    const { draft, context } = await acting.transaction(async tx => ({
      draft: await openDraft(tx, request.params.id),
      context: await checkContext(tx),
    }))
    return showStep({ web, request, reply, draft, lookups: context.lookups, path: request.params['*'] })
  })

  app.post<PageRoute>('/notifications/:id/page/*', async (request, reply) => {
    const { id, '*': path } = request.params
    const acting = web.acting(request)
    const saved = await savePage(acting, id, path, {
      body: request.body,
      seenRevision: Number(request.body['revision'] ?? 0),
    })
    if (request.body['then'] === 'list')
      return web.redirect(reply, `/notifications/${id}`, 'Saved. You can come back to it at any time.')
    if (saved.errors.length > 0) {
      const lookups = await acting.transaction(readLookups)
      return showStep({
        web,
        request,
        reply,
        draft: saved.draft,
        lookups,
        path,
        errors: saved.errors,
        typed: saved.typed,
      })
    }
    const next = nextStep(notificationForm, saved.draft.answers, saved.step)
    return web.redirect(reply, next ? `/notifications/${id}/page/${stepPath(next)}` : `/notifications/${id}/check`)
  })

  app.post<DraftRoute>('/notifications/:id/children', async (request, reply) => {
    await addChild(web.acting(request), request.params.id)
    return web.redirect(
      reply,
      `/notifications/${request.params.id}`,
      'A child was added. Fill in the pages about that child.',
    )
  })

  app.post<{ Params: { id: string; position: string } }>(
    '/notifications/:id/children/:position/remove',
    async (request, reply) => {
      await removeChild(web.acting(request), request.params.id, Number(request.params.position) - 1)
      return web.redirect(reply, `/notifications/${request.params.id}`, 'The child was taken off the notification.')
    },
  )

  app.get<DraftRoute>('/notifications/:id/check', async (request, reply) => {
    const acting = web.acting(request)
    const { draft, context } = await acting.transaction(async tx => ({
      draft: await openDraft(tx, request.params.id),
      context: await checkContext(tx),
    }))
    const problems = problemsToSend(notificationForm, draft.answers, context)
    return web.page(request, reply, {
      title: 'Check your answers',
      back: { href: `/notifications/${draft.incidentId}`, text: 'All pages' },
      children: (
        <CheckPage
          request={request}
          acting={acting}
          draft={draft}
          lookups={context.lookups}
          problems={problems}
          sending={false}
        />
      ),
    })
  })

  app.post<DraftRoute>('/notifications/:id/send', async (request, reply) => {
    const acting = web.acting(request)
    try {
      await sendNotification(acting, request.params.id)
    } catch (error) {
      if (!(error instanceof ServiceError && error.kind === 'invalid')) throw error
      const { draft, context } = await acting.transaction(async tx => ({
        draft: await openDraft(tx, request.params.id),
        context: await checkContext(tx),
      }))
      const problems = problemsToSend(notificationForm, draft.answers, context)
      return web.page(request, reply, {
        status: 400,
        title: 'Error: Check your answers',
        back: { href: `/notifications/${draft.incidentId}`, text: 'All pages' },
        children: (
          <CheckPage
            request={request}
            acting={acting}
            draft={draft}
            lookups={context.lookups}
            problems={problems}
            sending
          />
        ),
      })
    }
    return web.redirect(reply, `/notifications/${request.params.id}/sent`)
  })

  app.get<DraftRoute>('/notifications/:id/sent', async (request, reply) => {
    const acting = web.acting(request)
    const { incident, sent } = await acting.transaction(async tx => ({
      incident: await readIncident(tx, request.params.id),
      sent: await sentNotification(tx, request.params.id),
    }))
    if (!incident?.notifiedAt || !sent)
      throw new ServiceError('not-found', 'There is no such notification, or you may not see it.')
    const review = criteriaResult(sent.answers).outcome !== 'notify-without-rapid-review'
    return web.page(request, reply, {
      title: 'Notification sent',
      children: (
        <>
          <Panel titleText="Notification sent">
            Your reference
            <br />
            <strong>{incident.reference}</strong>
          </Panel>
          <h2 class="govuk-heading-m">What happens next</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>The Panel and {incident.partnershipName} can see it now. They get a mail with the reference only.</li>
            {review ? (
              <li>
                A rapid review is open. The partnership’s business manager leads it; it is due 15 working days after the
                notification was sent.
              </li>
            ) : (
              <li>No rapid review is needed for this notification.</li>
            )}
            <li>You do not have to do anything now. You can read what you sent at any time.</li>
          </ul>
          {sent.answers.sentNationally === 'no' && (
            <WarningText>
              Local authorities must also use the national notification service.{' '}
              <a class="govuk-link" href={`/notifications/${incident.incidentId}/national-form`}>
                Copy your answers in that form’s order
              </a>
              , so that nothing is typed twice.
            </WarningText>
          )}
          <p class="govuk-body">
            <a class="govuk-link" href={`/incidents/${incident.incidentId}`}>
              Go to the incident
            </a>
          </p>
        </>
      ),
    })
  })

  app.get<DraftRoute>('/notifications/:id/national-form', async (request, reply) => {
    const acting = web.acting(request)
    const { answers, lookups } = await acting.transaction(async tx => {
      const answers =
        (await readDraft(tx, request.params.id))?.answers ?? (await sentNotification(tx, request.params.id))?.answers
      if (!answers) throw new ServiceError('not-found', 'There is no such notification, or you may not see it.')
      await noteRead(tx, {
        subject: 'notification',
        purpose: 'copy into the national form',
        incidentIds: [request.params.id],
      })
      return { answers, lookups: await readLookups(tx) }
    })
    return web.page(request, reply, {
      title: 'Your answers in the order of the national form',
      back: { href: `/notifications/${request.params.id}` },
      children: (
        <>
          <h1 class="govuk-heading-l">Your answers in the order of the national form</h1>
          <p class="govuk-body">
            Open the national notification service in another window. Copy each answer into the field of the same name.
            The order is our reading of that form; if a field has moved, its name still tells you.
          </p>
          <SummaryList
            rows={inNationalFormOrder(notificationForm, answers, lookups).map(row => ({
              key: { text: row.caption ? `${row.caption}: ${row.label}` : row.label },
              value: {
                children: (
                  <CopyValue
                    label={row.caption ? `${row.caption}: ${row.label}` : row.label}
                    value={row.lines.join('\n') || 'No answer'}
                  />
                ),
              },
            }))}
          />
        </>
      ),
    })
  })
}

/** The pages that follow on the answers which decide whether an incident must be notified. */
const adviceStandsOn = new Set(['when', 'reason-to-send'])

/** Names of the roles that may see a subject: stands beside each section. */
function whoSees(subject: string): string[] {
  return readersOf(subject as Subject).map(role => roles[role].label)
}

async function checkContext(tx: Tx) {
  return { today: contextOf(tx).today, lookups: await readLookups(tx) }
}

interface StartPageProps {
  request: FastifyRequest
  acting: Acting
  partnership: Body | undefined
}

function StartPage({ request, acting, partnership }: StartPageProps) {
  return (
    <>
      <h1 class="govuk-heading-l">Tell the Panel about a serious incident</h1>
      <p class="govuk-body-l">
        Use this when a child has died or was seriously harmed and abuse or neglect is known or suspected. It also takes
        the death of a looked-after child or of a care leaver.
      </p>
      <h2 class="govuk-heading-m">How long it takes</h2>
      <p class="govuk-body">
        About 30 minutes for one child. Every page is saved when you go on. You can stop at any time and come back, and
        a colleague who notifies for {acting.bodyName} can carry on.
      </p>
      <h2 class="govuk-heading-m">What to have to hand</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>when and where it happened, and when your authority became aware</li>
        <li>
          what you know of each child: name, date of birth, ethnicity, disability, whether looked after or on a plan
        </li>
        <li>the family, and who is suspected, if anyone</li>
        <li>what police, court, coroner and health are doing</li>
        <li>which safeguarding partners agreed to notify</li>
      </ul>
      <p class="govuk-body">
        You may not know all of it within five working days. “Not known” and “not yet asked” are good answers.
      </p>
      <h2 class="govuk-heading-m">When it is due</h2>
      <p class="govuk-body">
        Within 5 working days of your authority becoming aware. If it is late, send it all the same.
      </p>
      <h2 class="govuk-heading-m">Used the national service already?</h2>
      <p class="govuk-body">
        Say so on the first page, with its reference. The clock then runs from when you sent it there. If not, we show
        your answers in the national form’s order to copy.
      </p>
      <form method="post" action="/notifications">
        <FormToken visitor={request.visitor} />
        <Button text="Start now" isStartButton preventDoubleClick />
      </form>
      <h2 class="govuk-heading-m">Who to ring if you are not sure</h2>
      <p class="govuk-body">
        {partnership ? (
          <>
            {partnership.name}, business unit: {partnership.phone ?? 'no number is known'}
            {partnership.email && `, ${partnership.email}`}.
          </>
        ) : (
          'Your partnership’s business manager.'
        )}{' '}
        If a child is in danger now, ring 999.
      </p>
    </>
  )
}

const stateTags = {
  complete: { text: 'Done' },
  'in-progress': { tag: { text: 'In progress', classes: 'govuk-tag--light-blue' } },
  'not-started': { tag: { text: 'Not started', classes: 'govuk-tag--grey' } },
  'cannot-start-yet': { text: 'Cannot start yet', classes: 'govuk-task-list__status--cannot-start-yet' },
} as const

function DraftPage({
  request,
  acting,
  draft,
  context,
}: {
  request: FastifyRequest
  acting: Acting
  draft: Draft
  context: Context
}) {
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
          {section === 'Must this be notified?' && draft.answers.nature !== undefined && (
            <CriteriaAdvice result={criteriaResult(draft.answers)} />
          )}
          {section === 'Children' && writes && (
            <>
              <form method="post" action={`/notifications/${draft.incidentId}/children`}>
                <FormToken visitor={request.visitor} />
                {children.length < 4 && <Button text="Add another child" classes="govuk-button--secondary" />}
              </form>
              {children.length > 1 && (
                <form method="post" action={`/notifications/${draft.incidentId}/children/${children.length}/remove`}>
                  <FormToken visitor={request.visitor} />
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
    </>
  )
}

type Context = Awaited<ReturnType<typeof checkContext>>

function DueLine({ draft, today }: { draft: Draft; today: Context['today'] }) {
  const aware = draft.answers.awareOn
  if (typeof aware !== 'string' || !isCivilDate(aware)) return null
  const rule = clock(readClockRules(), 'notify-panel', aware)
  if (!rule) return null
  return (
    <p class="govuk-body">
      <TimeLeft dueOn={dueOn(rule, aware, readBankHolidays())} today={today} />
    </p>
  )
}

interface StepShown {
  web: Web
  request: FastifyRequest
  reply: Parameters<Web['page']>[1]
  draft: Draft
  lookups: Lookups
  path: string
  errors?: readonly { field: string; text: string }[]
  typed?: Typed
}

function showStep({ web, request, reply, draft, lookups, path, errors = [], typed }: StepShown) {
  const step = stepAt(notificationForm, draft.answers, path)
  if (!step) throw noSuchPage()
  const before = previousStep(notificationForm, draft.answers, step)
  return web.page(request, reply, {
    status: errors.length > 0 ? 400 : 200,
    title: step.page.title,
    errors,
    back: {
      href: before
        ? `/notifications/${draft.incidentId}/page/${stepPath(before)}`
        : `/notifications/${draft.incidentId}`,
    },
    children: (
      <form method="post" action={`/notifications/${draft.incidentId}/page/${stepPath(step)}`} novalidate>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={draft.revision} />
        {adviceStandsOn.has(step.page.id) && <CriteriaAdvice result={criteriaResult(draft.answers)} />}
        <QuestionFields
          questionnaire={notificationForm}
          step={step}
          answers={draft.answers}
          typed={typed ?? draft.typed[stepPath(step)]}
          errors={errors}
          lookups={lookups}
          whoSees={whoSees}
        />
        <div class="govuk-button-group">
          <Button text="Save and continue" name="then" value="next" preventDoubleClick />
          <Button text="Save and go to all pages" classes="govuk-button--secondary" name="then" value="list" />
        </div>
      </form>
    ),
  })
}

interface CheckPageProps {
  request: FastifyRequest
  acting: Acting
  draft: Draft
  lookups: Lookups
  problems: readonly Problem[]
  sending: boolean
}

function CheckPage({ request, acting, draft, lookups, problems, sending }: CheckPageProps) {
  const href = (path: string, field: string) => `/notifications/${draft.incidentId}/page/${path}#${field}`
  const unread = Object.keys(draft.typed)
  const ready = problems.length === 0 && unread.length === 0
  const listed = [
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
      <CriteriaAdvice result={criteriaResult(draft.answers)} />
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
            partnership, the Department for Education and Ofsted will see it. It cannot be changed afterwards; later
            facts go into the rapid review.
          </p>
          <form method="post" action={`/notifications/${draft.incidentId}/send`}>
            <FormToken visitor={request.visitor} />
            <Button text="Send the notification" preventDoubleClick />
          </form>
        </>
      )}
    </>
  )
}
