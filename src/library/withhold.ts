import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { invalidAt, ServiceError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { heldPublication } from './prepare-publication.ts'
import { updatePublication } from './store.ts'
import { insertWithholding, insertWithholdingComment, withholdingsOf, type Withholding } from './withholding-store.ts'

/**
 * Tells the Panel and the Secretary of State why the review is not published, or only its improvements. What was sent
 * stands: who thinks again sends anew.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid'
 */
export async function sendJustification(
  acting: Acting,
  incidentId: string,
  { manner, justification }: { manner: string; justification: string },
): Promise<void> {
  ensureMay(acting, 'send', 'withholding')
  if (manner !== 'improvements' && manner !== 'withheld') throw invalidAt('manner', 'Select what is not published')
  if (justification.length < 20) {
    throw invalidAt('justification', 'Write why publishing it in full would be wrong, so that the Panel can weigh it')
  }
  await acting.transaction(async tx => {
    const publication = await heldPublication(tx, incidentId)
    const by = { personId: acting.personId, at: contextOf(tx).now }
    await insertWithholding(tx, publication, { manner, justification, ...by })
    await updatePublication(tx, publication, { manner }, by)
    await recordEvent(tx, {
      kind: 'publication.withholding-sent',
      subject: 'withholding',
      place: publication,
      detail: { manner },
    })
  })
}

/**
 * What the Panel thinks of it. The partners take account of it; it binds nobody.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid'
 */
export async function commentOnWithholding(acting: Acting, incidentId: string, text: string): Promise<void> {
  ensureMay(acting, 'reply', 'withholding')
  if (text === '') throw invalidAt('comment', 'Write what the Panel thinks of it')
  await acting.transaction(async tx => {
    const withholding = (await withholdingsOf(tx, incidentId))[0]
    if (!withholding) throw noWithholding()
    await insertWithholdingComment(tx, withholding, { text, personId: acting.personId, at: contextOf(tx).now })
    await recordEvent(tx, {
      kind: 'publication.withholding-commented',
      subject: 'withholding',
      place: placeOf(withholding),
    })
  })
}

export function noWithholding(): ServiceError {
  return new ServiceError(
    'not-found',
    'Nobody has said that a review of this incident is not published in full, or it is not yours to see.',
  )
}

function placeOf({ incidentId, authorityCode, partnershipCode }: Withholding) {
  return { incidentId, authorityCode, partnershipCode }
}
