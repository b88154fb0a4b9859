import type { Tx } from '../platform/database/index.ts'
import { placeFrom, type IncidentPlace } from '../platform/events/index.ts'

/** Another incident that a local review is about. */
export interface FurtherIncident extends IncidentPlace {
  reference: string
}

export async function furtherIncidentsOf(tx: Tx, reviewId: string): Promise<FurtherIncident[]> {
  const rows = await tx
    .selectFrom('review_incident')
    .innerJoin('incident', 'incident.incident_id', 'review_incident.incident_id')
    .select(['incident.incident_id', 'incident.authority_code', 'incident.partnership_code', 'incident.reference'])
    .where('review_incident.review_id', '=', reviewId)
    .orderBy('incident.reference')
    .execute()
  return rows.map(row => ({ ...placeFrom(row), reference: row.reference }))
}
