import { ensureMay, type Acting } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { seenReview } from './open-review.ts'
import { deleteMember, groupOf, insertMember, peopleForGroup } from './store.ts'

/**
 * Lets somebody of this partnership's bodies see and write the review.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid' at the field `personId`
 */
export async function addToGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  ensureMay(acting, 'send', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await seenReview(tx, incidentId)
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
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' when nobody would be left who can send the review
 */
export async function removeFromGroup(acting: Acting, incidentId: string, personId: string): Promise<void> {
  ensureMay(acting, 'send', 'rapid-review-signing')
  await acting.transaction(async tx => {
    const review = await seenReview(tx, incidentId)
    const group = await groupOf(tx, review)
    if (!group.some(member => member.personId === personId)) return
    const left = group.filter(member => member.personId !== personId)
    if (!left.some(member => member.maySend)) {
      throw new ServiceError(
        'conflict',
        'A business manager must stay in the group: nobody else can ask for signatures and send the review. Add another one first.',
      )
    }
    if (!(await deleteMember(tx, incidentId, personId))) return
    await recordEvent(tx, {
      kind: 'rapid-review.member-removed',
      subject: 'rapid-review-draft',
      place: review,
      objectId: personId,
    })
  })
}

function notChosen(): ServiceError {
  const text = 'Select a person of this partnership'
  return new ServiceError('invalid', text, { fields: [{ field: 'personId', text }] })
}
