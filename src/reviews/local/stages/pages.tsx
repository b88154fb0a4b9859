import type { FastifyReply, FastifyRequest } from 'fastify'
import { frameOfForm, optionalDayIn, tried, type Web } from '../../../platform/web/index.ts'
import { ServiceError } from '../../../platform/errors.ts'
import { ensureMay } from '../../../platform/acting.ts'
import { base, pathOf, toDesk, type Route } from '../path.ts'
import { registerShownPage } from '../shown-page.ts'
import { openLocalReview } from '../open-local-review.ts'
import { progressOf } from '../waiting.ts'
import { StagePage, StagesPage } from './views.tsx'
import { stageRecordsOf } from './store.ts'
import { changeStage, stageNamed } from './change-stage.ts'

export function registerStages(web: Web): void {
  const { app } = web

  async function show(request: FastifyRequest<Route>, reply: FastifyReply, problem?: ServiceError) {
    const { incidentId, stage = '' } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'open and close stages')
      const records = await stageRecordsOf(tx, review.reviewId)
      return { review, stage: await stageNamed(tx, review, stage), record: records.find(each => each.stage === stage) }
    })
    const { status, errors } = frameOfForm(problem)
    return web.page(request, reply, {
      status,
      title: shown.stage.label,
      errors,
      back: toDesk(incidentId),
      children: <StagePage {...{ request, errors, ...shown }} typed={problem && request.body} />,
    })
  }

  registerShownPage(web, {
    path: '/stages',
    title: 'Stages',
    purpose: 'stages of the local review',
    read: async (tx, review) => ({ progress: (await progressOf(tx, [review]))[0]! }),
    draw: StagesPage,
  })

  app.get<Route>(`${base}/stages/:stage`, async (request, reply) => show(request, reply))

  app.post<Route>(`${base}/stages/:stage`, async (request, reply) => {
    const { incidentId, stage = '' } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    const { problem } = await tried(() =>
      changeStage(acting, incidentId, stage, {
        openedOn: optionalDayIn(request.body, 'openedOn', 'The day it was opened'),
        closedOn: optionalDayIn(request.body, 'closedOn', 'The day it was closed'),
      }),
    )
    if (problem) return show(request, reply, problem)
    return web.redirect(reply, pathOf(incidentId), 'The stage is saved.')
  })
}
