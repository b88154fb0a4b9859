import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import pino from 'pino'
import { z } from 'zod'
import { openDatabase } from '../database/index.ts'
import { anArea, aPerson, freshDatabase, testDatabase } from '../testing/test-database.ts'
import { defineJob, enqueue, every, readFailures, startJobs, upkeepJobs, type AnyJob, type Job } from './index.ts'
import { tidyDatabase } from './upkeep.ts'

const quiet = pino({ level: 'silent' })
const quick = { pollSeconds: 0.5, clockSeconds: 0.5 }
const payload = z.strictObject({ incidentId: z.string() })
let jobs = 0

/** A job that notes what it was given. */
function aJob(options: { run?: (incidentId: string) => Promise<void>; retry?: Job<unknown>['retry'] } = {}) {
  const ran: string[] = []
  const job = defineJob({
    name: `test.job-${++jobs}`,
    payload,
    whyTwice: 'It only notes that it ran.',
    ...(options.retry && { retry: options.retry }),
    run: async (_, { incidentId }) => {
      ran.push(incidentId)
      await options.run?.(incidentId)
    },
  })
  return { job, ran }
}

async function running(t: TestContext, ...list: AnyJob[]) {
  const handle = await startJobs(await testDatabase(), list, quiet, quick)
  t.after(() => handle.stop())
  return handle
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    if (await condition()) return
    await delay(50)
  }
  assert.fail(`It did not happen in 20 seconds: ${what}`)
}

const stored = async (name: string) => {
  const { rows } = await (
    await testDatabase()
  ).pool.query<{ state: string; data: unknown; retry_count: number }>(
    'select state, data, retry_count from pgboss.job where name = $1 order by created_on',
    [name],
  )
  return rows
}

test('a job asked for in a transaction of a person runs once it has committed', async t => {
  const { job, ran } = aJob()
  const notifier = await aPerson('notifier', (await anArea()).authority)
  await notifier.transaction(tx => enqueue(tx, job, { incidentId: 'one' }))
  await notifier.transaction(tx => enqueue(tx, job, { incidentId: 'two' }))
  assert.deepEqual(
    (await stored(job.name)).map(row => row.state),
    ['created', 'created'],
  )
  await running(t, job)
  await until(() => ran.length === 2, 'both jobs run')
  assert.deepEqual(ran.toSorted(), ['one', 'two'])
})

test('what is undone takes its jobs along', async () => {
  const { job } = aJob()
  const notifier = await aPerson('notifier', (await anArea()).authority)
  await notifier.transaction(tx => enqueue(tx, job, { incidentId: 'kept' }))
  await assert.rejects(
    notifier.transaction(async tx => {
      await enqueue(tx, job, { incidentId: 'undone' })
      throw new Error('The notification could not be stored.')
    }),
    /could not be stored/,
  )
  assert.deepEqual(
    (await stored(job.name)).map(row => row.data),
    [{ incidentId: 'kept' }],
  )
})

test('a job with a key that is there already is not stored again', async () => {
  const { job } = aJob()
  const notifier = await aPerson('notifier', (await anArea()).authority)
  const ask = (key: string) => notifier.transaction(tx => enqueue(tx, job, { incidentId: 'x' }, { key }))
  assert.deepEqual([await ask('a'), await ask('a'), await ask('b')], [true, false, true])
  assert.equal((await stored(job.name)).length, 2)
})

test('a payload of another shape is refused where it is asked for', async () => {
  const { job } = aJob()
  const notifier = await aPerson('notifier', (await anArea()).authority)
  const odd = { incidentId: 'x', name: 'of a child' }
  await assert.rejects(
    notifier.transaction(tx => enqueue(tx, job, odd)),
    /Unrecognized key/,
  )
})

test('a job that fails is tried again, and is shown until it succeeds', async t => {
  const { job, ran } = aJob({
    retry: { limit: 3, firstAfterSeconds: 1, atMostSeconds: 1 },
    run: async () => {
      if (ran.length === 1) throw new Error('The mail server did not answer.')
    },
  })
  const database = await testDatabase()
  const handle = await running(t, job)
  await database.as('public', tx => enqueue(tx, job, { incidentId: 'again' }))
  await until(async () => (await stored(job.name))[0]?.state === 'retry', 'the first try fails')
  const failure = (await handle.lastFailures()).find(one => one.name === job.name)
  assert.equal(failure?.message, 'The mail server did not answer.')
  assert.equal(failure?.state, 'retry')
  assert.equal(failure?.tries, 1)
  assert.ok(failure.nextAt)
  assert.equal(failure.whyTwice, 'It only notes that it ran.')
  await until(async () => (await stored(job.name))[0]?.state === 'completed', 'the second try succeeds')
  assert.equal((await handle.lastFailures()).filter(one => one.name === job.name).length, 0)
})

test('a job that fails every time is given up and kept, without the row that broke it', async t => {
  const { job, ran } = aJob({
    retry: { limit: 1, firstAfterSeconds: 1, atMostSeconds: 1 },
    run: async () => {
      throw Object.assign(new Error('A row broke a rule.\nSecond line'), {
        code: '23505',
        detail: 'Key (name)=(Ottilie)',
      })
    },
  })
  const database = await testDatabase()
  const handle = await running(t, job)
  await database.as('public', tx => enqueue(tx, job, { incidentId: 'never' }))
  await until(async () => (await stored(job.name))[0]?.state === 'failed', 'the job is given up')
  assert.equal(ran.length, 2)
  const failures = await database.as('public', tx => readFailures(tx))
  const failure = failures.find(one => one.name === job.name)
  assert.equal(failure?.state, 'failed')
  assert.equal(failure?.message, 'A row broke a rule. (23505)')
  const { rows } = await database.pool.query<{ text: string }>(
    'select job::text as text from pgboss.job where name = $1',
    [job.name],
  )
  assert.doesNotMatch(rows[0]!.text, /Ottilie/)
  const state = await handle.state()
  assert.ok(state.running && state.failed >= 1)
})

test('one failing job does not take along those taken with it', async t => {
  const { job, ran } = aJob({
    retry: { limit: 0, firstAfterSeconds: 1, atMostSeconds: 1 },
    run: async incidentId => {
      if (incidentId === '3') throw new Error('Not this one.')
    },
  })
  const database = await testDatabase()
  await database.as('public', async tx => {
    for (let number = 1; number <= 25; number++) await enqueue(tx, job, { incidentId: String(number) })
  })
  await running(t, job)
  await until(async () => (await stored(job.name)).every(row => /completed|failed/.test(row.state)), 'all have run')
  assert.equal(ran.length, 25)
  assert.equal((await stored(job.name)).filter(row => row.state === 'failed').length, 1)
})

test('of two processes one takes a job, and one runs what the clock asks for', async () => {
  const first = await freshDatabase()
  const url = process.env['TEST_DATABASE_URL']
  const { rows } = await first.pool.query<{ name: string }>('select current_database() as name')
  const second = url
    ? openDatabase({ url: Object.assign(new URL(url), { pathname: `/${rows[0]!.name}` }).href })
    : first
  const { job, ran } = aJob()
  const runs: string[] = []
  const clock = every(1, 'test.clock', async () => void runs.push('ran'))
  await first.as('public', async tx => {
    for (let number = 1; number <= 40; number++) await enqueue(tx, job, { incidentId: String(number) })
  })
  const startedAt = Date.now()
  const handles = [
    await startJobs(first, [job, clock], quiet, quick),
    await startJobs(second, [job, clock], quiet, quick),
  ]
  await until(() => ran.length >= 40 && runs.length > 0, 'all have run')
  await delay(1_500)
  await Promise.all(handles.map(handle => handle.stop()))
  if (second !== first) await second.close()
  assert.equal(ran.length, 40)
  assert.equal(new Set(ran).size, 40)
  const minutesBegun = Math.floor(Date.now() / 60_000) - Math.floor(startedAt / 60_000) + 1
  assert.ok(runs.length <= minutesBegun, `${runs.length} runs in ${minutesBegun} minutes begun`)
})

test('what the clock is to ask for is said in whole minutes of a day', () => {
  for (const minutes of [0, 1.5, 1441]) assert.throws(() => every(minutes, 'test.odd', async () => {}), RangeError)
})

test('jobs that were taken when the service stops are run by the next', async () => {
  const { job, ran } = aJob({ retry: { limit: 3, firstAfterSeconds: 1, atMostSeconds: 1 }, run: () => delay(400) })
  const database = await testDatabase()
  await database.as('public', async tx => {
    for (let number = 1; number <= 3; number++) await enqueue(tx, job, { incidentId: String(number) })
  })
  const before = await startJobs(database, [job], quiet, quick)
  await until(() => ran.length === 1, 'the first has begun')
  await before.stop()
  assert.equal(ran.length, 1)
  const after = await startJobs(database, [job], quiet, quick)
  await until(async () => (await stored(job.name)).every(row => row.state === 'completed'), 'the others run')
  await after.stop()
  assert.deepEqual(ran.toSorted(), ['1', '2', '3'])
})

test('upkeep takes away what was deleted, as the owner', async () => {
  const database = await freshDatabase()
  await database.asOwner(async client => {
    await client.query(
      'create table upkeep_test with (autovacuum_enabled = false) as select number from generate_series(1, 5000) as number',
    )
    await client.query('delete from upkeep_test where number > 100')
  })
  const pages = async () => {
    const { rows } = await database.pool.query<{ pages: number }>(
      `select (pg_relation_size('upkeep_test') / 8192)::int4 as pages`,
    )
    return rows[0]!.pages
  }
  const before = await pages()
  assert.ok(before > 20)
  await database.pool.query('vacuum upkeep_test')
  assert.equal(await pages(), before, 'the role of the application vacuums nothing')
  await tidyDatabase(database)
  assert.equal(await pages(), 1)
})

test('only the embedded database needs upkeep by us', async () => {
  const database = await testDatabase()
  assert.deepEqual(
    upkeepJobs(database).map(job => job.name),
    database.kind === 'embedded' ? ['database.upkeep'] : [],
  )
})

test('the role of the application may do all that looking after the queue asks', async () => {
  const database = await testDatabase()
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => database.pool.query(text, values) },
    migrate: false,
    createSchema: false,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: 1,
    flowIntervalSeconds: 1,
  })
  const refused: string[] = []
  boss.on('error', error => refused.push(error.message))
  await boss.start()
  await delay(2_500)
  await boss.stop({ graceful: false })
  assert.deepEqual(refused, [])
})

test('the role of the application works on the jobs, creates no table, and plans nothing by other ways', async () => {
  const database = await testDatabase()
  for (const statement of [
    'create table pgboss.mine (id int)',
    `insert into pgboss.schedule (name, cron) values ('mine', '* * * * *')`,
    `delete from pgboss.queue`,
    `delete from pgboss.version`,
  ]) {
    await assert.rejects(
      database.as('public', tx => sql.raw(statement).execute(tx)),
      /permission denied/,
      statement,
    )
  }
})
