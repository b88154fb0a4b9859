import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { placeFrom, placeIn } from '../../platform/events/index.ts'
import { draftColumns, draftFrom, type AnswerDraft } from '../../platform/questionnaire/index.ts'
import type { Theme } from '../../reference-data/index.ts'
import { columnsOfReview, type ReviewPlace } from '../review.ts'
import type { LocalReviewCriterion } from '../rapid/rapid-review-form.ts'
import type { DecisionSource, Judgement, Outcome, SentThing, SentTo } from './decision-form.ts'
import type { Clearing, ClearingAsked, LearningPoint } from './learning-point.ts'
import type { LocalReview } from './local-review.ts'
import type { ProcessEffect, ProcessKind, ProcessStatus, RelatedProcess } from './related-process.ts'
import type { Stage, StageRecord } from './stages.ts'
import { termsForm, type TermsAnswers } from './terms-form.ts'

const day = (value: string | null) => (value as CivilDate | null) ?? undefined

function reviewQuery(tx: Tx) {
  return tx
    .selectFrom('local_review')
    .innerJoin('incident', 'incident.incident_id', 'local_review.incident_id')
    .innerJoin('body as authority', 'authority.code', 'local_review.authority_code')
    .innerJoin('body as partnership', 'partnership.code', 'local_review.partnership_code')
    .select([
      ...placeIn('local_review'),
      'local_review.review_id',
      'incident.reference',
      'authority.name as authority_name',
      'partnership.name as partnership_name',
      'local_review.decided_on',
      'local_review.decided_from',
      'local_review.reasons',
      'local_review.criteria',
      'local_review.due_on',
      'local_review.expected_on',
      'local_review.publish_on',
      'local_review.sent_ahead_on',
      'local_review.outcome',
      'local_review.outcome_on',
      'local_review.keep_until',
      'local_review.closed_on',
    ])
}

type ReviewRow = Awaited<ReturnType<ReturnType<typeof reviewQuery>['executeTakeFirstOrThrow']>>

function toReview(row: ReviewRow): LocalReview {
  return {
    ...placeFrom(row),
    reviewId: row.review_id,
    reference: row.reference,
    authorityName: row.authority_name,
    partnershipName: row.partnership_name,
    decidedOn: row.decided_on as CivilDate,
    decidedFrom: row.decided_from as DecisionSource,
    reasons: row.reasons,
    criteria: row.criteria as LocalReviewCriterion[],
    dueOn: row.due_on as CivilDate,
    expectedOn: day(row.expected_on),
    publishOn: day(row.publish_on),
    sentAheadOn: day(row.sent_ahead_on),
    outcome: (row.outcome as Outcome | null) ?? undefined,
    outcomeOn: day(row.outcome_on),
    keepUntil: day(row.keep_until),
    closedOn: day(row.closed_on),
  }
}

/** The local review of an incident; undefined when there is none, or none that the acting person may see. */
export async function readLocalReview(tx: Tx, incidentId: string): Promise<LocalReview | undefined> {
  const row = await reviewQuery(tx).where('local_review.incident_id', '=', incidentId).executeTakeFirst()
  return row && toReview(row)
}

/** These, by id. */
export async function localReviewsById(tx: Tx, reviewIds: readonly string[]): Promise<Map<string, LocalReview>> {
  const rows = await reviewQuery(tx)
    .where(sql<boolean>`local_review.review_id = any (${[...reviewIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.review_id, toReview(row)]))
}

/** Local reviews that are not closed and that the acting person may see, the earliest due first. */
export async function openLocalReviews(tx: Tx): Promise<LocalReview[]> {
  const rows = await reviewQuery(tx)
    .where('local_review.closed_on', 'is', null)
    .orderBy('local_review.due_on')
    .orderBy('incident.reference')
    .execute()
  return rows.map(toReview)
}

export interface Decision {
  decidedOn: CivilDate
  decidedFrom: DecisionSource
  reasons: string
  criteria: readonly LocalReviewCriterion[]
  dueOn: CivilDate
  dueRule: string
}

function decisionColumns(decision: Decision) {
  return {
    decided_on: decision.decidedOn,
    decided_from: decision.decidedFrom,
    reasons: decision.reasons,
    criteria: [...decision.criteria],
    due_on: decision.dueOn,
    due_rule: decision.dueRule,
  }
}

export async function insertLocalReview(tx: Tx, place: ReviewPlace, decision: Decision): Promise<void> {
  await tx
    .insertInto('local_review')
    .values({
      ...columnsOfReview(place),
      ...decisionColumns(decision),
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .execute()
}

export async function updateDecision(tx: Tx, { reviewId }: ReviewPlace, decision: Decision): Promise<void> {
  await tx.updateTable('local_review').set(decisionColumns(decision)).where('review_id', '=', reviewId).execute()
}

/** Days of the review that follow from what is recorded elsewhere, or are set by those who lead it. */
export async function updateDays(
  tx: Tx,
  { reviewId }: ReviewPlace,
  days: {
    expectedOn?: CivilDate | undefined
    publishOn?: CivilDate | null | undefined
    sentAheadOn?: CivilDate | undefined
    closedOn?: CivilDate | null | undefined
  },
): Promise<void> {
  await tx
    .updateTable('local_review')
    .set({
      expected_on: days.expectedOn,
      publish_on: days.publishOn,
      sent_ahead_on: days.sentAheadOn,
      closed_on: days.closedOn,
    })
    .where('review_id', '=', reviewId)
    .execute()
}

export async function updateOutcome(
  tx: Tx,
  { reviewId }: ReviewPlace,
  ended: { outcome: Outcome; on: CivilDate; keepUntil: CivilDate | undefined },
): Promise<void> {
  await tx
    .updateTable('local_review')
    .set({
      outcome: ended.outcome,
      outcome_on: ended.on,
      keep_until: ended.keepUntil ?? null,
    })
    .where('review_id', '=', reviewId)
    .execute()
}

/** The stages as a partnership saved them; undefined where it never did. */
export async function readStagePlan(
  tx: Tx,
  partnershipCode: string,
): Promise<{ stages: Stage[]; revision: number } | undefined> {
  const row = await tx
    .selectFrom('review_stage_plan')
    .select(['stages', 'revision'])
    .where('partnership_code', '=', partnershipCode)
    .executeTakeFirst()
  return row && { stages: row.stages as unknown as Stage[], revision: row.revision }
}

export async function saveStagePlan(tx: Tx, partnershipCode: string, stages: readonly Stage[]): Promise<void> {
  const saved = { stages: JSON.stringify(stages), saved_by: personOf(tx) ?? null, saved_at: contextOf(tx).now }
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

export interface Reviewer {
  id: string
  name: string
  background: string
  accountId: string | undefined
  declaresConflict: boolean
  declaration: string
  declaredOn: CivilDate
  judgement: { decision: Judgement; reasons: string | undefined; by: string; on: CivilDate } | undefined
  appointedOn: CivilDate | undefined
  daysAgreed: number | undefined
  endedOn: CivilDate | undefined
  endReason: string | undefined
  revision: number
}

/** Those who were considered, appointed and not, in the order in which they were recorded. */
export async function reviewersOf(tx: Tx, reviewId: string): Promise<Reviewer[]> {
  return (await reviewersOfAll(tx, [reviewId])).get(reviewId) ?? []
}

export async function reviewersOfAll(tx: Tx, reviewIds: readonly string[]): Promise<Map<string, Reviewer[]>> {
  const rows = await tx
    .selectFrom('reviewer_appointment')
    .selectAll()
    .where(sql<boolean>`review_id = any (${[...reviewIds]}::uuid[])`)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  const reviewers = rows.map(row => ({
    reviewId: row.review_id,
    id: row.id,
    name: row.name,
    background: row.background,
    accountId: row.account_id ?? undefined,
    declaresConflict: row.declares_conflict,
    declaration: row.declaration,
    declaredOn: row.declared_on as CivilDate,
    judgement:
      row.judgement && row.judged_by && row.judged_on
        ? {
            decision: row.judgement as Judgement,
            reasons: row.judgement_reasons ?? undefined,
            by: row.judged_by,
            on: row.judged_on as CivilDate,
          }
        : undefined,
    appointedOn: day(row.appointed_on),
    daysAgreed: row.days_agreed ?? undefined,
    endedOn: day(row.ended_on),
    endReason: row.end_reason ?? undefined,
    revision: row.revision,
  }))
  return Map.groupBy(reviewers, ({ reviewId }) => reviewId)
}

/** All that is known of a reviewer, stored once more. */
export async function saveReviewer(
  tx: Tx,
  place: ReviewPlace,
  reviewer: Omit<Reviewer, 'id' | 'revision'>,
  id?: string,
): Promise<string> {
  const values = {
    name: reviewer.name,
    background: reviewer.background,
    account_id: reviewer.accountId ?? null,
    declares_conflict: reviewer.declaresConflict,
    declaration: reviewer.declaration,
    declared_on: reviewer.declaredOn,
    judgement: reviewer.judgement?.decision ?? null,
    judgement_reasons: reviewer.judgement?.reasons ?? null,
    judged_by: reviewer.judgement?.by ?? null,
    judged_on: reviewer.judgement?.on ?? null,
    appointed_on: reviewer.appointedOn ?? null,
    days_agreed: reviewer.daysAgreed ?? null,
    ended_on: reviewer.endedOn ?? null,
    end_reason: reviewer.endReason ?? null,
  }
  if (id) {
    await tx
      .updateTable('reviewer_appointment')
      .set(eb => ({ ...values, revision: eb('revision', '+', 1) }))
      .where('id', '=', id)
      .where('review_id', '=', place.reviewId)
      .execute()
    return id
  }
  const row = await tx
    .insertInto('reviewer_appointment')
    .values({
      ...columnsOfReview(place),
      ...values,
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export type TermsDraft = AnswerDraft<TermsAnswers> & ReviewPlace

export async function readTerms(tx: Tx, place: ReviewPlace): Promise<TermsDraft> {
  const row = await tx
    .selectFrom('terms_of_reference')
    .select(['answers', 'typed', 'revision', 'page_revisions'])
    .where('review_id', '=', place.reviewId)
    .executeTakeFirst()
  const { reviewId, incidentId, authorityCode, partnershipCode } = place
  return {
    reviewId,
    incidentId,
    authorityCode,
    partnershipCode,
    ...draftFrom<TermsAnswers>(row ?? { answers: {}, typed: {}, revision: 0, page_revisions: {} }),
  }
}

export async function saveTerms(tx: Tx, draft: TermsDraft): Promise<void> {
  const columns = draftColumns(draft)
  await tx
    .insertInto('terms_of_reference')
    .values({ ...columnsOfReview(draft), ...columns })
    .onConflict(conflict => conflict.column('review_id').doUpdateSet(columns))
    .execute()
}

export interface TermsVersion {
  version: number
  answers: TermsAnswers
  agreedOn: CivilDate
  whyChanged: string | undefined
  recordedBy: string | undefined
  recordedAt: Date
}

/** The versions the partners agreed, the first one first. */
export async function termsVersionsOf(tx: Tx, reviewId: string): Promise<TermsVersion[]> {
  const rows = await tx
    .selectFrom('terms_of_reference_version')
    .leftJoin('person', 'person.id', 'terms_of_reference_version.recorded_by')
    .select(['version', 'answers', 'agreed_on', 'why_changed', 'recorded_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('version')
    .execute()
  return rows.map(row => ({
    version: row.version,
    answers: row.answers as unknown as TermsAnswers,
    agreedOn: row.agreed_on as CivilDate,
    whyChanged: row.why_changed ?? undefined,
    recordedBy: row.name ?? undefined,
    recordedAt: row.recorded_at,
  }))
}

/** Those of these reviews whose terms of reference were agreed. */
export async function withAgreedTerms(tx: Tx, reviewIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('terms_of_reference_version')
    .select('review_id')
    .distinct()
    .where(sql<boolean>`review_id = any (${[...reviewIds]}::uuid[])`)
    .execute()
  return new Set(rows.map(row => row.review_id))
}

export async function insertTermsVersion(
  tx: Tx,
  place: ReviewPlace,
  { version, answers, agreedOn, whyChanged }: Pick<TermsVersion, 'version' | 'answers' | 'agreedOn' | 'whyChanged'>,
): Promise<void> {
  await tx
    .insertInto('terms_of_reference_version')
    .values({
      ...columnsOfReview(place),
      version,
      form_version: String(termsForm.version),
      answers: JSON.stringify(answers),
      agreed_on: agreedOn,
      why_changed: whyChanged ?? null,
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .execute()
}

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

/** The learning points of a review, by number. */
export async function learningPointsOf(tx: Tx, reviewId: string): Promise<LearningPoint[]> {
  const rows = await tx
    .selectFrom('learning_point')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('number')
    .execute()
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    text: row.text,
    theme: row.theme as Theme,
    cleared:
      row.cleared_text && row.cleared_by && row.cleared_on && row.asked
        ? {
            text: row.cleared_text,
            by: row.cleared_by,
            on: row.cleared_on as CivilDate,
            asked: row.asked as ClearingAsked,
            askedOn: day(row.asked_on),
            answer: row.asked_answer ?? undefined,
          }
        : undefined,
    revision: row.revision,
  }))
}

export async function insertLearningPoint(
  tx: Tx,
  place: ReviewPlace,
  { text, theme }: Pick<LearningPoint, 'text' | 'theme'>,
): Promise<string> {
  const row = await tx
    .insertInto('learning_point')
    .values({
      ...columnsOfReview(place),
      number: eb =>
        eb
          .selectFrom('learning_point as other')
          .select(sql<number>`coalesce(max(other.number), 0) + 1`.as('next'))
          .where('other.review_id', '=', place.reviewId),
      text,
      theme,
      added_by: personOf(tx) ?? null,
      added_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** A point with its clearing, or without one. @returns false where the acting person may not change it */
export async function updateLearningPoint(
  tx: Tx,
  { reviewId }: ReviewPlace,
  { id, text, theme, cleared }: Pick<LearningPoint, 'id' | 'text' | 'theme'> & { cleared: Clearing | undefined },
): Promise<boolean> {
  const result = await tx
    .updateTable('learning_point')
    .set(eb => ({
      text,
      theme,
      cleared_text: cleared?.text ?? null,
      cleared_by: cleared?.by ?? null,
      cleared_on: cleared?.on ?? null,
      asked: cleared?.asked ?? null,
      asked_on: cleared?.askedOn ?? null,
      asked_answer: cleared?.answer ?? null,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .where('review_id', '=', reviewId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface Sending {
  id: string
  what: SentThing
  sentTo: SentTo[]
  sentOn: CivilDate
  /** Of the report drafted here. */
  version: number | undefined
  note: string | undefined
  recordedBy: string | undefined
  recordedAt: Date
}

/** What was sent ahead of publication, the oldest first. */
export async function sendingsOf(tx: Tx, reviewId: string): Promise<Sending[]> {
  const rows = await tx
    .selectFrom('local_review_sending')
    .leftJoin('person', 'person.id', 'local_review_sending.recorded_by')
    .select(['local_review_sending.id', 'what', 'sent_to', 'sent_on', 'version', 'note', 'recorded_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('recorded_at')
    .orderBy('local_review_sending.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    what: row.what as SentThing,
    sentTo: row.sent_to as SentTo[],
    sentOn: row.sent_on as CivilDate,
    version: row.version ?? undefined,
    note: row.note ?? undefined,
    recordedBy: row.name ?? undefined,
    recordedAt: row.recorded_at,
  }))
}

export async function insertSending(
  tx: Tx,
  place: ReviewPlace,
  sending: Pick<Sending, 'what' | 'sentTo' | 'sentOn' | 'version' | 'note'>,
): Promise<string> {
  const row = await tx
    .insertInto('local_review_sending')
    .values({
      ...columnsOfReview(place),
      what: sending.what,
      sent_to: [...sending.sentTo],
      sent_on: sending.sentOn,
      version: sending.version ?? null,
      note: sending.note ?? null,
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
