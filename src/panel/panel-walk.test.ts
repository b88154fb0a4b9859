import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../platform/acting.ts'
import { ServiceError } from '../platform/errors.ts'
import { readTimeline } from '../platform/events/index.ts'
import { readIncident } from '../notifications/index.ts'
import { aPerson, testClock } from '../platform/testing/test-database.ts'
import { allocateReview, endAllocation, membersToOffer } from './allocate-review.ts'
import { answerPoint, saveAnswer } from './letter/answer-point.ts'
import {
  aLetterText,
  anAllocatedReview,
  aReading,
  aSentLetter,
  aSentReview,
  atOnce,
  revisionOf,
  writeLetter,
  writeReadyLetter,
  rapid,
} from './builders.ts'
import { after, steps, type Status, type Step } from './consideration.ts'
import { declareConflict } from './declare-conflict.ts'
import { earlierPoints, listOpenPoints } from './letter/point-lists.ts'
import { answerDrafts, readLetter } from './letter/store.ts'
import { letterHash } from './letter/letter.ts'
import { panelNeeding } from './needing.ts'
import type { ViewOnDecision } from './opinions.ts'
import { receiveReview } from './receive-review.ts'
import { saveReading } from './save-reading.ts'
import { sayLetterReady } from './letter/say-letter-ready.ts'
import { sendLetter } from './letter/send-letter.ts'
import { readConsideration, readingsOf } from './store.ts'
import type { Theme } from '../reference-data/index.ts'
import { saveLetter, savePoint, startLetter, type PointChange } from './letter/write-letter.ts'

const kinds = (acting: Acting, incidentId: string) =>
  acting.transaction(async tx =>
    (await tx.selectFrom('event').select('kind').where('incident_id', '=', incidentId).orderBy('id').execute()).map(
      row => row.kind,
    ),
  )
const standing = (acting: Acting, incidentId: string) =>
  acting.transaction(tx => readConsideration(tx, rapid(incidentId)))
const needing = (acting: Acting, incidentId: string) =>
  acting.transaction(async tx =>
    (await panelNeeding(tx, acting)).filter(one => one.incidentId === incidentId).map(one => one.what),
  )
const isRefused = (kind: ServiceError['kind'], words?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ServiceError, String(error))
  assert.equal(error.kind, kind)
  if (words) assert.match([error.message, ...error.fields.map(field => field.text)].join('\n'), words)
  return true
}

test('a review goes from being sent to a letter with every point answered', async () => {
  const scene = await aSentReview()
  const { incidentId, manager, secretariat, chair, member } = scene
  assert.equal((await standing(secretariat, incidentId))?.status, 'received')
  assert.equal((await standing(secretariat, incidentId))?.dueOn, '2026-03-16')
  assert.deepEqual(await needing(secretariat, incidentId), ['Give the rapid review to a Panel member'])
  assert.equal(await standing(member, incidentId), undefined)

  await allocateReview(secretariat, rapid(incidentId), member.personId)
  assert.equal((await standing(member, incidentId))?.status, 'allocated')
  assert.deepEqual(await needing(member, incidentId), ['Read the rapid review and say what you think'])

  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 0, finish: true })
  assert.equal((await standing(member, incidentId))?.status, 'read')
  assert.deepEqual(await needing(secretariat, incidentId), ['Write the letter'])

  await writeLetter(scene, [
    { text: 'How do you know?', replyBy: '2026-04-01' },
    { text: 'We thank the school.', asks: false },
    { text: 'Who sees the fathers?' },
  ])
  assert.equal((await standing(member, incidentId))?.status, 'letter-drafted')
  assert.deepEqual(await needing(chair, incidentId), [])
  for (const acting of [member, secretariat]) {
    assert.deepEqual(await needing(acting, incidentId), ['Finish the letter, and say when it is ready to sign'])
  }

  await sayLetterReady(member, rapid(incidentId), await revisionOf(scene))
  assert.equal((await standing(member, incidentId))?.status, 'letter-ready')
  assert.deepEqual(await needing(chair, incidentId), ['Read, sign and send the letter'])
  assert.deepEqual(await needing(secretariat, incidentId), [])

  await sendLetter(member, rapid(incidentId), await revisionOf(scene))
  assert.equal((await standing(member, incidentId))?.status, 'letter-sent')
  assert.deepEqual(await needing(member, incidentId), [])
  assert.deepEqual(await needing(manager, incidentId), ['Answer 2 points of the Panel’s letter'])

  await answerPoint(manager, rapid(incidentId), 1, { text: 'We count the visits.', action: 'A monthly report.' })
  assert.deepEqual(await needing(manager, incidentId), ['Answer 1 point of the Panel’s letter'])
  await answerPoint(manager, rapid(incidentId), 3, { text: 'The schools ask.', action: '' })
  assert.deepEqual(await needing(manager, incidentId), [])

  assert.deepEqual(await kinds(secretariat, incidentId), [
    'panel.received',
    'panel.allocated',
    'panel.reading-finished',
    'letter.started',
    'letter.ready',
    'letter.sent',
    'letter.point-answered',
    'letter.point-answered',
    'letter.all-answered',
  ])
  assert.deepEqual(await kinds(manager, incidentId), [
    'letter.sent',
    'letter.point-answered',
    'letter.point-answered',
    'letter.all-answered',
  ])
})

test('a review that is announced twice is received once', async () => {
  const { incidentId, authorityCode, partnershipCode, manager, secretariat } = await aSentReview()
  await manager.transaction(tx => receiveReview(tx, 'rapid', { place: { incidentId, authorityCode, partnershipCode } }))
  assert.deepEqual(await kinds(secretariat, incidentId), ['panel.received'])
})

test('members of the region are offered first, and who has the review is not offered again', async () => {
  const { incidentId, secretariat, member } = await aSentReview()
  const offered = () =>
    secretariat.transaction(async tx => membersToOffer(tx, (await readConsideration(tx, rapid(incidentId)))!))
  assert.deepEqual(
    (await offered()).ofRegion.map(one => one.personId),
    [member.personId],
  )
  assert.ok(!(await offered()).others.some(one => one.personId === member.personId))
  await allocateReview(secretariat, rapid(incidentId), member.personId)
  assert.deepEqual((await offered()).ofRegion, [])
  await assert.rejects(
    allocateReview(secretariat, rapid(incidentId), secretariat.personId),
    isRefused('invalid', /Select a Panel member/),
  )
})

test('a review that is given twice with one double click is given once', async () => {
  const { incidentId, secretariat, member } = await aSentReview()
  const give = (acting: Acting) => allocateReview(acting, rapid(incidentId), member.personId)
  const given = await atOnce(secretariat, give, () => give(secretariat))
  assert.deepEqual(
    given.map(one => one.status),
    ['fulfilled', 'fulfilled'],
  )
  assert.deepEqual(await kinds(secretariat, incidentId), ['panel.received', 'panel.allocated'])
})

test('a review that both its members let go of at once waits to be given to somebody again', async () => {
  const { incidentId, secretariat, member, area } = await anAllocatedReview()
  const other = await aPerson('panel-member', area.region)
  await allocateReview(secretariat, rapid(incidentId), other.personId)
  const ended = await atOnce(
    secretariat,
    slow => endAllocation(slow, rapid(incidentId), member.personId),
    () => declareConflict(other, { ...rapid(incidentId), reaches: 'incident' }, 'worked-there'),
  )
  assert.deepEqual(
    ended.map(one => one.status),
    ['fulfilled', 'fulfilled'],
  )
  assert.equal((await standing(secretariat, incidentId))?.status, 'received')
})

test('the Panel is told in the timeline to whom a review was given, and the partnership is not', async () => {
  const { incidentId, secretariat, manager, member } = await anAllocatedReview()
  const given = (acting: Acting) =>
    acting.transaction(async tx =>
      (await readTimeline(tx, incidentId)).filter(one => one.kind === 'panel.allocated').map(one => one.about),
    )
  assert.deepEqual(await given(secretariat), [member.name])
  assert.deepEqual(await given(manager), [])
})

test('a review that is taken back waits to be given to somebody again', async () => {
  const { incidentId, secretariat, member } = await anAllocatedReview()
  await endAllocation(secretariat, rapid(incidentId), member.personId)
  assert.equal((await standing(secretariat, incidentId))?.status, 'received')
  assert.equal(await standing(member, incidentId), undefined)
})

const allStatuses = Object.keys(steps) as Status[]
const mayFollow: Record<Step, Status[]> = {
  allocate: ['received', 'allocated', 'read', 'letter-drafted', 'letter-ready'],
  'lose-last-member': ['allocated', 'read', 'letter-drafted', 'letter-ready', 'letter-sent'],
  'finish-reading': ['received', 'allocated', 'read', 'letter-drafted', 'letter-ready'],
  'write-letter': ['received', 'allocated', 'read', 'letter-drafted', 'letter-ready'],
  'say-ready': ['letter-drafted', 'letter-ready'],
  'send-letter': ['letter-ready'],
}
for (const [step, from] of Object.entries(mayFollow) as [Step, Status[]][]) {
  test(`${step} follows ${from.join(', ')} and nothing else`, () => {
    for (const status of allStatuses) {
      if (from.includes(status)) assert.ok(after(status, step))
      else assert.throws(() => after(status, step), ServiceError, status)
    }
  })
}

const refusals: { status: Status; step: Step; words: RegExp }[] = [
  { status: 'letter-sent', step: 'allocate', words: /nothing left to give/ },
  { status: 'letter-sent', step: 'finish-reading', words: /letter on this review was sent/ },
  { status: 'letter-sent', step: 'send-letter', words: /letter on this review was sent/ },
  { status: 'read', step: 'send-letter', words: /no letter on this review yet/ },
  { status: 'read', step: 'say-ready', words: /no letter on this review yet/ },
  { status: 'letter-drafted', step: 'send-letter', words: /The letter is being written/ },
  { status: 'received', step: 'lose-last-member', words: /No member has this review/ },
]
for (const { status, step, words } of refusals) {
  test(`${step} of a review that is ${status} is refused with what is true of it`, () => {
    assert.throws(() => after(status, step), isRefused('conflict', words))
  })
}

test('a draft of a reading is seen by its writer alone, and finished by secretariat and chair, not by another member', async () => {
  const { incidentId, reviewId, member, secretariat, chair, area } = await anAllocatedReview()
  const other = await aPerson('panel-member', area.region)
  await allocateReview(secretariat, rapid(incidentId), other.personId)
  const seen = (acting: Acting) => acting.transaction(tx => readingsOf(tx, reviewId, acting.personId))

  await saveReading(member, rapid(incidentId), aReading({ notes: '' }), { seenRevision: 0, finish: false })
  assert.equal((await seen(member)).length, 1)
  assert.equal((await seen(secretariat)).length, 0)
  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 1, finish: true })
  assert.equal((await seen(secretariat)).length, 1)
  assert.equal((await seen(chair)).length, 1)
  assert.equal((await seen(other)).length, 0)
})

const unfinished = [
  { missing: 'notes', reading: { notes: '' }, words: /Write what you think/ },
  { missing: 'a mark', reading: { markers: {} }, words: /Select met, partly/ },
  { missing: 'a view of the review', reading: { viewOnReview: undefined }, words: /view of the review/ },
  { missing: 'a view of the decision', reading: { viewOnDecision: undefined }, words: /view of the decision/ },
  {
    missing: 'a view that fits the decision',
    reading: { viewOnDecision: 'agree-lcspr' },
    words: /did not decide on a local child/,
  },
] as const
for (const { missing, reading, words } of unfinished) {
  test(`a reading is not finished without ${missing}`, async () => {
    const { incidentId, member } = await anAllocatedReview()
    const saved = aReading(reading)
    await assert.rejects(
      saveReading(member, rapid(incidentId), saved, { seenRevision: 0, finish: true }),
      isRefused('invalid', words),
    )
    await saveReading(member, rapid(incidentId), saved, { seenRevision: 0, finish: false })
  })
}

test('a reading saved in another window is not overwritten unseen', async () => {
  const { incidentId, member } = await anAllocatedReview()
  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 0, finish: false })
  for (const seenRevision of [0, 7]) {
    await assert.rejects(
      saveReading(member, rapid(incidentId), aReading({ notes: 'Other.' }), { seenRevision, finish: false }),
      isRefused('conflict', /another window/),
    )
  }
})

test('a partnership cannot read a reading, a draft of a letter, its points or who has a review, by any query', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, area, member } = scene
  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 0, finish: true })
  await writeLetter(scene, [{ text: 'How do you know?' }])
  const outsiders = [
    scene.manager,
    await aPerson('safeguarding-partner', area.police),
    await aPerson('lead-safeguarding-partner', area.authority),
    await aPerson('scrutineer', area.partnership),
    await aPerson('approver', area.authority),
    await aPerson('dfe', 'TN'),
    await aPerson('panel-member', area.region),
  ]
  for (const acting of outsiders) {
    for (const table of [
      'consideration',
      'allocation',
      'reading',
      'letter',
      'letter_point',
      'conflict_of_interest',
    ] as const) {
      const rows = await acting.transaction(tx => tx.selectFrom(table).selectAll().execute())
      assert.deepEqual(rows, [], `${acting.role} reads ${table}`)
    }
    const events = await kinds(acting, incidentId)
    assert.deepEqual(events, [], `${acting.role} reads events`)
  }
})

test('that a letter is ready is told to the others who have the review', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, secretariat, area } = scene
  const colleague = await aPerson('panel-member', area.region)
  await allocateReview(secretariat, rapid(incidentId), colleague.personId)
  await writeReadyLetter(scene, [])
  const [ready] = await secretariat.transaction(tx =>
    tx
      .selectFrom('event')
      .innerJoin('event_detail', 'event_detail.event_id', 'event.id')
      .select('event_detail.detail')
      .where('event.kind', '=', 'letter.ready')
      .where('event.incident_id', '=', incidentId)
      .execute(),
  )
  assert.deepEqual(ready?.detail, { review: 'rapid', members: [colleague.personId] })
})

test('a point that asks nothing keeps no day that was typed before, and may be answered all the same', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, manager } = scene
  await writeLetter(scene, [])
  const replyBy = { day: '1', month: '4', year: '2026' }
  const thanks = { id: undefined, theme: 'neglect', text: 'We thank the school.', asks: 'no', replyBy }
  await savePoint(member, rapid(incidentId), thanks, await revisionOf(scene))
  await sayLetterReady(member, rapid(incidentId), await revisionOf(scene))
  await sendLetter(member, rapid(incidentId), await revisionOf(scene))
  const [point] = (await manager.transaction(tx => readLetter(tx, rapid(incidentId))))!.points
  assert.deepEqual([point?.asks, point?.replyBy], [false, undefined])
  assert.deepEqual(await needing(manager, incidentId), [])
  await answerPoint(manager, rapid(incidentId), 1, { text: 'The school knows.', action: '' })
  assert.ok(!(await kinds(manager, incidentId)).includes('letter.all-answered'))
})

test('the points of a letter are put in order and numbered from 1, and the text is saved with it', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, secretariat } = scene
  await writeLetter(scene, [{ text: 'A' }, { text: 'B' }, { text: 'C' }])
  const letter = async () => (await secretariat.transaction(tx => readLetter(tx, rapid(incidentId))))!
  const texts = async () => (await letter()).points.map(point => `${point.number}${point.text}`)
  const idOf = async (text: string) => (await letter()).points.find(point => point.text === text)!.id
  const change = async (text: string, how: PointChange['change'], acting = member) =>
    saveLetter(acting, rapid(incidentId), aLetterText({ opening: `${how} ${text}` }), await revisionOf(scene), {
      pointId: await idOf(text),
      change: how,
    })

  await change('C', 'up')
  assert.deepEqual(await texts(), ['1A', '2C', '3B'])
  assert.equal((await letter()).texts.opening, 'up C')
  await change('A', 'up', secretariat)
  assert.deepEqual(await texts(), ['1A', '2C', '3B'])
  await change('A', 'down', secretariat)
  await change('B', 'down')
  assert.deepEqual(await texts(), ['1C', '2A', '3B'])
  await change('C', 'remove')
  assert.deepEqual(await texts(), ['1A', '2B'])
  const point = { id: await idOf('B'), theme: 'neglect', text: 'B again', asks: 'yes' }
  await savePoint(member, rapid(incidentId), point, await revisionOf(scene))
  assert.deepEqual(await texts(), ['1A', '2B again'])
})

test('who moves a point of a letter that somebody else changed saves neither the text nor the move', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, secretariat } = scene
  await writeLetter(scene, [{ text: 'A' }, { text: 'B' }])
  const seen = await revisionOf(scene)
  const before = (await member.transaction(tx => readLetter(tx, rapid(incidentId))))!
  await saveLetter(secretariat, rapid(incidentId), aLetterText({ opening: 'Dear partners.' }), seen)
  const pointId = before.points[1]!.id
  await assert.rejects(
    saveLetter(member, rapid(incidentId), aLetterText(), seen, { pointId, change: 'up' }),
    isRefused('conflict'),
  )
  const { texts, points } = (await member.transaction(tx => readLetter(tx, rapid(incidentId))))!
  assert.deepEqual([texts.opening, ...points.map(point => point.text)], ['Dear partners.', 'A', 'B'])
})

test('what the letter asks of a decision is a point that waits for an answer, as long as the letter asks it', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, manager } = scene
  await saveReading(member, rapid(incidentId), aReading({ viewOnDecision: 'suggest-lcspr' }), {
    seenRevision: 0,
    finish: true,
  })
  await startLetter(member, rapid(incidentId))
  const points = async () => (await member.transaction(tx => readLetter(tx, rapid(incidentId))))!.points
  const told = async () => (await points()).map(({ number, asks, text }) => [number, asks, text.slice(0, 23)])
  const save = async (viewOnDecision: ViewOnDecision, also?: PointChange) =>
    saveLetter(
      member,
      rapid(incidentId),
      aLetterText({ viewOnDecision, reasons: 'Why.' }),
      await revisionOf(scene),
      also,
    )
  const onReview = [1, true, 'We suggest that you car']
  assert.deepEqual(await told(), [onReview])

  const [asked] = await points()
  await save('suggest-lcspr', { pointId: asked!.id, change: 'remove' })
  assert.deepEqual(await told(), [onReview])
  const thanks = { id: undefined, theme: 'neglect', text: 'We thank the school.', asks: 'no' }
  await savePoint(member, rapid(incidentId), thanks, await revisionOf(scene))
  await save('agree-no-lcspr')
  assert.deepEqual(await told(), [[1, false, 'We thank the school.']])
  await save('suggest-lcspr')
  await save('suggest-reconsider')
  assert.deepEqual(await told(), [
    [1, false, 'We thank the school.'],
    [2, true, 'We suggest that you thi'],
  ])

  const own = { id: (await points())[1]!.id, theme: 'neglect', text: 'What do you conclude?' }
  await assert.rejects(
    savePoint(member, rapid(incidentId), { ...own, asks: 'no' }, await revisionOf(scene)),
    isRefused('invalid', /asks what the partnership concludes/),
  )
  await savePoint(member, rapid(incidentId), { ...own, asks: 'yes' }, await revisionOf(scene))
  await save('suggest-reconsider')
  assert.equal((await points())[1]?.text, 'What do you conclude?')
  await sayLetterReady(member, rapid(incidentId), await revisionOf(scene))
  await sendLetter(member, rapid(incidentId), await revisionOf(scene))
  assert.deepEqual(await needing(manager, incidentId), ['Answer 1 point of the Panel’s letter'])
  await answerPoint(manager, rapid(incidentId), 2, { text: 'We will carry out a review.', action: '' })
  assert.ok((await kinds(manager, incidentId)).includes('letter.all-answered'))
})

const unsavedPoints = [
  { point: 'without text or theme', typed: { text: '', theme: '' }, words: /Write the point\nSelect the theme/ },
  { point: 'that does not say whether it asks', typed: { asks: '' }, words: /whether you ask for an answer/ },
  { point: 'with a theme that is none', typed: { theme: 'weather' }, words: /Select the theme/ },
  { point: 'longer than a letter', typed: { text: 'x'.repeat(20_001) }, words: /20000 characters or fewer/ },
  {
    point: 'with no theme and half a day',
    typed: { theme: '', replyBy: { day: '1' } },
    words: /Select the theme\nThe day to answer by must include a month and year/,
  },
  {
    point: 'to be answered in the past',
    typed: { replyBy: { day: '1', month: '3', year: '2026' } },
    words: /must not be in the past/,
  },
]
for (const { point, typed, words } of unsavedPoints) {
  test(`a point ${point} is not saved`, async () => {
    const { incidentId, member } = await anAllocatedReview()
    await startLetter(member, rapid(incidentId))
    await assert.rejects(
      savePoint(member, rapid(incidentId), { id: undefined, theme: 'neglect', text: 'How?', asks: 'yes', ...typed }, 1),
      isRefused('invalid', words),
    )
  })
}

test('two who write one letter are told of each other, and nobody signs what they have not seen', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [])
  const seen = await revisionOf(scene)
  await saveLetter(scene.secretariat, rapid(scene.incidentId), aLetterText({ opening: 'Dear partners.' }), seen)
  await assert.rejects(saveLetter(scene.member, rapid(scene.incidentId), aLetterText(), seen), isRefused('conflict'))
  await assert.rejects(sendLetter(scene.chair, rapid(scene.incidentId), seen), isRefused('conflict'))
})

test('what somebody saves while a letter is being signed is not sent under that signature', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, secretariat, chair } = scene
  await writeReadyLetter(scene, [{ text: 'How do you know?' }])
  const seen = await revisionOf(scene)
  const [saved, sent] = await atOnce(
    secretariat,
    slow => saveLetter(slow, rapid(incidentId), aLetterText({ opening: 'Words that nobody signed.' }), seen),
    () => sendLetter(chair, rapid(incidentId), seen),
  )
  assert.equal(saved?.status, 'fulfilled')
  assert.ok(sent?.status === 'rejected')
  isRefused('conflict')(sent.reason)
  assert.equal((await chair.transaction(tx => readLetter(tx, rapid(incidentId))))?.status, 'draft')
})

test('what somebody saves after a letter was signed is refused, and the letter fits its fingerprint', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, secretariat, chair } = scene
  await writeReadyLetter(scene, [{ text: 'How do you know?' }])
  const seen = await revisionOf(scene)
  const point = { id: undefined, theme: 'neglect', text: 'A point that nobody signed.', asks: 'yes' }
  const [sent, saved] = await atOnce(
    chair,
    slow => sendLetter(slow, rapid(incidentId), seen),
    () => savePoint(secretariat, rapid(incidentId), point, seen),
  )
  assert.equal(sent?.status, 'fulfilled')
  assert.ok(saved?.status === 'rejected')
  isRefused('conflict', /was sent, and cannot change/)(saved.reason)
  const letter = (await chair.transaction(tx => readLetter(tx, rapid(incidentId))))!
  assert.deepEqual(
    letter.points.map(one => one.text),
    ['How do you know?'],
  )
  assert.equal(letterHash({ ...letter, sentAt: letter.sentAt!, signedBy: letter.signedBy! }), letter.hash)
})

const unsendable = [
  { without: 'an opening', text: { opening: '' }, words: /opening/ },
  { without: 'strengths', text: { strengths: '' }, words: /done well/ },
  { without: 'a view of the review', text: { viewOnReview: undefined }, words: /view of the review/ },
  { without: 'a view of the decision', text: { viewOnDecision: undefined }, words: /view of the decision/ },
  { without: 'a view that fits', text: { viewOnDecision: 'agree-lcspr' }, words: /did not decide/ },
  { without: 'reasons to decide otherwise', text: { viewOnDecision: 'suggest-lcspr' }, words: /Give your reasons/ },
  { without: 'a closing', text: { closing: '' }, words: /closing/ },
] as const
for (const { without, text, words } of unsendable) {
  test(`a letter without ${without} is neither ready nor sent`, async () => {
    const scene = await anAllocatedReview()
    await writeLetter(scene, [], text)
    const revision = await revisionOf(scene)
    await assert.rejects(sayLetterReady(scene.member, rapid(scene.incidentId), revision), isRefused('invalid', words))
    await assert.rejects(sendLetter(scene.chair, rapid(scene.incidentId), revision), isRefused('invalid', words))
  })
}

test('a letter is signed when somebody said that it is ready, and a change takes that back', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, secretariat, chair } = scene
  await writeLetter(scene, [])
  const unread = await revisionOf(scene)
  await assert.rejects(sendLetter(chair, rapid(incidentId), unread), isRefused('conflict', /being written/))
  await sayLetterReady(secretariat, rapid(incidentId), unread)
  await sayLetterReady(secretariat, rapid(incidentId), unread)
  assert.equal((await kinds(secretariat, incidentId)).filter(kind => kind === 'letter.ready').length, 1)

  await saveLetter(chair, rapid(incidentId), aLetterText({ opening: 'Dear partners.' }), unread)
  assert.equal((await standing(member, incidentId))?.status, 'letter-drafted')
  await assert.rejects(
    sayLetterReady(member, rapid(incidentId), unread),
    isRefused('conflict', /Somebody else changed/),
  )
  const read = await revisionOf(scene)
  await assert.rejects(sendLetter(chair, rapid(incidentId), read), isRefused('conflict', /being written/))
  await sayLetterReady(member, rapid(incidentId), read)
  await sendLetter(chair, rapid(incidentId), read)
})

test('the secretariat writes a letter and does not send it; a member without the review does neither', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [])
  const revision = await revisionOf(scene)
  await assert.rejects(sendLetter(scene.secretariat, rapid(scene.incidentId), revision), isRefused('not-allowed'))
  const other = await aPerson('panel-member', scene.area.region)
  await assert.rejects(sendLetter(other, rapid(scene.incidentId), revision), isRefused('not-found'))
  await assert.rejects(saveLetter(other, rapid(scene.incidentId), aLetterText(), revision), isRefused('not-found'))
  await assert.rejects(sendLetter(scene.manager, rapid(scene.incidentId), revision), isRefused('not-allowed'))
})

test('an answer is added to, and the point stays answered', async () => {
  const { incidentId, manager, chair } = await aSentLetter()
  await answerPoint(manager, rapid(incidentId), 1, { text: 'We ask each team.', action: 'An audit in May.' })
  testClock.set('2026-03-03T10:00:00Z')
  await answerPoint(manager, rapid(incidentId), 1, { text: 'The audit is done.', action: '' })
  testClock.set('2026-03-02T10:00:00Z')
  const letter = await chair.transaction(tx => readLetter(tx, rapid(incidentId)))
  assert.deepEqual(
    letter?.points[0]?.replies.map(reply => [reply.text, reply.action, reply.byName]),
    [
      ['We ask each team.', 'An audit in May.', manager.name],
      ['The audit is done.', '', manager.name],
    ],
  )
})

test('a point is answered by its partnership alone, and not with nothing', async () => {
  const { incidentId, manager, area, secretariat } = await aSentLetter()
  const reply = { text: 'We did.', action: '' }
  await assert.rejects(answerPoint(manager, rapid(incidentId), 1, { text: '', action: 'x' }), isRefused('invalid'))
  await assert.rejects(answerPoint(manager, rapid(incidentId), 2, reply), isRefused('not-found'))
  await assert.rejects(answerPoint(secretariat, rapid(incidentId), 1, reply), isRefused('not-allowed'))
  await assert.rejects(
    answerPoint(await aPerson('lead-safeguarding-partner', area.authority), rapid(incidentId), 1, reply),
    isRefused('not-allowed'),
  )
  const elsewhere = (await aSentReview()).manager
  await assert.rejects(answerPoint(elsewhere, rapid(incidentId), 1, reply), isRefused('not-found'))
  await answerPoint(await aPerson('safeguarding-partner', area.icb), rapid(incidentId), 1, reply)
})

test('when the last two points are answered at once, it is known that all are answered', async () => {
  const { incidentId, manager, secretariat, area } = await aSentLetter([{ text: 'One' }, { text: 'Two' }])
  const partner = await aPerson('safeguarding-partner', area.police)
  const answered = await atOnce(
    manager,
    slow => answerPoint(slow, rapid(incidentId), 1, { text: 'Yes.', action: '' }),
    () => answerPoint(partner, rapid(incidentId), 2, { text: 'Yes.', action: '' }),
  )
  assert.deepEqual(
    answered.map(one => one.status),
    ['fulfilled', 'fulfilled'],
  )
  const known = (await kinds(secretariat, incidentId)).filter(kind => kind === 'letter.all-answered')
  assert.equal(known.length, 1)
})

test('beside a review stands what the same area was asked before on the theme, and what it said it would do', async () => {
  const before = await aSentLetter([
    { theme: 'childs-voice', text: 'Who asked the child?' },
    { theme: 'neglect', text: 'Who saw the home?' },
  ])
  await answerPoint(before.manager, rapid(before.incidentId), 1, { text: 'Nobody.', action: 'Train everybody.' })
  await aSentLetter([{ theme: 'childs-voice', text: 'Of another area.' }])
  // A member who never had the earlier review, and gets the new one.
  const { manager, secretariat, chair } = before
  const member = await aPerson('panel-member', before.area.region)
  const now = await anAllocatedReview({ area: before.area, people: { manager, secretariat, chair, member } })
  const told = (about: Theme[] = [], notAbout: Theme[] = []) =>
    member.transaction(async tx =>
      (
        await earlierPoints(tx, {
          partnershipCode: now.partnershipCode,
          exceptReviewId: now.reviewId,
          about,
          notAbout,
        })
      ).points.map(point => [point.text, point.replies[0]?.action, point.reference]),
    )

  const asked = ['Who asked the child?', 'Train everybody.', before.reference]
  assert.deepEqual(await told(['childs-voice']), [asked])
  assert.deepEqual(await told(['men-not-seen']), [])
  assert.deepEqual(await told([], ['neglect']), [asked])
  assert.deepEqual(await told(), [asked, ['Who saw the home?', undefined, before.reference]])
  assert.equal(await member.transaction(tx => readConsideration(tx, rapid(before.incidentId))), undefined)
})

test('the Panel sees the points that ask and have no reply, the oldest first', async () => {
  const first = await aSentLetter([{ text: 'One' }, { text: 'Two' }, { text: 'Thank you.', asks: false }])
  testClock.set('2026-03-04T10:00:00Z')
  const second = await aSentLetter([{ text: 'Three' }], {
    area: first.area,
    people: first,
  })
  testClock.set('2026-03-02T10:00:00Z')
  const open = async () =>
    first.member.transaction(async tx => {
      const found = await listOpenPoints(tx, { sort: { key: 'sent', direction: 'ascending' }, page: 1 }, {})
      return [found.total, ...found.rows.map(point => point.text)]
    })
  assert.deepEqual(await open(), [3, 'One', 'Two', 'Three'])
  await answerPoint(first.manager, rapid(first.incidentId), 1, { text: 'Yes.', action: '' })
  await answerPoint(second.manager, rapid(second.incidentId), 1, { text: 'Yes.', action: '' })
  assert.deepEqual(await open(), [1, 'Two'])
})

test('an answer that is overdue waits for the Panel too, in one line however many there are', async () => {
  const { incidentId, member, manager } = await aSentLetter([{ text: 'How?', replyBy: '2026-03-10' }])
  const waiting = () => member.transaction(async tx => (await panelNeeding(tx, member)).map(one => one.what))
  assert.deepEqual(await waiting(), [])
  testClock.set('2026-03-11T10:00:00Z')
  assert.deepEqual(await waiting(), ['See the letter with points that were not answered in time'])
  await answerPoint(manager, rapid(incidentId), 1, { text: 'So.', action: '' })
  assert.deepEqual(await waiting(), [])
  testClock.set('2026-03-02T10:00:00Z')
})

test('an answer is kept as a draft for those who may answer, and not for the Panel, until it is sent', async () => {
  const { incidentId, manager, secretariat, chair, member, area } = await aSentLetter()
  const partner = await aPerson('safeguarding-partner', area.icb)
  const letter = await chair.transaction(tx => readLetter(tx, rapid(incidentId)))
  const drafts = async (acting: Acting) =>
    [...(await acting.transaction(tx => answerDrafts(tx, letter!))).values()].map(draft => [
      draft.text,
      draft.byName,
      draft.revision,
    ])
  const save = (acting: Acting, text: string, seenRevision: number) =>
    saveAnswer(acting, rapid(incidentId), 1, { text, action: '', seenRevision })

  await save(manager, 'We think so.', 0)
  await assert.rejects(save(partner, 'We do not.', 0), isRefused('conflict', /Somebody else saved/))
  await save(partner, 'We know so.', 1)
  assert.deepEqual(await drafts(manager), [['We know so.', partner.name, 2]])
  const others = [
    secretariat,
    chair,
    member,
    await aPerson('lead-safeguarding-partner', area.authority),
    (await aSentReview()).manager,
  ]
  for (const acting of others) assert.deepEqual(await drafts(acting), [], acting.role)
  await assert.rejects(save(secretariat, 'Mine.', 2), isRefused('not-allowed'))
  assert.deepEqual(await needing(manager, incidentId), ['Answer 1 point of the Panel’s letter'])

  const answer = { text: 'We think so.', action: '' }
  await assert.rejects(
    answerPoint(manager, rapid(incidentId), 1, { ...answer, seenRevision: 1 }),
    isRefused('conflict'),
  )
  assert.equal((await drafts(manager)).length, 1)
  await answerPoint(manager, rapid(incidentId), 1, { ...answer, seenRevision: 2 })
  assert.deepEqual(await drafts(manager), [])
  await save(manager, 'One more thing.', 0)
  await save(manager, '', 1)
  assert.deepEqual(await drafts(manager), [])
})

test('two who answer one point at once are told of each other', async () => {
  const { incidentId, manager } = await aSentLetter([{ text: 'How?' }])
  await answerPoint(manager, rapid(incidentId), 1, { text: 'So.', action: '', seenAnswers: 0 })
  const late = { text: 'Also so.', action: '', seenAnswers: 0 }
  await assert.rejects(answerPoint(manager, rapid(incidentId), 1, late), { kind: 'conflict' })
  await answerPoint(manager, rapid(incidentId), 1, { ...late, seenAnswers: 1 })
})

test('an answer with a word of a child’s name goes out only after somebody has looked at it', async () => {
  const { incidentId, manager } = await aSentLetter([{ text: 'How?' }])
  const child = await manager.transaction(async tx => (await readIncident(tx, incidentId))?.children[0]?.name)
  const answer = { text: 'We asked.', action: `A plan for ${child?.split(' ')[0]}.` }
  await assert.rejects(answerPoint(manager, rapid(incidentId), 1, answer), (error: ServiceError) => {
    assert.deepEqual(
      error.fields.map(({ field }) => field),
      ['namesChecked'],
    )
    return true
  })
  await answerPoint(manager, rapid(incidentId), 1, { ...answer, namesChecked: true })
})
