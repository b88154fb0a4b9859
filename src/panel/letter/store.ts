import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { columnsOf, placeFrom, type IncidentPlace } from '../../platform/events/index.ts'
import { columnsOfReview, type ReviewKind, type ReviewPlace } from '../../reviews/index.ts'
import type { Theme } from '../../reference-data/index.ts'
import type { ViewOnDecision, ViewOnReview } from '../opinions.ts'
import type { WhichReview } from '../which-review.ts'
import type { Letter, LetterPoint, LetterText, PointReply, PointText } from './letter.ts'
import type { Texts } from './sections.ts'

/** The letter on a review, a draft or sent, with its points and their answers, as far as the acting person may see it. */
export async function readLetter(tx: Tx, { incidentId, kind }: WhichReview): Promise<Letter | undefined> {
  const row = await tx
    .selectFrom('letter')
    .innerJoin('body as partnership', 'partnership.code', 'letter.partnership_code')
    .leftJoin('person', 'person.id', 'letter.signed_by')
    .selectAll('letter')
    .select(['partnership.name as partnership_name', 'person.name'])
    .where('letter.incident_id', '=', incidentId)
    .where('letter.kind', '=', kind)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...placeFrom(row),
    letterId: row.letter_id,
    reviewId: row.review_id,
    kind: row.kind as ReviewKind,
    partnershipName: row.partnership_name,
    reference: row.reference,
    status: row.status as Letter['status'],
    revision: row.revision,
    texts: row.texts as Texts,
    viewOnReview: (row.view_on_review ?? undefined) as ViewOnReview | undefined,
    viewOnDecision: (row.view_on_decision ?? undefined) as ViewOnDecision | undefined,
    signedBy: row.signed_by,
    signedByName: row.name,
    sentAt: row.sent_at,
    hash: row.hash,
    points: await pointsOf(tx, row.letter_id),
  }
}

/**
 * The letter as it stands until this transaction ends: a draft is held, so that what is checked and signed is what is
 * written. To everybody but its writers it reads like `readLetter`.
 */
export async function lockLetter(tx: Tx, which: WhichReview): Promise<Letter | undefined> {
  await tx
    .selectFrom('letter')
    .select('revision')
    .where('incident_id', '=', which.incidentId)
    .where('kind', '=', which.kind)
    .where('status', '=', 'draft')
    .forUpdate()
    .execute()
  return readLetter(tx, which)
}

async function pointsOf(tx: Tx, letterId: string): Promise<LetterPoint[]> {
  const rows = await tx
    .selectFrom('letter_point')
    .select(['id', 'number', 'theme', 'text', 'asks', 'about_decision', 'reply_by'])
    .where('letter_id', '=', letterId)
    .orderBy('number')
    .execute()
  const replies = await repliesTo(
    tx,
    rows.map(row => row.id),
  )
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    theme: row.theme as Theme,
    text: row.text,
    asks: row.asks,
    aboutDecision: row.about_decision,
    replyBy: (row.reply_by ?? undefined) as CivilDate | undefined,
    replies: replies.get(row.id) ?? [],
  }))
}

/** By the id of their point. */
export async function repliesTo(tx: Tx, pointIds: string[]): Promise<Map<string, PointReply[]>> {
  if (pointIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('point_reply')
    .leftJoin('person', 'person.id', 'point_reply.person_id')
    .select(['point_reply.point_id', 'point_reply.text', 'point_reply.action', 'point_reply.replied_at', 'person.name'])
    .where('point_reply.point_id', 'in', pointIds)
    .orderBy('point_reply.replied_at')
    .orderBy('point_reply.id')
    .execute()
  const found = new Map<string, PointReply[]>()
  for (const row of rows) {
    const reply = { text: row.text, action: row.action, repliedAt: row.replied_at, byName: row.name ?? undefined }
    found.set(row.point_id, [...(found.get(row.point_id) ?? []), reply])
  }
  return found
}

/** Begins a draft; false when there is a letter already. */
export async function insertLetter(
  tx: Tx,
  review: ReviewPlace & { kind: ReviewKind; reference: string },
  text: LetterText,
): Promise<boolean> {
  const { kind, reference } = review
  const inserted = await tx
    .insertInto('letter')
    .values({ ...columnsOfReview(review), kind, reference, ...textColumns(text) })
    .onConflict(conflict => conflict.column('review_id').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** False when there is no draft in this revision any more. */
export async function storeLetter(
  tx: Tx,
  letterId: string,
  seenRevision: number,
  text: LetterText | undefined,
): Promise<boolean> {
  const updated = await tx
    .updateTable('letter')
    .set({ revision: seenRevision + 1, ...(text && textColumns(text)) })
    .where('letter_id', '=', letterId)
    .where('status', '=', 'draft')
    .where('revision', '=', seenRevision)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

function textColumns(text: LetterText) {
  return {
    texts: JSON.stringify(text.texts),
    view_on_review: text.viewOnReview ?? null,
    view_on_decision: text.viewOnDecision ?? null,
  }
}

export async function insertPoint(
  tx: Tx,
  letter: Pick<Letter, 'letterId'> & ReviewPlace,
  number: number,
  point: PointText & { aboutDecision: boolean },
): Promise<void> {
  await tx
    .insertInto('letter_point')
    .values({
      letter_id: letter.letterId,
      ...columnsOfReview(letter),
      number,
      about_decision: point.aboutDecision,
      ...pointColumns(point),
    })
    .execute()
}

export async function updatePoint(tx: Tx, letterId: string, pointId: string, point: PointText): Promise<void> {
  await tx
    .updateTable('letter_point')
    .set(pointColumns(point))
    .where('id', '=', pointId)
    .where('letter_id', '=', letterId)
    .execute()
}

function pointColumns({ theme, text, asks, replyBy }: PointText) {
  return { theme, text, asks, reply_by: replyBy ?? null }
}

export async function deletePoint(tx: Tx, letterId: string, pointId: string): Promise<void> {
  await tx.deleteFrom('letter_point').where('id', '=', pointId).where('letter_id', '=', letterId).execute()
}

/** Numbers the points from 1 in this order. */
export async function numberPoints(tx: Tx, letterId: string, pointIds: readonly string[]): Promise<void> {
  for (const [index, id] of pointIds.entries()) {
    await tx
      .updateTable('letter_point')
      .set({ number: index + 1 })
      .where('id', '=', id)
      .where('letter_id', '=', letterId)
      .execute()
  }
}

/** With it the database sends its points. */
export async function markLetterSent(
  tx: Tx,
  letterId: string,
  { personId, at, hash }: { personId: string; at: Date; hash: string },
): Promise<void> {
  await tx
    .updateTable('letter')
    .set({ status: 'sent', signed_by: personId, sent_at: at, hash })
    .where('letter_id', '=', letterId)
    .where('status', '=', 'draft')
    .execute()
}

export async function insertReply(
  tx: Tx,
  place: IncidentPlace,
  pointId: string,
  reply: { personId: string; text: string; action: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('point_reply')
    .values({
      ...columnsOf(place),
      point_id: pointId,
      person_id: reply.personId,
      text: reply.text,
      action: reply.action,
      replied_at: reply.at,
    })
    .execute()
}

/** An answer that is being written. */
export interface AnswerDraft {
  revision: number
  text: string
  action: string
  savedAt: Date
  byName: string | undefined
}

/** By the id of their point. The database gives them to whoever may answer, and not to the Panel. */
export async function answerDrafts(tx: Tx, { points }: Letter): Promise<Map<string, AnswerDraft>> {
  if (points.length === 0) return new Map()
  const rows = await tx
    .selectFrom('point_reply_draft')
    .leftJoin('person', 'person.id', 'point_reply_draft.person_id')
    .select([
      'point_reply_draft.point_id',
      'point_reply_draft.revision',
      'point_reply_draft.text',
      'point_reply_draft.action',
      'point_reply_draft.saved_at',
      'person.name',
    ])
    .where(
      'point_reply_draft.point_id',
      'in',
      points.map(point => point.id),
    )
    .execute()
  return new Map(
    rows.map(({ point_id, revision, text, action, saved_at, name }) => [
      point_id,
      { revision, text, action, savedAt: saved_at, byName: name ?? undefined },
    ]),
  )
}

/** False when somebody saved or sent it since `seenRevision`; 0 is a draft not yet begun. */
export async function storeAnswerDraft(
  tx: Tx,
  place: IncidentPlace,
  pointId: string,
  draft: { text: string; action: string; personId: string; at: Date; seenRevision: number },
): Promise<boolean> {
  const columns = { text: draft.text, action: draft.action, person_id: draft.personId, saved_at: draft.at }
  if (draft.seenRevision === 0) {
    const inserted = await tx
      .insertInto('point_reply_draft')
      .values({ ...columnsOf(place), point_id: pointId, ...columns })
      .onConflict(conflict => conflict.column('point_id').doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }
  const updated = await tx
    .updateTable('point_reply_draft')
    .set({ ...columns, revision: draft.seenRevision + 1 })
    .where('point_id', '=', pointId)
    .where('revision', '=', draft.seenRevision)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

/** @returns its revision; 0 when there was none */
export async function deleteAnswerDraft(tx: Tx, pointId: string): Promise<number> {
  const deleted = await tx
    .deleteFrom('point_reply_draft')
    .where('point_id', '=', pointId)
    .returning('revision')
    .executeTakeFirst()
  return deleted?.revision ?? 0
}
