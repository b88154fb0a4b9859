import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import { day } from '../store.ts'
import type { Stage, StagePlan, StageRecord } from './stages.ts'

/** The stages as a partnership saved them; undefined where it never did. */
export async function readStagePlan(
  tx: Tx,
  partnershipCode: string,
): Promise<(StagePlan & { revision: number }) | undefined> {
  const row = await tx
    .selectFrom('review_stage_plan')
    .select(['stages', 'days_until_stale', 'days_stage_is_long', 'revision'])
    .where('partnership_code', '=', partnershipCode)
    .executeTakeFirst()
  return (
    row && {
      stages: row.stages as unknown as Stage[],
      daysUntilStale: row.days_until_stale ?? undefined,
      daysStageIsLong: row.days_stage_is_long ?? undefined,
      revision: row.revision,
    }
  )
}

export async function saveStagePlan(tx: Tx, partnershipCode: string, plan: StagePlan): Promise<void> {
  const saved = {
    stages: JSON.stringify(plan.stages),
    days_until_stale: plan.daysUntilStale ?? null,
    days_stage_is_long: plan.daysStageIsLong ?? null,
    saved_by: personOf(tx) ?? null,
    saved_at: contextOf(tx).now,
  }
  await tx
    .insertInto('review_stage_plan')
    .values({ partnership_code: partnershipCode, ...saved })
    .onConflict(conflict =>
      conflict
        .column('partnership_code')
        .doUpdateSet(eb => ({ ...saved, revision: eb('review_stage_plan.revision', '+', 1) })),
    )
    .execute()
}

export async function stageRecordsOf(tx: Tx, reviewId: string): Promise<StageRecord[]> {
  return (await stageRecordsOfAll(tx, [reviewId])).get(reviewId) ?? []
}

export async function stageRecordsOfAll(tx: Tx, reviewIds: readonly string[]): Promise<Map<string, StageRecord[]>> {
  const rows = await tx
    .selectFrom('local_review_stage')
    .leftJoin('person as opener', 'opener.id', 'local_review_stage.opened_by')
    .leftJoin('person as closer', 'closer.id', 'local_review_stage.closed_by')
    .select(['review_id', 'stage', 'opened_on', 'closed_on', 'opener.name as opened_by', 'closer.name as closed_by'])
    .where(sql<boolean>`local_review_stage.review_id = any (${[...reviewIds]}::uuid[])`)
    .execute()
  return Map.groupBy(
    rows.map(row => ({
      reviewId: row.review_id,
      stage: row.stage,
      openedOn: row.opened_on as CivilDate,
      openedBy: row.opened_by ?? undefined,
      closedOn: day(row.closed_on),
      closedBy: row.closed_by ?? undefined,
    })),
    ({ reviewId }) => reviewId,
  )
}

/** Puts down when a stage was opened and closed; nothing where neither is given. */
export async function saveStage(
  tx: Tx,
  place: ReviewPlace,
  stage: string,
  days: { openedOn: CivilDate; closedOn: CivilDate | undefined } | undefined,
): Promise<void> {
  if (!days) {
    await tx
      .deleteFrom('local_review_stage')
      .where('review_id', '=', place.reviewId)
      .where('stage', '=', stage)
      .execute()
    return
  }
  const person = personOf(tx) ?? null
  await tx
    .insertInto('local_review_stage')
    .values({
      ...columnsOfReview(place),
      stage,
      opened_on: days.openedOn,
      opened_by: person,
      closed_on: days.closedOn ?? null,
      closed_by: days.closedOn ? person : null,
    })
    .onConflict(conflict =>
      conflict.columns(['review_id', 'stage']).doUpdateSet(eb => ({
        opened_on: days.openedOn,
        opened_by: sql`case when local_review_stage.opened_on = excluded.opened_on
          then local_review_stage.opened_by else excluded.opened_by end`,
        closed_on: eb.ref('excluded.closed_on'),
        closed_by: sql`case when local_review_stage.closed_on = excluded.closed_on
          then local_review_stage.closed_by else excluded.closed_by end`,
      })),
    )
    .execute()
}
