import type { Acting } from '../platform/acting.ts'
import { may } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { Needing } from '../platform/needing.ts'
import { notificationDueOn } from './due-day.ts'
import { listDrafts } from './store.ts'

/** Drafts that wait to be sent. Due five working days after the authority became aware. */
export async function notificationsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'send', 'notification-draft')) return []
  const drafts = await listDrafts(tx, acting)
  const { today } = contextOf(tx)
  return drafts.map(draft => ({
    incidentId: draft.incidentId,
    reference: draft.reference,
    what: 'Finish and send the notification',
    dueOn: notificationDueOn(draft.awareOn, today),
    href: `/notifications/${draft.incidentId}`,
  }))
}
