import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import type { Config } from '../config.ts'
import { ServiceError } from '../errors.ts'
import { Input, Textarea } from './components/index.ts'
import { FormToken } from './layout.tsx'
import { createWeb, type Web } from './server.ts'
import type { Visitor } from './visitor.ts'

const csrfToken = 'the token of this session'
const visitor: Visitor = {
  sessionId: 'session',
  personId: 'person',
  name: 'Test person',
  csrfToken,
  acting: undefined,
  appointments: [],
}

interface Sent {
  method?: 'GET' | 'POST'
  url: string
  fields?: Record<string, string>
  headers?: Record<string, string>
  payload?: string
}

/** A small site over the real server. `who` is at the door: nobody unless given. */
async function aSite({ who, publicUrl = 'http://localhost:3000' }: { who?: Visitor; publicUrl?: string } = {}) {
  const config: Config = {
    mode: 'production',
    port: 0,
    databaseUrl: undefined,
    dataFolder: '/nowhere',
    publicUrl,
    secret: 'a secret for tests, of more than 32 characters',
    smtpUrl: undefined,
    trustedProxies: [],
    helpPhone: '01632 960999',
    logLevel: 'error',
  }
  const logged: string[] = []
  const log = pino({ base: null }, { write: line => logged.push(line) })
  const web = await createWeb({ config, log, visitorOf: async () => who, navigation: () => [] })
  const saved: string[] = []
  web.app.get('/', async (request, reply) => web.page(request, reply, { title: 'Home', children: 'Home' }))
  web.app.get('/on', async (_request, reply) => reply.redirect('/', 303))
  web.app.get('/mine', async request => web.acting(request).name)
  web.app.post('/save', async (request, reply) => {
    saved.push((request.body as Record<string, string>)['text'] ?? '')
    return web.redirect(reply, '/', 'Saved <b>once</b>.')
  })
  web.app.post('/mine', async request => web.acting(request).name)
  web.app.get('/broken', async () => {
    throw new Error('a detail nobody should read', { cause: new Error('the deeper reason') })
  })
  web.app.get('/refused', async () => {
    throw new ServiceError('conflict', 'This <i>changed</i>. Reload it.')
  })
  for (const kind of ['conflict', 'not-allowed', 'not-found', 'invalid'] as const) {
    web.app.post(`/${kind}`, async () => {
      throw new ServiceError(kind, 'It moved on.')
    })
  }
  web.app.post('/broken', async () => {
    throw new Error('a detail nobody should read')
  })
  web.app.get('/form', async (request, reply) => showForm(web, request, reply))
  const send = async ({ method = 'GET', url, fields, headers, payload }: Sent) =>
    web.app.inject({
      method,
      url,
      ...(payload && { payload }),
      ...(fields && { payload: new URLSearchParams(fields).toString() }),
      headers: { ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    })
  return { send, saved, logged }
}

type Handler = Parameters<Web['page']>
const typed = `"><script>alert('x')</script>&amp;`

function showForm(web: Web, request: Handler[0], reply: Handler[1]) {
  return web.page(request, reply, {
    title: typed,
    errors: [{ field: 'one', text: typed }],
    back: { text: typed, href: '/' },
    children: (
      <form>
        <FormToken visitor={visitor} />
        <Input name="one" label={{ text: typed }} hint={{ text: typed }} value={typed} errorMessage={{ text: typed }} />
        <Textarea name="two" label={{ text: typed }} value={typed} />
        <p title={typed}>{typed}</p>
      </form>
    ),
  })
}

const fromUs = { 'sec-fetch-site': 'same-origin' }
const withToken = { text: 'words', _csrf: csrfToken }
const forms: {
  name: string
  who?: Visitor
  fields?: Record<string, string>
  headers?: Record<string, string>
  status: number
}[] = [
  { name: 'a form of ours with its token', who: visitor, fields: withToken, headers: fromUs, status: 303 },
  { name: 'a form of ours from a browser that says nothing', who: visitor, fields: withToken, status: 303 },
  {
    name: 'a form of ours from a browser that says its origin',
    who: visitor,
    fields: withToken,
    headers: { origin: 'http://localhost:3000' },
    status: 303,
  },
  { name: 'a form without a token', who: visitor, fields: { text: 'words' }, status: 403 },
  {
    name: 'a form with a wrong token',
    who: visitor,
    fields: { ...withToken, _csrf: 'the token of that session' },
    status: 403,
  },
  {
    name: 'a form with a token of other letters',
    who: visitor,
    fields: { ...withToken, _csrf: csrfToken.replace('t', 'é') },
    status: 403,
  },
  { name: 'a form without a body', who: visitor, status: 403 },
  {
    name: 'a form from another site, even with the token',
    who: visitor,
    fields: withToken,
    headers: { 'sec-fetch-site': 'cross-site' },
    status: 403,
  },
  {
    name: 'a form from a neighbour on the same domain',
    who: visitor,
    fields: withToken,
    headers: { 'sec-fetch-site': 'same-site' },
    status: 403,
  },
  {
    name: 'a form from another origin',
    who: visitor,
    fields: withToken,
    headers: { origin: 'https://evil.example' },
    status: 403,
  },
  {
    name: 'a form from a page without an origin',
    who: visitor,
    fields: withToken,
    headers: { origin: 'null' },
    status: 403,
  },
  {
    name: 'a form from another site before anybody signed in',
    fields: { text: 'words' },
    headers: { 'sec-fetch-site': 'cross-site' },
    status: 403,
  },
  { name: 'a form of ours before anybody signed in', fields: { text: 'words' }, headers: fromUs, status: 303 },
]
for (const { name, who, fields, headers, status } of forms) {
  test(`${name} is ${status === 303 ? 'taken' : 'refused'}`, async () => {
    const { send, saved } = await aSite(who && { who })
    const response = await send({
      method: 'POST',
      url: '/save',
      ...(fields && { fields }),
      ...(headers && { headers }),
    })

    assert.equal(response.statusCode, status)
    assert.deepEqual(saved, status === 303 ? ['words'] : [])
  })
}

test('a form of ours with the token of an earlier session keeps what was typed, except passwords', async () => {
  const { send, saved } = await aSite({ who: visitor })
  const fields = { text: typed, newPassword: 'four small grey herons', _csrf: 'an older token' }
  const response = await send({ method: 'POST', url: '/save', fields, headers: fromUs })

  assert.equal(response.statusCode, 401)
  assert.deepEqual(saved, [])
  assert.match(response.body, /name="text" value="&quot;>&lt;script>/)
  assert.ok(response.body.includes(`name="_csrf" value="${csrfToken}"`))
  assert.equal(response.body.includes('an older token'), false)
  assert.equal(response.body.includes('grey herons'), false)
})

test('a page may load nothing but what we serve, run no inline script, and stand in no frame', async () => {
  const { headers } = await (await aSite()).send({ url: '/' })

  assert.deepEqual(String(headers['content-security-policy']).split(';'), [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['referrer-policy'], 'same-origin')
  assert.equal(headers['cache-control'], 'no-store')
  assert.equal(headers['strict-transport-security'], undefined)
})

test('over https browsers are told to stay there', async () => {
  const { headers } = await (await aSite({ publicUrl: 'https://weathervane.example' })).send({ url: '/' })
  assert.match(String(headers['strict-transport-security']), /max-age=31536000/)
})

test('no page of ours carries an inline script, style or handler', async () => {
  const { body } = await (await aSite()).send({ url: '/form' })
  assert.equal(/<script(?![^>]*\ssrc=)/i.test(body), false)
  assert.equal(/<style|\sstyle=|<[^>]*\son[a-z]+=/i.test(body.replaceAll(/"[^"]*"/g, '""')), false)
})

test('an address that is not there is a page that says so, in the same dress', async () => {
  const response = await (await aSite()).send({ url: '/nowhere?q=<script>' })

  assert.equal(response.statusCode, 404)
  assert.match(response.body, /<h1 class="govuk-heading-l">Page not found<\/h1>/)
  assert.match(String(response.headers['content-security-policy']), /default-src 'none'/)
  assert.equal(response.body.includes('q=<script>'), false)
})

test('a page that fails says what to do and a number, never the reason; the log has both', async () => {
  const { send, logged } = await aSite()
  const response = await send({ url: '/broken' })

  assert.equal(response.statusCode, 500)
  assert.match(response.body, /Something went wrong/)
  const number = /<strong>([0-9a-f-]{36})<\/strong>/.exec(response.body)![1]!
  for (const hidden of ['a detail', 'deeper reason', '.js:', '.ts:', 'node:', ' at ']) {
    assert.equal(response.body.includes(hidden), false, hidden)
  }
  const line = logged.find(text => text.includes('a page failed'))!
  assert.ok(line.includes(number) && line.includes('a detail nobody should read'))
})

test('a refusal of ours is shown in its own words, escaped', async () => {
  const { statusCode, body } = await (await aSite()).send({ url: '/refused' })
  assert.equal(statusCode, 409)
  assert.ok(body.includes('This &lt;i>changed&lt;/i>. Reload it.'))
})

test('what people type comes out as text wherever it stands', async () => {
  const { body } = await (await aSite()).send({ url: '/form' })

  assert.equal(body.includes("<script>alert('x')"), false)
  assert.equal(body.includes('value=""><'), false)
  assert.equal(body.match(/&lt;script>alert/g)?.length, 11)
})

test('a notice is said once, escaped, and not lost on a further redirect', async () => {
  const { send } = await aSite({ who: visitor })
  const saved = await send({ method: 'POST', url: '/save', fields: withToken })
  const { name, value } = saved.cookies[0]!
  const headers = { cookie: `${name}=${encodeURIComponent(value)}` }

  const redirected = await send({ url: '/on', headers })
  assert.equal(redirected.cookies.length, 0)
  const page = await send({ url: '/', headers })
  assert.ok(page.body.includes('Saved &lt;b>once&lt;/b>.'))
  assert.equal(page.cookies[0]?.value, '')
  assert.equal((await send({ url: '/' })).body.includes('Saved'), false)
})

test('a notice that we did not sign is not said', async () => {
  const { body } = await (await aSite()).send({ url: '/', headers: { cookie: 'notice=Ring%20this%20number' } })
  assert.equal(body.includes('Ring this number'), false)
})

test('who is not signed in is sent to sign in, and back afterwards', async () => {
  const { headers, statusCode } = await (await aSite()).send({ url: '/mine?tab=2' })
  assert.equal(statusCode, 303)
  assert.equal(headers.location, '/sign-in?back=%2Fmine%3Ftab%3D2')
})

test('who was signed out while typing gets what they typed back', async () => {
  const fields = { text: 'a long answer' }
  const { statusCode, body } = await (await aSite()).send({ method: 'POST', url: '/mine', fields, headers: fromUs })
  assert.equal(statusCode, 401)
  assert.match(body, /name="text" value="a long answer"/)
})

for (const url of ['/conflict', '/not-allowed', '/not-found', '/invalid', '/broken', '/nowhere']) {
  test(`what was typed into a form that ends at ${url} stands there to be copied, except passwords`, async () => {
    const { send } = await aSite({ who: visitor })
    const fields = {
      reason: `First line.\r\n${typed}`,
      viewOnReview: 'agree',
      empty: ' ',
      newPassword: 'four small grey herons',
      read: 'c0ffee',
      revision: '12345',
      personId: '7f0c6a52-3f0e-4a52-9d55-0d8f5f3c1b11',
      _csrf: csrfToken,
    }
    const { statusCode, body } = await send({ method: 'POST', url, fields, headers: fromUs })

    assert.ok(statusCode >= 400)
    assert.match(
      body,
      /<textarea[^>]* name="reason"[^>]* readonly[^>]*>First line\.\r\n&quot;>&lt;script>[^<]*<\/textarea>/,
    )
    assert.equal(body.includes("<script>alert('x')"), false)
    assert.match(body, /View on review\s*<\/dt>\s*<dd[^>]*>\s*agree/)
    assert.equal(body.match(/readonly/g)?.length, 1)
    assert.doesNotMatch(body, /grey herons|c0ffee|12345|7f0c6a52|Empty|<form|name="_csrf"/)
  })
}

test('words that a form of another site brings are never shown as typed here', async () => {
  const { send } = await aSite({ who: visitor })
  const fields = { reason: 'Ring this number.', _csrf: 'a token of theirs' }
  const { statusCode, body } = await send({ method: 'POST', url: '/conflict', fields })
  assert.equal(statusCode, 403)
  assert.equal(body.includes('Ring this number'), false)
})

const withoutRole = [
  { name: 'who has no role today', appointments: [], said: /You have no role in Weathervane today/ },
  {
    name: 'whose role has ended and who has another',
    appointments: [{ id: 'a', role: 'notifier', bodyCode: 'B', bodyName: 'Body' }],
    said: /The role you acted in has ended/,
  },
] as const
for (const { name, appointments, said } of withoutRole) {
  test(`${name} is told what to do`, async () => {
    const { statusCode, body } = await (await aSite({ who: { ...visitor, appointments } })).send({ url: '/mine' })
    assert.equal(statusCode, 403)
    assert.match(body, said)
  })
}

test('the log names the route, never the address with what people looked for', async () => {
  const { send, logged } = await aSite()
  await send({ url: '/?q=a-family-name' })
  assert.equal(logged.length, 1)
  assert.equal(logged[0]!.includes('a-family-name'), false)
})

test('nobody who is not signed in can fill the memory: no file is read, and a form stays below a megabyte', async () => {
  const { send } = await aSite()
  const file = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords\r\n--x--\r\n'
  const upload = await send({
    method: 'POST',
    url: '/save',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: file,
  })
  assert.equal(upload.statusCode, 403)
  assert.match(upload.body, /choose the file again/)
  const long = await send({ method: 'POST', url: '/mine', fields: { text: 'a'.repeat(1_100_000) } })
  assert.equal(long.statusCode, 413)
})

for (const type of ['application/json', 'text/plain']) {
  test(`a page takes forms, and nothing that comes as ${type}`, async () => {
    const { send, saved } = await aSite({ who: visitor })
    const payload = JSON.stringify({ _csrf: csrfToken, text: 'typed', file: { name: 'a.txt', bytes: 1_500_000_000 } })
    const answer = await send({ method: 'POST', url: '/save', headers: { 'content-type': type }, payload })
    assert.equal(answer.statusCode, 415)
    assert.deepEqual(saved, [])
  })
}
