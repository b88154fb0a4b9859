import type { Web } from '../../../platform/web/index.ts'
import { registerIdentifyingCheck } from '../../../documents/index.ts'
import { noSuchRecord, seenLocalReview } from '../open-local-review.ts'
import { base, type Route } from '../path.ts'
import { registerShownPage } from '../shown-page.ts'
import { learningToCheck } from '../recognised.ts'
import { learningPointsOf } from './store.ts'
import { LearningPage } from './views.tsx'

export function registerLearning(web: Web): void {
  registerShownPage(web, {
    path: '/learning',
    title: 'Learning points',
    purpose: 'learning points',
    read: async (tx, { reviewId }) => ({ points: await learningPointsOf(tx, reviewId) }),
    draw: LearningPage,
  })

  registerIdentifyingCheck<Route['Params']>(web, {
    path: `${base}/learning/:recordId/recognised`,
    subject: 'local-review',
    async read(tx, { incidentId, recordId }) {
      const review = await seenLocalReview(tx, incidentId)
      const point = (await learningPointsOf(tx, review.reviewId)).find(({ id }) => id === recordId)
      if (!point) throw noSuchRecord()
      return learningToCheck(tx, review, point)
    },
  })
}
