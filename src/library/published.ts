import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB, Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'

/** What a publication put before the public, and all that a public page is made from. */
export interface PublishedReview {
  number: string
  partnershipCode: string
  partnershipName: string
  title: string
  account: string | undefined
  learning: string
  recommendations: string[]
  themes: string[]
  documents: PublishedDocument[]
  changes: { on: CivilDate; text: string }[]
  replacedBy: string | undefined
  mayBeIndexed: boolean
  inFeed: boolean
  publishedOn: CivilDate
  asAt: CivilDate
}

export interface PublishedDocument {
  /** Its name in the address: the beginning of its hash, and its extension. */
  name: string
  title: string
  hash: string
  type: string
  sizeBytes: number
}

export async function savePublished(tx: Tx, review: PublishedReview): Promise<void> {
  const columns = {
    partnership_name: review.partnershipName,
    title: review.title,
    account: review.account ?? null,
    learning: review.learning,
    recommendations: review.recommendations,
    themes: review.themes,
    documents: JSON.stringify(review.documents),
    changes: JSON.stringify(review.changes),
    replaced_by: review.replacedBy ?? null,
    may_be_indexed: review.mayBeIndexed,
    in_feed: review.inFeed,
    as_at: review.asAt,
  }
  await tx
    .insertInto('published_review')
    .values({
      ...columns,
      number: review.number,
      partnership_code: review.partnershipCode,
      published_on: review.publishedOn,
    })
    .onConflict(conflict => conflict.column('number').doUpdateSet(columns))
    .execute()
}

type PublishedRow = Selectable<DB['published_review']>

export function toPublished(row: PublishedRow): PublishedReview {
  return {
    number: row.number,
    partnershipCode: row.partnership_code,
    partnershipName: row.partnership_name,
    title: row.title,
    account: row.account ?? undefined,
    learning: row.learning,
    recommendations: row.recommendations,
    themes: row.themes,
    documents: row.documents as unknown as PublishedDocument[],
    changes: row.changes as unknown as PublishedReview['changes'],
    replacedBy: row.replaced_by ?? undefined,
    mayBeIndexed: row.may_be_indexed,
    inFeed: row.in_feed,
    publishedOn: row.published_on as CivilDate,
    asAt: row.as_at as CivilDate,
  }
}

export function publishedByNumber(number: string): RawBuilder<PublishedRow> {
  return sql<PublishedRow>`select * from published_review where number = ${number}`
}

/** What lists, tables and feeds say of a published review: not its whole text. */
export interface PublishedLine {
  number: string
  title: string
  partnershipName: string
  themes: string[]
  publishedOn: CivilDate
  asAt: CivilDate
  replacedBy: string | null
  /** The sectors that have a learning sheet. */
  sheets: string[]
}

const lineColumns = sql`number, title, partnership_name as "partnershipName", themes, published_on as "publishedOn", as_at as "asAt", replaced_by as "replacedBy",
  array(select sector from published_sheet where published_sheet.number = published_review.number order by sector) as sheets`

/** Those with all of the words, in any part of what is public, and with the theme, and with a learning sheet for the sector: the newest first. */
export function publishedWith(
  { words, theme, sector }: { words: string; theme: string; sector: string },
  { limit, offset }: { limit: number; offset: number },
): RawBuilder<PublishedLine & { found: string }> {
  // Each only where it is asked for, so that an index answers.
  const asked = sql.join(
    [
      sql`true`,
      ...(words
        ? [
            sql`words_of_published(title, account, learning, recommendations) @@ websearch_to_tsquery('pg_catalog.english', ${words})`,
          ]
        : []),
      ...(theme ? [sql`${theme} = any (themes)`] : []),
      ...(sector
        ? [
            sql`exists (select from published_sheet where published_sheet.number = published_review.number and sector = ${sector})`,
          ]
        : []),
    ],
    sql` and `,
  )
  return sql<PublishedLine & { found: string }>`
    select ${lineColumns}, (select count(*) from published_review where ${asked}) as found
    from published_review where ${asked}
    order by published_on desc, number
    limit ${limit} offset ${offset}`
}

/** All of them, or those that search engines may list, the newest first. */
export function allPublished(chosen: 'all' | 'index'): RawBuilder<PublishedLine> {
  const which = chosen === 'all' ? sql`true` : sql`may_be_indexed`
  return sql<PublishedLine>`
    select ${lineColumns} from published_review where ${which} order by published_on desc, number limit 50000`
}

/** What is new, of those that were chosen for the feed. */
export function publishedInFeed(): RawBuilder<PublishedLine & { learning: string }> {
  return sql<PublishedLine & { learning: string }>`
    select ${lineColumns}, left(learning, 500) as learning from published_review where in_feed
    order by published_on desc, number limit 50`
}

export async function readPublished(tx: Tx, number: string): Promise<PublishedReview | undefined> {
  const [row] = (await publishedByNumber(number).execute(tx)).rows
  return row && toPublished(row)
}
