import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { checkText, decideAbout } from '../documents/index.ts'
import type { Acting } from '../platform/acting.ts'
import { readConfig } from '../platform/config.ts'
import type { Tx } from '../platform/database/index.ts'
import { openLog } from '../platform/log.ts'
import { aPerson } from '../platform/testing/test-database.ts'
import { createWeb } from '../platform/web/index.ts'
import { answerPoint } from './letter/answer-point.ts'
import {
  anAllocatedReview,
  aReading,
  aSentLetter,
  aSentLocalReview,
  aSentReview,
  childName,
  writeLetter,
  rapid,
} from './builders.ts'
import { letterToCheck } from './letter/recognised.ts'
import { readLetter } from './letter/store.ts'
import { registerPanelPages } from './pages.tsx'
import { listWork } from './worklist.ts'
import { markersOf } from './quality-markers.ts'
import { saveReading } from './save-reading.ts'
import { savePoint } from './letter/write-letter.ts'

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
  registerPanelPages(web, { localReview: async () => [], points: async () => new Map() })
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

const typedReading = {
  ...Object.fromEntries(Object.keys(markersOf.rapid).map(key => [`marker-${key}`, 'partly'])),
  notes: 'It explains why.',
  viewOnReview: 'agree',
  viewOnDecision: 'agree-no-lcspr',
  themes: 'neglect',
}

const typedLetter = {
  opening: 'Thank you.',
  strengths: 'The school asked.',
  viewOnReview: 'agree',
  viewOnDecision: 'agree-no-lcspr',
  closing: 'Tell us.',
}

test('without JavaScript a review is given, read, answered by a letter and the letter by the partnership', async () => {
  const { incidentId, reference, area, secretariat, member, chair, manager } = await aSentReview()
  const page = `/panel/${incidentId}`
  const desk = await browserOf(secretariat)
  assert.match((await desk.get(`/panel?region=${area.region}`)).body, new RegExp(reference))
  const given = await desk.post(`${page}/allocations`, { personId: member.personId })
  assert.equal(given.statusCode, 303)

  const reader = await browserOf(member)
  assert.equal((await reader.get('/panel')).statusCode, 200)
  assert.match((await reader.get(page)).body, new RegExp(childName))
  const finished = await reader.post(`${page}/reading`, { ...typedReading, revision: '0', next: 'finish' })
  assert.equal(finished.headers.location, page)
  assert.match((await desk.get(page)).body, /It explains why\./)

  assert.equal((await reader.post(`${page}/letter/start`)).headers.location, `${page}/letter`)
  const draft = (await reader.get(`${page}/letter`)).body
  assert.match(draft, new RegExp(`It explains why\\.[^]*Their decision[^]*rapid review of incident ${reference}`))
  const added = await reader.post(`${page}/letter`, { ...typedLetter, revision: '1', next: 'add' })
  assert.equal(added.headers.location, `${page}/letter/points/new`)
  const point = { text: 'Who saw the home?', theme: 'neglect', asks: 'yes', revision: '2' }
  const day = { 'replyBy-day': '1', 'replyBy-month': 'April', 'replyBy-year': '2026' }
  assert.equal((await reader.post(`${page}/letter/points/new`, { ...point, ...day })).statusCode, 303)
  const thanks = { text: 'We thank the nurse.', theme: 'neglect', asks: 'no', revision: '3' }
  assert.equal((await reader.post(`${page}/letter/points/new`, thanks)).statusCode, 303)

  const signer = await browserOf(chair)
  const unread = (await signer.get(`${page}/letter/preview`)).body
  assert.match(unread, /Letter being written[^]*Who saw the home\?[^]*It is ready to sign/)
  assert.doesNotMatch(unread, /Sign and send the letter/)
  const unsigned = await signer.post(`${page}/letter/send`, { revision: '4' })
  assert.match(unsigned.body, /The letter is being written/)
  assert.equal((await reader.post(`${page}/letter/ready`, { revision: '4' })).statusCode, 303)
  const preview = (await signer.get(`${page}/letter/preview`)).body
  assert.match(preview, /Letter to sign[^]*Who saw the home\?[^]*Sign and send the letter/)
  assert.doesNotMatch((await desk.get(`${page}/letter/preview`)).body, /Sign and send the letter/)
  const sent = await signer.post(`${page}/letter/send`, { revision: '4' })
  assert.equal(sent.headers.location, `/incidents/${incidentId}/letter`)

  const office = await browserOf(manager)
  assert.match((await office.get(`/incidents/${incidentId}/letter`)).body, /0 of 1 answer given/)
  assert.match((await desk.get(page)).body, /Not yet: 0 of 1 answer</)
  const asked = `/incidents/${incidentId}/letter/points/1`
  const saved = await office.post(asked, { text: 'The nurse, we think.', revision: '0', next: 'save' })
  assert.equal(saved.headers.location, asked)
  assert.match((await office.get(asked)).body, /The nurse, we think\./)
  assert.match((await office.get(`/incidents/${incidentId}/letter`)).body, /A draft was saved[^]*Go on with the answer/)
  assert.doesNotMatch((await reader.get(`/incidents/${incidentId}/letter`)).body, /A draft was saved/)
  const answered = await office.post(`/incidents/${incidentId}/letter/points/1`, {
    text: 'The nurse did.',
    action: 'An audit.',
  })
  assert.equal(answered.statusCode, 303)
  const read = (await reader.get(`/incidents/${incidentId}/letter`)).body
  assert.match(read, /All answers given[^]*The nurse did\.[^]*An audit\.[^]*We thank the nurse/)
  assert.doesNotMatch(read, /No reply yet/)
  assert.match((await desk.get(page)).body, /Yes: 1 of 1 answer</)
  assert.doesNotMatch(read, new RegExp(childName))
})

test('a review is given before its letter is written, and when the letter is sent there is nothing left to give', async () => {
  const scene = await aSentReview()
  const given = await aSentLetter()
  const desk = await browserOf(scene.secretariat)
  assert.match((await desk.get(`/panel/${scene.incidentId}`)).body, /Give the review[^]*Write the letter/)
  const { body } = await desk.get(`/panel/${given.incidentId}`)
  assert.match(body, new RegExp(`Who has it[^]*${given.member.name}`))
  assert.doesNotMatch(body, /Give the review|Take it back/)
  const other = await aPerson('panel-member', given.area.region)
  const late = await desk.post(`/panel/${given.incidentId}/allocations`, { personId: other.personId })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /The letter on this review was sent\. There is nothing left to give/)
  const { memberNames } = (
    await given.secretariat.transaction(tx =>
      listWork(tx, { sort: { key: 'received', direction: 'descending' }, page: 1 }, { regionCode: given.area.region }),
    )
  ).rows[0]!
  assert.deepEqual(memberNames, [given.member.name])
})

test('who looks for answered letters finds them, whatever stage still stands in the form', async () => {
  const { incidentId, manager, secretariat, reference } = await aSentLetter()
  await answerPoint(manager, rapid(incidentId), 1, { text: 'The nurse did.', action: '' })
  const { body } = await (
    await browserOf(secretariat)
  ).get('/panel?status=open&answered=yes&sort=received&direction=descending')
  assert.match(body, new RegExp(reference))
  assert.match(body, /<option value="letter-sent" selected/)
})

test('the letter is printed without the answers to it', async () => {
  const { incidentId, manager } = await aSentLetter([{ text: 'Who saw the home?' }])
  await answerPoint(manager, rapid(incidentId), 1, { text: 'The nurse did.', action: '' })
  const { body } = await (await browserOf(manager)).get(`/incidents/${incidentId}/letter/print`)
  assert.match(body, /Who saw the home\?/)
  assert.doesNotMatch(body, /The nurse did/)
})

test('the letter comes as a Word file too, and every reading of it is noted', async () => {
  const { incidentId, manager, reference } = await aSentLetter([{ text: 'Who saw the home?' }])
  const office = await browserOf(manager)
  await office.get(`/incidents/${incidentId}/letter`)
  const file = await office.get(`/incidents/${incidentId}/letter.docx`)
  assert.match(String(file.headers['content-disposition']), new RegExp(`letter-${reference}\\.docx`))
  assert.equal(file.headers['x-content-type-options'], 'nosniff')
  assert.equal(file.headers['cache-control'], 'no-store')
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
  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 0, finish: true })
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
  assert.deepEqual(await notedAt(`${page}/reading`), [
    ['panel-reading', [incidentId]],
    ['rapid-review', [incidentId]],
    ['letter', [before.incidentId]],
  ])
  assert.deepEqual(await notedAt('/panel/points'), [['letter', [before.incidentId]]])
  assert.deepEqual(await notedAt(`${page}/letter`), [
    ['letter-draft', [incidentId]],
    ['panel-reading', [incidentId]],
    ['rapid-review', [incidentId]],
  ])
  assert.deepEqual(await notedAt(`${page}/letter/preview`), [
    ['letter-draft', [incidentId]],
    ['notification', [incidentId]],
  ])
  const draft = (await secretariat.transaction(tx => readLetter(tx, rapid(incidentId))))!
  const unnamed = { id: draft.points[0]!.id, theme: 'neglect', text: 'Who asked the child?', asks: 'yes' }
  await savePoint(member, rapid(incidentId), unnamed, draft.revision)
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

test('every part of a letter and of a point that comes after it was sent can be copied', async () => {
  const { incidentId, secretariat } = await aSentLetter()
  const desk = await browserOf(secretariat)
  const page = `/panel/${incidentId}/letter`
  const parts = { opening: 'One <more> thing.', strengths: 'They "asked" & heard.', closing: 'Yours,\n\nthe Panel' }
  const letter = await desk.post(page, { ...parts, viewOnReview: 'agree', revision: '1', next: 'save' })
  assert.equal(letter.statusCode, 409)
  assert.deepEqual(keptIn(letter.body), [
    'One &lt;more> thing.',
    'They &quot;asked&quot; &amp; heard.',
    'Yours,\n\nthe Panel',
  ])
  const point = { theme: 'neglect', text: 'Ask the school.', asks: 'yes', 'replyBy-day': '4', revision: '1' }
  const late = await desk.post(`${page}/points/new`, point)
  assert.equal(late.statusCode, 409)
  assert.deepEqual(keptIn(late.body), ['Ask the school.'])
  assert.match(late.body, /Reply by day/)
})

/** The texts that a page offers to copy, as they stand in its source. */
const keptIn = (body: string) =>
  [...body.matchAll(/<textarea[^>]* readonly[^>]*>([^<]*)<\/textarea>/g)].map(([, text]) => text)

test('when the letter is sent nobody is offered to write a reading, and what was typed meanwhile is still shown', async () => {
  const { incidentId, member } = await aSentLetter()
  const reader = await browserOf(member)
  const page = `/panel/${incidentId}/reading`
  assert.equal((await reader.get(page)).headers.location, `/panel/${incidentId}`)
  assert.deepEqual(await readsOf(member), [])
  const late = await reader.post(page, { ...typedReading, notes: 'A later thought.', revision: '1', next: 'save' })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /Readings stay as they were[^]*A later thought\./)
  assert.doesNotMatch(late.body, /another window|Save the changes/)
})

test('a reading that is not complete and comes after the letter asks for nothing more, and its words still stand there', async () => {
  const { incidentId, member } = await aSentLetter()
  const typed = { notes: 'A <later> & "longer" thought.', revision: '1', next: 'finish' }
  const late = await (await browserOf(member)).post(`/panel/${incidentId}/reading`, typed)
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /Readings stay as they were/)
  assert.match(
    late.body,
    /<textarea[^>]* name="notes"[^>]*>A &lt;later> &amp; &quot;longer&quot; thought\.<\/textarea>/,
  )
  assert.doesNotMatch(late.body, /Select /)
})

const viewsOffered = (body: string) =>
  [...body.matchAll(/name="viewOnDecision"[^>]* value="([^"]+)"/g)].map(([, value]) => value)

for (const { outcomes, offered, why, misfit } of [
  {
    outcomes: ['LCSPR'],
    offered: ['agree-lcspr', 'suggest-reconsider', 'consider-for-national', 'note-for-thematic'],
    why: /you cannot suggest a local child safeguarding practice review/,
    misfit: 'suggest-lcspr',
  },
  {
    outcomes: ['NO_FURTHER_REVIEW'],
    offered: ['agree-no-lcspr', 'suggest-lcspr', 'suggest-reconsider', 'consider-for-national', 'note-for-thematic'],
    why: /you cannot agree with a local child safeguarding practice review/,
    misfit: 'agree-lcspr',
  },
]) {
  test(`a decision of ${outcomes.join()} is met with the views that fit it, and another that is posted is refused`, async () => {
    const { incidentId, member, chair } = await anAllocatedReview({ outcomes })
    const page = `/panel/${incidentId}`
    const reader = await browserOf(member)
    await reader.post(`${page}/letter/start`)
    for (const path of ['reading', 'letter']) {
      const { body } = await reader.get(`${page}/${path}`)
      assert.deepEqual(viewsOffered(body), offered, path)
      assert.match(body, why)
    }
    const forged = { ...typedReading, viewOnDecision: misfit, revision: '0', next: 'finish' }
    const refused = await reader.post(`${page}/reading`, forged)
    assert.equal(refused.statusCode, 400)
    assert.match(refused.body, /Choose another view of its decision[^]*It explains why\./)
    await reader.post(`${page}/letter`, { ...typedLetter, viewOnDecision: misfit, revision: '1', next: 'save' })
    const unsent = await (await browserOf(chair)).post(`${page}/letter/send`, { revision: '2' })
    assert.equal(unsent.statusCode, 400)
    assert.match(unsent.body, /Choose another view of its decision/)
  })
}

test('beside the form of a reading stands the review, and a refused form leaves both as they were', async () => {
  const before = await aSentLetter([
    { theme: 'neglect', text: 'Who saw the home?' },
    { theme: 'men-not-seen', text: 'Who asked the father?' },
  ])
  await answerPoint(before.manager, rapid(before.incidentId), 1, { text: 'Nobody.', action: 'Visit in pairs.' })
  const answers = { incident: 'First paragraph.\nSecond paragraph.' }
  const { incidentId, member } = await anAllocatedReview({ area: before.area, people: before, answers })
  const reader = await browserOf(member)
  const page = `/panel/${incidentId}/reading`
  const beside = [
    /Their decision:<\/strong> No further review/,
    /href="#text-([\w-]+)"[^]*id="text-\1"[^]*<p class="govuk-body">Second paragraph\.<\/p>/,
    /Who saw the home\?[^]*Visit in pairs\./,
    /Who asked the father\?/,
  ]
  const shown = (await reader.get(page)).body
  const refused = await reader.post(page, { notes: 'Half a thought', themes: 'neglect', revision: '0', next: 'finish' })
  for (const body of [shown, refused.body]) for (const words of beside) assert.match(body, words)
  assert.match(refused.body, /About: Neglect[^]*Who saw the home[^]*on other themes[^]*Who asked the father/)
  assert.match(refused.body, /Half a thought/)
})

test('a page of the Panel is for the Panel, whoever asks for its address', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, area, manager } = scene
  await writeLetter(scene, [{ text: 'Who saw the home?' }])
  const page = `/panel/${incidentId}`
  const letter = `/incidents/${incidentId}/letter`
  const reads = ['/panel', '/panel/points', '/panel/conflicts', page, `${page}/reading`, `${page}/conflict`]
  reads.push(`${page}/letter`, `${page}/letter/preview`, `${page}/letter/points/new`, letter, `${letter}.docx`)
  const writes = ['allocations', 'allocations/end', 'reading', 'conflict', 'letter', 'letter/start']
  writes.push('letter/ready', 'letter/send')
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
  for (const said of [/Write the point/, /Select the theme/, /whether you ask for an answer/, /must be a real date/])
    assert.match(point.body, said)
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
  const [marked] = Object.keys(markersOf.rapid)
  await saveReading(member, rapid(incidentId), aReading({ markers: { [marked!]: 'met' } }), {
    seenRevision: 0,
    finish: false,
  })
  const { body } = await (await browserOf(member)).get(`/panel/${incidentId}`)
  assert.equal(body.match(/Not marked yet/g)?.length, Object.keys(markersOf.rapid).length - 1)
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

test('without JavaScript a local review is checked, read and answered by a letter, and a copy is noted', async () => {
  const { incidentId, reference, secretariat, member, chair, manager } = await aSentLocalReview()
  const page = `/panel/${incidentId}/local-review`
  const desk = await browserOf(secretariat)
  const worklist = (await desk.get('/panel?kind=local&sort=received&direction=descending')).body
  assert.match(worklist, new RegExp(`${page}[^]*${reference}[^]*Local review[^]*No day yet`))
  const refused = await desk.post(`${page}/check`, { 'marker-family': 'missing', notes: 'We asked for it.' })
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /We asked for it\.[^]*<\/textarea>/)
  const marks = Object.fromEntries(Object.keys(markersOf.local).map(key => [`marker-${key}`, 'there']))
  const checked = await desk.post(`${page}/check`, { ...marks, 'marker-family': 'missing', notes: 'We asked for it.' })
  assert.equal(checked.headers.location, page)
  assert.match((await desk.get(page)).body, /Missing: What the family and the children said[^]*We asked for it\./)
  assert.equal((await desk.post(`${page}/allocations`, { personId: member.personId })).statusCode, 303)

  const reader = await browserOf(member)
  assert.match(
    (await reader.get(`${page}/reading`)).body,
    /It goes by the secure mail too[^]*Each recommendation has an owner/,
  )
  assert.doesNotMatch((await reader.get(`${page}/reading`)).body, /Your view of their decision/)
  const met = Object.fromEntries(Object.keys(markersOf.local).map(key => [`marker-${key}`, 'met']))
  const reading = { ...met, notes: 'It explains why.', viewOnReview: 'agree', revision: '0', next: 'finish' }
  assert.equal((await reader.post(`${page}/reading`, reading)).headers.location, page)
  await reader.post(`${page}/letter/start`)
  const draft = (await reader.get(`${page}/letter`)).body
  assert.match(draft, /local child safeguarding practice review of incident[^]*The recommendations[^]*Publication/)
  assert.doesNotMatch(draft, /Our view of their decision/)
  const { viewOnDecision: _, ...letter } = typedLetter
  const typed = { ...letter, recommendations: 'Two have no owner.', publication: 'Plain words, please.' }
  await reader.post(`${page}/letter`, { ...typed, revision: '1', next: 'preview' })
  await reader.post(`${page}/letter/ready`, { revision: '2' })
  const sent = await (await browserOf(chair)).post(`${page}/letter/send`, { revision: '2' })
  const letterAt = `/incidents/${incidentId}/local-review/letter`
  assert.equal(sent.headers.location, letterAt)
  const office = await browserOf(manager)
  assert.match((await office.get(letterAt)).body, /Two have no owner\.[^]*Plain words, please\./)
  assert.equal((await office.get(`${letterAt}.docx`)).statusCode, 200)
  assert.equal((await office.get(page)).statusCode, 403)

  const copy = { what: 'letter', recipient: 'ofsted', how: 'Secure e-mail', confirmed: 'yes' }
  const day = { 'sentOn-day': '2', 'sentOn-month': '3', 'sentOn-year': '2026' }
  assert.equal((await desk.post(`${page}/copies`, { ...copy, ...day })).headers.location, `${page}#copies`)
  assert.match((await desk.get(page)).body, /Our letter to Ofsted, 2 March 2026: Secure e-mail/)
})

test('while somebody could be recognised by a letter its page says so where the button to sign would stand, and leads there', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [{ text: 'Why did nobody write to 14 Alder Close?' }])
  const { incidentId, member, chair } = scene
  const which = rapid(incidentId)
  const page = `/panel/${incidentId}/letter`
  const [writer, signer] = [await browserOf(member), await browserOf(chair)]
  const waits = new RegExp(`What waits before it is[^]*one place in the text[^]*href="${page}/recognised"`)
  const unready = (await writer.get(`${page}/preview`)).body
  assert.match(unready, waits)
  assert.doesNotMatch(unready, /<button[^>]*>\s*It is ready to sign/)

  const read = async (tx: Tx) => letterToCheck(tx, (await readLetter(tx, which))!)
  const [found] = await member.transaction(async tx => checkText(tx, await read(tx)))
  const decide = (decision: string) =>
    decideAbout(member, read, { [`decision-${found!.key}`]: decision, [`reason-${found!.key}`]: 'A care home.' })
  await decide('kept')
  const revision = String((await member.transaction(tx => readLetter(tx, which)))!.revision)
  assert.equal((await writer.post(`${page}/ready`, { revision })).statusCode, 303)
  assert.match((await signer.get(`${page}/preview`)).body, /Sign and send the letter/)
  await decide('changed')
  const unsigned = (await signer.get(`${page}/preview`)).body
  assert.match(unsigned, waits)
  assert.doesNotMatch(unsigned, /Sign and send the letter/)
})
