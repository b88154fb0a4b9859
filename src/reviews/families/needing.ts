import { sql } from 'kysely'
import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Needing } from '../../platform/needing.ts'

/**
 * Copies that are out with words that were withdrawn, or that were never agreed to, until whoever holds them has answered:
 * for the business manager, and for whoever leads contact with the family.
 */
export async function familiesNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'write', 'family-contact')) return []
  const { rows } = await sql<{
    incident_id: string
    reference: string
    use_id: string
    holder: string
    asked: boolean
  }>`
    select incident.incident_id, incident.reference, used.id as use_id, used.answers ->> 'holder' as holder,
      exists (select from family_entry where family_entry.use_id = used.id) as asked
    from family_quote_use used
    join family_quote on family_quote.id = used.quote_id
    join incident on incident.incident_id = used.incident_id
    where (family_quote.withdrawn_at is not null or used.answers -> 'mistake' is not null)
      and not exists (
        select from family_entry where family_entry.use_id = used.id and family_entry.answers ->> 'step' <> 'asked')
      and (${may(acting, 'lead', 'local-review')} or exists (
        select from family_lead
        where family_lead.review_id = used.review_id and until_on is null and account_id = ${acting.personId}))
    order by used.entered_at, used.id`.execute(tx)
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    what: row.asked
      ? `Write down what ${row.holder} answered about the copy with words of the family`
      : `Ask ${row.holder} to destroy a copy with words of the family`,
    dueOn: undefined,
    href: `/incidents/${row.incident_id}/family/quotes/copy?use=${row.use_id}`,
  }))
}
