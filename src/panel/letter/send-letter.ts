import { ensureAllDecided } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { advance, openConsideration } from '../advance.ts'
import { lockLetter, markLetterSent } from './store.ts'
import { letterHash, problemsToSend, type Letter } from './letter.ts'
import type { ViewOnReview } from '../opinions.ts'
import { outcomesOf } from '../sent-review.ts'
import type { WhichReview } from '../which-review.ts'
import { letterToCheck } from './recognised.ts'
import { letterStands, noSuchLetter, savedByAnother } from './write-letter.ts'

/**
 * Signs the letter that is ready and sends it: from now on it stands, and the partnership sees it.
 *
 * @param seenRevision of the letter that was read before signing
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' with what is missing, or 'conflict' when it changed
 *   since or nobody said that it is ready
 */
export async function sendLetter(acting: Acting, which: WhichReview, seenRevision: number): Promise<void> {
  ensureMay(acting, 'sign', 'letter-draft')
  ensureMay(acting, 'send', 'letter-draft')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, which)
    const letter = await openDraftToSign(tx, which, seenRevision)
    const { viewOnReview, viewOnDecision } = letter
    const { now } = contextOf(tx)
    await advance(tx, letter.reviewId, 'send-letter', { viewOnReview, viewOnDecision, at: now })
    await markLetterSent(tx, letter.letterId, {
      personId: acting.personId,
      at: now,
      hash: letterHash({ ...letter, sentAt: now, signedBy: acting.personId }),
    })
    await recordEvent(tx, {
      kind: 'letter.sent',
      subject: 'letter',
      place: consideration,
      detail: {
        review: which.kind,
        points: letter.points.length,
        viewOnReview,
        ...(viewOnDecision && { viewOnDecision }),
      },
    })
  })
}

/**
 * A draft with nothing missing, and by which nobody is recognised unless a person decided so, held until the transaction ends.
 * @throws ServiceError 'not-found', 'invalid' with what is missing, or 'conflict' when it is not what was read
 */
export async function openDraftToSign(
  tx: Tx,
  which: WhichReview,
  seenRevision: number,
): Promise<Letter & { viewOnReview: ViewOnReview }> {
  const letter = await lockLetter(tx, which)
  if (!letter) throw noSuchLetter()
  if (letter.status === 'sent') throw letterStands()
  if (letter.revision !== seenRevision) throw savedByAnother()
  const { viewOnReview } = letter
  const problems = problemsToSend(letter, await outcomesOf(tx, which))
  if (problems.length > 0 || !viewOnReview) {
    throw new ServiceError('invalid', 'The letter cannot be sent yet: something is missing or does not fit.', {
      fields: problems,
    })
  }
  await ensureAllDecided(tx, await letterToCheck(tx, letter))
  return { ...letter, viewOnReview }
}
