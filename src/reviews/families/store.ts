import { sql } from 'kysely'
import { withinReach, type Role } from '../../platform/access/index.ts'
import { contextOf, personOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { placeFrom } from '../../platform/events/index.ts'
import type { Answers } from '../../platform/questionnaire/index.ts'
import { columnsOfReview, type ReviewPlace } from '../review.ts'
import { answerIn, type EntryKind, type MemberAnswers } from './forms.ts'
import type { SensitiveDate } from './sensitive-dates.ts'

export interface Lead {
  name: string
  accountId: string | undefined
  fromOn: CivilDate
  untilOn: CivilDate | undefined
}

export interface FamilyMember {
  id: string
  answers: MemberAnswers
  revision: number
  savedBy: string | undefined
  savedAt: Date
}

export interface FamilyEntry {
  id: string
  kind: EntryKind | 'message' | 'copy'
  memberId: string | undefined
  /** Of a copy that is out. */
  useId: string | undefined
  answers: Answers
  enteredBy: string | undefined
  enteredAt: Date
}

export interface Quote {
  id: string
  memberId: string
  /** Undefined: withdrawn. */
  words: string | undefined
  answers: Answers
  withdrawnAt: Date | undefined
  sealed: boolean
  /** By table; `kept` counts the sentences of which a person said that the words there are not these. */
  cleared: { rows: Record<string, number>; files: string[]; kept: Record<string, number> } | undefined
  uses: QuoteUse[]
}

/** Where words were used, or a copy that holds them. */
export interface QuoteUse {
  id: string
  answers: Answers
}

export interface OnlineDraft {
  id: string
  memberId: string
  reader: string
  verifiedHow: string
  verifiedBy: string
  openedAt: Date
  closedAt: Date | undefined
  closedWhy: string | undefined
}

export interface FamilyRecord extends ReviewPlace {
  reference: string
  /** The last of them leads, unless it has ended. */
  leads: Lead[]
  members: FamilyMember[]
  entries: FamilyEntry[]
  quotes: Quote[]
  drafts: OnlineDraft[]
  sensitiveDates: SensitiveDate[]
  /** The first day on which no legal hold known today is in force. */
  holdUntil: CivilDate | undefined
}

/**
 * The local review whose family it is.
 * @throws ServiceError 'not-found' where there is none, or the person may not see its family
 */
export async function placeOfFamily(
  tx: Tx,
  { role }: { role: Role },
  incidentId: string,
): Promise<ReviewPlace & { reference: string }> {
  const row = await tx
    .selectFrom('review')
    .innerJoin('incident', 'incident.incident_id', 'review.incident_id')
    .select([
      'review.review_id',
      'review.incident_id',
      'review.authority_code',
      'review.partnership_code',
      'incident.reference',
    ])
    .where('review.incident_id', '=', incidentId)
    .where('review.kind', '=', 'local')
    .where(withinReach('review', role, 'read', 'family-contact'))
    .executeTakeFirst()
  if (row) return { ...placeFrom(row), reviewId: row.review_id, reference: row.reference }
  throw new ServiceError('not-found', 'There is no local review of this incident, or its family is not yours to see.')
}

export async function readFamily(tx: Tx, acting: { role: Role }, incidentId: string): Promise<FamilyRecord> {
  const place = await placeOfFamily(tx, acting, incidentId)
  const { reviewId } = place
  const leads = await tx
    .selectFrom('family_lead')
    .select(['name', 'account_id', 'from_on', 'until_on'])
    .where('review_id', '=', reviewId)
    .orderBy('entered_at')
    .execute()
  const members = await tx
    .selectFrom('family_member')
    .leftJoin('person', 'person.id', 'family_member.saved_by')
    .select(['family_member.id', 'answers', 'revision', 'saved_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy(sql`family_member.answers ->> 'name'`)
    .execute()
  const entries = await tx
    .selectFrom('family_entry')
    .leftJoin('person', 'person.id', 'family_entry.entered_by')
    .select(['family_entry.id', 'kind', 'member_id', 'use_id', 'answers', 'entered_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy(sql`family_entry.answers ->> 'happenedOn'`, 'desc')
    .orderBy('entered_at', 'desc')
    .execute()
  const drafts = await tx
    .selectFrom('family_draft')
    .select(['id', 'member_id', 'reader', 'verified_how', 'verified_by', 'opened_at', 'closed_at', 'closed_why'])
    .where('review_id', '=', reviewId)
    .orderBy('opened_at', 'desc')
    .execute()
  const days = await sql<{
    what: string
    who: string | null
    day: string
  }>`select what, who, day from days_of_family(${incidentId})`.execute(tx)
  const hold = await sql<{ until: string | null }>`select hold_until(${reviewId}) as until`.execute(tx)
  const record = {
    ...place,
    leads: leads.map(row => ({
      name: row.name,
      accountId: row.account_id ?? undefined,
      fromOn: row.from_on as CivilDate,
      untilOn: (row.until_on ?? undefined) as CivilDate | undefined,
    })),
    members: members.map(row => ({
      id: row.id,
      answers: row.answers as unknown as MemberAnswers,
      revision: row.revision,
      savedBy: row.name ?? undefined,
      savedAt: row.saved_at,
    })),
    entries: entries.map(row => ({
      id: row.id,
      kind: row.kind as FamilyEntry['kind'],
      memberId: row.member_id ?? undefined,
      useId: row.use_id ?? undefined,
      answers: row.answers as Answers,
      enteredBy: row.name ?? undefined,
      enteredAt: row.entered_at,
    })),
    quotes: await quotesOf(tx, reviewId),
    drafts: drafts.map(row => ({
      id: row.id,
      memberId: row.member_id,
      reader: row.reader,
      verifiedHow: row.verified_how,
      verifiedBy: row.verified_by,
      openedAt: row.opened_at,
      closedAt: row.closed_at ?? undefined,
      closedWhy: row.closed_why ?? undefined,
    })),
    holdUntil: (hold.rows[0]?.until ?? undefined) as CivilDate | undefined,
  }
  return { ...record, sensitiveDates: sensitiveDatesOf(record, days.rows) }
}

/** All days on which nobody writes: of the notification, of the people of the family, and those that were entered. */
function sensitiveDatesOf(
  { members, entries }: Pick<FamilyRecord, 'members' | 'entries'>,
  days: readonly { what: string; who: string | null; day: string }[],
): SensitiveDate[] {
  const found = [
    ...days.map(({ what, who, day }) => ({
      what: what === 'incident' ? 'the day of the incident' : `the birthday of ${who}`,
      on: day,
    })),
    ...members.flatMap(({ answers }) => [
      ...(answers.relation === 'child' || answers.relation === 'sibling'
        ? [{ what: `the birthday of ${answerIn(answers, 'name')}`, on: answerIn(answers, 'bornOn') }]
        : []),
      { what: `the death of ${answerIn(answers, 'name')}`, on: answerIn(answers, 'diedOn') },
    ]),
    ...entries
      .filter(({ kind }) => kind === 'sensitive-date')
      .map(({ answers }) => ({ what: answerIn(answers, 'what'), on: answerIn(answers, 'happenedOn') })),
  ]
  return found.filter(({ on }) => on !== '').map(({ what, on }) => ({ what, on: on as CivilDate }))
}

export async function quotesOf(tx: Tx, reviewId: string): Promise<Quote[]> {
  const rows = await tx
    .selectFrom('family_quote')
    .select(['id', 'member_id', 'words', 'answers', 'withdrawn_at', 'sealed', 'cleared'])
    .where('review_id', '=', reviewId)
    .orderBy('entered_at')
    .execute()
  const uses = await tx
    .selectFrom('family_quote_use')
    .select(['id', 'quote_id', 'answers'])
    .where('review_id', '=', reviewId)
    .orderBy('entered_at')
    .execute()
  return rows.map(row => ({
    id: row.id,
    memberId: row.member_id,
    words: row.words ?? undefined,
    answers: row.answers as Answers,
    withdrawnAt: row.withdrawn_at ?? undefined,
    sealed: row.sealed,
    cleared: (row.cleared ?? undefined) as Quote['cleared'],
    uses: uses
      .filter(({ quote_id }) => quote_id === row.id)
      .map(({ id, answers }) => ({ id, answers: answers as Answers })),
  }))
}

const entered = (tx: Tx) => ({ entered_by: personOf(tx) ?? null, entered_at: contextOf(tx).now })

export async function insertLead(
  tx: Tx,
  place: ReviewPlace,
  lead: { name: string; accountId: string | undefined },
): Promise<void> {
  const { today } = contextOf(tx)
  await tx
    .updateTable('family_lead')
    .set({ until_on: today })
    .where('review_id', '=', place.reviewId)
    .where('until_on', 'is', null)
    .execute()
  await tx
    .insertInto('family_lead')
    .values({
      ...columnsOfReview(place),
      account_id: lead.accountId ?? null,
      name: lead.name,
      from_on: today,
      ...entered(tx),
    })
    .execute()
}

/** @returns the id, or undefined where somebody else saved it since it was shown */
export async function saveMember(
  tx: Tx,
  place: ReviewPlace,
  answers: Answers,
  existing: { id: string; seenRevision: number } | undefined,
): Promise<string | undefined> {
  const values = {
    answers: JSON.stringify(answers),
    form_version: 1,
    saved_by: personOf(tx) ?? null,
    saved_at: contextOf(tx).now,
  }
  if (!existing) {
    const row = await tx
      .insertInto('family_member')
      .values({ ...columnsOfReview(place), ...values })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }
  const row = await tx
    .updateTable('family_member')
    .set({ ...values, revision: existing.seenRevision + 1 })
    .where('id', '=', existing.id)
    .where('review_id', '=', place.reviewId)
    .where('revision', '=', existing.seenRevision)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function insertEntry(
  tx: Tx,
  place: ReviewPlace,
  entry: { kind: FamilyEntry['kind']; memberId: string | undefined; useId?: string | undefined; answers: Answers },
): Promise<void> {
  await tx
    .insertInto('family_entry')
    .values({
      ...columnsOfReview(place),
      kind: entry.kind,
      member_id: entry.memberId ?? null,
      use_id: entry.useId ?? null,
      answers: JSON.stringify(entry.answers),
      form_version: 1,
      ...entered(tx),
    })
    .execute()
}

export async function insertQuote(
  tx: Tx,
  place: ReviewPlace,
  quote: { memberId: string; words: string; answers: Answers },
): Promise<string> {
  const row = await tx
    .insertInto('family_quote')
    .values({
      ...columnsOfReview(place),
      member_id: quote.memberId,
      words: quote.words,
      answers: JSON.stringify(quote.answers),
      form_version: 1,
      ...entered(tx),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function insertUse(tx: Tx, place: ReviewPlace, quoteId: string, answers: Answers): Promise<void> {
  await tx
    .insertInto('family_quote_use')
    .values({
      ...columnsOfReview(place),
      quote_id: quoteId,
      answers: JSON.stringify(answers),
      form_version: 1,
      ...entered(tx),
    })
    .execute()
}

export async function insertDraft(
  tx: Tx,
  place: ReviewPlace,
  draft: { memberId: string; reader: string; verifiedHow: string; verifiedBy: string; version: number; text: string },
): Promise<string> {
  const row = await tx
    .insertInto('family_draft')
    .values({
      ...columnsOfReview(place),
      member_id: draft.memberId,
      reader: draft.reader,
      verified_how: draft.verifiedHow,
      verified_by: draft.verifiedBy,
      version: draft.version,
      text: draft.text,
      opened_by: personOf(tx) ?? null,
      opened_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** @returns the drafts that were open */
export async function markDraftsClosed(tx: Tx, { reviewId }: ReviewPlace, why: string): Promise<string[]> {
  const rows = await tx
    .updateTable('family_draft')
    .set({ closed_at: contextOf(tx).now, closed_why: why })
    .where('review_id', '=', reviewId)
    .where('closed_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The open draft that a link opens. */
export async function readOpenDraft(tx: Tx, id: string): Promise<{ reader: string; text: string } | undefined> {
  return tx
    .selectFrom('family_draft')
    .select(['reader', 'text'])
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}

/** Who can lead contact with an account here: the group of the review, and whoever acts. */
export async function peopleToLead(tx: Tx, { reviewId }: ReviewPlace): Promise<{ id: string; name: string }[]> {
  return tx
    .selectFrom('review_member')
    .innerJoin('person', 'person.id', 'review_member.person_id')
    .select(['person.id', 'person.name'])
    .where('review_member.review_id', '=', reviewId)
    .orderBy('person.name')
    .execute()
}
