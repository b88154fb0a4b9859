import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../testing/test-database.ts'

test('a statement keeps its plan, and text that begins no query is left alone', async () => {
  const database = await freshDatabase()
  for (const code of ['one', 'other']) {
    await database.as('public', tx => tx.selectFrom('region').select('name').where('code', '=', code).execute())
  }
  const { rows } = await database.as('public', tx =>
    sql<{
      kept: number
    }>`select count(*)::int as kept from pg_prepared_statements where statement like 'select "name" from "region"%'`.execute(
      tx,
    ),
  )
  assert.deepEqual(rows, [{ kept: 1 }])
})

test('after a migration changed a table, the first transaction on an old plan fails and the next succeeds', async () => {
  const database = await freshDatabase()
  const read = () => database.as('public', tx => tx.selectFrom('region').selectAll().execute())
  await read()
  await database.asOwner(client => client.query('alter table region add column test_column text'))
  await assert.rejects(read, /cached plan must not change result type/)
  assert.deepEqual(await read(), [])
})
