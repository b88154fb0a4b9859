import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { actAs, type Acting } from '../acting.ts'
import { recordEvent } from '../events/index.ts'
import { anArea, aPerson, testDatabase, type TestArea } from '../testing/test-database.ts'
import { asTask, openWithin } from './index.ts'
import { lockFolder } from './folder-lock.ts'

async function aDraft(acting: Acting, area: TestArea): Promise<string> {
  return acting.transaction(async tx => {
    const row = await tx
      .insertInto('incident')
      .values({
        reference: `T-${Math.random()}`,
        authority_code: area.authority,
        partnership_code: area.partnership,
        created_at: new Date(),
      })
      .returning('incident_id')
      .executeTakeFirstOrThrow()
    return row.incident_id
  })
}

const found = (acting: Acting, id: string) =>
  acting.transaction(tx => tx.selectFrom('incident').select('incident_id').where('incident_id', '=', id).execute())

test('a draft is seen by the notifiers of its authority and by nobody else', async () => {
  const area = await anArea()
  const elsewhere = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const id = await aDraft(notifier, area)

  assert.equal((await found(notifier, id)).length, 1)
  assert.equal((await found(await aPerson('notifier', area.authority), id)).length, 1)
  for (const [role, body] of [
    ['notifier', elsewhere.authority],
    ['business-manager', area.partnership],
    ['safeguarding-partner', area.police],
    ['secretariat', 'TN'],
    ['panel-chair', 'TN'],
  ] as const) {
    assert.deepEqual(await found(await aPerson(role, body), id), [], role)
  }
})

test('a notifier cannot write into another area', async () => {
  const notifier = await aPerson('notifier', (await anArea()).authority)
  const elsewhere = await anArea()
  await assert.rejects(aDraft(notifier, elsewhere), /row-level security/)
})

test('code that forgets to say who is acting sees nothing', async () => {
  const database = await testDatabase()
  const area = await anArea()
  await aDraft(await aPerson('notifier', area.authority), area)
  const { rows } = await database.pool.query('select * from incident')
  assert.deepEqual(rows, [])
})

test('an appointment of somebody else, or one that has ended, is refused', async () => {
  const database = await testDatabase()
  const area = await anArea()
  const [one, other] = [await aPerson('notifier', area.authority), await aPerson('approver', area.authority)]
  await assert.rejects(
    database.as({ person: one.personId, appointment: other.appointmentId }, async () => {}),
    /not in force/,
  )
  await database.asOwner(client =>
    client.query(`update appointment set until_on = '2026-01-01' where id = $1`, [one.appointmentId]),
  )
  await assert.rejects(
    one.transaction(async () => {}),
    /not in force/,
  )
})

test('a second transaction inside one is refused at once', async () => {
  const notifier = await aPerson('notifier', (await anArea()).authority)
  await assert.rejects(
    notifier.transaction(() => notifier.transaction(async () => {})),
    /open already/,
  )
})

test('the rights of a task end with it', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const seen = await notifier.transaction(async tx => {
    const inTask = await asTask(tx, 'sign-in', () => tx.selectFrom('credential').select('person_id').execute())
    const who = await tx
      .selectNoFrom(eb => eb.fn<string>('current_setting', [eb.val('weathervane.who')]).as('who'))
      .executeTakeFirst()
    return { inTask, who: who?.who }
  })
  assert.equal(seen.who, 'notifier')
})

test('an event can be written by its own person only, and neither changed nor deleted', async () => {
  const database = await testDatabase()
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  await notifier.transaction(tx =>
    recordEvent(tx, { kind: 'session.ended', subject: 'notification', detail: { session: 'test' } }),
  )
  await assert.rejects(
    notifier.transaction(tx => tx.deleteFrom('event').execute()),
    /permission denied/,
  )
  await assert.rejects(
    notifier.transaction(tx => tx.updateTable('event').set({ kind: 'x' }).execute()),
    /permission denied/,
  )
  await assert.rejects(
    database.as('public', tx =>
      tx
        .insertInto('event')
        .values({ at: new Date(), kind: 'x', subject: 'letter', who: 'notifier', person_id: notifier.personId })
        .execute(),
    ),
    /row-level security/,
  )
})

test('every table with policies is guarded, and every view asks as the one who looks', async () => {
  const database = await testDatabase()
  const open = await database.asOwner(client =>
    client.query<{ relname: string }>(
      `select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where nspname = 'public' and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)
       union all
       select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where nspname = 'public' and relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)
       order by 1`,
    ),
  )
  // Nothing in these is about a person; the application's role may only read them.
  assert.deepEqual(
    open.rows.map(row => row.relname),
    ['access_right', 'body', 'migration', 'partnership_body', 'public_version', 'recommendation_legal_move', 'region'],
  )
})

test('a folder in use by a living process is refused; one left by an ended process is taken', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-lock-'))
  const release = lockFolder(folder)
  assert.throws(() => lockFolder(folder), /in use by process/)
  release()
  lockFolder(folder)()
  rmSync(folder, { recursive: true })
})

test('within a transaction of the owner people act with their own rights and at another time, and all of it can be undone', async () => {
  const database = await testDatabase()
  const [area, elsewhere] = [await anArea(), await anArea()]
  const [here, stranger] = [await aPerson('notifier', area.authority), await aPerson('notifier', elsewhere.authority)]
  const id = await database.asOwner(async client => {
    await client.query('begin')
    const inside = openWithin(client, { now: () => new Date('2024-05-06T10:00:00Z') })
    const acting = actAs(inside, here)
    const draft = await aDraft(acting, area)
    assert.equal((await found(acting, draft)).length, 1)
    assert.equal((await found(actAs(inside, stranger), draft)).length, 0)
    await assert.rejects(
      acting.transaction(async tx => {
        await tx.deleteFrom('body').execute()
      }),
      /permission denied|row-level security/,
    )
    await acting.transaction(tx =>
      recordEvent(tx, { kind: 'notification.started', subject: 'notification-draft', objectId: draft }),
    )
    await client.query('reset role')
    const told = await client.query('select at from event where object_id = $1', [draft])
    assert.deepEqual(told.rows, [{ at: new Date('2024-05-06T10:00:00Z') }])
    await client.query('rollback')
    return draft
  })
  assert.equal((await found(here, id)).length, 0)
})
