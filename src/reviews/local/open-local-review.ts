import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import type { LocalReview } from './local-review.ts'
import { readLocalReview } from './store.ts'

/** @throws ServiceError 'not-found' for whoever may not see it too */
export async function seenLocalReview(tx: Tx, incidentId: string): Promise<LocalReview> {
  const review = await readLocalReview(tx, incidentId)
  if (!review) throw new ServiceError('not-found', 'There is no local review here, or you may not see it.')
  return review
}

/** The review for a page that shows something of it. The reading is logged. @throws ServiceError 'not-found' */
export async function openLocalReview(tx: Tx, incidentId: string, purpose: string): Promise<LocalReview> {
  const review = await seenLocalReview(tx, incidentId)
  await noteRead(tx, { subject: 'local-review', purpose, incidentIds: [incidentId] })
  return review
}

/** A record of a review that is not there, or that one may not see. */
export function noSuchRecord(): ServiceError {
  return new ServiceError('not-found', 'There is no such record of this review, or you may not see it.')
}
