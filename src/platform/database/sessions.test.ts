import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { anArea, aPerson, testDatabase } from '../testing/test-database.ts'
import { asTask, openDatabase } from './index.ts'

const whoActs = sql<{ role: string; rights: string }>`
  select current_user as role, current_setting('weathervane.rights', true) as rights`

async function isThere(region: string): Promise<boolean> {
  const database = await testDatabase()
  return database.as('public', async tx => {
    const row = await tx.selectFrom('region').select('code').where('code', '=', region).executeTakeFirst()
    return row !== undefined
  })
}

test('what the owner left open is undone, and the next transaction is its own', async () => {
  const database = await testDatabase()
  await assert.rejects(
    database.asOwner(async client => {
      await client.query('begin')
      await client.query(`insert into region (code, name) values ('TR-undone', 'Test')`)
      await client.query('select 1 / 0')
    }),
    /division by zero/,
  )
  assert.equal(await isThere('TR-undone'), false)
  const { rows } = await database.pool.query<{ current_user: string }>('select current_user')
  assert.equal(rows[0]!.current_user, 'weathervane_app')
})

test('the owner is not asked in a transaction, nor a transaction opened inside the owner’s work', async () => {
  const database = await testDatabase()
  await assert.rejects(
    database.as('public', () => database.asOwner(async () => {})),
    /open already/,
  )
  await assert.rejects(
    database.asOwner(() => database.as('public', async () => {})),
    /open already/,
  )
})

test('after a task that failed a transaction does nothing more, whoever caught the error', async () => {
  const database = await testDatabase()
  const notifier = await aPerson('notifier', (await anArea()).authority)
  const failing = () => Promise.reject(new Error('the task failed'))
  await assert.rejects(
    notifier.transaction(async tx => {
      await asTask(tx, 'sign-in', failing).catch(() => {})
      await assert.rejects(whoActs.execute(tx), /aborted/)
    }),
    /the task failed/,
  )
  const after = await database.as('public', tx => whoActs.execute(tx))
  assert.deepEqual(after.rows, [{ role: 'weathervane_app', rights: '{published:read:national}' }])
})

test('a task within the same task keeps its rights', async () => {
  const notifier = await aPerson('notifier', (await anArea()).authority)
  const [inner, outer, after] = await notifier.transaction(async tx => {
    const inside = await asTask(tx, 'mail', async () => [
      await asTask(tx, 'mail', () => whoActs.execute(tx)),
      await whoActs.execute(tx),
    ])
    return [...inside, await whoActs.execute(tx)]
  })
  assert.match(inner!.rows[0]!.rights, /mail:write:national/)
  assert.deepEqual(outer!.rows, inner!.rows)
  assert.doesNotMatch(after!.rows[0]!.rights, /mail:write:national/)
})

test('a connection that breaks in the middle leaves no transaction to the next', async () => {
  const database = await testDatabase()
  const client = await database.pool.connect()
  await client.query('reset role')
  await client.query('begin')
  await client.query(`insert into region (code, name) values ('TR-broken', 'Test')`)
  ;(client as pg.PoolClient & { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  client.release(true)
  assert.equal(await isThere('TR-broken'), false)
})

test('an embedded database that cannot be opened says why', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-broken-'))
  mkdirSync(join(folder, 'database'))
  writeFileSync(join(folder, 'database', 'PG_VERSION'), '9')
  const database = openDatabase({ folder })
  try {
    await assert.rejects(database.pool.query('select 1'), (error: Error) => error.cause instanceof Error)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
})
