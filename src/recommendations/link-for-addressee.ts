import { may, type Acting } from '../platform/acting.ts'
import type { Tx } from '../platform/database/index.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { endLinks, makeLink } from '../platform/links/index.ts'
import { isTheirAffair, knownAddressee, partsOf } from './make-move.ts'
import type { Addressee, Recommendation } from './recommendation.ts'
import { draftSubjectOf } from './write-recommendation.ts'

/** A body needs time: its answer goes through a committee. */
export const linkDays = 60

/** What a link would be for today; undefined where the acting person makes none for this addressee. */
export async function linkPurposeFor(
  tx: Tx,
  acting: Acting,
  { recommendation, owed }: { recommendation: Recommendation; owed: Addressee },
): Promise<'reply' | 'draft-comment' | undefined> {
  if (owed.status === 'out-for-comment') {
    return may(acting, 'write', draftSubjectOf(recommendation)) && isTheirAffair(acting, owed)
      ? 'draft-comment'
      : undefined
  }
  return owed.status === 'issued' && (await partsOf(tx, acting, owed)).entering ? 'reply' : undefined
}

export interface LinkReceiver {
  holder: string
  /** Empty where it is handed over. */
  mailAddress: string
}

/** @throws ServiceError 'invalid' */
export function ensureReceiver({ holder, mailAddress }: LinkReceiver): void {
  const fields: FieldError[] = []
  if (!holder) fields.push({ field: 'holder', text: 'Enter whom the link is for' })
  if (mailAddress && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(mailAddress)) {
    fields.push({ field: 'mailAddress', text: 'Enter one mail address, like name@example.org' })
  }
  if (fields.length > 0) throw new ServiceError('invalid', 'The link was not made.', { fields })
}

/**
 * A link with which an addressee without an account replies, or comments on a draft.
 * @returns its address, known here and nowhere else: to mail at once, or to hand over
 * @throws ServiceError 'not-allowed', 'not-found' or 'invalid'
 */
export async function makeAddresseeLink(
  acting: Acting,
  number: string,
  addresseeId: string,
  to: LinkReceiver,
  publicUrl: string,
): Promise<{ id: string; address: string; purpose: 'reply' | 'draft-comment' }> {
  return acting.transaction(async tx => {
    const known = await knownAddressee(tx, number, addresseeId)
    const purpose = await linkPurposeFor(tx, acting, known)
    if (!purpose) throw new ServiceError('not-allowed', 'You cannot make a link for this addressee now.')
    ensureReceiver(to)
    const { place } = known.recommendation
    const made = await makeLink(
      tx,
      { purpose, objectId: addresseeId, holder: to.holder, days: linkDays, ...(place && { place }) },
      publicUrl,
    )
    await recordLink(tx, acting, known, 'recommendation.link-made')
    return { ...made, purpose }
  })
}

/** @throws ServiceError 'not-allowed' or 'not-found' */
export async function endAddresseeLink(
  acting: Acting,
  number: string,
  addresseeId: string,
  linkId: string,
): Promise<void> {
  await acting.transaction(async tx => {
    const known = await knownAddressee(tx, number, addresseeId)
    const purpose = await linkPurposeFor(tx, acting, known)
    if (!purpose) throw new ServiceError('not-allowed', 'You cannot end a link of this addressee.')
    const ended = await endLinks(tx, purpose, addresseeId, linkId)
    if (ended > 0) await recordLink(tx, acting, known, 'recommendation.link-ended')
  })
}

export async function recordLink(
  tx: Tx,
  acting: Acting,
  { recommendation, owed }: { recommendation: Recommendation; owed: Addressee },
  kind: 'recommendation.link-made' | 'recommendation.link-ended',
): Promise<void> {
  const { number, place, issuedAt } = recommendation
  await recordEvent(tx, {
    kind,
    subject: issuedAt ? 'recommendation' : draftSubjectOf(recommendation),
    ...(place && may(acting, 'read', 'incident') && { place }),
    objectId: owed.addresseeId,
    detail: { number },
  })
}
