import type { Role } from '../../platform/access/index.ts'
import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import type { ReviewKind, ReviewPlace } from '../review.ts'
import { deleteMember, groupOf, insertMember, peopleForGroup } from './members.ts'

/** The group of one kind of review: who can be in it, and who is told of a change. */
export interface Group<Review extends ReviewPlace> {
  kind: ReviewKind
  roles: readonly Role[]
  /** The review while somebody may join. @throws ServiceError 'not-found', or 'conflict' where nobody joins any more */
  open(tx: Tx, incidentId: string): Promise<Review>
  /** @throws ServiceError 'not-found' */
  seen(tx: Tx, incidentId: string): Promise<Review>
  record(tx: Tx, review: Review, what: 'member-added' | 'member-removed', personId: string): Promise<void>
}

export function mayChangeGroup(acting: Acting): boolean {
  return may(acting, 'write', 'review-group')
}

/**
 * Lets somebody of this partnership or its bodies see the review.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict', or 'invalid' at the field `personId`
 */
export async function addMember<Review extends ReviewPlace>(
  acting: Acting,
  group: Group<Review>,
  incidentId: string,
  personId: string,
): Promise<void> {
  ensureMay(acting, 'write', 'review-group')
  await acting.transaction(async tx => {
    const review = await group.open(tx, incidentId)
    const people = await peopleForGroup(tx, review.partnershipCode, group.roles)
    if (!people.some(person => person.personId === personId)) throw notChosen()
    if (!(await insertMember(tx, group.kind, review, personId))) return
    await group.record(tx, review, 'member-added', personId)
  })
}

/**
 * Takes somebody out of the group, of a review that is done too: to its members the group shows that there is an
 * incident. Business managers of the partnership work on the review without being in it.
 * @throws ServiceError 'not-allowed' or 'not-found'
 */
export async function removeMember<Review extends ReviewPlace>(
  acting: Acting,
  group: Group<Review>,
  incidentId: string,
  personId: string,
): Promise<void> {
  ensureMay(acting, 'write', 'review-group')
  await acting.transaction(async tx => {
    const review = await group.seen(tx, incidentId)
    const members = await groupOf(tx, review, group.roles)
    if (!members.some(member => member.personId === personId)) return
    await deleteMember(tx, review, personId)
    await group.record(tx, review, 'member-removed', personId)
  })
}

function notChosen(): ServiceError {
  const text = 'Select a person of this partnership'
  return invalidAt('personId', text)
}
