import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, suite, test } from 'node:test'
import pino from 'pino'
import { roleKeys, roles, type Role } from '../platform/access/index.ts'
import { may } from '../platform/acting.ts'
import type { Database } from '../platform/database/index.ts'
import { hashOfToken, newToken } from '../platform/sign-in/index.ts'
import { freshDatabase, testClock } from '../platform/testing/test-database.ts'
import { aCompleteNotification } from '../notifications/builders.ts'
import { createApp, type App } from './app.ts'

const notifications = '/api/v1/notifications'
let app: App
let database: Database
const folder = mkdtempSync(join(tmpdir(), 'weathervane-api-'))

interface Area {
  authority: string
  partnership: string
  region: string
  nation: string
}

/** One authority in one partnership, invented for one test. */
async function anArea(): Promise<Area> {
  const mark = randomUUID().slice(0, 8)
  const area = { authority: `TA-${mark}`, partnership: `TP-${mark}`, region: `TR-${mark}`, nation: 'TN' }
  await database.asOwner(async client => {
    await client.query(`insert into region (code, name) values ($1, 'Test region')`, [area.region])
    for (const [kind, code] of [
      ['authority', area.authority],
      ['partnership', area.partnership],
      ['region', area.region],
      ['national', area.nation],
    ]) {
      await client.query(`insert into body (code, kind, name) values ($1, $2, $3) on conflict do nothing`, [
        code,
        kind,
        `Test ${kind} ${mark}`,
      ])
    }
    await client.query(
      `insert into partnership_body (partnership_code, body_code, from_on) values ($1, $2, '2018-06-29')`,
      [area.partnership, area.authority],
    )
  })
  return area
}

interface Sender {
  token: string
  personId: string
}

async function aToken(role: Role, area: Area): Promise<Sender> {
  const token = newToken()
  const body = { authority: area.authority, partnership: area.partnership, region: area.region, national: area.nation }
  const kind = roles[role].bodies[0] as keyof typeof body
  return database.asOwner(async client => {
    const person = await client.query<{ id: string }>(
      `with added as (insert into person (name) values ($2) returning id)
       insert into email_address (person_id, address) select id, $1 from added returning person_id as id`,
      [`${randomUUID()}@test.example`, `Test ${role}`],
    )
    const personId = person.rows[0]!.id
    await client.query(
      `with held as (insert into appointment (person_id, role, body_code, from_on) values ($2, $3, $4, '2018-06-29') returning id)
       insert into api_token (token_hash, person_id, appointment_id, label, created_at, expires_at)
       select $1, $2, held.id, 'test', $5, '2027-01-01' from held`,
      [hashOfToken(token), personId, role, body[kind] ?? area.authority, testClock.now()],
    )
    return { token, personId }
  })
}

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  body?: unknown
  headers?: Record<string, string>
}

async function ask(sender: Sender | undefined, { method = 'GET', url, body, headers = {} }: Ask) {
  const response = await app.web.app.inject({
    method,
    url,
    headers: { ...(sender && { authorization: `Bearer ${sender.token}` }), ...headers },
    ...(body !== undefined && { payload: body as object }),
  })
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.payload,
    json: JSON.parse(response.payload) as Json,
  }
}

interface Json {
  [key: string]: Json & string
  [index: number]: Json & string
}

async function aDraft(sender: Sender, answers: unknown = aCompleteNotification()): Promise<string> {
  const { json, status, text } = await ask(sender, { method: 'POST', url: notifications, body: answers })
  assert.equal(status, 201, text)
  return String(json['id'])
}

const send = (id: string): Ask => ({ method: 'POST', url: `${notifications}/${id}/send` })

async function sentOne(sender: Sender): Promise<string> {
  const id = await aDraft(sender)
  const { status, text } = await ask(sender, send(id))
  assert.equal(status, 200, text)
  return id
}

async function theDescription(): Promise<Description> {
  const { status, text } = await ask(undefined, { url: '/api/v1/openapi.json' })
  assert.equal(status, 200)
  return JSON.parse(text) as Description
}

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security?: unknown[]
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content: Record<string, { schema: Schema }> }>
}
type Schema = Record<string, unknown>
interface Description {
  openapi: string
  info: { title: string; version: string }
  servers: { url: string }[]
  tags: { name: string }[]
  security: Record<string, string[]>[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> }
}

suite('the API', () => {
  before(async () => {
    database = await freshDatabase()
    app = await createApp({
      config: {
        mode: 'training',
        port: 0,
        databaseUrl: undefined,
        dataFolder: folder,
        publicUrl: 'http://localhost:3000',
        secret: 'a secret for tests, of more than 32 characters',
        smtpUrl: undefined,
        trustedProxies: [],
        helpPhone: '01632 960999',
        logLevel: 'error',
      },
      database,
      log: pino({ level: 'silent' }),
    })
  })
  beforeEach(() => testClock.set('2026-03-02T10:00:00Z'))
  after(async () => {
    await app.close()
    rmSync(folder, { recursive: true })
  })

  function assertProblem(answer: Awaited<ReturnType<typeof ask>>, status: number, kind: string, about = ''): void {
    assert.equal(answer.status, status, `${about} ${answer.text}`)
    assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', about)
    assert.equal(answer.json['type'], `/help/api#${kind}`, about)
    assert.equal(answer.json['status'], status, about)
    assert.match(String(answer.json['instance']), /^urn:uuid:[\da-f-]{36}$/)
    for (const key of ['title', 'detail']) assert.ok(answer.json[key], `${about} ${key}`)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.doesNotMatch(answer.text, /\.[jt]s:\d|stack|select |node_modules/)
  }

  test('without a token, or with a wrong one, every address answers 401 as problem details', async () => {
    const { paths } = await theDescription()
    const addresses = Object.keys(paths)
      .filter(path => !path.startsWith('/public/'))
      .map(path => `/api/v1${path.replace('{id}', randomUUID())}`)
    assert.ok(addresses.length >= 3)
    for (const url of [...addresses, '/api/v1', '/api/v1/', '/api/v1/no-such-thing', `${notifications}/`]) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        const none = await ask(undefined, { method, url })
        assertProblem(none, 401, 'no-token', `${method} ${url}`)
        assert.equal(none.headers['www-authenticate'], 'Bearer realm="Weathervane"')
        const wrong = await ask({ token: newToken(), personId: '' }, { method, url })
        assertProblem(wrong, 401, 'no-token', `${method} ${url}`)
        assert.match(String(wrong.headers['www-authenticate']), /error="invalid_token"/)
      }
    }
  })

  test('with a token, an address that does not exist answers 404', async () => {
    const notifier = await aToken('notifier', await anArea())
    for (const url of ['/api/v1', '/api/v1/no-such-thing', `${notifications}/not-an-id`, `${notifications}/x/send`]) {
      assertProblem(await ask(notifier, { url }), 404, 'not-found', url)
    }
    assertProblem(await ask(notifier, { method: 'DELETE', url: notifications }), 404, 'not-found')
  })

  test('a notification is created, read, changed, sent, read again and listed', async () => {
    const area = await anArea()
    const notifier = await aToken('notifier', area)

    const created = await ask(notifier, { method: 'POST', url: notifications, body: { nature: 'death' } })
    assert.equal(created.status, 201)
    assert.equal(created.json['status'], 'draft')
    assert.equal(created.headers.etag, '"1"')
    const url = String(created.headers.location)

    const read = await ask(notifier, { url })
    assert.deepEqual(read.json['answers'], { nature: 'death' })
    assert.equal(read.json['area']?.['code'], area.authority)

    const answers = aCompleteNotification()
    const changed = await ask(notifier, { method: 'PUT', url, body: answers, headers: { 'if-match': '"1"' } })
    assert.equal(changed.status, 200, changed.text)
    assert.equal(changed.headers.etag, '"2"')

    const sent = await ask(notifier, { method: 'POST', url: `${url}/send` })
    assert.equal(sent.status, 200, sent.text)
    assert.equal(sent.json['status'], 'sent')
    assert.equal(sent.json['reference'], created.json['reference'])
    assert.equal(sent.json['sentAt'], '2026-03-02T10:00:00.000Z')
    assert.equal(sent.json['reviewNeeded'], true)
    assert.equal(sent.json['incidentOn'], '2026-02-27')

    const again = await ask(notifier, { url })
    assert.deepEqual(again.json['answers'], answers)
    assert.equal(again.json['status'], 'sent')
    const { json } = await ask(notifier, { url: notifications })
    assert.deepEqual(json['items'], [sent.json])
    assert.equal(json['nextCursor'], null)
  })

  test('a notification of another area is not there, draft or sent', async () => {
    const [notifier, other] = [await aToken('notifier', await anArea()), await aToken('notifier', await anArea())]
    for (const id of [await aDraft(notifier), await sentOne(notifier)]) {
      const url = `${notifications}/${id}`
      assertProblem(await ask(other, { url }), 404, 'not-found')
      const put: Ask = { method: 'PUT', url, body: {}, headers: { 'if-match': '"1"' } }
      assertProblem(await ask(other, put), 404, 'not-found')
      assertProblem(await ask(other, send(id)), 404, 'not-found')
    }
    assert.deepEqual((await ask(other, { url: notifications })).json['items'], [])
    const mine = await ask(notifier, { url: notifications })
    assert.equal(mine.json['items']?.length, 2)
  })

  for (const role of roleKeys) {
    test(`a token does what the access table gives its role: ${role}`, async () => {
      const area = await anArea()
      const notifier = await aToken('notifier', area)
      const [draft, sent] = [await aDraft(notifier), await sentOne(notifier)]
      const one = await aToken(role, area)
      const allowed = (right: boolean, yes: number) => (right ? yes : 403)
      const writes = may({ role }, 'write', 'notification-draft')
      const reads = may({ role }, 'read', 'notification') || may({ role }, 'read', 'notification-draft')
      // A Panel member reads what is allocated to them, and nothing is.
      const sees = may({ role }, 'read', 'notification') && role !== 'panel-member'
      const put: Ask = {
        method: 'PUT',
        url: `${notifications}/${draft}`,
        body: aCompleteNotification(),
        headers: { 'if-match': '"1"' },
      }

      const statuses = {
        create: (await ask(one, { method: 'POST', url: notifications, body: {} })).status,
        list: (await ask(one, { url: notifications })).status,
        readSent: (await ask(one, { url: `${notifications}/${sent}` })).status,
        readDraft: (await ask(one, { url: `${notifications}/${draft}` })).status,
        put: (await ask(one, put)).status,
        send: (await ask(one, send(draft))).status,
      }

      assert.deepEqual(statuses, {
        create: allowed(writes, 201),
        list: allowed(reads, 200),
        readSent: allowed(reads, sees ? 200 : 404),
        readDraft: allowed(reads, may({ role }, 'read', 'notification-draft') ? 200 : 404),
        put: allowed(writes, 200),
        send: allowed(may({ role }, 'send', 'notification-draft'), 200),
      })
    })
  }

  test('a request repeated with its key is done once, and answered as the first', async () => {
    const area = await anArea()
    const notifier = await aToken('notifier', area)
    const create = (key: string, body: unknown = aCompleteNotification()): Ask => ({
      method: 'POST',
      url: notifications,
      body,
      headers: { 'idempotency-key': key },
    })
    const key = randomUUID()
    const answers = await Promise.all([ask(notifier, create(key)), ask(notifier, create(key))])
    answers.push(await ask(notifier, create(key)))
    for (const { status, json } of answers) {
      assert.equal(status, 201)
      assert.deepEqual(json, answers[0]?.json)
    }
    assert.equal((await ask(notifier, { url: notifications })).json['items']?.length, 1)

    assertProblem(await ask(notifier, create(key, { nature: 'death' })), 422, 'key-used')
    const other = await aToken('notifier', area)
    assert.notEqual((await ask(other, create(key))).json['id'], answers[0]?.json['id'])
    assert.notEqual((await ask(notifier, create(randomUUID()))).json['id'], answers[0]?.json['id'])

    testClock.set('2026-03-03T10:00:01Z')
    assert.notEqual((await ask(notifier, create(key))).json['id'], answers[0]?.json['id'])
    const kept = await database.asOwner(client =>
      client.query('select idempotency_key::text as row from idempotency_key'),
    )
    assert.ok(kept.rows.length >= 2)
    assert.doesNotMatch(JSON.stringify(kept.rows), /Rowan|Testfield|hospital/)
  })

  test('a sending repeated with its key is answered as the first; without, it is refused', async () => {
    const notifier = await aToken('notifier', await anArea())
    const id = await aDraft(notifier)
    const keyed = { ...send(id), headers: { 'idempotency-key': 'one' } }
    const first = await ask(notifier, keyed)
    assert.equal(first.status, 200)
    assert.deepEqual((await ask(notifier, keyed)).json, first.json)
    assertProblem(await ask(notifier, send(id)), 409, 'conflict')
    const elsewhere = { ...send(await aDraft(notifier)), headers: { 'idempotency-key': 'one' } }
    assertProblem(await ask(notifier, elsewhere), 422, 'key-used')
  })

  test('a request that failed leaves its key free', async () => {
    const notifier = await aToken('notifier', await anArea())
    const id = await aDraft(notifier, {})
    const keyed = { ...send(id), headers: { 'idempotency-key': 'one' } }
    assertProblem(await ask(notifier, keyed), 400, 'invalid')
    const put: Ask = {
      method: 'PUT',
      url: `${notifications}/${id}`,
      body: aCompleteNotification(),
      headers: { 'if-match': '"1"' },
    }
    await ask(notifier, put)
    assert.equal((await ask(notifier, keyed)).status, 200)
  })

  test('nobody’s work is overwritten: a change says what it was made from', async () => {
    const notifier = await aToken('notifier', await anArea())
    const id = await aDraft(notifier)
    const put = (headers: Record<string, string>): Ask => ({
      method: 'PUT',
      url: `${notifications}/${id}`,
      body: { ...aCompleteNotification(), location: 'Elsewhere' },
      headers,
    })
    assertProblem(await ask(notifier, put({})), 428, 'revision-needed')
    const odd = await ask(notifier, put({ 'if-match': 'W/"1"' }))
    assertProblem(odd, 400, 'invalid')
    assert.equal(odd.json['errors']?.[0]?.['header'], 'if-match')
    assertProblem(await ask(notifier, put({ 'if-match': '"7"' })), 412, 'changed-meanwhile')
    const { json } = await ask(notifier, { url: `${notifications}/${id}` })
    assert.deepEqual(json['answers'], aCompleteNotification())
    assert.equal((await ask(notifier, put({ 'if-match': '"1"' }))).status, 200)
    assertProblem(await ask(notifier, put({ 'if-match': '"1"' })), 412, 'changed-meanwhile')
    await ask(notifier, send(id))
    assertProblem(await ask(notifier, put({ 'if-match': '"2"' })), 409, 'conflict')
  })

  const { children: [child = {}] = [], ...others } = aCompleteNotification()
  const wrong: { name: string; body: unknown; pointers: string[] }[] = [
    { name: 'an answer that is no code', body: { nature: 'bad' }, pointers: ['/nature'] },
    {
      name: 'an answer of a child',
      body: { children: [child, { ...child, sex: 'x' }] },
      pointers: ['/children/1/sex'],
    },
    { name: 'unknown fields', body: { a: 1, 'b/c~d': 2 }, pointers: ['/a', '/b~1c~0d'] },
    { name: 'an unknown field of a child', body: { children: [{ surname: 'x' }] }, pointers: ['/children/0/surname'] },
    { name: 'five children', body: { children: [{}, {}, {}, {}, {}] }, pointers: ['/children'] },
    { name: 'several at once', body: { nature: 1, awareOn: 'x' }, pointers: ['/nature', '/awareOn'] },
    { name: 'a list', body: [], pointers: [''] },
  ]
  for (const { name, body, pointers } of wrong) {
    test(`what is wrong in the body is told with its place: ${name}`, async () => {
      const notifier = await aToken('notifier', await anArea())
      const answer = await ask(notifier, { method: 'POST', url: notifications, body })
      assertProblem(answer, 400, 'invalid')
      const errors = answer.json['errors'] as unknown as { pointer: string; detail: string }[]
      assert.deepEqual(
        errors.map(error => error.pointer),
        pointers,
      )
      for (const { detail } of errors) assert.ok(detail)
    })
  }

  test('what keeps a draft from being sent is told with its place', async () => {
    const notifier = await aToken('notifier', await anArea())
    const { sex: _, ...withoutSex } = child
    const { notifierPhone: _2, ...unfinished } = { ...others, awareOn: '2026-03-09', children: [withoutSex] }
    const id = await aDraft(notifier, unfinished)
    const answer = await ask(notifier, send(id))
    assertProblem(answer, 400, 'invalid')
    assert.deepEqual(
      (answer.json['errors'] as unknown as { pointer: string }[]).map(({ pointer }) => pointer).toSorted(),
      ['/awareOn', '/children/0/sex', '/notifierPhone'],
    )
    assert.equal((await ask(notifier, { url: `${notifications}/${id}` })).json['status'], 'draft')
  })

  const unreadable: { name: string; payload: string; type: string; status: number; kind: string }[] = [
    { name: 'broken JSON', payload: '{"nature": "Rowan', type: 'application/json', status: 400, kind: 'invalid' },
    { name: 'nothing', payload: '', type: 'application/json', status: 400, kind: 'invalid' },
    {
      name: 'a form',
      payload: 'nature=death',
      type: 'application/x-www-form-urlencoded',
      status: 415,
      kind: 'not-json',
    },
    { name: 'text', payload: 'nature', type: 'text/plain', status: 415, kind: 'not-json' },
    {
      name: 'more than a megabyte',
      payload: JSON.stringify({ location: 'x'.repeat(1_000_001) }),
      type: 'application/json',
      status: 413,
      kind: 'too-large',
    },
  ]
  for (const { name, payload, type, status, kind } of unreadable) {
    test(`a body that is ${name} is refused`, async () => {
      const notifier = await aToken('notifier', await anArea())
      const answer = await ask(notifier, {
        method: 'POST',
        url: notifications,
        body: payload,
        headers: { 'content-type': type },
      })
      assertProblem(answer, status, kind)
      assert.doesNotMatch(answer.text, /Rowan/)
    })
  }

  test('the list goes on page by page, and by status, area and day of sending', async () => {
    const area = await anArea()
    const notifier = await aToken('notifier', area)
    const ids: string[] = []
    for (let minute = 10; minute < 15; minute += 1) {
      testClock.set(`2026-03-02T10:${minute}:00Z`)
      ids.unshift(minute < 13 ? await sentOne(notifier) : await aDraft(notifier))
    }
    const listed = async (query: string) => {
      const { json, status, text } = await ask(notifier, { url: `${notifications}?${query}` })
      assert.equal(status, 200, text)
      return {
        ids: (json['items'] as unknown as { id: string }[]).map(({ id }) => id),
        next: json['nextCursor'] as string | null,
      }
    }
    const pages: string[][] = []
    for (let next: string | null = ''; next !== null;) {
      const page: Awaited<ReturnType<typeof listed>> = await listed(`limit=2${next && `&cursor=${next}`}`)
      pages.push(page.ids)
      next = page.next
    }
    assert.deepEqual(pages, [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
    assert.deepEqual((await listed('status=draft')).ids, ids.slice(0, 2))
    assert.deepEqual((await listed('status=sent&limit=1')).ids, ids.slice(2, 3))
    assert.deepEqual((await listed('sentSince=2026-03-02T10:11:00Z')).ids, ids.slice(2, 4))
    assert.deepEqual((await listed('sentSince=2026-03-02T11:11:00%2B01:00')).ids, ids.slice(2, 4))
    assert.deepEqual((await listed(`area=${area.authority}`)).ids, ids)
    assert.deepEqual((await listed('area=E06000001')).ids, [])

    const cursorAt = (moment: string) =>
      Buffer.from(JSON.stringify([moment, '5d3f4f0e-55a5-4f0e-b9a1-2b0f9f1f0a11'])).toString('base64url')
    for (const [parameter, value] of [
      ['limit', '0'],
      ['limit', '101'],
      ['status', 'lost'],
      ['sentSince', '2 March'],
      ['area', 'E08\0'],
      ['cursor', 'bm90IG91cnM'],
      ['cursor', cursorAt('2026-99-02 10:00:00+00')],
      ['cursor', cursorAt('2026-02-30 10:00:00+00')],
      ['cursor', cursorAt('2026-02-03 25:00:00+00')],
    ]) {
      const answer = await ask(notifier, { url: `${notifications}?${parameter}=${encodeURIComponent(value!)}` })
      assertProblem(answer, 400, 'invalid', parameter)
      assert.equal(answer.json['errors']?.[0]?.['parameter'], parameter)
    }
    assertProblem(await ask(notifier, { url: `${notifications}?order=x` }), 400, 'invalid')
  })

  test('a column or an answer that is nobody’s business does not leak', async () => {
    const notifier = await aToken('notifier', await anArea())
    const id = await sentOne(notifier)
    await database.asOwner(async client => {
      for (const table of ['notification', 'notification_version', 'incident']) {
        await client.query(`alter table ${table} add column internal text not null default 'planted'`)
      }
      for (const table of ['notification', 'notification_version']) {
        await client.query(
          `update ${table} set answers = jsonb_set(answers || '{"internal": "planted"}', '{children,0,internal}', '"planted"')
           where incident_id = $1`,
          [id],
        )
      }
    })
    const draft = await aDraft(notifier)
    const put: Ask = {
      method: 'PUT',
      url: `${notifications}/${draft}`,
      body: aCompleteNotification(),
      headers: { 'if-match': '"1"' },
    }
    const asked: Ask[] = [{ url: `${notifications}/${id}` }, { url: notifications }, put, send(draft)]
    for (const one of asked) {
      const { status, text } = await ask(notifier, one)
      assert.equal(status, 200, text)
      assert.doesNotMatch(text, /planted|internal/, JSON.stringify(one))
    }
  })

  test('who reads a notification is noted; who lists them reads no child', async () => {
    const area = await anArea()
    const notifier = await aToken('notifier', area)
    const id = await sentOne(notifier)
    const reader = await aToken('business-manager', area)
    await ask(reader, { url: `${notifications}/${id}` })
    const list = await ask(reader, { url: notifications })
    assert.doesNotMatch(list.text, /Rowan|Testfield|hospital/)
    const noted = await database.asOwner(client =>
      client.query<{ subject: string; incident_ids: string[] }>(
        'select subject, incident_ids from access_entry where person_id = $1',
        [reader.personId],
      ),
    )
    assert.deepEqual(noted.rows, [{ subject: 'notification', incident_ids: [id] }])
  })

  test('when the service fails it says so without its inside', async () => {
    const notifier = await aToken('notifier', await anArea())
    await database.asOwner(client => client.query('alter table notification rename to notification_away'))
    const answer = await ask(notifier, { url: notifications })
    await database.asOwner(client => client.query('alter table notification_away rename to notification'))
    assertProblem(answer, 500, 'failed')
    assert.doesNotMatch(answer.text, /notification_away|relation|does not exist/)
  })

  test('the description is OpenAPI 3.1, every operation is documented and every reference leads somewhere', async () => {
    const description = await theDescription()
    assert.match(description.openapi, /^3\.1\.\d$/)
    assert.deepEqual(description.servers, [{ url: 'http://localhost:3000/api/v1' }])
    assert.deepEqual(description.security, [{ token: [] }])
    assert.equal(description.components.securitySchemes['token']?.['scheme'], 'bearer')
    assert.deepEqual(
      Object.entries(description.paths).flatMap(([path, item]) => Object.keys(item).map(method => `${method} ${path}`)),
      [
        'post /notifications',
        'get /notifications',
        'get /notifications/{id}',
        'put /notifications/{id}',
        'post /notifications/{id}/send',
        'get /public/recommendations',
        'get /public/recommendations/{number}',
      ],
    )
    const ids = new Set<string>()
    for (const [path, item] of Object.entries(description.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const about = `${method} ${path}`
        assert.ok(operation.operationId && !ids.has(operation.operationId), about)
        ids.add(operation.operationId)
        assert.ok(operation.summary, about)
        for (const tag of operation.tags) assert.ok(description.tags.some(({ name }) => name === tag))
        const inPath = (operation.parameters ?? []).filter(parameter => parameter.in === 'path')
        assert.deepEqual(
          inPath.map(({ name, required }) => [name, required]),
          [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true]),
        )
        for (const parameter of operation.parameters ?? []) assert.ok(parameter.schema['type'], about)
        assert.ok('500' in operation.responses, about)
        // What is public asks for no token.
        assert.equal('401' in operation.responses, operation.security?.length !== 0, about)
        assert.ok(Object.keys(operation.responses).some(status => status.startsWith('2')))
        for (const [status, response] of Object.entries(operation.responses)) {
          assert.notEqual(response.description, 'Default Response', `${about} ${status}`)
          const type = Number(status) < 400 ? 'application/json' : 'application/problem+json'
          assert.deepEqual(Object.keys(response.content), [type], `${about} ${status}`)
          assert.ok(response.content[type]?.schema['$ref'], `${about} ${status}`)
        }
      }
    }
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!)
    assert.ok(references.length > 10)
    for (const target of references) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(target)?.[1]
      assert.ok(name && name in description.components.schemas, target)
    }
    for (const [name, schema] of Object.entries(description.components.schemas)) assertSchema(schema, name)
  })

  test('the description has the questions, in their words, and examples that could be sent', async () => {
    const { components, paths } = await theDescription()
    const body = paths['/notifications']?.['post']?.requestBody?.content['application/json']?.schema
    assert.deepEqual(body, { $ref: '#/components/schemas/NotificationAnswersInput' })
    const schema = components.schemas['NotificationAnswersInput'] as {
      properties: Record<string, Schema & { items?: { properties: Record<string, Schema> } }>
      examples: unknown[]
    }
    assert.match(String(schema.properties['nature']?.['description']), /^What has happened\?/)
    assert.match(String(schema.properties['abuseOrNeglect']?.['description']), /does not have to be proved/)
    assert.ok(schema.properties['children']?.items?.properties['sex']?.['description'])
    assert.deepEqual(Object.keys(components.schemas).toSorted(), [
      'Notification',
      'NotificationAnswersInput',
      'NotificationList',
      'NotificationSummary',
      'Problem',
      'PublicRecommendation',
      'PublicRecommendationList',
    ])
    for (const [name, { examples }] of Object.entries(components.schemas)) assert.ok(examples, name)
    const notifier = await aToken('notifier', await anArea())
    assert.equal((await ask(notifier, send(await aDraft(notifier, schema.examples[0])))).status, 200)
  })
})

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']
/** Of OpenAPI 3.0 or of earlier drafts of JSON Schema. */
const outdated = ['nullable', 'definitions', 'id', '$id', 'example', 'discriminator']

/** Holds to JSON Schema 2020-12, as far as we use it. */
function assertSchema(schema: Schema, at: string): void {
  if ('$ref' in schema) return
  for (const keyword of outdated) assert.ok(!(keyword in schema), `${at} has ${keyword}`)
  for (const type of [schema['type'] ?? []].flat()) assert.ok(types.includes(String(type)), `${at} is ${String(type)}`)
  assert.ok('type' in schema || 'anyOf' in schema || 'enum' in schema, `${at} says nothing`)
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  for (const name of (schema['required'] ?? []) as string[]) assert.ok(name in properties, `${at} requires ${name}`)
  for (const [name, inner] of Object.entries(properties)) assertSchema(inner, `${at}.${name}`)
  for (const inner of (schema['anyOf'] ?? []) as Schema[]) assertSchema(inner, `${at} any of`)
  if (schema['items']) assertSchema(schema['items'] as Schema, `${at} items`)
  if ('examples' in schema) assert.ok(Array.isArray(schema['examples']), at)
  if ('pattern' in schema) assert.ok(new RegExp(String(schema['pattern']), 'u'), at)
}
