import { contextOf, type Tx } from '../../platform/database/index.ts'
import { formatDate } from '../../platform/dates.ts'
import type { OnIncident } from '../../platform/on-incident.ts'
import { outcomes } from './decision-form.ts'
import { isLate } from './local-review.ts'
import { readLocalReview } from './store.ts'
import { progressOf } from './waiting.ts'

/** The local review as a step of the chain: how far it is. Nothing where none was decided, or none may be seen. */
export async function localReviewOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const review = await readLocalReview(tx, incidentId)
  if (!review) return []
  const [progress] = await progressOf(tx, [review])
  const expected = review.expectedOn ?? review.dueOn
  const state =
    review.outcome && review.outcomeOn
      ? `${outcomes[review.outcome]}, ${formatDate(review.outcomeOn)}`
      : `${progress?.stage?.label ?? 'Every stage is done'}. ${isLate(review, contextOf(tx).today) ? 'Late, expected' : 'Expected'} on ${formatDate(expected)}`
  return [{ link: { text: 'Local review', href: `/incidents/${incidentId}/local-review`, state } }]
}
