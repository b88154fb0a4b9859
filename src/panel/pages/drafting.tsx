import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { dateFromParts, type CivilDate } from '../../platform/dates.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import type { Web } from '../../platform/web/index.ts'
import { readIncident } from '../../notifications/index.ts'
import { sentRapidReview } from '../../reviews/index.ts'
import { readLetter } from '../letter-store.ts'
import { childNamesIn, problemsToSend, type Letter, type LetterText } from '../letter.ts'
import { sendLetter } from '../send-letter.ts'
import { isTheme } from '../themes.ts'
import { textIn } from '../views/forms.ts'
import { LetterDraftPage, LetterPreviewPage, PointPage, type TypedPoint } from '../views/letter-draft-pages.tsx'
import {
  movePoint,
  noSuchLetter,
  noSuchPoint,
  removePoint,
  saveLetter,
  savePoint,
  startLetter,
} from '../write-letter.ts'
import { recipientsOf } from './letter.tsx'
import { fieldsOf, refusal, revisionIn, statusOf, viewsIn, type OfIncident, type OfPoint } from './requests.ts'

export function registerDrafting(web: Web): void {
  const { app } = web

  app.post<OfIncident>('/panel/:incidentId/letter/start', async (request, reply) => {
    const { incidentId } = request.params
    await startLetter(web.acting(request), incidentId)
    return web.redirect(reply, `/panel/${incidentId}/letter`)
  })

  async function openDraft(acting: Acting, incidentId: string, purpose: string): Promise<Letter> {
    return acting.transaction(async tx => {
      const letter = await readLetter(tx, incidentId)
      if (letter?.status !== 'draft') throw noSuchLetter()
      await noteRead(tx, { subject: 'letter-draft', purpose, incidentIds: [incidentId] })
      return letter
    })
  }

  async function showDraft(
    request: FastifyRequest<OfIncident>,
    reply: FastifyReply,
    refused?: { problem: ServiceError; typed: LetterText },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'letter-draft')
    const { incidentId } = request.params
    const letter = await openDraft(acting, incidentId, 'write the letter')
    const errors = refused ? fieldsOf(refused.problem) : []
    return web.page(request, reply, {
      status: refused ? statusOf(refused.problem) : 200,
      title: 'Letter to the partnership',
      back: { href: `/panel/${incidentId}`, text: 'The review' },
      errors,
      children: (
        <LetterDraftPage
          {...{ request, letter, errors }}
          text={refused?.typed ?? letter}
          overtaken={refused?.problem.kind === 'conflict'}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/letter', async (request, reply) => {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const letter = await acting.transaction(tx => readLetter(tx, incidentId))
    if (letter?.status === 'sent') return web.redirect(reply, `/incidents/${incidentId}/letter`)
    return showDraft(request, reply)
  })

  app.post<OfIncident>('/panel/:incidentId/letter', async (request, reply) => {
    const acting = web.acting(request)
    const { incidentId } = request.params
    const path = `/panel/${incidentId}/letter`
    const body = request.body ?? {}
    const typed: LetterText = {
      opening: textIn(body, 'opening'),
      strengths: textIn(body, 'strengths'),
      closing: textIn(body, 'closing'),
      ...viewsIn(body),
    }
    const problem = await refusal(saveLetter(acting, incidentId, typed, revisionIn(body)))
    if (problem) return showDraft(request, reply, { problem, typed })
    const [next = 'save', pointId = ''] = textIn(body, 'next').split(':')
    if (next === 'preview') return web.redirect(reply, `${path}/preview`)
    if (next === 'add') return web.redirect(reply, `${path}/points/new`)
    if (!pointId) return web.redirect(reply, path, 'Saved.')
    if (next === 'edit') return web.redirect(reply, `${path}/points/${pointId}`)
    if (next === 'up' || next === 'down') await movePoint(acting, incidentId, pointId, next)
    if (next === 'remove') await removePoint(acting, incidentId, pointId)
    return web.redirect(reply, `${path}#points`)
  })

  async function showPoint(
    request: FastifyRequest<OfPoint>,
    reply: FastifyReply,
    refused?: { errors: readonly FieldError[]; status: number; typed: TypedPoint },
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'letter-draft')
    const { incidentId } = request.params
    const pointId = request.params.point
    const letter = await openDraft(acting, incidentId, 'write the letter')
    const stored = letter.points.find(point => point.id === pointId)
    if (!stored && pointId !== 'new') throw noSuchPoint()
    const errors = refused?.errors ?? []
    return web.page(request, reply, {
      status: refused?.status ?? 200,
      title: stored ? `Point ${stored.number}` : 'Add a point',
      back: { href: `/panel/${incidentId}/letter`, text: 'The letter' },
      errors,
      children: (
        <PointPage
          {...{ request, letter, pointId, stored, errors }}
          typed={refused?.typed ?? typedFrom(stored)}
          overtaken={refused?.status === 409}
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
      day: textIn(body, 'replyBy-day'),
      month: textIn(body, 'replyBy-month'),
      year: textIn(body, 'replyBy-year'),
    }
    const { theme } = typed
    const errors: FieldError[] = []
    if (!typed.text) errors.push({ field: 'text', text: 'Write the point' })
    if (!isTheme(theme)) errors.push({ field: 'theme', text: 'Select the theme' })
    const replyBy = replyByIn(typed, errors)
    if (errors.length > 0 || !isTheme(theme)) return showPoint(request, reply, { errors, status: 400, typed })
    const id = request.params.point === 'new' ? undefined : request.params.point
    const problem = await refusal(
      savePoint(web.acting(request), incidentId, { id, theme, text: typed.text, replyBy }, revisionIn(body)),
    )
    if (problem) {
      return showPoint(request, reply, { errors: fieldsOf(problem), status: statusOf(problem), typed })
    }
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
    const letter = await openDraft(acting, incidentId, 'read the letter before signing')
    const { recipients, problems, childNames } = await acting.transaction(async tx => ({
      recipients: await recipientsOf(tx, letter),
      problems: problemsToSend(letter, (await sentRapidReview(tx, incidentId))?.outcomes ?? []),
      childNames: (await readIncident(tx, incidentId))?.children.flatMap(child => child.name ?? []) ?? [],
    }))
    return web.page(request, reply, {
      status: refused ? statusOf(refused) : 200,
      title: 'The letter as it will be read',
      back: { href: `/panel/${incidentId}/letter`, text: 'Change the letter' },
      errors: refused?.kind === 'conflict' ? fieldsOf(refused) : [],
      children: (
        <LetterPreviewPage
          {...{ request, acting, letter, recipients, problems }}
          childNames={childNamesIn(letter, childNames)}
        />
      ),
    })
  }

  app.get<OfIncident>('/panel/:incidentId/letter/preview', (request, reply) => showPreview(request, reply))

  app.post<OfIncident>('/panel/:incidentId/letter/send', async (request, reply) => {
    const { incidentId } = request.params
    const problem = await refusal(sendLetter(web.acting(request), incidentId, revisionIn(request.body ?? {})))
    if (problem) return showPreview(request, reply, problem)
    return web.redirect(reply, `/incidents/${incidentId}/letter`, 'The letter is signed and sent.')
  })
}

function typedFrom(point: Letter['points'][number] | undefined): TypedPoint {
  const [year = '', month = '', day = ''] = point?.replyBy?.split('-').map(part => part.replace(/^0/, '')) ?? []
  return {
    theme: point?.theme ?? '',
    text: point?.text ?? '',
    day,
    month,
    year,
  }
}

function replyByIn(typed: TypedPoint, errors: FieldError[]): CivilDate | undefined {
  if (!typed.day && !typed.month && !typed.year) return undefined
  try {
    return dateFromParts(typed, { name: 'The day to answer by', field: 'replyBy' })
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    errors.push(...error.fields)
    return undefined
  }
}
