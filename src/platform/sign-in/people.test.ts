import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { anArea, testDatabase } from '../testing/test-database.ts'
import { actingForToken } from './api-access.ts'
import { appoint, createApiToken, type NewAppointment, type NewToken } from './index.ts'

async function aNewcomer(change: Partial<NewAppointment> = {}): Promise<NewAppointment> {
  const { authority } = await anArea()
  const mark = randomUUID().slice(0, 8)
  return {
    email: `new-${mark}@council.example`,
    name: `Test person ${mark}`,
    role: 'notifier',
    bodyCode: authority,
    ...change,
  }
}

async function appointed(given: NewAppointment) {
  return (await testDatabase()).as({ task: 'load' }, tx => appoint(tx, given))
}

async function aToken(given: Partial<NewToken> & { email: string }) {
  return (await testDatabase()).as({ task: 'sign-in' }, tx => createApiToken(tx, { label: 'test', days: 1, ...given }))
}

test('a person is added with the first appointment, and known at the second', async () => {
  const newcomer = await aNewcomer()
  const first = await appointed({ ...newcomer, email: newcomer.email.toUpperCase() })
  assert.equal(first.isNew, true)
  assert.equal(first.from, '2026-03-02', 'today, where no day is given')
  const { authority } = await anArea()
  const second = await appointed({ ...newcomer, role: 'approver', bodyCode: authority, from: '2026-04-01' })
  assert.deepEqual([second.isNew, second.personId, second.from], [false, first.personId, '2026-04-01'])

  const events = await (
    await testDatabase()
  ).asOwner(client =>
    client.query<{ kind: string; who: string }>(
      `select kind, who from event where object_id = $1 and kind like 'person.%' order by id`,
      [first.personId],
    ),
  )
  assert.deepEqual(
    events.rows.map(({ kind, who }) => `${kind} by ${who}`),
    ['person.added by task:load', 'person.appointed by task:load', 'person.appointed by task:load'],
  )
})

for (const { what, change, says } of [
  { what: 'an address that is none', change: { email: 'ann' }, says: /ann is not an email address/ },
  { what: 'no name', change: { name: ' ' }, says: /Give the name/ },
  { what: 'an unknown role', change: { role: 'king' }, says: /no role king\. Give one of: notifier/ },
  {
    what: 'a role of another kind of body',
    change: { role: 'secretariat' },
    says: /of the kind national; .* authority/,
  },
  { what: 'an unknown body', change: { bodyCode: 'E99999999' }, says: /There is no body E99999999/ },
  { what: 'a day that is none', change: { from: '1 May' }, says: /1 May is not a day/ },
]) {
  test(`nobody is appointed with ${what}`, async () => {
    await assert.rejects(appointed(await aNewcomer(change)), { kind: 'invalid', message: says })
  })
}

test('an appointment is not made twice, and an address does not change hands', async () => {
  const newcomer = await aNewcomer()
  await appointed(newcomer)
  await assert.rejects(appointed(newcomer), { kind: 'conflict', message: /holds this appointment already/ })
  await assert.rejects(appointed({ ...newcomer, name: 'Somebody else' }), { kind: 'conflict', message: /another name/ })
})

test('a token acts as the person in the first appointment in force, or in the one named', async () => {
  const newcomer = await aNewcomer({ from: '2026-01-02' })
  const [first, other] = [await appointed(newcomer), (await anArea()).authority]
  const second = await appointed({ ...newcomer, role: 'approver', bodyCode: other, from: '2026-02-01' })
  const door = { database: await testDatabase() } as Parameters<typeof actingForToken>[0]

  const created = await aToken({ email: newcomer.email.toUpperCase() })
  assert.match(created.token, /^wv_[\w-]{43}$/)
  const acting = await actingForToken(door, `Bearer ${created.token}`)
  assert.deepEqual([acting?.personId, acting?.appointmentId], [first.personId, first.appointmentId])

  const named = await aToken({ email: newcomer.email, appointmentId: second.appointmentId })
  assert.equal((await actingForToken(door, `Bearer ${named.token}`))?.role, 'approver')

  const kept = await door.database.asOwner(client =>
    client.query('select * from api_token where person_id = $1', [first.personId]),
  )
  assert.equal(kept.rowCount, 2)
  assert.doesNotMatch(JSON.stringify(kept.rows), new RegExp(created.token.slice(3)))
})

for (const { what, change, says } of [
  { what: 'a person nobody knows', change: { email: 'nobody@council.example' }, says: /Nobody with the address/ },
  { what: 'more than a year', change: { days: 367 }, says: /1 to 366 days/ },
  { what: 'no number of days', change: { days: Number.NaN }, says: /1 to 366 days/ },
  { what: 'an appointment of somebody else', change: { appointmentId: randomUUID() }, says: /These are: .*notifier/ },
]) {
  test(`there is no token for ${what}`, async () => {
    const newcomer = await aNewcomer()
    await appointed(newcomer)
    await assert.rejects(aToken({ email: newcomer.email, ...change }), { name: 'ServiceError', message: says })
  })
}

test('there is no token for an appointment that has not begun', async () => {
  const newcomer = await aNewcomer({ from: '2026-03-03' })
  await appointed(newcomer)
  await assert.rejects(aToken({ email: newcomer.email }), { kind: 'not-found' })
})
