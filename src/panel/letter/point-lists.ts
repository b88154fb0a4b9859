import { sql } from 'kysely'
import { withinReach, type Role } from '../../platform/access/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../../platform/lists/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import type { Theme } from '../../reference-data/index.ts'
import type { WhichReview } from '../which-review.ts'
import type { LetterPoint } from './letter.ts'
import { repliesTo } from './store.ts'

/** Said in words and not as values: an index holds just these. */
export const waitsForAnswer = sql<boolean>`letter_point.status = 'sent' and letter_point.asks and not letter_point.answered`

/** A point of an earlier letter to the same partnership. */
export interface EarlierPoint extends LetterPoint, WhichReview {
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
    exceptReviewId: string
    /** Absent or empty: on all. */
    about?: readonly Theme[]
    notAbout?: readonly Theme[]
  },
): Promise<EarlierPoints> {
  const { partnershipCode, exceptReviewId, about = [], notAbout = [] } = asked
  const rows = await tx
    .selectFrom('letter_point')
    .innerJoin('letter', 'letter.letter_id', 'letter_point.letter_id')
    .select([
      'letter_point.id',
      'letter_point.incident_id',
      'letter_point.number',
      'letter_point.theme',
      'letter_point.text',
      'letter_point.asks',
      'letter_point.about_decision',
      'letter_point.reply_by',
      'letter.kind',
      'letter.sent_at',
      'letter.reference',
    ])
    .where('letter_point.partnership_code', '=', partnershipCode)
    .where('letter_point.review_id', '<>', exceptReviewId)
    .where('letter_point.status', '=', 'sent')
    .$if(about.length > 0, query => query.where('letter_point.theme', 'in', about))
    .$if(notAbout.length > 0, query => query.where('letter_point.theme', 'not in', notAbout))
    .orderBy('letter.sent_at', 'desc')
    .orderBy('letter_point.letter_id')
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
      kind: row.kind as ReviewKind,
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

export interface OpenPoint extends WhichReview {
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
      .select(['letter_point.id as key', 'letter_point.letter_id', 'letter_point.number'])
      .where(waitsForAnswer)
      .$if(theme !== undefined, query => query.where('letter_point.theme', '=', theme!)),
    sorts: {
      sent: chosen =>
        chosen.innerJoin('letter', 'letter.letter_id', 'letter_point.letter_id').select('letter.sent_at as by'),
      asked: chosen => chosen.select('letter_point.reply_by as by'),
      area: chosen =>
        chosen
          .innerJoin('body', 'body.code', 'letter_point.partnership_code')
          .select(sql`body.name collate "und-x-icu"`.as('by')),
    },
    within: ['letter_id', 'number'],
    rowsOf: keys => openPoints(tx, keys),
  })
}

async function openPoints(tx: Tx, ids: string[]): Promise<Map<string, OpenPoint>> {
  const rows = await tx
    .selectFrom('letter_point')
    .innerJoin('letter', 'letter.letter_id', 'letter_point.letter_id')
    .innerJoin('body as partnership', 'partnership.code', 'letter_point.partnership_code')
    .select([
      'letter_point.id',
      'letter_point.incident_id',
      'letter_point.number',
      'letter_point.theme',
      'letter_point.text',
      'letter_point.reply_by',
      'letter.kind',
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
        kind: row.kind as ReviewKind,
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

export interface WaitingLetter extends WhichReview {
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
    .innerJoin('letter', 'letter.letter_id', 'letter_point.letter_id')
    .select(eb => [
      'letter.incident_id',
      'letter.kind',
      'letter.reference',
      eb.fn.countAll<string>().as('unanswered'),
      eb.fn.min('letter_point.reply_by').as('reply_by'),
    ])
    .where(waitsForAnswer)
    .where(withinReach('letter_point', role, 'read', 'letter'))
    .$if(asked.before !== undefined, query => query.where('letter_point.reply_by', '<', asked.before!))
    .groupBy(['letter.letter_id', 'letter.incident_id', 'letter.kind', 'letter.reference'])
    .orderBy('reply_by', order => order.asc().nullsLast())
    .orderBy('letter.letter_id')
    .limit(100)
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    kind: row.kind as ReviewKind,
    reference: row.reference,
    unanswered: Number(row.unanswered),
    replyBy: (row.reply_by ?? undefined) as CivilDate | undefined,
  }))
}
