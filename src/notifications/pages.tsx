import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import {
  frameOf,
  goOn,
  openProblems,
  previousStep,
  type Answers,
  type PageReading,
  stepPath,
  stepToWrite,
  type CheckContext,
  type Lookups,
  type PagePaths,
  type ShownPage,
} from '../platform/questionnaire/index.ts'
import { countIn, frameOfForm, tried, type Posted, type Web } from '../platform/web/index.ts'
import { partnershipOf, readLookups, type Body } from '../reference-data/index.ts'
import { discardDraft } from './discard-draft.ts'
import { notificationForm } from './notification-form.ts'
import { registerIncidents } from './pages/incidents.tsx'
import { addChild, openDraft, removeLastChild, savePage } from './save-draft.ts'
import { notSentNationally, recordNationalSending } from './record-national-sending.ts'
import { sendNotification } from './send-notification.ts'
import { startNotification } from './start-notification.ts'
import { readDraft, readEnded, readIncident, sentNotification, type Draft, type Ended } from './store.ts'
import { CheckPage } from './views/check-page.tsx'
import { DiscardPage } from './views/discard-page.tsx'
import { DraftPage } from './views/draft-page.tsx'
import { EndedPage } from './views/ended-page.tsx'
import { NationalFormPage } from './views/national-form-page.tsx'
import { NationalSendingPage } from './views/national-sending-page.tsx'
import { SentPage } from './views/sent-page.tsx'
import { StartPage } from './views/start-page.tsx'
import { StepPage } from './views/step-page.tsx'

type DraftRoute = { Params: { id: string }; Body: Posted }
type PageRoute = { Params: { id: string; '*': string }; Body: Posted; Querystring: Posted }

export function registerNotificationPages(web: Web): void {
  registerStart(web)
  registerWriting(web)
  registerDiscarding(web)
  registerSending(web)
  registerIncidents(web)
  registerNationalSending(web)
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
    if (!shown) {
      const ended = await acting.transaction(tx => readEnded(tx, request.params.id))
      if (ended?.status === 'discarded') return showEnded(web, request, reply, ended)
      return web.redirect(reply, `/incidents/${request.params.id}`)
    }
    return web.page(request, reply, {
      title: 'Your notification',
      back: { href: '/', text: 'Home' },
      children: <DraftPage request={request} acting={acting} {...shown} />,
    })
  })

  app.get<PageRoute>('/notifications/:id/page/*', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'notification-draft')
    return orEnded(web, request, reply, async () => {
      const { id, '*': path } = request.params
      const { draft, context, partnership } = await acting.transaction(tx => readDraftToShow(tx, id))
      const step = stepToWrite(notificationForm, draft, path)
      const fromCheck = request.query['from'] === 'check'
      return showStep(request, reply, { draft, step }, { lookups: context.lookups, partnership, fromCheck })
    })
  })

  app.post<PageRoute>('/notifications/:id/page/*', (request, reply) =>
    orEnded(web, request, reply, async () => {
      const { id, '*': path } = request.params
      const acting = web.acting(request)
      const saved = await savePage(acting, id, path, {
        body: request.body,
        seenRevision: countIn(request.body, 'revision'),
      })
      if (saved.errors.length === 0 && request.body['next'] === 'add-child') {
        const position = await addChild(acting, id)
        return web.redirect(reply, `/notifications/${id}/page/child/${position}`, `Child ${position} was added.`)
      }
      const gone = goOn(web, reply, notificationForm, saved, request.body, pathsOf(id))
      if (gone) return gone
      const surroundings = await acting.transaction(tx => readSurroundings(tx, saved.draft))
      const fromCheck = request.body['from'] === 'check'
      return showStep(request, reply, saved, { ...surroundings, fromCheck })
    }),
  )

  function showStep(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: ShownPage<Draft>,
    around: Surroundings & { fromCheck: boolean },
  ) {
    const { draft, step } = shown
    const paths = pathsOf(draft.incidentId)
    const before = previousStep(notificationForm, draft.answers, step)
    return web.page(request, reply, {
      ...frameOf(shown),
      back: { href: around.fromCheck ? paths.check : before ? paths.page(stepPath(before)) : paths.list },
      children: <StepPage {...{ request, shown, ...around }} action={paths.page(stepPath(step))} />,
    })
  }

  app.post<DraftRoute>('/notifications/:id/children', (request, reply) =>
    orEnded(web, request, reply, async () => {
      await addChild(web.acting(request), request.params.id)
      return web.redirect(
        reply,
        `/notifications/${request.params.id}`,
        'A child was added. Fill in the pages about that child.',
      )
    }),
  )

  app.post<DraftRoute>('/notifications/:id/children/remove', (request, reply) =>
    orEnded(web, request, reply, async () => {
      const seen = {
        revision: countIn(request.body, 'revision'),
        children: countIn(request.body, 'children'),
      }
      await removeLastChild(web.acting(request), request.params.id, seen)
      return web.redirect(reply, `/notifications/${request.params.id}`, 'The child was taken off the notification.')
    }),
  )
}

function registerDiscarding(web: Web): void {
  const { app } = web

  app.get<DraftRoute>('/notifications/:id/discard', (request, reply) => showDiscard(request, reply))

  app.post<DraftRoute>('/notifications/:id/discard', (request, reply) =>
    orEnded(web, request, reply, async () => {
      const seen = { reason: request.body['reason'], revision: countIn(request.body, 'revision') }
      const { done, problem } = await tried(discardDraft(web.acting(request), request.params.id, seen))
      if (problem) return showDiscard(request, reply, problem)
      return web.redirect(reply, '/', `The draft ${done.reference} was discarded.`)
    }),
  )

  function showDiscard(request: FastifyRequest<DraftRoute>, reply: FastifyReply, refused?: ServiceError) {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'notification-draft')
    return orEnded(web, request, reply, async () => {
      const draft = await acting.transaction(tx => openDraft(tx, request.params.id))
      const { status, errors } = frameOfForm(refused)
      const reason = refused && request.body['reason']
      return web.page(request, reply, {
        status,
        title: 'Discard this draft',
        errors,
        back: { href: `/notifications/${draft.incidentId}` },
        children: (
          <DiscardPage
            {...{ request, acting, draft, errors }}
            reason={typeof reason === 'string' ? reason : undefined}
          />
        ),
      })
    })
  }
}

function registerSending(web: Web): void {
  const { app } = web

  app.get<DraftRoute>('/notifications/:id/check', (request, reply) =>
    orEnded(web, request, reply, () => showCheck(request, reply, request.params.id)),
  )

  app.post<DraftRoute>('/notifications/:id/send', (request, reply) =>
    orEnded(web, request, reply, async () => {
      const { id } = request.params
      const seen = { seenRevision: countIn(request.body, 'revision') }
      const { problem } = await tried(sendNotification(web.acting(request), id, seen))
      if (problem) return showCheck(request, reply, id, problem)
      return web.redirect(reply, `/notifications/${id}/sent`)
    }),
  )

  async function showCheck(request: FastifyRequest, reply: FastifyReply, id: string, refused?: ServiceError) {
    const acting = web.acting(request)
    const { draft, context, partnership } = await acting.transaction(tx => readDraftToShow(tx, id))
    return web.page(request, reply, {
      status: frameOfForm(refused).status,
      title: refused ? 'Error: Check your answers' : 'Check your answers',
      back: { href: `/notifications/${draft.incidentId}`, text: 'All pages' },
      children: (
        <CheckPage
          request={request}
          acting={acting}
          draft={draft}
          lookups={context.lookups}
          partnership={partnership}
          problems={openProblems(notificationForm, draft, context)}
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
      children: <SentPage incident={incident} notifiedAt={incident.notifiedAt} sent={sent} />,
    })
  })

  app.get<DraftRoute>('/notifications/:id/national-form', async (request, reply) => {
    const { id } = request.params
    const acting = web.acting(request)
    const shown = await acting.transaction(async tx => {
      const sent = await sentNotification(tx, id)
      const found = (await readDraft(tx, id)) ?? sent
      if (!found) throw noSuchNotification()
      await noteRead(tx, { subject: 'notification', purpose: 'copy into the national form', incidentIds: [id] })
      const isToSay = sent && !sent.nationalSentAt && may(acting, 'send', 'notification-draft')
      const whenDone = isToSay ? `/notifications/${id}/national-service` : undefined
      return { answers: found.answers, lookups: await readLookups(tx), whenDone }
    })
    return web.page(request, reply, {
      title: 'Your answers in the order of the national form',
      back: { href: `/notifications/${id}` },
      children: <NationalFormPage {...shown} />,
    })
  })
}

function registerNationalSending(web: Web): void {
  const { app } = web
  const path = '/notifications/:id/national-service'

  async function show(
    request: FastifyRequest<DraftRoute>,
    reply: FastifyReply,
    refused?: Pick<PageReading<Answers>, 'errors' | 'typed'>,
  ) {
    const { id } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'send', 'notification-draft')
    const { incident } = await acting.transaction(tx => notSentNationally(tx, id))
    return web.page(request, reply, {
      status: refused ? 400 : 200,
      title: 'Sent through the national service too',
      ...(refused && { errors: refused.errors }),
      back: { href: `/incidents/${id}`, text: `Incident ${incident.reference}` },
      children: <NationalSendingPage {...{ request, incidentId: id, reference: incident.reference, ...refused }} />,
    })
  }

  app.get<DraftRoute>(path, (request, reply) => show(request, reply))

  app.post<DraftRoute>(path, async (request, reply) => {
    const { id } = request.params
    const reading = await recordNationalSending(web.acting(request), id, request.body)
    if (reading.errors.length > 0) return show(request, reply, reading)
    return web.redirect(
      reply,
      `/incidents/${id}`,
      'It is noted that the notification went through the national service.',
    )
  })
}

function pathsOf(id: string): PagePaths {
  const list = `/notifications/${id}`
  return { list, check: `${list}/check`, page: path => `${list}/page/${path}` }
}

interface Surroundings {
  lookups: Lookups
  partnership: Body | undefined
}

async function readSurroundings(tx: Tx, { authorityCode }: Draft): Promise<Surroundings> {
  const partnership = await partnershipOf(tx, authorityCode, contextOf(tx).today)
  return { lookups: await readLookups(tx), partnership }
}

async function readDraftToShow(tx: Tx, id: string) {
  const draft = await openDraft(tx, id)
  const { lookups, partnership } = await readSurroundings(tx, draft)
  const context: Required<CheckContext> = { today: contextOf(tx).today, lookups }
  return { draft, context, partnership }
}

/** Whoever comes to a draft that was sent or discarded since is told so. */
async function orEnded(
  web: Web,
  request: FastifyRequest<DraftRoute>,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ServiceError && error.kind === 'not-found')) throw error
    const { id } = request.params
    const ended = await web.acting(request).transaction(tx => readEnded(tx, id))
    if (!ended) throw error
    if (ended.status === 'sent' && request.method !== 'POST') return web.redirect(reply, `/notifications/${id}/sent`)
    return showEnded(web, request, reply, ended)
  }
}

function showEnded(web: Web, request: FastifyRequest<DraftRoute>, reply: FastifyReply, ended: Ended): FastifyReply {
  return web.page(request, reply, {
    status: request.method === 'POST' ? 409 : 200,
    title: ended.status === 'sent' ? 'This notification was sent' : 'This draft was discarded',
    back: { href: '/', text: 'Home' },
    children: <EndedPage incidentId={request.params.id} ended={ended} posted={request.body ?? {}} />,
  })
}

function noSuchNotification(): ServiceError {
  return new ServiceError('not-found', 'There is no such notification, or you may not see it.')
}
