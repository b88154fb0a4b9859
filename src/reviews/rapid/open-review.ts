import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import type { RapidReview, Status } from './rapid-review.ts'
import { lockReview, readReview } from './store.ts'

const subjectOf = {
  draft: 'rapid-review-draft',
  signing: 'rapid-review-signing',
  sent: 'rapid-review',
} as const satisfies Record<Status, string>

/** @throws ServiceError 'not-found' for whoever may not see it too */
export async function seenReview(tx: Tx, incidentId: string): Promise<RapidReview> {
  const review = await readReview(tx, incidentId)
  if (!review) throw new ServiceError('not-found', 'There is no rapid review here, or you are not in its group.')
  return review
}

/** The review with its text, for a page that shows it. The reading is logged. @throws ServiceError 'not-found' */
export async function openReview(tx: Tx, incidentId: string, purpose: string): Promise<RapidReview> {
  const review = await seenReview(tx, incidentId)
  await noteReviewRead(tx, review, purpose)
  return review
}

/**
 * The review for a page that shows it in one status and leads elsewhere in every other. The reading is logged where it
 * is shown. @throws ServiceError 'not-found'
 */
export async function openReviewIn(
  tx: Tx,
  status: Status,
  incidentId: string,
  purpose: string,
): Promise<RapidReview | undefined> {
  const review = await seenReview(tx, incidentId)
  if (review.status !== status) return undefined
  await noteReviewRead(tx, review, purpose)
  return review
}

/** Something of the review is shown: its text, the name of a file, why it was sent back. */
export async function noteReviewRead(tx: Tx, { status, incidentId }: RapidReview, purpose: string): Promise<void> {
  await noteRead(tx, { subject: subjectOf[status], purpose, incidentIds: [incidentId] })
}

/** The draft, held until the transaction ends. @throws ServiceError 'not-found', 'conflict' */
export async function heldDraft(tx: Tx, incidentId: string): Promise<RapidReview> {
  const seen = await seenReview(tx, incidentId)
  if (seen.status === 'draft') {
    const held = await lockReview(tx, incidentId)
    if (held?.status === 'draft') return held
  }
  throw new ServiceError(
    'conflict',
    `The text of rapid review ${seen.reference} stands still: it waits for signatures or was sent. The business manager can take it back while it waits.`,
  )
}

/** A review that waits for signatures, held until the transaction ends. @throws ServiceError 'not-found', 'conflict' */
export async function heldForSigning(tx: Tx, incidentId: string): Promise<RapidReview> {
  const seen = await seenReview(tx, incidentId)
  if (seen.status === 'signing') {
    const held = await lockReview(tx, incidentId)
    if (held?.status === 'signing') return held
  }
  throw new ServiceError(
    'conflict',
    `Rapid review ${seen.reference} does not wait for signatures. Reload the page to see how far it is.`,
  )
}
