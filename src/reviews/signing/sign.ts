import { ensureMay, may, type Acting } from '../../platform/acting.ts'
import type { Subject } from '../../platform/access/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import type { ReviewPlace } from '../review.ts'
import { otherAuthoritySigns, partnerOf, partners, signsFor, type Partner } from './partner.ts'
import { insertSentBack, insertSignature, sendBackToDraft } from './store.ts'

/** A text that waits for the signatures of the three partners. */
export interface Waiting extends ReviewPlace {
  reference: string
  textHash: string | undefined
}

/** What is signed of one kind of review. Who signs is the same for all: one each of the three partners. */
export interface Signing<Review extends Waiting> {
  /** The subject whose `sign` is asked. */
  subject: Subject
  /** `rapid review`. */
  name: string
  /** What whoever signs has to confirm, for whoever did not: `Confirm that you have read the review`. */
  confirm: string
  /** @throws ServiceError 'not-found' or 'conflict' where it does not wait */
  waiting(tx: Tx, acting: Acting, incidentId: string): Promise<Review>
  hashOf(review: Review): string
  recordSigned(tx: Tx, review: Review, detail: { partner: Partner; body: string; hash: string }): Promise<void>
  recordSentBack(tx: Tx, review: Review, detail: { partner: Partner; body: string }): Promise<void>
}

/**
 * Signs the text for the partner in whose body the person is appointed.
 *
 * @param read the hash of the text that the person had before them
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' when the statement is not confirmed, or 'conflict' when the
 *   text changed or this partner has signed it
 */
export async function signText<Review extends Waiting>(
  acting: Acting,
  signing: Signing<Review>,
  incidentId: string,
  { read, confirmed }: { read: string; confirmed: boolean },
): Promise<void> {
  ensureMay(acting, 'sign', signing.subject)
  await acting.transaction(async tx => {
    const review = await signing.waiting(tx, acting, incidentId)
    const partner = await signingPartner(tx, acting, review)
    if (read !== review.textHash || signing.hashOf(review) !== review.textHash) throw textChanged(signing, review)
    if (!confirmed) throw invalidAt('confirmed', signing.confirm)
    const signature = { partner, bodyCode: acting.bodyCode, personId: acting.personId, hash: read }
    if (!(await insertSignature(tx, review, signature))) {
      throw new ServiceError(
        'conflict',
        `${partners[partner]}: this text has been signed already. There is nothing more to sign.`,
      )
    }
    await signing.recordSigned(tx, review, { partner, body: acting.bodyCode, hash: read })
  })
}

/**
 * Gives the review back to whoever writes it, with a reason. Whoever may sign may send back. A signature that this partner
 * gave before no longer counts: they are asked again, whether the text changes or not.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict', or 'invalid' without a reason
 */
export async function sendTextBack<Review extends Waiting>(
  acting: Acting,
  signing: Signing<Review>,
  incidentId: string,
  { read, reason }: { read: string; reason: string },
): Promise<void> {
  ensureMay(acting, 'sign', signing.subject)
  await acting.transaction(async tx => {
    const review = await signing.waiting(tx, acting, incidentId)
    const partner = await signingPartner(tx, acting, review)
    if (read !== review.textHash) throw textChanged(signing, review)
    const words = reason.trim()
    if (words === '') throw invalidAt('reason', 'Enter what has to change before you can sign')
    if (words.length > 4000) throw invalidAt('reason', 'The reason must be 4,000 characters or less')
    await insertSentBack(tx, review, { partner, personId: acting.personId, hash: read, reason: words })
    if (!(await sendBackToDraft(tx, review))) throw noLongerWaiting(signing, review)
    await signing.recordSentBack(tx, review, { partner, body: acting.bodyCode })
  })
}

/** Undefined for whoever signs nothing of this kind. @throws ServiceError 'not-allowed' for a body that is no partner */
export async function signerOf(
  tx: Tx,
  acting: Acting,
  subject: Subject,
  review: ReviewPlace,
): Promise<'signs' | 'other-authority-signs' | undefined> {
  if (!may(acting, 'sign', subject)) return undefined
  const partner = await partnerOf(tx, acting)
  return signsFor(partner, acting.bodyCode, review) ? 'signs' : 'other-authority-signs'
}

/** @throws ServiceError 'not-allowed' for a body that does not sign this review */
async function signingPartner(tx: Tx, acting: Acting, review: ReviewPlace): Promise<Partner> {
  const partner = await partnerOf(tx, acting)
  if (!signsFor(partner, acting.bodyCode, review)) throw new ServiceError('not-allowed', otherAuthoritySigns)
  return partner
}

export function noLongerWaiting({ name }: { name: string }, { reference }: { reference: string }): ServiceError {
  return new ServiceError(
    'conflict',
    `The ${name} of ${reference} does not wait for signatures any more: it went on, or was taken back to change its text.`,
  )
}

function textChanged({ name }: { name: string }, { reference }: { reference: string }): ServiceError {
  return new ServiceError(
    'conflict',
    `The text of the ${name} of ${reference} changed after you opened it. Read it as it is now before you sign.`,
  )
}
