import { ensureMay } from '../../../platform/acting.ts'
import { contextOf } from '../../../platform/database/index.ts'
import type { Web } from '../../../platform/web/index.ts'
import { base, pathOf, type Route } from '../path.ts'
import { termsVersionsOf } from '../terms/store.ts'
import { registerShownPage } from '../shown-page.ts'
import { noSuchRecord, openLocalReview } from '../open-local-review.ts'
import { reviewersOf } from '../reviewers/store.ts'
import { questionsIn } from '../terms/terms-form.ts'
import { ExtensionsPage, RequestLetterPage, RequestsPage, ToldPage } from './views.tsx'
import { BenchPage } from './bench-page.tsx'
import { entriesOf } from './store.ts'

/** Requests, extensions, who was told, and the bench of the reviewer. */
export function registerEntries(web: Web): void {
  const { app } = web

  registerShownPage(web, {
    path: '/requests',
    title: 'Written requests',
    purpose: 'written requests',
    read: async (tx, { reviewId }) => ({
      requests: await entriesOf(tx, reviewId, 'request'),
      today: contextOf(tx).today,
    }),
    draw: RequestsPage,
  })

  app.get<Route>(`${base}/requests/:recordId/letter`, async (request, reply) => {
    const { incidentId, recordId } = request.params
    const acting = web.acting(request)
    ensureMay(acting, 'read', 'local-review')
    const shown = await acting.transaction(async tx => {
      const review = await openLocalReview(tx, incidentId, 'letter of a request')
      const found = (await entriesOf(tx, review.reviewId, 'request')).find(({ id }) => id === recordId)
      if (!found) throw noSuchRecord()
      return { review, request: found }
    })
    return web.page(request, reply, {
      title: 'Letter of a request',
      back: { href: `${pathOf(incidentId)}/requests`, text: 'Written requests' },
      children: <RequestLetterPage {...shown} from={acting.name} />,
    })
  })

  registerShownPage(web, {
    path: '/extensions',
    title: 'Extensions',
    purpose: 'extensions',
    read: async (tx, { reviewId }) => ({ extensions: await entriesOf(tx, reviewId, 'extension') }),
    draw: ExtensionsPage,
  })

  registerShownPage(web, {
    path: '/told',
    title: 'Who was told of the decision',
    purpose: 'who was told',
    read: async (tx, { reviewId }) => ({ told: await entriesOf(tx, reviewId, 'told') }),
    draw: ToldPage,
  })

  registerShownPage(web, {
    path: '/bench',
    title: 'The reviewer’s bench',
    purpose: 'reviewer’s bench',
    right: 'write',
    read: async (tx, { reviewId }) => ({
      questions: questionsIn((await termsVersionsOf(tx, reviewId)).at(-1)?.answers ?? {}),
      contacts: await entriesOf(tx, reviewId, 'contact'),
      notes: await entriesOf(tx, reviewId, 'note'),
      index: await entriesOf(tx, reviewId, 'index'),
      days: await entriesOf(tx, reviewId, 'days'),
      reviewers: await reviewersOf(tx, reviewId),
    }),
    draw: BenchPage,
  })
}
