import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { dateFromParts, type CivilDate, type DateParts } from '../platform/dates.ts'
import { readOr, ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { columnsOfReview } from '../reviews/index.ts'
import { openConsideration } from './advance.ts'
import type { WhichReview } from './which-review.ts'

export const copyThings = { review: 'The review', letter: 'Our letter' } as const
export const copyRecipients = { dfe: 'the Department for Education', ofsted: 'Ofsted' } as const

/** That somebody else has the review, or the letter on it. */
export interface ReviewCopy {
  what: keyof typeof copyThings
  recipient: keyof typeof copyRecipients
  sentOn: CivilDate
  how: string
  byName: string
  confirmedAt: Date
}

export interface TypedCopy {
  what: string
  recipient: string
  sentOn: DateParts
  how: string
  /** `yes`. */
  confirmed: string
}

/**
 * Notes that a copy was sent: what, to whom, when and how. The service sends none itself; whoever notes it vouches for it.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid' with everything that is missing or wrong
 */
export async function confirmCopy(acting: Acting, which: WhichReview, typed: TypedCopy): Promise<void> {
  ensureMay(acting, 'write', 'panel-work')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, which)
    const { what, recipient, how } = typed
    const fields: FieldError[] = []
    const refuse = (field: string, text: string) => fields.push({ field, text })
    if (!isKey(copyThings, what)) refuse('what', 'Select what was sent')
    else if (what === 'letter' && consideration.status !== 'letter-sent') {
      refuse('what', 'The letter is not sent yet. Note a copy of it afterwards')
    }
    if (!isKey(copyRecipients, recipient)) refuse('recipient', 'Select to whom it was sent')
    const sentOn = readOr(fields, () => dateFromParts(typed.sentOn, { name: 'The day it was sent', field: 'sentOn' }))
    if (sentOn && sentOn > contextOf(tx).today) refuse('sentOn-day', 'The day it was sent must not be in the future')
    if (!how || how.length > 200) refuse('how', 'Say in up to 200 characters how it was sent, like “secure e-mail”')
    if (typed.confirmed !== 'yes') refuse('confirmed', 'Tick the box if you know that it was sent')
    if (fields.length > 0 || !sentOn || !isKey(copyThings, what) || !isKey(copyRecipients, recipient)) {
      throw new ServiceError('invalid', 'The copy was not noted: something is missing or wrong.', { fields })
    }
    await tx
      .insertInto('review_copy')
      .values({
        ...columnsOfReview(consideration),
        what,
        recipient,
        sent_on: sentOn,
        how,
        person_id: acting.personId,
        confirmed_at: contextOf(tx).now,
      })
      .execute()
    await recordEvent(tx, {
      kind: 'panel.copy-sent',
      subject: 'panel-work',
      place: consideration,
      objectId: consideration.reviewId,
      detail: { review: which.kind, what, recipient, sentOn },
    })
  })
}

/** In the order of the days. */
export async function copiesOf(tx: Tx, reviewId: string): Promise<ReviewCopy[]> {
  const rows = await tx
    .selectFrom('review_copy')
    .innerJoin('person', 'person.id', 'review_copy.person_id')
    .select(['what', 'recipient', 'sent_on', 'how', 'confirmed_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('sent_on')
    .orderBy('confirmed_at')
    .execute()
  return rows.map(row => ({
    what: row.what as ReviewCopy['what'],
    recipient: row.recipient as ReviewCopy['recipient'],
    sentOn: row.sent_on as CivilDate,
    how: row.how,
    byName: row.name,
    confirmedAt: row.confirmed_at,
  }))
}

function isKey<Key extends string>(keys: Readonly<Record<Key, string>>, typed: string): typed is Key {
  return Object.hasOwn(keys, typed)
}
