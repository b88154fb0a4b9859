import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSentLetter, type Scene } from '../../panel/builders.ts'
import { answerDrafts, readLetter } from '../../panel/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { formatDate } from '../../platform/dates.ts'
import { openLinks } from '../../platform/links/index.ts'
import { aPerson, anArea, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import type { OpenedLink } from '../../platform/web/index.ts'
import {
  actionsServing,
  chasersOf,
  listActions,
  missingUpdates,
  readAction,
  servedBy,
  updatesOf,
} from './action-store.ts'
import { aRecommendation } from '../builders.ts'
import { addresseesOf, movesOf } from '../store.ts'
import { agreeAction, changeAction } from './agree-action.ts'
import { checkText, decideAbout } from '../../documents/index.ts'
import { actionToCheck } from './recognised.ts'
import { answerPanelWith } from './answer-panel.ts'
import { askForUpdates, handOverLink } from './ask-for-update.ts'
import { askedOfPartnership } from './asked-store.ts'
import { anAction, anUpdate, firstPoint } from './builders.ts'
import { moveDeliveryWith, notYetDone } from './move-delivery.ts'
import { actionsNeeding } from './needing.ts'
import { checkUpdate, updateAction, updateActionByLink } from './update-action.ts'

async function aScene(): Promise<Scene & { actionId: string; point: string }> {
  testClock.set('2026-03-02T10:00:00Z')
  const scene = await aSentLetter()
  const point = await firstPoint(scene)
  return { ...scene, point, actionId: await agreeAction(scene.manager, anAction(scene, { serves: [point] })) }
}
const read = (scene: Scene, actionId: string) => scene.manager.transaction(tx => readAction(tx, actionId))
const updates = async (scene: Scene, actionId: string) =>
  (await scene.manager.transaction(tx => updatesOf(tx, [actionId]))).get(actionId) ?? []

async function linkOf(scene: Scene, actionId: string): Promise<OpenedLink> {
  const address = await handOverLink(scene.manager, actionId, 'https://w.example')
  const found = await openLinks({
    database: await testDatabase(),
    config: { secret: 'a secret for tests, of more than 32 characters' },
  }).find(address.split('/').at(-1)!, 'here')
  assert.equal(found.state, 'open')
  return found.opened!
}

test('an action lies with the incident of the point it serves, and shows beside that point', async () => {
  const scene = await aScene()
  const action = await read(scene, scene.actionId)
  assert.equal(action?.place?.incidentId, scene.incidentId)
  assert.match(action?.number ?? '', /^A-2026-\d{5}$/)
  assert.equal(action?.nextUpdateOn, '2026-04-02')
  const beside = await scene.manager.transaction(tx => actionsServing(tx, { pointIds: [scene.point.split(':')[1]!] }))
  assert.deepEqual(
    beside.map(one => one.action.actionId),
    [scene.actionId],
  )
})

test('an update by link counts only when somebody has checked it', async () => {
  const scene = await aScene()
  const link = await linkOf(scene, scene.actionId)
  testClock.set('2026-03-20T10:00:00Z')
  await updateActionByLink(link, anUpdate())
  const waiting = await read(scene, scene.actionId)
  assert.deepEqual([waiting?.delivery, waiting?.updatedOn, waiting?.unchecked], ['not-started', null, 1])

  const [update] = await updates(scene, scene.actionId)
  assert.deepEqual([update?.saidBy, update?.cameBy, update?.check], ['Sam Reed', 'link', null])
  await checkUpdate(scene.manager, scene.actionId, update!.updateId, { counts: true, words: '' })
  const counted = await read(scene, scene.actionId)
  assert.deepEqual(
    [counted?.delivery, counted?.updatedOn, counted?.unchecked, counted?.nextUpdateOn],
    ['in-progress', '2026-03-20', 0, '2026-04-20'],
  )
  await assert.rejects(checkUpdate(scene.manager, scene.actionId, update!.updateId, { counts: true, words: '' }), {
    kind: 'conflict',
  })
})

test('the same update sent twice at once, by link or with an account, is one; other words the same day are another', async () => {
  const scene = await aScene()
  const link = await linkOf(scene, scene.actionId)
  const twice = (say: () => Promise<void>) => Promise.all([say(), say()])
  await twice(() => updateActionByLink(link, anUpdate()))
  assert.equal((await updates(scene, scene.actionId)).length, 1)
  assert.equal((await read(scene, scene.actionId))?.unchecked, 1)
  await twice(() => updateAction(scene.manager, scene.actionId, anUpdate()))
  assert.equal((await updates(scene, scene.actionId)).length, 2)
  await updateActionByLink(link, anUpdate({ words: 'Now all of them do.' }))
  testClock.set('2026-03-03T10:00:00Z')
  await updateActionByLink(link, anUpdate())
  assert.equal((await updates(scene, scene.actionId)).length, 4, 'nothing new is news the next day')
})

test('an update that does not count changes nothing, and says why', async () => {
  const scene = await aScene()
  await updateActionByLink(await linkOf(scene, scene.actionId), anUpdate({ delivery: 'done' }))
  const [update] = await updates(scene, scene.actionId)
  const check = (words: string) =>
    checkUpdate(scene.manager, scene.actionId, update!.updateId, { counts: false, words })
  await assert.rejects(check(''), { kind: 'invalid' })
  await check('The audit is of another team.')
  const action = await read(scene, scene.actionId)
  assert.deepEqual([action?.delivery, action?.updatedOn, action?.unchecked], ['not-started', null, 0])
  assert.equal((await updates(scene, scene.actionId))[0]?.check?.words, 'The audit is of another team.')
})

test('an update of an earlier day that is checked late does not set an action back', async () => {
  const scene = await aScene()
  const link = await linkOf(scene, scene.actionId)
  await updateActionByLink(link, anUpdate())
  testClock.set('2026-03-09T10:00:00Z')
  await updateAction(scene.manager, scene.actionId, anUpdate({ delivery: 'done', words: 'All teams do.' }))
  const early = (await updates(scene, scene.actionId)).find(update => update.cameBy === 'link')!
  await checkUpdate(scene.manager, scene.actionId, early.updateId, { counts: true, words: '' })
  const action = await read(scene, scene.actionId)
  assert.deepEqual([action?.delivery, action?.updatedOn, action?.nextUpdateOn], ['done', '2026-03-09', null])
})

test('a link opens its one action, and neither another nor what others said', async () => {
  const scene = await aScene()
  const other = await agreeAction(scene.manager, anAction(scene, { learning: 'Calls get lost.' }))
  await updateAction(scene.manager, scene.actionId, anUpdate({ words: 'Said by the manager.' }))
  const link = await linkOf(scene, scene.actionId)
  await link.transaction(async tx => {
    assert.ok(await readAction(tx, scene.actionId))
    assert.equal(await readAction(tx, other), undefined)
    assert.deepEqual((await updatesOf(tx, [scene.actionId])).size, 0)
    assert.deepEqual((await servedBy(tx, [scene.actionId])).size, 0)
  })
})

test('a missed update is listed as missing and asked for in kept words, once a day', async () => {
  const scene = await aScene()
  testClock.set('2026-05-01T10:00:00Z')
  const missing = () => scene.manager.transaction(tx => missingUpdates(tx, '2026-05-01' as never))
  assert.deepEqual(
    (await missing()).map(action => action.actionId),
    [scene.actionId],
  )
  await askForUpdates(scene.manager, [scene.actionId])
  const [chaser] = await scene.manager.transaction(tx => chasersOf(tx, scene.actionId))
  assert.match(
    chaser!.words,
    /You lead action A-2026-\d{5}\. We have had no update since it was agreed on 2 March 2026/,
  )
  assert.ok(!chaser!.words.includes('health visitor'), 'what is asked by mail does not say what the action is')
  assert.equal((await read(scene, scene.actionId))?.askedOn, '2026-05-01')
  await assert.rejects(askForUpdates(scene.manager, [scene.actionId]), { kind: 'conflict' })
})

test('an update that counts is put into the draft answer to the Panel, once, after what stands there', async () => {
  const scene = await aScene()
  await updateAction(scene.manager, scene.actionId, anUpdate({ evidenceKind: 'audit', evidence: 'Audit of 20 files.' }))
  const [update] = await updates(scene, scene.actionId)
  const pointId = scene.point.split(':')[1]!
  const answer = () => answerPanelWith(scene.manager, scene.actionId, update!.updateId, pointId)
  assert.equal(await answer(), `/incidents/${scene.incidentId}/letter/points/1`)
  const draft = await scene.manager.transaction(async tx => {
    const letter = await readLetter(tx, { incidentId: scene.incidentId, kind: 'rapid' })
    return (await answerDrafts(tx, letter!)).get(pointId)
  })
  for (const words of ['Half of the teams confirm visits.', 'Audit of 20 files.', formatDate(update!.saidOn)]) {
    assert.ok(draft?.text.includes(words), words)
  }
  await assert.rejects(answer(), { kind: 'conflict' })
})

test('an action of another partnership is no action, and serves nothing that was asked of another', async () => {
  const scene = await aScene()
  const elsewhere = await anArea()
  const stranger = await aPerson('business-manager', elsewhere.partnership)
  assert.equal(await stranger.transaction(tx => readAction(tx, scene.actionId)), undefined)
  assert.deepEqual(
    await stranger.transaction(tx => askedOfPartnership(tx, { partnershipCode: scene.area.partnership, open: false })),
    [],
  )
  await assert.rejects(updateAction(stranger, scene.actionId, anUpdate()), { kind: 'not-found' })
  await assert.rejects(changeAction(stranger, scene.actionId, anAction(scene)), { kind: 'not-found' })
  await assert.rejects(agreeAction(stranger, anAction({ area: elsewhere }, { serves: [scene.point] })), {
    kind: 'invalid',
  })
})

test('a partner says how far an action is, and neither checks nor changes it', async () => {
  const scene = await aScene()
  const partner = await aPerson('safeguarding-partner', scene.area.police)
  await updateAction(partner, scene.actionId, anUpdate())
  const [update] = await updates(scene, scene.actionId)
  assert.equal(update?.check, null)
  await assert.rejects(checkUpdate(partner, scene.actionId, update!.updateId, { counts: true, words: '' }), {
    kind: 'not-allowed',
  })
  await assert.rejects(changeAction(partner, scene.actionId, anAction(scene)), { kind: 'not-allowed' })
})

test('the list of actions is of the partnership, and finds what is missing', async () => {
  const scene = await aScene()
  await agreeAction(scene.manager, anAction(scene, { learning: 'Calls get lost.', updateMonths: '6' }))
  const list = (state: 'missing' | 'open', words = '') =>
    scene.manager.transaction(tx =>
      listActions(
        tx,
        { sort: { key: 'due', direction: 'ascending' }, page: 1 },
        { state, words, today: '2026-04-03' as never },
      ),
    )
  const { total, rows } = await list('open')
  assert.equal(total, 2)
  const [first] = rows
  assert.deepEqual(
    (await list('open', first!.number.toLowerCase())).rows.map(({ number }) => number),
    [first!.number],
  )
  const word = first!.text.split(' ').findLast(one => one.length > 5)!
  assert.ok(
    (await list('open', word)).rows.some(({ number }) => number === first!.number),
    word,
  )
  assert.equal((await list('open', 'unheard-of')).total, 0)
  assert.deepEqual(
    (await list('missing')).rows.map(action => action.actionId),
    [scene.actionId],
  )
})

test('an action that is done offers whoever owes the answer to say so of what it serves, and moves nothing by itself', async () => {
  const scene = await aScene()
  const recommended = await aRecommendation(await testDatabase(), {
    place: scene,
    bodyCode: scene.area.partnership,
    addressees: [{ kind: 'partner', bodyCode: scene.area.authority }],
  })
  const [addresseeId = ''] = recommended.addresseeIds
  const owner = await aPerson('safeguarding-partner', scene.area.authority)
  const actionId = await agreeAction(scene.manager, anAction(scene, { serves: [`addressee:${addresseeId}`] }))
  const say = (from: 'not-started' | 'done' = 'not-started') => moveDeliveryWith(owner, actionId, { addresseeId, from })
  const delivery = () =>
    owner.transaction(async tx => (await addresseesOf(tx, recommended.recommendationId)).map(owed => owed.delivery))
  const offered = (to: typeof owner) =>
    to.transaction(async tx => notYetDone(tx, to, (await servedBy(tx, [actionId])).get(actionId) ?? []))

  await updateAction(owner, actionId, anUpdate({ delivery: 'done', words: 'All teams confirm visits.' }))
  await assert.rejects(say(), { kind: 'conflict' }, 'nobody has checked the update')
  const [update] = await updates(scene, actionId)
  await checkUpdate(scene.manager, actionId, update!.updateId, { counts: true, words: '' })
  assert.deepEqual(await delivery(), ['not-started'])
  assert.deepEqual(
    (await offered(owner)).map(owed => [owed.number, owed.delivery]),
    [[recommended.number, 'not-started']],
  )
  assert.deepEqual(await offered(scene.manager), [], 'the council answers, not the partnership')
  await assert.rejects(moveDeliveryWith(scene.manager, actionId, { addresseeId, from: 'not-started' }), {
    kind: 'not-allowed',
  })

  await say()
  assert.deepEqual(await delivery(), ['done'])
  assert.deepEqual(await offered(owner), [])
  const [move] = await owner.transaction(tx => movesOf(tx, addresseeId))
  assert.match(move!.words, /All teams confirm visits\./)
  await assert.rejects(say(), { kind: 'conflict' })
})

test('home lists an action once: to its lead, then to who checks, then to who asks, and not again while they wait', async () => {
  testClock.set('2026-03-02T10:00:00Z')
  const scene = await aSentLetter()
  const point = await firstPoint(scene)
  const lead = await aPerson('safeguarding-partner', scene.area.police)
  const led = { lead: lead.personId, leadName: '', leadAddress: '', serves: [point] }
  const actionId = await agreeAction(scene.manager, anAction(scene, led))
  const lines = async () => {
    const of = async (who: typeof lead) =>
      (await who.transaction(tx => actionsNeeding(tx, who))).map(({ what }) => what.split(' ')[0])
    return [await of(lead), await of(scene.manager)]
  }
  assert.deepEqual(await lines(), [[], []])
  testClock.set('2026-03-30T10:00:00Z')
  assert.deepEqual(await lines(), [['Say'], []])
  await updateAction(lead, actionId, anUpdate())
  assert.deepEqual(await lines(), [[], ['Check']])
  testClock.set('2026-04-20T10:00:00Z')
  assert.deepEqual(await lines(), [[], ['Check']])
  const [update] = await updates(scene, actionId)
  await checkUpdate(scene.manager, actionId, update!.updateId, { counts: false, words: 'Of another team.' })
  assert.deepEqual(await lines(), [['Say'], ['Ask']])
  await askForUpdates(scene.manager, [actionId])
  assert.deepEqual(await lines(), [['Say'], []])
  testClock.set('2026-04-29T10:00:00Z')
  assert.deepEqual(await lines(), [['Say'], ['Ask']])
  const mine = { ...led, lead: scene.manager.personId }
  await changeAction(scene.manager, actionId, anAction(scene, mine))
  assert.deepEqual(await lines(), [[], ['Say']])
})

test('the Panel reads what is done under the points of its letters, as updates that count say it, and nothing else', async () => {
  const scene = await aScene()
  const learnt = await agreeAction(scene.manager, anAction(scene, { learning: 'Calls get lost.' }))
  const pointId = scene.point.split(':')[1]!
  const reading = async (who: typeof scene.manager) =>
    who.transaction(async tx => ({
      beside: (await actionsServing(tx, { pointIds: [pointId] })).map(one => [one.action.actionId, one.update?.words]),
      updates: [...(await updatesOf(tx, [scene.actionId])).values()].flat().length,
      learnt: await readAction(tx, learnt),
    }))
  await updateActionByLink(await linkOf(scene, scene.actionId), anUpdate({ words: 'Nobody has checked this.' }))
  const stranger = await aPerson('panel-member', scene.area.region)
  const dfe = await aPerson('dfe', 'TN')
  const waiting = { beside: [[scene.actionId, undefined]], updates: 0, learnt: undefined }
  assert.deepEqual(await reading(scene.secretariat), waiting)
  assert.deepEqual(await reading(scene.member), waiting)
  for (const other of [stranger, dfe]) assert.deepEqual((await reading(other)).beside, [])

  const [update] = await updates(scene, scene.actionId)
  await checkUpdate(scene.manager, scene.actionId, update!.updateId, { counts: true, words: '' })
  const counted = { beside: [[scene.actionId, 'Nobody has checked this.']], updates: 1, learnt: undefined }
  assert.deepEqual(await reading(scene.secretariat), counted)
  assert.deepEqual(await reading(scene.member), counted)
  const { secretariat, actionId } = scene
  const changed = await secretariat.transaction(tx =>
    tx.updateTable('action').set({ text: 'Other words.' }).where('action_id', '=', actionId).executeTakeFirst(),
  )
  const removed = await secretariat.transaction(tx =>
    tx.deleteFrom('action_serves').where('action_id', '=', actionId).executeTakeFirst(),
  )
  assert.deepEqual([changed.numUpdatedRows, removed.numDeletedRows], [0n, 0n])
})

test('words by which a child could be recognised leave the partnership when somebody has decided about each', async () => {
  const scene = await aScene()
  const named = 'The boy of Alder Close School was seen on 3 May 2026.'
  await updateAction(scene.manager, scene.actionId, anUpdate({ words: named }))
  const [update] = await updates(scene, scene.actionId)
  const pointId = scene.point.split(':')[1]!
  const answering = () => answerPanelWith(scene.manager, scene.actionId, update!.updateId, pointId)
  await assert.rejects(answering(), { kind: 'invalid' })
  const reading = async (tx: Tx) => actionToCheck(tx, (await readAction(tx, scene.actionId))!)
  const found = await scene.manager.transaction(async tx => checkText(tx, await reading(tx)))
  assert.ok(found.some(({ words }) => named.includes(words)))
  const decided = Object.fromEntries(found.map(({ key }) => [`decision-${key}`, 'not-identifying']))
  assert.deepEqual(await decideAbout(scene.manager, reading, decided), { open: 0 })
  assert.match(await answering(), /points/)
})

test('whoever writes an action of no one incident decides about its words too', async () => {
  const scene = await aScene()
  const actionId = await agreeAction(
    scene.manager,
    anAction(scene, { text: 'Ring Alder Close School on 3 May 2026.', learning: 'Calls get lost.' }),
  )
  const reading = async (tx: Tx) => actionToCheck(tx, (await readAction(tx, actionId))!)
  const found = await scene.manager.transaction(async tx => checkText(tx, await reading(tx)))
  assert.ok(found.length > 0)
  const decided = Object.fromEntries(found.map(({ key }) => [`decision-${key}`, 'not-identifying']))
  assert.deepEqual(await decideAbout(scene.manager, reading, decided), { open: 0 })
})
