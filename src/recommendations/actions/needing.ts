import { may, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { addDays, type CivilDate } from '../../platform/dates.ts'
import type { Needing } from '../../platform/needing.ts'
import { countActions, missingUpdates } from './action-store.ts'

/** A lead hears of an update so many days before it is due. */
const daysBefore = 7
/** Whoever was asked has so many days before they are to be asked again. */
const daysToAnswer = 7

/** What waits for a person about actions: updates to say, to check and to ask for. Each action stands in one of them. */
export async function actionsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'reply', 'action')) return []
  const { today } = contextOf(tx)
  const led = await tx
    .selectFrom('action')
    .leftJoin('incident', 'incident.incident_id', 'action.incident_id')
    .select(['action.action_id', 'action.number', 'action.next_update_on', 'action.incident_id', 'incident.reference'])
    .where('action.lead_person_id', '=', acting.personId)
    .where('action.next_update_on', '<=', addDays(today, daysBefore))
    // What they have said waits for somebody else.
    .where('action.unchecked', '=', 0)
    .orderBy('action.next_update_on')
    .limit(20)
    .execute()
  const needing: Needing[] = led.map(row => ({
    ...(row.incident_id && { incidentId: row.incident_id }),
    ...(row.reference && { reference: row.reference }),
    what: `Say how far action ${row.number} is`,
    dueOn: row.next_update_on as CivilDate,
    href: `/actions/${row.action_id}`,
  }))
  if (!may(acting, 'write', 'action')) return needing
  const { unchecked } = await countActions(tx, today)
  const asking = (await missingUpdates(tx, today)).filter(
    one => one.leadPersonId !== acting.personId && (one.askedOn ?? '') < addDays(today, -daysToAnswer),
  )
  const missing = asking.length
  if (unchecked > 0) {
    const what = unchecked === 1 ? 'Check the update of an action' : `Check the updates of ${unchecked} actions`
    needing.push({ what, dueOn: undefined, href: '/actions?state=unchecked' })
  }
  if (missing > 0) {
    const what =
      missing === 1
        ? 'Ask for the update of an action that is missing'
        : `Ask for ${missing} updates of actions that are missing`
    needing.push({ what, dueOn: undefined, href: '/actions/asking' })
  }
  return needing
}
