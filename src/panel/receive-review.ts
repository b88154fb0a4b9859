import { asTask, contextOf, type Tx } from '../platform/database/index.ts'
import { londonDate } from '../platform/dates.ts'
import { recordEvent, type NewEvent } from '../platform/events/index.ts'
import { deadline } from '../reference-data/index.ts'
import { readReview, type ReviewKind } from '../reviews/index.ts'
import { insertConsideration } from './store.ts'

/** A local review is before the Panel from the first copy that it is sent. */
export async function receiveLocalReview(tx: Tx, event: NewEvent<'local-review.sent-ahead'>): Promise<void> {
  if (event.detail.sentTo.includes('panel')) await receiveReview(tx, 'local', event)
}

/** Puts a review before the Panel, in the transaction in which it is sent. Once, however often it is told. */
export async function receiveReview(tx: Tx, kind: ReviewKind, { place }: Pick<NewEvent, 'place'>): Promise<void> {
  if (!place) throw new Error('A review that was sent is about an incident, and its event says which.')
  const { now } = contextOf(tx)
  const { rule, dueOn } = deadline('panel-reply', londonDate(now))
  const review = await readReview(tx, { incidentId: place.incidentId, kind })
  if (!review) throw new Error(`The ${kind} review of incident ${place.incidentId} was sent, and is not there.`)
  await asTask(tx, 'receive-review', async () => {
    if (!(await insertConsideration(tx, { ...review, kind }, { at: now, dueOn }))) return
    await recordEvent(tx, {
      kind: 'panel.received',
      subject: 'panel-work',
      place,
      objectId: review.reviewId,
      detail: { review: kind, dueOn, rule: rule.rule },
    })
  })
}
