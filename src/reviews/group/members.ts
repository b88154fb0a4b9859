import { sql } from 'kysely'
import { roles, type Role } from '../../platform/access/index.ts'
import { contextOf, inForceOn, personOf, type Tx } from '../../platform/database/index.ts'
import { columnsOfReview, type ReviewKind, type ReviewPlace } from '../review.ts'

export interface Member {
  personId: string
  name: string
  /** The appointments that make them part of this area: `Business manager, North partnership`. */
  appointments: string[]
}

/** Appointments in force today, to the partnership and its bodies, in these roles. */
function appointmentsHere(tx: Tx, partnershipCode: string, among: readonly Role[]) {
  const { today } = contextOf(tx)
  return tx
    .selectFrom('appointment')
    .innerJoin('person', 'person.id', 'appointment.person_id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['person.id', 'person.name', 'appointment.role', 'body.name as body_name'])
    .where('person.ended_at', 'is', null)
    .where('appointment.role', 'in', among)
    .where(inForceOn(today, 'appointment'))
    .where(eb =>
      eb.or([
        eb('appointment.body_code', '=', partnershipCode),
        eb(
          'appointment.body_code',
          'in',
          eb
            .selectFrom('partnership_body')
            .select('partnership_body.body_code')
            .where('partnership_body.partnership_code', '=', partnershipCode)
            .where(inForceOn(today, 'partnership_body')),
        ),
      ]),
    )
    .orderBy(sql`person.name collate "und-x-icu"`)
    .orderBy('person.id')
}

function membersFrom(rows: readonly { id: string; name: string; role: string; body_name: string }[]): Member[] {
  const members = new Map<string, Member>()
  for (const row of rows) {
    const member = members.get(row.id) ?? { personId: row.id, name: row.name, appointments: [] }
    member.appointments.push(`${roles[row.role as Role].label}, ${row.body_name}`)
    members.set(row.id, member)
  }
  return [...members.values()]
}

/** The people with an appointment here in one of these roles, who may be put in the group of a review. */
export async function peopleForGroup(tx: Tx, partnershipCode: string, among: readonly Role[]): Promise<Member[]> {
  return membersFrom(await appointmentsHere(tx, partnershipCode, among).execute())
}

export async function businessManagersOf(tx: Tx, partnershipCode: string): Promise<string[]> {
  const rows = await appointmentsHere(tx, partnershipCode, ['business-manager'])
    .where('appointment.body_code', '=', partnershipCode)
    .execute()
  return rows.map(({ id }) => id)
}

/** The named group. Somebody whose appointment has ended stays in it by name, and no longer sees the review. */
export async function groupOf(tx: Tx, review: ReviewPlace, among: readonly Role[]): Promise<Member[]> {
  const rows = await tx
    .selectFrom('review_member')
    .innerJoin('person', 'person.id', 'review_member.person_id')
    .select(['person.id', 'person.name'])
    .where('review_member.review_id', '=', review.reviewId)
    .orderBy(sql`person.name collate "und-x-icu"`)
    .orderBy('person.id')
    .execute()
  const here = new Map(
    (await peopleForGroup(tx, review.partnershipCode, among)).map(person => [person.personId, person]),
  )
  return rows.map(({ id, name }) => here.get(id) ?? { personId: id, name, appointments: [] })
}

/** @returns false when they are in the group already */
export async function insertMember(tx: Tx, kind: ReviewKind, review: ReviewPlace, personId: string): Promise<boolean> {
  const result = await tx
    .insertInto('review_member')
    .values({
      ...columnsOfReview(review),
      kind,
      person_id: personId,
      added_by: personOf(tx) ?? null,
      added_at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.columns(['review_id', 'person_id']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function deleteMember(tx: Tx, { reviewId }: ReviewPlace, personId: string): Promise<void> {
  await tx.deleteFrom('review_member').where('review_id', '=', reviewId).where('person_id', '=', personId).execute()
}
