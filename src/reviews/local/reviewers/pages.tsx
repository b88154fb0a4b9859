import type { Web } from '../../../platform/web/index.ts'
import { registerShownPage } from '../shown-page.ts'
import { entriesOf } from '../entries/store.ts'
import { ReviewersPage } from './views.tsx'
import { reviewersOf } from './store.ts'

export function registerReviewers(web: Web): void {
  registerShownPage(web, {
    path: '/reviewers',
    title: 'Reviewers',
    purpose: 'reviewers',
    read: async (tx, { reviewId }) => ({
      reviewers: await reviewersOf(tx, reviewId),
      days: await entriesOf(tx, reviewId, 'days'),
    }),
    draw: ReviewersPage,
  })
}
