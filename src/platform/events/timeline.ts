import { sql } from 'kysely'
import type { Tx } from '../database/index.ts'
import type { EventDetails, EventKind } from './kinds.ts'

/** Its detail is undefined once it was erased. */
export type TimelineEvent = {
  [Kind in EventKind]: { kind: Kind; detail: EventDetails[Kind] | undefined }
}[EventKind] & {
  id: string
  at: Date
  /** Who did it: a name, and the role they acted in; a task of the service has no name. */
  name: string | null
  who: string
  /** The person whom the detail names, like the member who was given a review. */
  about?: string | undefined
}

/** What happened to an incident, oldest first, as far as the acting person may see it. */
export async function readTimeline(tx: Tx, incidentId: string): Promise<TimelineEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .leftJoin('event_detail', 'event_detail.event_id', 'event.id')
    .leftJoin('person', 'person.id', 'event.person_id')
    .leftJoin('person as named', join => join.on(sql<boolean>`named.id = (event_detail.detail ->> 'personId')::uuid`))
    .select([
      'event.id',
      'event.at',
      'event.kind',
      'event.who',
      'person.name',
      'event_detail.detail',
      'named.name as about',
    ])
    .where('event.incident_id', '=', incidentId)
    .orderBy('event.at')
    .orderBy('event.id')
    .execute()
  return rows.map(row => ({ ...row, detail: row.detail ?? undefined, about: row.about ?? undefined }) as TimelineEvent)
}
