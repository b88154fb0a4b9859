import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { seenReview } from './open-review.ts'
import type { RapidReview } from './rapid-review.ts'
import { deleteMember, groupOf, insertMember, lockReview, peopleForGroup } from './store.ts'

/** Until the review is sent: who joins then joins nothing. Whoever was let in by mistake is taken out at any time. */
export function mayAddToGroup(acting: Acting, { status }: RapidReview): boolean {
  return mayRemoveFromGroup(acting) && status !== 'sent'
}

export function mayRemoveFromGroup(acting: Acting): boolean {
  return may(acting, 'write', 'review-group')
}

/**
 * Lets somebody of this partnership or its bodies see and write the review.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when it was sent, or 'invalid' at the field `personId`
 */
export async function addToGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  ensureMay(acting, 'write', 'review-group')
  await acting.transaction(async tx => {
    const review = await heldUnsent(tx, incidentId)
    const people = await peopleForGroup(tx, review.partnershipCode)
    if (!people.some(person => person.personId === personId)) throw notChosen()
    if (!(await insertMember(tx, review, personId))) return
    await recordEvent(tx, {
      kind: 'rapid-review.member-added',
      subject: 'rapid-review-draft',
      place: review,
      objectId: personId,
    })
  })
}

/**
 * Takes somebody out of the group, of a review that was sent too: to its members the group shows that there is an
 * incident. Business managers of the partnership work on the review without being in it.
 * @throws ServiceError 'not-allowed' or 'not-found'
 */
export async function removeFromGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  ensureMay(acting, 'write', 'review-group')
  await acting.transaction(async tx => {
    const review = await seenReview(tx, incidentId)
    if (review.status !== 'sent') await lockReview(tx, incidentId)
    const group = await groupOf(tx, review)
    if (!group.some(member => member.personId === personId)) return
    await deleteMember(tx, review, personId)
    await recordEvent(tx, {
      kind: 'rapid-review.member-removed',
      subject: 'rapid-review-draft',
      place: review,
      objectId: personId,
    })
  })
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

function notChosen(): ServiceError {
  const text = 'Select a person of this partnership'
  return new ServiceError('invalid', text, { fields: [{ field: 'personId', text }] })
}
