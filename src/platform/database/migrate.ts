import { readFile, readdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { productRoot } from '../product-root.ts'
import { accessRights } from '../access/index.ts'
import { installJobTables } from './job-tables.ts'
import { lockKeys } from './lock-keys.ts'

const migrationsFolder = new URL('migrations/', productRoot)

/**
 * Brings the database to this release: each SQL file once, in order, all in one transaction; then the copy of the
 * access table; then the tables of the job queue. Runs as the owner of the tables.
 * @returns the names of the files that were new
 */
export async function migrate(client: pg.ClientBase): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query('select set_config($1, $2, true)', ['role', 'none'])
    // Two migrations at once wait for each other.
    await client.query('select pg_advisory_xact_lock($1)', [lockKeys.migrate])
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, run_at timestamptz not null default now())',
    )
    const done = new Map(
      (await client.query<{ name: string; hash: string }>('select name, hash from migration')).rows.map(row => [
        row.name,
        row.hash,
      ]),
    )
    const added: string[] = []
    for (const name of (await readdir(migrationsFolder)).filter(file => file.endsWith('.sql')).sort()) {
      const text = await readFile(new URL(name, migrationsFolder), 'utf8')
      const hash = createHash('sha256').update(text).digest('hex')
      const before = done.get(name)
      if (before === hash) continue
      if (before)
        throw new Error(`Migration ${name} was changed after it ran. Migrations only go forward: add a new file.`)
      const later = [...done.keys()].find(ran => ran > name)
      if (later)
        throw new Error(`Migration ${name} is new, but ${later} has run already. Give it a name that comes after.`)
      await client.query(text)
      await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash])
      added.push(name)
    }
    await writeAccessRights(client)
    await client.query('commit')
    await installJobTables(client)
    return added
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function writeAccessRights(client: pg.ClientBase): Promise<void> {
  const rights = accessRights()
  await client.query('delete from access_right')
  await client.query(
    'insert into access_right (who, subject, action, scope) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])',
    [
      rights.map(right => right.who),
      rights.map(right => right.subject),
      rights.map(right => right.action),
      rights.map(right => right.scope),
    ],
  )
}

/** @throws Error when the database is behind this release, or enforces another access table than the code asks */
export async function checkMigrated(client: pg.ClientBase): Promise<void> {
  const names = (await readdir(migrationsFolder)).filter(file => file.endsWith('.sql'))
  const held = await rowsOf<{ right: string }>(
    client,
    `select who || ' ' || subject || ' ' || action || ' ' || scope as right from access_right`,
  )
  const coded = accessRights().map(({ who, subject, action, scope }) => `${who} ${subject} ${action} ${scope}`)
  const same = held.length === coded.length && held.every(row => coded.includes(row.right))
  const run = await rowsOf<{ name: string }>(client, 'select name from migration')
  if (!same || !names.every(name => run.some(row => row.name === name))) {
    throw new Error(
      'The database is not at this release. Run `script/weathervane migrate` with the owner of the database first.',
    )
  }
}

/** The rows of a table; none where there is no such table. */
async function rowsOf<Row extends pg.QueryResultRow>(client: pg.ClientBase, query: string): Promise<Row[]> {
  try {
    return (await client.query<Row>(query)).rows
  } catch (error) {
    const undefinedTable = '42P01'
    if (error instanceof Error && 'code' in error && error.code === undefinedTable) return []
    throw error
  }
}
