import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { anArea, aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import { aNotifiedIncident } from '../reviews/builders.ts'
import { agreeAction } from './actions/agree-action.ts'
import { anAction } from './actions/builders.ts'
import { assuranceGroupOf, endAssurance, nameForAssurance } from './assurance-group.ts'
import { aRecommendation } from './builders.ts'
import { listOwed, recommendationsNeeding } from './list-recommendations.ts'
import { makeMove } from './make-move.ts'

/**
 * A recommendation that the council and the partnership owe an answer to, and the partners of police and health, who are
 * its assurance group.
 */
async function somewhere() {
  testClock.set('2026-03-02T10:00:00Z')
  const area = await anArea()
  const [manager, police, health, scrutineer] = await Promise.all([
    aPerson('business-manager', area.partnership),
    aPerson('safeguarding-partner', area.police),
    aPerson('safeguarding-partner', area.icb),
    aPerson('scrutineer', area.partnership),
  ])
  const { number, addresseeIds } = await aRecommendation(await testDatabase(), {
    place: await aNotifiedIncident(area),
    bodyCode: area.partnership,
    addressees: [
      { kind: 'partner', bodyCode: area.authority },
      { kind: 'partner', bodyCode: area.police },
      { kind: 'partnership', bodyCode: area.partnership },
    ],
  })
  const [owed, byPolice, byAll] = addresseeIds as [string, string, string]
  await nameForAssurance(manager, police.personId)
  await nameForAssurance(manager, health.personId)
  const judge = (who: Acting, of = owed) =>
    makeMove(who, number, of, { axis: 'effect', from: 'not-looked-at', to: 'no-change', words: 'We saw none.' })
  const judgeInSql = (who: Acting, of = owed) =>
    who.transaction(tx =>
      sql`insert into recommendation_move (addressee_id, incident_id, authority_code, partnership_code, body_code,
            axis, part, from_state, to_state, words, came_by, said_on, said_by, person_id, at)
          select addressee_id, incident_id, authority_code, partnership_code, body_code, 'effect', 'judge', 'not-looked-at',
            'no-change', 'Words', 'account', '2026-03-02', 'Somebody', ${who.personId}, ${contextOf(tx).now}
          from recommendation_addressee where addressee_id = ${of}`.execute(tx),
    )
  return { area, manager, police, health, scrutineer, number, owed, byPolice, byAll, judge, judgeInSql }
}

test('nobody of the group judges what their own body owes, by itself or as part of the partnership', async () => {
  const { police, health, scrutineer, byPolice, byAll, judge, judgeInSql } = await somewhere()
  for (const [who, of] of [
    [police, byPolice],
    [police, byAll],
    [health, byAll],
  ] as const) {
    await assert.rejects(judge(who, of), ServiceError)
    await assert.rejects(judgeInSql(who, of), /Nobody judges their own action/)
  }
  await judge(health, byPolice)
  await judge(scrutineer, byAll)
})

test('who leads an action that is for it does not judge it, and another of the group does', async () => {
  const { area, manager, police, health, owed, judge, judgeInSql } = await somewhere()
  await agreeAction(
    manager,
    anAction({ area }, { serves: [`addressee:${owed}`], lead: police.personId, leadAddress: '' }),
  )
  await assert.rejects(judge(police), { kind: 'not-allowed' })
  await assert.rejects(judgeInSql(police), /Nobody judges their own action/)
  await judge(health)
})

test('nobody of the body that owns an action for it judges it', async () => {
  const { area, manager, police, health, owed, judge, judgeInSql } = await somewhere()
  await agreeAction(manager, anAction({ area }, { serves: [`addressee:${owed}`], owner: area.icb }))
  await assert.rejects(judge(health), { kind: 'not-allowed' })
  await assert.rejects(judgeInSql(health), /Nobody judges their own action/)
  await judge(police)
})

test('the manager names the assurance group out of the partners of the area, and ends it', async () => {
  const { area, manager, police, scrutineer, judge, judgeInSql } = await somewhere()
  const stranger = await aPerson('safeguarding-partner', (await anArea()).police)
  const third = await aPerson('safeguarding-partner', area.authority)
  const named = async () =>
    (await manager.transaction(tx => assuranceGroupOf(tx, area.partnership))).map(one => [one.personId, !!one.addedAt])
  assert.deepEqual(new Map((await named()) as [string, boolean][]).get(third.personId), false)
  await assert.rejects(nameForAssurance(manager, stranger.personId), { kind: 'invalid' })
  await assert.rejects(nameForAssurance(manager, police.personId), { kind: 'invalid' }, 'already in it')
  for (const who of [police, scrutineer]) {
    await assert.rejects(nameForAssurance(who, third.personId), { kind: 'not-allowed' })
    await assert.rejects(endAssurance(who, police.personId), { kind: 'not-allowed' })
  }
  await endAssurance(manager, police.personId)
  assert.deepEqual(new Map((await named()) as [string, boolean][]).get(police.personId), false)
  await assert.rejects(judge(police), { kind: 'not-allowed' })
  await assert.rejects(judgeInSql(police), /row-level security/)
})

test('what is reported as done waits on the home page of whoever may judge it, and the list shows the same', async () => {
  const { area, manager, police, health, scrutineer, number, owed, judge } = await somewhere()
  await agreeAction(manager, anAction({ area }, { serves: [`addressee:${owed}`], owner: area.icb }))
  const waits = async (who: Acting) => {
    const needs = await who.transaction(tx => recommendationsNeeding(tx, who))
    const { rows } = await who.transaction(tx =>
      listOwed(tx, who, { sort: { key: 'asked', direction: 'ascending' }, page: 1 }, { toJudge: true }),
    )
    const lines = needs.filter(need => need.what.startsWith('Judge')).map(need => need.href)
    assert.equal(lines.length, rows.length, 'the line and the list agree')
    return lines
  }
  assert.deepEqual(await waits(scrutineer), [])
  const council = await aPerson('safeguarding-partner', area.authority)
  await makeMove(council, number, owed, { axis: 'delivery', from: 'not-started', to: 'done', words: 'It is done.' })
  const page = [`/desk/recommendations/${number}/to/${owed}/effect`]
  assert.deepEqual(await waits(scrutineer), page)
  assert.deepEqual(await waits(police), page)
  assert.deepEqual(await waits(health), [], 'their own body does it')
  await judge(police)
  assert.deepEqual(await waits(scrutineer), [])
})

test('whoever owed it is asked to answer a judgement that nothing changed, once', async () => {
  const { area, number, owed, scrutineer } = await somewhere()
  const council = await aPerson('safeguarding-partner', area.authority)
  const lines = async () => {
    const needs = await council.transaction(tx => recommendationsNeeding(tx, council))
    return needs.filter(need => need.what.startsWith('It was judged')).map(need => need.reference)
  }
  await makeMove(council, number, owed, { axis: 'delivery', from: 'not-started', to: 'done', words: 'It is done.' })
  assert.deepEqual(await lines(), [])
  const judgement = {
    axis: 'effect',
    from: 'not-looked-at',
    to: 'no-change',
    words: 'Ten files look as before.',
  } as const
  await makeMove(scrutineer, number, owed, judgement)
  assert.deepEqual(await lines(), [number])
  await makeMove(council, number, owed, { ...judgement, from: 'no-change', words: 'We look again in autumn.' })
  assert.deepEqual(await lines(), [])
})
