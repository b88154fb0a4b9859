import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { countIn, frameOfForm, textIn, tried, type Web } from '../../platform/web/index.ts'
import { readIncident } from '../../notifications/index.ts'
import { sentRapidReview } from '../../reviews/index.ts'
import { readLetter } from '../letter-store.ts'
import { childNamesIn, problemsToSend, type Letter, type LetterText } from '../letter.ts'
import { typedPoint, type TypedPoint } from '../point-form.ts'
import { sayLetterReady } from '../say-letter-ready.ts'
import { sendLetter } from '../send-letter.ts'
import { conflictedPersons, readConsideration, readingsOf } from '../store.ts'
import { LetterDraftPage, LetterPreviewPage, PointPage } from '../views/letter-draft-pages.tsx'
import { noSuchLetter, noSuchPoint, saveLetter, savePoint, startLetter, type PointChange } from '../write-letter.ts'
import { recipientsOf } from './letter.tsx'
import { viewsIn, type OfIncident, type OfPoint } from './requests.ts'

export function registerDrafting(web: Web): void {
  const { app } = web

  app.post<OfIncident>('/panel/:incidentId/letter/start', async (request, reply) => {
    const { incidentId } = request.params
    await startLetter(web.acting(request), incidentId)
    return web.redirect(reply, `/panel/${incidentId}/letter`)
  })

  /** Undefined when the letter was sent: it has a page of its own. */
  async function openDraft(tx: Tx, incidentId: string, purpose: string): Promise<Letter | undefined> {
    const letter = await readLetter(tx, incidentId)
    if (!letter) throw noSuchLetter()
    if (letter.status === 'sent') return undefined
    await noteRead(tx, { subject: 'letter-draft', purpose, incidentIds: [incidentId] })
    return letter
  }

  /** Who only looks is led to the letter; who changed it is told that it was sent. */
  function leadToLetter(reply: FastifyReply, incidentId: string, problem: ServiceError | undefined): FastifyReply {
    if (problem) throw problem
    return web.redirect(reply, `/incidents/${incidentId}/letter`)
  }

  async function showDraft(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: { problem: ServiceError; typed: LetterText },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'letter-draft')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const purpose = 'write the letter'
      const letter = await openDraft(tx, incidentId, purpose)
      const consideration = await readConsideration(tx, incidentId)
      if (!letter || !consideration) return undefined
      const readings = await readingsOf(tx, incidentId, acting.personId)
      const review = await sentRapidReview(tx, incidentId)
      if (readings.length > 0) await noteRead(tx, { subject: 'panel-reading', purpose, incidentIds: [incidentId] })
      if (review) await noteRead(tx, { subject: 'rapid-review', purpose, incidentIds: [incidentId] })
      return {
        isReady: consideration.status === 'letter-ready',
        letter,
        review,
        readings,
        conflicted: may(acting, 'allocate', 'panel-work')
          ? await conflictedPersons(tx, consideration)
          : new Set<string>(),
      }
    })
    if (!shown) return leadToLetter(reply, incidentId, refused?.problem)
    const { status, errors } = frameOfForm(refused?.problem)
    return web.page(request, reply, {
      status,
      title: 'Letter to the partnership',
      back: { href: `/panel/${incidentId}`, text: 'The review' },
      wide: true,
      errors,
      children: (
        <LetterDraftPage
          {...{ request, acting, errors }}
          {...shown}
          text={refused?.typed ?? shown.letter}
          overtaken={refused?.problem.kind === 'conflict'}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/letter', (request, reply) => showDraft(request, reply))

  app.post<OfIncident>('/panel/:incidentId/letter', async (request, reply) => {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const path = `/panel/${incidentId}/letter`
    const body = request.body ?? {}
    const typed: LetterText = {
      opening: textIn(body, 'opening'),
      strengths: textIn(body, 'strengths'),
      reasons: textIn(body, 'reasons'),
      closing: textIn(body, 'closing'),
      ...viewsIn(body),
    }
    const [next = 'save', pointId = ''] = textIn(body, 'next').split(':')
    const also: PointChange | undefined =
      next === 'up' || next === 'down' || next === 'remove' ? { pointId, change: next } : undefined
    const { problem } = await tried(saveLetter(acting, incidentId, typed, countIn(body, 'revision'), also))
    if (problem) return showDraft(request, reply, { problem, typed })
    if (also) return web.redirect(reply, `${path}#points`)
    if (next === 'preview') return web.redirect(reply, `${path}/preview`)
    if (next === 'add') return web.redirect(reply, `${path}/points/new`)
    if (next === 'edit') return web.redirect(reply, `${path}/points/${encodeURIComponent(pointId)}`)
    return web.redirect(reply, path, 'Saved.')
  })

  async function showPoint(
    request: FastifyRequest<OfPoint>,
    reply: FastifyReply,
    refused?: { problem: ServiceError; typed: TypedPoint },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'letter-draft')
    const { incidentId } = request.params
    const pointId = request.params.point
    const letter = await acting.transaction(tx => openDraft(tx, incidentId, 'write the letter'))
    if (!letter) return leadToLetter(reply, incidentId, refused?.problem)
    const stored = letter.points.find(point => point.id === pointId)
    if (!stored && pointId !== 'new') throw noSuchPoint()
    const { status, errors } = frameOfForm(refused?.problem)
    return web.page(request, reply, {
      status,
      title: stored ? `Point ${stored.number}` : 'Add a point',
      back: { href: `/panel/${incidentId}/letter`, text: 'The letter' },
      errors,
      children: (
        <PointPage
          {...{ request, letter, pointId, stored, errors }}
          typed={refused?.typed ?? typedPoint(stored)}
          overtaken={refused?.problem.kind === 'conflict'}
        />
      ),
    })
  }

  app.get<OfPoint>('/panel/:incidentId/letter/points/:point', (request, reply) => showPoint(request, reply))

  app.post<OfPoint>('/panel/:incidentId/letter/points/:point', async (request, reply) => {
    const { incidentId } = request.params
    const body = request.body ?? {}
    const typed: TypedPoint = {
      theme: textIn(body, 'theme'),
      text: textIn(body, 'text'),
      asks: textIn(body, 'asks'),
      replyBy: {
        day: textIn(body, 'replyBy-day'),
        month: textIn(body, 'replyBy-month'),
        year: textIn(body, 'replyBy-year'),
      },
    }
    const id = request.params.point === 'new' ? undefined : request.params.point
    const { problem } = await tried(
      savePoint(web.acting(request), incidentId, { ...typed, id }, countIn(body, 'revision')),
    )
    if (problem) return showPoint(request, reply, { problem, typed })
    return web.redirect(reply, `/panel/${incidentId}/letter#points`, 'The point is saved.')
  })

  async function showPreview(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'letter-draft')
    const { incidentId } = request.params
    const shown = await acting.transaction(async tx => {
      const letter = await openDraft(tx, incidentId, 'read the letter before signing')
      if (!letter) return undefined
      const children = (await readIncident(tx, incidentId))?.children ?? []
      const childNames = childNamesIn(
        letter,
        children.flatMap(child => child.name ?? []),
      )
      if (childNames.length > 0) {
        const purpose = 'find a child’s name in the letter'
        await noteRead(tx, { subject: 'notification', purpose, incidentIds: [incidentId] })
      }
      return {
        isReady: (await readConsideration(tx, incidentId))?.status === 'letter-ready',
        letter,
        recipients: await recipientsOf(tx, letter),
        problems: problemsToSend(letter, (await sentRapidReview(tx, incidentId))?.outcomes ?? []),
        childNames,
      }
    })
    if (!shown) return leadToLetter(reply, incidentId, refused)
    const { status, errors } = frameOfForm(refused)
    return web.page(request, reply, {
      status,
      title: 'The letter as it will be read',
      back: { href: `/panel/${incidentId}/letter`, text: 'Change the letter' },
      errors: refused?.kind === 'conflict' ? errors : [],
      children: <LetterPreviewPage {...{ request, acting }} {...shown} />,
    })
  }

  app.get<OfIncident>('/panel/:incidentId/letter/preview', (request, reply) => showPreview(request, reply))

  app.post<OfIncident>('/panel/:incidentId/letter/ready', async (request, reply) => {
    const { incidentId } = request.params
    const seenRevision = countIn(request.body ?? {}, 'revision')
    const { problem } = await tried(sayLetterReady(web.acting(request), incidentId, seenRevision))
    if (problem) return showPreview(request, reply, problem)
    return web.redirect(reply, `/panel/${incidentId}/letter/preview`, 'The letter is ready to sign.')
  })

  app.post<OfIncident>('/panel/:incidentId/letter/send', async (request, reply) => {
    const { incidentId } = request.params
    const { problem } = await tried(
      sendLetter(web.acting(request), incidentId, countIn(request.body ?? {}, 'revision')),
    )
    if (problem) return showPreview(request, reply, problem)
    return web.redirect(reply, `/incidents/${incidentId}/letter`, 'The letter is signed and sent.')
  })
}
