import { sql, type RawBuilder } from 'kysely'
import { reachOf, withinReach } from '../platform/access/index.ts'
import { may, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { addDays, type CivilDate } from '../platform/dates.ts'
import { isAmong, pageOf, type Found, type Wanted } from '../platform/lists/index.ts'
import type { Needing } from '../platform/needing.ts'
import type { Theme } from '../reference-data/index.ts'
import { deliveryTold, effects, type DeliveryTold, type Effect, type Reply } from './moves.ts'
import type { Source, Status } from './recommendation.ts'

export const owedSorts = ['asked', 'body'] as const
export type OwedSort = (typeof owedSorts)[number]

export interface OwedFilter {
  reply?: Reply | undefined
  delivery?: DeliveryTold | undefined
  effect?: Effect | undefined
  theme?: Theme | undefined
  source?: Source | undefined
  body?: string | undefined
  /** A number, or words of the text and of what it is to change for children. */
  words?: string | undefined
  overdue?: boolean
  /** Reported as done, and waiting for a judgement that is the acting person's to make. */
  toJudge?: boolean
}

/** What one addressee owes, in a list. */
export interface Owed {
  addresseeId: string
  number: string
  text: string
  bodyName: string
  status: Status
  replyAskedBy: CivilDate | null
  reply: Reply
  delivery: DeliveryTold
  effect: Effect
}

/** Issued recommendations, one row for each addressee, as far as the acting person reads them. */
export async function listOwed(
  tx: Tx,
  acting: Acting,
  wanted: Wanted<OwedSort>,
  filter: OwedFilter,
): Promise<Found<Owed>> {
  const { reply, delivery, effect, theme, source, body, words, overdue, toJudge } = filter
  const bodies = body === undefined ? undefined : await bodiesNamed(tx, body)
  const chosen = tx
    .selectFrom('recommendation_addressee')
    .select(['recommendation_addressee.addressee_id as key', 'recommendation_addressee.addressee_id'])
    .where('recommendation_addressee.status', 'in', ['issued', 'replaced', 'closed'])
    .where(withinReach('recommendation_addressee', acting.role, 'read', 'recommendation'))
    .$if(reply !== undefined, query => query.where('recommendation_addressee.reply', '=', reply!))
    .$if(delivery !== undefined, query =>
      delivery === 'not-told'
        ? query.where('recommendation_addressee.delivery_at', 'is', null)
        : query
            .where('recommendation_addressee.delivery', '=', delivery!)
            .where('recommendation_addressee.delivery_at', 'is not', null),
    )
    .$if(effect !== undefined, query => query.where('recommendation_addressee.effect', '=', effect!))
    .$if(bodies !== undefined, query =>
      query.where(
        sql<boolean>`(recommendation_addressee.body_code = any (${bodies!.codes}::text[])
          or recommendation_addressee.body_name = any (${bodies!.names}::text[]))`,
      ),
    )
    .$if(words !== undefined, query =>
      query.where('recommendation_addressee.recommendation_id', 'in', eb =>
        eb
          .selectFrom('recommendation')
          .select('recommendation_id')
          .where(
            sql<boolean>`(recommendation.words @@ websearch_to_tsquery('pg_catalog.english', ${words!})
              or recommendation.number = upper(${words!}))`,
          ),
      ),
    )
    .$if(overdue === true, query =>
      query
        // Said in the statement and not beside it: the index of what is awaited holds these rows alone.
        .where('recommendation_addressee.reply', '=', sql.lit('awaited'))
        .where('recommendation_addressee.status', '=', sql.lit('issued'))
        .where('recommendation_addressee.reply_asked_by', '<', contextOf(tx).today),
    )
    .$if(toJudge === true, query => query.where(waitsForJudgementOf(acting)))
    .$if(theme !== undefined, query =>
      query.where('recommendation_addressee.themes', '@>', sql<string[]>`array[${theme!}]`),
    )
    .$if(source !== undefined, query => query.where('recommendation_addressee.source_kind', '=', source!))
  return pageOf(tx, wanted, {
    chosen,
    sorts: {
      asked: query => query.select('recommendation_addressee.reply_asked_by as by'),
      body: query => query.select('recommendation_addressee.body_name as by'),
    },
    rowsOf: async keys => {
      const rows = await tx
        .selectFrom('recommendation_addressee')
        .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
        .selectAll('recommendation_addressee')
        .select(['recommendation.number', 'recommendation.text'])
        .where(isAmong('recommendation_addressee.addressee_id', keys))
        .execute()
      return new Map(
        rows.map(row => [
          row.addressee_id,
          {
            addresseeId: row.addressee_id,
            number: row.number,
            text: row.text,
            bodyName: row.body_name,
            status: row.status as Status,
            replyAskedBy: row.reply_asked_by as CivilDate | null,
            reply: row.reply as Reply,
            delivery: deliveryTold(row.delivery, row.delivery_at),
            effect: row.effect as Effect,
          },
        ]),
      )
    },
  })
}

/**
 * Bodies whose name holds these words, and names of addressees that are none of our bodies. Looked for first: row-level
 * security lets no index look into a name, and there are hundreds of rows for each.
 */
async function bodiesNamed(tx: Tx, words: string): Promise<{ codes: string[]; names: string[] }> {
  const bodies = await tx
    .selectFrom('body')
    .select('code')
    .where(sql<boolean>`strpos(lower(name), lower(${words})) > 0`)
    .execute()
  const others = await tx
    .selectFrom('recommendation_addressee')
    .select('body_name')
    .distinct()
    .where('body_code', 'is', null)
    .where(sql<boolean>`strpos(lower(body_name), lower(${words})) > 0`)
    .execute()
  return { codes: bodies.map(({ code }) => code), names: others.map(row => row.body_name) }
}

/** In SQL, what `partsOf` says of one addressee. */
function waitsForJudgementOf(acting: Acting): RawBuilder<boolean> {
  const judges =
    acting.role === 'scrutineer'
      ? sql`true`
      : sql`recommendation_addressee.partnership_code in (
          select partnership_code from assurance_member where person_id = ${acting.personId})`
  return sql<boolean>`recommendation_addressee.status = 'issued' and recommendation_addressee.kind <> 'national-body'
    and recommendation_addressee.delivery = 'done' and recommendation_addressee.effect = 'not-looked-at'
    and ${judges} and not answers_for(${acting.personId}, recommendation_addressee.addressee_id)`
}

/** What waits for a person: a reply, a comment on a draft, a judgement, a copy to compare. */
export async function recommendationsNeeding(tx: Tx, acting: Acting): Promise<Needing[]> {
  const needing: Needing[] = []
  if (may(acting, 'reply', 'recommendation')) {
    const rows = await tx
      .selectFrom('recommendation_addressee')
      .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
      .select([
        'recommendation.number',
        'recommendation_addressee.addressee_id',
        'recommendation_addressee.status',
        'recommendation_addressee.reply_asked_by',
      ])
      .where('recommendation_addressee.body_code', '=', acting.bodyCode)
      .where('recommendation_addressee.status', 'in', ['issued', 'out-for-comment'])
      .where('recommendation_addressee.reply', '=', 'awaited')
      // Of a draft a comment is asked once.
      .where(eb =>
        eb.or([
          eb('recommendation_addressee.status', '=', 'issued'),
          eb.not(
            eb.exists(
              eb
                .selectFrom('recommendation_comment')
                .select('comment_id')
                .whereRef('recommendation_comment.addressee_id', '=', 'recommendation_addressee.addressee_id'),
            ),
          ),
        ]),
      )
      .orderBy('recommendation_addressee.reply_asked_by')
      .execute()
    for (const row of rows) {
      const isDraft = row.status === 'out-for-comment'
      needing.push({
        reference: row.number,
        what: isDraft ? 'Comment on the draft recommendation' : 'Reply to the recommendation',
        dueOn: isDraft ? undefined : ((row.reply_asked_by ?? undefined) as CivilDate | undefined),
        href: isDraft
          ? `/desk/recommendations/${row.number}`
          : `/desk/recommendations/${row.number}/to/${row.addressee_id}`,
      })
    }
  }
  if (may(acting, 'reply', 'recommendation')) {
    for (const { number, addressee_id } of await openAgainSince(tx, acting.bodyCode)) {
      needing.push({
        reference: number,
        what: 'Say what you will do: the recommendation is open again',
        dueOn: undefined,
        href: `/desk/recommendations/${number}/to/${addressee_id}`,
      })
    }
  }
  needing.push(...(await judgedAgainst(tx, acting)))
  if (may(acting, 'write', 'judgement')) {
    const rows = await tx
      .selectFrom('recommendation_addressee')
      .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
      .select(['recommendation.number', 'recommendation_addressee.addressee_id'])
      .where(withinReach('recommendation_addressee', acting.role, 'read', 'recommendation'))
      .where(waitsForJudgementOf(acting))
      .execute()
    const [first] = rows
    if (first && rows.length === 1) {
      needing.push({
        reference: first.number,
        what: 'Judge whether anything changed: it is reported as done',
        dueOn: undefined,
        href: `/desk/recommendations/${first.number}/to/${first.addressee_id}/effect`,
      })
    } else if (first) {
      needing.push({
        what: `Judge whether anything changed: ${rows.length} recommendations are reported as done`,
        dueOn: undefined,
        href: '/desk/recommendations?judge=waiting',
      })
    }
  }
  if (may(acting, 'write', 'recommendation') || may(acting, 'reply', 'recommendation')) {
    const rows = await tx
      .selectFrom('recommendation_move')
      .innerJoin(
        'recommendation_addressee',
        'recommendation_addressee.addressee_id',
        'recommendation_move.addressee_id',
      )
      .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
      .leftJoin('recommendation_move_check', 'recommendation_move_check.move_id', 'recommendation_move.move_id')
      .leftJoin('link', 'link.id', 'recommendation_move.link_id')
      .select([
        'recommendation.number',
        'recommendation_addressee.addressee_id',
        sql<boolean>`recommendation_move.came_by = 'link'`.as('by_link'),
      ])
      .distinct()
      // Said in the statement and not beside it, for the index of what came otherwise.
      .where('recommendation_move.came_by', '<>', sql.lit('account'))
      // In SQL, what `partsOf` and `isSecondPerson` say of one.
      .where(eb =>
        reachOf(acting.role, 'write', 'recommendation').includes('national')
          ? eb.or([
              eb('recommendation_addressee.kind', '=', 'national-body'),
              eb('recommendation_addressee.body_code', 'is', null),
            ])
          : eb.or([
              eb('recommendation_addressee.body_code', '=', acting.bodyCode),
              eb('recommendation_addressee.partnership_code', 'is not', null),
            ]),
      )
      .where(sql<boolean>`recommendation_move.person_id is distinct from ${acting.personId}`)
      .where(sql<boolean>`link.person_id is distinct from ${acting.personId}`)
      .where('recommendation_move_check.move_id', 'is', null)
      .where('recommendation_move.at', '>', new Date(`${addDays(contextOf(tx).today, -365)}T00:00:00Z`))
      .limit(20)
      .execute()
    for (const row of rows) {
      needing.push({
        reference: row.number,
        what: row.by_link
          ? 'Say whether a reply that came by link is the body’s: it is not public until then'
          : 'Compare what was entered from a letter with the letter: it is not public until then',
        dueOn: undefined,
        href: `/desk/recommendations/${row.number}/to/${row.addressee_id}`,
      })
    }
  }
  return needing
}

/** What somebody judged to have changed nothing, or could not tell, and whoever owed it has not answered. */
async function judgedAgainst(tx: Tx, acting: Acting): Promise<Needing[]> {
  if (!may(acting, 'reply', 'recommendation')) return []
  const rows = await tx
    .selectFrom('recommendation_addressee')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'recommendation_addressee.recommendation_id')
    .select(['recommendation.number', 'recommendation_addressee.addressee_id', 'recommendation_addressee.effect'])
    .where('recommendation_addressee.body_code', '=', acting.bodyCode)
    .where('recommendation_addressee.status', '=', 'issued')
    .where('recommendation_addressee.effect', 'in', ['no-change', 'cannot-be-told'])
    .where(
      sql<boolean>`not exists (
        select from recommendation_move said
        where said.addressee_id = recommendation_addressee.addressee_id and said.axis = 'effect' and said.part = 'owner'
          and said.turn > (select max(judged.turn) from recommendation_move judged
            where judged.addressee_id = said.addressee_id and judged.axis = 'effect' and judged.part <> 'owner'))`,
    )
    // Of one that was opened again since it is asked what they will do.
    .where(
      sql<boolean>`not exists (
        select from recommendation_reconsidered decided
        where decided.recommendation_id = recommendation_addressee.recommendation_id and decided.decision = 'reopened'
          and decided.at >= recommendation_addressee.effect_at)`,
    )
    .limit(20)
    .execute()
  return rows.map(row => ({
    reference: row.number,
    what: `It was judged: “${effects[row.effect as Effect]}”. You can answer that, and say what comes next`,
    dueOn: undefined,
    href: `/desk/recommendations/${row.number}/to/${row.addressee_id}`,
  }))
}

/** Opened again after they last said what they do about it. */
function openAgainSince(tx: Tx, bodyCode: string): Promise<{ number: string; addressee_id: string }[]> {
  return tx
    .selectFrom('recommendation_addressee as owed')
    .innerJoin('recommendation', 'recommendation.recommendation_id', 'owed.recommendation_id')
    .select(['recommendation.number', 'owed.addressee_id'])
    .where('owed.body_code', '=', bodyCode)
    .where('owed.status', '=', 'issued')
    .where('owed.reply', '<>', 'awaited')
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('recommendation_reconsidered as decided')
          .select('decided.at')
          .whereRef('decided.recommendation_id', '=', 'owed.recommendation_id')
          .where('decided.decision', '=', 'reopened')
          .where(eb =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('recommendation_move')
                  .select('recommendation_move.move_id')
                  .whereRef('recommendation_move.addressee_id', '=', 'owed.addressee_id')
                  .where('recommendation_move.part', '=', 'owner')
                  .whereRef('recommendation_move.at', '>=', 'decided.at'),
              ),
            ),
          ),
      ),
    )
    .execute()
}
