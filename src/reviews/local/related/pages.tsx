import { recordEvent } from '../../../platform/events/index.ts'
import { ensureMay } from '../../../platform/acting.ts'
import { contextOf } from '../../../platform/database/index.ts'
import type { Web } from '../../../platform/web/index.ts'
import { base, pathOf, type Route } from '../path.ts'
import { noSuchRecord, seenLocalReview } from '../open-local-review.ts'
import { registerShownPage } from '../shown-page.ts'
import { RelatedPage } from './views.tsx'
import { processKinds } from './related-process.ts'
import { relatedProcessesOf, saveProcess } from './store.ts'
import { daysOf } from '../stages/stages.ts'
import { readStagePlan } from '../stages/store.ts'

export function registerRelated(web: Web): void {
  const { app } = web

  registerShownPage(web, {
    path: '/related',
    title: 'Related processes',
    purpose: 'related processes',
    read: async (tx, { reviewId, partnershipCode }) => ({
      processes: await relatedProcessesOf(tx, reviewId),
      daysUntilStale: daysOf(await readStagePlan(tx, partnershipCode)).untilStale,
      today: contextOf(tx).today,
    }),
    draw: RelatedPage,
  })

  app.post<Route>(`${base}/related/:recordId/checked`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'write', 'local-review')
    await acting.transaction(async tx => {
      const review = await seenLocalReview(tx, incidentId)
      const process = (await relatedProcessesOf(tx, review.reviewId)).find(({ id }) => id === recordId)
      if (!process) throw noSuchRecord()
      await saveProcess(tx, review, process, process.id)
      await recordEvent(tx, {
        kind: 'local-review.process-saved',
        subject: 'local-review',
        place: review,
        objectId: process.id,
        detail: { kind: processKinds[process.kind], status: process.status },
      })
    })
    return web.redirect(reply, `${pathOf(incidentId)}/related`, 'Checked today.')
  })
}
