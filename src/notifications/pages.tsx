import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import {
  nextStep,
  previousStep,
  problemsToSend,
  stepAt,
  stepPath,
  type CheckContext,
} from '../platform/questionnaire/index.ts'
import type { Web } from '../platform/web/index.ts'
import { partnershipOf, readLookups } from '../reference-data/index.ts'
import { notificationForm } from './notification-form.ts'
import { addChild, noSuchPage, openDraft, removeLastChild, savePage } from './save-draft.ts'
import { sendNotification } from './send-notification.ts'
import { startNotification } from './start-notification.ts'
import { readDraft, readIncident, sentNotification, type Draft } from './store.ts'
import { CheckPage } from './views/check-page.tsx'
import { DraftPage } from './views/draft-page.tsx'
import { NationalFormPage } from './views/national-form-page.tsx'
import { SentPage } from './views/sent-page.tsx'
import { StartPage } from './views/start-page.tsx'
import { StepPage, type StepPageProps } from './views/step-page.tsx'

type Typed = Record<string, unknown>
type DraftRoute = { Params: { id: string }; Body: Typed }
type PageRoute = { Params: { id: string; '*': string }; Body: Typed }

export function registerNotificationPages(web: Web): void {
  registerStart(web)
  registerWriting(web)
  registerSending(web)
}

function registerStart(web: Web): void {
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
}

function registerWriting(web: Web): void {
  const { app } = web

  app.get<DraftRoute>('/notifications/:id', async (request, reply) => {
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx =>
      (await readDraft(tx, request.params.id)) ? readDraftToShow(tx, request.params.id) : undefined,
    )
    if (!shown) return web.redirect(reply, `/incidents/${request.params.id}`)
    return web.page(request, reply, {
      title: 'Your notification',
      back: { href: '/', text: 'Home' },
      children: <DraftPage request={request} acting={acting} {...shown} />,
    })
  })

  app.get<PageRoute>('/notifications/:id/page/*', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'notification-draft')
    const { draft, context } = await acting.transaction(tx => readDraftToShow(tx, request.params.id))
    return showStep(request, reply, request.params['*'], { draft, lookups: context.lookups })
  })

  app.post<PageRoute>('/notifications/:id/page/*', async (request, reply) => {
    const { id, '*': path } = request.params
    const acting = web.acting(request)
    const saved = await savePage(acting, id, path, {
      body: request.body,
      seenRevision: wholeNumberIn(request.body, 'revision'),
    })
    if (request.body['next'] === 'list' && !saved.isConflict) {
      return web.redirect(reply, `/notifications/${id}`, 'Saved. You can come back to it at any time.')
    }
    if (saved.errors.length > 0) {
      const { draft, errors, typed, isConflict } = saved
      return showStep(request, reply, path, { draft, errors, typed, isConflict, lookups: saved.lookups })
    }
    const next = nextStep(notificationForm, saved.draft.answers, saved.step)
    return web.redirect(reply, next ? `/notifications/${id}/page/${stepPath(next)}` : `/notifications/${id}/check`)
  })

  function showStep(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    shown: Pick<StepPageProps, 'draft' | 'lookups'> & Partial<StepPageProps>,
  ) {
    const { draft, lookups, errors = [], typed, isConflict = false } = shown
    const step = stepAt(notificationForm, draft.answers, path)
    if (!step) throw noSuchPage()
    const before = previousStep(notificationForm, draft.answers, step)
    return web.page(request, reply, {
      status: isConflict ? 409 : errors.length > 0 ? 400 : 200,
      title: step.page.title,
      errors,
      back: {
        href: before
          ? `/notifications/${draft.incidentId}/page/${stepPath(before)}`
          : `/notifications/${draft.incidentId}`,
      },
      children: <StepPage {...{ request, draft, step, lookups, errors, typed, isConflict }} />,
    })
  }

  app.post<DraftRoute>('/notifications/:id/children', async (request, reply) => {
    await addChild(web.acting(request), request.params.id)
    return web.redirect(
      reply,
      `/notifications/${request.params.id}`,
      'A child was added. Fill in the pages about that child.',
    )
  })

  app.post<DraftRoute>('/notifications/:id/children/remove', async (request, reply) => {
    const seen = {
      revision: wholeNumberIn(request.body, 'revision'),
      children: wholeNumberIn(request.body, 'children'),
    }
    await removeLastChild(web.acting(request), request.params.id, seen)
    return web.redirect(reply, `/notifications/${request.params.id}`, 'The child was taken off the notification.')
  })
}

function registerSending(web: Web): void {
  const { app } = web

  app.get<DraftRoute>('/notifications/:id/check', (request, reply) => showCheck(request, reply, request.params.id))

  app.post<DraftRoute>('/notifications/:id/send', async (request, reply) => {
    const { id } = request.params
    try {
      await sendNotification(web.acting(request), id, { seenRevision: wholeNumberIn(request.body, 'revision') })
    } catch (error) {
      if (!(error instanceof ServiceError && (error.kind === 'invalid' || error.kind === 'conflict'))) throw error
      return showCheck(request, reply, id, error)
    }
    return web.redirect(reply, `/notifications/${id}/sent`)
  })

  async function showCheck(request: FastifyRequest, reply: FastifyReply, id: string, refused?: ServiceError) {
    const acting = web.acting(request)
    const { draft, context } = await acting.transaction(tx => readDraftToShow(tx, id))
    return web.page(request, reply, {
      status: refused ? (refused.kind === 'conflict' ? 409 : 400) : 200,
      title: refused ? 'Error: Check your answers' : 'Check your answers',
      back: { href: `/notifications/${draft.incidentId}`, text: 'All pages' },
      children: (
        <CheckPage
          request={request}
          acting={acting}
          draft={draft}
          lookups={context.lookups}
          problems={problemsToSend(notificationForm, draft.answers, context)}
          sending={refused !== undefined}
          refusal={refused?.kind === 'conflict' ? refused.message : undefined}
        />
      ),
    })
  }

  app.get<DraftRoute>('/notifications/:id/sent', async (request, reply) => {
    const acting = web.acting(request)
    const { incident, sent } = await acting.transaction(async tx => ({
      incident: await readIncident(tx, request.params.id),
      sent: await sentNotification(tx, request.params.id),
    }))
    if (!incident?.notifiedAt || !sent) throw noSuchNotification()
    return web.page(request, reply, {
      title: 'Notification sent',
      children: <SentPage incident={incident} sent={sent} />,
    })
  })

  app.get<DraftRoute>('/notifications/:id/national-form', async (request, reply) => {
    const { id } = request.params
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const found = (await readDraft(tx, id)) ?? (await sentNotification(tx, id))
      if (!found) throw noSuchNotification()
      await noteRead(tx, { subject: 'notification', purpose: 'copy into the national form', incidentIds: [id] })
      return { answers: found.answers, lookups: await readLookups(tx) }
    })
    return web.page(request, reply, {
      title: 'Your answers in the order of the national form',
      back: { href: `/notifications/${id}` },
      children: <NationalFormPage {...shown} />,
    })
  })
}

async function readDraftToShow(tx: Tx, id: string): Promise<{ draft: Draft; context: Required<CheckContext> }> {
  return {
    draft: await openDraft(tx, id),
    context: { today: contextOf(tx).today, lookups: await readLookups(tx) },
  }
}

function noSuchNotification(): ServiceError {
  return new ServiceError('not-found', 'There is no such notification, or you may not see it.')
}

/** A number that a page put into its own form; 0, which is older than anything, where it is none. */
function wholeNumberIn(body: Typed, name: string): number {
  const number = Number(body[name])
  return Number.isInteger(number) ? number : 0
}
