import { reachOf, roleKeys } from '../../platform/access/index.ts'
import type { Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { addMember, type Group, removeMember } from '../group/change-group.ts'
import { seenReview } from './open-review.ts'
import type { RapidReview } from './rapid-review.ts'
import { lockReview } from './store.ts'

/** Whoever may write rapid reviews. */
export const groupRoles = roleKeys.filter(role => reachOf(role, 'write', 'rapid-review-draft').length > 0)

const group: Group<RapidReview> = {
  kind: 'rapid',
  roles: groupRoles,
  open: heldUnsent,
  async seen(tx, incidentId) {
    const review = await seenReview(tx, incidentId)
    if (review.status !== 'sent') await lockReview(tx, incidentId)
    return review
  },
  record: (tx, place, what, objectId) =>
    recordEvent(tx, { kind: `rapid-review.${what}`, subject: 'rapid-review-draft', place, objectId }),
}

/** Until the review is sent: who joins then joins nothing. @see addMember */
export async function addToGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  await addMember(acting, group, incidentId, personId)
}

/** @see removeMember */
export async function removeFromGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  await removeMember(acting, group, incidentId, personId)
}

/** Held until the transaction ends: two who change the group at once do it one after the other. */
async function heldUnsent(tx: Tx, incidentId: string): Promise<RapidReview> {
  const seen = await seenReview(tx, incidentId)
  const held = seen.status === 'sent' ? undefined : await lockReview(tx, incidentId)
  if (held) return held
  throw new ServiceError(
    'conflict',
    `Rapid review ${seen.reference} was sent to the Panel: nobody joins its group any more.`,
  )
}
