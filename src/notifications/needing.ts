import type { Acting } from '../platform/acting.ts'
import { may } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import type { Needing } from '../platform/needing.ts'
import { notificationDueOn } from './due-day.ts'
import { listDrafts, listNotSentNationally } from './store.ts'

/** Drafts that wait to be sent, and what was sent here and not through the national service. Due five working days after the authority became aware. */
export async function notificationsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'send', 'notification-draft')) return []
  const drafts = await listDrafts(tx, acting)
  const { today } = contextOf(tx)
  const toSend = drafts.map(draft => ({
    incidentId: draft.incidentId,
    reference: draft.reference,
    what: 'Finish and send the notification',
    dueOn: notificationDueOn(draft.awareOn, today),
    href: `/notifications/${draft.incidentId}`,
  }))
  const toSendNationally = (await listNotSentNationally(tx, acting)).map(sent => ({
    incidentId: sent.incidentId,
    reference: sent.reference,
    what: 'Send the notification through the national service too, and say so here',
    dueOn: notificationDueOn(sent.awareOn, today),
    href: `/notifications/${sent.incidentId}/national-service`,
  }))
  return [...toSend, ...toSendNationally]
}
