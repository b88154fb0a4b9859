import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { aSentLetter, type Scene } from '../../panel/builders.ts'
import { aPerson, anArea, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { agreeAction } from '../actions/agree-action.ts'
import { anAction, anUpdate, firstPoint } from '../actions/builders.ts'
import { updateAction } from '../actions/update-action.ts'
import { aRecommendation } from '../builders.ts'
import { beginWords } from './change.ts'
import { reportDocument } from './report-document.ts'
import { statementsOf, yearFacts } from './report-store.ts'
import { reportParts } from './report.ts'
import { saveStatement } from './save-statement.ts'
import { changeLines, placeOf, tellChange, toldChanges } from './tell-change.ts'

async function aYear(): Promise<Scene & { actionId: string; number: string }> {
  testClock.set('2026-03-02T10:00:00Z')
  const scene = await aSentLetter()
  const { incidentId, authorityCode, partnershipCode } = scene
  const { number } = await aRecommendation(await testDatabase(), {
    place: { incidentId, authorityCode, partnershipCode },
    bodyCode: partnershipCode,
    addressees: [{ kind: 'partner', bodyCode: scene.area.police }],
  })
  const actionId = await agreeAction(scene.manager, anAction(scene, { serves: [await firstPoint(scene)] }))
  await updateAction(
    scene.manager,
    actionId,
    anUpdate({ delivery: 'stopped', words: 'Nobody could be found to do it.' }),
  )
  return { ...scene, actionId, number }
}
const facts = (scene: Scene, year = 2025) => scene.manager.transaction(tx => yearFacts(tx, scene.partnershipCode, year))

test('the report of a year holds what the record holds, and what went badly with it', async () => {
  const scene = await aYear()
  const year = await facts(scene)
  assert.deepEqual(
    [year.notifications.length, year.rapidReviews.length, year.recommendations.length, year.actions.length],
    [1, 1, 1, 1],
  )
  assert.deepEqual([...year.themes], [['neglect', 2]])
  const text = JSON.stringify(reportParts(year, false))
  for (const words of [scene.reference, scene.number, 'Nobody could be found to do it.', 'Stopped']) {
    assert.ok(text.includes(words), words)
  }
  assert.ok(!JSON.stringify(reportParts(year, true)).includes(scene.reference))
  assert.deepEqual((await facts(scene, 2024)).notifications, [])
})

test('a report holds nothing of another partnership', async () => {
  const scene = await aYear()
  const stranger = await aPerson('business-manager', (await anArea()).partnership)
  const year = await stranger.transaction(tx => yearFacts(tx, scene.partnershipCode, 2025))
  assert.deepEqual(
    [
      year.notifications,
      year.rapidReviews,
      year.localReviews,
      year.recommendations,
      year.national,
      year.actions,
    ].flat(),
    [],
  )
})

test('the Word file says what the page says, with the statement of a person', async () => {
  const scene = await aYear()
  const save = (seenRevision: number, words: string) =>
    saveStatement(scene.manager, { year: 2025, part: 'actions', words, seenRevision })
  await save(0, 'We stopped it because the post was not filled.')
  await assert.rejects(save(0, 'Another.'), { kind: 'conflict' })
  await save(1, 'We stopped it: the post was never filled.')
  const statements = await scene.manager.transaction(tx => statementsOf(tx, scene.partnershipCode, 2025))
  const file = await reportDocument({
    title: 'Yearly report',
    subtitle: 'As at 2 March 2026',
    author: 'Meadshire',
    parts: reportParts(await facts(scene), false),
    statements,
  })
  const text = strFromU8(unzipSync(file)['word/document.xml']!)
  for (const words of [
    'We stopped it: the post was never filled.',
    'Nobody could be found to do it.',
    scene.reference,
  ]) {
    assert.ok(text.includes(words), words)
  }
})

test('a statement beside no part, or by somebody who does not write there, is refused', async () => {
  const scene = await aYear()
  const statement = { year: 2025, part: 'prizes', words: 'Words', seenRevision: 0 }
  await assert.rejects(saveStatement(scene.manager, statement), { kind: 'invalid' })
  const scrutineer = await aPerson('scrutineer', scene.partnershipCode)
  await assert.rejects(saveStatement(scrutineer, { ...statement, part: 'actions' }), { kind: 'not-allowed' })
})

test('what changed is told to the Panel by the service, and to a family only in words a person has given', async () => {
  const scene = await aYear()
  const lines = await scene.manager.transaction(async tx => changeLines(tx, (await placeOf(tx, scene.incidentId))!))
  assert.equal(lines.length, 2)
  assert.match(beginWords('panel', lines), /Stopped\. Nobody could be found to do it\./)
  assert.ok(!beginWords('family', lines).includes('Stopped'), 'a family is not told of what is not done')
  const tell = (reader: string, givenTo = '') =>
    tellChange(scene.manager, scene.incidentId, { reader, givenTo, words: `Words for the ${reader}.` })
  await tell('panel')
  await assert.rejects(tell('family'), { kind: 'invalid' })
  await tell('family', 'By the lead contact, on paper')
  const toldTo = async (who: Scene['manager']) =>
    (await who.transaction(tx => toldChanges(tx, scene.incidentId))).map(one => one.reader).toSorted()
  assert.deepEqual(await toldTo(scene.manager), ['family', 'panel'])
  assert.deepEqual(await toldTo(scene.member), ['panel'])
  assert.deepEqual(await toldTo(await aPerson('panel-member', scene.area.region)), [])
})
