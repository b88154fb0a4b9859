import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { testClock, testDatabase } from '../testing/test-database.ts'
import { hashPassword } from './password.ts'
import {
  aDoor,
  aLinkFor,
  aNotifier,
  codeOn,
  eventsAbout,
  goodPassword,
  somebody,
  TestBrowser,
  waitMinutes,
  withPassword,
} from './testing.ts'

const start = testClock.now().toISOString()
afterEach(() => testClock.set(start))

test('in production a new person chooses a password, sets up a code app and is in', async () => {
  const person = await aNotifier()
  const browser = new TestBrowser(await aDoor('production'))
  const link = await aLinkFor(person)

  assert.match((await browser.get(link)).page, /12 characters or more/)
  const chosen = await browser.post(link, { newPassword: goodPassword })
  assert.equal(chosen.to, '/sign-in/code-app?back=%2F')
  assert.equal(await browser.isSignedIn(), false)
  const { page } = await browser.get('/sign-in/code-app')
  assert.match(page, /<svg role="img"/)
  assert.equal((await browser.post('/sign-in/code-app', { code: codeOn(page) })).to, '/')

  assert.equal(await browser.isSignedIn(), true)
  assert.match((await browser.get('/')).page, /acting as Local authority notifier/)
  assert.deepEqual(await eventsAbout(person), ['sign-in.succeeded'])
})

async function withCodeApp() {
  const door = await aDoor('production')
  const person = await aNotifier()
  const browser = new TestBrowser(door)
  await browser.post(await aLinkFor(person), { newPassword: goodPassword })
  const { page: codeApp } = await browser.get('/sign-in/code-app')
  await browser.post('/sign-in/code-app', { code: codeOn(codeApp) })
  await browser.get('/you')
  return { door, person, browser, codeApp }
}

test('afterwards password and code are asked, and lead to the page that was wanted', async () => {
  const { door, person, codeApp } = await withCodeApp()
  const browser = new TestBrowser(door)
  waitMinutes(5)

  const { to } = await browser.post('/sign-in', {
    email: person.email.toUpperCase(),
    password: goodPassword,
    back: '/you',
  })
  assert.equal(to, '/sign-in/code?back=%2Fyou')
  assert.equal(await browser.isSignedIn(), false)
  assert.equal((await browser.get('/sign-in/code-app')).page.includes('<svg'), false)
  const wrong = await browser.post('/sign-in/code', { code: '000000', back: '/you' })
  assert.match(wrong.page, /Error: Enter the code.*The code is wrong, too old or was used already/s)
  assert.equal((await browser.post('/sign-in/code', { code: codeOn(codeApp), back: '/you' })).to, '/you')

  assert.match((await browser.get('/you')).page, /1 attempt to sign in as you failed/)
})

test('failures are told once: the next sign-in begins a new count', async () => {
  const { door, person, codeApp } = await withCodeApp()
  const pages: string[] = []
  for (const wrongFirst of [true, false]) {
    waitMinutes(5)
    const browser = new TestBrowser(door)
    await browser.post('/sign-in', { email: person.email, password: goodPassword })
    if (wrongFirst) await browser.post('/sign-in/code', { code: '000000' })
    await browser.post('/sign-in/code', { code: codeOn(codeApp) })
    pages.push((await browser.get('/you')).page)
  }

  assert.match(pages[0]!, /1 attempt to sign in as you failed/)
  assert.doesNotMatch(pages[1]!, /sign in as you failed/)
})

test('a code works once, also in another browser', async () => {
  const { door, person, codeApp } = await withCodeApp()
  waitMinutes(5)
  const code = codeOn(codeApp)
  const [first, second] = [new TestBrowser(door), new TestBrowser(door)]
  for (const browser of [first, second]) await browser.post('/sign-in', { email: person.email, password: goodPassword })

  assert.equal((await first.post('/sign-in/code', { code })).status, 303)
  assert.equal((await second.post('/sign-in/code', { code })).status, 400)
  assert.equal((await second.post('/sign-in/code', { code: codeOn(codeApp, -0.5) })).status, 400)
  assert.equal((await second.post('/sign-in/code', { code: codeOn(codeApp, 0.5) })).status, 303)
})

test('five wrong codes pause the account, password or not', async () => {
  const { door, person, codeApp } = await withCodeApp()
  waitMinutes(5)
  const browser = new TestBrowser(door)
  await browser.post('/sign-in', { email: person.email, password: goodPassword })

  for (let turn = 0; turn < 4; turn += 1) await browser.post('/sign-in/code', { code: '000000' })
  assert.match((await browser.post('/sign-in/code', { code: '000000' })).page, /too many wrong codes/)
  assert.match((await browser.post('/sign-in/code', { code: codeOn(codeApp) })).page, /too many wrong codes/)
  assert.equal((await browser.post('/sign-in', { email: person.email, password: goodPassword })).status, 400)
})

test('a right password between wrong codes does not wipe them out', async () => {
  const { door, person, codeApp } = await withCodeApp()
  waitMinutes(5)
  const browser = new TestBrowser(door)
  for (let turn = 0; turn < 5; turn += 1) {
    await browser.post('/sign-in', { email: person.email, password: goodPassword })
    await browser.post('/sign-in/code', { code: '000000' })
  }

  await browser.post('/sign-in', { email: person.email, password: goodPassword })
  assert.equal((await browser.post('/sign-in/code', { code: codeOn(codeApp) })).status, 400)
})

test('the code comes within ten minutes of the password', async () => {
  const { door, person, codeApp } = await withCodeApp()
  const browser = new TestBrowser(door)
  await browser.post('/sign-in', { email: person.email, password: goodPassword })
  waitMinutes(11)

  assert.match((await browser.post('/sign-in/code', { code: codeOn(codeApp) })).page, /took longer than 10 minutes/)
  assert.equal((await browser.get('/sign-in/code')).to, '/sign-in?back=%2F')
})

test('each step gives a new token, and the one from before is worth nothing', async () => {
  const { door, person, codeApp } = await withCodeApp()
  waitMinutes(5)
  const browser = new TestBrowser(door)
  browser.cookies.set('__Host-weathervane', 'planted-by-an-attacker')
  await browser.post('/sign-in', { email: person.email, password: goodPassword })
  const pending = browser.cookies.get('__Host-weathervane')!
  await browser.post('/sign-in/code', { code: codeOn(codeApp) })

  assert.notEqual(pending, 'planted-by-an-attacker')
  assert.notEqual(browser.cookies.get('__Host-weathervane'), pending)
  assert.equal(await browser.isSignedIn(), true)
  browser.cookies.set('__Host-weathervane', pending)
  assert.equal(await browser.isSignedIn(), false)
})

test('the cookie is for this host alone, encrypted, and out of reach of scripts', async () => {
  const { door, person } = await withCodeApp()
  const { headers } = await new TestBrowser(door).post('/sign-in', { email: person.email, password: goodPassword })

  assert.match(String(headers['set-cookie']), /^__Host-weathervane=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})

test('neither tokens, nor keys of code apps, nor passwords lie readable in the database', async () => {
  const { person, browser, codeApp } = await withCodeApp()
  const database = await testDatabase()
  const rows = await database.asOwner(async client =>
    JSON.stringify([
      (await client.query('select * from session where person_id = $1', [person.personId])).rows,
      (await client.query('select * from credential where person_id = $1', [person.personId])).rows,
      (await client.query('select * from sign_in_link where person_id = $1', [person.personId])).rows,
      (await client.query('select * from sign_in_failure')).rows,
    ]),
  )
  const key = /wv-copy-value__value">([A-Z2-7 ]+)</.exec(codeApp)![1]!.replaceAll(' ', '')

  assert.ok(rows.includes('$argon2id$'))
  for (const secret of [browser.cookies.get('__Host-weathervane')!, key, goodPassword, 'test-']) {
    assert.equal(rows.includes(secret), false, secret)
  }
})

test('a link works once, and ends the older ones', async () => {
  const door = await aDoor('training')
  const person = await aNotifier()
  const [older, newer] = [await aLinkFor(person), await aLinkFor(person)]
  const browser = new TestBrowser(door)

  assert.equal((await browser.post(newer, { newPassword: goodPassword })).status, 303)
  for (const link of [older, newer]) {
    const { status, page } = await new TestBrowser(door).post(link, { newPassword: 'another password entirely' })
    assert.equal(status, 404)
    assert.match(page, /used already, or is more than 7 days old/)
  }
})

test('a link is over after seven days', async () => {
  const link = await aLinkFor(await aNotifier())
  const browser = new TestBrowser(await aDoor('training'))

  waitMinutes(7 * 24 * 60 - 1)
  assert.equal((await browser.get(link)).status, 200)
  waitMinutes(1)
  assert.equal((await browser.get(link)).status, 404)
})

test('a bad password is refused with a reason, is not shown again, and the link stays good', async () => {
  const link = await aLinkFor(await aNotifier())
  const browser = new TestBrowser(await aDoor('training'))

  const { status, page } = await browser.post(link, { newPassword: 'Password1234' })
  assert.equal(status, 400)
  assert.match(page, /href="#newPassword">Password must not be one that is easy to guess/)
  assert.equal(page.includes('Password1234'), false)
  assert.equal((await browser.post(link, { newPassword: goodPassword })).status, 303)
})

test('a link keeps the code app, unless it was made to forget it', async () => {
  const { door, person } = await withCodeApp()

  const kept = await new TestBrowser(door).post(await aLinkFor(person), { newPassword: 'a second good password' })
  const forgotten = await new TestBrowser(door).post(await aLinkFor(person, { forgetCodeApp: true }), {
    newPassword: 'a third good password',
  })

  assert.equal(kept.to, '/sign-in/code?back=%2F')
  assert.equal(forgotten.to, '/sign-in/code-app?back=%2F')
})

test('choosing a password with a link ends every session', async () => {
  const { door, person, browser } = await withCodeApp()
  await new TestBrowser(door).post(await aLinkFor(person), { newPassword: 'a second good password' })

  assert.equal(await browser.isSignedIn(), false)
})

test('empty fields are named, the email address is kept, the password is not', async () => {
  const browser = new TestBrowser(await aDoor('training'))

  const { page } = await browser.post('/sign-in', {})
  assert.match(page, /href="#email">Enter your email address.*href="#password">Enter your password/s)
  const kept = await browser.post('/sign-in', { email: '"<b>', password: 'wrong-but-typed' })
  assert.match(kept.page, /value="&quot;&lt;b>"/)
  assert.equal(kept.page.includes('wrong-but-typed'), false)
})

test('unknown, wrong, without a password, and left: the words are the same', async () => {
  const door = await aDoor('training')
  const known = await withPassword(door, await aNotifier())
  const left = await withPassword(door, await aNotifier())
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query('update person set ended_at = $1 where id = $2', [testClock.now(), left.personId]),
  )
  const without = await aNotifier()
  const said = async (email: string, password: string) => {
    const { status, page } = await new TestBrowser(door).post('/sign-in', { email, password })
    return { status, page: page.replaceAll(email, 'EMAIL') }
  }
  const unknown = await said('nobody@example.org', goodPassword)

  assert.equal(unknown.status, 400)
  assert.deepEqual(await said(known.email, 'not the right one'), unknown)
  assert.deepEqual(await said(without.email, goodPassword), unknown)
  assert.deepEqual(await said(left.email, goodPassword), unknown)
})

const backs = [
  { back: '/notifications/1?tab=2', to: '/notifications/1?tab=2' },
  { back: '//evil.example/', to: '/' },
  { back: '/\\evil.example/', to: '/' },
  { back: 'https://evil.example/', to: '/' },
  { back: '/\t/evil.example', to: '/' },
  { back: '/.//evil.example/x', to: '/' },
  { back: '/a/..//evil.example', to: '/' },
  { back: '/%2e//evil.example', to: '/' },
  { back: 'javascript:alert(1)', to: '/' },
]
for (const { back, to } of backs) {
  test(`after signing in, ${JSON.stringify(back)} leads to ${to}`, async () => {
    const door = await aDoor('training')
    const { email } = await withPassword(door, await aNotifier())

    assert.equal((await new TestBrowser(door).post('/sign-in', { email, password: goodPassword, back })).to, to)
  })
}

test('changing the password asks for the current one and ends the other sessions', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const [browser, other] = [new TestBrowser(door), new TestBrowser(door)]
  for (const each of [browser, other]) await each.post('/sign-in', { email: person.email, password: goodPassword })
  const token = browser.cookies.get('weathervane')

  await browser.get('/you/password')
  const refused = await browser.post('/you/password', {
    currentPassword: 'not this',
    newPassword: 'a second good password',
  })
  assert.match(refused.page, /href="#currentPassword">Enter your current password/)
  const changed = await browser.post('/you/password', {
    currentPassword: goodPassword,
    newPassword: 'a second good password',
  })
  assert.equal(changed.to, '/you')

  assert.equal(await other.isSignedIn(), false)
  assert.equal(await browser.isSignedIn(), true)
  assert.notEqual(browser.cookies.get('weathervane'), token)
  const again = new TestBrowser(door)
  assert.equal((await again.post('/sign-in', { email: person.email, password: goodPassword })).status, 400)
  assert.equal((await again.post('/sign-in', { email: person.email, password: 'a second good password' })).status, 303)
})

test('guessing the current password pauses like guessing at the door', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const browser = new TestBrowser(door)
  await browser.post('/sign-in', { email: person.email, password: goodPassword })
  await browser.get('/you/password')

  for (let turn = 0; turn < 5; turn += 1) {
    await browser.post('/you/password', { currentPassword: 'a guess', newPassword: 'a second good password' })
  }
  const right = await browser.post('/you/password', {
    currentPassword: goodPassword,
    newPassword: 'a second good password',
  })

  assert.equal(right.status, 400)
  assert.ok((await eventsAbout(person)).includes('sign-in.locked'))
})

test('a hash made with less than we ask today is made anew at the next sign-in', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await somebody())
  const database = await testDatabase()
  const weak = '$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$y/I8cr3yROIl/3CNaEbtspH0ukDBUdUXAzyTfMedHVc'
  await database.asOwner(client =>
    client.query('update credential set password_hash = $1 where person_id = $2', [weak, person.personId]),
  )

  await new TestBrowser(door).post('/sign-in', { email: person.email, password: goodPassword })

  const { rows } = await database.asOwner(client =>
    client.query<{ password_hash: string }>('select password_hash from credential where person_id = $1', [
      person.personId,
    ]),
  )
  assert.equal(rows[0]!.password_hash.split('$')[3], (await hashPassword('x')).split('$')[3])
})

test('no email address stands in any event', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  await new TestBrowser(door).post('/sign-in', { email: person.email, password: 'a guess' })
  const database = await testDatabase()

  const { rows } = await database.asOwner(client =>
    client.query('select event.*, event_detail.detail from event left join event_detail on event_id = event.id'),
  )
  assert.ok(JSON.stringify(rows).includes(person.personId))
  assert.equal(JSON.stringify(rows).includes('@'), false)
})
