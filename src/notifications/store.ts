import { sql } from 'kysely'
import { withinReach, type Role } from '../platform/access/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { ageInYears, civilDate, type CivilDate } from '../platform/dates.ts'
import { columnsOf, placeFrom, placeIn, type IncidentPlace } from '../platform/events/index.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../platform/lists/index.ts'
import { draftColumns, draftFrom, type AnswerDraft } from '../platform/questionnaire/index.ts'
import { incidentFacts } from './incident-facts.ts'
import { natureNames, type Nature, type NotificationAnswers } from './notification-form.ts'

export interface Incident extends IncidentPlace {
  reference: string
  nature: Nature | null
  incidentOn: string | null
  awareOn: string | null
  /** When it counts as sent: then, or when the national service got it. */
  notifiedAt: Date | null
  authorityName: string
  partnershipName: string
  partnershipPhone: string | null
  /** Empty where the role may not see the notification. */
  children: ChildLine[]
}

export interface ChildLine {
  position: number
  isPrimary: boolean
  name: string | undefined
  /** `3 months`, `14 years`, `unborn`, `age not known`. */
  age: string
  sex: string | undefined
}

export interface Draft extends IncidentPlace, AnswerDraft<NotificationAnswers> {
  reference: string
  savedAt: Date
}

export async function insertDraft(
  tx: Tx,
  draft: Omit<IncidentPlace, 'incidentId'> & {
    reference: string
    answers: NotificationAnswers
    personId: string
    at: Date
  },
): Promise<IncidentPlace> {
  const place = { authority_code: draft.authorityCode, partnership_code: draft.partnershipCode }
  const { incident_id } = await tx
    .insertInto('incident')
    .values({ ...place, ...incidentFacts(draft.answers), reference: draft.reference, created_at: draft.at })
    .returning('incident_id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('notification')
    .values({
      ...place,
      incident_id,
      answers: JSON.stringify(draft.answers),
      person_id: draft.personId,
      saved_at: draft.at,
    })
    .execute()
  return { incidentId: incident_id, authorityCode: draft.authorityCode, partnershipCode: draft.partnershipCode }
}

/** The draft, held until the transaction ends. Undefined when there is none that the acting person may see. */
export async function lockDraft(tx: Tx, incidentId: string): Promise<Draft | undefined> {
  const row = await draftQuery(tx, incidentId).forUpdate('notification').executeTakeFirst()
  return row && toDraft(row)
}

export async function readDraft(tx: Tx, incidentId: string): Promise<Draft | undefined> {
  const row = await draftQuery(tx, incidentId).executeTakeFirst()
  return row && toDraft(row)
}

function draftQuery(tx: Tx, incidentId: string) {
  return tx
    .selectFrom('notification')
    .innerJoin('incident', 'incident.incident_id', 'notification.incident_id')
    .select([
      ...placeIn('incident'),
      'incident.reference',
      'notification.answers',
      'notification.typed',
      'notification.revision',
      'notification.page_revisions',
      'notification.saved_at',
    ])
    .where('notification.incident_id', '=', incidentId)
    .where('notification.status', '=', 'draft')
}

type DraftRow = Awaited<ReturnType<ReturnType<typeof draftQuery>['executeTakeFirstOrThrow']>>

function toDraft(row: DraftRow): Draft {
  return {
    ...placeFrom(row),
    ...draftFrom<NotificationAnswers>(row),
    reference: row.reference,
    savedAt: row.saved_at,
  }
}

export async function saveDraft(tx: Tx, draft: Draft, at: Date): Promise<void> {
  await tx
    .updateTable('notification')
    .set({ ...draftColumns(draft), saved_at: at })
    .where('incident_id', '=', draft.incidentId)
    .execute()
  await tx
    .updateTable('incident')
    .set(incidentFacts(draft.answers))
    .where('incident_id', '=', draft.incidentId)
    .execute()
}

/** Keeps a draft that nobody needs any more out of every list. */
export async function markDiscarded(tx: Tx, incidentId: string, reason: string, at: Date): Promise<void> {
  await tx
    .updateTable('notification')
    .set({ status: 'discarded', discard_reason: reason })
    .where('incident_id', '=', incidentId)
    .execute()
  await tx.updateTable('incident').set({ discarded_at: at }).where('incident_id', '=', incidentId).execute()
}

/** What became of a draft that is none any more. */
export interface Ended {
  status: 'sent' | 'discarded'
  reference: string
  at: Date
  /** A code of `discardReasons`. */
  reason: string | null
}

export async function readEnded(tx: Tx, incidentId: string): Promise<Ended | undefined> {
  const row = await tx
    .selectFrom('notification')
    .innerJoin('incident', 'incident.incident_id', 'notification.incident_id')
    .select([
      'incident.reference',
      'incident.discarded_at',
      'notification.status',
      'notification.sent_at',
      'notification.discard_reason',
    ])
    .where('notification.incident_id', '=', incidentId)
    .where('notification.status', '<>', 'draft')
    .executeTakeFirst()
  const at = row?.sent_at ?? row?.discarded_at
  return row && at
    ? { status: row.status as Ended['status'], reference: row.reference, at, reason: row.discard_reason }
    : undefined
}

export interface Sending {
  answers: NotificationAnswers
  formVersion: number
  hash: string
  nationalReference: string | null
  nationalSentAt: Date | null
  reviewNeeded: boolean
  /** When the notification counts as sent: now, or when the national service got it. */
  notifiedAt: Date
  children: ChildRow[]
}

export interface ChildRow {
  position: number
  isPrimary: boolean
  givenName: string | null
  familyName: string | null
  bornOn: CivilDate | null
  ageInYears: number | null
  unborn: boolean
  sex: string | null
  ethnicity: string | null
}

/** Turns a draft into what was sent: the snapshot, the children and the dates that clocks run from. */
export async function markSent(
  tx: Tx,
  place: IncidentPlace,
  sending: Sending,
  personId: string,
  at: Date,
): Promise<void> {
  const scope = columnsOf(place)
  await tx
    .insertInto('notification_version')
    .values({
      ...scope,
      version: 1,
      form_version: String(sending.formVersion),
      answers: JSON.stringify(sending.answers),
      hash: sending.hash,
      sent_by: personId,
      sent_at: at,
    })
    .execute()
  await tx
    .insertInto('child')
    .values(
      sending.children.map(child => ({
        ...scope,
        position: child.position,
        is_primary: child.isPrimary,
        given_name: child.givenName,
        family_name: child.familyName,
        born_on: child.bornOn,
        age_in_years: child.ageInYears,
        unborn: child.unborn,
        sex: child.sex,
        ethnicity: child.ethnicity,
      })),
    )
    .execute()
  await tx
    .updateTable('notification')
    .set({
      status: 'sent',
      answers: JSON.stringify(sending.answers),
      typed: '{}',
      national_reference: sending.nationalReference,
      national_sent_at: sending.nationalSentAt,
      review_needed: sending.reviewNeeded,
      saved_at: at,
      sent_at: at,
    })
    .where('incident_id', '=', place.incidentId)
    .execute()
  await tx
    .updateTable('incident')
    .set({ ...incidentFacts(sending.answers), notified_at: sending.notifiedAt })
    .where('incident_id', '=', place.incidentId)
    .execute()
}

/** Of a notification that was sent, once. @returns false when it is known already */
export async function markSentNationally(
  tx: Tx,
  incidentId: string,
  { reference, at }: { reference: string | null; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select record_national_sending(${incidentId}, ${reference}, ${at}) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** Sent here and not known to be sent through the national service, the earliest first. */
export async function listNotSentNationally(
  tx: Tx,
  { role }: { role: Role },
): Promise<{ incidentId: string; reference: string; awareOn: string | null }[]> {
  const rows = await tx
    .selectFrom('notification')
    .innerJoin('incident', 'incident.incident_id', 'notification.incident_id')
    .select(['incident.incident_id', 'incident.reference', 'incident.aware_on'])
    .where('notification.status', '=', 'sent')
    .where('notification.national_sent_at', 'is', null)
    .where(withinReach('notification', role, 'send', 'notification-draft'))
    .orderBy('notification.sent_at')
    .limit(100)
    .execute()
  return rows.map(row => ({ incidentId: row.incident_id, reference: row.reference, awareOn: row.aware_on }))
}

export interface SentNotification {
  answers: NotificationAnswers
  nationalReference: string | null
  /** Undefined until somebody says so. */
  nationalSentAt: Date | undefined
  reviewNeeded: boolean
  sentAt: Date
  version: number
}

export async function sentNotification(tx: Tx, incidentId: string): Promise<SentNotification | undefined> {
  const row = await tx
    .selectFrom('notification_version')
    .innerJoin('notification', 'notification.incident_id', 'notification_version.incident_id')
    .select([
      'notification_version.answers',
      'notification_version.sent_at',
      'notification_version.version',
      'notification.national_reference',
      'notification.national_sent_at',
      'notification.review_needed',
    ])
    .where('notification_version.incident_id', '=', incidentId)
    .orderBy('notification_version.version', 'desc')
    .executeTakeFirst()
  return (
    row && {
      answers: row.answers as unknown as NotificationAnswers,
      nationalReference: row.national_reference,
      nationalSentAt: row.national_sent_at ?? undefined,
      reviewNeeded: row.review_needed ?? true,
      sentAt: row.sent_at,
      version: row.version,
    }
  )
}

export async function readIncident(tx: Tx, incidentId: string): Promise<Incident | undefined> {
  const row = await incidentsQuery(tx).where('incident.incident_id', '=', incidentId).executeTakeFirst()
  if (!row) return undefined
  const children = await tx
    .selectFrom('child')
    .select(['position', 'is_primary', 'given_name', 'family_name', 'born_on', 'age_in_years', 'unborn', 'sex'])
    .where('incident_id', '=', incidentId)
    .orderBy('position')
    .execute()
  return { ...toIncident(row), children: children.map(child => toChildLine(child, row.incident_on)) }
}

const incidentColumns = [
  ...placeIn('incident'),
  'incident.reference',
  'incident.nature',
  'incident.incident_on',
  'incident.aware_on',
  'incident.notified_at',
  'authority.name as authority_name',
  'partnership.name as partnership_name',
  'partnership.phone as partnership_phone',
] as const

function incidentsQuery(tx: Tx) {
  return tx
    .selectFrom('incident')
    .innerJoin('body as authority', 'authority.code', 'incident.authority_code')
    .innerJoin('body as partnership', 'partnership.code', 'incident.partnership_code')
    .select(incidentColumns)
}

type IncidentRow = Awaited<ReturnType<ReturnType<typeof incidentsQuery>['executeTakeFirstOrThrow']>>

function toIncident(row: IncidentRow): Omit<Incident, 'children'> {
  return {
    ...placeFrom(row),
    reference: row.reference,
    nature: row.nature as Nature | null,
    incidentOn: row.incident_on,
    awareOn: row.aware_on,
    notifiedAt: row.notified_at,
    authorityName: row.authority_name,
    partnershipName: row.partnership_name,
    partnershipPhone: row.partnership_phone,
  }
}

interface ChildLineRow {
  position: number
  is_primary: boolean
  given_name: string | null
  family_name: string | null
  born_on: string | null
  age_in_years: number | null
  unborn: boolean
  sex: string | null
}

function toChildLine(row: ChildLineRow, incidentOn: string | null): ChildLine {
  return {
    position: row.position,
    isPrimary: row.is_primary,
    name: [row.given_name, row.family_name].filter(part => part !== null).join(' ') || undefined,
    age: ageWords(row, incidentOn),
    sex: row.sex ?? undefined,
  }
}

function ageWords(
  { unborn, born_on, age_in_years }: Pick<ChildLineRow, 'unborn' | 'born_on' | 'age_in_years'>,
  incidentOn: string | null,
): string {
  if (unborn) return 'unborn'
  const years =
    born_on && incidentOn ? ageInYears(civilDate(born_on), civilDate(incidentOn)) : (age_in_years ?? undefined)
  if (years === undefined) return 'age not known'
  if (years > 0) return years === 1 ? '1 year' : `${years} years`
  return born_on && incidentOn ? monthWords(born_on, incidentOn) : 'under 1 year'
}

function monthWords(bornOn: string, on: string): string {
  const part = (date: string, from: number, to: number) => Number(date.slice(from, to))
  const months =
    (part(on, 0, 4) - part(bornOn, 0, 4)) * 12 +
    part(on, 5, 7) -
    part(bornOn, 5, 7) -
    (part(on, 8, 10) < part(bornOn, 8, 10) ? 1 : 0)
  if (months < 1) return 'under 1 month'
  return months === 1 ? '1 month' : `${months} months`
}

/**
 * What people recognise an incident by, without a name: `A child was seriously harmed (3 months, female), Meadshire`.
 * The child stands only where the acting person may see the notification.
 */
export async function describeIncidents(tx: Tx, incidentIds: readonly string[]): Promise<Map<string, string>> {
  if (incidentIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('incident')
    .innerJoin('body', 'body.code', 'incident.authority_code')
    .leftJoin('child', join =>
      join.onRef('child.incident_id', '=', 'incident.incident_id').on('child.is_primary', '=', true),
    )
    .select([
      'incident.incident_id',
      'incident.nature',
      'incident.incident_on',
      'body.name',
      'child.born_on',
      'child.age_in_years',
      'child.unborn',
      'child.sex',
    ])
    .where('incident.incident_id', 'in', incidentIds)
    .execute()
  return new Map(
    rows.map(row => {
      const nature = row.nature ? natureNames[row.nature as Nature] : 'Not said yet what happened'
      const { born_on, age_in_years, unborn, sex } = row
      const child = unborn === null ? [] : [ageWords({ born_on, age_in_years, unborn }, row.incident_on), sex]
      const known = child.filter(word => word !== null).join(', ')
      return [row.incident_id, `${nature}${known && ` (${known})`}, ${row.name}`]
    }),
  )
}

export const incidentSorts = ['notified', 'reference', 'incident', 'area'] as const
export type IncidentSort = (typeof incidentSorts)[number]

export interface IncidentFilter {
  nature?: Nature | undefined
  reference?: string | undefined
}

export type ListedIncident = Omit<Incident, 'children'>

/** One page of the incidents the acting person may see, drafts too. */
export async function listIncidents(
  tx: Tx,
  { role }: { role: Role },
  wanted: Wanted<IncidentSort>,
  { nature, reference }: IncidentFilter,
): Promise<Found<ListedIncident>> {
  return pageOf(tx, wanted, {
    chosen: tx
      .selectFrom('incident')
      .select('incident.incident_id as key')
      .where('incident.discarded_at', 'is', null)
      .where(withinReach('incident', role, 'read', 'incident'))
      .$if(nature !== undefined, query => query.where('incident.nature', '=', nature!))
      .$if(reference !== undefined, query => query.where('incident.reference', '=', reference!)),
    sorts: {
      notified: chosen => chosen.select('incident.notified_at as by'),
      reference: chosen => chosen.select('incident.reference as by'),
      incident: chosen => chosen.select('incident.incident_on as by'),
      area: chosen =>
        chosen
          .innerJoin('body', 'body.code', 'incident.authority_code')
          .select(sql`body.name collate "und-x-icu"`.as('by')),
    },
    rowsOf: async keys => {
      const rows = await incidentsQuery(tx).where(isAmong('incident.incident_id', keys)).execute()
      return new Map(rows.map(row => [row.incident_id, toIncident(row)]))
    },
  })
}

/** Drafts of the acting person's authority, the latest saved first. */
export async function listDrafts(
  tx: Tx,
  { role }: { role: Role },
): Promise<{ incidentId: string; reference: string; savedAt: Date; awareOn: string | null }[]> {
  const rows = await tx
    .selectFrom('notification')
    .innerJoin('incident', 'incident.incident_id', 'notification.incident_id')
    .select([
      'incident.incident_id',
      'incident.reference',
      'notification.saved_at',
      sql<string | null>`notification.answers ->> 'awareOn'`.as('aware_on'),
    ])
    .where('notification.status', '=', 'draft')
    .where(withinReach('notification', role, 'read', 'notification-draft'))
    .orderBy('notification.saved_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    savedAt: row.saved_at,
    awareOn: row.aware_on,
  }))
}

/** A notification as its owner knows it, draft or sent, without what it says. A discarded one is none. */
export interface NotificationRecord extends Omit<Incident, 'children'> {
  status: 'draft' | 'sent'
  revision: number
  nationalReference: string | null
  reviewNeeded: boolean | null
  savedAt: Date
  sentAt: Date | null
}

export async function readRecord(tx: Tx, incidentId: string): Promise<NotificationRecord | undefined> {
  const row = await recordsQuery(tx).where('notification.incident_id', '=', incidentId).executeTakeFirst()
  return row && toRecord(row)
}

/** Where a list goes on: after the notification that was started at this moment. */
export interface RecordsAfter {
  /** With all six decimals, as the database writes it. */
  startedAt: string
  incidentId: string
}

/** Notifications the acting person may see, the last started first. */
export async function listRecords(
  tx: Tx,
  wanted: {
    status?: 'draft' | 'sent' | undefined
    area?: string | undefined
    sentSince?: Date | undefined
    after?: RecordsAfter | undefined
    limit: number
  },
): Promise<{ records: NotificationRecord[]; next: RecordsAfter | undefined }> {
  const { status, area, sentSince, after } = wanted
  let query = recordsQuery(tx)
    .orderBy('incident.created_at', 'desc')
    .orderBy('incident.incident_id', 'desc')
    .limit(wanted.limit + 1)
  if (status) query = query.where('notification.status', '=', status)
  if (area) query = query.where('notification.authority_code', '=', area)
  if (sentSince) query = query.where('notification.sent_at', '>=', sentSince)
  if (after) {
    query = query.where(
      sql<boolean>`(incident.created_at, incident.incident_id) < (${after.startedAt}::timestamptz, ${after.incidentId}::uuid)`,
    )
  }
  const rows = await query.execute()
  const shown = rows.slice(0, wanted.limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    records: shown.map(toRecord),
    next: last && { startedAt: last.started_at, incidentId: last.incident_id },
  }
}

function recordsQuery(tx: Tx) {
  return tx
    .selectFrom('notification')
    .innerJoin('incident', 'incident.incident_id', 'notification.incident_id')
    .innerJoin('body as authority', 'authority.code', 'incident.authority_code')
    .innerJoin('body as partnership', 'partnership.code', 'incident.partnership_code')
    .select(incidentColumns)
    .select([
      sql<string>`incident.created_at::text`.as('started_at'),
      'notification.status',
      'notification.revision',
      'notification.national_reference',
      'notification.review_needed',
      'notification.saved_at',
      'notification.sent_at',
    ])
    .where('notification.status', '<>', 'discarded')
}

type RecordRow = Awaited<ReturnType<ReturnType<typeof recordsQuery>['executeTakeFirstOrThrow']>>

function toRecord(row: RecordRow): NotificationRecord {
  return {
    ...toIncident(row),
    status: row.status as NotificationRecord['status'],
    revision: row.revision,
    nationalReference: row.national_reference,
    reviewNeeded: row.review_needed,
    savedAt: row.saved_at,
    sentAt: row.sent_at,
  }
}
