import type pg from 'pg'
import type { DB } from '../../platform/database/index.ts'

/** Writes many rows of one table in one statement, as the owner. Every row gives the same columns. */
export async function insertRows(
  client: pg.ClientBase,
  table: (keyof DB & string) | 'new_event',
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!)
    .map(column => `"${column}"`)
    .join(', ')
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  )
}
