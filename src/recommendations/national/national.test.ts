import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, civilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { anArea, aPerson, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { anAction } from '../actions/builders.ts'
import { agreeAction } from '../actions/agree-action.ts'
import { actionsServing } from '../actions/action-store.ts'
import { aRecommendation } from '../builders.ts'
import { answerKinds, drawSample, nationalAnswerFrom, totalOf, type NationalAnswerKind } from './answer.ts'
import { answerNational, giveEvidence } from './answer-national.ts'
import { askedOfPartnership } from '../actions/asked-store.ts'
import { evidenceNeeding } from './needing.ts'
import { areaAnswers, earlierAnswers, evidenceAsks, readNational, rollUp, samplesOf } from './national-store.ts'
import { askSample, sendToPartnerships } from './send-to-partnerships.ts'

const askedBy = civilDate('2026-05-01')

async function aNational(themes = ['neglect']) {
  testClock.set('2026-03-02T10:00:00Z')
  return aRecommendation(await testDatabase(), { bodyCode: 'TN', addressees: [], text: { themes } })
}

async function aScene() {
  const [area, other] = [await anArea(), await anArea()]
  const secretariat = await aPerson('secretariat', 'TN')
  const manager = await aPerson('business-manager', area.partnership)
  const national = await aNational()
  const send = (recommendationId: string, codes: string[]) =>
    sendToPartnerships(secretariat, recommendationId, { to: { of: 'list', codes }, askedBy, basis: 'request' })
  await send(national.recommendationId, [area.partnership, other.partnership])
  const addresseeOf = async (recommendationId: string, code = area.partnership) =>
    (await secretariat.transaction(tx => areaAnswers(tx, recommendationId))).find(one => one.partnershipCode === code)!
  return { area, other, secretariat, manager, send, addresseeOf, ...national }
}

const weWill = { answer: 'we-will', words: 'Our plan for babies covers it.', evidence: '' }

test('a national recommendation goes to each partnership once, and each sees its own row alone', async () => {
  const { area, other, secretariat, manager, send, recommendationId } = await aScene()
  await assert.rejects(send(recommendationId, [area.partnership]), { kind: 'invalid' })
  const mine = await manager.transaction(tx => areaAnswers(tx, recommendationId))
  assert.deepEqual(
    mine.map(one => one.partnershipCode),
    [area.partnership],
  )
  assert.deepEqual([mine[0]?.answer, mine[0]?.reply, mine[0]?.askedBy], [null, 'awaited', askedBy])
  const all = await secretariat.transaction(tx => areaAnswers(tx, recommendationId))
  assert.deepEqual(all.map(one => one.partnershipCode).toSorted(), [area.partnership, other.partnership].toSorted())
  await assert.rejects(
    sendToPartnerships(manager, recommendationId, { to: { of: 'all' }, askedBy, basis: 'request' }),
    {
      kind: 'not-allowed',
    },
  )
})

test('one plan answers several national recommendations, and its actions serve each', async () => {
  const scene = await aScene()
  const second = await aNational()
  await scene.send(second.recommendationId, [scene.area.partnership])
  const ids = [await scene.addresseeOf(scene.recommendationId), await scene.addresseeOf(second.recommendationId)].map(
    one => one.addresseeId,
  )
  const actionId = await agreeAction(scene.manager, anAction(scene, { learning: 'Babies are missed.' }))
  await answerNational(scene.manager, ids, weWill, { actionIds: [actionId] })
  for (const recommendationId of [scene.recommendationId, second.recommendationId]) {
    const answered = await scene.addresseeOf(recommendationId)
    assert.deepEqual([answered.answer, answered.reply, answered.delivery], ['we-will', 'accepted', 'not-started'])
  }
  const served = await scene.manager.transaction(tx => actionsServing(tx, { addresseeIds: ids }))
  assert.deepEqual(
    served.map(one => [one.servedId, one.action.actionId]).toSorted(),
    ids.map(id => [id, actionId]).toSorted(),
  )
})

test('already in place is an answer that is done, and not now is one with its reason', async () => {
  const scene = await aScene()
  const { addresseeId } = await scene.addresseeOf(scene.recommendationId)
  const inPlace = { answer: 'already-in-place', words: 'Since 2024.', evidence: 'Audit of 40 files.' }
  await answerNational(scene.manager, [addresseeId], inPlace, { actionIds: [] })
  const first = await scene.addresseeOf(scene.recommendationId)
  assert.deepEqual(
    [first.answer, first.reply, first.delivery, first.evidence],
    ['already-in-place', 'accepted', 'done', 'Audit of 40 files.'],
  )

  testClock.set('2026-04-02T10:00:00Z')
  await answerNational(
    scene.manager,
    [addresseeId],
    { answer: 'not-now', words: 'The team is being built.', evidence: '' },
    { actionIds: [] },
  )
  const later = await scene.addresseeOf(scene.recommendationId)
  assert.deepEqual([later.answer, later.reply], ['not-now', 'not-taken-forward'])
})

test('nobody answers for another partnership, and the other is still awaited', async () => {
  const scene = await aScene()
  const other = await scene.addresseeOf(scene.recommendationId, scene.other.partnership)
  await assert.rejects(answerNational(scene.manager, [other.addresseeId], weWill, { actionIds: [] }), {
    kind: 'not-found',
  })
  await answerNational(scene.manager, [(await scene.addresseeOf(scene.recommendationId)).addresseeId], weWill, {
    actionIds: [],
  })
  assert.deepEqual(await scene.addresseeOf(scene.recommendationId, scene.other.partnership), other)
})

test('an answer begins with what the area said before on the same theme, and only with that', async () => {
  const scene = await aScene()
  await answerNational(scene.manager, [(await scene.addresseeOf(scene.recommendationId)).addresseeId], weWill, {
    actionIds: [],
  })
  const before = async (themes: string[]) => {
    const later = await aNational(themes)
    return scene.manager.transaction(tx =>
      earlierAnswers(tx, { partnershipCode: scene.area.partnership, themes, except: later.recommendationId }),
    )
  }
  assert.deepEqual(
    (await before(['neglect', 'housing-and-moves'])).map(one => [one.number, one.words]),
    [[scene.number, weWill.words]],
  )
  assert.deepEqual(await before(['race-and-racism']), [])
})

test('the Panel asks a sample drawn by lot, its seed is kept, and the area gives evidence once', async () => {
  const scene = await aScene()
  await answerNational(scene.manager, [(await scene.addresseeOf(scene.recommendationId)).addresseeId], weWill, {
    actionIds: [],
  })
  const draw = (size: number) => askSample(scene.secretariat, scene.recommendationId, { size, askedBy })
  await assert.rejects(draw(2), { kind: 'invalid' })
  assert.deepEqual(await draw(1), [scene.area.partnership])
  const [sample] = await scene.secretariat.transaction(tx => samplesOf(tx, scene.recommendationId))
  assert.deepEqual(drawSample(sample!.drawnFrom, sample!.size, sample!.seed), [scene.area.partnership])
  const asked = () =>
    scene.manager.transaction(async tx => ({
      needing: (await evidenceNeeding(tx, scene.manager)).map(({ reference, dueOn }) => [reference, dueOn]),
      open: (await askedOfPartnership(tx, { partnershipCode: scene.area.partnership, open: true })).map(one => [
        one.reference,
        one.answered,
        one.askedBy,
      ]),
    }))
  assert.deepEqual(await asked(), {
    needing: [[scene.number, askedBy]],
    open: [[scene.number, false, askedBy]],
  })

  const give = () =>
    giveEvidence(scene.manager, scene.recommendationId, { words: 'Audit of 40 files.', evidenceKind: 'audit' })
  await give()
  await assert.rejects(give(), { kind: 'conflict' })
  assert.deepEqual(await asked(), { needing: [], open: [] })
  const [given] = await scene.secretariat.transaction(tx =>
    evidenceAsks(tx, { recommendationId: scene.recommendationId }),
  )
  assert.deepEqual([given?.words, given?.evidenceKind], ['Audit of 40 files.', 'audit'])
})

test('a sample does not depend on the order of the list, and each seed draws its own', () => {
  const codes = Array.from({ length: 150 }, (_, index) => `P${index}`)
  assert.deepEqual(drawSample(codes, 15, 'a'), drawSample(codes.toReversed(), 15, 'a'))
  assert.notDeepEqual(drawSample(codes, 15, 'a'), drawSample(codes, 15, 'b'))
  const times = new Map<string, number>()
  for (let seed = 0; seed < 1500; seed++)
    for (const code of drawSample(codes, 15, `seed ${seed}`)) times.set(code, (times.get(code) ?? 0) + 1)
  // 150 expected of each, standard deviation 11.6.
  for (const code of codes)
    assert.ok(Math.abs((times.get(code) ?? 0) - 150) < 58, `${code} was drawn ${times.get(code)} times`)
})

const refused = [
  { name: 'nothing chosen', typed: { answer: '', words: '', evidence: '' }, at: ['answer'] },
  {
    name: 'already in place without evidence',
    typed: { answer: 'already-in-place', words: 'Since 2024.', evidence: '' },
    at: ['evidence'],
  },
  { name: 'not now without a reason', typed: { answer: 'not-now', words: '', evidence: '' }, at: ['words'] },
]
for (const { name, typed, at } of refused) {
  test(`an answer is not sent with ${name}`, () => {
    assert.throws(
      () => nationalAnswerFrom(typed),
      (error: ServiceError) => {
        assert.deepEqual(
          error.fields.map(({ field }) => field),
          at,
        )
        return true
      },
    )
  })
}

test('over 150 areas the roll-up by region equals a recount of the answers, whatever they are', async t => {
  const database = await testDatabase()
  const { recommendationId } = await aNational()
  const secretariat = await aPerson('secretariat', 'TN')
  const manager = await aPerson('business-manager', (await anArea()).partnership)
  const mark = randomUUID().slice(0, 6)
  const areas = Array.from({ length: 150 }, (_, index) => ({
    code: `TP-${mark}-${index}`,
    region: `TR-${mark}-${index % 9}`,
  }))
  await database.asOwner(async client => {
    await client.query(
      `insert into region (code, name) select 'TR-' || $1 || '-' || n, 'Region ' || n from generate_series(0, 8) n`,
      [mark],
    )
    await client.query(
      `insert into body (code, kind, name, region_code) select code, 'partnership', code, region from unnest($1::text[], $2::text[]) made (code, region)`,
      [areas.map(area => area.code), areas.map(area => area.region)],
    )
  })
  await sendToPartnerships(secretariat, recommendationId, {
    to: { of: 'list', codes: areas.map(area => area.code) },
    askedBy: addDays(askedBy, 30),
    basis: 'request',
  })
  const kinds = [...answerKinds, undefined]
  let at = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { minLength: 150, maxLength: 150 }), async answers => {
      at += 1
      await database.asOwner(client =>
        client.query(
          `insert into national_answer (addressee_id, recommendation_id, partnership_code, answer, words, evidence, person_id, at)
           select addressee_id, recommendation_id, code, answer, 'Said.', 'Seen.', $4, timestamptz '2026-03-02' + $5 * interval '1 hour'
           from unnest($1::text[], $2::text[]) given (code, answer)
           join recommendation_addressee on body_code = code and recommendation_id = $3
           where answer is not null`,
          [areas.map(area => area.code), answers.map(answer => answer ?? null), recommendationId, manager.personId, at],
        ),
      )
      const [rows, all] = await secretariat.transaction(async tx => [
        await rollUp(tx, recommendationId),
        await areaAnswers(tx, recommendationId),
      ])
      const count = (of: typeof all, answer: NationalAnswerKind | null) =>
        of.filter(one => one.answer === answer).length
      for (const row of rows) {
        const here = all.filter(one => one.regionCode === row.regionCode)
        assert.deepEqual(
          [row.sent, row['we-will'], row['already-in-place'], row['not-now'], row.none],
          [here.length, ...answerKinds.map(kind => count(here, kind)), count(here, null)],
        )
        assert.equal(row['we-will'] + row['already-in-place'] + row['not-now'] + row.none, row.sent)
      }
      assert.deepEqual(totalOf(rows), {
        ...Object.fromEntries(answerKinds.map(kind => [kind, count(all, kind)])),
        none: count(all, null),
        sent: 150,
      })
    }),
    { numRuns: 8 },
  )
  const times: number[] = []
  for (let run = 0; run < 10; run++) {
    const before = performance.now()
    await secretariat.transaction(tx => rollUp(tx, recommendationId))
    times.push(performance.now() - before)
  }
  const slowest = Math.max(...times.toSorted((one, other) => one - other).slice(0, 9))
  t.diagnostic(`roll-up over 150 areas: ${slowest.toFixed(1)} ms`)
  assert.ok(slowest < 200, `${slowest} ms`)
  assert.ok(await secretariat.transaction(tx => readNational(tx, recommendationId)))
})
