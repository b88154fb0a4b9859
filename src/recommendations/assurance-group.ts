import { sql } from 'kysely'
import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, inForceOn, type Tx } from '../platform/database/index.ts'
import { invalidAt, ServiceError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'

export interface AssuranceMember {
  personId: string
  name: string
  bodyName: string
  /** Null for somebody who could be named. */
  addedAt: Date | null
  /** Whoever is no longer a safeguarding partner of the area judges nothing, and is still to be taken away. */
  isPartner: boolean
}

/** Who is in the assurance group of a partnership, and which of its partners could be, by name. */
export async function assuranceGroupOf(tx: Tx, partnershipCode: string): Promise<AssuranceMember[]> {
  const { rows } = await sql<{
    person_id: string
    name: string
    body_name: string | null
    added_at: Date | null
  }>`
    select person.id as person_id, person.name, partner.body_name, assurance_member.added_at
    from person
    left join (
      select appointment.person_id, string_agg(distinct body.name, ', ' order by body.name) as body_name
      from appointment
      join body on body.code = appointment.body_code
      join partnership_body on partnership_body.body_code = appointment.body_code
        and partnership_body.partnership_code = ${partnershipCode} and partnership_body.until_on is null
      where appointment.role = 'safeguarding-partner' and ${inForceOn(contextOf(tx).today, 'appointment')}
      group by appointment.person_id) partner on partner.person_id = person.id
    left join assurance_member on assurance_member.person_id = person.id
      and assurance_member.partnership_code = ${partnershipCode}
    where partner.person_id is not null or assurance_member.person_id is not null
    order by person.name collate "und-x-icu", person.id`.execute(tx)
  return rows.map(row => ({
    personId: row.person_id,
    name: row.name,
    bodyName: row.body_name ?? '',
    addedAt: row.added_at,
    isPartner: row.body_name !== null,
  }))
}

/**
 * Names a safeguarding partner who judges what is not their own body's.
 * @throws ServiceError 'not-allowed' or 'invalid'
 */
export async function nameForAssurance(acting: Acting, personId: string): Promise<void> {
  ensureMay(acting, 'send', 'recommendation-draft')
  await acting.transaction(async tx => {
    const found = (await assuranceGroupOf(tx, acting.bodyCode)).find(one => one.personId === personId)
    if (!found?.isPartner || found.addedAt) {
      const text = 'Select a safeguarding partner of your area who is not in the group'
      throw invalidAt('personId', text)
    }
    await tx
      .insertInto('assurance_member')
      .values({
        partnership_code: acting.bodyCode,
        person_id: personId,
        added_by: acting.personId,
        added_at: contextOf(tx).now,
      })
      .execute()
    await recordEvent(tx, { kind: 'assurance.named', subject: 'recommendation', objectId: personId })
  })
}

/**
 * Takes somebody out of the group. What they judged stays.
 * @throws ServiceError 'not-allowed' or 'not-found'
 */
export async function endAssurance(acting: Acting, personId: string): Promise<void> {
  ensureMay(acting, 'send', 'recommendation-draft')
  await acting.transaction(async tx => {
    const { numDeletedRows } = await tx
      .deleteFrom('assurance_member')
      .where('partnership_code', '=', acting.bodyCode)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new ServiceError('not-found', 'This person is not in the group.')
    await recordEvent(tx, { kind: 'assurance.ended', subject: 'recommendation', objectId: personId })
  })
}
