import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { reachOf, withinReach } from '../../platform/access/index.ts'
import type { Acting } from '../../platform/acting.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import { isTheme } from '../../reference-data/index.ts'
import { deliveryTold, type DeliveryTold, type Effect, type Reply } from '../moves.ts'
import type { RecommendationText, Status } from '../recommendation.ts'
import { SimilarIndex, type Comparable } from './similar.ts'

const shown = 10
/** Read at once; between them others have their turn. */
const batch = 200
/** What was issued by a transaction that took so long is not missed. */
const overlapMs = 15 * 60_000

export interface EarlierOne {
  number: string
  text: string
  status: Status
  addressees: readonly { name: string; reply: Reply; delivery: DeliveryTold; effect: Effect }[]
}

/** Issued recommendations by their words, kept in this process. Nobody reads from it but ids. */
export class EarlierRecommendations {
  private readonly index = new SimilarIndex()
  private readonly database: Pick<Database, 'as' | 'clock'>
  private seenUntil = new Date(0)
  private renewing: Promise<void> | undefined

  constructor(database: Pick<Database, 'as' | 'clock'>) {
    this.database = database
  }

  /** Takes in what was issued since. Outside a transaction. */
  async renew(): Promise<void> {
    this.renewing ??= this.takeIn().finally(() => (this.renewing = undefined))
    await this.renewing
  }

  private async takeIn(): Promise<void> {
    const { rows, now } = await this.database.as({ task: 'compare' }, async tx => ({
      now: this.database.clock.now(),
      rows: await tx
        .selectFrom('recommendation')
        .select(['recommendation_id', 'text', 'themes'])
        .select(
          sql<string[]>`array(select body_name from recommendation_addressee owed
            where owed.recommendation_id = recommendation.recommendation_id)`.as('names'),
        )
        .where('issued_at', '>=', new Date(this.seenUntil.getTime() - overlapMs))
        .execute(),
    }))
    for (let from = 0; from < rows.length; from += batch) {
      for (const row of rows.slice(from, from + batch)) {
        const { recommendation_id: id, text, themes, names } = row
        this.index.add({ id, text, themes: themes.filter(isTheme), addressees: names })
      }
      await setImmediate()
    }
    this.seenUntil = now
  }

  /**
   * The first ten like a draft, with what became of them: each read back as the acting person, and no more.
   */
  async like(
    tx: Tx,
    acting: Acting,
    draft: Pick<RecommendationText, 'text' | 'themes'> & { addressees: readonly string[] },
  ): Promise<EarlierOne[]> {
    const words: Omit<Comparable, 'id'> = { ...draft, themes: draft.themes.filter(isTheme) }
    // Of one area few are seen: they are looked among, so that the many of others do not crowd them out.
    const mine = reachOf(acting.role, 'read', 'recommendation').includes('national')
      ? undefined
      : await this.seenBy(tx, acting)
    const found = this.index.find(words, shown, mine && (id => mine.has(id)))
    return readBack(
      tx,
      found.map(({ id }) => id),
    )
  }

  private async seenBy(tx: Tx, acting: Acting): Promise<Set<string>> {
    const rows = await tx
      .selectFrom('recommendation')
      .select('recommendation_id')
      .where('status', 'in', ['issued', 'replaced', 'closed'])
      .where(eb =>
        eb.or([
          eb('incident_id', 'is', null),
          withinReach('recommendation', acting.role, 'read', 'recommendation') as never,
        ]),
      )
      .execute()
    return new Set(rows.map(row => row.recommendation_id))
  }
}

async function readBack(tx: Tx, ids: readonly string[]): Promise<EarlierOne[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('recommendation')
    .leftJoin('recommendation_addressee as owed', 'owed.recommendation_id', 'recommendation.recommendation_id')
    .select([
      'recommendation.recommendation_id',
      'recommendation.number',
      'recommendation.text',
      'recommendation.status',
      'owed.body_name',
      'owed.reply',
      'owed.delivery',
      'owed.delivery_at',
      'owed.effect',
    ])
    .where('recommendation.recommendation_id', 'in', ids)
    .where('recommendation.status', 'in', ['issued', 'replaced', 'closed'])
    .orderBy('owed.body_name')
    .execute()
  const byId = Map.groupBy(rows, row => row.recommendation_id)
  return ids.flatMap(id => {
    const of = byId.get(id)
    const [first] = of ?? []
    if (!of || !first) return []
    return [
      {
        number: first.number,
        text: first.text,
        status: first.status as Status,
        addressees: of.flatMap(row =>
          row.body_name === null
            ? []
            : [
                {
                  name: row.body_name,
                  reply: row.reply as Reply,
                  delivery: deliveryTold(row.delivery ?? 'not-started', row.delivery_at),
                  effect: row.effect as Effect,
                },
              ],
        ),
      },
    ]
  })
}
