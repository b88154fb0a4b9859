import { sql } from 'kysely'
import { withinReach } from '../../platform/access/index.ts'
import type { Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { civilDate, type CivilDate } from '../../platform/dates.ts'
import { isTheme, type Theme } from '../../reference-data/index.ts'
import type { AddresseeKind, Status } from '../recommendation.ts'
import { deliveryTold, type DeliveryTold, type Effect } from '../moves.ts'
import type { Later, Worked } from './comes-up-again.ts'

/** Whether what somebody was asked earlier worked: both sides of it, as far as the acting person may see them. */
export interface ThemeQuestion {
  questionId: string
  addresseeId: string
  number: string
  text: string
  intendedChange: string
  measure: string
  kind: AddresseeKind
  /** Empty for a body that is not in the list of bodies, and so has no account. */
  bodyCode: string
  bodyName: string
  delivery: DeliveryTold
  effect: Effect
  /** What was judged last, and by whom; empty before. */
  judged: string
  judgedBy: string
  judgedAt: Date | null
  themes: readonly Theme[]
  askedAt: Date
  answer: Worked | null
  words: string
  answeredBy: string
  cameByLink: boolean
  answeredAt: Date | null
  /** A later review that it is asked for is published. */
  isPublic: boolean
  /** Of the recommendation as a whole. */
  status: Status
  isNational: boolean
}

/** What it is asked for. */
export interface Cause {
  kind: Later['kind']
  on: CivilDate
  themes: readonly Theme[]
  incidentId: string
  reference: string
}

export async function readQuestion(tx: Tx, questionId: string): Promise<ThemeQuestion | undefined> {
  const row = await questions(tx).where('theme_question.question_id', '=', questionId).executeTakeFirst()
  return row && questionFrom(row)
}

/** The latest that the acting person may see, those without an answer first. */
export async function latestQuestions(tx: Tx): Promise<ThemeQuestion[]> {
  const rows = await questions(tx)
    // Which they are first: what is told of each is looked up for no more than these.
    .where('theme_question.question_id', 'in', eb =>
      eb
        .selectFrom('theme_question as latest')
        .select('latest.question_id')
        .orderBy(sql`latest.answer is null`, 'desc')
        .orderBy('latest.asked_at', 'desc')
        .limit(100),
    )
    .orderBy(sql`theme_question.answer is null`, 'desc')
    .orderBy('theme_question.asked_at', 'desc')
    .execute()
  return rows.map(questionFrom)
}

/** The newest first. */
export async function questionsAbout(tx: Tx, recommendationId: string): Promise<ThemeQuestion[]> {
  const rows = await questions(tx)
    .where('theme_question.recommendation_id', '=', recommendationId)
    .orderBy('theme_question.asked_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(questionFrom)
}

/** What waits for a body's answer, the oldest first. */
export async function openQuestions(tx: Tx, bodyCode: string): Promise<ThemeQuestion[]> {
  const rows = await questions(tx)
    .where('theme_question.body_code', '=', bodyCode)
    .where('theme_question.answer', 'is', null)
    .orderBy('theme_question.asked_at')
    .limit(20)
    .execute()
  return rows.map(questionFrom)
}

/** Asked of bodies without an account that were sent no link yet: of what the acting person writes for. */
export async function withoutAccount(tx: Tx, acting: Acting): Promise<ThemeQuestion[]> {
  const rows = await questions(tx)
    .where('theme_question.body_code', 'is', null)
    .where('theme_question.answer', 'is', null)
    .where(withinReach('theme_question', acting.role, 'write', 'recommendation'))
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('link')
            .select('link.id')
            .whereRef('link.object_id', '=', 'theme_question.question_id')
            .where('link.purpose', '=', 'did-it-work')
            .where('link.ended_at', 'is', null),
        ),
      ),
    )
    .orderBy('theme_question.asked_at')
    .limit(20)
    .execute()
  return rows.map(questionFrom)
}

/** Answered since what it is about was judged: its judge looks at the judgement again. */
export async function answeredSinceJudged(tx: Tx, kinds: readonly AddresseeKind[]): Promise<ThemeQuestion[]> {
  const rows = await questions(tx)
    .where('theme_question.question_id', 'in', eb =>
      eb
        .selectFrom('theme_question as answered')
        .innerJoin('recommendation_addressee as judged', 'judged.addressee_id', 'answered.addressee_id')
        .select('answered.question_id')
        .where('judged.kind', 'in', kinds)
        .where('judged.effect', '<>', 'not-looked-at')
        .whereRef('judged.effect_at', '<', 'answered.answered_at')
        .orderBy('answered.answered_at')
        .limit(20),
    )
    .orderBy('theme_question.answered_at')
    .execute()
  return rows.map(questionFrom)
}

export async function causesOf(tx: Tx, questionId: string): Promise<Cause[]> {
  const rows = await tx
    .selectFrom('theme_question_cause as cause')
    .innerJoin('incident', 'incident.incident_id', 'cause.incident_id')
    .select(['cause.kind', 'cause.later_on', 'cause.themes', 'cause.incident_id', 'incident.reference'])
    .where('cause.question_id', '=', questionId)
    .orderBy('cause.later_on')
    .orderBy('incident.reference')
    .execute()
  return rows.map(row => ({
    kind: row.kind as Later['kind'],
    on: civilDate(row.later_on),
    themes: row.themes.filter(isTheme),
    incidentId: row.incident_id,
    reference: row.reference,
  }))
}

export async function saveAnswer(
  tx: Tx,
  questionId: string,
  answer: { answer: Worked; words: string; saidBy: string; personId: string | null; linkId: string | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('theme_question')
    .set({
      answer: answer.answer,
      words: answer.words,
      said_by: answer.saidBy,
      person_id: answer.personId,
      link_id: answer.linkId,
      answered_at: answer.at,
    })
    .where('question_id', '=', questionId)
    .where('answer', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function questions(tx: Tx) {
  return tx
    .selectFrom('theme_question')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'theme_question.recommendation_id')
    .innerJoin('recommendation_addressee as owed', 'owed.addressee_id', 'theme_question.addressee_id')
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('recommendation_move')
          .select(['words', 'said_by', 'at'])
          .whereRef('recommendation_move.addressee_id', '=', 'theme_question.addressee_id')
          .where('axis', '=', 'effect')
          .where('part', 'in', ['judge', 'panel'])
          .orderBy('turn', 'desc')
          .limit(1)
          .as('judged'),
      join => join.onTrue(),
    )
    .select([
      'theme_question.question_id',
      'theme_question.addressee_id',
      'theme_question.themes',
      'theme_question.asked_at',
      'theme_question.answer',
      'theme_question.words',
      'theme_question.answered_at',
      'theme_question.body_code',
      'theme_question.is_public',
      'recommendation.status',
      'recommendation.incident_id as recommendation_incident',
      'recommendation.number',
      'recommendation.text',
      'recommendation.intended_change',
      'recommendation.measure',
      'owed.kind',
      'owed.body_name',
      'owed.delivery',
      'owed.delivery_at',
      'owed.effect',
      'theme_question.said_by',
      'theme_question.link_id',
      'judged.words as judged_words',
      'judged.said_by as judged_by',
      'judged.at as judged_at',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof questions>['execute']>>[number]

function questionFrom(row: Row): ThemeQuestion {
  return {
    questionId: row.question_id,
    addresseeId: row.addressee_id,
    number: row.number,
    text: row.text,
    intendedChange: row.intended_change,
    measure: row.measure,
    kind: row.kind as AddresseeKind,
    bodyCode: row.body_code ?? '',
    bodyName: row.body_name,
    delivery: deliveryTold(row.delivery, row.delivery_at),
    effect: row.effect as Effect,
    judged: row.judged_words ?? '',
    judgedBy: row.judged_by ?? '',
    judgedAt: row.judged_at,
    themes: row.themes.filter(isTheme),
    askedAt: row.asked_at,
    answer: row.answer as Worked | null,
    words: row.words,
    answeredBy: row.said_by,
    cameByLink: row.link_id !== null,
    answeredAt: row.answered_at,
    isPublic: row.is_public,
    status: row.status as Status,
    isNational: row.recommendation_incident === null,
  }
}
