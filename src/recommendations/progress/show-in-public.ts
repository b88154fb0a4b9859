import { sql } from 'kysely'
import { asTask, contextOf, type Tx } from '../../platform/database/index.ts'
import { civilDate, londonDate } from '../../platform/dates.ts'
import { deliveryTold, type Axis, type Reply, type State } from '../moves.ts'
import type { Basis, CameBy, EvidenceKind, Level, Priority, Source } from '../recommendation.ts'
import { pictureOf, tagsOf, type KnownAddressee, type KnownMove, type Picture } from './picture.ts'

/**
 * Brings what everybody reads of a recommendation up to date, in the transaction in which something happened to it. Does
 * nothing to what is not published, or where nothing public has changed.
 */
export async function showInPublic(tx: Tx, recommendationId: string): Promise<void> {
  await asTask(tx, 'publish', async () => {
    // Of two that change it at once the second reads what the first has said.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`published ${recommendationId}`}, 0))`.execute(tx)
    const picture = await readPicture(tx, recommendationId)
    if (picture) await savePicture(tx, picture)
  })
}

async function readPicture(tx: Tx, recommendationId: string): Promise<Picture | undefined> {
  const row = await tx
    .selectFrom('recommendation')
    .leftJoin('recommendation as later', join =>
      join.onRef('later.recommendation_id', '=', 'recommendation.replaced_by').on('later.published_at', 'is not', null),
    )
    .selectAll('recommendation')
    .select('later.number as replaced_by_number')
    .select(sql<boolean>`is_open_unseen(recommendation.recommendation_id)`.as('is_open_unseen'))
    .select(eb =>
      eb
        .exists(
          eb
            .selectFrom('published_recommendation')
            .select(sql.lit(1).as('one'))
            .whereRef('published_recommendation.number', '=', 'recommendation.number'),
        )
        .as('is_shown'),
    )
    .where('recommendation.recommendation_id', '=', recommendationId)
    .where('recommendation.published_at', 'is not', null)
    .executeTakeFirst()
  if (!row?.published_at) return undefined
  // Opened again for something that is not public: the page stays as it was, and everybody reads that it is closed.
  if (row.is_open_unseen && row.is_shown) return undefined
  return pictureOf(
    {
      number: row.number,
      status: row.is_open_unseen ? 'closed' : (row.status as Picture['status']),
      level: row.level as Level,
      text: row.text,
      // A finding of a local review tells what happened: it would outlive the account there, which can be hidden.
      answers: row.incident_id === null ? row.finding : '',
      themes: row.themes,
      intendedChange: row.intended_change,
      measure: row.measure,
      priority: row.priority as Priority | null,
      priorityReason: row.priority_reason,
      source: { kind: row.source_kind as Source, name: row.source_name, url: row.source_url },
      publishedOn: londonDate(row.published_at),
      replacedBy: row.is_open_unseen ? null : row.replaced_by_number,
    },
    await readAddressees(tx, recommendationId),
  )
}

async function readAddressees(tx: Tx, recommendationId: string): Promise<KnownAddressee[]> {
  const rows = await tx
    .selectFrom('recommendation_addressee')
    .select(['addressee_id', 'kind', 'body_name', 'body_code', 'reply_asked_by', 'reply_basis'])
    .select(['reply', 'delivery', 'delivery_at'])
    .where('recommendation_id', '=', recommendationId)
    .execute()
  // What is not shown by name is not read.
  const moves = await readMoves(
    tx,
    rows.flatMap(row => (row.kind === 'national-body' ? [row.addressee_id] : [])),
  )
  return rows.map(row => ({
    kind: row.kind as KnownAddressee['kind'],
    name: row.body_name,
    code: row.body_code,
    replyAskedBy: row.reply_asked_by === null ? null : civilDate(row.reply_asked_by),
    replyBasis: row.reply_basis as Basis | null,
    reply: row.reply as Reply,
    delivery: deliveryTold(row.delivery, row.delivery_at),
    moves: moves.get(row.addressee_id) ?? [],
  }))
}

async function readMoves(tx: Tx, addresseeIds: string[]): Promise<Map<string, KnownMove[]>> {
  if (addresseeIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('recommendation_move')
    .leftJoin('recommendation_evidence', 'recommendation_evidence.evidence_id', 'recommendation_move.evidence_id')
    .leftJoin('recommendation_move_check', 'recommendation_move_check.move_id', 'recommendation_move.move_id')
    .leftJoin('recommendation_move_taken_off as off', 'off.move_id', 'recommendation_move.move_id')
    .selectAll('recommendation_move')
    .select([
      'recommendation_evidence.kind as evidence',
      'recommendation_move_check.agrees',
      'off.reason as off_reason',
    ])
    .select(eb =>
      eb
        .exists(
          eb
            .selectFrom('theme_question')
            .select(sql.lit(1).as('one'))
            .whereRef('theme_question.addressee_id', '=', 'recommendation_move.addressee_id')
            .where('theme_question.is_public', '=', true),
        )
        .as('later_review_published'),
    )
    .where(sql<boolean>`recommendation_move.addressee_id = any (${addresseeIds}::uuid[])`)
    .orderBy('recommendation_move.turn')
    .execute()
  const moves = rows.map(row => ({
    addresseeId: row.addressee_id,
    axis: row.axis as Axis,
    by: row.part as KnownMove['by'],
    from: row.from_state as State,
    to: row.to_state as State,
    words: row.words,
    replacement: row.replacement,
    howAsked: row.how_asked,
    evidence: row.evidence as EvidenceKind | null,
    saidOn: civilDate(row.said_on),
    cameBy: row.came_by as CameBy,
    isConfirmed: row.came_by === 'account' || row.agrees === true,
    isTakenOff: row.off_reason !== null,
    isReopenedInPublic: Boolean(row.later_review_published),
  }))
  return new Map(
    Map.groupBy(moves, move => move.addresseeId)
      .entries()
      .map(([addresseeId, ofOne]) => [addresseeId, ofOne.map(({ addresseeId: _, ...move }) => move)]),
  )
}

async function savePicture(tx: Tx, picture: Picture): Promise<void> {
  const { today } = contextOf(tx)
  const saved = await tx
    .insertInto('published_recommendation')
    .values({
      number: picture.number,
      shown: JSON.stringify(picture),
      tags: tagsOf(picture),
      published_on: picture.publishedOn,
      changed_on: today,
    })
    .onConflict(conflict =>
      conflict
        .column('number')
        .doUpdateSet(eb => ({
          shown: eb.ref('excluded.shown'),
          tags: eb.ref('excluded.tags'),
          published_on: eb.ref('excluded.published_on'),
          changed_on: eb.ref('excluded.changed_on'),
        }))
        .whereRef('published_recommendation.shown', '<>', 'excluded.shown'),
    )
    .returning('number')
    .execute()
  if (saved.length === 0) return
  const sources = picture.source.name ? [picture.source.name] : []
  const addressees = picture.addressees.map(({ name }) => name)
  const joined = (column: 'sources' | 'addressees') =>
    sql<
      string[]
    >`array(select distinct name from unnest(${sql.ref(`published_choice.${column}`)} || ${sql.ref(`excluded.${column}`)}) name order by name)`
  await tx
    .insertInto('published_choice')
    .values({ sources, addressees: addressees.toSorted(), changed_on: today })
    .onConflict(conflict =>
      conflict.column('is_only').doUpdateSet(eb => ({
        sources: joined('sources'),
        addressees: joined('addressees'),
        changed_on: eb.ref('excluded.changed_on'),
      })),
    )
    .execute()
}
