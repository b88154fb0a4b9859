import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, test } from 'node:test'
import pino from 'pino'
import { sql } from 'kysely'
import type { LinkPurpose } from '../access/index.ts'
import { anArea, testClock, testDatabase } from '../testing/test-database.ts'
import { createWeb, FormToken, type OpenedLink } from '../web/index.ts'
import { hashOfLinkToken } from './link.ts'
import { openLinks } from './link-door.ts'

const start = testClock.now().toISOString()
afterEach(() => testClock.set(start))

/** A link as the owner of the database puts it there: who may make one is asked elsewhere. */
async function aLink({ purpose = 'reply' as LinkPurpose, days = 14 } = {}) {
  const [database, area] = [await testDatabase(), await anArea()]
  const [token, objectId, incidentId] = [randomUUID(), randomUUID(), randomUUID()]
  const now = testClock.now()
  const id = await database.asOwner(async client => {
    await client.query(
      `insert into incident (incident_id, reference, authority_code, partnership_code, created_at)
       values ($1::uuid, $1::text, $2, $3, $4)`,
      [incidentId, area.authority, area.partnership, now],
    )
    const { rows } = await client.query<{ id: string }>(
      `insert into link (token_hash, purpose, subject, object_id, holder, incident_id, authority_code, partnership_code, made_at, expires_at)
       values ($1, $2, subject_of_link($2, true), $3, 'The royal college', $4, $7, $8, $5, $6) returning id`,
      [
        hashOfLinkToken(token),
        purpose,
        objectId,
        incidentId,
        now,
        new Date(now.getTime() + days * 86_400_000),
        area.authority,
        area.partnership,
      ],
    )
    return rows[0]!.id
  })
  const end = () =>
    database.asOwner(client => client.query('update link set ended_at = $2 where id = $1', [id, testClock.now()]))
  const counted = async () =>
    (await database.asOwner(client => client.query('select opened_count from link where id = $1', [id]))).rows[0]
      .opened_count as number
  return { id, token, objectId, incidentId, area, end, counted }
}

const config = {
  mode: 'production' as const,
  port: 0,
  databaseUrl: undefined,
  dataFolder: '/nowhere',
  publicUrl: 'http://localhost:3000',
  secret: 'a secret for tests, of more than 32 characters',
  smtpUrl: undefined,
  trustedProxies: [],
  helpPhone: '01632 960999',
  logLevel: 'error' as const,
}

/** A site where a reply can be written and an action be told of. */
async function aSite() {
  const database = await testDatabase()
  const links = openLinks({ database, config })
  const web = await createWeb({
    config,
    log: pino({ level: 'silent' }),
    visitorOf: async () => assert.fail('a link is opened without looking at who is signed in'),
    navigation: () => [],
    open: { ask: database.ask, links, navigation: [] },
  })
  const replies: string[] = []
  const linked = (link: OpenedLink, purpose: LinkPurpose) =>
    link.transaction(
      async tx => (await sql<{ ids: string[] }>`select my_linked(${purpose}) as ids`.execute(tx)).rows[0]!.ids,
    )
  web.linkPage('reply', 'GET', '', async (link, request, reply) =>
    web.page(request, reply, {
      title: 'Your reply',
      children: (
        <form method="post">
          <FormToken visitor={link} />
          {(await linked(link, 'reply')).join()}
        </form>
      ),
    }),
  )
  web.linkPage('reply', 'POST', '', async (link, request, reply) => {
    replies.push((request.body as { text: string }).text)
    return web.redirect(reply, link.path)
  })
  web.linkPage('action-update', 'GET', '', async (_link, request, reply) =>
    web.page(request, reply, { title: 'Your action', children: 'How far is it?' }),
  )
  let address = `address ${randomUUID()}`
  const get = (url: string) => web.app.inject({ url, remoteAddress: address })
  const post = (
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ) =>
    web.app.inject({
      method: 'POST',
      url,
      remoteAddress: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  const tokenOf = (page: string) => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const click = async (token: string) => {
    const landing = await get(`/with-link/${token}`)
    return post(`/with-link/${token}`, { _csrf: tokenOf(landing.body) })
  }
  const moveTo = (other: string) => void (address = other)
  return { get, post, click, tokenOf, replies, linked, links, moveTo }
}

test('a system that opens every address in a mail sees nothing and changes nothing; a click opens', async () => {
  const { get, click } = await aSite()
  const { token, objectId, counted } = await aLink()
  const landing = await get(`/with-link/${token}`)
  assert.equal(landing.statusCode, 200)
  assert.match(landing.body, /This link was made for <strong>The royal college<\/strong>/)
  assert.equal(landing.headers['referrer-policy'], 'no-referrer')
  assert.equal(landing.headers['cache-control'], 'no-store')
  assert.equal(landing.headers['set-cookie'], undefined)
  assert.equal((await get(`/with-link/${token}/reply`)).headers.location, `/with-link/${token}`)
  assert.equal(await counted(), 0)

  const opened = await click(token)
  assert.equal(opened.headers.location, `/with-link/${token}/reply`)
  assert.equal(await counted(), 1)
  assert.ok((await get(`/with-link/${token}/reply`)).body.includes(objectId))
})

test('a link of one purpose opens no page of another, and no thing but its own', async () => {
  const { get, click, links, linked } = await aSite()
  const [reply, action] = [await aLink(), await aLink({ purpose: 'action-update' })]
  await click(reply.token)
  await click(action.token)
  assert.equal((await get(`/with-link/${reply.token}/action-update`)).statusCode, 404)
  assert.equal((await get(`/with-link/${action.token}/reply`)).statusCode, 404)
  assert.match((await get(`/with-link/${action.token}/action-update`)).body, /How far is it/)

  const found = await links.find(action.token, 'an address')
  assert.ok(found.state === 'open')
  assert.deepEqual(await linked(found.opened, 'action-update'), [action.objectId])
  assert.deepEqual(await linked(found.opened, 'reply'), [])
})

test('whoever came with a link writes of what happened to its own incident only, and under its own name', async () => {
  const { links } = await aSite()
  const { token, incidentId, area } = await aLink()
  const found = await links.find(token, 'an address')
  assert.ok(found.state === 'open')
  const write = (incident: string, who: string) =>
    found.opened.transaction(tx =>
      sql`insert into event (at, kind, subject, incident_id, authority_code, partnership_code, who)
        values (now(), 'test', 'recommendation', ${incident}, ${area.authority}, ${area.partnership}, ${who})`.execute(
        tx,
      ),
    )
  await write(incidentId, 'link:reply')
  await assert.rejects(write(randomUUID(), 'link:reply'), /row-level security/)
  await assert.rejects(write(incidentId, 'link:action-update'), /row-level security/)
})

test('a link that was ended is closed at once, also for who is inside, and what they typed stands there to copy', async () => {
  const { get, post, click, tokenOf, replies, links } = await aSite()
  const { token, end } = await aLink()
  await click(token)
  const page = await get(`/with-link/${token}/reply`)
  const found = await links.find(token, 'an address')
  assert.ok(found.state === 'open')

  await end()

  const sent = await post(`/with-link/${token}/reply`, { _csrf: tokenOf(page.body), text: 'We accept this in full.' })
  assert.equal(sent.statusCode, 404)
  assert.match(sent.body, /This link has ended/)
  assert.match(sent.body, /We accept this in full\./)
  assert.deepEqual(replies, [])
  assert.match((await get(`/with-link/${token}`)).body, /ask the person who sent it to you/)
  await assert.rejects(
    found.opened.transaction(async () => 'in'),
    /has ended/,
  )
})

test('a link past its days says so', async () => {
  const { get } = await aSite()
  const { token } = await aLink({ days: 2 })
  testClock.set('2026-03-04T09:59:00Z')
  assert.equal((await get(`/with-link/${token}`)).statusCode, 200)
  testClock.set('2026-03-04T10:00:00Z')
  const { statusCode, body } = await get(`/with-link/${token}`)
  assert.equal(statusCode, 404)
  assert.match(body, /This link is too old/)
})

const forged = [
  { name: 'without the token of its page', fields: {}, headers: { 'sec-fetch-site': 'same-origin' } },
  {
    name: 'with the token of another link',
    fields: { _csrf: 'of-another' },
    headers: { 'sec-fetch-site': 'same-origin' },
  },
  { name: 'from another site', fields: undefined, headers: { 'sec-fetch-site': 'cross-site' } },
]
for (const { name, fields, headers } of forged) {
  test(`a form ${name} changes nothing, even for who knows the link`, async () => {
    const { get, post, click, tokenOf, replies } = await aSite()
    const { token, counted } = await aLink()
    const right = { _csrf: tokenOf((await get(`/with-link/${token}`)).body) }
    assert.equal((await post(`/with-link/${token}`, fields ?? right, headers)).statusCode, 403)
    assert.equal(await counted(), 0)
    await click(token)
    assert.equal(
      (await post(`/with-link/${token}/reply`, { ...(fields ?? right), text: 'Forged' }, headers)).statusCode,
      403,
    )
    assert.deepEqual(replies, [])
  })
}

test('whoever tries thirty links that do not exist waits, and nobody else does', async () => {
  const { get, moveTo } = await aSite()
  const { token } = await aLink()
  for (let turn = 0; turn < 30; turn += 1) {
    assert.equal((await get(`/with-link/${randomUUID()}`)).statusCode, 404)
  }
  const paused = await get(`/with-link/${token}`)
  assert.equal(paused.statusCode, 429)
  assert.match(paused.body, /Wait 15 minutes/)
  testClock.set('2026-03-02T10:16:00Z')
  assert.equal((await get(`/with-link/${token}`)).statusCode, 200)
  testClock.set(start)
  moveTo(`address ${randomUUID()}`)
  assert.equal((await get(`/with-link/${token}`)).statusCode, 200)
})
