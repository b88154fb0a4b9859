import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { recordEvent, type IncidentPlace } from '../platform/events/index.ts'
import { emailOf } from '../platform/people.ts'
import { partnershipOf } from '../reference-data/index.ts'
import type { NotificationAnswers } from './notification-form.ts'
import { newReference } from './reference.ts'
import { insertDraft } from './store.ts'

/**
 * Starts a draft in the acting person's authority. It can be left and taken up again by anybody who notifies for that
 * authority.
 * @throws ServiceError 'not-allowed', or 'conflict' when the authority is in no partnership today
 */
export async function startNotification(
  acting: Acting,
  answers?: NotificationAnswers,
): Promise<IncidentPlace & { reference: string }> {
  ensureMay(acting, 'write', 'notification-draft')
  return acting.transaction(async tx => {
    const { now, today } = contextOf(tx)
    const partnership = await partnershipOf(tx, acting.bodyCode, today)
    if (!partnership) {
      throw new ServiceError(
        'conflict',
        `${acting.bodyName} is in no safeguarding partnership today. Ask the administrator to set it in reference data.`,
      )
    }
    const reference = newReference()
    const place = await insertDraft(tx, {
      authorityCode: acting.bodyCode,
      partnershipCode: partnership.code,
      reference,
      answers: answers ?? { notifierName: acting.name, notifierEmail: await emailOf(tx, acting.personId) },
      personId: acting.personId,
      at: now,
    })
    await recordEvent(tx, { kind: 'notification.started', subject: 'notification-draft', place })
    return { ...place, reference }
  })
}
