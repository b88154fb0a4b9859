import { sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { pageRows, type Found } from '../../platform/lists/index.ts'
import type { Picture } from './picture.ts'

export interface PublishedList extends Found<Picture> {
  /** What there is to filter by. */
  sources: readonly string[]
  addressees: readonly string[]
  /** The day of the last public change of any; undefined where nothing is published. */
  asAt: CivilDate | undefined
}

export interface AskedList {
  tags: readonly string[]
  page: number
  newestFirst: boolean
  /** Rows on a page; Infinity for all of them. */
  rows?: number
}

type Ask = Database['ask']

/** One page in one question. */
export async function readPublishedList(ask: Ask, asked: AskedList): Promise<PublishedList> {
  const { tags, page, newestFirst, rows: most = pageRows } = asked
  const limit = Number.isFinite(most) ? most : null
  const direction = sql.raw(newestFirst ? 'desc' : 'asc')
  const chosen = tags.length > 0 ? sql`tags @> ${[...tags]}::text[]` : sql`true`
  const [found] = await ask(sql<{
    rows: Picture[]
    total: string
    sources: string[] | null
    addressees: string[] | null
    changed_on: CivilDate | null
  }>`
    select
      (select coalesce(jsonb_agg(page.shown), '[]') from (
        select shown from published_recommendation where ${chosen}
        order by published_on ${direction}, number offset ${limit === null ? 0 : (page - 1) * limit} limit ${limit}) page) as rows,
      (select count(*) from published_recommendation where ${chosen}) as total,
      published_choice.sources, published_choice.addressees, published_choice.changed_on
    from (select) always left join published_choice on true`)
  return {
    rows: found!.rows,
    total: Number(found!.total),
    sources: found!.sources ?? [],
    addressees: found!.addressees ?? [],
    asAt: found!.changed_on ?? undefined,
  }
}

export async function readPublished(
  ask: Ask,
  number: string,
): Promise<{ picture: Picture; changedOn: CivilDate } | undefined> {
  const [found] = await ask(
    sql<{ shown: Picture; changed_on: CivilDate }>`
      select shown, changed_on from published_recommendation where number = ${number}`,
  )
  return found && { picture: found.shown, changedOn: found.changed_on }
}
