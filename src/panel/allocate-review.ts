import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { recordEvent } from '../platform/events/index.ts'
import { invalidAt } from '../platform/errors.ts'
import { advance, openConsideration } from './advance.ts'
import { letGo } from './let-go.ts'
import {
  allocationsOf,
  conflictedPersons,
  insertAllocation,
  listMembers,
  type Consideration,
  type PanelMember,
} from './store.ts'
import type { WhichReview } from './which-review.ts'

/** Who may be given a review, those of its region first. Who declared a conflict, or has it already, is left out. */
export async function membersToOffer(
  tx: Tx,
  consideration: Consideration,
): Promise<{ ofRegion: PanelMember[]; others: PanelMember[] }> {
  const conflicted = await conflictedPersons(tx, consideration)
  const allocated = new Set((await allocationsOf(tx, consideration.reviewId)).map(one => one.personId))
  const members = (await listMembers(tx, contextOf(tx).today)).filter(
    ({ personId }) => !conflicted.has(personId) && !allocated.has(personId),
  )
  const ofRegion = members.filter(member => member.regionCode === consideration.regionCode)
  const others = members.filter(({ personId }) => !ofRegion.some(member => member.personId === personId))
  return { ofRegion, others: onceEach(others) }
}

/** A member of two regions is one person, with the names of both. */
function onceEach(members: readonly PanelMember[]): PanelMember[] {
  const byPerson = new Map<string, PanelMember>()
  for (const member of members) {
    const known = byPerson.get(member.personId)
    byPerson.set(
      member.personId,
      known ? { ...known, regionName: `${known.regionName}, ${member.regionName}` } : member,
    )
  }
  return [...byPerson.values()]
}

/**
 * Gives a review to a Panel member, who can see it from now on. Whoever has it already keeps it.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' once the letter was sent, or 'invalid' for somebody who is
 *   no member or has a conflict
 */
export async function allocateReview(acting: Acting, which: WhichReview, personId: string): Promise<void> {
  ensureMay(acting, 'allocate', 'panel-work')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, which)
    if (await has(tx, personId, consideration)) return
    const { ofRegion, others } = await membersToOffer(tx, consideration)
    if (![...ofRegion, ...others].some(member => member.personId === personId)) {
      const conflicted = (await conflictedPersons(tx, consideration)).has(personId)
      const text = conflicted
        ? 'This member has declared a conflict of interest. Choose another member'
        : 'Select a Panel member who does not have this review yet'
      throw invalidAt('personId', text)
    }
    const given = { personId, by: acting.personId, at: contextOf(tx).now }
    if (!(await insertAllocation(tx, consideration, given))) return
    await advance(tx, consideration.reviewId, 'allocate')
    await recordEvent(tx, {
      kind: 'panel.allocated',
      subject: 'panel-work',
      place: consideration,
      detail: { review: which.kind, personId },
    })
  })
}

/** Takes a review from a member. @throws ServiceError 'not-allowed', 'not-found' */
export async function endAllocation(acting: Acting, which: WhichReview, personId: string): Promise<void> {
  ensureMay(acting, 'allocate', 'panel-work')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, which)
    if (!(await has(tx, personId, consideration))) return
    if ((await letGo(tx, personId, { reviewId: consideration.reviewId })).length === 0) return
    await recordEvent(tx, {
      kind: 'panel.allocation-ended',
      subject: 'panel-work',
      place: consideration,
      detail: { review: which.kind, personId },
    })
  })
}

async function has(tx: Tx, personId: string, { reviewId }: Consideration): Promise<boolean> {
  return (await allocationsOf(tx, reviewId)).some(one => one.personId === personId)
}
