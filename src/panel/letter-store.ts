import { sql } from 'kysely'
import { withinReach, type Role } from '../platform/access/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { columnsOf, placeFrom, type IncidentPlace } from '../platform/events/index.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../platform/lists/index.ts'
import type { Letter, LetterPoint, LetterText, PointReply, PointText } from './letter.ts'
import type { Theme } from '../reference-data/index.ts'
import type { ViewOnDecision, ViewOnReview } from './opinions.ts'

export const asksForAnswer = sql<boolean>`letter_point.status = 'sent' and letter_point.asks`
/** Said in words and not as values: an index holds just these. */
export const waitsForAnswer = sql<boolean>`${asksForAnswer} and not letter_point.answered`

/** The letter on a review, a draft or sent, with its points and their answers, as far as the acting person may see it. */
export async function readLetter(tx: Tx, incidentId: string): Promise<Letter | undefined> {
  const row = await tx
    .selectFrom('letter')
    .innerJoin('body as partnership', 'partnership.code', 'letter.partnership_code')
    .leftJoin('person', 'person.id', 'letter.signed_by')
    .selectAll('letter')
    .select(['partnership.name as partnership_name', 'person.name'])
    .where('letter.incident_id', '=', incidentId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...placeFrom(row),
    partnershipName: row.partnership_name,
    reference: row.reference,
    status: row.status as Letter['status'],
    revision: row.revision,
    opening: row.opening,
    strengths: row.strengths,
    viewOnReview: (row.view_on_review ?? undefined) as ViewOnReview | undefined,
    viewOnDecision: (row.view_on_decision ?? undefined) as ViewOnDecision | undefined,
    reasons: row.reasons,
    closing: row.closing,
    signedBy: row.signed_by,
    signedByName: row.name,
    sentAt: row.sent_at,
    hash: row.hash,
    points: await pointsOf(tx, incidentId),
  }
}

/**
 * The letter as it stands until this transaction ends: a draft is held, so that what is checked and signed is what is
 * written. To everybody but its writers it reads like `readLetter`.
 */
export async function lockLetter(tx: Tx, incidentId: string): Promise<Letter | undefined> {
  await tx
    .selectFrom('letter')
    .select('revision')
    .where('incident_id', '=', incidentId)
    .where('status', '=', 'draft')
    .forUpdate()
    .execute()
  return readLetter(tx, incidentId)
}

async function pointsOf(tx: Tx, incidentId: string): Promise<LetterPoint[]> {
  const rows = await tx
    .selectFrom('letter_point')
    .select(['id', 'number', 'theme', 'text', 'asks', 'about_decision', 'reply_by'])
    .where('incident_id', '=', incidentId)
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

async function repliesTo(tx: Tx, pointIds: string[]): Promise<Map<string, PointReply[]>> {
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
  place: IncidentPlace & { reference: string },
  text: LetterText,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('letter')
    .values({ ...columnsOf(place), reference: place.reference, ...textColumns(text) })
    .onConflict(conflict => conflict.column('incident_id').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** False when there is no draft in this revision any more. */
export async function storeLetter(
  tx: Tx,
  incidentId: string,
  seenRevision: number,
  text: LetterText | undefined,
): Promise<boolean> {
  const updated = await tx
    .updateTable('letter')
    .set({ revision: seenRevision + 1, ...(text && textColumns(text)) })
    .where('incident_id', '=', incidentId)
    .where('status', '=', 'draft')
    .where('revision', '=', seenRevision)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

function textColumns(text: LetterText) {
  return {
    opening: text.opening,
    strengths: text.strengths,
    view_on_review: text.viewOnReview ?? null,
    view_on_decision: text.viewOnDecision ?? null,
    reasons: text.reasons,
    closing: text.closing,
  }
}

export async function insertPoint(
  tx: Tx,
  place: IncidentPlace,
  number: number,
  point: PointText & { aboutDecision: boolean },
): Promise<void> {
  await tx
    .insertInto('letter_point')
    .values({ ...columnsOf(place), number, about_decision: point.aboutDecision, ...pointColumns(point) })
    .execute()
}

export async function updatePoint(tx: Tx, incidentId: string, pointId: string, point: PointText): Promise<void> {
  await tx
    .updateTable('letter_point')
    .set(pointColumns(point))
    .where('id', '=', pointId)
    .where('incident_id', '=', incidentId)
    .execute()
}

function pointColumns({ theme, text, asks, replyBy }: PointText) {
  return { theme, text, asks, reply_by: replyBy ?? null }
}

export async function deletePoint(tx: Tx, incidentId: string, pointId: string): Promise<void> {
  await tx.deleteFrom('letter_point').where('id', '=', pointId).where('incident_id', '=', incidentId).execute()
}

/** Numbers the points from 1 in this order. */
export async function numberPoints(tx: Tx, incidentId: string, pointIds: readonly string[]): Promise<void> {
  for (const [index, id] of pointIds.entries()) {
    await tx
      .updateTable('letter_point')
      .set({ number: index + 1 })
      .where('id', '=', id)
      .where('incident_id', '=', incidentId)
      .execute()
  }
}

/** With it the database sends its points. */
export async function markLetterSent(
  tx: Tx,
  incidentId: string,
  { personId, at, hash }: { personId: string; at: Date; hash: string },
): Promise<void> {
  await tx
    .updateTable('letter')
    .set({ status: 'sent', signed_by: personId, sent_at: at, hash })
    .where('incident_id', '=', incidentId)
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
export async function answerDrafts(tx: Tx, incidentId: string): Promise<Map<string, AnswerDraft>> {
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
    .where('point_reply_draft.incident_id', '=', incidentId)
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
      .onConflict(conflict => conflict.columns(['incident_id', 'point_id']).doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }
  const updated = await tx
    .updateTable('point_reply_draft')
    .set({ ...columns, revision: draft.seenRevision + 1 })
    .where('incident_id', '=', place.incidentId)
    .where('point_id', '=', pointId)
    .where('revision', '=', draft.seenRevision)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

/** @returns its revision; 0 when there was none */
export async function deleteAnswerDraft(tx: Tx, incidentId: string, pointId: string): Promise<number> {
  const deleted = await tx
    .deleteFrom('point_reply_draft')
    .where('incident_id', '=', incidentId)
    .where('point_id', '=', pointId)
    .returning('revision')
    .executeTakeFirst()
  return deleted?.revision ?? 0
}

/** A point of an earlier letter to the same partnership. */
export interface EarlierPoint extends LetterPoint {
  incidentId: string
  reference: string
  sentAt: Date
}

export interface EarlierPoints {
  points: EarlierPoint[]
  /** There are older ones. */
  more: boolean
}

export const earlierPointsShown = 10

/** What the Panel wrote to a partnership before, on some themes or on all, the latest first, with what it answered. */
export async function earlierPoints(
  tx: Tx,
  asked: {
    partnershipCode: string
    exceptIncidentId: string
    /** Absent or empty: on all. */
    about?: readonly Theme[]
    notAbout?: readonly Theme[]
  },
): Promise<EarlierPoints> {
  const { partnershipCode, exceptIncidentId, about = [], notAbout = [] } = asked
  const rows = await tx
    .selectFrom('letter_point')
    .innerJoin('letter', 'letter.incident_id', 'letter_point.incident_id')
    .select([
      'letter_point.id',
      'letter_point.incident_id',
      'letter_point.number',
      'letter_point.theme',
      'letter_point.text',
      'letter_point.asks',
      'letter_point.about_decision',
      'letter_point.reply_by',
      'letter.sent_at',
      'letter.reference',
    ])
    .where('letter_point.partnership_code', '=', partnershipCode)
    .where('letter_point.incident_id', '<>', exceptIncidentId)
    .where('letter_point.status', '=', 'sent')
    .$if(about.length > 0, query => query.where('letter_point.theme', 'in', about))
    .$if(notAbout.length > 0, query => query.where('letter_point.theme', 'not in', notAbout))
    .orderBy('letter.sent_at', 'desc')
    .orderBy('letter_point.incident_id')
    .orderBy('letter_point.number')
    .limit(earlierPointsShown + 1)
    .execute()
  const shown = rows.slice(0, earlierPointsShown)
  const replies = await repliesTo(
    tx,
    shown.map(row => row.id),
  )
  return {
    more: rows.length > shown.length,
    points: shown.map(row => ({
      id: row.id,
      incidentId: row.incident_id,
      reference: row.reference,
      number: row.number,
      theme: row.theme as Theme,
      text: row.text,
      asks: row.asks,
      aboutDecision: row.about_decision,
      replyBy: (row.reply_by ?? undefined) as CivilDate | undefined,
      sentAt: row.sent_at!,
      replies: replies.get(row.id) ?? [],
    })),
  }
}

export interface OpenPoint {
  incidentId: string
  reference: string
  partnershipName: string
  number: number
  theme: Theme
  text: string
  replyBy: CivilDate | undefined
  sentAt: Date
}

export const pointSorts = ['sent', 'asked', 'area'] as const
export type PointSort = (typeof pointSorts)[number]

/** One page of the points that ask and have no answer, over every partnership the acting person may see. */
export async function listOpenPoints(
  tx: Tx,
  wanted: Wanted<PointSort>,
  { theme }: { theme?: Theme | undefined },
): Promise<Found<OpenPoint>> {
  return pageOf(tx, wanted, {
    chosen: tx
      .selectFrom('letter_point')
      .select(['letter_point.id as key', 'letter_point.incident_id', 'letter_point.number'])
      .where(waitsForAnswer)
      .$if(theme !== undefined, query => query.where('letter_point.theme', '=', theme!)),
    sorts: {
      sent: chosen =>
        chosen.innerJoin('letter', 'letter.incident_id', 'letter_point.incident_id').select('letter.sent_at as by'),
      asked: chosen => chosen.select('letter_point.reply_by as by'),
      area: chosen =>
        chosen
          .innerJoin('body', 'body.code', 'letter_point.partnership_code')
          .select(sql`body.name collate "und-x-icu"`.as('by')),
    },
    within: ['incident_id', 'number'],
    rowsOf: keys => openPoints(tx, keys),
  })
}

async function openPoints(tx: Tx, ids: string[]): Promise<Map<string, OpenPoint>> {
  const rows = await tx
    .selectFrom('letter_point')
    .innerJoin('letter', 'letter.incident_id', 'letter_point.incident_id')
    .innerJoin('body as partnership', 'partnership.code', 'letter_point.partnership_code')
    .select([
      'letter_point.id',
      'letter_point.incident_id',
      'letter_point.number',
      'letter_point.theme',
      'letter_point.text',
      'letter_point.reply_by',
      'letter.sent_at',
      'partnership.name',
      'letter.reference',
    ])
    .where(isAmong('letter_point.id', ids))
    .execute()
  return new Map(
    rows.map(row => [
      row.id,
      {
        incidentId: row.incident_id,
        reference: row.reference,
        partnershipName: row.name,
        number: row.number,
        theme: row.theme as Theme,
        text: row.text,
        replyBy: (row.reply_by ?? undefined) as CivilDate | undefined,
        sentAt: row.sent_at!,
      },
    ]),
  )
}

export interface WaitingLetter {
  incidentId: string
  reference: string
  unanswered: number
  /** The earliest day by which an answer was asked for. */
  replyBy: CivilDate | undefined
}

/** Letters with points that wait for an answer, the most urgent first. */
export async function waitingLetters(
  tx: Tx,
  { role }: { role: Role },
  asked: { before?: CivilDate } = {},
): Promise<WaitingLetter[]> {
  const rows = await tx
    .selectFrom('letter_point')
    .innerJoin('incident', 'incident.incident_id', 'letter_point.incident_id')
    .select(eb => [
      'letter_point.incident_id',
      'incident.reference',
      eb.fn.countAll<string>().as('unanswered'),
      eb.fn.min('letter_point.reply_by').as('reply_by'),
    ])
    .where(waitsForAnswer)
    .where(withinReach('letter_point', role, 'read', 'letter'))
    .$if(asked.before !== undefined, query => query.where('letter_point.reply_by', '<', asked.before!))
    .groupBy(['letter_point.incident_id', 'incident.reference'])
    .orderBy('reply_by', order => order.asc().nullsLast())
    .orderBy('letter_point.incident_id')
    .limit(100)
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    unanswered: Number(row.unanswered),
    replyBy: (row.reply_by ?? undefined) as CivilDate | undefined,
  }))
}
