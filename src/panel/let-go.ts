import { asTask, contextOf, type Tx } from '../platform/database/index.ts'
import type { IncidentPlace } from '../platform/events/index.ts'
import { advance } from './advance.ts'
import { endAllocations, isAllocated, lockAllocated } from './store.ts'

/**
 * Takes from a member one review, or all of an authority. What nobody has afterwards waits to be given to somebody.
 * The reviews are held first: of two members who let go at once, the second knows of the first.
 *
 * @returns the reviews the member had
 */
export async function letGo(
  tx: Tx,
  personId: string,
  which: { incidentId: string } | { authorityCode: string },
): Promise<IncidentPlace[]> {
  await asTask(tx, 'receive-review', () => lockAllocated(tx, personId, which))
  const ended = await endAllocations(tx, personId, which, contextOf(tx).now)
  for (const { incidentId } of ended) {
    const remains = await asTask(tx, 'receive-review', () => isAllocated(tx, incidentId))
    if (!remains) await advance(tx, incidentId, 'lose-last-member')
  }
  return ended
}
