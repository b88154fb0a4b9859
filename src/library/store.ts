import { sql, type Selectable } from 'kysely'
import type { DB, Tx } from '../platform/database/index.ts'
import { isCivilDate, type CivilDate } from '../platform/dates.ts'
import { columnsOf, placeFrom, type IncidentPlace } from '../platform/events/index.ts'
import { withdrawnMark } from '../reviews/index.ts'
import {
  emptyText,
  publicFields,
  type Around,
  type Manner,
  type Publication,
  type PublicationStatus,
  type PublicationText,
  type SensitiveDate,
  type SensitiveKind,
  type Step,
  type StepKind,
} from './publication.ts'

export interface LocalReview extends IncidentPlace {
  reviewId: string
  partnershipName: string
}

/** The local review of an incident, where the acting person may see how it is published. */
export async function localReviewOf(tx: Tx, incidentId: string): Promise<LocalReview | undefined> {
  const row = await tx
    .selectFrom('review')
    .innerJoin('body', 'body.code', 'review.partnership_code')
    .select(['review_id', 'incident_id', 'authority_code', 'partnership_code', 'body.name'])
    .where('incident_id', '=', incidentId)
    .where('review.kind', '=', 'local')
    .where(
      sql<boolean>`(array['*', partnership_code, partnership_code || ' ' || authority_code] && my_codes('publication:read')
        or incident_id = any (my_reached('publication:read')))`,
    )
    .executeTakeFirst()
  return row && { ...placeFrom(row), reviewId: row.review_id, partnershipName: row.name }
}

export async function readPublication(tx: Tx, incidentId: string): Promise<Publication | undefined> {
  const row = await tx.selectFrom('publication').selectAll().where('incident_id', '=', incidentId).executeTakeFirst()
  return row && toPublication(row)
}

/** The same, held until the end of the transaction. */
export async function lockPublication(tx: Tx, incidentId: string): Promise<Publication | undefined> {
  const row = await tx
    .selectFrom('publication')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .forUpdate()
    .executeTakeFirst()
  return row && toPublication(row)
}

function toPublication(row: Selectable<DB['publication']>): Publication {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    number: row.number,
    status: row.status as PublicationStatus,
    manner: row.manner as Manner,
    text: emptyText(row.text as Partial<PublicationText>),
    firstPublishedOn: (row.first_published_on as CivilDate | null) ?? undefined,
    keepUntil: (row.keep_until as CivilDate | null) ?? undefined,
    narrativeReviewedOn: (row.narrative_reviewed_on as CivilDate | null) ?? undefined,
    revision: row.revision,
    writtenBy: row.written_by,
  }
}

/** @returns false where the number was drawn before */
export async function insertPublication(
  tx: Tx,
  review: IncidentPlace & { reviewId: string },
  { number, personId, at }: { number: string; personId: string; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('publication')
    .values({ review_id: review.reviewId, ...columnsOf(review), number, saved_by: personId, saved_at: at })
    .onConflict(conflict => conflict.column('number').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function updatePublication(
  tx: Tx,
  publication: Publication,
  changes: Partial<Omit<Publication, 'reviewId' | 'number' | 'revision' | keyof IncidentPlace>>,
  { personId, at }: { personId: string; at: Date },
): Promise<void> {
  const next = { ...publication, ...changes }
  await tx
    .updateTable('publication')
    .set({
      status: next.status,
      manner: next.manner,
      text: JSON.stringify(next.text),
      first_published_on: next.firstPublishedOn ?? null,
      keep_until: next.keepUntil ?? null,
      narrative_reviewed_on: next.narrativeReviewedOn ?? null,
      revision: publication.revision + 1,
      written_by: [...next.writtenBy],
      saved_by: personId,
      saved_at: at,
    })
    .where('review_id', '=', publication.reviewId)
    .execute()
}

export async function namesOf(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('person')
    .select('name')
    .where(sql<boolean>`id = any (${[...personIds]}::uuid[])`)
    .execute()
  return rows.map(({ name }) => name)
}

export async function stepsOf(tx: Tx, reviewId: string): Promise<Step[]> {
  const rows = await tx
    .selectFrom('publication_step')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    id: row.id,
    position: row.position,
    kind: row.kind as StepKind,
    whom: row.whom,
    toldBy: row.told_by,
    tellAt: row.tell_at,
    doneAt: row.done_at ?? undefined,
    notNeededBecause: row.not_needed_because ?? undefined,
  }))
}

export async function insertSteps(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  steps: readonly Pick<Step, 'position' | 'kind' | 'whom' | 'toldBy' | 'tellAt'>[],
): Promise<void> {
  await tx
    .insertInto('publication_step')
    .values(
      steps.map(step => ({
        review_id: publication.reviewId,
        ...columnsOf(publication),
        position: step.position,
        kind: step.kind,
        whom: step.whom,
        told_by: step.toldBy,
        tell_at: step.tellAt,
      })),
    )
    .execute()
}

export async function updateStep(
  tx: Tx,
  stepId: string,
  changes: {
    toldBy?: string
    tellAt?: string
    done?: { by: string; at: Date } | null
    notNeededBecause?: string | null
  },
): Promise<void> {
  await tx
    .updateTable('publication_step')
    .set({
      ...(changes.toldBy !== undefined && { told_by: changes.toldBy }),
      ...(changes.tellAt !== undefined && { tell_at: changes.tellAt }),
      ...(changes.done !== undefined && { done_at: changes.done?.at ?? null, done_by: changes.done?.by ?? null }),
      ...(changes.notNeededBecause !== undefined && { not_needed_because: changes.notNeededBecause }),
    })
    .where('id', '=', stepId)
    .execute()
}

/** What surrounds a publication, from the plan, the related processes and the record of contact with the family. */
export async function readAround(tx: Tx, reviewId: string): Promise<Around> {
  const processes = await tx
    .selectFrom('related_process')
    .select(['body', 'reference'])
    .where('review_id', '=', reviewId)
    .where('status', '<>', 'ended')
    .where('effect', '=', 'delays-publication')
    .orderBy('body')
    .execute()
  return {
    steps: await stepsOf(tx, reviewId),
    dates: [...(await sensitiveDatesOf(tx, reviewId)), ...(await familyDatesOf(tx, reviewId))],
    processes: processes.map(({ body, reference }) => ({ body, reference: reference ?? undefined })),
  }
}

/** Whose process about the same child has not ended, whatever it does to the review. */
export async function runningProcess(tx: Tx, reviewId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('related_process')
    .select('body')
    .where('review_id', '=', reviewId)
    .where('status', '<>', 'ended')
    .orderBy('body')
    .executeTakeFirst()
  return row?.body
}

/** Days that hurt, as the record of contact with the family has them. Each comes again every year. */
async function familyDatesOf(tx: Tx, reviewId: string): Promise<SensitiveDate[]> {
  const rows = await tx
    .selectFrom('family_entry')
    .select(['answers'])
    .where('review_id', '=', reviewId)
    .where('kind', '=', 'sensitive-date')
    .orderBy('entered_at')
    .execute()
  return rows.flatMap(({ answers }) => {
    const { what, happenedOn } = answers as Record<string, unknown>
    if (typeof what !== 'string' || typeof happenedOn !== 'string' || !isCivilDate(happenedOn)) return []
    return [{ id: undefined, kind: 'anniversary', what, fromOn: happenedOn, lastOn: undefined, endedAt: undefined }]
  })
}

/** Words of the record that may be shared: learning that was cleared, and recommendations that were issued. */
export async function wordsOfReview(
  tx: Tx,
  reviewId: string,
): Promise<{ learning: string[]; recommendations: string[] }> {
  const learning = await tx
    .selectFrom('learning_point')
    .select('cleared_text')
    .where('review_id', '=', reviewId)
    .where('cleared_text', 'is not', null)
    .orderBy('number')
    .execute()
  const issued = await tx
    .selectFrom('recommendation')
    .select(['number', 'text'])
    .where('review_id', '=', reviewId)
    .where('source_kind', '=', 'local-review')
    .where('status', '=', 'issued')
    .orderBy('issued_at')
    .orderBy('number')
    .execute()
  return {
    learning: learning.flatMap(({ cleared_text }) => cleared_text ?? []),
    recommendations: issued.map(({ number, text }) => `${number} ${text.replaceAll(/\s+/g, ' ')}`),
  }
}

async function sensitiveDatesOf(tx: Tx, reviewId: string): Promise<SensitiveDate[]> {
  const rows = await tx
    .selectFrom('sensitive_date')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('from_on')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind as SensitiveKind,
    what: row.what,
    fromOn: row.from_on as CivilDate,
    lastOn: (row.last_on as CivilDate | null) ?? undefined,
    endedAt: row.ended_at ?? undefined,
  }))
}

export async function insertSensitiveDate(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  date: Omit<SensitiveDate, 'id' | 'endedAt'>,
  personId: string,
): Promise<void> {
  await tx
    .insertInto('sensitive_date')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      kind: date.kind,
      what: date.what,
      from_on: date.fromOn,
      last_on: date.lastOn ?? null,
      added_by: personId,
    })
    .execute()
}

export async function endSensitiveDate(tx: Tx, reviewId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('sensitive_date')
    .set({ ended_at: at })
    .where('review_id', '=', reviewId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** A file that a person has cleared for the public. */
export interface PublicFile {
  id: string
  title: string
  hash: string
  type: string
  extension: string
  sizeBytes: number
  clearedBy: string
  clearedAt: Date
}

export async function publicFilesOf(tx: Tx, reviewId: string): Promise<PublicFile[]> {
  const rows = await tx
    .selectFrom('publication_file')
    .leftJoin('person', 'person.id', 'publication_file.cleared_by')
    .selectAll('publication_file')
    .select('person.name')
    .where('review_id', '=', reviewId)
    .orderBy('cleared_at')
    .orderBy('publication_file.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    title: row.title,
    hash: row.hash,
    type: row.type,
    extension: row.extension,
    sizeBytes: row.size_bytes,
    clearedBy: row.name ?? 'somebody',
    clearedAt: row.cleared_at,
  }))
}

export async function insertPublicFile(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  file: Omit<PublicFile, 'id' | 'clearedBy'> & { personId: string },
): Promise<void> {
  await tx
    .insertInto('publication_file')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      title: file.title,
      hash: file.hash,
      type: file.type,
      extension: file.extension,
      size_bytes: file.sizeBytes,
      cleared_by: file.personId,
      cleared_at: file.clearedAt,
    })
    .execute()
}

export async function deletePublicFile(tx: Tx, reviewId: string, id: string): Promise<void> {
  await tx.deleteFrom('publication_file').where('review_id', '=', reviewId).where('id', '=', id).execute()
}

export type Act = 'published' | 'hidden' | 'narrative-kept' | 'narrative-ended' | 'noted' | 'note-removed' | 'elsewhere'

export async function insertAct(
  tx: Tx,
  publication: IncidentPlace & { reviewId: string },
  act: { act: Act; reason?: string | undefined; inTheWay?: readonly string[]; personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('publication_act')
    .values({
      review_id: publication.reviewId,
      ...columnsOf(publication),
      act: act.act,
      reason: act.reason ?? null,
      in_the_way: [...(act.inTheWay ?? [])],
      person_id: act.personId,
      at: act.at,
    })
    .execute()
}

export async function actsOf(
  tx: Tx,
  reviewId: string,
): Promise<{ act: Act; reason: string | undefined; inTheWay: string[]; by: string; at: Date }[]> {
  const rows = await tx
    .selectFrom('publication_act')
    .leftJoin('person', 'person.id', 'publication_act.person_id')
    .select(['act', 'reason', 'in_the_way', 'at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(row => ({
    act: row.act as Act,
    reason: row.reason ?? undefined,
    inTheWay: row.in_the_way,
    by: row.name ?? 'somebody',
    at: row.at,
  }))
}

/** Accounts whose first year is over, and of which nobody has decided yet whether they stay. */
export async function accountsToReview(
  tx: Tx,
  today: CivilDate,
): Promise<{ incidentId: string; number: string; keepUntil: CivilDate; reference: string }[]> {
  const rows = await tx
    .selectFrom('publication')
    .innerJoin('incident', 'incident.incident_id', 'publication.incident_id')
    .select(['publication.incident_id', 'publication.number', 'publication.keep_until', 'incident.reference'])
    .where('publication.status', '=', 'published')
    .where('publication.keep_until', '<=', today)
    .where('publication.narrative_reviewed_on', 'is', null)
    .orderBy('publication.keep_until')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    number: row.number,
    keepUntil: row.keep_until as CivilDate,
    reference: row.reference,
  }))
}

/** Reviews and sheets whose words for the public have a gap where somebody withdrew theirs. */
export async function publicationsWithGaps(
  tx: Tx,
): Promise<{ incidentId: string; reference: string; number: string; sector: string | undefined }[]> {
  const { rows } = await sql<{ incident_id: string; reference: string; number: string; sector: string | null }>`
    select gap.incident_id, incident.reference, publication.number, gap.sector
    from (
      select incident_id, review_id, null as sector from publication, jsonb_each_text(text) field (name, written)
      where name = any (${publicFields}::text[]) and written like ${`%${withdrawnMark}%`}
      union
      select incident_id, review_id, sector from learning_sheet where happened || learnt || ask like ${`%${withdrawnMark}%`}) gap
    join publication on publication.review_id = gap.review_id
    join incident on incident.incident_id = gap.incident_id
    order by incident.reference, gap.sector nulls first`.execute(tx)
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    number: row.number,
    sector: row.sector ?? undefined,
  }))
}
