import { sql, type AliasableExpression, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Tx } from '../database/index.ts'
import type { Wanted } from './chosen-list.ts'

export const pageRows = 25

/** More are not counted: under row-level security every row counted costs, and nobody turns so many pages. */
export const mostCounted = 1000

/** One page of a list. */
export interface Found<Row> {
  rows: Row[]
  /** Of all pages, up to `mostCounted` + 1. */
  total: number
}

type Keyed = AliasableExpression<{ key: string }>
type ColumnOf<Query> = Query extends Expression<infer Columns> ? keyof Columns & string : never

/** What makes one list; `chosen` and `sorts` hold no more than it takes to choose and to sort. */
export interface List<Chosen extends Keyed, Sort extends string, Row> {
  /** The rows that the filters leave, each by its `key`: an id that no other has. */
  chosen: Chosen
  /** Selects `by` and, where it stands in another table, joins that. Null is after everything, as `not yet`. */
  sorts: Record<Sort, (chosen: Chosen) => AliasableExpression<{ key: string; by: unknown }>>
  /** Columns of `chosen` that order, always ascending, what is equal in a sort. Left out: its key. */
  within?: readonly ColumnOf<Chosen>[]
  /** All that stands in these rows, by key. */
  rowsOf: (keys: string[]) => Promise<Map<string, Row>>
}

/** Keys first, and whole rows for one page: worked out for the rows before it too, they would be slow. */
export async function pageOf<Chosen extends Keyed, Sort extends string, Row>(
  tx: Tx,
  { sort, page }: Wanted<Sort>,
  { chosen, sorts, within = [], rowsOf }: List<Chosen, Sort, Row>,
): Promise<Found<Row>> {
  const direction = sort.direction === 'ascending' ? 'asc' : 'desc'
  const onPage = await tx
    .selectFrom(sorts[sort.key](chosen).as('sorted'))
    .select('sorted.key')
    .orderBy('sorted.by', direction)
    .$call(query => within.reduce((ordered, column) => ordered.orderBy(sql.ref(`sorted.${column}`)), query))
    .orderBy('sorted.key', direction)
    .offset((page - 1) * pageRows)
    .limit(sql.lit(pageRows))
    .execute()
  // A page that is not full is the last one, and nothing is left to count: what is rarely found is looked for once.
  const isLast = onPage.length < pageRows && (onPage.length > 0 || page === 1)
  const total = isLast ? (page - 1) * pageRows + onPage.length : await countUpTo(tx, chosen)
  const rows = onPage.length > 0 ? await rowsOf(onPage.map(row => row.key)) : new Map<string, Row>()
  return { rows: onPage.flatMap(({ key }) => rows.get(key) ?? []), total: Math.min(total, mostCounted + 1) }
}

async function countUpTo(tx: Tx, chosen: Keyed): Promise<number> {
  const { total } = await tx
    .selectFrom(
      tx
        .selectFrom(chosen.as('chosen'))
        .select('chosen.key')
        .limit(sql.lit(mostCounted + 1))
        .as('counted'),
    )
    .select(eb => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** That a row is one of these: one text however many they are, so that one plan is kept. */
export function isAmong(column: string, keys: readonly string[]): RawBuilder<SqlBool> {
  return sql`${sql.ref(column)} = any (${keys}::uuid[])`
}
