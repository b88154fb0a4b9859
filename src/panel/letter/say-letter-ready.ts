import { ensureMay, type Acting } from '../../platform/acting.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { advance, openConsideration } from '../advance.ts'
import { allocationsOf } from '../store.ts'
import type { WhichReview } from '../which-review.ts'
import { openDraftToSign } from './send-letter.ts'

/**
 * Says that the letter is written and may be signed: from now on it waits for whoever signs. Whoever changes it
 * afterwards says so again.
 *
 * @param seenRevision of the letter that was read
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' with what is missing, or 'conflict' when it changed since
 */
export async function sayLetterReady(acting: Acting, which: WhichReview, seenRevision: number): Promise<void> {
  ensureMay(acting, 'write', 'letter-draft')
  await acting.transaction(async tx => {
    await openDraftToSign(tx, which, seenRevision)
    const consideration = await openConsideration(tx, which)
    if (consideration.status === 'letter-ready') return
    await advance(tx, consideration.reviewId, 'say-ready')
    const members = (await allocationsOf(tx, consideration.reviewId)).map(one => one.personId)
    await recordEvent(tx, {
      kind: 'letter.ready',
      subject: 'letter-draft',
      place: consideration,
      detail: { review: which.kind, members: members.filter(id => id !== acting.personId) },
    })
  })
}
