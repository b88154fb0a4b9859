import { hash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** A plan takes some 50 kB in the database, on each connection. */
const mostPlans = 300
/** Long statements write many rows; their text hardly ever comes twice. */
const longestText = 5000

/** How a statement begins that says who is acting. It holds their ids, so its text never comes twice. */
export const startOfActing = `select set_config('role', `

/**
 * The pool as Kysely uses it, each statement named so that a connection plans it once: under row-level security planning
 * takes several times as long as running.
 */
export function keepingPlans(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? wrap(client)
      wrapped.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

/** Only what Kysely asks of a client: no cursors. */
function wrap(client: pg.PoolClient): PostgresPoolClient {
  const names = new Map<string, string>()
  let unusable = false
  // `begin` travels with the first statement, which says who is acting: a trip costs more than most statements.
  let isToBegin = false
  return {
    async query(text: string, values: unknown[]) {
      if (text === 'begin') {
        isToBegin = true
        return { command: 'BEGIN', rowCount: 0, rows: [] }
      }
      if (isToBegin) {
        isToBegin = false
        if (text === 'rollback' || text === 'commit') return { command: 'ROLLBACK', rowCount: 0, rows: [] }
        if (values.length === 0) {
          await client.query(`begin; ${text}`)
          return { command: 'BEGIN', rowCount: 0, rows: [] }
        }
        await client.query('begin')
      }
      if (text.startsWith(startOfActing)) return client.query(text)
      if (text === 'rollback') {
        // On a broken connection it is done already. What broke it is the error to report, not that it cannot be told.
        return client.query(text).catch(() => {
          unusable = true
          return { command: 'ROLLBACK', rowCount: 0, rows: [] }
        })
      }
      const name = nameOf(text, names)
      if (!name) return client.query(text, values)
      return client.query({ name, text, values }).catch((error: unknown) => {
        // A migration changed a table under this plan: the connection ends with this transaction, the next plans anew.
        if (error instanceof Error && 'code' in error && error.code === '0A000') unusable = true
        throw error
      })
    },
    release: (destroy?: boolean) => client.release(destroy || unusable),
  } as unknown as PostgresPoolClient
}

function nameOf(text: string, names: Map<string, string>): string | undefined {
  const known = names.get(text)
  if (known) return known
  if (names.size >= mostPlans || text.length > longestText || !/^\s*(select|insert|update|delete|with)\b/i.test(text)) {
    return undefined
  }
  const name = hash('sha256', text).slice(0, 32)
  names.set(text, name)
  return name
}
