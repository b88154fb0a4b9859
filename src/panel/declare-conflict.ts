import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { readBody } from '../reference-data/index.ts'
import { openConsideration } from './advance.ts'
import { isConflictReason } from './consideration.ts'
import { letGo } from './let-go.ts'
import { conflictsOf, insertConflict } from './store.ts'
import type { WhichReview } from './which-review.ts'

/**
 * Says that one has a conflict of interest: with one review, or with everything of an authority. From the next request
 * the record is gone for this person, everywhere; what they had of it goes back to be given to somebody else.
 *
 * @param about a review, and whether the conflict `reaches` this `incident` or its whole `authority`; or an authority
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid' with everything that is missing
 */
export async function declareConflict(
  acting: Acting,
  about: (WhichReview & { reaches: string }) | { authorityCode: string },
  reason: string,
): Promise<void> {
  ensureMay(acting, 'declare-conflict', 'panel-work')
  await acting.transaction(async tx => {
    const found = 'incidentId' in about ? await openConsideration(tx, about) : { ...about, incidentId: undefined }
    const reaches = 'reaches' in about ? about.reaches : 'authority'
    const problems: FieldError[] = []
    if (reaches !== 'incident' && reaches !== 'authority') {
      problems.push({ field: 'reaches', text: 'Select what the conflict is about' })
    }
    if ((await readBody(tx, found.authorityCode))?.kind !== 'authority') {
      problems.push({ field: 'authorityCode', text: 'Select the local authority' })
    }
    if (!isConflictReason(reason)) problems.push({ field: 'reason', text: 'Select the reason' })
    if (problems.length > 0 || !isConflictReason(reason)) {
      throw new ServiceError('invalid', 'The conflict was not declared: something is missing.', { fields: problems })
    }
    const place = found.incidentId !== undefined && reaches === 'incident' ? found : undefined
    const which = place ? { incidentId: place.incidentId } : { authorityCode: found.authorityCode }
    if ('authorityCode' in which) {
      const declared = await conflictsOf(tx, acting.personId)
      if (declared.some(one => one.authorityCode === which.authorityCode)) return
    }
    // First: of what one lets go one can tell nothing. Who shares the review with another member reads of the Panel's
    // work what that one does; a conflict is read by whoever reads every member's reading. The reason is in no event.
    await recordEvent(tx, {
      kind: 'panel.conflict-declared',
      subject: 'panel-reading',
      ...(place && { place }),
      detail: 'authorityCode' in which ? { authorityCode: which.authorityCode } : {},
    })
    await letGo(tx, acting.personId, which)
    await insertConflict(tx, acting.personId, which, { reason, at: contextOf(tx).now })
  })
}
