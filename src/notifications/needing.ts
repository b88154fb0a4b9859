import type { Acting } from '../platform/acting.ts'
import { may } from '../platform/acting.ts'
import type { Tx } from '../platform/database/index.ts'
import { isCivilDate } from '../platform/dates.ts'
import type { Needing } from '../platform/needing.ts'
import { clock, dueOn, readBankHolidays, readClockRules } from '../reference-data/index.ts'
import { listDrafts } from './store.ts'

/** Drafts that wait to be sent. Due five working days after the authority became aware. */
export async function notificationsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'send', 'notification-draft')) return []
  const drafts = await listDrafts(tx)
  return drafts.map(draft => {
    const aware = draft.awareOn && isCivilDate(draft.awareOn) ? draft.awareOn : undefined
    const rule = aware && clock(readClockRules(), 'notify-panel', aware)
    return {
      incidentId: draft.incidentId,
      reference: draft.reference,
      what: 'Finish and send the notification',
      dueOn: rule && aware ? dueOn(rule, aware, readBankHolidays()) : undefined,
      href: `/notifications/${draft.incidentId}`,
    }
  })
}
