import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'
import { anArea, aPerson, testClock, testDatabase, type TestArea } from '../../platform/testing/test-database.ts'
import { aRecommendation, aRecommendationText } from '../builders.ts'
import { makeMove } from '../make-move.ts'
import type { AddresseeKind } from '../recommendation.ts'
import { answerQuestion } from './answer-question.ts'
import { askAfterNotification, askAfterPublication } from './ask-again.ts'
import { questionsNeeding } from './needing.ts'
import { causesOf, latestQuestions } from './question-store.ts'

const refusedAs = (kind: string) => (error: unknown) => error instanceof ServiceError && error.kind === kind

/** An incident as it was notified. */
async function anIncident(area: TestArea, harms: string[], on = '2026-03-01'): Promise<IncidentPlace> {
  const place = { incidentId: randomUUID(), authorityCode: area.authority, partnershipCode: area.partnership }
  const at = testClock.now()
  await (
    await testDatabase()
  ).asOwner(async client => {
    const scope = [place.incidentId, area.authority, area.partnership]
    await client.query(
      `insert into incident (incident_id, authority_code, partnership_code, reference, nature, incident_on, notified_at, created_at)
       values ($1, $2, $3, $4, 'serious-harm', $5, $6, $6)`,
      [...scope, `T-${place.incidentId.slice(0, 8)}`, on, at],
    )
    await client.query(
      `insert into notification (incident_id, authority_code, partnership_code, status, answers, saved_at, sent_at)
       values ($1, $2, $3, 'sent', '{}', $4, $4)`,
      [...scope, at],
    )
    await client.query(
      `insert into notification_version (incident_id, authority_code, partnership_code, version, form_version, answers, hash, sent_at)
       values ($1, $2, $3, 1, '1', $4, 'hash', $5)`,
      [...scope, JSON.stringify({ harmCategories: harms }), at],
    )
  })
  return place
}

/** A recommendation on neglect that was done, and judged to have changed practice. */
async function aDoneOne(kind: AddresseeKind = 'partner') {
  testClock.set('2026-02-02T10:00:00Z')
  const [database, area] = [await testDatabase(), await anArea()]
  const earlier = await anIncident(area, ['neglect'], '2025-10-01')
  const code = kind === 'national-body' ? `QB-${randomUUID().slice(0, 6)}` : area.police
  if (kind === 'national-body') {
    await database.asOwner(client =>
      client.query(`insert into body (code, kind, name) values ($1, 'national', $1)`, [code]),
    )
  }
  const owner = await aPerson(kind === 'national-body' ? 'body-answering' : 'safeguarding-partner', code)
  const [manager, scrutineer, chair] = await Promise.all([
    aPerson('business-manager', area.partnership),
    aPerson('scrutineer', area.partnership),
    aPerson('panel-chair', 'TN'),
  ])
  const made = await aRecommendation(database, {
    ...(kind !== 'national-body' && { place: earlier }),
    bodyCode: kind === 'national-body' ? 'TN' : area.partnership,
    addressees: [{ kind, bodyCode: code }],
  })
  const [addresseeId] = made.addresseeIds as [string]
  const judge = kind === 'national-body' ? chair : scrutineer
  await makeMove(owner, made.number, addresseeId, {
    axis: 'delivery',
    from: 'not-started',
    to: 'done',
    words: 'Done in all teams.',
  })
  await makeMove(judge, made.number, addresseeId, {
    axis: 'effect',
    from: 'not-looked-at',
    to: 'no-change',
    words: 'Nothing is seen yet.',
  })
  testClock.set('2026-03-02T10:00:00Z')
  return { ...made, database, area, earlier, addresseeId, owner, manager, scrutineer, chair, judge }
}

const seenBy = (who: Acting, addresseeId: string) =>
  who.transaction(async tx => (await latestQuestions(tx)).filter(one => one.addresseeId === addresseeId))
const tell = (who: Acting, place: IncidentPlace) => who.transaction(tx => askAfterNotification(tx, { place }))

test('an incident with the theme of what was done asks its owner, with both sides, and nobody of another area', async () => {
  const done = await aDoneOne()
  const place = await anIncident(done.area, ['neglect'])
  await tell(done.manager, place)
  const [question] = await seenBy(done.owner, done.addresseeId)
  assert.deepEqual(
    [question?.text, question?.judged, question?.effect, question?.answer],
    [aRecommendationText().text, 'Nothing is seen yet.', 'no-change', null],
  )
  const causes = await done.owner.transaction(tx => causesOf(tx, question!.questionId))
  assert.deepEqual(
    causes.map(({ kind, incidentId, themes }) => [kind, incidentId, themes]),
    [['notification', place.incidentId, ['neglect']]],
  )
  const needing = await done.owner.transaction(tx => questionsNeeding(tx, done.owner))
  assert.ok(needing.some(({ what }) => what.includes(done.number)))

  const elsewhere = await anArea()
  const others = await Promise.all([
    aPerson('business-manager', elsewhere.partnership),
    aPerson('safeguarding-partner', elsewhere.police),
    aPerson('notifier', done.area.authority),
  ])
  for (const other of others) assert.deepEqual(await seenBy(other, done.addresseeId), [])
})

for (const { what, harms, on } of [
  { what: 'of another theme', harms: ['domestic-abuse'], on: '2026-03-01' },
  { what: 'that happened before it was done', harms: ['neglect'], on: '2026-01-10' },
]) {
  test(`an incident ${what} asks nothing`, async () => {
    const done = await aDoneOne()
    await tell(done.manager, await anIncident(done.area, harms, on))
    assert.deepEqual(await seenBy(done.owner, done.addresseeId), [])
  })
}

test('the owner answers once, the answer stands, and the judge is asked to look again and may reopen', async () => {
  const done = await aDoneOne()
  await tell(done.manager, await anIncident(done.area, ['neglect']))
  const [question] = await seenBy(done.owner, done.addresseeId)
  const { questionId } = question!
  const answer = { answer: 'did-not', words: 'An audit shows that visits still come late.' }
  await assert.rejects(answerQuestion(done.manager, questionId, answer), refusedAs('not-allowed'))
  await assert.rejects(answerQuestion(done.owner, questionId, { ...answer, words: '' }), refusedAs('invalid'))
  await answerQuestion(done.owner, questionId, answer)
  await assert.rejects(answerQuestion(done.owner, questionId, { ...answer, answer: 'worked' }), refusedAs('conflict'))
  await assert.rejects(
    done.database.asOwner(client =>
      client.query(`update theme_question set words = 'Other words' where question_id = $1`, [questionId]),
    ),
    /stands/,
  )
  const waits = async () =>
    (await done.judge.transaction(tx => questionsNeeding(tx, done.judge))).some(({ href }) => href.includes(questionId))
  assert.equal(await waits(), true)
  await makeMove(done.judge, done.number, done.addresseeId, {
    axis: 'effect',
    from: 'no-change',
    to: 'not-looked-at',
    words: 'The theme has come up again.',
  })
  assert.equal(await waits(), false)
  const [after] = await seenBy(done.scrutineer, done.addresseeId)
  assert.deepEqual([after?.effect, after?.answer], ['not-looked-at', 'did-not'])
})

test('of one later incident each is asked once; another incident adds to a question that is open', async () => {
  const done = await aDoneOne()
  const [first, second] = [await anIncident(done.area, ['neglect']), await anIncident(done.area, ['medical-neglect'])]
  for (const place of [first, first, second]) await tell(done.manager, place)
  const asked = await seenBy(done.owner, done.addresseeId)
  assert.equal(asked.length, 1)
  const { questionId } = asked[0]!
  assert.equal((await done.owner.transaction(tx => causesOf(tx, questionId))).length, 2)
  await answerQuestion(done.owner, questionId, { answer: 'worked', words: 'The audit says so.' })
  await tell(done.manager, first)
  assert.equal((await seenBy(done.owner, done.addresseeId)).length, 1)
  await tell(done.manager, await anIncident(done.area, ['neglect']))
  assert.equal((await seenBy(done.owner, done.addresseeId)).length, 2)
})

test('whoever has a conflict with the later incident is not told that anything was asked', async () => {
  const done = await aDoneOne()
  const place = await anIncident(done.area, ['neglect'])
  await tell(done.manager, place)
  const secretariat = await aPerson('secretariat', 'TN')
  assert.equal((await seenBy(secretariat, done.addresseeId)).length, 1)
  await done.database.asOwner(client =>
    client.query(
      `insert into conflict_of_interest (person_id, incident_id, reason, declared_at) values ($1, $2, 'professional', $3)`,
      [secretariat.personId, place.incidentId, testClock.now()],
    ),
  )
  assert.deepEqual(await seenBy(secretariat, done.addresseeId), [])
})

test('a national body is asked when a later review is published, and not before', async () => {
  const done = await aDoneOne('national-body')
  const place = await anIncident(done.area, ['neglect'])
  await tell(done.manager, place)
  assert.deepEqual(await seenBy(done.owner, done.addresseeId), [])
  await done.manager.transaction(tx => askAfterPublication(tx, { place }))
  const [question] = await seenBy(done.owner, done.addresseeId)
  assert.deepEqual(question?.themes, ['neglect'])
  assert.deepEqual(await done.owner.transaction(tx => causesOf(tx, question!.questionId)), [])
})
