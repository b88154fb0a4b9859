import { sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import type { OnIncident } from '../../platform/on-incident.ts'

/** The way to the family of a local review, for those who may see its record. */
export async function familyOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const { rows } = await sql<{ lead: string | null }>`
    select family_lead.name as lead
    from review
    left join family_lead on family_lead.review_id = review.review_id and family_lead.until_on is null
    where review.incident_id = ${incidentId} and review.kind = 'local'
      and (array[review.partnership_code, review.partnership_code || ' ' || review.authority_code] && my_codes('family-contact:read')
        or review.incident_id = any (my_reached('family-contact:read')))`.execute(tx)
  return rows.map(({ lead }) => ({
    link: {
      text: 'The family',
      href: `/incidents/${incidentId}/family`,
      state: lead ? `${lead} leads contact` : 'Nobody leads contact yet',
    },
  }))
}
