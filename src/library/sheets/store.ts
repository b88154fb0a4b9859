import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB, Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { columnsOf } from '../../platform/events/index.ts'
import type { Publication } from '../publication.ts'
import { readPublished } from '../published.ts'
import {
  sectors,
  stateOf,
  type PublishedSheet,
  type Sector,
  type Sheet,
  type SheetState,
  type SheetText,
} from './sheet.ts'

export async function sheetsOf(tx: Tx, reviewId: string): Promise<Sheet[]> {
  const rows = await tx
    .selectFrom('learning_sheet')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('sector')
    .execute()
  return rows.map(row => ({
    sector: row.sector as Sector,
    happened: row.happened,
    learnt: row.learnt,
    ask: row.ask,
    cleared: row.cleared_at
      ? { by: row.cleared_by ?? '', asked: row.cleared_asked ?? '', at: row.cleared_at }
      : undefined,
    revision: row.revision,
  }))
}

/** A change of the words takes the clearing away, here and wherever else they are changed (`drop_older_clearing`). */
export async function saveSheet(
  tx: Tx,
  publication: Publication,
  sheet: { sector: Sector; text: SheetText; revision: number; personId: string; at: Date },
): Promise<void> {
  const columns = {
    ...sheet.text,
    cleared_by: null,
    cleared_asked: null,
    cleared_at: null,
    revision: sheet.revision,
    saved_by: sheet.personId,
    saved_at: sheet.at,
  }
  await tx
    .insertInto('learning_sheet')
    .values({ review_id: publication.reviewId, sector: sheet.sector, ...columnsOf(publication), ...columns })
    .onConflict(conflict => conflict.columns(['review_id', 'sector']).doUpdateSet(columns))
    .execute()
}

export async function saveClearing(
  tx: Tx,
  reviewId: string,
  { sector, by, asked, at }: { sector: Sector; by: string; asked: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('learning_sheet')
    .set({ cleared_by: by, cleared_asked: asked, cleared_at: at })
    .where('review_id', '=', reviewId)
    .where('sector', '=', sector)
    .execute()
}

export async function savePublishedSheet(tx: Tx, sheet: PublishedSheet): Promise<void> {
  const columns = {
    title: sheet.title,
    happened: sheet.happened ?? null,
    learnt: sheet.learnt,
    ask: sheet.ask,
    word_hash: sheet.wordHash ?? null,
    as_at: sheet.asAt,
  }
  await tx
    .insertInto('published_sheet')
    .values({
      ...columns,
      number: sheet.number,
      sector: sheet.sector,
      partnership_code: sheet.partnershipCode,
      published_on: sheet.publishedOn,
    })
    .onConflict(conflict => conflict.columns(['number', 'sector']).doUpdateSet(columns))
    .execute()
}

/** With the account of a review goes what its sheets tell of it, and the Word files that hold it; nothing tells the day. */
export async function hideInSheets(tx: Tx, number: string): Promise<void> {
  await tx
    .updateTable('published_sheet')
    .set({ happened: null, word_hash: null })
    .where('number', '=', number)
    .where('happened', 'is not', null)
    .execute()
}

export function publishedSheets(number: string): RawBuilder<Selectable<DB['published_sheet']>> {
  return sql<Selectable<DB['published_sheet']>>`select * from published_sheet where number = ${number} order by sector`
}

export function toPublishedSheet(row: Selectable<DB['published_sheet']>): PublishedSheet {
  return {
    number: row.number,
    sector: row.sector as Sector,
    partnershipCode: row.partnership_code,
    title: row.title,
    happened: row.happened ?? undefined,
    learnt: row.learnt,
    ask: row.ask,
    wordHash: row.word_hash ?? undefined,
    publishedOn: row.published_on as CivilDate,
    asAt: row.as_at as CivilDate,
  }
}

export interface SheetLine {
  sector: Sector
  state: SheetState
}

/** How far the sheet of each sector is. */
export async function readSheetStates(
  tx: Tx,
  { reviewId, number }: Pick<Publication, 'reviewId' | 'number'>,
): Promise<SheetLine[]> {
  const written = await sheetsOf(tx, reviewId)
  const published = (await publishedSheets(number).execute(tx)).rows.map(toPublishedSheet)
  const isAccountPublic = (await readPublished(tx, number))?.account !== undefined
  return (Object.keys(sectors) as Sector[]).map(sector => ({
    sector,
    state: stateOf(
      written.find(sheet => sheet.sector === sector),
      published.find(sheet => sheet.sector === sector),
      { isAccountPublic },
    ),
  }))
}
