import { sql } from 'kysely'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { londonDate, londonInstant, type CivilDate } from '../../platform/dates.ts'
import { isTheme, readBody, type Theme } from '../../reference-data/index.ts'
import { natureNames, notificationDueOn, type Nature } from '../../notifications/index.ts'
import { rapidReviewOutcomes } from '../../reviews/index.ts'
import { checkText } from '../../documents/index.ts'
import { actionsOfYear } from '../actions/action-store.ts'
import { actionToCheck } from '../actions/recognised.ts'
import { askedOfPartnership } from '../actions/asked-store.ts'
import type { Effect, Reply } from '../moves.ts'
import { publicStatesOf, type PublicStates } from './public-states.ts'
import { areaAnswers } from '../national/national-store.ts'
import { yearSpan, type YearFacts } from './report.ts'

/** All that the record holds of a partnership's year. */
export async function yearFacts(tx: Tx, partnershipCode: string, year: number): Promise<YearFacts> {
  const { from, until } = yearSpan(year)
  const span = { partnershipCode, from: londonInstant(from, '00:00'), until: londonInstant(until, '00:00') }
  const days = { partnershipCode, from, until }
  const { today } = contextOf(tx)
  const recommendations = await recommendationsOf(tx, partnershipCode, span.until)
  const told = await publicStatesOf(tx, partnershipCode)
  const actions: YearFacts['actions'][number][] = []
  for (const action of await actionsOfYear(tx, days)) {
    const isDecided =
      action.servesPublished && !(await checkText(tx, await actionToCheck(tx, action))).some(({ isOpen }) => isOpen)
    actions.push({ ...action, isDecided })
  }
  return {
    partnershipName: (await readBody(tx, partnershipCode))?.name ?? partnershipCode,
    year,
    asAt: today,
    notifications: await notificationsOf(tx, span),
    rapidReviews: await rapidReviewsOf(tx, span),
    localReviews: await localReviewsOf(tx, days),
    themes: await themesOf(tx, span),
    recommendations: recommendations.map(({ row, isPublished }) => ({
      number: row.reference,
      text: row.text,
      owner: row.owner,
      reply: row.reply,
      delivery: row.delivery,
      effect: row.effect,
      told: toldOf(told, row.addresseeId, row.reply),
      isPublished,
    })),
    judgements: await judgementsOf(tx, span, told.unseen),
    national: await nationalOf(tx, partnershipCode, told),
    actions,
  }
}

interface Span {
  partnershipCode: string
  from: Date
  until: Date
}
interface Days {
  partnershipCode: string
  from: CivilDate
  until: CivilDate
}

async function notificationsOf(tx: Tx, { partnershipCode, from, until }: Span): Promise<YearFacts['notifications']> {
  const rows = await tx
    .selectFrom('incident')
    .select(['reference', 'nature', 'aware_on', 'notified_at'])
    .where('partnership_code', '=', partnershipCode)
    .where('notified_at', '>=', from)
    .where('notified_at', '<', until)
    .orderBy('notified_at')
    .orderBy('reference')
    .execute()
  return rows.flatMap(row => {
    if (!row.notified_at) return []
    const notifiedOn = londonDate(row.notified_at)
    return {
      reference: row.reference,
      nature: natureNames[row.nature as Nature] ?? 'Not known',
      notifiedOn,
      inTime: row.aware_on === null ? null : isInTime(row.aware_on as CivilDate, notifiedOn),
    }
  })
}

function isInTime(awareOn: CivilDate, notifiedOn: CivilDate): boolean | null {
  const dueOn = notificationDueOn(awareOn, notifiedOn)
  return dueOn === undefined ? null : notifiedOn <= dueOn
}

async function rapidReviewsOf(tx: Tx, { partnershipCode, from, until }: Span): Promise<YearFacts['rapidReviews']> {
  const rows = await tx
    .selectFrom('rapid_review')
    .innerJoin('incident', 'incident.incident_id', 'rapid_review.incident_id')
    .select(['incident.reference', 'rapid_review.due_on', 'rapid_review.sent_at', 'rapid_review.outcomes'])
    .where('rapid_review.partnership_code', '=', partnershipCode)
    .where('rapid_review.opened_at', '<', until)
    .where(eb => eb.or([eb('rapid_review.sent_at', 'is', null), eb('rapid_review.sent_at', '>=', from)]))
    .orderBy('rapid_review.due_on')
    .orderBy('incident.reference')
    .execute()
  return rows.map(row => ({
    reference: row.reference,
    dueOn: row.due_on as CivilDate,
    sentOn: row.sent_at && londonDate(row.sent_at),
    outcomes: (row.outcomes ?? []).flatMap(outcome =>
      Object.hasOwn(rapidReviewOutcomes, outcome)
        ? rapidReviewOutcomes[outcome as keyof typeof rapidReviewOutcomes]
        : [],
    ),
  }))
}

async function localReviewsOf(tx: Tx, { partnershipCode, from, until }: Days): Promise<YearFacts['localReviews']> {
  const rows = await tx
    .selectFrom('local_review')
    .innerJoin('incident', 'incident.incident_id', 'local_review.incident_id')
    .select([
      'incident.reference',
      'local_review.decided_on',
      'local_review.due_on',
      'local_review.expected_on',
      'local_review.outcome',
      'local_review.outcome_on',
    ])
    .where('local_review.partnership_code', '=', partnershipCode)
    .where('local_review.decided_on', '<', until)
    .where(eb => eb.or([eb('local_review.outcome_on', 'is', null), eb('local_review.outcome_on', '>=', from)]))
    .orderBy('local_review.decided_on')
    .execute()
  return rows.map(row => ({
    reference: row.reference,
    decidedOn: row.decided_on as CivilDate,
    dueOn: row.due_on as CivilDate,
    expectedOn: row.expected_on as CivilDate | null,
    outcome: row.outcome,
    outcomeOn: row.outcome_on as CivilDate | null,
  }))
}

async function themesOf(tx: Tx, { partnershipCode, from, until }: Span): Promise<Map<Theme, number>> {
  const points = await tx
    .selectFrom('letter_point')
    .innerJoin('letter', 'letter.letter_id', 'letter_point.letter_id')
    .select('letter_point.theme')
    .where('letter_point.partnership_code', '=', partnershipCode)
    .where('letter_point.status', '=', 'sent')
    .where('letter.sent_at', '>=', from)
    .where('letter.sent_at', '<', until)
    .execute()
  const issued = await tx
    .selectFrom('recommendation')
    .select('themes')
    .where('partnership_code', '=', partnershipCode)
    .where('issued_at', '>=', from)
    .where('issued_at', '<', until)
    .execute()
  const counted = new Map<Theme, number>()
  for (const theme of [...points.map(point => point.theme), ...issued.flatMap(row => row.themes)]) {
    if (isTheme(theme)) counted.set(theme, (counted.get(theme) ?? 0) + 1)
  }
  return counted
}

async function recommendationsOf(tx: Tx, partnershipCode: string, until: Date) {
  const asked = await askedOfPartnership(tx, { partnershipCode, open: false })
  const local = asked.flatMap(one => (one.kind === 'local-recommendation' ? one : []))
  if (local.length === 0) return []
  const rows = await tx
    .selectFrom('recommendation')
    .select(['recommendation_id', 'published_at', 'issued_at'])
    .where('partnership_code', '=', partnershipCode)
    .where('issued_at', '<', until)
    .execute()
  const known = new Map(rows.map(row => [row.recommendation_id, row]))
  return local.flatMap(row => {
    const of = known.get(row.recommendationId)
    return of ? { row, isPublished: of.published_at !== null } : []
  })
}

async function judgementsOf(
  tx: Tx,
  { partnershipCode, from, until }: Span,
  unseen: ReadonlySet<string>,
): Promise<YearFacts['judgements']> {
  const rows = await tx
    .selectFrom('recommendation_move')
    .innerJoin('recommendation_addressee', 'recommendation_addressee.addressee_id', 'recommendation_move.addressee_id')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
    .select([
      'recommendation.number',
      'recommendation.incident_id',
      'recommendation.published_at',
      'recommendation_move.move_id',
      'recommendation_move.to_state',
      'recommendation_move.words',
      'recommendation_move.said_by',
      'recommendation_move.said_on',
    ])
    .where('recommendation_addressee.partnership_code', '=', partnershipCode)
    .where('recommendation_move.axis', '=', 'effect')
    .where(sql<boolean>`recommendation_move.part <> 'owner'`)
    .where('recommendation_move.at', '>=', from)
    .where('recommendation_move.at', '<', until)
    .orderBy('recommendation_move.at')
    .execute()
  return rows.map(row => ({
    number: row.number,
    effect: row.to_state as Effect,
    words: row.words,
    by: row.said_by,
    on: row.said_on as CivilDate,
    isPublished: (row.incident_id === null || row.published_at !== null) && !unseen.has(row.move_id),
  }))
}

type Told = Awaited<ReturnType<typeof publicStatesOf>>

function toldOf({ byAddressee }: Told, addresseeId: string, reply: Reply): Required<PublicStates> {
  return { reply, delivery: 'not-told', effect: 'not-looked-at', ...byAddressee.get(addresseeId) }
}

async function nationalOf(tx: Tx, partnershipCode: string, told: Told): Promise<YearFacts['national']> {
  const asked = await askedOfPartnership(tx, { partnershipCode, open: false })
  const found: YearFacts['national'][number][] = []
  for (const one of asked) {
    if (one.kind !== 'national-recommendation') continue
    const answers = await areaAnswers(tx, one.recommendationId)
    const mine = answers.find(answer => answer.partnershipCode === partnershipCode)
    found.push({
      number: one.reference,
      text: one.text,
      answer: mine?.answer ?? null,
      words: mine?.words ?? '',
      evidence: mine?.evidence ?? '',
      askedBy: one.askedBy,
      delivery: one.delivery,
      effect: one.effect,
      told: toldOf(told, one.addresseeId, one.reply),
    })
  }
  return found
}

export interface Statement {
  words: string
  revision: number
  byName: string
  savedAt: Date
}

/** What people wrote beside the parts of a report, by part. */
export async function statementsOf(tx: Tx, partnershipCode: string, year: number): Promise<Map<string, Statement>> {
  const rows = await tx
    .selectFrom('report_statement')
    .innerJoin('person', 'person.id', 'report_statement.person_id')
    .select(['part', 'words', 'revision', 'saved_at', 'person.name'])
    .where('partnership_code', '=', partnershipCode)
    .where('year', '=', year)
    .execute()
  return new Map(
    rows.map(row => [row.part, { words: row.words, revision: row.revision, byName: row.name, savedAt: row.saved_at }]),
  )
}

/** @returns false when somebody saved it since */
export async function storeStatement(
  tx: Tx,
  saved: { partnershipCode: string; year: number; part: string; words: string; seenRevision: number; personId: string },
): Promise<boolean> {
  const { partnershipCode, year, part, words, seenRevision, personId } = saved
  const change = { words, person_id: personId, saved_at: contextOf(tx).now }
  const written =
    seenRevision === 0
      ? await tx
          .insertInto('report_statement')
          .values({ partnership_code: partnershipCode, year, part, ...change })
          .onConflict(conflict => conflict.columns(['partnership_code', 'year', 'part']).doNothing())
          .executeTakeFirst()
          .then(result => result.numInsertedOrUpdatedRows)
      : await tx
          .updateTable('report_statement')
          .set({ ...change, revision: seenRevision + 1 })
          .where('partnership_code', '=', partnershipCode)
          .where('year', '=', year)
          .where('part', '=', part)
          .where('revision', '=', seenRevision)
          .executeTakeFirst()
          .then(result => result.numUpdatedRows)
  return written === 1n
}
