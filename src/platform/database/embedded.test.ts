import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { migrate, openDatabase, type Database } from './index.ts'

async function inFolder(statementLimitMs: number, work: (database: Database) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-embedded-'))
  const database = openDatabase({ folder, statementLimitMs })
  try {
    await database.asOwner(migrate)
    await work(database)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}

test('a query that never ends is ended, what waited behind it is answered, and nothing committed is lost', async () => {
  await inFolder(3000, async database => {
    await database.asOwner(client => client.query(`insert into region (code, name) values ('TR', 'Test region')`))
    const runaway = database.as('public', tx => sql`select count(*) from generate_series(1, 1000000000000)`.execute(tx))
    const behind = database.as('public', tx => tx.selectFrom('region').select('name').execute())
    await assert.rejects(runaway, /A statement ran for longer than 3 s/)
    assert.deepEqual(await behind, [{ name: 'Test region' }])
  })
})

test('what the owner does may take longer: migrations, loading and upkeep', async () => {
  await inFolder(100, async database => {
    const { rows } = await database.asOwner(client =>
      client.query('select count(*)::int as counted from generate_series(1, 5000000)'),
    )
    assert.deepEqual(rows, [{ counted: 5_000_000 }])
  })
})
