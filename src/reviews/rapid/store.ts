import { contextOf, personOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { columnsOf, placeFrom, placeIn, type IncidentPlace } from '../../platform/events/index.ts'
import { draftColumns, draftFrom } from '../../platform/questionnaire/index.ts'
import { columnsOfReview, insertReview, type ReviewPlace } from '../review.ts'
import {
  type RapidReviewAnswers,
  rapidReviewForm,
  type RapidReviewOutcome,
  type RapidReviewSection,
} from './rapid-review-form.ts'
import { signaturesOfText, type Signature } from '../signing/signature.ts'
import { signaturesOf } from '../signing/store.ts'
import { outcomesIn, type RapidReview, type Status } from './rapid-review.ts'

/** Undefined when the review is open already. */
export async function insertRapidReview(
  tx: Tx,
  place: IncidentPlace,
  { clockStartedOn, dueOn }: { clockStartedOn: CivilDate; dueOn: CivilDate },
): Promise<ReviewPlace | undefined> {
  const review = await insertReview(tx, 'rapid', place)
  if (!review) return undefined
  await tx
    .insertInto('rapid_review')
    .values({
      ...columnsOfReview(review),
      clock_started_on: clockStartedOn,
      due_on: dueOn,
      opened_at: contextOf(tx).now,
    })
    .execute()
  return review
}

function reviewQuery(tx: Tx, incidentId: string) {
  return tx
    .selectFrom('rapid_review')
    .innerJoin('incident', 'incident.incident_id', 'rapid_review.incident_id')
    .innerJoin('body as authority', 'authority.code', 'rapid_review.authority_code')
    .innerJoin('body as partnership', 'partnership.code', 'rapid_review.partnership_code')
    .select([
      ...placeIn('rapid_review'),
      'rapid_review.review_id',
      'incident.reference',
      'authority.name as authority_name',
      'partnership.name as partnership_name',
      'rapid_review.status',
      'rapid_review.answers',
      'rapid_review.typed',
      'rapid_review.revision',
      'rapid_review.page_revisions',
      'rapid_review.unread_sections',
      'rapid_review.text_hash',
      'rapid_review.due_on',
      'rapid_review.late_reason',
      'rapid_review.sent_at',
    ])
    .where('rapid_review.incident_id', '=', incidentId)
}

type ReviewRow = Awaited<ReturnType<ReturnType<typeof reviewQuery>['executeTakeFirstOrThrow']>>

function toReview(row: ReviewRow): RapidReview {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    ...draftFrom<RapidReviewAnswers>(row),
    reference: row.reference,
    authorityName: row.authority_name,
    partnershipName: row.partnership_name,
    status: row.status as Status,
    unreadSections: row.unread_sections as RapidReviewSection[],
    textHash: row.text_hash ?? undefined,
    dueOn: row.due_on as CivilDate,
    lateReason: row.late_reason ?? undefined,
    sentAt: row.sent_at ?? undefined,
  }
}

/** Undefined when there is none, or none that the acting person may see. */
export async function readReview(tx: Tx, incidentId: string): Promise<RapidReview | undefined> {
  const row = await reviewQuery(tx, incidentId).executeTakeFirst()
  return row && toReview(row)
}

/** Held until the transaction ends. Undefined also where the acting person may see it and not change it. */
export async function lockReview(tx: Tx, incidentId: string): Promise<RapidReview | undefined> {
  const row = await reviewQuery(tx, incidentId).forUpdate('rapid_review').executeTakeFirst()
  return row && toReview(row)
}

/** Answers, typed, page revisions and unread sections, and whatever follows from the answers. Raises the revision. */
export async function saveDraft(tx: Tx, review: RapidReview): Promise<void> {
  await tx
    .updateTable('rapid_review')
    .set({
      ...draftColumns(review),
      outcomes: outcomesIn(review.answers),
      unread_sections: [...review.unreadSections],
    })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

/** Of the answers only those that apply are kept: what waits for signatures is what is sent. */
export async function markSigning(
  tx: Tx,
  review: RapidReview,
  { answers, hash }: { answers: RapidReviewAnswers; hash: string },
): Promise<void> {
  await tx
    .updateTable('rapid_review')
    .set({
      status: 'signing',
      answers: JSON.stringify(answers),
      text_hash: hash,
      signatures_asked_at: contextOf(tx).now,
      revision: review.revision + 1,
    })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

export async function markDraft(tx: Tx, review: RapidReview): Promise<void> {
  await tx
    .updateTable('rapid_review')
    .set({ status: 'draft', text_hash: null, revision: review.revision + 1 })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

export interface Sending {
  answers: RapidReviewAnswers
  hash: string
  lateReason: string | undefined
}

/** The snapshot, and the review as sent. */
export async function markSent(tx: Tx, review: RapidReview, { answers, hash, lateReason }: Sending): Promise<void> {
  const { now } = contextOf(tx)
  await tx
    .insertInto('rapid_review_version')
    .values({
      ...columnsOf(review),
      version: 1,
      form_version: String(rapidReviewForm.version),
      answers: JSON.stringify(answers),
      hash,
      sent_by: personOf(tx) ?? null,
      sent_at: now,
    })
    .execute()
  await tx
    .updateTable('rapid_review')
    .set({
      status: 'sent',
      outcomes: outcomesIn(answers),
      late_reason: lateReason ?? null,
      revision: review.revision + 1,
      sent_at: now,
    })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

export interface SentRapidReview {
  answers: RapidReviewAnswers
  version: number
  sentAt: Date
  outcomes: RapidReviewOutcome[]
  hash: string
  signatures: Signature[]
}

/** The review as it was sent; undefined when none was, or none that the acting person may see. */
export async function sentRapidReview(tx: Tx, incidentId: string): Promise<SentRapidReview | undefined> {
  const row = await tx
    .selectFrom('rapid_review_version')
    .innerJoin('rapid_review', 'rapid_review.incident_id', 'rapid_review_version.incident_id')
    .select([
      'rapid_review.review_id',
      'rapid_review_version.answers',
      'rapid_review_version.version',
      'rapid_review_version.sent_at',
      'rapid_review_version.hash',
    ])
    .where('rapid_review_version.incident_id', '=', incidentId)
    .orderBy('rapid_review_version.version', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  const answers = row.answers as unknown as RapidReviewAnswers
  return {
    answers,
    version: row.version,
    sentAt: row.sent_at,
    outcomes: outcomesIn(answers),
    hash: row.hash,
    signatures: signaturesOfText(await signaturesOf(tx, { reviewId: row.review_id }), row.hash),
  }
}

/** Whom to ring: the partnership's own office, and the national body. */
export async function contactsFor(
  tx: Tx,
  partnershipCode: string,
): Promise<{ name: string; phone: string | null; email: string | null }[]> {
  return tx
    .selectFrom('body')
    .select(['name', 'phone', 'email'])
    .where(eb => eb.or([eb('code', '=', partnershipCode), eb('kind', '=', 'national')]))
    .where('until_on', 'is', null)
    .orderBy(eb => eb('kind', '=', 'national'))
    .execute()
}
