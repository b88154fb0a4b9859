import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { anArea, testClock, testDatabase } from '../testing/test-database.ts'
import { hashOfToken, newToken } from './secrets.ts'
import { forgetOldSignIns } from './sessions.ts'
import {
  aDoor,
  aNotifier,
  eventsAbout,
  goodPassword,
  somebody,
  TestBrowser,
  waitMinutes,
  withPassword,
  type TestDoor,
} from './testing.ts'

const start = testClock.now().toISOString()
afterEach(() => testClock.set(start))

async function signedIn(door: TestDoor, email: string): Promise<TestBrowser> {
  const browser = new TestBrowser(door)
  await browser.post('/sign-in', { email, password: goodPassword })
  await browser.get('/you')
  return browser
}

test('a session lasts eight hours from the last page, and a day at most', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const [idle, busy] = [await signedIn(door, person.email), await signedIn(door, person.email)]

  waitMinutes(8 * 60 - 1)
  assert.equal(await busy.isSignedIn(), true)
  waitMinutes(1)
  assert.equal(await idle.isSignedIn(), false)
  assert.equal(await busy.isSignedIn(), true)
  waitMinutes(8 * 60 - 1)
  assert.equal(await busy.isSignedIn(), true)
  waitMinutes(7 * 60 + 59)
  assert.equal(await busy.isSignedIn(), true)
  waitMinutes(2)
  assert.equal(await busy.isSignedIn(), false)
})

test('one sees where one is signed in, and ends one session or all others', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const [mine, library, phone] = [
    await signedIn(door, person.email),
    await signedIn(door, person.email),
    await signedIn(door, person.email),
  ]

  const { page } = await mine.get('/you')
  assert.equal(page.match(/Firefox on Linux<br/g)?.length, 4, 'three and the one in which the password was chosen')
  assert.equal(page.match(/This session/g)?.length, 1)
  const end = /action="(\/you\/sessions\/[^"]+\/end)"/.exec(page)![1]!
  assert.equal((await mine.post(end)).to, '/you')
  assert.equal((await mine.get('/you')).page.match(/Firefox on Linux<br/g)?.length, 3)
  await mine.post('/you/sessions/end-others')

  assert.equal(await mine.isSignedIn(), true)
  assert.deepEqual([await library.isSignedIn(), await phone.isSignedIn()], [false, false])
  assert.equal((await eventsAbout(person)).filter(kind => kind === 'session.ended').length, 3)
})

test('nobody ends the session of somebody else', async () => {
  const door = await aDoor('training')
  const [one, other] = [await withPassword(door, await aNotifier()), await withPassword(door, await aNotifier())]
  const [mine, theirs] = [await signedIn(door, one.email), await signedIn(door, other.email)]
  const database = await testDatabase()
  const { rows } = await database.asOwner(client =>
    client.query<{ id: string }>('select id from session where person_id = $1', [other.personId]),
  )

  for (const { id } of rows) await mine.post(`/you/sessions/${id}/end`)

  assert.equal(await theirs.isSignedIn(), true)
  assert.equal((await mine.post('/you/sessions/not-an-id/end')).status, 404)
})

test('signing out ends the session for whoever has its token', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const browser = await signedIn(door, person.email)
  const token = browser.cookies.get('weathervane')!

  await browser.post('/sign-out')
  browser.cookies.set('weathervane', token)

  assert.equal(await browser.isSignedIn(), false)
})

test('somebody with two roles changes role without signing out, and starts with the last one next time', async () => {
  const door = await aDoor('training')
  const area = await anArea()
  const person = await withPassword(
    door,
    await somebody({ role: 'notifier', body: area.authority }, { role: 'business-manager', body: area.partnership }),
  )
  const browser = await signedIn(door, person.email)
  const { page } = await browser.get('/you/roles')
  const now = /value="([^"]+)" checked/.exec(page)![1]
  const other = [...page.matchAll(/name="appointment" type="radio" value="([^"]+)"/g)]
    .map(found => found[1]!)
    .find(id => id !== now)!
  const before = /acting as ([^,]+)/.exec(page)![1]!

  assert.match((await browser.post('/you/roles', {})).page, /Select the role you act in/)
  waitMinutes(2)
  assert.equal((await browser.post('/you/roles', { appointment: other })).to, '/')

  const after = /acting as ([^,]+)/.exec((await browser.get('/you')).page)![1]!
  assert.deepEqual([before, after].sort(), ['Local authority notifier', 'Partnership business manager'])
  assert.ok((await eventsAbout(person)).includes('role.switched'))
  waitMinutes(2)
  assert.match((await (await signedIn(door, person.email)).get('/you')).page, new RegExp(`acting as ${after}`))
})

test('a form opened in one role is not sent in another', async () => {
  const door = await aDoor('training')
  const area = await anArea()
  const person = await withPassword(
    door,
    await somebody({ role: 'notifier', body: area.authority }, { role: 'approver', body: area.authority }),
  )
  const browser = await signedIn(door, person.email)
  const { page } = await browser.get('/you/roles')
  const now = /value="([^"]+)" checked/.exec(page)![1]
  const other = [...page.matchAll(/name="appointment" type="radio" value="([^"]+)"/g)]
    .map(found => found[1]!)
    .find(id => id !== now)!
  await browser.post('/you/roles', { appointment: other })
  browser.page = page

  assert.notEqual((await browser.post('/you/sessions/end-others')).status, 303)
})

test('nobody takes a role that is not theirs, or is over', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const stranger = await aNotifier()
  const database = await testDatabase()
  const { rows } = await database.asOwner(client =>
    client.query<{ id: string }>('select id from appointment where person_id = $1', [stranger.personId]),
  )
  const browser = await signedIn(door, person.email)
  assert.equal((await browser.post('/you/roles', { appointment: rows[0]!.id })).status, 404)

  await database.asOwner(client =>
    client.query(`update appointment set until_on = '2026-03-02' where person_id = $1`, [person.personId]),
  )
  const { page } = await browser.get('/you')
  assert.match(page, /None today/)
  assert.doesNotMatch(page, /acting as/)
})

test('who has left is signed out', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const browser = await signedIn(door, person.email)
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query('update person set ended_at = $1 where id = $2', [testClock.now(), person.personId]),
  )

  assert.equal(await browser.isSignedIn(), false)
})

test('that somebody is here is noted once a minute, not on every page', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const browser = await signedIn(door, person.email)
  const database = await testDatabase()
  const seen = async () =>
    database.asOwner(async client => {
      const found = await client.query<{ at: string }>(
        `select to_char(max(seen_at) at time zone 'UTC', 'HH24:MI:SS') as at from session where person_id = $1`,
        [person.personId],
      )
      return found.rows[0]!.at
    })

  waitMinutes(0.5)
  await browser.get('/you')
  assert.equal(await seen(), '10:00:00')
  waitMinutes(0.5)
  await browser.get('/you')
  assert.equal(await seen(), '10:01:00')
})

async function aToken(options: { expiresAt?: string; endedAt?: string; untilOn?: string } = {}) {
  const person = await aNotifier()
  const database = await testDatabase()
  const token = newToken()
  await database.asOwner(async client => {
    const { rows } = await client.query<{ id: string }>(
      'update appointment set until_on = $2 where person_id = $1 returning id',
      [person.personId, options.untilOn ?? null],
    )
    await client.query(
      `insert into api_token (token_hash, person_id, appointment_id, label, created_at, expires_at, ended_at)
       values ($1, $2, $3, 'test', $4, $5, $6)`,
      [
        hashOfToken(token),
        person.personId,
        rows[0]!.id,
        testClock.now(),
        options.expiresAt ?? '2027-01-01T00:00:00Z',
        options.endedAt ?? null,
      ],
    )
  })
  return { person, token }
}

test('a token of the API acts as its person in its appointment', async () => {
  const { signIn } = await aDoor('production')
  const { person, token } = await aToken()

  const acting = await signIn.actingForToken(`Bearer ${token}`)

  assert.equal(acting?.personId, person.personId)
  assert.equal(acting?.role, 'notifier')
  assert.equal(await acting?.transaction(async () => 'in'), 'in')
})

const refusedTokens = [
  { name: 'a token that is too old', options: { expiresAt: '2026-03-02T10:00:00Z' } },
  { name: 'a token that was ended', options: { endedAt: '2026-03-01T10:00:00Z' } },
  { name: 'a token whose appointment is over', options: { untilOn: '2026-03-02' } },
]
for (const { name, options } of refusedTokens) {
  test(`${name} is refused`, async () => {
    const { signIn } = await aDoor('production')
    const { token } = await aToken(options)
    assert.equal(await signIn.actingForToken(`Bearer ${token}`), undefined)
  })
}

test('no token, another scheme, or an unknown token is nobody', async () => {
  const { signIn } = await aDoor('production')
  const { token } = await aToken()
  for (const header of [undefined, '', 'Bearer', token, `Basic ${token}`, `Bearer ${newToken()}`]) {
    assert.equal(await signIn.actingForToken(header), undefined, header)
  }
})

test('upkeep removes what is long over and nothing else', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const database = await testDatabase()
  const upkeep = () => database.as({ task: 'sign-in' }, forgetOldSignIns)
  const count = async (table: string) =>
    database.asOwner(async client => {
      const found = await client.query<{ count: string }>(`select count(*) from ${table} where person_id = $1`, [
        person.personId,
      ])
      return Number(found.rows[0]!.count)
    })

  waitMinutes(90 * 24 * 60)
  await upkeep()
  assert.deepEqual([await count('session'), await count('sign_in_link')], [1, 1])
  waitMinutes(8 * 24 * 60)
  await upkeep()
  assert.deepEqual([await count('session'), await count('sign_in_link')], [0, 0])
  assert.equal((await eventsAbout(person)).length, 1)
})
