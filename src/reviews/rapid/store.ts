import { sql } from 'kysely'
import { reachOf, roleKeys, roles, withinReach, type Role } from '../../platform/access/index.ts'
import { contextOf, inForceOn, personOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { columnsOf, placeFrom, placeIn, type IncidentPlace } from '../../platform/events/index.ts'
import { draftColumns, draftFrom } from '../../platform/questionnaire/index.ts'
import { columnsOfReview, insertReview, type ReviewPlace } from '../review.ts'
import {
  type RapidReviewAnswers,
  rapidReviewForm,
  type RapidReviewOutcome,
  type RapidReviewSection,
} from './rapid-review-form.ts'
import {
  outcomesIn,
  partnerKeys,
  signaturesOfText,
  type EarlierText,
  type Partner,
  type RapidReview,
  type Return,
  type Signature,
  type Status,
} from './rapid-review.ts'

/** Undefined when the review is open already. */
export async function insertRapidReview(
  tx: Tx,
  place: IncidentPlace,
  { clockStartedOn, dueOn }: { clockStartedOn: CivilDate; dueOn: CivilDate },
): Promise<ReviewPlace | undefined> {
  const review = await insertReview(tx, 'rapid', place)
  if (!review) return undefined
  await tx
    .insertInto('rapid_review')
    .values({
      ...columnsOfReview(review),
      clock_started_on: clockStartedOn,
      due_on: dueOn,
      opened_at: contextOf(tx).now,
    })
    .execute()
  return review
}

function reviewQuery(tx: Tx, incidentId: string) {
  return tx
    .selectFrom('rapid_review')
    .innerJoin('incident', 'incident.incident_id', 'rapid_review.incident_id')
    .innerJoin('body as authority', 'authority.code', 'rapid_review.authority_code')
    .innerJoin('body as partnership', 'partnership.code', 'rapid_review.partnership_code')
    .select([
      ...placeIn('rapid_review'),
      'rapid_review.review_id',
      'incident.reference',
      'authority.name as authority_name',
      'partnership.name as partnership_name',
      'rapid_review.status',
      'rapid_review.answers',
      'rapid_review.typed',
      'rapid_review.revision',
      'rapid_review.page_revisions',
      'rapid_review.unread_sections',
      'rapid_review.answers_hash',
      'rapid_review.due_on',
      'rapid_review.late_reason',
      'rapid_review.sent_at',
    ])
    .where('rapid_review.incident_id', '=', incidentId)
}

type ReviewRow = Awaited<ReturnType<ReturnType<typeof reviewQuery>['executeTakeFirstOrThrow']>>

function toReview(row: ReviewRow): RapidReview {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    ...draftFrom<RapidReviewAnswers>(row),
    reference: row.reference,
    authorityName: row.authority_name,
    partnershipName: row.partnership_name,
    status: row.status as Status,
    unreadSections: row.unread_sections as RapidReviewSection[],
    answersHash: row.answers_hash ?? undefined,
    dueOn: row.due_on as CivilDate,
    lateReason: row.late_reason ?? undefined,
    sentAt: row.sent_at ?? undefined,
  }
}

/** Undefined when there is none, or none that the acting person may see. */
export async function readReview(tx: Tx, incidentId: string): Promise<RapidReview | undefined> {
  const row = await reviewQuery(tx, incidentId).executeTakeFirst()
  return row && toReview(row)
}

/** Held until the transaction ends. Undefined also where the acting person may see it and not change it. */
export async function lockReview(tx: Tx, incidentId: string): Promise<RapidReview | undefined> {
  const row = await reviewQuery(tx, incidentId).forUpdate('rapid_review').executeTakeFirst()
  return row && toReview(row)
}

/** Answers, typed, page revisions and unread sections, and whatever follows from the answers. Raises the revision. */
export async function saveDraft(tx: Tx, review: RapidReview): Promise<void> {
  await tx
    .updateTable('rapid_review')
    .set({
      ...draftColumns(review),
      outcomes: outcomesIn(review.answers),
      unread_sections: [...review.unreadSections],
    })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

/** Of the answers only those that apply are kept: what waits for signatures is what is sent. */
export async function markSigning(
  tx: Tx,
  review: RapidReview,
  { answers, hash }: { answers: RapidReviewAnswers; hash: string },
): Promise<void> {
  await tx
    .updateTable('rapid_review')
    .set({
      status: 'signing',
      answers: JSON.stringify(answers),
      answers_hash: hash,
      signatures_asked_at: contextOf(tx).now,
      revision: review.revision + 1,
    })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

export async function markDraft(tx: Tx, review: RapidReview): Promise<void> {
  await tx
    .updateTable('rapid_review')
    .set({ status: 'draft', answers_hash: null, revision: review.revision + 1 })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

/** The step that a partner takes who may sign and not write. @returns false when it does not wait for signatures */
export async function sendBackToDraft(tx: Tx, incidentId: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select send_back_rapid_review(${incidentId}) as done`.execute(tx)
  return rows[0]?.done ?? false
}

export interface Sending {
  answers: RapidReviewAnswers
  hash: string
  lateReason: string | undefined
}

/** The snapshot, and the review as sent. */
export async function markSent(tx: Tx, review: RapidReview, { answers, hash, lateReason }: Sending): Promise<void> {
  const { now } = contextOf(tx)
  await tx
    .insertInto('rapid_review_version')
    .values({
      ...columnsOf(review),
      version: 1,
      form_version: String(rapidReviewForm.version),
      answers: JSON.stringify(answers),
      hash,
      sent_by: personOf(tx) ?? null,
      sent_at: now,
    })
    .execute()
  await tx
    .updateTable('rapid_review')
    .set({
      status: 'sent',
      outcomes: outcomesIn(answers),
      late_reason: lateReason ?? null,
      revision: review.revision + 1,
      sent_at: now,
    })
    .where('incident_id', '=', review.incidentId)
    .execute()
}

export interface SentRapidReview {
  answers: RapidReviewAnswers
  version: number
  sentAt: Date
  outcomes: RapidReviewOutcome[]
  hash: string
  signatures: Signature[]
}

/** The review as it was sent; undefined when none was, or none that the acting person may see. */
export async function sentRapidReview(tx: Tx, incidentId: string): Promise<SentRapidReview | undefined> {
  const row = await tx
    .selectFrom('rapid_review_version')
    .select(['answers', 'version', 'sent_at', 'hash'])
    .where('incident_id', '=', incidentId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  const answers = row.answers as unknown as RapidReviewAnswers
  return {
    answers,
    version: row.version,
    sentAt: row.sent_at,
    outcomes: outcomesIn(answers),
    hash: row.hash,
    signatures: signaturesOfText(await signaturesOf(tx, incidentId), row.hash),
  }
}

/** How often the partner of a signature has sent that review back: a number of its columns `incident_id`, `partner`. */
const returnsOfPartner = sql<number>`(
  select count(*)::int4 from rapid_review_return
  where rapid_review_return.incident_id = rapid_review_signature.incident_id
    and rapid_review_return.partner = rapid_review_signature.partner)`

/** Whether its partner has not sent the review back after giving it. */
const stillStands = sql<boolean>`rapid_review_signature.returns_before >= ${returnsOfPartner}`

/** Whether its body signs for its partner: of several authorities, the one where the incident happened. */
const ofWhoSigns = sql<boolean>`(rapid_review_signature.partner <> 'authority'
  or rapid_review_signature.body_code = rapid_review_signature.authority_code)`

/** All signatures ever given, of earlier texts too, the oldest first. */
export async function signaturesOf(tx: Tx, incidentId: string): Promise<Signature[]> {
  const rows = await tx
    .selectFrom('rapid_review_signature')
    .innerJoin('body', 'body.code', 'rapid_review_signature.body_code')
    .innerJoin('person', 'person.id', 'rapid_review_signature.person_id')
    .select([
      'rapid_review_signature.partner',
      'rapid_review_signature.body_code',
      'body.name as body_name',
      'person.name as person_name',
      'rapid_review_signature.answers_hash',
      'rapid_review_signature.signed_at',
      stillStands.as('still_stands'),
    ])
    .where('rapid_review_signature.incident_id', '=', incidentId)
    .where(ofWhoSigns)
    .orderBy('rapid_review_signature.signed_at')
    .orderBy('rapid_review_signature.returns_before')
    .orderBy('rapid_review_signature.partner')
    .execute()
  return rows.map(row => ({
    partner: row.partner as Partner,
    bodyCode: row.body_code,
    bodyName: row.body_name,
    personName: row.person_name,
    answersHash: row.answers_hash,
    signedAt: row.signed_at,
    overtaken: !row.still_stands,
  }))
}

/** @returns false when this partner signed this text before, and has not sent it back since */
export async function insertSignature(
  tx: Tx,
  review: RapidReview,
  signature: { partner: Partner; bodyCode: string; personId: string; hash: string },
): Promise<boolean> {
  const result = await tx
    .insertInto('rapid_review_signature')
    .values({
      ...columnsOf(review),
      partner: signature.partner,
      body_code: signature.bodyCode,
      person_id: signature.personId,
      answers_hash: signature.hash,
      returns_before: eb =>
        eb
          .selectFrom('rapid_review_return')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('incident_id', '=', review.incidentId)
          .where('partner', '=', signature.partner),
      signed_at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.columns(['incident_id', 'partner', 'answers_hash', 'returns_before']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function insertReturn(
  tx: Tx,
  review: RapidReview,
  sentBack: { partner: Partner; personId: string; hash: string; reason: string },
): Promise<void> {
  await tx
    .insertInto('rapid_review_return')
    .values({
      ...columnsOf(review),
      partner: sentBack.partner,
      person_id: sentBack.personId,
      answers_hash: sentBack.hash,
      reason: sentBack.reason,
      returned_at: contextOf(tx).now,
    })
    .execute()
}

/** The oldest first. */
export async function returnsOf(tx: Tx, incidentId: string): Promise<Return[]> {
  const rows = await tx
    .selectFrom('rapid_review_return')
    .innerJoin('person', 'person.id', 'rapid_review_return.person_id')
    .select(['partner', 'person.name', 'returned_at', 'reason', 'answers_hash'])
    .where('incident_id', '=', incidentId)
    .orderBy('returned_at')
    .execute()
  return rows.map(row => ({
    partner: row.partner as Partner,
    by: row.name,
    at: row.returned_at,
    reason: row.reason,
    answersHash: row.answers_hash,
  }))
}

/** Read while the review waits for signatures; the one that waited last at the end. */
export async function earlierTextsOf(tx: Tx, incidentId: string): Promise<EarlierText[]> {
  const rows = await tx
    .selectFrom('rapid_review_earlier_text')
    .select(['answers_hash', 'answers', 'asked_at'])
    .where('incident_id', '=', incidentId)
    .orderBy('revision')
    .execute()
  return rows.map(row => ({
    answersHash: row.answers_hash,
    answers: row.answers as RapidReviewAnswers,
    askedAt: row.asked_at,
  }))
}

export async function kindOfBody(tx: Tx, code: string): Promise<string | undefined> {
  return (await tx.selectFrom('body').select('kind').where('code', '=', code).executeTakeFirst())?.kind
}

export interface Member {
  personId: string
  name: string
  /** The appointments that make them part of this area: `Business manager, North partnership`. */
  appointments: string[]
}

const groupRoles = roleKeys.filter(role => reachOf(role, 'write', 'rapid-review-draft').length > 0)

/** Appointments in force today, to the partnership and its bodies, in roles that may write rapid reviews. */
function appointmentsHere(tx: Tx, partnershipCode: string) {
  const { today } = contextOf(tx)
  return tx
    .selectFrom('appointment')
    .innerJoin('person', 'person.id', 'appointment.person_id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['person.id', 'person.name', 'appointment.role', 'body.name as body_name'])
    .where('person.ended_at', 'is', null)
    .where('appointment.role', 'in', groupRoles)
    .where(inForceOn(today, 'appointment'))
    .where(eb =>
      eb.or([
        eb('appointment.body_code', '=', partnershipCode),
        eb(
          'appointment.body_code',
          'in',
          eb
            .selectFrom('partnership_body')
            .select('partnership_body.body_code')
            .where('partnership_body.partnership_code', '=', partnershipCode)
            .where(inForceOn(today, 'partnership_body')),
        ),
      ]),
    )
    .orderBy(sql`person.name collate "und-x-icu"`)
    .orderBy('person.id')
}

function membersFrom(rows: readonly { id: string; name: string; role: string; body_name: string }[]): Member[] {
  const members = new Map<string, Member>()
  for (const row of rows) {
    const member = members.get(row.id) ?? { personId: row.id, name: row.name, appointments: [] }
    member.appointments.push(`${roles[row.role as Role].label}, ${row.body_name}`)
    members.set(row.id, member)
  }
  return [...members.values()]
}

/** The people who may be put in the group of a review of this partnership. */
export async function peopleForGroup(tx: Tx, partnershipCode: string): Promise<Member[]> {
  return membersFrom(await appointmentsHere(tx, partnershipCode).execute())
}

export async function businessManagersOf(tx: Tx, partnershipCode: string): Promise<string[]> {
  const rows = await appointmentsHere(tx, partnershipCode)
    .where('appointment.body_code', '=', partnershipCode)
    .where('appointment.role', '=', 'business-manager')
    .execute()
  return rows.map(({ id }) => id)
}

/** The named group. Somebody whose appointment has ended stays in it by name, and no longer sees the review. */
export async function groupOf(tx: Tx, review: ReviewPlace): Promise<Member[]> {
  const rows = await tx
    .selectFrom('review_member')
    .innerJoin('person', 'person.id', 'review_member.person_id')
    .select(['person.id', 'person.name'])
    .where('review_member.review_id', '=', review.reviewId)
    .orderBy(sql`person.name collate "und-x-icu"`)
    .orderBy('person.id')
    .execute()
  const here = new Map((await peopleForGroup(tx, review.partnershipCode)).map(person => [person.personId, person]))
  return rows.map(({ id, name }) => here.get(id) ?? { personId: id, name, appointments: [] })
}

/** @returns false when they are in the group already */
export async function insertMember(tx: Tx, review: ReviewPlace, personId: string): Promise<boolean> {
  const result = await tx
    .insertInto('review_member')
    .values({
      ...columnsOfReview(review),
      kind: 'rapid',
      person_id: personId,
      added_by: personOf(tx) ?? null,
      added_at: contextOf(tx).now,
    })
    .onConflict(conflict => conflict.columns(['review_id', 'person_id']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function deleteMember(tx: Tx, { reviewId }: ReviewPlace, personId: string): Promise<void> {
  await tx.deleteFrom('review_member').where('review_id', '=', reviewId).where('person_id', '=', personId).execute()
}

/** Sections by paragraph number. */
export async function placementsOf(tx: Tx, documentId: string): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('paragraph_placement')
    .select(['number', 'section'])
    .where('document_id', '=', documentId)
    .execute()
  return new Map(rows.map(({ number, section }) => [number, section]))
}

export async function savePlacements(
  tx: Tx,
  place: IncidentPlace,
  documentId: string,
  sections: ReadonlyMap<number, string>,
): Promise<void> {
  if (sections.size === 0) return
  await tx
    .insertInto('paragraph_placement')
    .values(
      [...sections].map(([number, section]) => ({ ...columnsOf(place), document_id: documentId, number, section })),
    )
    .onConflict(conflict =>
      conflict.columns(['document_id', 'number']).doUpdateSet(eb => ({ section: eb.ref('excluded.section') })),
    )
    .execute()
}

/** Of a sending-back beside its review. */
const sinceLastAsked = sql<boolean>`(rapid_review.signatures_asked_at is null
  or rapid_review_return.returned_at >= rapid_review.signatures_asked_at)`

/** Who sent the review back last, and why, unless signatures were asked for since. */
export async function lastSentBack(
  tx: Tx,
  incidentId: string,
): Promise<{ reason: string; by: string; at: Date } | undefined> {
  const row = await tx
    .selectFrom('rapid_review_return')
    .innerJoin('rapid_review', 'rapid_review.incident_id', 'rapid_review_return.incident_id')
    .innerJoin('person', 'person.id', 'rapid_review_return.person_id')
    .select(['rapid_review_return.reason', 'rapid_review_return.returned_at', 'person.name'])
    .where('rapid_review_return.incident_id', '=', incidentId)
    .where(sinceLastAsked)
    .orderBy('rapid_review_return.returned_at', 'desc')
    .executeTakeFirst()
  return row && { reason: row.reason, by: row.name, at: row.returned_at }
}

export interface WaitingForSignature {
  incidentId: string
  reference: string
  partnershipName: string
  dueOn: CivilDate
  /** When this partner signed the present text. */
  signedAt: Date | undefined
}

/**
 * Reviews that wait for the signature of a body in every partnership it belongs to, the earliest due first. Of several
 * authorities only the one where the incident happened signs.
 */
export async function reviewsToSign(
  tx: Tx,
  { partner, bodyCode }: { partner: Partner; bodyCode: string },
): Promise<WaitingForSignature[]> {
  const rows = await tx
    .selectFrom('rapid_review')
    .innerJoin('incident', 'incident.incident_id', 'rapid_review.incident_id')
    .innerJoin('body', 'body.code', 'rapid_review.partnership_code')
    .leftJoin('rapid_review_signature', join =>
      join
        .onRef('rapid_review_signature.incident_id', '=', 'rapid_review.incident_id')
        .onRef('rapid_review_signature.answers_hash', '=', 'rapid_review.answers_hash')
        .on('rapid_review_signature.partner', '=', partner)
        .on(ofWhoSigns)
        .on(stillStands),
    )
    .select([
      'rapid_review.incident_id',
      'incident.reference',
      'body.name',
      'rapid_review.due_on',
      'rapid_review_signature.signed_at',
    ])
    .where('rapid_review.status', '=', 'signing')
    .$if(partner === 'authority', query => query.where('rapid_review.authority_code', '=', bodyCode))
    .orderBy('rapid_review.due_on')
    .orderBy('incident.reference')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    partnershipName: row.name,
    dueOn: row.due_on as CivilDate,
    signedAt: row.signed_at ?? undefined,
  }))
}

export interface OpenReview {
  incidentId: string
  reference: string
  status: Status
  dueOn: CivilDate
  /** Partners who have not signed the present text. */
  missing: Partner[]
  /** A partner sent it back, and signatures were not asked for since. */
  sentBack: boolean
}

/** Reviews in these statuses that the acting person may work on, the earliest due first. */
export async function openReviews(
  tx: Tx,
  { role }: { role: Role },
  statuses: readonly Status[],
): Promise<OpenReview[]> {
  const rows = await tx
    .selectFrom('rapid_review')
    .innerJoin('incident', 'incident.incident_id', 'rapid_review.incident_id')
    .select(eb => [
      'rapid_review.incident_id',
      'incident.reference',
      'rapid_review.status',
      'rapid_review.due_on',
      eb
        .selectFrom('rapid_review_signature')
        .select(sql<string[]>`array_agg(distinct rapid_review_signature.partner)`.as('partners'))
        .whereRef('rapid_review_signature.incident_id', '=', 'rapid_review.incident_id')
        .whereRef('rapid_review_signature.answers_hash', '=', 'rapid_review.answers_hash')
        .where(ofWhoSigns)
        .where(stillStands)
        .as('signed'),
      eb
        .exists(
          eb
            .selectFrom('rapid_review_return')
            .select('rapid_review_return.id')
            .whereRef('rapid_review_return.incident_id', '=', 'rapid_review.incident_id')
            .where(sinceLastAsked),
        )
        .as('sent_back'),
    ])
    .where('rapid_review.status', 'in', statuses)
    .where(withinReach('rapid_review', role, 'write', 'rapid-review-draft'))
    .orderBy('rapid_review.due_on')
    .orderBy('incident.reference')
    .execute()
  return rows.map(row => ({
    incidentId: row.incident_id,
    reference: row.reference,
    status: row.status as Status,
    dueOn: row.due_on as CivilDate,
    missing: partnerKeys.filter(partner => !row.signed?.includes(partner)),
    sentBack: row.status === 'draft' && Boolean(row.sent_back),
  }))
}

/** Whom to ring: the partnership's own office, and the national body. */
export async function contactsFor(
  tx: Tx,
  partnershipCode: string,
): Promise<{ name: string; phone: string | null; email: string | null }[]> {
  return tx
    .selectFrom('body')
    .select(['name', 'phone', 'email'])
    .where(eb => eb.or([eb('code', '=', partnershipCode), eb('kind', '=', 'national')]))
    .where('until_on', 'is', null)
    .orderBy(eb => eb('kind', '=', 'national'))
    .execute()
}
