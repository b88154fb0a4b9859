import type { Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { noteRead } from '../../platform/events/index.ts'
import { readLocalReview } from '../local/store.ts'
import type { LocalReview } from '../local/local-review.ts'
import type { Draft, DraftVersion } from './draft.ts'
import { readDraft, versionsOf } from './store.ts'

/** The report with all its versions; there is no draft before the first. */
export interface Report {
  review: LocalReview
  draft: Draft | undefined
  /** The oldest first. */
  versions: readonly DraftVersion[]
}

/** @throws ServiceError 'not-found' for whoever may not see the review too */
export async function seenReport(tx: Tx, incidentId: string): Promise<Report> {
  const review = await readLocalReview(tx, incidentId)
  if (!review) throw new ServiceError('not-found', 'There is no local review here, or you are not in its group.')
  return { review, draft: await readDraft(tx, incidentId), versions: await versionsOf(tx, review) }
}

/** The report for a page that shows it. The reading is logged. @throws ServiceError 'not-found' */
export async function openReport(tx: Tx, incidentId: string, purpose: string): Promise<Report> {
  const report = await seenReport(tx, incidentId)
  await noteRead(tx, { subject: 'local-review', purpose, incidentIds: [incidentId] })
  return report
}

/** @throws ServiceError 'not-found' */
export function versionIn({ versions }: Report, version: number): DraftVersion {
  const found = versions.find(each => each.version === version)
  if (!found) throw new ServiceError('not-found', 'The report has no such version.')
  return found
}

/** @throws ServiceError 'conflict' before there is one */
export function lastVersionIn({ versions, review }: Report): DraftVersion {
  const found = versions.at(-1)
  if (!found)
    throw new ServiceError('conflict', `The report of ${review.reference} has no version yet. Write one first.`)
  return found
}

/** @throws ServiceError 'not-found' where only those who were sent it see the review */
export function draftIn({ draft }: Report): Draft {
  if (!draft) throw new ServiceError('not-found', 'There is no report here, or you are not in the group of its review.')
  return draft
}
