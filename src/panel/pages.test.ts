import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import type { Acting } from '../platform/acting.ts'
import { readConfig } from '../platform/config.ts'
import { openLog } from '../platform/log.ts'
import { aPerson } from '../platform/testing/test-database.ts'
import { createWeb } from '../platform/web/index.ts'
import { anAllocatedReview, aReading, aSentLetter, aSentReview, childName, writeLetter } from './builders.ts'
import { readLetter } from './letter-store.ts'
import { registerPanelPages } from './pages.tsx'
import { markerKeys } from './quality-markers.ts'
import { saveReading } from './save-reading.ts'
import { savePoint } from './write-letter.ts'

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
  registerPanelPages(web)
  after(() => web.app.close())
  return {
    get: (url: string) => web.app.inject({ method: 'GET', url }),
    post: (url: string, fields: Record<string, string> = {}) =>
      web.app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...fields, _csrf: 'token' }).toString(),
      }),
  }
}

const readsOf = (acting: Acting) =>
  acting.transaction(async tx =>
    (await tx.selectFrom('access_entry').select(['subject', 'incident_ids']).orderBy('id').execute()).map(entry => [
      entry.subject,
      entry.incident_ids,
    ]),
  )

test('without JavaScript a review is given, read, answered by a letter and the letter by the partnership', async () => {
  const { incidentId, reference, secretariat, member, chair, manager } = await aSentReview()
  const page = `/panel/${incidentId}`
  const desk = await browserOf(secretariat)
  assert.match((await desk.get('/panel?sort=received&direction=descending')).body, new RegExp(reference))
  const given = await desk.post(`${page}/allocations`, { personId: member.personId })
  assert.equal(given.statusCode, 303)

  const reader = await browserOf(member)
  assert.equal((await reader.get('/panel')).statusCode, 200)
  assert.match((await reader.get(page)).body, new RegExp(childName))
  const marks = Object.fromEntries(markerKeys.map(key => [`marker-${key}`, 'partly']))
  const reading = {
    ...marks,
    notes: 'It explains why.',
    viewOnReview: 'agree',
    viewOnDecision: 'agree-no-lcspr',
    themes: 'neglect',
    revision: '0',
  }
  assert.equal((await reader.post(`${page}/reading`, { ...reading, next: 'finish' })).headers.location, page)
  assert.match((await desk.get(page)).body, /It explains why\./)

  assert.equal((await reader.post(`${page}/letter/start`)).headers.location, `${page}/letter`)
  const draft = (await reader.get(`${page}/letter`)).body
  assert.match(draft, new RegExp(`rapid review of incident ${reference}`))
  const text = {
    opening: 'Thank you.',
    strengths: 'The school asked.',
    viewOnReview: 'agree',
    viewOnDecision: 'agree-no-lcspr',
    closing: 'Tell us.',
  }
  const added = await reader.post(`${page}/letter`, { ...text, revision: '1', next: 'add' })
  assert.equal(added.headers.location, `${page}/letter/points/new`)
  const point = { text: 'Who saw the home?', theme: 'neglect', revision: '2' }
  const day = { 'replyBy-day': '1', 'replyBy-month': 'April', 'replyBy-year': '2026' }
  assert.equal((await reader.post(`${page}/letter/points/new`, { ...point, ...day })).statusCode, 303)

  const signer = await browserOf(chair)
  const preview = (await signer.get(`${page}/letter/preview`)).body
  assert.match(preview, /Who saw the home\?[^]*Sign and send the letter/)
  assert.doesNotMatch((await desk.get(`${page}/letter/preview`)).body, /Sign and send the letter/)
  const sent = await signer.post(`${page}/letter/send`, { revision: '3' })
  assert.equal(sent.headers.location, `/incidents/${incidentId}/letter`)

  const office = await browserOf(manager)
  const answered = await office.post(`/incidents/${incidentId}/letter/points/1`, {
    text: 'The nurse did.',
    action: 'An audit.',
  })
  assert.equal(answered.statusCode, 303)
  const read = (await reader.get(`/incidents/${incidentId}/letter`)).body
  assert.match(read, /All points answered[^]*The nurse did\.[^]*An audit\./)
  assert.doesNotMatch(read, new RegExp(childName))
})

test('the letter comes as a Word file too, and every reading of it is noted', async () => {
  const { incidentId, manager, reference } = await aSentLetter([{ text: 'Who saw the home?' }])
  const office = await browserOf(manager)
  await office.get(`/incidents/${incidentId}/letter`)
  const file = await office.get(`/incidents/${incidentId}/letter.docx`)
  assert.match(String(file.headers['content-disposition']), new RegExp(`letter-${reference}\\.docx`))
  const words = strFromU8(unzipSync(new Uint8Array(file.rawPayload))['word/document.xml']!)
  assert.match(words, /Who saw the home\?/)
  assert.deepEqual(await readsOf(manager), [
    ['letter', [incidentId]],
    ['letter', [incidentId]],
  ])
})

test('every reading of something identifying is noted, as what it is', async () => {
  const before = await aSentLetter([{ text: 'Who saw the home?' }, { text: 'Who asked the child?' }])
  const scene = await anAllocatedReview({ area: before.area, people: before })
  const { incidentId, member, secretariat } = scene
  await saveReading(member, incidentId, aReading(), { seenRevision: 0, finish: true })
  await writeLetter(scene, [{ text: `Who asked ${childName.split(' ')[0]}?` }])
  const reader = await browserOf(member)
  const notedAt = async (url: string) => {
    const earlier = (await readsOf(member)).length
    assert.equal((await reader.get(url)).statusCode, 200)
    return (await readsOf(member)).slice(earlier)
  }
  const page = `/panel/${incidentId}`
  assert.deepEqual(await notedAt(page), [
    ['rapid-review', [incidentId]],
    ['notification', [incidentId]],
    ['panel-reading', [incidentId]],
    ['letter', [before.incidentId]],
  ])
  assert.deepEqual(await notedAt('/panel/points'), [['letter', [before.incidentId]]])
  assert.deepEqual(await notedAt(`${page}/letter`), [['letter-draft', [incidentId]]])
  assert.deepEqual(await notedAt(`${page}/letter/preview`), [
    ['letter-draft', [incidentId]],
    ['notification', [incidentId]],
  ])
  const draft = (await secretariat.transaction(tx => readLetter(tx, incidentId)))!
  const unnamed = { id: draft.points[0]!.id, theme: 'neglect', text: 'Who asked the child?' }
  await savePoint(member, incidentId, unnamed, draft.revision)
  assert.deepEqual(await notedAt(`${page}/letter/preview`), [['letter-draft', [incidentId]]])
})

test('who writes on a letter that was sent meanwhile is told so, and who opens its draft is led to it', async () => {
  const { incidentId, secretariat } = await aSentLetter()
  const desk = await browserOf(secretariat)
  const page = `/panel/${incidentId}/letter`
  for (const url of [page, `${page}/preview`, `${page}/points/new`]) {
    assert.equal((await desk.get(url)).headers.location, `/incidents/${incidentId}/letter`, url)
  }
  const late = await desk.post(page, { opening: 'One more thing.', revision: '1' })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /The letter was sent, and cannot change/)
})

test('a page of the Panel is for the Panel, whoever asks for its address', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, area, manager } = scene
  await writeLetter(scene, [{ text: 'Who saw the home?' }])
  const page = `/panel/${incidentId}`
  const letter = `/incidents/${incidentId}/letter`
  const reads = ['/panel', '/panel/points', '/panel/conflicts', page, `${page}/reading`, `${page}/conflict`]
  reads.push(`${page}/letter`, `${page}/letter/preview`, `${page}/letter/points/new`, letter, `${letter}.docx`)
  const writes = ['allocations', 'allocations/end', 'reading', 'conflict', 'letter', 'letter/start', 'letter/send']
  const outsiders = [
    manager,
    await aPerson('safeguarding-partner', area.icb),
    await aPerson('notifier', area.authority),
    await aPerson('dfe', 'TN'),
  ]
  for (const acting of outsiders) {
    const browser = await browserOf(acting)
    for (const url of reads) {
      const { statusCode, body } = await browser.get(url)
      assert.ok([403, 404].includes(statusCode), `${acting.role} gets ${url}: ${statusCode}`)
      assert.doesNotMatch(body, /Who saw the home/)
    }
    for (const path of writes) {
      const { statusCode } = await browser.post(`${page}/${path}`, { personId: acting.personId, revision: '3' })
      assert.ok([403, 404].includes(statusCode), `${acting.role} posts ${path}: ${statusCode}`)
    }
  }
})

test('a member meets nothing of a review that is not theirs', async () => {
  const { incidentId, area } = await aSentReview()
  const browser = await browserOf(await aPerson('panel-member', area.region))
  for (const path of ['', '/reading', '/letter', '/letter/preview', '/conflict']) {
    assert.equal((await browser.get(`/panel/${incidentId}${path}`)).statusCode, 404, path)
  }
  assert.match((await browser.get('/panel?status=all')).body, /No review that is given to you/)
})

test('after declaring a conflict one stands before the worklist, and the record is gone', async () => {
  const { incidentId, member, reference } = await anAllocatedReview()
  const browser = await browserOf(member)
  const declared = await browser.post(`/panel/${incidentId}/conflict`, { reaches: 'authority', reason: 'worked-there' })
  assert.equal(declared.headers.location, '/panel')
  for (const url of [`/panel/${incidentId}`, `/panel/${incidentId}/conflict`, `/panel/${incidentId}/reading`]) {
    const { statusCode, body } = await browser.get(url)
    assert.equal(statusCode, 404)
    assert.doesNotMatch(body, new RegExp(reference))
  }
})

test('a form that is refused says every problem at its field and keeps what was typed', async () => {
  const scene = await anAllocatedReview()
  const page = `/panel/${scene.incidentId}`
  const reader = await browserOf(scene.member)
  const reading = await reader.post(`${page}/reading`, { notes: 'Half a thought', revision: '0', next: 'finish' })
  assert.equal(reading.statusCode, 400)
  assert.match(reading.body, /Half a thought/)
  assert.match(reading.body, /href="#viewOnReview"[^]*href="#viewOnDecision"/)

  await reader.post(`${page}/letter/start`)
  const point = await reader.post(`${page}/letter/points/new`, {
    text: '',
    'replyBy-day': '31',
    'replyBy-month': '2',
    'replyBy-year': '2026',
    revision: '1',
  })
  assert.equal(point.statusCode, 400)
  for (const said of [/Write the point/, /Select the theme/, /must be a real date/]) assert.match(point.body, said)
  assert.match(point.body, /value="31"/)

  const conflict = await reader.post(`${page}/conflict`)
  assert.match(conflict.body, /Select what the conflict is about[^]*Select the reason/)
})

test('when somebody else changed the letter, both texts are shown and nothing typed is lost', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [])
  const page = `/panel/${scene.incidentId}/letter`
  const browser = await browserOf(scene.member)
  const refused = await browser.post(page, { opening: 'My own words.', revision: '1', next: 'save' })
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /Thank you for the rapid review\.[^]*My own words\./)
  const revision = /name="revision" value="(\d+)"/.exec(refused.body)?.[1] ?? ''
  const saved = await browser.post(page, { opening: 'My own words.', revision, next: 'save' })
  assert.equal(saved.statusCode, 303)
})

test('a draft of a reading shows no mark that nobody made', async () => {
  const { incidentId, member } = await anAllocatedReview()
  const [marked] = markerKeys
  await saveReading(member, incidentId, aReading({ markers: { [marked!]: 'met' } }), { seenRevision: 0, finish: false })
  const { body } = await (await browserOf(member)).get(`/panel/${incidentId}`)
  assert.equal(body.match(/Not marked yet/g)?.length, markerKeys.length - 1)
  assert.doesNotMatch(body, /Cannot tell/)
})

test('a letter that names the child is pointed out before it is signed', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [{ text: `Who asked ${childName.split(' ')[0]}?` }])
  const browser = await browserOf(scene.chair)
  assert.match((await browser.get(`/panel/${scene.incidentId}/letter/preview`)).body, /may be a child’s name/)
})

test('an address that is no incident is not found', async () => {
  const { member } = await anAllocatedReview()
  const browser = await browserOf(member)
  assert.equal((await browser.get('/panel/none')).statusCode, 404)
  assert.equal((await browser.get('/incidents/none/letter')).statusCode, 404)
  assert.equal((await browser.get('/panel?page=nine&member=x&status=y&sort=z&answered=q')).statusCode, 200)
})
