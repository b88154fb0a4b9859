import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { DB, Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../platform/lists/index.ts'
import type { RapidReviewOutcome } from '../reviews/index.ts'
import { statuses, type Status } from './consideration.ts'
import { asksForAnswer, waitsForAnswer } from './letter-store.ts'
import { waitsForPanel } from './store.ts'

export const worklistSorts = ['reference', 'area', 'status', 'due', 'received'] as const
export type WorklistSort = (typeof worklistSorts)[number]

/** Whether the partnership has answered every point of the letter that asks. */
export type Answered = 'no-letter' | 'nothing-asked' | 'yes' | 'not-yet'

export interface WorklistRow {
  incidentId: string
  reference: string
  partnershipName: string
  status: Status
  receivedAt: Date
  dueOn: CivilDate
  repliedAt: Date | null
  outcomes: RapidReviewOutcome[]
  memberNames: string[]
  answered: Answered
  unanswered: number
}

export interface WorklistFilter {
  status?: Status | 'open' | undefined
  regionCode?: string | undefined
  memberId?: string | undefined
  outcome?: RapidReviewOutcome | undefined
  answered?: Exclude<Answered, 'no-letter'> | undefined
}

/** One page of the reviews the acting person may see. */
export async function listWork(
  tx: Tx,
  wanted: Wanted<WorklistSort>,
  filter: WorklistFilter,
): Promise<Found<WorklistRow>> {
  return pageOf(tx, wanted, {
    chosen: tx
      .selectFrom('consideration')
      .select('consideration.incident_id as key')
      .where(eb => fits(eb, filter)),
    sorts: {
      due: chosen => chosen.select('consideration.due_on as by'),
      received: chosen => chosen.select('consideration.received_at as by'),
      reference: chosen =>
        chosen
          .innerJoin('incident', 'incident.incident_id', 'consideration.incident_id')
          .select('incident.reference as by'),
      area: chosen =>
        chosen
          .innerJoin('body', 'body.code', 'consideration.partnership_code')
          .select(sql`body.name collate "und-x-icu"`.as('by')),
      status: chosen => chosen.select(inOrderOfWork.as('by')),
    },
    rowsOf: keys => rowsOf(tx, keys),
  })
}

async function rowsOf(tx: Tx, incidentIds: string[]): Promise<Map<string, WorklistRow>> {
  const rows = await tx
    .selectFrom('consideration')
    .innerJoin('incident', 'incident.incident_id', 'consideration.incident_id')
    .innerJoin('body as partnership', 'partnership.code', 'consideration.partnership_code')
    .leftJoin('rapid_review', 'rapid_review.incident_id', 'consideration.incident_id')
    .select([
      'consideration.incident_id',
      'incident.reference',
      'partnership.name',
      'consideration.status',
      'consideration.received_at',
      'consideration.due_on',
      'consideration.replied_at',
      'rapid_review.outcomes',
    ])
    .select(eb => [
      eb
        .selectFrom('allocation')
        .innerJoin('person', 'person.id', 'allocation.person_id')
        .select(sql<string[] | null>`array_agg(person.name order by person.name)`.as('names'))
        .whereRef('allocation.incident_id', '=', 'consideration.incident_id')
        .where('allocation.ended_at', 'is', null)
        .as('member_names'),
      countOf(eb, asksForAnswer).as('asked'),
      countOf(eb, waitsForAnswer).as('unanswered'),
    ])
    .where(isAmong('consideration.incident_id', incidentIds))
    .execute()
  return new Map(
    rows.map(row => [
      row.incident_id,
      {
        incidentId: row.incident_id,
        reference: row.reference,
        partnershipName: row.name,
        status: row.status as Status,
        receivedAt: row.received_at,
        dueOn: row.due_on as CivilDate,
        repliedAt: row.replied_at,
        outcomes: (row.outcomes ?? []) as RapidReviewOutcome[],
        memberNames: row.member_names ?? [],
        answered: answeredOf(row.status as Status, Number(row.asked), Number(row.unanswered)),
        unanswered: Number(row.unanswered),
      },
    ]),
  )
}

function countOf(eb: ExpressionBuilder<DB, 'consideration'>, points: Expression<SqlBool>) {
  return eb
    .selectFrom('letter_point')
    .select(e => e.fn.countAll<string>().as('count'))
    .whereRef('letter_point.incident_id', '=', 'consideration.incident_id')
    .where(points)
}

export function answeredOf(status: Status, asked: number, unanswered: number): Answered {
  if (status !== 'letter-sent') return 'no-letter'
  if (asked === 0) return 'nothing-asked'
  return unanswered === 0 ? 'yes' : 'not-yet'
}

const inOrderOfWork = sql`array_position(${Object.keys(statuses)}::text[], consideration.status)`

function fits(eb: ExpressionBuilder<DB, 'consideration'>, filter: WorklistFilter): Expression<SqlBool> {
  const { status, regionCode, memberId, outcome, answered } = filter
  const letter = 'consideration.incident_id'
  // Found once, and not anew for each review.
  const lettersWith = (points: Expression<SqlBool>) =>
    eb.selectFrom('letter_point').select('letter_point.incident_id').where(points)
  return eb.and([
    ...(status === 'open' ? [waitsForPanel] : []),
    ...(status && status !== 'open' ? [eb('consideration.status', '=', status)] : []),
    ...(regionCode
      ? [
          eb(
            'consideration.partnership_code',
            'in',
            eb
              .selectFrom('body')
              .select('code')
              .where('region_code', '=', regionCode)
              .where('kind', '=', 'partnership'),
          ),
        ]
      : []),
    ...(memberId
      ? [
          eb(
            'consideration.incident_id',
            'in',
            eb
              .selectFrom('allocation')
              .select('incident_id')
              .where('person_id', '=', memberId)
              .where('ended_at', 'is', null),
          ),
        ]
      : []),
    ...(outcome
      ? [
          eb(
            'consideration.incident_id',
            'in',
            eb
              .selectFrom('rapid_review')
              .select('rapid_review.incident_id')
              .where(sql<boolean>`${outcome} = any (rapid_review.outcomes)`),
          ),
        ]
      : []),
    ...(answered === 'not-yet' ? [eb(letter, 'in', lettersWith(waitsForAnswer))] : []),
    ...(answered === 'nothing-asked'
      ? [eb('consideration.status', '=', 'letter-sent'), eb(letter, 'not in', lettersWith(asksForAnswer))]
      : []),
    ...(answered === 'yes'
      ? [eb(letter, 'in', lettersWith(asksForAnswer)), eb(letter, 'not in', lettersWith(waitsForAnswer))]
      : []),
  ])
}
