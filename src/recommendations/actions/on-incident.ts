import { sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import type { OnIncident } from '../../platform/on-incident.ts'

/** What is done because of an incident, as far as the acting person may see it. */
export async function actionsOnIncident(tx: Tx, incidentId: string): Promise<OnIncident[]> {
  const serving = await tx
    .selectFrom('action')
    .select(['delivery'])
    // The Panel reads what is done beside the points of its letters, and has no page of it.
    .where(sql<boolean>`cardinality(my_codes('action:read')) > 0`)
    .where(eb =>
      eb.or([
        eb('action.incident_id', '=', incidentId),
        eb(
          'action.action_id',
          'in',
          eb
            .selectFrom('action_serves')
            .innerJoin('letter_point', 'letter_point.id', 'action_serves.point_id')
            .select('action_serves.action_id')
            .where('letter_point.incident_id', '=', incidentId),
        ),
      ]),
    )
    .execute()
  const told = await tx
    .selectFrom('change_account')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow()
  if (serving.length === 0 && told.count === '0') return []
  const done = serving.filter(one => one.delivery === 'done').length
  const state =
    serving.length > 0
      ? `${done} of ${serving.length} ${serving.length === 1 ? 'action' : 'actions'} done`
      : 'Told to the Panel'
  return [{ link: { text: 'What changed because of this review', href: `/incidents/${incidentId}/changed`, state } }]
}
