import { asTask, contextOf, type Tx } from '../../platform/database/index.ts'
import { recordEvent, type NewEvent } from '../../platform/events/index.ts'
import { deadline } from '../../reference-data/index.ts'
import { businessManagersOf, insertMember } from '../group/members.ts'
import { insertRapidReview } from './store.ts'

/**
 * Hears of a notification that was sent, and opens its rapid review where one is needed. Its group are the business
 * managers of the partnership. Hearing twice opens it once.
 */
export async function openRapidReview(tx: Tx, { place, detail }: NewEvent<'notification.sent'>): Promise<void> {
  if (!place || !detail.reviewNeeded) return
  const startsOn = detail.clockStartsOn
  const { rule, dueOn } = deadline('rapid-review', startsOn)
  // As the person who sent it: the task that opens reviews may not look at people.
  const managers = await businessManagersOf(tx, place.partnershipCode)
  await asTask(tx, 'open-review', async () => {
    const review = await insertRapidReview(tx, place, { clockStartedOn: startsOn, dueOn })
    if (!review) return
    for (const personId of managers) await insertMember(tx, 'rapid', review, personId)
    await recordEvent(tx, {
      kind: 'rapid-review.opened',
      subject: 'incident',
      place,
      detail: { dueOn, rule: rule.rule, openedOn: contextOf(tx).today },
    })
  })
}
