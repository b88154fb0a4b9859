import { sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import type { Delivery, Reply } from '../moves.ts'
import type { EvidenceKind, Status } from '../recommendation.ts'
import type { NationalAnswerKind, RollUpRow } from './answer.ts'

export interface NationalRecommendation {
  recommendationId: string
  number: string
  text: string
  sourceName: string
  intendedChange: string
  themes: string[]
  status: Status
}

export async function readNational(tx: Tx, recommendationId: string): Promise<NationalRecommendation | undefined> {
  const row = await tx
    .selectFrom('recommendation')
    .select(['recommendation_id', 'number', 'text', 'source_name', 'intended_change', 'themes', 'status'])
    .where('recommendation_id', '=', recommendationId)
    .where('incident_id', 'is', null)
    .where('status', 'not in', ['draft', 'out-for-comment'])
    .executeTakeFirst()
  return (
    row && {
      recommendationId: row.recommendation_id,
      number: row.number,
      text: row.text,
      sourceName: row.source_name,
      intendedChange: row.intended_change,
      themes: row.themes,
      status: row.status as Status,
    }
  )
}

/** How partnerships answered, by region: one row for each region it was sent to. */
export async function rollUp(tx: Tx, recommendationId: string): Promise<RollUpRow[]> {
  const { rows } = await sql<
    Record<'we_will' | 'in_place' | 'not_now' | 'none' | 'sent', string> & { code: string | null; name: string | null }
  >`
    select region.code, region.name, count(*) as sent,
      count(*) filter (where latest.answer = 'we-will') as we_will,
      count(*) filter (where latest.answer = 'already-in-place') as in_place,
      count(*) filter (where latest.answer = 'not-now') as not_now,
      count(*) filter (where latest.answer is null) as none
    from recommendation_addressee addressed
    join body on body.code = addressed.partnership_code
    left join region on region.code = body.region_code
    left join (
      select distinct on (national_answer.addressee_id) national_answer.addressee_id, national_answer.answer
      from national_answer where national_answer.recommendation_id = ${recommendationId}
      order by national_answer.addressee_id, national_answer.at desc, national_answer.answer_id
    ) latest on latest.addressee_id = addressed.addressee_id
    where addressed.recommendation_id = ${recommendationId} and addressed.kind = 'partnership'
    group by region.code, region.name
    order by region.name nulls last`.execute(tx)
  return rows.map(row => ({
    regionCode: row.code ?? '',
    region: row.name ?? 'No region',
    'we-will': Number(row.we_will),
    'already-in-place': Number(row.in_place),
    'not-now': Number(row.not_now),
    none: Number(row.none),
    sent: Number(row.sent),
  }))
}

export interface AreaAnswer {
  addresseeId: string
  partnershipCode: string
  partnershipName: string
  regionCode: string
  /** Null where there is none yet. */
  answer: NationalAnswerKind | null
  words: string
  evidence: string
  at: Date | null
  reply: Reply
  delivery: Delivery
  askedBy: CivilDate | null
}

/** The last answer of each partnership that the acting person may see. */
export async function areaAnswers(tx: Tx, recommendationId: string): Promise<AreaAnswer[]> {
  const rows = await tx
    .selectFrom('recommendation_addressee')
    .innerJoin('body', 'body.code', 'recommendation_addressee.partnership_code')
    .leftJoin(
      eb =>
        eb
          .selectFrom('national_answer')
          .distinctOn('national_answer.addressee_id')
          .selectAll('national_answer')
          .where('national_answer.recommendation_id', '=', recommendationId)
          .orderBy('national_answer.addressee_id')
          .orderBy('national_answer.at', 'desc')
          .orderBy('national_answer.answer_id')
          .as('latest'),
      join => join.onRef('latest.addressee_id', '=', 'recommendation_addressee.addressee_id'),
    )
    .select([
      'recommendation_addressee.addressee_id',
      'recommendation_addressee.partnership_code',
      'recommendation_addressee.reply',
      'recommendation_addressee.delivery',
      'recommendation_addressee.reply_asked_by',
      'body.name',
      'body.region_code',
      'latest.answer',
      'latest.words',
      'latest.evidence',
      'latest.at',
    ])
    .where('recommendation_addressee.recommendation_id', '=', recommendationId)
    .where('recommendation_addressee.kind', '=', 'partnership')
    .orderBy('body.name')
    .execute()
  return rows.map(row => ({
    addresseeId: row.addressee_id,
    partnershipCode: row.partnership_code ?? '',
    partnershipName: row.name,
    regionCode: row.region_code ?? '',
    answer: row.answer as NationalAnswerKind | null,
    words: row.words ?? '',
    evidence: row.evidence ?? '',
    at: row.at,
    reply: row.reply as Reply,
    delivery: row.delivery as Delivery,
    askedBy: row.reply_asked_by as CivilDate | null,
  }))
}

export interface EarlierAnswer {
  number: string
  text: string
  answer: NationalAnswerKind
  words: string
  evidence: string
  at: Date
}

/** What the partnership said before on one of these themes, the newest first. */
export async function earlierAnswers(
  tx: Tx,
  about: { partnershipCode: string; themes: readonly string[]; except: string },
): Promise<EarlierAnswer[]> {
  const rows = await tx
    .selectFrom('national_answer')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'national_answer.recommendation_id')
    .select([
      'recommendation.number',
      'recommendation.text',
      'national_answer.answer',
      'national_answer.words',
      'national_answer.evidence',
      'national_answer.at',
    ])
    .where('national_answer.partnership_code', '=', about.partnershipCode)
    .where('national_answer.recommendation_id', '<>', about.except)
    .where(sql<boolean>`recommendation.themes && ${[...about.themes]}::text[]`)
    .orderBy('national_answer.at', 'desc')
    .limit(5)
    .execute()
  return rows.map(row => ({ ...row, answer: row.answer as NationalAnswerKind }))
}

export interface SampleAsk {
  askId: string
  addresseeId: string
  recommendationId: string
  partnershipCode: string
  partnershipName: string
  number: string
  askedBy: CivilDate
  words: string | null
  evidenceKind: EvidenceKind | null
  answeredAt: Date | null
}

export async function samplesOf(
  tx: Tx,
  recommendationId: string,
): Promise<{ sampleId: string; seed: string; size: number; drawnFrom: string[]; askedBy: CivilDate; at: Date }[]> {
  const rows = await tx
    .selectFrom('evidence_sample')
    .select(['sample_id', 'seed', 'size', 'drawn_from', 'asked_by', 'at'])
    .where('recommendation_id', '=', recommendationId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(row => ({
    sampleId: row.sample_id,
    seed: row.seed,
    size: row.size,
    drawnFrom: row.drawn_from,
    askedBy: row.asked_by as CivilDate,
    at: row.at,
  }))
}

/** Who was asked for evidence, as far as the acting person may see. */
export async function evidenceAsks(tx: Tx, about: { recommendationId?: string; open?: true }): Promise<SampleAsk[]> {
  const rows = await tx
    .selectFrom('evidence_ask')
    .innerJoin('body', 'body.code', 'evidence_ask.partnership_code')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'evidence_ask.recommendation_id')
    .select([
      'recommendation.number',
      'evidence_ask.ask_id',
      'evidence_ask.addressee_id',
      'evidence_ask.recommendation_id',
      'evidence_ask.partnership_code',
      'evidence_ask.asked_by',
      'evidence_ask.words',
      'evidence_ask.evidence_kind',
      'evidence_ask.answered_at',
      'body.name',
    ])
    .$if(about.recommendationId !== undefined, query =>
      query.where('evidence_ask.recommendation_id', '=', about.recommendationId!),
    )
    .$if(about.open === true, query => query.where('answered_at', 'is', null))
    .orderBy('evidence_ask.asked_by')
    .orderBy('body.name')
    .execute()
  return rows.map(row => ({
    askId: row.ask_id,
    addresseeId: row.addressee_id,
    recommendationId: row.recommendation_id,
    partnershipCode: row.partnership_code,
    partnershipName: row.name,
    number: row.number,
    askedBy: row.asked_by as CivilDate,
    words: row.words,
    evidenceKind: row.evidence_kind as EvidenceKind | null,
    answeredAt: row.answered_at,
  }))
}
