import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { seenReview } from './open-review.ts'
import type { RapidReview } from './rapid-review.ts'
import { deleteMember, groupOf, insertMember, lockReview, peopleForGroup } from './store.ts'

/** Until the review is sent: afterwards nothing is written any more. */
export function mayChangeGroup(acting: Acting, { status }: RapidReview): boolean {
  return may(acting, 'write', 'review-group') && status !== 'sent'
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
 * Takes somebody out of the group. Business managers of the partnership work on the review without being in it.
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' when it was sent
 */
export async function removeFromGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  ensureMay(acting, 'write', 'review-group')
  await acting.transaction(async tx => {
    const review = await heldUnsent(tx, incidentId)
    const group = await groupOf(tx, review)
    if (!group.some(member => member.personId === personId)) return
    await deleteMember(tx, incidentId, personId)
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
    `Rapid review ${seen.reference} was sent to the Panel, and its group stays as it was. There is nothing left to do here.`,
  )
}

function notChosen(): ServiceError {
  const text = 'Select a person of this partnership'
  return new ServiceError('invalid', text, { fields: [{ field: 'personId', text }] })
}
