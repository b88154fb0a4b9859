import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import type { Database } from '../database/index.ts'
import type { PublicAnswer } from './public-page.ts'
import { createWeb } from './server.ts'

/** A site with pages for everybody; whoever reads a visitor there is found out. */
async function aSite(answers: Record<string, () => PublicAnswer>) {
  let visitorsRead = 0
  let changes = 0
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
    visitorOf: async () => {
      visitorsRead += 1
      return undefined
    },
    navigation: () => [],
    open: {
      // Something public changes before every request: nothing is answered from memory.
      ask: (async () => [{ version: String((changes += 1)) }]) as unknown as Database['ask'],
      links: { find: async () => ({ state: 'unknown' }), countOpening: async () => {} },
      navigation: [{ text: 'Published reviews', href: '/reviews' }],
    },
  })
  for (const [url, answer] of Object.entries(answers)) web.publicPage(url, async () => answer())
  const get = (url: string, headers: Record<string, string> = {}) => web.app.inject({ url, headers })
  return { get, visitorsRead: () => visitorsRead }
}

test('a page for everybody is the same for everybody, whatever they bring', async () => {
  const { get, visitorsRead } = await aSite({ '/reviews': () => ({ title: 'Published', children: 'Words' }) })
  const first = await get('/reviews')
  const second = await get('/reviews', { cookie: 'weathervane=a; notice=b', 'user-agent': 'another' })

  assert.equal(first.statusCode, 200)
  assert.deepEqual([second.body, without(second.headers)], [first.body, without(first.headers)])
  assert.equal(first.headers['set-cookie'], undefined)
  assert.equal(visitorsRead(), 0)
  assert.match(first.body, /Published reviews/)
})

const without = (headers: Record<string, unknown>) => ({ ...headers, date: undefined })

test('a cache may keep it, and is told when it has the newest', async () => {
  let words = 'Words'
  const { get } = await aSite({ '/reviews': () => ({ title: 'Published', children: words }) })
  const { headers } = await get('/reviews')
  assert.equal(headers['cache-control'], 'public, max-age=60, must-revalidate')
  const again = () => get('/reviews', { 'if-none-match': `W/"x", ${headers.etag}` })

  assert.deepEqual([(await again()).statusCode, (await again()).body], [304, ''])
  words = 'Other words'
  assert.equal((await again()).statusCode, 200)
})

test('search engines list only the pages that were chosen for it', async () => {
  const { get } = await aSite({
    '/listed': () => ({ title: 'Listed', children: '', index: true }),
    '/unlisted': () => ({ title: 'Unlisted', children: '' }),
  })
  const [listed, unlisted] = [await get('/listed'), await get('/unlisted')]
  assert.deepEqual([listed.headers['x-robots-tag'], /name="robots"/.test(listed.body)], [undefined, false])
  assert.deepEqual(
    [unlisted.headers['x-robots-tag'], /name="robots" content="noindex"/.test(unlisted.body)],
    ['noindex', true],
  )
})

test('where nothing is published, the page says so and no cache keeps that', async () => {
  const { get } = await aSite({ '/reviews/:number': () => undefined })
  const { statusCode, headers, body } = await get('/reviews/LR-2026-1')
  assert.equal(statusCode, 404)
  assert.equal(headers['cache-control'], 'no-store')
  assert.match(body, /Nothing is published at this address/)
})

test('a file for everybody is sent under its name', async () => {
  const { get } = await aSite({
    '/all.csv': () => ({ type: 'text/csv; charset=utf-8', body: 'number\n', fileName: 'all "reviews".csv', maxAge: 5 }),
  })
  const { headers, body } = await get('/all.csv')
  assert.equal(body, 'number\n')
  assert.equal(headers['content-disposition'], 'attachment; filename="all--reviews-.csv"')
  assert.equal(headers['cache-control'], 'public, max-age=5, must-revalidate')
})
