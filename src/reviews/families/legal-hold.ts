import { sql } from 'kysely'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { withinReach } from '../../platform/access/index.ts'
import { asTask, contextOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { placeFrom, recordEvent } from '../../platform/events/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'

export interface LegalHold {
  id: string
  reason: string
  fromOn: CivilDate
  endsOn: CivilDate
  lifted: { by: string; at: Date; why: string } | undefined
}

export interface HeldReview {
  reviewId: string
  incidentId: string
  reference: string
  holds: LegalHold[]
  sealed: { words: string; sealedAt: Date }[]
}

/** The local reviews of a data officer's partnerships, with their legal holds and the words sealed under them. */
export async function heldReviews(tx: Tx, acting: Acting): Promise<HeldReview[]> {
  const reviews = await tx
    .selectFrom('review')
    .innerJoin('incident', 'incident.incident_id', 'review.incident_id')
    .select(['review.review_id', 'review.incident_id', 'incident.reference'])
    .where('review.kind', '=', 'local')
    .where(withinReach('review', acting.role, 'read', 'sealed-words'))
    .orderBy('incident.reference')
    .limit(200)
    .execute()
  const holds = await tx
    .selectFrom('legal_hold')
    .leftJoin('person', 'person.id', 'legal_hold.lifted_by')
    .select(['legal_hold.id', 'review_id', 'reason', 'from_on', 'ends_on', 'lifted_at', 'lifted_why', 'person.name'])
    .orderBy('from_on')
    .orderBy('entered_at')
    .orderBy('legal_hold.id')
    .execute()
  const sealed = await tx.selectFrom('sealed_words').select(['review_id', 'words', 'sealed_at']).execute()
  return reviews.map(({ review_id, incident_id, reference }) => ({
    reviewId: review_id,
    incidentId: incident_id,
    reference,
    holds: holds
      .filter(hold => hold.review_id === review_id)
      .map(hold => ({
        id: hold.id,
        reason: hold.reason,
        fromOn: hold.from_on as CivilDate,
        endsOn: hold.ends_on as CivilDate,
        lifted: hold.lifted_at
          ? { by: hold.name ?? 'somebody', at: hold.lifted_at, why: hold.lifted_why ?? '' }
          : undefined,
      })),
    sealed: sealed
      .filter(one => one.review_id === review_id)
      .map(one => ({ words: one.words, sealedAt: one.sealed_at })),
  }))
}

/** @throws ServiceError 'not-allowed', 'not-found', or 'invalid' with what is missing */
export async function enterHold(
  acting: Acting,
  hold: { reviewId: string; reason: string; endsOn: CivilDate },
): Promise<void> {
  ensureMay(acting, 'write', 'sealed-words')
  await acting.transaction(async tx => {
    const { today, now } = contextOf(tx)
    const row = await tx
      .selectFrom('review')
      .select(['review_id', 'incident_id', 'authority_code', 'partnership_code'])
      .where('review_id', '=', hold.reviewId)
      .where('kind', '=', 'local')
      .where(withinReach('review', acting.role, 'write', 'sealed-words'))
      .executeTakeFirst()
    if (!row) throw invalidAt('reviewId', 'Choose the review')
    if (!hold.reason) {
      throw invalidAt('reason', 'Enter the reason')
    }
    if (hold.endsOn <= today) {
      const text = 'The end must be after today'
      throw invalidAt('endsOn-day', text)
    }
    await tx
      .insertInto('legal_hold')
      .values({
        ...row,
        reason: hold.reason,
        from_on: today,
        ends_on: hold.endsOn,
        entered_by: acting.personId,
        entered_at: now,
      })
      .execute()
    await recordEvent(tx, {
      kind: 'legal-hold.entered',
      subject: 'sealed-words',
      place: { incidentId: row.incident_id, authorityCode: row.authority_code, partnershipCode: row.partnership_code },
      detail: { endsOn: hold.endsOn },
    })
  })
}

/**
 * Ends a hold before its day. Words that were sealed are erased with the last one, as the withdrawal would have done.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' for one that is over, or 'invalid' without a reason
 */
export async function liftHold(acting: Acting, holdId: string, why: string): Promise<void> {
  ensureMay(acting, 'write', 'sealed-words')
  await acting.transaction(async tx => {
    if (holdId === '') throw invalidAt('main-content', 'Say which hold is lifted')
    const { today, now } = contextOf(tx)
    const hold = await tx
      .selectFrom('legal_hold')
      .select(['incident_id', 'authority_code', 'partnership_code', 'ends_on', 'lifted_at'])
      .where(sql`id::text`, '=', holdId)
      .executeTakeFirst()
    if (!hold) throw new ServiceError('not-found', 'There is no such hold, or it is not yours to see.')
    if (hold.lifted_at || hold.ends_on <= today) {
      throw new ServiceError('conflict', 'This hold has ended already: there is nothing to lift.')
    }
    if (why === '') throw invalidAt(`why-${holdId}`, 'Enter why the hold ends before its day')
    await tx
      .updateTable('legal_hold')
      .set({ lifted_at: now, lifted_by: acting.personId, lifted_why: why })
      .where('id', '=', holdId)
      .execute()
    await recordEvent(tx, {
      kind: 'legal-hold.lifted',
      subject: 'sealed-words',
      place: placeFrom(hold),
      objectId: holdId,
    })
    await asTask(tx, 'erase', () => eraseSealedWords(tx))
  })
}

/** Words are not kept longer than the last legal hold. May run twice: there is nothing left to erase. */
export async function eraseSealedWords(tx: Tx): Promise<void> {
  await sql`select erase_sealed_words()`.execute(tx)
}
