import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../platform/acting.ts'
import { ServiceError } from '../platform/errors.ts'
import { aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import { allocateReview } from './allocate-review.ts'
import { aLetterText, aReading, aSentLocalReview, local, rapid, type Scene } from './builders.ts'
import { checkReview } from './check-review.ts'
import { confirmCopy, copiesOf, type TypedCopy } from './confirm-copy.ts'
import { declareConflict } from './declare-conflict.ts'
import { answerPoint } from './letter/answer-point.ts'
import { letterParts } from './letter/letter.ts'
import { typedPoint } from './letter/point-form.ts'
import { sayLetterReady } from './letter/say-letter-ready.ts'
import { sendLetter } from './letter/send-letter.ts'
import { readLetter } from './letter/store.ts'
import { saveLetter, savePoint, startLetter } from './letter/write-letter.ts'
import { panelNeeding } from './needing.ts'
import { panelOnIncident } from './on-incident.ts'
import { markersOf } from './quality-markers.ts'
import { saveReading } from './save-reading.ts'
import { readSentReview } from './sent-review.ts'
import { readConsideration } from './store.ts'
import { listWork, type WorklistFilter } from './worklist.ts'

const isRefused = (kind: ServiceError['kind'], words?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ServiceError, String(error))
  assert.equal(error.kind, kind)
  if (words) assert.match([error.message, ...error.fields.map(field => field.text)].join('\n'), words)
  return true
}
const needing = (acting: Acting, incidentId: string) =>
  acting.transaction(async tx =>
    (await panelNeeding(tx, acting)).filter(one => one.incidentId === incidentId).map(one => `${one.what} ${one.href}`),
  )
const revisionOf = async ({ chair, incidentId }: Scene) =>
  (await chair.transaction(tx => readLetter(tx, local(incidentId))))!.revision

const everything = Object.fromEntries(Object.keys(markersOf.local).map(key => [key, 'there'] as const))
const allMet = Object.fromEntries(Object.keys(markersOf.local).map(key => [key, 'met'] as const))
const aLocalReading = aReading({ markers: allMet, viewOnDecision: undefined })
const aLocalText = { ...aLetterText({ recommendations: 'Two have no owner.' }), viewOnDecision: undefined }

/** The scene with the letter on its local review written and ready. */
async function aReadyLetter(): Promise<Scene> {
  const scene = await aSentLocalReview()
  const { incidentId, secretariat, member } = scene
  await allocateReview(secretariat, local(incidentId), member.personId)
  await startLetter(member, local(incidentId))
  await saveLetter(member, local(incidentId), aLocalText, await revisionOf(scene))
  const point = typedPoint({ theme: 'neglect', text: 'Who owns them?', asks: true, replyBy: undefined })
  await savePoint(member, local(incidentId), { id: undefined, ...point }, await revisionOf(scene))
  await sayLetterReady(member, local(incidentId), await revisionOf(scene))
  return scene
}

test('a local review that was sent ahead is checked, read and answered by a letter, and the partnership answers its points', async () => {
  const scene = await aSentLocalReview({ publishOn: '2026-03-12' })
  const { incidentId, manager, secretariat, chair, member } = scene
  const page = `/panel/${incidentId}/local-review`
  const before = await needing(secretariat, incidentId)
  assert.ok(before.includes(`Check whether the local review is complete ${page}/check`))
  assert.ok(before.includes(`Give the rapid review to a Panel member /panel/${incidentId}`))

  await checkReview(secretariat, local(incidentId), { marks: everything, notes: '' })
  assert.ok((await needing(secretariat, incidentId)).includes(`Give the local review to a Panel member ${page}`))

  await allocateReview(secretariat, local(incidentId), member.personId)
  assert.deepEqual(await needing(member, incidentId), [`Read the local review and say what you think ${page}`])
  const sent = await member.transaction(tx => readSentReview(tx, local(incidentId)))
  assert.ok(sent?.kind === 'local')
  assert.equal(sent.sendings[0]?.note, 'It goes by the secure mail too.')

  await saveReading(member, local(incidentId), aLocalReading, { seenRevision: 0, finish: true })
  await startLetter(member, local(incidentId))
  await saveLetter(member, local(incidentId), aLocalText, await revisionOf(scene))
  const point = typedPoint({ theme: 'neglect', text: 'Who owns them?', asks: true, replyBy: undefined })
  await savePoint(member, local(incidentId), { id: undefined, ...point }, await revisionOf(scene))
  await sayLetterReady(member, local(incidentId), await revisionOf(scene))
  assert.deepEqual(
    (await needing(chair, incidentId)).filter(what => what.includes('sign')),
    [`Read, sign and send the letter ${page}/letter/preview`],
  )
  await sendLetter(chair, local(incidentId), await revisionOf(scene))

  const letterPath = `/incidents/${incidentId}/local-review/letter`
  assert.deepEqual(await needing(manager, incidentId), [
    `Answer 1 point of the Panel’s letter on the local review ${letterPath}`,
  ])
  const links = await manager.transaction(async tx =>
    (await panelOnIncident(tx, incidentId)).map(step => step.link?.href),
  )
  assert.deepEqual(links, [letterPath])
  await answerPoint(manager, local(incidentId), 1, { text: 'The director does.', action: '' })
  assert.deepEqual(await needing(manager, incidentId), [])
  const rapidReview = await secretariat.transaction(tx => readConsideration(tx, rapid(incidentId)))
  assert.equal(rapidReview?.status, 'received')
})

test('the Panel reads the version of the report that was sent to it, and neither an earlier nor a later one', async () => {
  const scene = await aSentLocalReview()
  const { reviewId, incidentId, authorityCode, partnershipCode, manager, member, secretariat } = scene
  const database = await testDatabase()
  await database.asOwner(async client => {
    const place = [reviewId, incidentId, authorityCode, partnershipCode]
    await client.query(
      `insert into draft (review_id, incident_id, authority_code, partnership_code) values ($1, $2, $3, $4)`,
      place,
    )
    for (const version of [1, 2, 3]) {
      await client.query(
        `insert into draft_version (review_id, incident_id, authority_code, partnership_code, version, paragraphs, note, hash,
           person_id, saved_at) values ($1, $2, $3, $4, $5, $6, 'A note of the writer.', $7, $8, now())`,
        [...place, version, JSON.stringify([{ id: 'p1', role: 'text', text: `Words of version ${version}.` }])].concat([
          `hash ${version}`,
          manager.personId,
        ]),
      )
    }
    await client.query(
      `insert into local_review_sending (review_id, incident_id, authority_code, partnership_code, what, sent_to, sent_on,
         version, recorded_at) values ($1, $2, $3, $4, 'report', '{panel}', '2026-03-02', 2, now())`,
      place,
    )
  })
  await allocateReview(secretariat, local(incidentId), member.personId)
  const sent = await member.transaction(tx => readSentReview(tx, local(incidentId)))
  assert.ok(sent?.kind === 'local')
  assert.deepEqual(
    sent.reports.map(({ paragraphs }) => paragraphs[0]?.text),
    ['Words of version 2.'],
  )
})

test('a copy that goes to the Department alone is not before the Panel', async () => {
  const { incidentId, secretariat } = await aSentLocalReview({ sentTo: ['dfe'] })
  assert.equal(await secretariat.transaction(tx => readConsideration(tx, local(incidentId))), undefined)
})

test('a letter on a local review speaks of its recommendations, and of no decision', async () => {
  const scene = await aReadyLetter()
  await sendLetter(scene.chair, local(scene.incidentId), await revisionOf(scene))
  const letter = (await scene.manager.transaction(tx => readLetter(tx, local(scene.incidentId))))!
  const headings = letterParts(letter).flatMap(part => (part.kind === 'heading' ? [part.text] : []))
  assert.deepEqual(headings, [
    'What we saw done well',
    'Our view of the review',
    'The recommendations',
    'Our points',
    'What happens next',
  ])
})

test('a letter on a local review without a word on its recommendations is not ready', async () => {
  const scene = await aReadyLetter()
  const { incidentId, member } = scene
  const { recommendations: _, ...texts } = aLocalText.texts
  await saveLetter(member, local(incidentId), { ...aLocalText, texts }, await revisionOf(scene))
  await assert.rejects(
    async () => sayLetterReady(member, local(incidentId), await revisionOf(scene)),
    isRefused('invalid', /what you think of the recommendations/),
  )
})

for (const [has, hasNot] of [
  ['rapid', 'local'],
  ['local', 'rapid'],
] as const) {
  test(`who has the ${has} review of an incident neither sees nor does the work on the ${hasNot} one`, async () => {
    const { incidentId, secretariat, member, area } = await aSentLocalReview()
    const one = { incidentId, kind: has }
    const other = { incidentId, kind: hasNot }
    await allocateReview(secretariat, one, member.personId)
    const colleague = await aPerson('panel-member', area.region)
    await allocateReview(secretariat, other, colleague.personId)
    await startLetter(colleague, other)

    const seen = (acting: Acting) =>
      acting.transaction(async tx => ({
        work: (await tx.selectFrom('consideration').select('kind').execute()).map(row => row.kind),
        given: (await tx.selectFrom('allocation').select('person_id').execute()).map(row => row.person_id),
        letters: (await tx.selectFrom('letter').select('kind').execute()).map(row => row.kind),
      }))
    assert.deepEqual(await seen(member), { work: [has], given: [member.personId], letters: [] })
    assert.deepEqual(await seen(colleague), { work: [hasNot], given: [colleague.personId], letters: [hasNot] })
    await assert.rejects(
      saveReading(member, other, aReading(), { seenRevision: 0, finish: false }),
      isRefused('not-found'),
    )
    await assert.rejects(startLetter(member, other), isRefused('not-found'))
  })
}

test('a conflict with an incident takes both its reviews', async () => {
  const { incidentId, secretariat, member } = await aSentLocalReview()
  for (const which of [rapid(incidentId), local(incidentId)]) await allocateReview(secretariat, which, member.personId)
  await declareConflict(member, { ...local(incidentId), reaches: 'incident' }, 'took-part')
  for (const which of [rapid(incidentId), local(incidentId)]) {
    assert.equal(await member.transaction(tx => readConsideration(tx, which)), undefined)
    assert.equal((await secretariat.transaction(tx => readConsideration(tx, which)))?.status, 'received')
  }
})

test('the worklist has both kinds, and says when a local review is published', async () => {
  const { secretariat, area } = await aSentLocalReview({ publishOn: '2026-03-12' })
  const listed = (filter: WorklistFilter) =>
    secretariat.transaction(async tx =>
      (
        await listWork(
          tx,
          { sort: { key: 'due', direction: 'ascending' }, page: 1 },
          { regionCode: area.region, ...filter },
        )
      ).rows.map(row => [row.kind, row.publishOn]),
    )
  assert.deepEqual((await listed({})).toSorted(), [
    ['local', '2026-03-12'],
    ['rapid', undefined],
  ])
  assert.deepEqual(await listed({ kind: 'local' }), [['local', '2026-03-12']])
})

test('a local review that is published before the letter would be due makes the letter due that day', async () => {
  const { incidentId, secretariat } = await aSentLocalReview({ publishOn: '2026-03-12' })
  const due = await secretariat.transaction(async tx =>
    (await panelNeeding(tx, secretariat))
      .filter(one => one.incidentId === incidentId)
      .map(one => [one.href.endsWith('/check'), one.dueOn]),
  )
  assert.deepEqual(due, [
    [true, '2026-03-12'],
    [false, '2026-03-16'],
  ])
})

const unchecked = [
  {
    missing: 'a mark',
    check: { marks: {}, notes: '' },
    words: /Select there or missing: A summary of the improvements/,
  },
  {
    missing: 'words on what is missing',
    check: { marks: { ...everything, family: 'missing' as const }, notes: '' },
    words: /Write what is missing/,
  },
]
for (const { missing, check, words } of unchecked) {
  test(`whether a local review is complete is not said without ${missing}`, async () => {
    const { incidentId, secretariat } = await aSentLocalReview()
    await assert.rejects(checkReview(secretariat, local(incidentId), check), isRefused('invalid', words))
  })
}

test('the check is for the secretariat and the chair, and ends with the letter', async () => {
  const scene = await aReadyLetter()
  const { incidentId, member, manager, chair } = scene
  const check = { marks: everything, notes: '' }
  for (const acting of [member, manager]) {
    await assert.rejects(checkReview(acting, local(incidentId), check), isRefused('not-allowed'))
  }
  await sendLetter(chair, local(incidentId), await revisionOf(scene))
  await assert.rejects(checkReview(chair, local(incidentId), check), isRefused('conflict'))
})

const aCopy: TypedCopy = {
  what: 'letter',
  recipient: 'dfe',
  sentOn: { day: '2', month: '3', year: '2026' },
  how: 'Secure e-mail',
  confirmed: 'yes',
}

test('copies to the Department and to Ofsted are noted with day, way and the person who confirms them', async () => {
  testClock.set('2026-03-02T10:00:00Z')
  const scene = await aReadyLetter()
  const { incidentId, reviewId, secretariat, chair, manager } = scene
  await assert.rejects(
    confirmCopy(secretariat, local(incidentId), aCopy),
    isRefused('invalid', /The letter is not sent yet/),
  )
  await sendLetter(chair, local(incidentId), await revisionOf(scene))
  await confirmCopy(secretariat, local(incidentId), aCopy)
  await confirmCopy(chair, local(incidentId), { ...aCopy, what: 'review', recipient: 'ofsted', how: 'By hand' })
  const copies = await secretariat.transaction(tx => copiesOf(tx, reviewId))
  assert.deepEqual(
    copies.map(({ what, recipient, sentOn, how, byName }) => [what, recipient, sentOn, how, byName]),
    [
      ['letter', 'dfe', '2026-03-02', 'Secure e-mail', secretariat.name],
      ['review', 'ofsted', '2026-03-02', 'By hand', chair.name],
    ],
  )
  assert.deepEqual(await manager.transaction(tx => copiesOf(tx, reviewId)), [])
})

const unconfirmed: { wrong: string; typed: Partial<TypedCopy>; words: RegExp }[] = [
  { wrong: 'nobody confirms', typed: { confirmed: '' }, words: /Tick the box/ },
  { wrong: 'goes to nobody known', typed: { recipient: 'press' }, words: /Select to whom/ },
  { wrong: 'was sent in no known way', typed: { how: '' }, words: /how it was sent/ },
  {
    wrong: 'is not sent yet',
    typed: { sentOn: { day: '1', month: '1', year: '2030' } },
    words: /not be in the future/,
  },
]
for (const { wrong, typed, words } of unconfirmed) {
  test(`a copy that ${wrong} is not noted`, async () => {
    const { incidentId, secretariat } = await aSentLocalReview()
    await assert.rejects(
      confirmCopy(secretariat, local(incidentId), { ...aCopy, what: 'review', ...typed }),
      isRefused('invalid', words),
    )
  })
}

test('a member who has the rapid review of an incident does not read its local one until that is given to them', async () => {
  const { incidentId, secretariat, member } = await aSentLocalReview()
  const read = () => member.transaction(tx => readSentReview(tx, local(incidentId)))
  await allocateReview(secretariat, rapid(incidentId), member.personId)
  assert.equal(await read(), undefined)
  await allocateReview(secretariat, local(incidentId), member.personId)
  assert.ok(await read())
})

test('whoever was not sent a copy reads none of it, and not that there is one', async () => {
  const { incidentId, secretariat } = await aSentLocalReview({ sentTo: ['dfe'] })
  const [department, ofsted] = [await aPerson('dfe', 'TN'), await aPerson('ofsted', 'TN')]
  const rows = (who: Acting) =>
    who.transaction(async tx => [
      await tx.selectFrom('local_review').select('review_id').where('incident_id', '=', incidentId).execute(),
      await tx.selectFrom('local_review_sending').select('id').where('incident_id', '=', incidentId).execute(),
    ])
  assert.deepEqual(
    (await rows(department)).map(({ length }) => length),
    [1, 1],
  )
  for (const who of [ofsted, secretariat]) assert.deepEqual(await rows(who), [[], []])
})
