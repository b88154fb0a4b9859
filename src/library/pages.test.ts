import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import type { Acting } from '../platform/acting.ts'
import { readConfig } from '../platform/config.ts'
import { diskFileStore } from '../platform/files/index.ts'
import { openLog } from '../platform/log.ts'
import { aPerson, testDatabase } from '../platform/testing/test-database.ts'
import { createWeb } from '../platform/web/index.ts'
import { aPreparedPublication, aPublicText } from './builders.ts'
import { registerPublicationPages } from './pages.tsx'
import { hideAccount, publishReview } from './publish.ts'
import { stepsOf } from './store.ts'

suite('the desk of a publication', () => {
  const closing: (() => unknown)[] = []
  after(async () => {
    for (const close of closing.toReversed()) await close()
  })

  /** The web with the pages of the desk only, for one person who is signed in. */
  async function browserOf(acting: Acting) {
    const folder = mkdtempSync(join(tmpdir(), 'weathervane-desk-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const web = await createWeb({
      config: readConfig({}),
      log: openLog('silent'),
      visitorOf: async () => ({
        sessionId: '',
        personId: acting.personId,
        name: acting.name,
        csrfToken: 'token',
        acting,
        appointments: [],
      }),
      navigation: () => [],
    })
    registerPublicationPages(web, { files: diskFileStore(folder), publicUrl: 'https://weathervane.example' })
    closing.push(() => web.app.close())
    return {
      get: async (url: string) => (await web.app.inject({ method: 'GET', url })).body,
      post: (url: string, fields: Record<string, string>) =>
        web.app.inject({
          method: 'POST',
          url,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams({ ...fields, _csrf: 'token' }).toString(),
        }),
    }
  }

  async function aDesk() {
    const prepared = await aPreparedPublication()
    return {
      ...prepared,
      path: `/incidents/${prepared.incidentId}/publication`,
      browser: await browserOf(prepared.manager),
    }
  }

  test('who tells somebody, and when, is kept whichever button of the line is pressed, and where it is refused', async () => {
    const { manager, read, path, browser } = await aDesk()
    const { reviewId } = await read()
    const [family, staff] = await manager.transaction(tx => stepsOf(tx, reviewId))
    const tell = (id: string, pressed: string) =>
      browser.post(`${path}/plan`, { step: id, toldBy: 'The lead contact', tellAt: 'At 4 pm, at home', do: pressed })

    const tooEarly = await tell(staff!.id, 'done')
    assert.equal(tooEarly.statusCode, 400)
    assert.match(tooEarly.body, /Tell in order/)
    assert.equal(tooEarly.body.match(/value="At 4 pm, at home"/g)?.length, 1)
    assert.match(tooEarly.body, /value="The lead contact"/)

    await tell(family!.id, 'done')
    const [told] = await manager.transaction(tx => stepsOf(tx, reviewId))
    assert.deepEqual([told!.toldBy, told!.tellAt], ['The lead contact', 'At 4 pm, at home'])
    assert.match(await browser.get(path), /By The lead contact, At 4 pm, at home/)
  })

  test('a page stands between the desk and the public: where, how widely, which documents, and what is not done', async () => {
    const { incidentId, read, tellEverybody, save, path, browser } = await aDesk()
    await tellEverybody()
    await save({ text: aPublicText({ feed: 'no', recommendations: '' }) })
    const { number, revision } = await read()
    const desk = await browser.get(path)
    assert.doesNotMatch(desk, new RegExp(`action="${path}/publish"`))
    assert.match(desk, new RegExp(`href="${path}/publish"`))

    const asked = await browser.get(`${path}/publish`)
    for (const words of [
      `https://weathervane.example/reviews/${number}`,
      'No document becomes public: only the words of the page do, and not the report.',
      'Not announced',
      'May list it',
      'Not begun: Signed off',
    ]) {
      assert.ok(asked.includes(words), words)
    }
    assert.doesNotMatch(asked, /The family has read it|In the way today/)

    await (
      await testDatabase()
    ).asOwner(client => client.query('delete from local_review_stage where incident_id = $1', [incidentId]))
    for (const page of [path, `${path}/publish`]) {
      assert.match(await browser.get(page), /In the way today:[^]*Not begun: The family has read it/, page)
    }
    const refused = await browser.post(`${path}/publish`, { revision: String(revision) })
    assert.equal(refused.statusCode, 400)
    assert.match(refused.body, /Publish this review\?[^]*enter why it is published all the same/i)
    const published = await browser.post(`${path}/publish`, {
      revision: String(revision),
      reason: 'They moved abroad.',
    })
    assert.equal(published.headers.location, path)
  })

  test('who wrote words of the page did not check them: their name is refused at the field, also for whoever saves next', async () => {
    const { manager, area, read, path, browser } = await aDesk()
    const other = await aPerson('business-manager', area.partnership)
    const { checkedBy: _, themes: _none, ...typed } = aPublicText()
    const words = Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== undefined))
    const save = async (by: typeof browser, changes: Record<string, string>) =>
      by.post(`${path}/words`, { ...words, revision: String((await read()).revision), ...changes })

    const refused = await save(browser, { checkedBy: ` ${manager.name.toUpperCase()}, business manager` })
    assert.equal(refused.statusCode, 400)
    assert.match(refused.body, /href="#checkedBy">Enter somebody other than who wrote it/)
    const colleague = await browserOf(other)
    assert.equal((await save(colleague, { checkedBy: manager.name })).statusCode, 400)
    assert.equal(
      (await save(colleague, { checkedBy: other.name })).statusCode,
      303,
      'who wrote nothing may have checked',
    )
    const wrote = await save(colleague, { checkedBy: other.name, learning: 'Other words.' })
    assert.match(wrote.body, new RegExp(`${other.name} wrote words of this page`))
    assert.equal((await read()).text.checkedBy, other.name)
  })

  test('once the account is hidden the desk says one thing of what is public', async () => {
    const { manager, incidentId, tellEverybody, save, read, path, browser } = await aDesk()
    await save({ text: aPublicText({ recommendations: '' }) })
    assert.match(await browser.get(path), /What is to be published<\/dt>\s*<dd[^>]*>\s*The review, with an account/)
    await tellEverybody()
    await publishReview(manager, incidentId, { seenRevision: (await read()).revision, reason: '', note: '' })
    const whole = /What is public<\/dt>\s*<dd[^>]*>\s*The review, with an account/
    assert.match(await browser.get(path), whole)

    await hideAccount(manager, incidentId, 'A retrial was ordered.')
    const hidden = await browser.get(path)
    assert.match(
      hidden,
      /What is public<\/dt>\s*<dd[^>]*>\s*Learning and recommendations\. The account of what happened is not/,
    )
    assert.doesNotMatch(hidden, /The review, with an account of what happened/)
  })

  test('what delays publication reads as sentences, with the mark behind them', async () => {
    const { incidentId, path, browser } = await aDesk()
    const place = 'review_id, incident_id, authority_code, partnership_code'
    await (
      await testDatabase()
    ).asOwner(client =>
      client.query(
        `insert into related_process (${place}, kind, body, status, effect, checked_on)
         select ${place}, 'criminal', 'The crown court', 'running', 'delays-publication', '2026-02-01'
         from review where incident_id = $1`,
        [incidentId],
      ),
    )
    const words = (await browser.get(path)).replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')
    assert.match(
      words,
      /Related process: The crown court\. It delays publication, and is kept with the local review\. In the way today/,
    )
  })

  test('nothing is asked at the last page while a word is not decided by which somebody could be recognised', async () => {
    const { save, path, browser } = await aDesk()
    await save({ text: aPublicText({ learning: 'On 3 March 2025 nobody looked.', recommendations: '' }) })
    const page = await browser.get(`${path}/publish`)
    assert.match(page, /could be recognised. Decide about/)
    assert.doesNotMatch(page, /Publish now/)
  })
})
