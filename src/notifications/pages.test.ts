import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import type { Acting } from '../platform/acting.ts'
import { readTimeline } from '../platform/events/index.ts'
import { anArea, aPerson, testClock } from '../platform/testing/test-database.ts'
import { createWeb } from '../platform/web/index.ts'
import { aCompleteNotification } from './builders.ts'
import {
  notificationsNeeding,
  readIncident,
  registerNotificationPages,
  sendNotification,
  sentNotification,
  startNotification,
} from './index.ts'
import { markSentNationally } from './store.ts'
import type { NotificationAnswers } from './notification-form.ts'
import { discardDraft } from './discard-draft.ts'

const csrfToken = 'the token of this session'

/** The pages as one person meets them. */
async function pagesFor(acting: Acting) {
  const web = await createWeb({
    config: {
      mode: 'production',
      port: 0,
      databaseUrl: undefined,
      dataFolder: '/nowhere',
      publicUrl: 'http://localhost:3000',
      secret: 'a secret for tests, of more than 32 characters',
      smtpUrl: undefined,
      trustedProxies: [],
      helpPhone: '01632 960999',
      logLevel: 'error',
    },
    log: pino({ level: 'silent' }),
    visitorOf: async () => ({
      sessionId: 'session',
      personId: acting.personId,
      name: acting.name,
      csrfToken,
      acting,
      appointments: [],
    }),
    navigation: () => [],
  })
  registerNotificationPages(web)
  return async (url: string, fields?: Record<string, string>) => {
    const { statusCode, headers, body } = await web.app.inject({
      method: fields ? 'POST' : 'GET',
      url,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(fields && { payload: new URLSearchParams({ _csrf: csrfToken, ...fields }).toString() }),
    })
    const words = body
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .replaceAll('&#39;', '’')
    return { status: statusCode, location: headers.location, body, words }
  }
}

async function aDraft(change: NotificationAnswers = {}) {
  testClock.set('2026-03-02T10:00:00Z')
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, { ...aCompleteNotification(), ...change })
  return { area, notifier, id: incidentId, url: `/notifications/${incidentId}`, ask: await pagesFor(notifier) }
}

test('whoever goes back after sending is led to what was sent, and told when they try to save', async () => {
  const { notifier, id, url, ask } = await aDraft()
  await sendNotification(notifier, id)
  for (const path of ['/page/when', '/check', '/discard']) {
    assert.deepEqual([path, (await ask(url + path)).location], [path, `${url}/sent`])
  }
  for (const path of ['/page/when', '/children', '/children/remove', '/send', '/discard']) {
    const refused = await ask(url + path, { reason: 'mistake' })
    assert.equal(refused.status, 409, path)
    assert.match(refused.words, /It was sent on 2 March 2026, 10:00am and cannot change/, path)
    assert.match(refused.body, new RegExp(`href="/incidents/${id}/notification"`), path)
  }
})

for (const { ended, end } of [
  { ended: 'sent', end: '/send' },
  { ended: 'discarded', end: '/discard' },
]) {
  test(`a page that is saved after the notification was ${ended} stands there to be copied`, async () => {
    const { url, ask } = await aDraft()
    assert.equal((await ask(url + end, { revision: '1', reason: 'mistake' })).status, 303)
    const typed = { summary: 'Found <cold> & "alone".\n\nAt home.', 'when-day': '2', revision: '1', next: 'next' }
    const late = await ask(`${url}/page/what-happened`, typed)
    assert.equal(late.status, 409)
    assert.match(
      late.body,
      /<textarea[^>]* readonly[^>]*>Found &lt;cold> &amp; &quot;alone&quot;\.\n\nAt home\.<\/textarea>/,
    )
    assert.match(late.words, /When day 2/)
  })
}

test('a draft of another authority looks like none, sent or not', async () => {
  const { notifier, id, url } = await aDraft()
  const ask = await pagesFor(await aPerson('notifier', (await anArea()).authority))
  assert.equal((await ask(`${url}/page/when`)).status, 404)
  await sendNotification(notifier, id)
  assert.equal((await ask(`${url}/page/when`)).status, 404)
  assert.equal((await ask(`${url}/send`, {})).status, 404)
})

test('a draft is discarded on a page that says what it does and asks why', async () => {
  const { url, ask } = await aDraft()
  assert.match((await ask(url)).body, new RegExp(`href="${url}/discard"`))
  assert.match((await ask(`${url}/discard`)).words, /nobody can send it or take it up again/)
  const without = await ask(`${url}/discard`, { revision: '1' })
  assert.equal(without.status, 400)
  assert.match(without.words, /Select why you discard the draft/)
  const stale = await ask(`${url}/discard`, { revision: '0', reason: 'duplicate' })
  assert.equal(stale.status, 409)
  assert.match(stale.body, /value="duplicate"[^>]* checked/)
  assert.equal((await ask(`${url}/discard`, { revision: '1', reason: 'duplicate' })).location, '/')
  for (const path of ['', '/page/when', '/check']) {
    assert.match((await ask(url + path)).words, /discarded on 2 March 2026.*stands in another notification/)
  }
  assert.equal((await ask(`${url}/page/when`, {})).status, 409)
})

test('where nothing national asks for it the pages say that one can stop, whom to ring, and how to go on', async () => {
  const { url, ask, area } = await aDraft({ nature: 'near-miss' })
  for (const path of ['', '/page/when', '/page/reason-to-send', '/check']) {
    const { words, body } = await ask(url + path)
    assert.match(words, /You can stop here/, path)
    assert.match(words, new RegExp(`business unit of Test partnership ${area.partnership.replace('TP-', '')}`), path)
    assert.match(words, /If the safeguarding partners decided to notify all the same, go on/, path)
    assert.match(body, new RegExp(`href="${url}/discard"`), path)
  }
  const clear = await aDraft()
  assert.doesNotMatch((await clear.ask(`${clear.url}/check`)).words, /You can stop here/)
})

test('nobody discards what others write', async () => {
  const { area, id } = await aDraft()
  const manager = await aPerson('business-manager', area.partnership)
  const ask = await pagesFor(manager)
  assert.equal((await ask(`/notifications/${id}/discard`)).status, 403)
  await assert.rejects(discardDraft(manager, id, { reason: 'mistake', revision: 1 }), { kind: 'not-allowed' })
})

test('from the page about other children one more child is added, and what was typed there is saved', async () => {
  const { url, ask } = await aDraft()
  const { words, body } = await ask(`${url}/page/children`)
  assert.match(words, /pages for: Child 1: Rowan Testfield/)
  assert.match(body, /value="add-child"/)
  const added = await ask(`${url}/page/children`, {
    revision: '1',
    furtherChildren: 'A cousin saw it.',
    next: 'add-child',
  })
  assert.equal(added.location, `${url}/page/child/2`)
  const again = await ask(`${url}/page/children`)
  assert.match(again.words, /Child 1: Rowan Testfield Child 2/)
  assert.match(again.words, /A cousin saw it\./)
  for (const position of [3, 4]) {
    const { location } = await ask(`${url}/page/children`, { revision: '99', next: 'add-child' })
    assert.equal(location, `${url}/page/child/${position}`)
  }
  assert.doesNotMatch((await ask(`${url}/page/children`)).body, /add-child/)
})

test('a change from “Check your answers” leads back there, also after an error', async () => {
  const { url, ask } = await aDraft()
  const { body } = await ask(`${url}/check`)
  assert.match(body, new RegExp(`href="${url}/page/when\\?from=check#incidentOn-day"`))
  assert.match((await ask(`${url}/page/when?from=check`)).body, /name="from" value="check"/)
  const wrong = await ask(`${url}/page/when`, {
    revision: '1',
    from: 'check',
    'awareOn-day': '31',
    'awareOn-month': '2',
  })
  assert.equal(wrong.status, 400)
  assert.match(wrong.body, /name="from" value="check"/)
  const whole = { 'awareOn-day': '28', 'awareOn-month': '2', 'awareOn-year': '2026', revision: '9' }
  assert.equal((await ask(`${url}/page/when`, { ...whole, from: 'check' })).location, `${url}/check`)
  assert.equal((await ask(`${url}/page/when`, whole)).location, `${url}/page/where`)
})

const lookedAfterDeath: NotificationAnswers = {
  nature: 'death',
  abuseOrNeglect: 'no',
  lookedAfterAtDeath: 'yes',
  inquest: 'yes',
  childDeathReview: 'yes',
  children: aCompleteNotification().children!.map(child => ({
    ...child,
    lookedAfter: 'yes',
    lookedAfterBy: { silence: 'not-known' },
  })),
}

test('the death of a looked-after child must be notified, and nothing is said of a rapid review that is not', async () => {
  const { notifier, id, url, ask } = await aDraft(lookedAfterDeath)
  const { words } = await ask(`${url}/check`)
  assert.match(words, /You must notify this\. There is no rapid review\./)
  assert.match(words, /This is a duty of the local authority/)
  assert.doesNotMatch(words, /the safeguarding partners decide|facts go into the rapid review/)
  await sendNotification(notifier, id)
  assert.match((await ask(`${url}/sent`)).words, /No rapid review is needed/)
  const usual = await aDraft()
  assert.match((await usual.ask(`${usual.url}/check`)).words, /afterwards ?; later facts go into the rapid review/)
})

test('after sending the must stands first, and the rapid review is due on a day', async () => {
  const { notifier, id, url, ask } = await aDraft()
  await sendNotification(notifier, id)
  const { words } = await ask(`${url}/sent`)
  assert.match(words, /You must also send it through the national notification service.*What happens next/)
  assert.doesNotMatch(words, /do not have to do anything/)
  assert.match(words, /due on 23 March 2026, 15 working days after/)
  const other = await aDraft({ sentNationally: 'yes', nationalReference: 'SIN1', nationalSentOn: '2026-03-01' })
  await sendNotification(other.notifier, other.id)
  const told = (await other.ask(`${other.url}/sent`)).words
  assert.match(told, /You do not have to do anything now/)
  assert.doesNotMatch(told, /You must also/)
})

test('that it must be sent nationally too stays a task until somebody says that it was', async () => {
  const { area, notifier, id, url, ask } = await aDraft()
  const tasks = async () =>
    (await notifier.transaction(tx => notificationsNeeding(tx, notifier))).map(({ href }) => href)
  await sendNotification(notifier, id)
  const page = `${url}/national-service`
  assert.deepEqual(await tasks(), [page])
  assert.match((await ask(`${url}/national-form`)).body, new RegExp(`href="${page}"`))
  const manager = await pagesFor(await aPerson('business-manager', area.partnership))
  assert.equal((await manager(page)).status, 403)
  const elsewhere = await pagesFor(await aPerson('notifier', (await anArea()).authority))
  assert.equal((await elsewhere(page)).status, 404)

  const day = { 'nationalSentOn-day': '2', 'nationalSentOn-month': '3', 'nationalSentOn-year': '2026' }
  const refused = await ask(page, { ...day, nationalReference: '' })
  assert.equal(refused.status, 400)
  assert.match(refused.words, /Enter the reference number of the national service/)
  assert.match(refused.body, /name="nationalSentOn-year"[^>]*value="2026"/)
  assert.deepEqual(await tasks(), [page])

  const before = await notifier.transaction(tx => readIncident(tx, id))
  const answer = { ...day, nationalReference: 'SIN123456', nationalSentAt: '9:30am' }
  assert.equal((await ask(page, answer)).location, `/incidents/${id}`)
  assert.deepEqual(await tasks(), [])
  const sent = await notifier.transaction(tx => sentNotification(tx, id))
  assert.equal(sent?.nationalReference, 'SIN123456')
  assert.equal(sent?.nationalSentAt?.toISOString(), '2026-03-02T09:30:00.000Z')
  assert.deepEqual(await notifier.transaction(tx => readIncident(tx, id)), before)
  const last = (await notifier.transaction(tx => readTimeline(tx, id))).at(-1)
  assert.equal(last?.kind, 'notification.sent-nationally')
  assert.equal((await ask(page, { ...answer, nationalReference: 'SIN999999' })).status, 409)
})

test('only the authority, and only once, says in the database that it was sent nationally', async () => {
  const { area, notifier, id } = await aDraft()
  const say = (acting: Acting) =>
    acting.transaction(tx => markSentNationally(tx, id, { reference: 'X', at: new Date() }))
  assert.equal(await say(notifier), false)
  await sendNotification(notifier, id)
  for (const [role, body] of [
    ['notifier', (await anArea()).authority],
    ['business-manager', area.partnership],
    ['safeguarding-partner', area.authority],
    ['secretariat', 'TN'],
  ] as const) {
    assert.equal(await say(await aPerson(role, body)), false, role)
  }
  assert.equal(await say(await aPerson('approver', area.authority)), true)
  assert.equal(await say(notifier), false)
})

test('in the order of the national form only an answer can be copied', async () => {
  const { url, ask } = await aDraft()
  const { body } = await ask(`${url}/national-form`)
  assert.match(body, /Copy<span class="govuk-visually-hidden"> Date of incident/)
  assert.match(body, /Time of incident<\/dt><dd[^>]*><span class="wv-quiet">No answer/)
})
