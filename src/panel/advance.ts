import { asTask, type Tx } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { after, type Step } from './consideration.ts'
import { lockStatus, readConsideration, setStatus, type Consideration } from './store.ts'
import type { WhichReview } from './which-review.ts'

/** The review before the Panel. @throws ServiceError 'not-found' when the acting person may not see it */
export async function openConsideration(tx: Tx, which: WhichReview): Promise<Consideration> {
  const consideration = await readConsideration(tx, which)
  if (!consideration) throw noSuchReview()
  return consideration
}

function noSuchReview(): ServiceError {
  return new ServiceError(
    'not-found',
    'There is no such review before the Panel, or it is not yours to see. Go back to the worklist.',
  )
}

/** Whoever else changes how far this review is, who has it or what was answered waits until this transaction ends. */
export async function holdReview(tx: Tx, reviewId: string): Promise<void> {
  await asTask(tx, 'receive-review', () => lockStatus(tx, reviewId))
}

/**
 * Takes the Panel's work one step on. Members see how far a review is and write to no part of that themselves: what
 * follows from their reading or letter, the service writes.
 * @throws ServiceError 'conflict' when the step is not allowed
 */
export async function advance(
  tx: Tx,
  reviewId: string,
  step: Step,
  sent?: Parameters<typeof setStatus>[3],
): Promise<void> {
  await asTask(tx, 'receive-review', async () => {
    const status = await lockStatus(tx, reviewId)
    if (!status) throw noSuchReview()
    await setStatus(tx, reviewId, after(status, step), sent)
  })
}
