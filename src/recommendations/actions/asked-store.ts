import { sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { placeFrom, type IncidentPlace } from '../../platform/events/index.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../../platform/lists/index.ts'
import type { WhichReview } from '../../panel/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import { isTheme, type Theme } from '../../reference-data/index.ts'
import { deliveryTold, type DeliveryTold, type Effect, type Reply } from '../moves.ts'

interface AskedBase {
  partnershipCode: string
  partnershipName: string
  /** Null where it is about no incident. */
  place: IncidentPlace | null
  /** What it is known by: a number, or the letter's reference and the point. */
  reference: string
  text: string
  themes: readonly Theme[]
  /** The day an answer was asked for by. */
  askedBy: CivilDate | null
  answered: boolean
}
export type Asked = AskedBase &
  (
    | { kind: 'letter-point'; pointId: string; pointNumber: number; letter: WhichReview }
    | {
        kind: 'local-recommendation' | 'national-recommendation'
        addresseeId: string
        recommendationId: string
        owner: string
        reply: Reply
        /** The day by which the Panel asks a partnership of its sample for evidence that it has not given yet. */
        evidenceBy: CivilDate | null
        delivery: DeliveryTold
        effect: Effect
      }
  )

export const askedKinds = {
  'letter-point': 'Point of a Panel letter',
  'local-recommendation': 'Recommendation of a local review',
  'national-recommendation': 'National recommendation',
} as const
export type AskedKind = keyof typeof askedKinds

const isMine = (table: string) =>
  sql<boolean>`${sql.ref(`${table}.partnership_code`)} = any ((select my_list('partnerships_of_any_time'))::text[])`

/** The next day by which evidence is asked for, of each addressee that owes some. */
function evidenceWaiting(tx: Tx) {
  return tx
    .selectFrom('evidence_ask')
    .select(group => ['addressee_id', group.fn.min('asked_by').as('due_on')])
    .where('answered_at', 'is', null)
    .groupBy('addressee_id')
    .as('evidence')
}

/** By what one thing asked is known among all of them. */
export function askedId(one: Asked): string {
  return one.kind === 'letter-point' ? one.pointId : one.addresseeId
}

/** One page of what was asked of the acting person's partnerships. */
export async function listAsked(
  tx: Tx,
  wanted: Wanted<'asked'>,
  { partnershipCode, unanswered }: { partnershipCode: string | undefined; unanswered: boolean },
): Promise<Found<Asked>> {
  const points = tx
    .selectFrom('letter_point')
    .select(['letter_point.id as key', 'letter_point.reply_by as asked_by'])
    .where('letter_point.status', '=', 'sent')
    .where('letter_point.asks', '=', true)
    .where(isMine('letter_point'))
    .$if(partnershipCode !== undefined, query => query.where('letter_point.partnership_code', '=', partnershipCode!))
    .$if(unanswered, query => query.where('letter_point.answered', '=', false))
  const recommended = tx
    .selectFrom('recommendation_addressee as owed')
    .leftJoin(
      () => evidenceWaiting(tx),
      join => join.onRef('evidence.addressee_id', '=', 'owed.addressee_id'),
    )
    .select([
      'owed.addressee_id as key',
      sql<string | null>`coalesce(evidence.due_on, owed.reply_asked_by)`.as('asked_by'),
    ])
    .where('owed.status', 'not in', ['draft', 'out-for-comment'])
    .where(isMine('owed'))
    .$if(partnershipCode !== undefined, query => query.where('owed.partnership_code', '=', partnershipCode!))
    .$if(unanswered, query =>
      query.where(eb =>
        eb.or([eb('owed.reply', 'in', ['awaited', 'not-known']), eb('evidence.due_on', 'is not', null)]),
      ),
    )
  return pageOf(tx, wanted, {
    chosen: tx.selectFrom(points.unionAll(recommended).as('asked')).select('asked.key'),
    sorts: { asked: query => query.select('asked.asked_by as by') },
    rowsOf: async keys => {
      const rows = await askedOfPartnership(tx, { partnershipCode, open: false, among: keys })
      return new Map(rows.map(one => [askedId(one), one]))
    },
  })
}

/** The partnerships of which the acting person may be told what was asked, by their codes. */
export async function askedPartnerships(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('body')
    .select(['code', 'name'])
    .where(sql<boolean>`code = any ((select my_list('partnerships_of_any_time'))::text[])`)
    .orderBy('name')
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/**
 * Everything that was asked of a partnership, in the order of the days asked for: points of letters, recommendations
 * from reviews here, national recommendations sent here.
 * @param open only what waits for an answer
 * @param among only these, by `askedId`
 */
export async function askedOfPartnership(
  tx: Tx,
  { partnershipCode, open, among }: { partnershipCode: string | undefined; open: boolean; among?: readonly string[] },
): Promise<Asked[]> {
  const points = await tx
    .selectFrom('letter_point as asked')
    .innerJoin('letter', 'letter.letter_id', 'asked.letter_id')
    .innerJoin('body', 'body.code', 'asked.partnership_code')
    .select([
      'asked.id',
      'asked.incident_id',
      'asked.authority_code',
      'asked.partnership_code',
      'asked.number',
      'asked.text',
      'asked.theme',
      'asked.reply_by',
      'asked.answered',
      'letter.reference',
      'letter.kind',
      'body.name as partnership_name',
    ])
    .where('asked.status', '=', 'sent')
    .where('asked.asks', '=', true)
    .where(isMine('asked'))
    .$if(partnershipCode !== undefined, query => query.where('asked.partnership_code', '=', partnershipCode!))
    .$if(open, query => query.where('asked.answered', '=', false))
    .$if(among !== undefined, query => query.where(isAmong('asked.id', among!)))
    .execute()
  const recommended = await tx
    .selectFrom('recommendation_addressee as asked')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'asked.recommendation_id')
    .innerJoin('body', 'body.code', 'asked.partnership_code')
    .leftJoin(
      () => evidenceWaiting(tx),
      join => join.onRef('evidence.addressee_id', '=', 'asked.addressee_id'),
    )
    .select([
      'asked.addressee_id',
      'asked.recommendation_id',
      'asked.incident_id',
      'asked.authority_code',
      'asked.partnership_code',
      'asked.body_name',
      'asked.reply_asked_by',
      'asked.reply',
      'asked.delivery',
      'asked.delivery_at',
      'asked.effect',
      'recommendation.number',
      'recommendation.text',
      'recommendation.themes',
      'body.name as partnership_name',
      'evidence.due_on as evidence_by',
    ])
    .where('asked.status', open ? '=' : '<>', open ? 'issued' : 'draft')
    .where('asked.status', '<>', 'out-for-comment')
    .where(isMine('asked'))
    .$if(partnershipCode !== undefined, query => query.where('asked.partnership_code', '=', partnershipCode!))
    .$if(open, query =>
      query.where(eb => eb.or([eb('asked.reply', '=', 'awaited'), eb('evidence.due_on', 'is not', null)])),
    )
    .$if(among !== undefined, query => query.where(isAmong('asked.addressee_id', among!)))
    .execute()
  return [
    ...points.map((row): Asked => ({
      kind: 'letter-point',
      pointId: row.id,
      pointNumber: row.number,
      letter: { incidentId: row.incident_id, kind: row.kind as ReviewKind },
      partnershipCode: row.partnership_code,
      partnershipName: row.partnership_name,
      place: placeFrom(row),
      reference: `${row.reference}, point ${row.number}`,
      text: row.text,
      themes: isTheme(row.theme) ? [row.theme] : [],
      askedBy: row.reply_by as CivilDate | null,
      answered: row.answered,
    })),
    ...recommended.map((row): Asked => ({
      kind: row.incident_id ? 'local-recommendation' : 'national-recommendation',
      addresseeId: row.addressee_id,
      recommendationId: row.recommendation_id,
      owner: row.body_name,
      reply: row.reply as Reply,
      delivery: deliveryTold(row.delivery, row.delivery_at),
      effect: row.effect as Effect,
      partnershipCode: row.partnership_code!,
      partnershipName: row.partnership_name,
      place:
        row.incident_id && row.authority_code
          ? placeFrom({
              incident_id: row.incident_id,
              authority_code: row.authority_code,
              partnership_code: row.partnership_code!,
            })
          : null,
      reference: row.number,
      text: row.text,
      themes: row.themes.filter(isTheme),
      evidenceBy: row.evidence_by as CivilDate | null,
      askedBy: (row.evidence_by ?? row.reply_asked_by) as CivilDate | null,
      answered: row.reply !== 'awaited' && row.reply !== 'not-known' && !row.evidence_by,
    })),
  ].toSorted(
    (one, other) =>
      (one.askedBy ?? '9999').localeCompare(other.askedBy ?? '9999') || one.reference.localeCompare(other.reference),
  )
}
