import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { DB, Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../platform/lists/index.ts'
import type { RapidReviewOutcome, ReviewKind } from '../reviews/index.ts'
import { statuses, type Status } from './consideration.ts'
import { waitsForPanel } from './store.ts'
import type { WhichReview } from './which-review.ts'

export const worklistSorts = ['reference', 'area', 'status', 'due', 'received'] as const
export type WorklistSort = (typeof worklistSorts)[number]

/** Whether the partnership has answered every point of the letter that asks. */
export type Answered = 'no-letter' | 'nothing-asked' | 'yes' | 'not-yet'

export interface WorklistRow extends WhichReview {
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
  /** Of a local review; undefined while no day is known. */
  publishOn: CivilDate | undefined
}

export interface WorklistFilter {
  kind?: ReviewKind | undefined
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
      .select('consideration.review_id as key')
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

async function rowsOf(tx: Tx, reviewIds: string[]): Promise<Map<string, WorklistRow>> {
  const rows = await tx
    .selectFrom('consideration')
    .innerJoin('incident', 'incident.incident_id', 'consideration.incident_id')
    .innerJoin('body as partnership', 'partnership.code', 'consideration.partnership_code')
    .leftJoin('rapid_review', 'rapid_review.review_id', 'consideration.review_id')
    .leftJoin('letter', 'letter.review_id', 'consideration.review_id')
    .leftJoin('local_review', 'local_review.review_id', 'consideration.review_id')
    .select([
      'consideration.review_id',
      'consideration.incident_id',
      'consideration.kind',
      'incident.reference',
      'partnership.name',
      'consideration.status',
      'consideration.received_at',
      'consideration.due_on',
      'consideration.replied_at',
      'rapid_review.outcomes',
      'letter.asked',
      'letter.unanswered',
      'local_review.publish_on',
    ])
    .select(eb => [
      eb
        .selectFrom('allocation')
        .innerJoin('person', 'person.id', 'allocation.person_id')
        .select(sql<string[] | null>`array_agg(person.name order by person.name)`.as('names'))
        .whereRef('allocation.review_id', '=', 'consideration.review_id')
        .where('allocation.ended_at', 'is', null)
        .as('member_names'),
    ])
    .where(isAmong('consideration.review_id', reviewIds))
    .execute()
  return new Map(
    rows.map(row => [
      row.review_id,
      {
        incidentId: row.incident_id,
        kind: row.kind as ReviewKind,
        reference: row.reference,
        partnershipName: row.name,
        status: row.status as Status,
        receivedAt: row.received_at,
        dueOn: row.due_on as CivilDate,
        repliedAt: row.replied_at,
        outcomes: (row.outcomes ?? []) as RapidReviewOutcome[],
        memberNames: row.member_names ?? [],
        answered: answeredOf(row.status as Status, row.asked ?? 0, row.unanswered ?? 0),
        unanswered: row.unanswered ?? 0,
        publishOn: (row.publish_on ?? undefined) as CivilDate | undefined,
      },
    ]),
  )
}

export function answeredOf(status: Status, asked: number, unanswered: number): Answered {
  if (status !== 'letter-sent') return 'no-letter'
  if (asked === 0) return 'nothing-asked'
  return unanswered === 0 ? 'yes' : 'not-yet'
}

const inOrderOfWork = sql`array_position(${Object.keys(statuses)}::text[], consideration.status)`

function fits(eb: ExpressionBuilder<DB, 'consideration'>, filter: WorklistFilter): Expression<SqlBool> {
  const { kind, status, regionCode, memberId, outcome, answered } = filter
  return eb.and([
    ...(kind ? [eb('consideration.kind', '=', kind)] : []),
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
            'consideration.review_id',
            'in',
            eb
              .selectFrom('allocation')
              .select('review_id')
              .where('person_id', '=', memberId)
              .where('ended_at', 'is', null),
          ),
        ]
      : []),
    ...(outcome
      ? [
          eb(
            'consideration.review_id',
            'in',
            eb
              .selectFrom('rapid_review')
              .select('rapid_review.review_id')
              .where(sql<boolean>`${outcome} = any (rapid_review.outcomes)`),
          ),
        ]
      : []),
    ...(answered
      ? [
          eb(
            'consideration.review_id',
            'in',
            eb.selectFrom('letter').select('letter.review_id').where(lettersThatAre[answered]),
          ),
        ]
      : []),
  ])
}

/** Said in words and not as values: an index holds each of them. */
const lettersThatAre: Record<Exclude<Answered, 'no-letter'>, Expression<SqlBool>> = {
  'nothing-asked': sql`letter.status = 'sent' and letter.asked = 0`,
  yes: sql`letter.status = 'sent' and letter.asked > 0 and letter.unanswered = 0`,
  'not-yet': sql`letter.status = 'sent' and letter.unanswered > 0`,
}
