import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { reachOf, type Action, type Scope, type Subject } from './access-table.ts'
import type { Role } from './roles.ts'

const codes = (access: string) => sql`(select my_codes(${sql.lit(access)}))::text[]`
const ids = (access: string) => sql`(select my_reached(${sql.lit(access)}))::uuid[]`
const partnerships = () => sql`(select my_list('partnerships_of_any_time'))::text[]`
const places: Partial<Record<Scope, { column: string; reached: typeof codes }>> = {
  authority: { column: 'authority_code', reached: codes },
  partnership: { column: 'partnership_code', reached: partnerships },
  'area-of-allocated': { column: 'partnership_code', reached: codes },
  group: { column: 'incident_id', reached: ids },
  'lead-contact': { column: 'incident_id', reached: ids },
  allocated: { column: 'incident_id', reached: ids },
}

/**
 * What row-level security leaves of a table anyway, or a little more, said by itself for a list: an index finds the rows
 * of an area, where it cannot find what one of several policies lets through.
 */
export function withinReach(table: string, role: Role, action: Action, subject: Subject): RawBuilder<SqlBool> {
  const scopes = reachOf(role, action, subject)
  const parts = scopes.flatMap(scope => places[scope] ?? [])
  if (parts.length < scopes.length) return sql`true`
  const conditions = parts.map(
    ({ column, reached }) => sql`${sql.ref(`${table}.${column}`)} = any (${reached(`${subject}:${action}`)})`,
  )
  return sql`(${sql.join(conditions, sql` or `)})`
}
