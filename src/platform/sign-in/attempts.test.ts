import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { randomUUID } from 'node:crypto'
import { testClock } from '../testing/test-database.ts'
import { pauseMinutesAfter } from './attempts.ts'
import {
  aDoor,
  aLinkFor,
  aNotifier,
  eventsAbout,
  goodPassword,
  TestBrowser,
  waitMinutes,
  withPassword,
} from './testing.ts'

const start = testClock.now().toISOString()
afterEach(() => testClock.set(start))

const pauses = [
  { failures: 0, minutes: 0 },
  { failures: 4, minutes: 0 },
  { failures: 5, minutes: 15 },
  { failures: 6, minutes: 0 },
  { failures: 10, minutes: 30 },
  { failures: 15, minutes: 60 },
  { failures: 20, minutes: 120 },
  { failures: 25, minutes: 240 },
  { failures: 30, minutes: 240 },
  { failures: 5000, minutes: 240 },
]
for (const { failures, minutes } of pauses) {
  test(`after ${failures} wrong attempts an account pauses ${minutes} minutes`, () => {
    assert.equal(pauseMinutesAfter(failures), minutes)
  })
}

async function guess(browser: TestBrowser, email: string, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await browser.post('/sign-in', { email, password: `a guess ${turn}` })
}

test('during a pause the right password is refused, in the words of a wrong one; afterwards it is taken', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const browser = new TestBrowser(door)
  const right = { email: person.email, password: goodPassword }
  const wrong = await browser.post('/sign-in', { ...right, password: 'a guess' })
  await guess(browser, person.email, 4)

  const paused = await browser.post('/sign-in', right)
  assert.equal(paused.status, 400)
  assert.equal(paused.page, wrong.page)
  waitMinutes(14)
  assert.equal((await browser.post('/sign-in', right)).status, 400)
  waitMinutes(1)
  assert.equal((await browser.post('/sign-in', right)).status, 303)

  assert.match((await browser.get('/you')).page, /5 attempts to sign in as you failed/)
  assert.deepEqual((await eventsAbout(person)).slice(1), [
    ...Array<string>(5).fill('sign-in.failed'),
    'sign-in.locked',
    'sign-in.succeeded',
  ])
})

test('the second pause is twice as long, and a successful sign-in begins the count anew', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const right = { email: person.email, password: goodPassword }
  const browser = () => new TestBrowser(door)
  await guess(browser(), person.email, 5)
  waitMinutes(15)
  await guess(browser(), person.email, 5)
  waitMinutes(29)
  assert.equal((await browser().post('/sign-in', right)).status, 400)
  waitMinutes(1)
  assert.equal((await browser().post('/sign-in', right)).status, 303)

  await guess(browser(), person.email, 5)
  waitMinutes(15)
  assert.equal((await browser().post('/sign-in', right)).status, 303)
})

test('twenty guesses at once get no more tries than five in a row', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const guesses = Array.from({ length: 20 }, (_, turn) => `a guess ${turn}`)

  await Promise.all(guesses.map(password => new TestBrowser(door).post('/sign-in', { email: person.email, password })))

  assert.equal((await eventsAbout(person)).filter(kind => kind === 'sign-in.failed').length, 5)
  assert.equal(
    (await new TestBrowser(door).post('/sign-in', { email: person.email, password: goodPassword })).status,
    400,
  )
})

test('thirty wrong attempts from one network address pause it for every account', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const right = { email: person.email, password: goodPassword }
  const address = `office-${randomUUID()}`
  const browser = new TestBrowser(door, address)
  for (let turn = 0; turn < 30; turn += 1) {
    await browser.post('/sign-in', { email: `nobody-${turn}@example.org`, password: 'a guess' })
  }

  const paused = await browser.post('/sign-in', right)
  assert.equal(paused.status, 429)
  assert.match(paused.page, /too many wrong attempts from your network/)
  assert.equal((await new TestBrowser(door).post('/sign-in', right)).status, 303, 'from elsewhere')
  waitMinutes(15)
  assert.equal((await browser.post('/sign-in', right)).status, 303)
})

test('right attempts do not count against a network address', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const address = `office-${randomUUID()}`

  for (let turn = 0; turn < 32; turn += 1) {
    const { status } = await new TestBrowser(door, address).post('/sign-in', {
      email: person.email,
      password: goodPassword,
    })
    assert.equal(status, 303)
  }
})

test('both counts survive a restart', async () => {
  const person = await withPassword(await aDoor('training'), await aNotifier())
  const address = `office-${randomUUID()}`
  await guess(new TestBrowser(await aDoor('training'), address), person.email, 4)
  await guess(new TestBrowser(await aDoor('training'), address), person.email, 1)
  const right = { email: person.email, password: goodPassword }
  assert.equal((await new TestBrowser(await aDoor('training')).post('/sign-in', right)).status, 400, 'account')

  await guess(new TestBrowser(await aDoor('training'), address), 'nobody@example.org', 25)
  assert.equal((await new TestBrowser(await aDoor('training'), address).post('/sign-in', right)).status, 429)
})

test('a pause does not disturb who is signed in already', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  const browser = new TestBrowser(door)
  await browser.post('/sign-in', { email: person.email, password: goodPassword })
  await guess(new TestBrowser(door), person.email, 5)

  assert.equal(await browser.isSignedIn(), true)
})

test('a link from whoever manages accounts ends a pause', async () => {
  const door = await aDoor('training')
  const person = await withPassword(door, await aNotifier())
  await guess(new TestBrowser(door), person.email, 5)

  const { status } = await new TestBrowser(door).post(await aLinkFor(person), { newPassword: 'a second good password' })
  assert.equal(status, 303)
  const again = { email: person.email, password: 'a second good password' }
  assert.equal((await new TestBrowser(door).post('/sign-in', again)).status, 303)
})
