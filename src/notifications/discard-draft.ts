import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { invalidAt, ServiceError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { heldDraft } from './save-draft.ts'
import { markDiscarded } from './store.ts'

export const discardReasons = {
  'need-not-be-notified': 'It does not have to be notified',
  'another-authority': 'Another local authority notifies it',
  duplicate: 'The incident stands in another notification',
  mistake: 'It was started by mistake, or to try the service',
} as const
export type DiscardReason = keyof typeof discardReasons

/**
 * Throws a draft away. It leaves every list, and stays with its reason in the records of the authority.
 * @param seen.revision the draft's revision when the person decided
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' without a reason, 'conflict' when it was changed since
 */
export async function discardDraft(
  acting: Acting,
  incidentId: string,
  seen: { reason: unknown; revision: number },
): Promise<{ reference: string }> {
  ensureMay(acting, 'write', 'notification-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    if (!isReason(seen.reason)) {
      const text = 'Select why you discard the draft'
      throw invalidAt('reason', text)
    }
    if (draft.revision !== seen.revision) {
      throw new ServiceError(
        'conflict',
        'Somebody changed the draft after you opened this page. Look at it again before you discard it.',
      )
    }
    await markDiscarded(tx, incidentId, seen.reason, contextOf(tx).now)
    await recordEvent(tx, {
      kind: 'notification.discarded',
      subject: 'notification-draft',
      place: draft,
      detail: { reason: seen.reason },
    })
    return { reference: draft.reference }
  })
}

function isReason(reason: unknown): reason is DiscardReason {
  return typeof reason === 'string' && Object.hasOwn(discardReasons, reason)
}
