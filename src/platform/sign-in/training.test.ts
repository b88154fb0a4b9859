import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { anArea, testDatabase } from '../testing/test-database.ts'
import { openDoor } from './door.ts'
import { aDoor, aNotifier, eventsAbout, somebody, TestBrowser, testSecret } from './testing.ts'
import { signInAsTrainee } from './training.ts'

test('in the training country one click signs in as somebody, and another as somebody else', async () => {
  const [first, second] = [await aNotifier(), await aNotifier()]
  const browser = new TestBrowser(await aDoor('training'))

  assert.equal((await browser.post('/training/people/sign-in', { person: first.personId, back: '/you' })).to, '/you')
  const { page } = await browser.get('/you')
  assert.ok(page.includes(first.email))
  await browser.post('/training/people/sign-in', { person: second.personId })

  assert.ok((await browser.get('/you')).page.includes(second.email))
  assert.deepEqual(await eventsAbout(first), ['sign-in.succeeded', 'session.ended'])
})

test('the list starts with the tour and is found through by name, role and place', async () => {
  const area = await anArea()
  const manager = await somebody({ role: 'business-manager', body: area.partnership })
  const officer = await somebody({ role: 'safeguarding-partner', body: area.police })
  const what = 'Send a notification'
  const browser = new TestBrowser(await aDoor('training', [{ email: manager.email, what }]))

  const { page } = await browser.get('/training/people')
  assert.ok(page.indexOf(what) > 0 && page.indexOf(what) < page.indexOf('Police ('))
  const found = (
    await browser.get(`/training/people?q=${encodeURIComponent(`safeguarding PARTNER ${area.police.slice(3)}`)}`)
  ).page
  assert.ok(found.includes(officer.name))
  assert.equal(found.includes(manager.name), false)
  assert.match((await browser.get('/training/people?q=nobody-at-all')).page, /Nobody matches “nobody-at-all”/)
})

test('a form from elsewhere signs nobody in', async () => {
  const person = await aNotifier()
  const { web } = await aDoor('training')
  const response = await web.app.inject({
    method: 'POST',
    url: '/training/people/sign-in',
    payload: `person=${person.personId}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
  })

  assert.equal(response.statusCode, 403)
  assert.equal(response.cookies.length, 0)
})

test('in production there is no such page, and no other way in without a password', async () => {
  const person = await aNotifier()
  const browser = new TestBrowser(await aDoor('production'))

  assert.equal((await browser.get('/training/people')).status, 404)
  assert.equal((await browser.post('/training/people/sign-in', { person: person.personId })).status, 404)
  const door = openDoor({
    database: await testDatabase(),
    config: {
      mode: 'production',
      port: 0,
      databaseUrl: undefined,
      dataFolder: '/nowhere',
      publicUrl: 'https://weathervane.example',
      secret: testSecret,
      smtpUrl: undefined,
      trustedProxies: [],
      helpPhone: '01632 960999',
      logLevel: 'error',
    },
    log: pino({ level: 'silent' }),
  })
  const caller = { address: 'somewhere', device: 'Unknown browser' }
  await assert.rejects(
    signInAsTrainee(door, { personId: person.personId, visitor: undefined, caller }),
    /training country/,
  )
  assert.equal(browser.cookies.size, 0)
})

test('a person who is not there is a page that says so', async () => {
  const browser = new TestBrowser(await aDoor('training'))
  assert.equal((await browser.post('/training/people/sign-in', { person: 'x' })).status, 400)
  const nobody = '00000000-0000-4000-8000-000000000000'
  assert.equal((await browser.post('/training/people/sign-in', { person: nobody })).status, 404)
})
