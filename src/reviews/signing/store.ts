import { sql } from 'kysely'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { columnsOfReview, type ReviewPlace } from '../review.ts'
import type { Partner } from './partner.ts'
import type { EarlierText, SentBack, Signature } from './signature.ts'

/** How often the partner of a signature has sent that review back. */
const sentBackByPartner = sql<number>`(
  select count(*)::int4 from review_sent_back
  where review_sent_back.review_id = review_signature.review_id
    and review_sent_back.partner = review_signature.partner)`

/** Whether its partner has not sent the review back after giving it. */
export const stillStands = sql<boolean>`review_signature.sent_back_before >= ${sentBackByPartner}`

/** Whether its body signs for its partner: of several authorities, the one where the incident happened. */
export const ofWhoSigns = sql<boolean>`(review_signature.partner <> 'authority'
  or review_signature.body_code = review_signature.authority_code)`

/** All signatures ever given, of earlier texts too, the oldest first. */
export async function signaturesOf(tx: Tx, { reviewId }: Pick<ReviewPlace, 'reviewId'>): Promise<Signature[]> {
  const rows = await tx
    .selectFrom('review_signature')
    .innerJoin('body', 'body.code', 'review_signature.body_code')
    .innerJoin('person', 'person.id', 'review_signature.person_id')
    .select([
      'review_signature.partner',
      'review_signature.body_code',
      'body.name as body_name',
      'person.name as person_name',
      'review_signature.text_hash',
      'review_signature.signed_at',
      stillStands.as('still_stands'),
    ])
    .where('review_signature.review_id', '=', reviewId)
    .where(ofWhoSigns)
    .orderBy('review_signature.signed_at')
    .orderBy('review_signature.sent_back_before')
    .orderBy('review_signature.partner')
    .execute()
  return rows.map(row => ({
    partner: row.partner as Partner,
    bodyCode: row.body_code,
    bodyName: row.body_name,
    personName: row.person_name,
    textHash: row.text_hash,
    signedAt: row.signed_at,
    overtaken: !row.still_stands,
  }))
}

/** @returns false when this partner signed this text before, and has not sent it back since */
export async function insertSignature(
  tx: Tx,
  review: ReviewPlace,
  signature: { partner: Partner; bodyCode: string; personId: string; hash: string },
): Promise<boolean> {
  const result = await tx
    .insertInto('review_signature')
    .values({
      ...columnsOfReview(review),
      partner: signature.partner,
      body_code: signature.bodyCode,
      person_id: signature.personId,
      text_hash: signature.hash,
      sent_back_before: eb =>
        eb
          .selectFrom('review_sent_back')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('review_id', '=', review.reviewId)
          .where('partner', '=', signature.partner),
      signed_at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.columns(['review_id', 'partner', 'text_hash', 'sent_back_before']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function insertSentBack(
  tx: Tx,
  review: ReviewPlace,
  sentBack: { partner: Partner; personId: string; hash: string; reason: string },
): Promise<void> {
  await tx
    .insertInto('review_sent_back')
    .values({
      ...columnsOfReview(review),
      partner: sentBack.partner,
      person_id: sentBack.personId,
      text_hash: sentBack.hash,
      reason: sentBack.reason,
      sent_back_at: contextOf(tx).now,
    })
    .execute()
}

/** The oldest first. */
export async function sentBackOf(tx: Tx, { reviewId }: ReviewPlace): Promise<SentBack[]> {
  const rows = await tx
    .selectFrom('review_sent_back')
    .innerJoin('person', 'person.id', 'review_sent_back.person_id')
    .select(['partner', 'person.name', 'sent_back_at', 'reason', 'text_hash'])
    .where('review_id', '=', reviewId)
    .orderBy('sent_back_at')
    .execute()
  return rows.map(row => ({
    partner: row.partner as Partner,
    by: row.name,
    at: row.sent_back_at,
    reason: row.reason,
    textHash: row.text_hash,
  }))
}

/** Read while the review waits for signatures: each text but the present one, that which waited last at the end. */
export async function earlierTextsOf<Text>(tx: Tx, { reviewId }: ReviewPlace): Promise<EarlierText<Text>[]> {
  const rows = await tx
    .selectFrom('review_text')
    .select(['hash', 'text', 'asked_at'])
    .where('review_id', '=', reviewId)
    .orderBy('number')
    .execute()
  const texts = new Map<string, EarlierText<Text>>()
  for (const { hash, text, asked_at } of rows.slice(0, -1)) {
    texts.delete(hash)
    texts.set(hash, { textHash: hash, text: text as Text, askedAt: asked_at })
  }
  return [...texts.values()]
}

/** The step that a partner takes who may sign and not write. @returns false when it does not wait for signatures */
export async function sendBackToDraft(tx: Tx, { reviewId }: ReviewPlace): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select send_back_review(${reviewId}) as done`.execute(tx)
  return rows[0]?.done ?? false
}
