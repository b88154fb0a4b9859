import { sql } from 'kysely'
import { withinReach, type Role } from '../../platform/access/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { partnerKeys, type Partner } from '../signing/partner.ts'
import { ofWhoSigns, stillStands } from '../signing/store.ts'
import type { Status } from './rapid-review.ts'

/** Of a sending-back beside its review. */
const sinceLastAsked = sql<boolean>`(rapid_review.signatures_asked_at is null
  or review_sent_back.sent_back_at >= rapid_review.signatures_asked_at)`

/** Who sent the review back last, and why, unless signatures were asked for since. */
export async function lastSentBack(
  tx: Tx,
  incidentId: string,
): Promise<{ reason: string; by: string; at: Date } | undefined> {
  const row = await tx
    .selectFrom('review_sent_back')
    .innerJoin('rapid_review', 'rapid_review.review_id', 'review_sent_back.review_id')
    .innerJoin('person', 'person.id', 'review_sent_back.person_id')
    .select(['review_sent_back.reason', 'review_sent_back.sent_back_at', 'person.name'])
    .where('rapid_review.incident_id', '=', incidentId)
    .where(sinceLastAsked)
    .orderBy('review_sent_back.sent_back_at', 'desc')
    .executeTakeFirst()
  return row && { reason: row.reason, by: row.name, at: row.sent_back_at }
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
    .leftJoin('review_signature', join =>
      join
        .onRef('review_signature.review_id', '=', 'rapid_review.review_id')
        .onRef('review_signature.text_hash', '=', 'rapid_review.text_hash')
        .on('review_signature.partner', '=', partner)
        .on(ofWhoSigns)
        .on(stillStands),
    )
    .select([
      'rapid_review.incident_id',
      'incident.reference',
      'body.name',
      'rapid_review.due_on',
      'review_signature.signed_at',
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
        .selectFrom('review_signature')
        .select(sql<string[]>`array_agg(distinct review_signature.partner)`.as('partners'))
        .whereRef('review_signature.review_id', '=', 'rapid_review.review_id')
        .whereRef('review_signature.text_hash', '=', 'rapid_review.text_hash')
        .where(ofWhoSigns)
        .where(stillStands)
        .as('signed'),
      eb
        .exists(
          eb
            .selectFrom('review_sent_back')
            .select('review_sent_back.id')
            .whereRef('review_sent_back.review_id', '=', 'rapid_review.review_id')
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
