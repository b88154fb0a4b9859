import { asTask, contextOf, type Tx } from '../platform/database/index.ts'
import { londonDate } from '../platform/dates.ts'
import { recordEvent, type NewEvent } from '../platform/events/index.ts'
import { clock, dueOn, readBankHolidays, readClockRules } from '../reference-data/index.ts'
import { insertConsideration } from './store.ts'

/** Puts a review before the Panel, in the transaction in which it is sent. Once, however often it is told. */
export async function receiveReview(tx: Tx, { place }: Pick<NewEvent, 'place'>): Promise<void> {
  if (!place) throw new Error('A rapid review that was sent is about an incident, and its event says which.')
  const { now } = contextOf(tx)
  const receivedOn = londonDate(now)
  const rule = clock(readClockRules(), 'panel-reply', receivedOn)
  if (!rule) throw new Error(`No clock rule says by when the Panel answers a review received on ${receivedOn}.`)
  const due = dueOn(rule, receivedOn, readBankHolidays())
  await asTask(tx, 'receive-review', async () => {
    if (!(await insertConsideration(tx, place, { at: now, dueOn: due }))) return
    await recordEvent(tx, {
      kind: 'panel.received',
      subject: 'panel-work',
      place,
      detail: { dueOn: due, rule: rule.rule },
    })
  })
}
