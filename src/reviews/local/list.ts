import { sql } from 'kysely'
import { withinReach, type Role } from '../../platform/access/index.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { pageOf, type Found, type Wanted } from '../../platform/lists/index.ts'
import { localReviewsById } from './store.ts'
import { progressOf, type Progress } from './waiting.ts'

export const localReviewSorts = ['reference', 'area', 'decided', 'due', 'expected'] as const
export type LocalReviewSort = (typeof localReviewSorts)[number]

export const standingOptions = {
  open: 'Not closed',
  late: 'Late, or expected to be',
  published: 'Published or decided not to be',
  closed: 'Closed',
  all: 'All',
} as const
export type StandingOption = keyof typeof standingOptions

/** One page of the local reviews the acting person may see. */
export async function listLocalReviews(
  tx: Tx,
  { role }: { role: Role },
  wanted: Wanted<LocalReviewSort>,
  standing: StandingOption,
): Promise<Found<Progress>> {
  const { today } = contextOf(tx)
  const fits = {
    open: sql<boolean>`local_review.closed_on is null`,
    late: sql<boolean>`local_review.outcome_on is null and local_review.closed_on is null
      and (local_review.due_on < ${today} or local_review.expected_on > local_review.due_on)`,
    published: sql<boolean>`local_review.outcome_on is not null`,
    closed: sql<boolean>`local_review.closed_on is not null`,
    all: sql<boolean>`true`,
  }[standing]
  return pageOf(tx, wanted, {
    chosen: tx
      .selectFrom('local_review')
      .select('local_review.review_id as key')
      .where(fits)
      .where(withinReach('local_review', role, 'read', 'local-review')),
    sorts: {
      reference: chosen =>
        chosen
          .innerJoin('incident', 'incident.incident_id', 'local_review.incident_id')
          .select('incident.reference as by'),
      area: chosen =>
        chosen
          .innerJoin('body', 'body.code', 'local_review.partnership_code')
          .select(sql`body.name collate "und-x-icu"`.as('by')),
      decided: chosen => chosen.select('local_review.decided_on as by'),
      due: chosen => chosen.select('local_review.due_on as by'),
      expected: chosen => chosen.select(sql`coalesce(local_review.expected_on, local_review.due_on)`.as('by')),
    },
    rowsOf: async keys => {
      const reviews = await localReviewsById(tx, keys)
      const progress = await progressOf(tx, [...reviews.values()])
      return new Map(progress.map(each => [each.review.reviewId, each]))
    },
  })
}
