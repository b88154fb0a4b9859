import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { CivilDate } from '../dates.ts'

/** Of a row that holds from the day `from_on` on, and from `until_on` on no longer. */
export function inForceOn(day: CivilDate, table: 'appointment' | 'partnership_body'): RawBuilder<SqlBool> {
  const until = sql.ref(`${table}.until_on`)
  return sql`(${sql.ref(`${table}.from_on`)} <= ${day} and (${until} is null or ${until} > ${day}))`
}
