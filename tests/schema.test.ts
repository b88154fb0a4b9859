import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { QueryResultRow } from 'pg'
import { checkMigrated, migrate, type Database } from '../src/platform/database/index.ts'
import { productRoot } from '../src/platform/product-root.ts'
import { freshDatabase } from '../src/platform/testing/test-database.ts'

/** One database that these tests may break, each mending it for the next. */
let ours: Promise<Database> | undefined
const database = () => (ours ??= freshDatabase())

async function asOwner<Row extends QueryResultRow>(statement: string): Promise<Row[]> {
  return (await database()).asOwner(async client => (await client.query<Row>(statement)).rows)
}

test('migrations that have run are not run again', async () => {
  const list = () => asOwner<{ name: string; run_at: Date }>('select name, run_at from migration order by name')
  const before = await list()
  assert.ok(before.length > 0)
  assert.deepEqual(await (await database()).asOwner(migrate), [])
  assert.deepEqual(await list(), before)
  await (await database()).asOwner(checkMigrated)
})

test('a migration that was changed after it ran is refused', async () => {
  await asOwner(`update migration set hash = 'changed ' || hash where name = (select min(name) from migration)`)
  await assert.rejects((await database()).asOwner(migrate), /Migration .+ was changed after it ran.*add a new file/)
  await asOwner(`update migration set hash = replace(hash, 'changed ', '')`)
  assert.deepEqual(await (await database()).asOwner(migrate), [])
})

test('a migration that would run after one that comes later in the story is refused', async () => {
  const [first] = await asOwner<{ name: string; hash: string }>(
    'select name, hash from migration order by name limit 1',
  )
  await asOwner(`delete from migration where name = '${first!.name}'`)
  await assert.rejects((await database()).asOwner(migrate), /is new, but .+ has run already.*a name that comes after/)
  await asOwner(`insert into migration (name, hash) values ('${first!.name}', '${first!.hash}')`)
  assert.deepEqual(await (await database()).asOwner(migrate), [])
})

test('a database that lacks a migration of this release is refused at start', async () => {
  await asOwner(
    `update migration set name = name || ' of another release' where name = (select max(name) from migration)`,
  )
  await assert.rejects((await database()).asOwner(checkMigrated), /not at this release/)
  await asOwner(`update migration set name = replace(name, ' of another release', '')`)
  await (await database()).asOwner(checkMigrated)
})

// Where the types are stale, generate them again with these very options.
// The generator needs a server to ask; the embedded database runs the same migrations.
if (process.env['TEST_DATABASE_URL']) {
  test('the table types are those of the migrated database', async () => {
    const { pool } = await database()
    const folder = mkdtempSync(join(tmpdir(), 'weathervane-schema-'))
    const generated = join(folder, 'schema.ts')
    await promisify(execFile)(
      process.execPath,
      [
        fileURLToPath(new URL('node_modules/kysely-codegen/dist/cli/bin.js', productRoot)),
        `--url=${pool.options.connectionString!}`,
        '--dialect=postgres',
        '--date-parser=string',
        '--exclude-pattern=(public.migration|pgboss.*)',
        `--out-file=${generated}`,
      ],
      { cwd: folder, timeout: 60_000 },
    )
    const committed = new URL('src/platform/database/schema.ts', productRoot)
    const linesOf = (path: string | URL) => readFileSync(path, 'utf8').split('\n')
    assert.deepEqual(linesOf(committed), linesOf(generated))
    rmSync(folder, { recursive: true })
  })
}
