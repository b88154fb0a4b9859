import { asTask, contextOf, type Tx } from '../platform/database/index.ts'
import type { ReviewPlace } from '../reviews/index.ts'
import { advance } from './advance.ts'
import { endAllocations, isAllocated, lockAllocated, type Lets } from './store.ts'

/**
 * Takes from a member one review, those of an incident, or all of an authority. What nobody has afterwards waits to be given to somebody.
 * The reviews are held first: of two members who let go at once, the second knows of the first.
 *
 * @returns the reviews the member had
 */
export async function letGo(tx: Tx, personId: string, which: Lets): Promise<ReviewPlace[]> {
  await asTask(tx, 'receive-review', () => lockAllocated(tx, personId, which))
  const ended = await endAllocations(tx, personId, which, contextOf(tx).now)
  for (const { reviewId } of ended) {
    const remains = await asTask(tx, 'receive-review', () => isAllocated(tx, reviewId))
    if (!remains) await advance(tx, reviewId, 'lose-last-member')
  }
  return ended
}
