import { may, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import type { Needing } from '../../platform/needing.ts'
import { partnerAs, partners } from '../signing/partner.ts'
import { openReviews, reviewsToSign, type OpenReview } from './waiting.ts'

/** Rapid reviews that wait for the acting person in the role they act in, the earliest due first. */
export async function reviewsNeeding(tx: Tx, acting: Acting): Promise<(Needing & { dueOn: CivilDate })[]> {
  const sends = may(acting, 'send', 'rapid-review-signing')
  const toWrite = may(acting, 'write', 'rapid-review-draft')
    ? await openReviews(tx, acting, sends ? ['draft', 'signing'] : ['draft'])
    : []
  const partner = may(acting, 'sign', 'rapid-review-signing') ? await partnerAs(tx, acting) : undefined
  const toSign = partner ? await reviewsToSign(tx, { partner, bodyCode: acting.bodyCode }) : []
  return [
    ...toWrite.map(review => needing(review, whatToDo(review), `/incidents/${review.incidentId}/rapid-review`)),
    ...toSign
      .filter(({ signedAt }) => !signedAt)
      .map(review =>
        needing(review, `Sign the rapid review for ${review.partnershipName}`, `/signatures/${review.incidentId}`),
      ),
  ].sort((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0))
}

function whatToDo({ status, missing, sentBack }: OpenReview): string {
  if (sentBack) return 'Rapid review sent back: change it and ask for signatures again'
  if (status === 'draft') return 'Write the rapid review'
  if (missing.length === 0) return 'Send the rapid review: all partners have signed'
  return `Rapid review: not signed yet by ${missing.map(partner => partners[partner].toLowerCase()).join(', ')}`
}

function needing(
  { incidentId, reference, dueOn }: { incidentId: string; reference: string; dueOn: CivilDate },
  what: string,
  href: string,
): Needing & { dueOn: CivilDate } {
  return { incidentId, reference, what, dueOn, href }
}
