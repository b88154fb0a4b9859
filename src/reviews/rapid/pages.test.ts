import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { documentsOf } from '../../documents/index.ts'
import type { Acting } from '../../platform/acting.ts'
import { readConfig } from '../../platform/config.ts'
import { fixture } from '../../platform/files/builders.ts'
import { diskFileStore } from '../../platform/files/index.ts'
import { openLog } from '../../platform/log.ts'
import { anArea, aPerson, testClock } from '../../platform/testing/test-database.ts'
import { createWeb } from '../../platform/web/index.ts'
import {
  aCompleteReview,
  anOpenReview,
  aReviewToSign,
  aSecondAuthority,
  aSignedReview,
  signNow,
  writeReview,
} from '../builders.ts'
import { askForSignatures, takeBack } from './ask-for-signatures.ts'
import { registerReviewPages } from './pages.tsx'
import { saveSection } from './save-section.ts'
import { sendRapidReview } from './send-rapid-review.ts'
import { sendReviewBack } from './sign.ts'
import { readReview } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'weathervane-pages-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const files = diskFileStore(folder)

/** The web with our pages only, for one person who is signed in. */
async function browserOf(acting: Acting) {
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
  registerReviewPages(web, { files })
  after(() => web.app.close())
  return {
    get: (url: string) => web.app.inject({ method: 'GET', url }),
    post: (url: string, fields: Record<string, string | undefined>) =>
      web.app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...(fields as Record<string, string>), _csrf: 'token' }).toString(),
      }),
    upload: (url: string, { title, name, bytes }: { title: string; name: string; bytes: Uint8Array }) => {
      const boundary = 'between'
      const field = (key: string, value: string) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`
      const payload = Buffer.concat([
        Buffer.from(field('_csrf', 'token') + field('title', title)),
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
        bytes,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
      return web.app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        payload,
      })
    },
  }
}

const readEntries = (acting: Acting) =>
  acting.transaction(tx => tx.selectFrom('access_entry').select(['subject', 'purpose', 'incident_ids']).execute())

test('outside the group every page of a draft looks as if it were not there', async () => {
  const { place, manager } = await anOpenReview()
  const inside = await browserOf(manager)
  const outside = await browserOf(await aPerson('business-manager', (await anArea()).partnership))
  for (const page of ['', '/write/learning', '/check', '/group', '/files']) {
    const url = `/incidents/${place.incidentId}/rapid-review${page}`
    assert.equal((await inside.get(url)).statusCode, 200, page)
    assert.equal((await outside.get(url)).statusCode, 404, page)
  }
  const url = `/incidents/${place.incidentId}/rapid-review`
  assert.equal((await outside.post(`${url}/write/learning`, { learning: 'Mine.' })).statusCode, 404)
  assert.equal((await outside.post(`${url}/group`, { personId: manager.personId })).statusCode, 404)
  for (const nowhere of [
    '/incidents/not-an-id/rapid-review',
    `${url}/files/not-an-id`,
    '/documents/not-an-id/original',
  ]) {
    assert.equal((await inside.get(nowhere)).statusCode, 404, nowhere)
  }
})

test('a page that is saved leads to the next one, and what was typed stands there again', async () => {
  const { place, manager } = await anOpenReview()
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review/write`
  const saved = await browser.post(`${url}/incident`, { incident: 'What <happened>.', revision: '1' })
  assert.equal(saved.statusCode, 303)
  assert.equal(saved.headers.location, `${url}/immediate-safeguarding`)
  assert.match((await browser.get(`${url}/incident`)).body, /What &lt;happened(&gt;|>)\./)
  assert.deepEqual((await readEntries(manager)).at(-1), {
    subject: 'rapid-review-draft',
    purpose: 'write the rapid review',
    incident_ids: [place.incidentId],
  })
})

test('what cannot be read stands there again with its error, and after coming back', async () => {
  const { place, manager } = await anOpenReview()
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review`
  const fields = { 'meetingOn-day': '31', 'meetingOn-month': '2', 'meetingOn-year': '2026', authors: 'A. Writer' }
  const refused = await browser.post(`${url}/write/overview`, { ...fields, revision: '1' })
  assert.equal(refused.statusCode, 400)
  for (const body of [refused.body, (await browser.get(`${url}/write/overview`)).body]) {
    assert.match(body, /value="31"/)
    assert.match(body, /value="A. Writer"/)
  }
  assert.match((await browser.get(url)).body, /Something to put right/)
})

for (const revision of ['', 'latest', '1e9', '-1', undefined]) {
  test(`a page sent with the revision ${revision ?? 'left out'} overwrites nothing`, async () => {
    const { place, manager } = await anOpenReview()
    const browser = await browserOf(manager)
    const url = `/incidents/${place.incidentId}/rapid-review/write/incident`
    await saveSection(manager, place.incidentId, 'incident', { body: { incident: 'One.' }, seenRevision: 1 })
    const late = await browser.post(url, { incident: 'Two.', ...(revision !== undefined && { revision }) })
    assert.equal(late.statusCode, 409)
    const review = await manager.transaction(tx => readReview(tx, place.incidentId))
    assert.equal(review?.answers.incident, 'One.')
  })
}

test('when somebody else saved the page meanwhile, both texts stand on it', async () => {
  const { place, manager } = await anOpenReview()
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review/write/actions`
  await browser.post(url, { actions: 'Stored by a colleague.', revision: '1' })
  const answer = await browser.post(url, { actions: 'Typed by me.', revision: '1' })
  assert.equal(answer.statusCode, 409)
  assert.match(answer.body, /Stored by a colleague\./)
  assert.match(answer.body, /<textarea[^>]*>\s*Typed by me\./)
  const again = /name="revision" value="(\d+)"/.exec(answer.body)?.[1]
  assert.equal((await browser.post(url, { actions: 'Both.', revision: again })).statusCode, 303)
})

test('after a file is refused nothing typed is lost', async () => {
  const { place, manager } = await anOpenReview()
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review`
  await saveSection(manager, place.incidentId, 'learning', { body: { learning: 'Typed before.' }, seenRevision: 99 })
  const refused = await browser.upload(`${url}/files`, {
    title: 'Report of 2 March',
    name: 'password.pdf',
    bytes: await fixture('password.pdf'),
  })
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /id="file-error"[^>]*>.*protected with a password/)
  assert.match(refused.body, /href="#file"/)
  assert.match(refused.body, /value="Report of 2 March"/)
  assert.match((await browser.get(`${url}/write/learning`)).body, /Typed before\./)
})

test('a file that is read leads to its paragraphs, with changes in words and sections suggested', async () => {
  const { place, manager } = await anOpenReview()
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review`
  const bytes = await fixture('rapid-review.docx')
  const answer = await browser.upload(`${url}/files`, { title: 'Our report', name: 'rapid-review.docx', bytes })
  assert.equal(answer.statusCode, 303)
  const placing = String(answer.headers.location)
  const page = (await browser.get(placing)).body
  assert.match(page, /start of deleted text: /)
  assert.match(page, /start of inserted text: /)
  assert.match(page, /Please check this against the health chronology/)
  assert.match(page, /<option value="decision" selected>Decision \(suggested\)/)

  const revision = /name="revision" value="(\d+)"/.exec(page)?.[1]
  const refused = await browser.post(`${placing}?by=heading`, { 'part-22': 'actions', 'part-2': 'incident', revision })
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /Select what to do with tracked changes and comments/)
  assert.match(refused.body, /<option value="actions" selected>/, 'what was chosen stays chosen')

  const placed = await browser.post(`${placing}?by=heading`, { 'part-22': 'actions', changes: 'accepted', revision })
  assert.equal(placed.statusCode, 303)
  const again = await browser.post(`${placing}?by=heading`, { 'part-22': 'actions', changes: 'accepted', revision })
  assert.equal(again.statusCode, 409)
  assert.match(again.body, /href="#parts"[^>]*>The text changed since/)
  assert.doesNotMatch(again.body, /<option value="actions" selected>/, 'what was placed is not chosen once more')
  assert.match((await browser.get(placing)).body, /Placed already/)
  assert.equal((await browser.get(url)).body.match(/Text of a file was placed here.*?Not read yet/gs)?.length, 1)
  const section = (await browser.get(`${url}/write/actions`)).body
  assert.match(section, /Text of a file was placed here\. Read it/)
  const text = /<textarea[^>]*>([^<]*)<\/textarea>/.exec(section)![1]!
  const seen = /name="revision" value="(\d+)"/.exec(section)?.[1]
  assert.match((await browser.get(`${url}/check`)).body, /Actions: text of a file was placed here and not read yet/)
  assert.equal((await browser.post(`${url}/write/actions`, { actions: text, revision: seen })).statusCode, 303)
  assert.doesNotMatch((await browser.get(url)).body, /Not read yet/)
  assert.doesNotMatch((await browser.get(`${url}/check`)).body, /not read yet/)

  const [document] = await manager.transaction(tx => documentsOf(tx, place.reviewId))
  const original = await browser.get(`/documents/${document!.id}/original`)
  assert.deepEqual(original.rawPayload, Buffer.from(bytes))
  assert.match(String(original.headers['content-disposition']), /^attachment; .*Our%20report\.docx$/)
  assert.ok((await readEntries(manager)).some(({ purpose }) => purpose === 'download a file'))
  const outside = await browserOf(await aPerson('secretariat', 'TN'))
  assert.equal((await outside.get(`/documents/${document!.id}/original`)).statusCode, 404)
})

test('three hundred paragraphs without a heading are placed one by one', async () => {
  const { place, manager } = await anOpenReview()
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review`
  const text = Array.from({ length: 300 }, (_, index) => `This is sentence ${index + 1} of a long report.`).join('\n\n')
  const answer = await browser.upload(`${url}/files`, { title: '', name: 'long.txt', bytes: Buffer.from(text) })
  const placing = String(answer.headers.location)
  assert.equal((await browser.get(placing)).body.match(/<select/g)?.length, 300)
  const chosen = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`part-${index + 1}`, 'learning']))
  assert.equal((await browser.post(`${placing}?by=paragraph`, chosen)).statusCode, 303)
  const review = await manager.transaction(tx => readReview(tx, place.incidentId))
  assert.equal(String(review?.answers.learning).split('\n\n').length, 300)
})

test('a reading is logged where a page shows something of the review, and not where it leads elsewhere', async () => {
  const { area, place, manager } = await anOpenReview()
  const { incidentId } = place
  const browser = await browserOf(manager)
  const url = `/incidents/${incidentId}/rapid-review`
  const purposes = async () => (await readEntries(manager)).map(({ purpose }) => purpose)
  await browser.get(url)
  await browser.get(`${url}/files`)
  const first = 'rapid review page'
  assert.deepEqual(await purposes(), [first], 'a draft without a file shows what the incident is recognised by')

  await browser.upload(`${url}/files`, { title: 'Report', name: 'report.txt', bytes: Buffer.from('A visit.') })
  await browser.get(`${url}/files`)
  await writeReview(manager, incidentId)
  await browser.post(`${url}/write/learning`, { learning: 'Other.', revision: '1' })
  const logged = [first, 'see the names of its files', 'write the rapid review']
  assert.deepEqual(await purposes(), logged)

  await askForSignatures(manager, incidentId)
  for (const page of ['/write/learning', '/check']) {
    assert.equal((await browser.get(`${url}${page}`)).statusCode, 303, page)
  }
  assert.deepEqual(await purposes(), logged)

  const partner = await aPerson('safeguarding-partner', area.police)
  const hash = (await partner.transaction(tx => readReview(tx, incidentId)))!.textHash!
  await sendReviewBack(partner, incidentId, { read: hash, reason: 'A call is missing.' })
  await browser.get(url)
  assert.deepEqual(await purposes(), [...logged, 'read why the rapid review was sent back', first])
})

test('asking for signatures too early lists everything that is missing, each with its page', async () => {
  const { place, manager } = await anOpenReview()
  const url = `/incidents/${place.incidentId}/rapid-review`
  const refused = await (await browserOf(manager)).post(`${url}/ask`, {})
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /There is a problem/)
  assert.match(refused.body, new RegExp(`href="${url}/write/criteria#criterionA"`))
})

test('a partner opens the list, reads, signs, and sees that it is signed', async () => {
  const { area, place, manager } = await aReviewToSign()
  const partner = await aPerson('safeguarding-partner', area.icb)
  const browser = await browserOf(partner)
  const list = (await browser.get('/signatures')).body
  assert.match(list, new RegExp(`href="/signatures/${place.incidentId}"`))
  assert.match(list, /Test partnership/)
  const page = (await browser.get(`/signatures/${place.incidentId}`)).body
  const read = /name="read" value="([0-9a-f]{64})"/.exec(page)?.[1]
  assert.deepEqual((await readEntries(partner)).at(-1)?.subject, 'rapid-review-signing')
  assert.equal((await browser.post(`/signatures/${place.incidentId}/sign`, { read })).statusCode, 400)
  assert.equal((await browser.post(`/signatures/${place.incidentId}/sign`, { read, confirmed: 'yes' })).statusCode, 303)
  assert.match((await browser.get('/signatures')).body, /Signed 2 March 2026/)
  const status = (await (await browserOf(manager)).get(`/incidents/${place.incidentId}/rapid-review`)).body
  assert.match(status, new RegExp(`Signed</strong> ${partner.name}`))
  assert.match(status, /Still missing: Local authority, Police/)
})

test('a partner of the other authority is told who signs, and is offered nothing to sign', async () => {
  const { area, place } = await aReviewToSign()
  const neighbour = await aPerson('safeguarding-partner', await aSecondAuthority(area))
  const browser = await browserOf(neighbour)
  const url = `/incidents/${place.incidentId}/rapid-review`
  assert.equal((await browser.get(`/signatures/${place.incidentId}`)).headers.location, url)
  assert.deepEqual(await readEntries(neighbour), [])
  const page = (await browser.get(url)).body
  assert.match(page, /The local authority where the incident happened signs for the local authorities/)
  assert.doesNotMatch(page, /Read and sign/)
  assert.doesNotMatch((await browser.get('/signatures')).body, new RegExp(place.incidentId))
  for (const step of ['sign', 'send-back']) {
    const refused = await browser.post(`/signatures/${place.incidentId}/${step}`, { read: '', reason: 'No.' })
    assert.equal(refused.statusCode, 403, step)
    assert.match(refused.body, /where the incident happened signs/)
  }
})

test('the pages of a review lead to the notification for whoever may read it', async () => {
  const { area, place, manager } = await aSignedReview()
  const url = `/incidents/${place.incidentId}/rapid-review`
  const link = new RegExp(`href="/incidents/${place.incidentId}/notification"`)
  const police = await browserOf(await aPerson('safeguarding-partner', area.police))
  assert.match((await police.get(`/signatures/${place.incidentId}`)).body, link)
  const browser = await browserOf(manager)
  assert.match((await browser.get(url)).body, link)
  await takeBack(manager, place.incidentId)
  for (const page of ['', '/write/learning', '/check']) {
    assert.match((await browser.get(`${url}${page}`)).body, link, page)
  }
  await askForSignatures(manager, place.incidentId)
  await sendRapidReview(manager, place.incidentId)
  assert.match((await browser.get(url)).body, link)
  const lead = await browserOf(await aPerson('lead-safeguarding-partner', area.authority))
  const page = await lead.get(url)
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, link)
})

test('once it is sent, the area reads what the Panel does next and by when', async () => {
  const { place, manager } = await aSignedReview()
  const url = `/incidents/${place.incidentId}/rapid-review`
  await (await browserOf(manager)).post(`${url}/send`, {})
  const told = /one of its members is given it.*It aims to send it by 16 March 2026/s
  assert.match((await (await browserOf(manager)).get(url)).body, told)
  const secretariat = await browserOf(await aPerson('secretariat', 'TN'))
  assert.doesNotMatch((await secretariat.get(url)).body, told)
  const toGroup = new RegExp(`href="${url}/group"`)
  assert.match((await (await browserOf(manager)).get(url)).body, toGroup)
  assert.doesNotMatch((await secretariat.get(url)).body, toGroup)
  const group = (await (await browserOf(manager)).get(`${url}/group`)).body
  assert.match(group, /Remove</)
  assert.doesNotMatch(group, /Add to the group/)
})

test('a reason that is missing is asked for, and one that was given stands on the page of the group', async () => {
  const { area, place, manager } = await aReviewToSign()
  const browser = await browserOf(await aPerson('safeguarding-partner', area.police))
  const url = `/signatures/${place.incidentId}`
  const read = /name="read" value="([0-9a-f]{64})"/.exec((await browser.get(url)).body)?.[1]
  assert.equal((await browser.post(`${url}/send-back`, { read, reason: '' })).statusCode, 400)
  assert.equal((await browser.post(`${url}/send-back`, { read, reason: 'A call is missing.' })).statusCode, 303)
  assert.equal((await browser.get(url)).statusCode, 303)
  const page = await (await browserOf(manager)).get(`/incidents/${place.incidentId}/rapid-review`)
  assert.match(page.body, /A call is missing\./)
})

const longText = 'The "school" <b>asked</b> & was told.\n\nNobody rang back.'
const shownLongText =
  /<textarea[^>]* readonly[^>]*>The &quot;school&quot; &lt;b>asked&lt;\/b> &amp; was told\.\n\nNobody rang back\.<\/textarea>/

for (const { moved, aMovedReview } of [
  { moved: 'waits for signatures', aMovedReview: () => aReviewToSign() },
  {
    moved: 'was sent',
    aMovedReview: async () => {
      const opened = await aSignedReview()
      await sendRapidReview(opened.manager, opened.place.incidentId)
      return opened
    },
  },
]) {
  test(`a section that is saved when the review ${moved} is refused, and its text can be copied`, async () => {
    const { manager, place } = await aMovedReview()
    const url = `/incidents/${place.incidentId}/rapid-review/write/circumstances`
    const late = await (await browserOf(manager)).post(url, { circumstances: longText, revision: '1', next: 'next' })
    assert.equal(late.statusCode, 409)
    assert.match(late.body, /stands still/)
    assert.match(late.body, shownLongText)
  })
}

test('a reason to send back comes too late when the review was taken back, and can be copied', async () => {
  const { area, place, manager } = await aReviewToSign()
  const browser = await browserOf(await aPerson('safeguarding-partner', area.police))
  const url = `/signatures/${place.incidentId}`
  const read = /name="read" value="([0-9a-f]{64})"/.exec((await browser.get(url)).body)?.[1]
  await takeBack(manager, place.incidentId)
  const reason = `${longText}\n${'And more of it. '.repeat(200)}`.trim()
  const late = await browser.post(`${url}/send-back`, { read, reason })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /Taken back by its group/)
  assert.match(
    late.body,
    /<textarea[^>]* readonly[^>]*>The &quot;school&quot; &lt;b>asked&lt;\/b>[^<]*(And more of it\. ?){200}<\/textarea>/,
  )
  assert.equal(late.body.includes(read!), false)
})

test('a reason to send back stands in its field when the text changed meanwhile, beside the text as it is now', async () => {
  const { area, place, manager } = await aReviewToSign()
  const browser = await browserOf(await aPerson('safeguarding-partner', area.police))
  const url = `/signatures/${place.incidentId}`
  const late = await browser.post(`${url}/send-back`, { read: 'of an earlier text', reason: longText })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /changed after you opened it/)
  assert.match(late.body, /<textarea[^>]* name="reason"[^>]*>The &quot;school&quot; &lt;b>asked/)
  const read = /name="read" value="([0-9a-f]{64})"/.exec(late.body)?.[1]
  assert.equal((await browser.post(`${url}/send-back`, { read, reason: longText })).statusCode, 303)
  const desk = await browserOf(manager)
  for (const step of ['send', 'take-back']) {
    const refused = await desk.post(`/incidents/${place.incidentId}/rapid-review/${step}`, {})
    assert.deepEqual([step, refused.statusCode], [step, 409])
    assert.match(refused.body, /does not wait for signatures/)
  }
})

test('asking for signatures twice says that the text stands still', async () => {
  const { place, manager } = await aReviewToSign()
  const refused = await (await browserOf(manager)).post(`/incidents/${place.incidentId}/rapid-review/ask`, {})
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /stands still/)
})

test('the title of a file stands there when the review no longer takes it, the file does not', async () => {
  const { place, manager } = await aReviewToSign()
  const url = `/incidents/${place.incidentId}/rapid-review/files`
  const bytes = new TextEncoder().encode('words of the file')
  const late = await (
    await browserOf(manager)
  ).upload(url, { title: 'Notes of <the> meeting', name: 'notes.docx', bytes })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /<textarea[^>]* readonly[^>]*>Notes of &lt;the> meeting<\/textarea>/)
  assert.doesNotMatch(late.body, /notes\.docx|words of the file/)
})

test('after a review came back the other partners read that it did, from whom and when, and nothing more', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const [nurse, officer] = [
    await aPerson('safeguarding-partner', area.icb),
    await aPerson('safeguarding-partner', area.police),
  ]
  const review = `/incidents/${incidentId}/rapid-review`
  const read = (await manager.transaction(tx => readReview(tx, incidentId)))!.textHash!
  await sendReviewBack(officer, incidentId, { read, reason: 'The call of 3 May is missing.' })
  const browser = await browserOf(nurse)
  const page = await browser.get(review)
  assert.match(page.body, /Sent back for the police on 2 March 2026.*You will be asked again/s)
  assert.doesNotMatch(page.body, /The call of 3 May|A baby who lives|href="\/incidents\/[^"]*rapid-review\//)
  assert.equal((await browser.get(`/signatures/${incidentId}`)).headers.location, review)
  const tooLate = await browser.post(`/signatures/${incidentId}/sign`, { read, confirmed: 'yes' })
  assert.equal(tooLate.statusCode, 409)
  assert.match(tooLate.body, /Sent back for the police on 2 March 2026/)
  assert.equal((await browser.get(`${review}/check`)).statusCode, 404)
  for (const [role, body] of [
    ['safeguarding-partner', (await anArea()).police],
    ['approver', area.authority],
    ['lead-safeguarding-partner', area.authority],
    ['agency-author', area.partnership],
    ['scrutineer', area.partnership],
    ['secretariat', 'TN'],
    ['panel-chair', 'TN'],
  ] as const) {
    const outsider = await browserOf(await aPerson(role, body))
    assert.equal((await outsider.get(review)).statusCode, 404, role)
  }

  await askForSignatures(manager, incidentId)
  assert.match((await browser.get(review)).body, /Read and sign, or send back/)
  await takeBack(manager, incidentId)
  assert.match((await browser.get(review)).body, /Taken back by its group on 2 March 2026/)
})

test('a partner who is asked again reads who sent the review back, why, and what changed since', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const url = `/signatures/${incidentId}`
  const at = (body: string) => aPerson('safeguarding-partner', body)
  const [officer, nurse, director] = [await at(area.police), await at(area.icb), await at(area.authority)]
  const page = async (who: Acting) => (await (await browserOf(who)).get(url)).body
  assert.doesNotMatch(await page(officer), /What changed|It was sent back/)
  await signNow(nurse, incidentId)
  const read = /name="read" value="([0-9a-f]{64})"/.exec(await page(officer))?.[1]
  await sendReviewBack(officer, incidentId, { read: read!, reason: 'The call of 3 May is missing.' })
  await askForSignatures(manager, incidentId)
  assert.match(await page(officer), /Nothing\. The text is the same as the text that .+ sent back on 2 March 2026/)

  await takeBack(manager, incidentId)
  const learning = `${String(aCompleteReview().learning)} The call of 3 May came first.`
  const body = { learning, learnedBefore: 'yes', earlierLearning: 'So did one in 2024.' }
  await saveSection(manager, incidentId, 'learning', { body, seenRevision: 99 })
  await askForSignatures(manager, incidentId)
  for (const { who, since } of [
    { who: officer, since: `${officer.name} sent back on` },
    { who: nurse, since: `${nurse.name} signed on` },
    { who: director, since: 'for which signatures were asked on' },
  ]) {
    const shown = await page(who)
    assert.match(shown, new RegExp(`Police: ${officer.name}, 2 March 2026.*The call of 3 May is missing\\.`, 's'))
    assert.match(shown, new RegExp(`the 3 answers that differ from the text .*${since}`), since)
    assert.match(shown, /Now:<\/strong> … .*must reach the health visitor\. The call of 3 May came first\./)
    assert.match(shown, /Before:<\/strong> No<\/p>.*Now:<\/strong> Yes/)
    assert.match(shown, /Before:<\/strong> No answer<\/p>.*Now:<\/strong> So did one in 2024\./)
  }
  await signNow(nurse, incidentId)
  assert.doesNotMatch(await page(nurse), /What changed/)
})

test('a late review asks for the reason, is sent with it, and can then only be read', async t => {
  const { place, manager } = await aSignedReview()
  testClock.set('2026-03-25T09:00:00Z')
  t.after(() => testClock.set('2026-03-02T10:00:00Z'))
  const browser = await browserOf(manager)
  const url = `/incidents/${place.incidentId}/rapid-review`
  assert.match((await browser.get(url)).body, /Why is it late\?/)
  const refused = await browser.post(`${url}/send`, { lateReason: 'no such reason' })
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /id="lateReason-error"/)
  assert.match(refused.body, /href="#lateReason"/)
  assert.equal((await browser.post(`${url}/send`, { lateReason: 'waiting-for-agency' })).statusCode, 303)
  const secretariat = await aPerson('secretariat', 'TN')
  for (const reader of [manager, secretariat]) {
    const page = await (await browserOf(reader)).get(url)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /Late: An agency had not yet answered/)
    assert.match(page.body, /Both children stay with their grandmother\./)
    assert.doesNotMatch(page.body, /<form/)
  }
  assert.deepEqual((await readEntries(secretariat)).at(-1)?.subject, 'rapid-review')
  assert.equal((await browser.get(`${url}/write/learning`)).headers.location, url)
  assert.equal((await browser.post(`${url}/write/learning`, { learning: 'Later.' })).statusCode, 409)
})

test('sending without all signatures is refused with the partners that are missing', async () => {
  const { area, place, manager } = await aReviewToSign()
  await signNow(await aPerson('safeguarding-partner', area.police), place.incidentId)
  const refused = await (await browserOf(manager)).post(`/incidents/${place.incidentId}/rapid-review/send`, {})
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /href="#signature-authority"/)
  assert.match(refused.body, /href="#signature-icb"/)
  assert.doesNotMatch(refused.body, /href="#signature-police"/)
})

for (const { role, of } of [
  { role: 'safeguarding-partner', of: 'authority' },
  { role: 'agency-author', of: 'partnership' },
] as const) {
  test(`a ${role} in the group writes, neither asks for signatures nor changes the group, and sees nothing once removed`, async () => {
    const { area, place, manager } = await anOpenReview()
    const writer = await aPerson(role, area[of])
    const url = `/incidents/${place.incidentId}/rapid-review`
    const [leader, browser] = [await browserOf(manager), await browserOf(writer)]
    assert.equal((await browser.get(url)).statusCode, 404)
    assert.match((await leader.get(`${url}/group`)).body, new RegExp(`<option value="${writer.personId}">`))
    await leader.post(`${url}/group`, { personId: writer.personId })
    const written = { learning: 'Visits were missed.', learnedBefore: 'no', revision: '1' }
    assert.equal((await browser.post(`${url}/write/learning`, written)).statusCode, 303)
    assert.match((await leader.get(`${url}/write/learning`)).body, /Visits were missed\./)
    assert.doesNotMatch((await browser.get(`${url}/check`)).body, /Ask for signatures<\/button>/)
    assert.equal((await browser.post(`${url}/ask`, {})).statusCode, 403)
    assert.equal((await browser.post(`${url}/group/remove`, { personId: manager.personId })).statusCode, 403)
    assert.doesNotMatch((await browser.get(`${url}/group`)).body, /<form/)
    await leader.post(`${url}/group/remove`, { personId: writer.personId })
    for (const page of ['', '/write/learning', '/check', '/group', '/files']) {
      assert.equal((await browser.get(`${url}${page}`)).statusCode, 404, page)
    }
  })
}
