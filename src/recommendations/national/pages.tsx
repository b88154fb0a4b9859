import type { FastifyReply, FastifyRequest } from 'fastify'
import { ensureMay, may } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { dayIn, frameOfForm, idsIn, textIn, tried, type Posted, type Web } from '../../platform/web/index.ts'
import { openActions } from '../actions/action-store.ts'
import { askedOfPartnership } from '../actions/asked-store.ts'
import { bases, type Basis } from '../recommendation.ts'
import { answerNational, giveEvidence } from './answer-national.ts'
import { areaAnswers, earlierAnswers, evidenceAsks, readNational, rollUp, samplesOf } from './national-store.ts'
import { askSample, noSuchNational, sendToPartnerships, type ChosenPartnerships } from './send-to-partnerships.ts'
import { AnswerNationalPage } from './views/answer-page.tsx'
import { AreasPage } from './views/areas-page.tsx'

interface OfNational {
  Params: { recommendationId: string }
  Body: Posted | undefined
}

export function registerNationalPages(web: Web): void {
  const { app } = web

  async function showAreas(
    request: FastifyRequest<OfNational>,
    reply: FastifyReply,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'recommendation')
    const { recommendationId } = request.params
    const shown = await acting.transaction(async tx => {
      const national = await readNational(tx, recommendationId)
      if (!national) throw noSuchNational()
      return {
        national,
        rows: await rollUp(tx, recommendationId),
        answers: await areaAnswers(tx, recommendationId),
        samples: await samplesOf(tx, recommendationId),
        asks: await evidenceAsks(tx, { recommendationId }),
        regions: await tx.selectFrom('region').select(['code', 'name']).orderBy('name').execute(),
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: `What areas answer to ${shown.national.number}`,
      back: { href: `/desk/recommendations/${shown.national.number}`, text: 'The recommendation' },
      wide: true,
      errors,
      children: (
        <AreasPage
          {...{ request, errors }}
          {...shown}
          typed={request.body ?? {}}
          may={{
            send: may(acting, 'send', 'national-recommendation-draft') && shown.national.status === 'issued',
            sample: may(acting, 'write', 'national-judgement') && shown.national.status === 'issued',
          }}
        />
      ),
    })
  }

  app.get<OfNational>('/recommendations/:recommendationId/areas', (request, reply) => showAreas(request, reply))

  app.post<OfNational>('/recommendations/:recommendationId/areas/send', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'send', 'national-recommendation-draft')
    const { recommendationId } = request.params
    const body = request.body ?? {}
    const { done, problem } = await tried(async () => sendToPartnerships(acting, recommendationId, sendingIn(body)))
    if (problem) return showAreas(request, reply, problem)
    const sent = done === 1 ? 'It was sent to 1 partnership.' : `It was sent to ${done} partnerships.`
    return web.redirect(reply, `/recommendations/${recommendationId}/areas`, sent)
  })

  app.post<OfNational>('/recommendations/:recommendationId/areas/sample', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'national-judgement')
    const { recommendationId } = request.params
    const { body } = request
    const { problem } = await tried(() =>
      askSample(acting, recommendationId, {
        size: /^\d{1,4}$/.test(textIn(body, 'size')) ? Number(textIn(body, 'size')) : 0,
        askedBy: dayIn(body, 'sampleBy', 'The day to give evidence by'),
      }),
    )
    if (problem) return showAreas(request, reply, problem)
    return web.redirect(reply, `/recommendations/${recommendationId}/areas`, 'The sample is drawn and asked.')
  })

  async function showAnswer(
    request: FastifyRequest<OfNational>,
    reply: FastifyReply,
    recommendationId: string,
    problem?: ServiceError,
  ): Promise<FastifyReply> {
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'action')
    const shown = await acting.transaction(async tx => {
      const national = await readNational(tx, recommendationId)
      const [answered] = national ? await areaAnswers(tx, recommendationId) : []
      if (!national || !answered) throw noSuchNational()
      const { partnershipCode } = answered
      const asked = await askedOfPartnership(tx, { partnershipCode, open: true })
      return {
        national,
        answered,
        earlier: await earlierAnswers(tx, { partnershipCode, themes: national.themes, except: recommendationId }),
        others: asked.flatMap(one =>
          one.kind === 'national-recommendation' && one.recommendationId !== recommendationId ? one : [],
        ),
        actions: await openActions(tx, partnershipCode),
        asks: await evidenceAsks(tx, { recommendationId }),
        mayAnswer: acting.bodyCode === partnershipCode,
        today: contextOf(tx).today,
      }
    })
    const { status, errors } = frameOfForm(problem)
    const body = problem && request.body
    const [before] = shown.earlier
    const isPrefilled = !body && !shown.answered.answer && before !== undefined
    const typed = isPrefilled ? { ...before, also: [], actionIds: [] } : answerIn(body ?? {})
    return web.page(request, reply, {
      status,
      title: `Answer recommendation ${shown.national.number}`,
      back: { href: '/asked', text: 'Everything asked of us' },
      errors,
      children: <AnswerNationalPage {...{ request, typed, isPrefilled, errors }} {...shown} />,
    })
  }

  app.get<OfNational>('/recommendations/:recommendationId/answer', (request, reply) =>
    showAnswer(request, reply, request.params.recommendationId),
  )

  app.post<OfNational>('/recommendations/:recommendationId/answer', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'action')
    const { recommendationId } = request.params
    const { also, actionIds, ...typed } = answerIn(request.body ?? {})
    const mine = await acting.transaction(tx => areaAnswers(tx, recommendationId))
    const own = mine.find(one => one.partnershipCode === acting.bodyCode)
    if (!own) throw noSuchNational()
    const { problem } = await tried(answerNational(acting, [own.addresseeId, ...also], typed, { actionIds }))
    if (problem) return showAnswer(request, reply, recommendationId, problem)
    return web.redirect(reply, `/recommendations/${recommendationId}/answer`, 'The answer is sent.')
  })

  app.post<OfNational>('/recommendations/:recommendationId/evidence', async (request, reply) => {
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'action')
    const { recommendationId } = request.params
    const { body } = request
    const typed = { words: textIn(body, 'sampleWords'), evidenceKind: textIn(body, 'sampleKind') }
    const { problem } = await tried(giveEvidence(acting, recommendationId, typed))
    if (problem) return showAnswer(request, reply, recommendationId, problem)
    return web.redirect(reply, `/recommendations/${recommendationId}/answer`, 'The evidence is sent to the Panel.')
  })
}

function answerIn(body: Posted) {
  return {
    answer: textIn(body, 'answer'),
    words: textIn(body, 'words'),
    evidence: textIn(body, 'evidence'),
    also: idsIn(body, 'also'),
    actionIds: idsIn(body, 'actionIds'),
  }
}

/** @throws ServiceError 'invalid' */
function sendingIn(body: Posted): { to: ChosenPartnerships; askedBy: CivilDate; basis: Basis } {
  const kind = textIn(body, 'to')
  const to: ChosenPartnerships | undefined =
    kind === 'all'
      ? { of: 'all' }
      : kind === 'region'
        ? { of: 'region', regionCode: textIn(body, 'region') }
        : kind === 'list'
          ? {
              of: 'list',
              codes: textIn(body, 'codes')
                .split(/[\s,;]+/)
                .filter(Boolean),
            }
          : undefined
  if (!to) throw invalidAt('to', 'Select to which partnerships')
  const askedBy = dayIn(body, 'askedBy', 'The day to answer by')
  const basis = textIn(body, 'basis')
  if (!Object.hasOwn(bases, basis)) throw invalidAt('basis', 'Select why by that day')
  return { to, askedBy, basis: basis as Basis }
}
