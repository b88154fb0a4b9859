import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { readBody } from '../reference-data/index.ts'
import { openConsideration } from './advance.ts'
import { isConflictReason } from './consideration.ts'
import { letGo } from './let-go.ts'
import { conflictsOf, insertConflict } from './store.ts'

/**
 * Says that one has a conflict of interest: with one review, or with everything of an authority. From the next request
 * the record is gone for this person, everywhere; what they had of it goes back to be given to somebody else.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid'
 */
export async function declareConflict(
  acting: Acting,
  which: { incidentId: string } | { authorityCode: string },
  reason: string,
): Promise<void> {
  ensureMay(acting, 'declare-conflict', 'panel-work')
  if (!isConflictReason(reason)) {
    const text = 'Select the reason'
    throw new ServiceError('invalid', text, { fields: [{ field: 'reason', text }] })
  }
  await acting.transaction(async tx => {
    const place = 'incidentId' in which ? await openConsideration(tx, which.incidentId) : undefined
    if ('authorityCode' in which) {
      if ((await readBody(tx, which.authorityCode))?.kind !== 'authority') {
        const text = 'Select the local authority'
        throw new ServiceError('invalid', text, { fields: [{ field: 'authorityCode', text }] })
      }
      if ((await conflictsOf(tx, acting.personId)).some(one => one.authorityCode === which.authorityCode)) return
    }
    // First: of what one lets go one can tell nothing.
    await recordEvent(tx, {
      kind: 'panel.conflict-declared',
      subject: 'panel-work',
      ...(place && { place }),
      detail: { reason, ...('authorityCode' in which && { authorityCode: which.authorityCode }) },
    })
    await letGo(tx, acting.personId, which)
    await insertConflict(tx, acting.personId, which, { reason, at: contextOf(tx).now })
  })
}
