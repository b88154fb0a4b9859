import { contextOf, personOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { placeFrom, placeIn } from '../../platform/events/index.ts'
import { columnsOfReview, type ReviewPlace } from '../review.ts'
import type {
  AskedForAccuracy,
  Draft,
  DraftComment,
  DraftParagraph,
  DraftStatus,
  DraftVersion,
  AccuracyOutcome,
  WayOfAnswering,
} from './draft.ts'

function draftQuery(tx: Tx) {
  return tx
    .selectFrom('draft')
    .innerJoin('incident', 'incident.incident_id', 'draft.incident_id')
    .innerJoin('body', 'body.code', 'draft.partnership_code')
    .select([
      ...placeIn('draft'),
      'draft.review_id',
      'incident.reference',
      'body.name as partnership_name',
      'draft.status',
      'draft.revision',
      'draft.version',
      'draft.text_hash',
      'draft.signed_at',
      'draft.asked_although',
    ])
}

type DraftRow = Awaited<ReturnType<ReturnType<typeof draftQuery>['executeTakeFirstOrThrow']>>

function toDraft(row: DraftRow): Draft {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    reference: row.reference,
    partnershipName: row.partnership_name,
    status: row.status as DraftStatus,
    revision: row.revision,
    version: row.version ?? undefined,
    textHash: row.text_hash ?? undefined,
    signedAt: row.signed_at ?? undefined,
    askedAlthough: row.asked_although ?? undefined,
  }
}

/** Undefined before the first version, and for whoever may not see it. */
export async function readDraft(tx: Tx, incidentId: string): Promise<Draft | undefined> {
  const row = await draftQuery(tx).where('draft.incident_id', '=', incidentId).executeTakeFirst()
  return row && toDraft(row)
}

/** Those that the acting person sees, in these statuses. */
export async function draftsIn(tx: Tx, status: DraftStatus): Promise<Draft[]> {
  const rows = await draftQuery(tx).where('draft.status', '=', status).orderBy('incident.reference').execute()
  return rows.map(toDraft)
}

export async function insertDraft(tx: Tx, review: ReviewPlace): Promise<void> {
  await tx
    .insertInto('draft')
    .values(columnsOfReview(review))
    .onConflict(conflict => conflict.column('review_id').doNothing())
    .execute()
}

export async function markSigning(
  tx: Tx,
  draft: Draft,
  version: DraftVersion,
  although: string | undefined,
): Promise<void> {
  await tx
    .updateTable('draft')
    .set({
      status: 'signing',
      version: version.version,
      text: JSON.stringify(version.paragraphs),
      text_hash: version.hash,
      signatures_asked_at: contextOf(tx).now,
      asked_although: although ?? null,
      revision: draft.revision + 1,
    })
    .where('review_id', '=', draft.reviewId)
    .execute()
}

export async function markDraft(tx: Tx, draft: Draft): Promise<void> {
  await tx
    .updateTable('draft')
    .set({ status: 'draft', text_hash: null, revision: draft.revision + 1 })
    .where('review_id', '=', draft.reviewId)
    .execute()
}

/** The oldest first. */
export async function versionsOf(tx: Tx, { reviewId }: Pick<ReviewPlace, 'reviewId'>): Promise<DraftVersion[]> {
  const rows = await tx
    .selectFrom('draft_version')
    .innerJoin('person', 'person.id', 'draft_version.person_id')
    .select(['version', 'note', 'document_id', 'paragraphs', 'hash', 'person_id', 'person.name', 'saved_at'])
    .where('review_id', '=', reviewId)
    .orderBy('version')
    .execute()
  return rows.map(row => ({
    version: row.version,
    note: row.note,
    documentId: row.document_id ?? undefined,
    paragraphs: row.paragraphs as unknown as DraftParagraph[],
    hash: row.hash,
    savedBy: row.name,
    savedById: row.person_id,
    savedAt: row.saved_at,
  }))
}

/** @returns false when there is a version with this number already */
export async function insertVersion(
  tx: Tx,
  review: ReviewPlace,
  saved: Pick<DraftVersion, 'version' | 'note' | 'documentId' | 'paragraphs' | 'hash'>,
): Promise<boolean> {
  const result = await tx
    .insertInto('draft_version')
    .values({
      ...columnsOfReview(review),
      version: saved.version,
      note: saved.note,
      document_id: saved.documentId ?? null,
      paragraphs: JSON.stringify(saved.paragraphs),
      hash: saved.hash,
      person_id: personOf(tx) ?? '',
      saved_at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.columns(['review_id', 'version']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Of all versions, the oldest first. */
export async function commentsOf(tx: Tx, { reviewId }: ReviewPlace): Promise<DraftComment[]> {
  const rows = await tx
    .selectFrom('draft_comment')
    .innerJoin('person', 'person.id', 'draft_comment.person_id')
    .leftJoin('person as settler', 'settler.id', 'draft_comment.resolved_by')
    .select([
      'draft_comment.id',
      'draft_comment.paragraph_id',
      'draft_comment.version',
      'draft_comment.answers_id',
      'draft_comment.text',
      'draft_comment.person_id',
      'draft_comment.added_at',
      'draft_comment.resolved_at',
      'person.name',
      'settler.name as settled_by',
    ])
    .where('draft_comment.review_id', '=', reviewId)
    .orderBy('draft_comment.added_at')
    .orderBy(eb => eb('draft_comment.answers_id', 'is not', null))
    .orderBy('draft_comment.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    paragraphId: row.paragraph_id,
    version: row.version,
    answersId: row.answers_id ?? undefined,
    text: row.text,
    by: row.name,
    byId: row.person_id,
    at: row.added_at,
    resolvedBy: row.settled_by ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
  }))
}

export async function insertComment(
  tx: Tx,
  review: ReviewPlace,
  comment: Pick<DraftComment, 'paragraphId' | 'version' | 'answersId' | 'text'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('draft_comment')
    .values({
      ...columnsOfReview(review),
      paragraph_id: comment.paragraphId,
      version: comment.version,
      answers_id: comment.answersId ?? null,
      text: comment.text,
      person_id: personOf(tx) ?? '',
      added_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function markResolved(tx: Tx, commentId: string): Promise<void> {
  await tx
    .updateTable('draft_comment')
    .set({ resolved_by: personOf(tx) ?? null, resolved_at: contextOf(tx).now })
    .where('id', '=', commentId)
    .execute()
}

function accuracyQuery(tx: Tx) {
  return tx
    .selectFrom('draft_accuracy')
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('draft_accuracy_answer')
          .innerJoin('person', 'person.id', 'draft_accuracy_answer.person_id')
          .leftJoin('person as settler', 'settler.id', 'draft_accuracy_answer.settled_by')
          .select(['accurate', 'text', 'source', 'came', 'answered_at', 'person.name as entered_by'])
          .select(['draft_accuracy_answer.id as answer_id', 'outcome', 'why', 'settler.name as settled_by'])
          .whereRef('draft_accuracy_answer.asked_id', '=', 'draft_accuracy.id')
          .orderBy('answered_at', 'desc')
          .limit(1)
          .as('answer'),
      join => join.onTrue(),
    )
    .select([
      'draft_accuracy.id',
      'draft_accuracy.incident_id',
      'draft_accuracy.version',
      'draft_accuracy.name',
      'draft_accuracy.account_id',
      'draft_accuracy.answer_by',
      'draft_accuracy.asked_at',
      'answer.accurate',
      'answer.text',
      'answer.source',
      'answer.came',
      'answer.answered_at',
      'answer.entered_by',
      'answer.outcome',
      'answer.why',
      'answer.settled_by',
    ])
}

type AccuracyRow = Awaited<ReturnType<ReturnType<typeof accuracyQuery>['executeTakeFirstOrThrow']>>

function toAsked(row: AccuracyRow): AskedForAccuracy {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    accountId: row.account_id ?? undefined,
    answerBy: row.answer_by as CivilDate,
    askedAt: row.asked_at,
    answer: row.answered_at
      ? {
          accurate: row.accurate === true,
          text: row.text ?? '',
          source: row.source ?? '',
          came: row.came as WayOfAnswering,
          enteredBy: row.entered_by ?? '',
          at: row.answered_at,
          settled: row.outcome
            ? { outcome: row.outcome as AccuracyOutcome, why: row.why ?? '', by: row.settled_by ?? '' }
            : undefined,
        }
      : undefined,
  }
}

/** Everybody who was asked, in the order in which they were, with what they answered last. */
export async function accuracyOf(tx: Tx, { reviewId }: ReviewPlace): Promise<AskedForAccuracy[]> {
  const rows = await accuracyQuery(tx)
    .where('draft_accuracy.review_id', '=', reviewId)
    .orderBy('draft_accuracy.asked_at')
    .orderBy('draft_accuracy.name')
    .execute()
  return rows.map(toAsked)
}

/** Reports about whose facts somebody was asked and has not answered, or said that they are not right and was not heard. */
export async function accuracyWaiting(
  tx: Tx,
  { ofPerson, waits = 'answer' }: { ofPerson?: string; waits?: 'answer' | 'outcome' } = {},
): Promise<{ incidentId: string; reference: string; name: string; answerBy: CivilDate }[]> {
  const rows = await accuracyQuery(tx)
    .innerJoin('incident', 'incident.incident_id', 'draft_accuracy.incident_id')
    .select('incident.reference')
    .$if(waits === 'answer', query => query.where('answer.answered_at', 'is', null))
    .$if(waits === 'outcome', query => query.where('answer.accurate', '=', false).where('answer.outcome', 'is', null))
    .$if(ofPerson !== undefined, query => query.where('draft_accuracy.account_id', '=', ofPerson!))
    .orderBy('draft_accuracy.answer_by')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    name: row.name,
    answerBy: row.answer_by as CivilDate,
  }))
}

export async function insertAsked(
  tx: Tx,
  review: ReviewPlace,
  asked: { version: number; name: string; accountId: string | undefined; answerBy: CivilDate },
): Promise<void> {
  await tx
    .insertInto('draft_accuracy')
    .values({
      ...columnsOfReview(review),
      version: asked.version,
      name: asked.name,
      account_id: asked.accountId ?? null,
      answer_by: asked.answerBy,
      person_id: personOf(tx) ?? '',
      asked_at: contextOf(tx).now,
    })
    .execute()
}

export async function insertAccuracyAnswer(
  tx: Tx,
  review: ReviewPlace,
  answer: { askedId: string; accurate: boolean; text: string; source: string; came: WayOfAnswering },
): Promise<void> {
  await tx
    .insertInto('draft_accuracy_answer')
    .values({
      ...columnsOfReview(review),
      asked_id: answer.askedId,
      accurate: answer.accurate,
      text: answer.text,
      source: answer.source,
      came: answer.came,
      person_id: personOf(tx) ?? '',
      answered_at: contextOf(tx).now,
    })
    .execute()
}

/** @returns false where nothing is said to be wrong that was not settled already */
export async function markSettled(
  tx: Tx,
  askedId: string,
  settled: { outcome: AccuracyOutcome; why: string },
): Promise<boolean> {
  const result = await tx
    .updateTable('draft_accuracy_answer')
    .set({ ...settled, settled_by: personOf(tx) ?? null, settled_at: contextOf(tx).now })
    .where('asked_id', '=', askedId)
    .where('accurate', '=', false)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export interface SignedReport {
  version: number
  paragraphs: readonly DraftParagraph[]
  hash: string
  signedAt: Date
}

/** What the three partners signed last; undefined where they signed none, or the acting person may not see it. */
export async function signedReport(
  tx: Tx,
  { reviewId }: Pick<ReviewPlace, 'reviewId'>,
): Promise<SignedReport | undefined> {
  const row = await tx
    .selectFrom('draft_signed')
    .select(['version', 'text', 'hash', 'signed_at'])
    .where('review_id', '=', reviewId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return (
    row && {
      version: row.version,
      paragraphs: row.text as unknown as DraftParagraph[],
      hash: row.hash,
      signedAt: row.signed_at,
    }
  )
}
