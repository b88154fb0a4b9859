import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import { day } from '../store.ts'
import type { ProcessEffect, ProcessKind, ProcessStatus, RelatedProcess } from './related-process.ts'

function toProcess(row: {
  id: string
  kind: string
  body: string
  reference: string | null
  status: string
  expected_end_on: string | null
  effect: string
  contact: string | null
  notes: string | null
  checked_on: string
  revision: number
  name: string | null
}): RelatedProcess {
  return {
    id: row.id,
    kind: row.kind as ProcessKind,
    body: row.body,
    reference: row.reference ?? undefined,
    status: row.status as ProcessStatus,
    expectedEndOn: day(row.expected_end_on),
    effect: row.effect as ProcessEffect,
    contact: row.contact ?? undefined,
    notes: row.notes ?? undefined,
    checkedOn: row.checked_on as CivilDate,
    checkedBy: row.name ?? undefined,
    revision: row.revision,
  }
}

function processQuery(tx: Tx) {
  return tx
    .selectFrom('related_process')
    .leftJoin('person', 'person.id', 'related_process.checked_by')
    .select([
      'related_process.id',
      'related_process.review_id',
      'related_process.kind',
      'related_process.body',
      'related_process.reference',
      'related_process.status',
      'related_process.expected_end_on',
      'related_process.effect',
      'related_process.contact',
      'related_process.notes',
      'related_process.checked_on',
      'related_process.revision',
      'person.name',
    ])
    .orderBy(sql`related_process.status = 'ended'`)
    .orderBy('related_process.expected_end_on')
    .orderBy('related_process.id')
}

/** What runs beside a review: the ended last, the others by the day they are expected to end. */
export async function relatedProcessesOf(tx: Tx, reviewId: string): Promise<RelatedProcess[]> {
  const rows = await processQuery(tx).where('related_process.review_id', '=', reviewId).execute()
  return rows.map(toProcess)
}

export async function relatedProcessesOfAll(
  tx: Tx,
  reviewIds: readonly string[],
): Promise<Map<string, RelatedProcess[]>> {
  const rows = await processQuery(tx)
    .where(sql<boolean>`related_process.review_id = any (${[...reviewIds]}::uuid[])`)
    .execute()
  const groups = Map.groupBy(rows, row => row.review_id)
  return new Map([...groups].map(([reviewId, found]) => [reviewId, found.map(toProcess)]))
}

/** Whoever saves it has checked it today. */
export async function saveProcess(
  tx: Tx,
  place: ReviewPlace,
  process: Omit<RelatedProcess, 'id' | 'checkedOn' | 'checkedBy' | 'revision'>,
  id?: string,
): Promise<string> {
  const values = {
    kind: process.kind,
    body: process.body,
    reference: process.reference ?? null,
    status: process.status,
    expected_end_on: process.expectedEndOn ?? null,
    effect: process.effect,
    contact: process.contact ?? null,
    notes: process.notes ?? null,
    checked_on: contextOf(tx).today,
    checked_by: personOf(tx) ?? null,
  }
  if (id) {
    await tx
      .updateTable('related_process')
      .set(eb => ({ ...values, revision: eb('revision', '+', 1) }))
      .where('id', '=', id)
      .where('review_id', '=', place.reviewId)
      .execute()
    return id
  }
  const row = await tx
    .insertInto('related_process')
    .values({ ...columnsOfReview(place), ...values })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
