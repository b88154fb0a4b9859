import { sql, type ExpressionBuilder } from 'kysely'
import { contextOf, inForceOn, type DB, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'
import { placeFrom, placeIn, type IncidentPlace } from '../platform/events/index.ts'
import type { ConflictReason, Status } from './consideration.ts'
import type { Markers } from './quality-markers.ts'
import type { Theme } from '../reference-data/index.ts'
import { columnsOfReview, type ReviewKind, type ReviewPlace } from '../reviews/index.ts'
import type { ViewOnDecision, ViewOnReview } from './opinions.ts'
import type { WhichReview } from './which-review.ts'

/** Said in words and not as a value: an index holds just these. */
export const waitsForPanel = sql<boolean>`consideration.status <> 'letter-sent'`

/** Whether what has to be in a local review is there, by the key of the sign. */
export interface ReviewCheck {
  marks: Readonly<Record<string, 'there' | 'missing'>>
  notes: string
  byName: string
  checkedAt: Date
}

/** A review before the Panel. */
export interface Consideration extends ReviewPlace {
  kind: ReviewKind
  reference: string
  partnershipName: string
  regionCode: string | null
  status: Status
  receivedAt: Date
  dueOn: CivilDate
  repliedAt: Date | null
  /** Of a local review: whether what has to be in it is there. */
  check: ReviewCheck | undefined
}

/** Undefined when there is none that the acting person may see. */
export async function readConsideration(tx: Tx, { incidentId, kind }: WhichReview): Promise<Consideration | undefined> {
  const row = await tx
    .selectFrom('consideration')
    .innerJoin('incident', 'incident.incident_id', 'consideration.incident_id')
    .innerJoin('body as partnership', 'partnership.code', 'consideration.partnership_code')
    .leftJoin('person as checker', 'checker.id', 'consideration.checked_by')
    .select([
      ...placeIn('consideration'),
      'consideration.review_id',
      'consideration.kind',
      'consideration.status',
      'consideration.received_at',
      'consideration.due_on',
      'consideration.replied_at',
      'consideration.check_marks',
      'consideration.check_notes',
      'consideration.checked_at',
      'checker.name as checked_by_name',
      'incident.reference',
      'partnership.name',
      'partnership.region_code',
    ])
    .where('consideration.incident_id', '=', incidentId)
    .where('consideration.kind', '=', kind)
    .executeTakeFirst()
  return (
    row && {
      ...placeFrom(row),
      reviewId: row.review_id,
      kind: row.kind as ReviewKind,
      reference: row.reference,
      partnershipName: row.name,
      regionCode: row.region_code,
      status: row.status as Status,
      receivedAt: row.received_at,
      dueOn: row.due_on as CivilDate,
      repliedAt: row.replied_at,
      check: row.checked_at
        ? {
            marks: row.check_marks as unknown as ReviewCheck['marks'],
            notes: row.check_notes ?? '',
            byName: row.checked_by_name ?? '',
            checkedAt: row.checked_at,
          }
        : undefined,
    }
  )
}

export async function storeCheck(
  tx: Tx,
  reviewId: string,
  { marks, notes, personId, at }: Pick<ReviewCheck, 'marks' | 'notes'> & { personId: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('consideration')
    .set({ check_marks: JSON.stringify(marks), check_notes: notes, checked_by: personId, checked_at: at })
    .where('review_id', '=', reviewId)
    .execute()
}

/** False when it was there already. */
export async function insertConsideration(
  tx: Tx,
  review: ReviewPlace & { kind: ReviewKind },
  { at, dueOn }: { at: Date; dueOn: CivilDate },
): Promise<boolean> {
  const result = await tx
    .insertInto('consideration')
    .values({ ...columnsOfReview(review), kind: review.kind, status: 'received', received_at: at, due_on: dueOn })
    .onConflict(conflict => conflict.column('review_id').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** The status, held until the transaction ends. Asked by the service itself: a member may not write here. */
export async function lockStatus(tx: Tx, reviewId: string): Promise<Status | undefined> {
  const row = await tx
    .selectFrom('consideration')
    .select('status')
    .where('review_id', '=', reviewId)
    .forUpdate()
    .executeTakeFirst()
  return row && (row.status as Status)
}

/** Which reviews a person lets go of: one, both of an incident, or all of an authority. */
export type Lets = { reviewId: string } | { incidentId: string } | { authorityCode: string }

function lets(eb: ExpressionBuilder<DB, 'allocation'>, which: Lets) {
  if ('reviewId' in which) return eb('allocation.review_id', '=', which.reviewId)
  if ('incidentId' in which) return eb('allocation.incident_id', '=', which.incidentId)
  return eb('allocation.authority_code', '=', which.authorityCode)
}

/** Holds the reviews a person has of these, until the transaction ends. As `lockStatus`. */
export async function lockAllocated(tx: Tx, personId: string, which: Lets): Promise<void> {
  await tx
    .selectFrom('consideration')
    .select('consideration.review_id')
    .where('consideration.review_id', 'in', eb =>
      eb
        .selectFrom('allocation')
        .select('allocation.review_id')
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .where(e => lets(e, which)),
    )
    .orderBy('consideration.review_id')
    .forUpdate()
    .execute()
}

export async function setStatus(
  tx: Tx,
  reviewId: string,
  status: Status,
  sent?: { viewOnReview: ViewOnReview; viewOnDecision: ViewOnDecision | undefined; at: Date },
): Promise<void> {
  await tx
    .updateTable('consideration')
    .set({
      status,
      ...(sent && {
        view_on_review: sent.viewOnReview,
        view_on_decision: sent.viewOnDecision ?? null,
        replied_at: sent.at,
      }),
    })
    .where('review_id', '=', reviewId)
    .execute()
}

export interface PanelMember {
  personId: string
  name: string
  regionCode: string
  regionName: string
}

/** Everybody who is a Panel member on a day, by name. */
export async function listMembers(tx: Tx, on: CivilDate): Promise<PanelMember[]> {
  const rows = await tx
    .selectFrom('appointment')
    .innerJoin('person', 'person.id', 'appointment.person_id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['person.id', 'person.name', 'body.region_code', 'body.name as region_name'])
    .where('appointment.role', '=', 'panel-member')
    .where(inForceOn(on, 'appointment'))
    .where('person.ended_at', 'is', null)
    .orderBy(sql`person.name collate "und-x-icu"`)
    .orderBy('person.id')
    .execute()
  return rows.map(row => ({
    personId: row.id,
    name: row.name,
    regionCode: row.region_code ?? '',
    regionName: row.region_name,
  }))
}

/** Who has declared a conflict with the incident or with its authority. For whoever allocates. */
export async function conflictedPersons(tx: Tx, place: IncidentPlace): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('conflict_of_interest')
    .select('person_id')
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('incident_id', '=', place.incidentId), eb('authority_code', '=', place.authorityCode)]))
    .execute()
  return new Set(rows.map(row => row.person_id))
}

export interface Allocation {
  personId: string
  name: string
  allocatedAt: Date
}

/** Who has the review now, in the order in which they got it. */
export async function allocationsOf(tx: Tx, reviewId: string): Promise<Allocation[]> {
  const rows = await tx
    .selectFrom('allocation')
    .innerJoin('person', 'person.id', 'allocation.person_id')
    .select(['allocation.person_id', 'person.name', 'allocation.allocated_at'])
    .where('allocation.review_id', '=', reviewId)
    .where('allocation.ended_at', 'is', null)
    .orderBy('allocation.allocated_at')
    .orderBy('person.name')
    .execute()
  return rows.map(row => ({ personId: row.person_id, name: row.name, allocatedAt: row.allocated_at }))
}

/** Whether anybody has the review. Asks for no names: the service itself does not see people. */
export async function isAllocated(tx: Tx, reviewId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('allocation')
    .select('id')
    .where('review_id', '=', reviewId)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** False when the person has it already. */
export async function insertAllocation(
  tx: Tx,
  place: ReviewPlace,
  { personId, by, at }: { personId: string; by: string; at: Date },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('allocation')
    .values({ ...columnsOfReview(place), person_id: personId, allocated_by: by, allocated_at: at })
    .onConflict(conflict => conflict.columns(['review_id', 'person_id']).where('ended_at', 'is', null).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** Ends what a person has of these. @returns the reviews */
export async function endAllocations(tx: Tx, personId: string, which: Lets, at: Date): Promise<ReviewPlace[]> {
  const rows = await tx
    .updateTable('allocation')
    .set({ ended_at: at })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where(eb => lets(eb, which))
    .returning(['review_id', 'incident_id', 'authority_code', 'partnership_code'])
    .execute()
  return rows.map(row => ({ ...placeFrom(row), reviewId: row.review_id }))
}

export async function insertConflict(
  tx: Tx,
  personId: string,
  which: { incidentId: string } | { authorityCode: string },
  { reason, at }: { reason: ConflictReason; at: Date },
): Promise<void> {
  await tx
    .insertInto('conflict_of_interest')
    .values({
      person_id: personId,
      ...('incidentId' in which ? { incident_id: which.incidentId } : { authority_code: which.authorityCode }),
      reason,
      declared_at: at,
    })
    .execute()
}

export interface Conflict {
  /** Null, with the name, where it is about one review. */
  authorityCode: string | null
  authorityName: string | null
  reason: ConflictReason
  declaredAt: Date
}

/** What a person declared, the latest first. */
export async function conflictsOf(tx: Tx, personId: string): Promise<Conflict[]> {
  const rows = await tx
    .selectFrom('conflict_of_interest')
    .leftJoin('body', 'body.code', 'conflict_of_interest.authority_code')
    .select([
      'body.name',
      'conflict_of_interest.authority_code',
      'conflict_of_interest.reason',
      'conflict_of_interest.declared_at',
    ])
    .where('conflict_of_interest.person_id', '=', personId)
    .where('conflict_of_interest.ended_at', 'is', null)
    .orderBy('conflict_of_interest.declared_at', 'desc')
    .execute()
  return rows.map(row => ({
    authorityCode: row.authority_code,
    authorityName: row.name,
    reason: row.reason as ConflictReason,
    declaredAt: row.declared_at,
  }))
}

/** What one member thinks of a review. */
export interface Reading {
  personId: string
  personName: string
  revision: number
  notes: string
  markers: Markers
  themes: Theme[]
  viewOnReview: ViewOnReview | undefined
  viewOnDecision: ViewOnDecision | undefined
  savedAt: Date
  finishedAt: Date | null
}

/** Their own in any state; of others what is finished, where the acting person may see it. */
export async function readingsOf(tx: Tx, reviewId: string, personId: string): Promise<Reading[]> {
  const rows = await tx
    .selectFrom('reading')
    .innerJoin('person', 'person.id', 'reading.person_id')
    .selectAll('reading')
    .select('person.name')
    .where('reading.review_id', '=', reviewId)
    .where(eb => eb.or([eb('reading.person_id', '=', personId), eb('reading.finished_at', 'is not', null)]))
    .orderBy('reading.saved_at')
    .execute()
  return rows.map(row => ({
    personId: row.person_id,
    personName: row.name,
    revision: row.revision,
    notes: row.notes,
    markers: row.markers as Markers,
    themes: row.themes as Theme[],
    viewOnReview: (row.view_on_review ?? undefined) as ViewOnReview | undefined,
    viewOnDecision: (row.view_on_decision ?? undefined) as ViewOnDecision | undefined,
    savedAt: row.saved_at,
    finishedAt: row.finished_at,
  }))
}

export type ReadingText = Pick<Reading, 'notes' | 'markers' | 'themes' | 'viewOnReview' | 'viewOnDecision'>

/** False when somebody (the same person, in another window) saved since `seenRevision`; 0 is a reading not yet begun. */
export async function storeReading(
  tx: Tx,
  place: ReviewPlace,
  personId: string,
  reading: ReadingText & { seenRevision: number; at: Date; finishedAt: Date | null },
): Promise<boolean> {
  const columns = {
    notes: reading.notes,
    markers: JSON.stringify(reading.markers),
    themes: reading.themes,
    view_on_review: reading.viewOnReview ?? null,
    view_on_decision: reading.viewOnDecision ?? null,
    saved_at: reading.at,
    finished_at: reading.finishedAt,
  }
  if (reading.seenRevision === 0) {
    const inserted = await tx
      .insertInto('reading')
      .values({ ...columnsOfReview(place), person_id: personId, ...columns })
      .onConflict(conflict => conflict.columns(['review_id', 'person_id']).doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }
  const updated = await tx
    .updateTable('reading')
    .set({ ...columns, revision: reading.seenRevision + 1 })
    .where('review_id', '=', place.reviewId)
    .where('person_id', '=', personId)
    .where('revision', '=', reading.seenRevision)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

export interface OpenWork extends WhichReview {
  reference: string
  status: Status
  dueOn: CivilDate
  isMine: boolean
  iHaveRead: boolean
  isChecked: boolean
}

/** What waits for the Panel, the most urgent first. */
export async function openWork(tx: Tx, personId: string): Promise<OpenWork[]> {
  const rows = await tx
    .selectFrom('consideration')
    .innerJoin('incident', 'incident.incident_id', 'consideration.incident_id')
    .leftJoin('local_review', 'local_review.review_id', 'consideration.review_id')
    .leftJoin('allocation', join =>
      join
        .onRef('allocation.review_id', '=', 'consideration.review_id')
        .on('allocation.person_id', '=', personId)
        .on('allocation.ended_at', 'is', null),
    )
    .leftJoin('reading', join =>
      join
        .onRef('reading.review_id', '=', 'consideration.review_id')
        .on('reading.person_id', '=', personId)
        .on('reading.finished_at', 'is not', null),
    )
    .select([
      'consideration.incident_id',
      'consideration.kind',
      'incident.reference',
      'consideration.status',
      'consideration.due_on',
      'consideration.checked_at',
      'local_review.publish_on',
      'allocation.person_id as mine',
      'reading.person_id as read',
    ])
    .where(waitsForPanel)
    .orderBy('consideration.due_on')
    .orderBy('consideration.review_id')
    .limit(200)
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    kind: row.kind as ReviewKind,
    reference: row.reference,
    status: row.status as Status,
    dueOn: letterDue(row.due_on as CivilDate, row.publish_on as CivilDate | null, contextOf(tx).today),
    isMine: row.mine !== null,
    iHaveRead: row.read !== null,
    isChecked: row.checked_at !== null,
  }))
}

/** The letter on a local review should be there before it is published; after that day its own stands. */
function letterDue(dueOn: CivilDate, publishOn: CivilDate | null, today: CivilDate): CivilDate {
  return publishOn && publishOn < dueOn && publishOn >= today ? publishOn : dueOn
}

/** Every region by name, for the filter of the worklist. */
export async function listRegions(tx: Tx): Promise<{ code: string; name: string }[]> {
  return tx
    .selectFrom('region')
    .select(['code', 'name'])
    .orderBy(sql`name collate "und-x-icu"`)
    .execute()
}
