import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { ServiceError } from '../../platform/errors.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'
import { anArea, aPerson, testClock, testDatabase, type TestArea } from '../../platform/testing/test-database.ts'
import { aRecommendation, aRecommendationText } from '../builders.ts'
import type { Status } from '../recommendation.ts'
import { makeMove } from '../make-move.ts'
import type { AddresseeKind } from '../recommendation.ts'
import { answerQuestion, answerQuestionByLink } from './answer-question.ts'
import { askAfterNotification, askAfterPublication } from './ask-again.ts'
import { openLinks } from '../../platform/links/index.ts'
import { civilDate } from '../../platform/dates.ts'
import { makeQuestionLink } from './question-links.ts'
import { questionsNeeding } from './needing.ts'
import { causesOf, latestQuestions } from './question-store.ts'
import { reconsider } from './reconsider.ts'
import { reconsideredOf } from './reconsidered-store.ts'
import { legalSteps } from '../moves.ts'
import { publishNamed, publishNational } from '../progress/publish-recommendations.ts'
import { readPublished } from '../progress/read-published.ts'
import { addresseesOf, readRecommendation } from '../store.ts'
import { endRecommendation } from '../write-recommendation.ts'
import { recommendationsNeeding } from '../list-recommendations.ts'

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

/** A published recommendation of a local review, done and closed, whose theme has come up again. */
async function aClosedOne() {
  testClock.set('2026-02-02T10:00:00Z')
  const [database, area] = [await testDatabase(), await anArea()]
  const earlier = await anIncident(area, ['neglect'], '2025-10-01')
  const code = `QB-${randomUUID().slice(0, 6)}`
  await database.asOwner(client =>
    client.query(`insert into body (code, kind, name) values ($1, 'national', $1)`, [code]),
  )
  const [owner, college, manager, scrutineer] = await Promise.all([
    aPerson('safeguarding-partner', area.police),
    aPerson('body-answering', code),
    aPerson('business-manager', area.partnership),
    aPerson('scrutineer', area.partnership),
  ])
  const made = await aRecommendation(database, {
    place: earlier,
    bodyCode: area.partnership,
    addressees: [
      { kind: 'partner', bodyCode: area.police },
      { kind: 'national-body', bodyCode: code },
    ],
  })
  const [addresseeId = '', ofCollege = ''] = made.addresseeIds
  const move = { axis: 'delivery', from: 'not-started', to: 'done', words: 'Done in all teams.' } as const
  const reply = { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' } as const
  await makeMove(owner, made.number, addresseeId, reply)
  await makeMove(owner, made.number, addresseeId, move)
  await manager.transaction(tx => publishNamed(tx, earlier.incidentId, made.number))
  await endRecommendation(manager, made.number, { reason: 'All of it is done.', replacedBy: '' })
  testClock.set('2026-03-02T10:00:00Z')
  const later = await anIncident(area, ['neglect'])
  await manager.transaction(tx => askAfterNotification(tx, { place: later }))
  const [question] = await seenBy(owner, addresseeId)
  const publicly = async () => JSON.stringify(await readPublished(database.ask, made.number))
  const statusFor = async (who: Acting, of: string) =>
    who.transaction(async tx => {
      const all = await addresseesOf(tx, made.recommendationId)
      return all.find(one => one.addresseeId === of)?.status
    })
  return {
    ...made,
    database,
    addresseeId,
    ofCollege,
    owner,
    college,
    manager,
    scrutineer,
    later,
    publicly,
    questionId: question!.questionId,
    statusFor,
  }
}

test('a judgement of no change leads whoever closed it to open it again, privately until the later review is published', async () => {
  const it = await aClosedOne()
  const { number, manager, owner, college, publicly, questionId } = it
  const waits = async () =>
    (await manager.transaction(tx => questionsNeeding(tx, manager))).filter(({ href }) =>
      href.includes(`${number}/reopen`),
    )
  assert.deepEqual(await waits(), [])
  await answerQuestion(owner, questionId, { answer: 'did-not', words: 'Visits still come late.' })
  await makeMove(it.scrutineer, number, it.addresseeId, {
    axis: 'effect',
    from: 'not-looked-at',
    to: 'no-change',
    words: 'Visits come late again.',
  })
  assert.equal((await waits()).length, 1)
  const before = await publicly()

  testClock.set('2026-03-04T10:00:00Z')
  const decided = { decision: 'reopened', because: questionId, reason: 'The theme has come up again.' }
  await assert.rejects(reconsider(owner, number, decided), refusedAs('not-allowed'))
  await assert.rejects(reconsider(manager, number, { ...decided, reason: '' }), refusedAs('invalid'))
  await assert.rejects(reconsider(manager, number, { ...decided, because: '' }), refusedAs('invalid'))
  await assert.rejects(reconsider(manager, number, { ...decided, because: 'public' }), refusedAs('invalid'))
  await reconsider(manager, number, decided)
  await assert.rejects(reconsider(manager, number, decided), refusedAs('conflict'))
  assert.deepEqual(await waits(), [])
  const [kept] = await manager.transaction(tx => reconsideredOf(tx, it.recommendationId))
  assert.deepEqual(
    [kept?.decision, kept?.endedReason, kept?.personName, kept?.isPublic],
    ['reopened', 'All of it is done.', manager.name, false],
  )
  const asks = (await owner.transaction(tx => recommendationsNeeding(tx, owner))).filter(
    one => one.reference === number,
  )
  assert.match(asks[0]!.what, /open again/)
  const anew = { axis: 'delivery', from: 'done', to: 'in-progress', words: 'Two teams begin anew.' } as const
  await makeMove(owner, number, it.addresseeId, anew)
  const after = await owner.transaction(tx => recommendationsNeeding(tx, owner))
  assert.deepEqual(
    after.filter(one => one.reference === number),
    [],
  )

  // What is not public is told neither to everybody nor to a national body.
  assert.equal(await publicly(), before)
  assert.deepEqual(
    [await it.statusFor(college, it.ofCollege), await it.statusFor(owner, it.addresseeId)],
    ['closed', 'issued'],
  )
  assert.deepEqual(await college.transaction(tx => reconsideredOf(tx, it.recommendationId)), [])
  const reply = { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' } as const
  await assert.rejects(makeMove(college, number, it.ofCollege, reply))

  await manager.transaction(tx => askAfterPublication(tx, { place: it.later }))
  assert.equal(JSON.parse(await publicly()).picture.status, 'issued')
  assert.equal(await it.statusFor(college, it.ofCollege), 'issued')
})

test('what areas do about a national one that was opened again unseen changes no number on the public page', async () => {
  testClock.set('2026-02-02T10:00:00Z')
  const database = await testDatabase()
  const areas = await Promise.all(Array.from({ length: 8 }, () => anArea()))
  const [manager, secretariat] = await Promise.all([
    aPerson('business-manager', areas[0]!.partnership),
    aPerson('secretariat', 'TN'),
  ])
  const made = await aRecommendation(database, {
    bodyCode: 'TN',
    addressees: areas.map(({ partnership }) => ({ kind: 'partnership', bodyCode: partnership })),
  })
  const [addresseeId = ''] = made.addresseeIds
  const done = { axis: 'delivery', from: 'not-started', to: 'done', words: 'Done.' } as const
  await makeMove(manager, made.number, addresseeId, done)
  await publishNational(secretariat, made.number)
  await endRecommendation(secretariat, made.number, { reason: 'All of it is done.', replacedBy: '' })
  testClock.set('2026-03-02T10:00:00Z')
  const later = await anIncident(areas[0]!, ['neglect'])
  await manager.transaction(tx => askAfterNotification(tx, { place: later }))
  const [question] = await seenBy(manager, addresseeId)
  const publicly = async () => JSON.stringify(await readPublished(database.ask, made.number))
  const before = await publicly()
  testClock.set('2026-03-04T10:00:00Z')
  const decided = { decision: 'reopened', because: question!.questionId, reason: 'It came up again.' }
  await reconsider(secretariat, made.number, decided)
  const other = await aPerson('business-manager', areas[1]!.partnership)
  const moved = { axis: 'delivery', from: 'not-started', to: 'in-progress', words: 'Begun.' } as const
  await makeMove(other, made.number, made.addresseeIds[1]!, moved)
  assert.equal(await publicly(), before)
  await manager.transaction(tx => askAfterPublication(tx, { place: later }))
  const { picture } = JSON.parse(await publicly())
  assert.equal(picture.status, 'issued')
  assert.notEqual(JSON.stringify(picture.inEngland), JSON.stringify(JSON.parse(before).picture.inEngland))
})

test('what was closed stays closed with a reason, and is not asked about again', async () => {
  const { number, manager, scrutineer, addresseeId, recommendationId, publicly } = await aClosedOne()
  const judged = { axis: 'effect', from: 'not-looked-at', to: 'no-change', words: 'Visits come late again.' } as const
  await makeMove(scrutineer, number, addresseeId, judged)
  const before = await publicly()
  await reconsider(manager, number, { decision: 'stays-closed', because: '', reason: 'A new one goes further.' })
  const waits = await manager.transaction(tx => questionsNeeding(tx, manager))
  assert.ok(!waits.some(({ href }) => href.includes(number)))
  const { status } = (await manager.transaction(tx => readRecommendation(tx, number)))!
  assert.deepEqual([status, await publicly()], ['closed', before])
  assert.equal((await manager.transaction(tx => reconsideredOf(tx, recommendationId))).length, 1)
})

test('whoever has a conflict with what it was opened for does not read why', async () => {
  const { number, manager, recommendationId, questionId, later, database } = await aClosedOne()
  await reconsider(manager, number, { decision: 'reopened', because: questionId, reason: 'It came up again.' })
  const secretariat = await aPerson('secretariat', 'TN')
  const read = () => secretariat.transaction(tx => reconsideredOf(tx, recommendationId))
  assert.equal((await read()).length, 1)
  await database.asOwner(client =>
    client.query(
      `insert into conflict_of_interest (person_id, incident_id, reason, declared_at) values ($1, $2, 'professional', $3)`,
      [secretariat.personId, later.incidentId, testClock.now()],
    ),
  )
  assert.deepEqual(await read(), [])
})

test('the database refuses every step of a recommendation that is not listed', async () => {
  const { database, manager, number } = await aClosedOne()
  await assert.rejects(
    manager.transaction(tx =>
      tx
        .updateTable('recommendation')
        .set({ status: 'issued', ended_at: null, ended_reason: '' })
        .where('number', '=', number)
        .execute(),
    ),
    /opened again with a reason/,
  )
  const statuses = Object.keys(legalSteps) as Status[]
  for (const from of statuses) {
    for (const to of statuses) {
      if (from === to || (from === 'closed' && to === 'issued')) continue
      const stepping = database.asOwner(async client => {
        await client.query('begin')
        try {
          const path: Status[] = {
            draft: [],
            'out-for-comment': ['out-for-comment'],
            issued: ['issued'],
            closed: ['issued', 'closed'],
            replaced: ['issued', 'replaced'],
          }[from] as Status[]
          const { rows } = await client.query<{ recommendation_id: string }>(
            `insert into recommendation (number, source_kind, level, body_code, created_at) values ($1, 'other', 'national', 'TN', now()) returning recommendation_id`,
            [`R-${from}-${to}`],
          )
          for (const status of [...path, to]) {
            await client.query(
              `update recommendation set status = $2, issued_at = case when $2 in ('draft', 'out-for-comment') then null else now() end,
                 ended_at = case when $2 in ('closed', 'replaced') then now() end,
                 ended_reason = case when $2 in ('closed', 'replaced') then 'Done' else '' end,
                 replaced_by = case when $2 = 'replaced' then recommendation_id end
               where recommendation_id = $1`,
              [rows[0]!.recommendation_id, status],
            )
          }
        } finally {
          await client.query('rollback')
        }
      })
      if (legalSteps[from].includes(to)) await stepping
      else await assert.rejects(stepping, /does not become|its text stands/, `${from} to ${to}`)
    }
  }
})

test('a body without an account is asked by link, answers once, and learns of no cause', async () => {
  testClock.set('2026-02-02T10:00:00Z')
  const [database, area] = [await testDatabase(), await anArea()]
  const secretariat = await aPerson('secretariat', 'TN')
  const made = await aRecommendation(database, {
    bodyCode: 'TN',
    addressees: [{ kind: 'national-body', bodyCode: null, bodyName: `A college ${randomUUID()}` }],
  })
  const [addresseeId = ''] = made.addresseeIds
  const letter = {
    cameBy: 'letter',
    saidOn: civilDate('2026-02-01'),
    saidBy: 'A Head',
    source: 'File 7',
    file: null,
  } as const
  const done = { axis: 'delivery', from: 'not-started', to: 'done', words: 'Done.' } as const
  await makeMove(secretariat, made.number, addresseeId, done, letter)
  testClock.set('2026-03-02T10:00:00Z')
  const place = await anIncident(area, ['neglect'])
  const manager = await aPerson('business-manager', area.partnership)
  await manager.transaction(tx => askAfterPublication(tx, { place }))
  const [question] = await seenBy(secretariat, addresseeId)
  const { questionId } = question!
  const waits = async () =>
    (await secretariat.transaction(tx => questionsNeeding(tx, secretariat))).filter(({ href }) =>
      href.includes(questionId),
    )
  assert.match((await waits())[0]!.what, /by link/)
  const to = { holder: 'Dr Rao, registrar', mailAddress: '' }
  await assert.rejects(makeQuestionLink(manager, questionId, to, 'https://w.example'))
  await assert.rejects(
    makeQuestionLink(secretariat, questionId, { ...to, holder: '' }, 'https://w.example'),
    refusedAs('invalid'),
  )
  const { address } = await makeQuestionLink(secretariat, questionId, to, 'https://w.example')
  assert.deepEqual(await waits(), [])

  const door = openLinks({ database, config: { secret: 'a secret for tests, of more than 32 characters' } })
  const link = (await door.find(address.split('/').at(-1)!, 'here')).opened!
  const seen = await link.transaction(async tx => ({
    questions: (await latestQuestions(tx)).map(one => [one.questionId, one.text, one.themes]),
    causes: await causesOf(tx, questionId),
  }))
  assert.deepEqual(seen, { questions: [[questionId, aRecommendationText().text, ['neglect']]], causes: [] })
  const answer = { answer: 'in-part', words: 'Our members say so.' }
  await assert.rejects(answerQuestionByLink(link, { ...answer, words: '' }), refusedAs('invalid'))
  await answerQuestionByLink(link, answer)
  await assert.rejects(answerQuestionByLink(link, answer), refusedAs('conflict'))
  const [after] = await seenBy(secretariat, addresseeId)
  assert.deepEqual([after?.answer, after?.answeredBy, after?.cameByLink], ['in-part', 'Dr Rao, registrar', true])
  await assert.rejects(makeQuestionLink(secretariat, questionId, to, 'https://w.example'), refusedAs('conflict'))
})
