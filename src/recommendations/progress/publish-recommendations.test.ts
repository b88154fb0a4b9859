import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { aPerson, anArea, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { aSentLocalReview } from '../../panel/builders.ts'
import { askAfterPublication } from '../again/ask-again.ts'
import { aRecommendation } from '../builders.ts'
import { checkCopy, makeMove } from '../make-move.ts'
import { movesOf } from '../store.ts'
import { endRecommendation } from '../write-recommendation.ts'
import { publishNamed, publishNational } from './publish-recommendations.ts'
import { readPublished } from './read-published.ts'

/** A national recommendation to one body, published. */
async function aPublishedOne() {
  testClock.set('2026-02-02T10:00:00Z')
  const database = await testDatabase()
  const code = `PB-${randomUUID().slice(0, 8)}`
  await database.asOwner(client =>
    client.query(`insert into body (code, kind, name) values ($1, 'national', $1)`, [code]),
  )
  const [body, chair, secretariat] = await Promise.all([
    aPerson('body-answering', code),
    aPerson('panel-chair', 'TN'),
    aPerson('secretariat', 'TN'),
  ])
  const made = await aRecommendation(database, {
    bodyCode: 'TN',
    addressees: [{ kind: 'national-body', bodyCode: code }],
  })
  await publishNational(secretariat, made.number)
  const publicly = async () => (await readPublished(database.ask, made.number))?.picture
  return { ...made, addresseeId: made.addresseeIds[0]!, database, body, chair, secretariat, publicly }
}

test('a national recommendation is public once somebody publishes it, and not when it is issued', async () => {
  const database = await testDatabase()
  const made = await aRecommendation(database, { bodyCode: 'TN', addressees: [] })
  assert.equal(await readPublished(database.ask, made.number), undefined)
  await publishNational(await aPerson('secretariat', 'TN'), made.number)
  assert.equal((await readPublished(database.ask, made.number))?.picture.number, made.number)
  await assert.rejects(publishNational(await aPerson('business-manager', (await anArea()).partnership), made.number), {
    kind: 'not-allowed',
  })
})

test('a reply stands on the public page in the transaction that records it, or neither does', async () => {
  const { number, addresseeId, body, publicly } = await aPublishedOne()
  const reply = { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We keep a register from May.' } as const
  const failing = {
    ...body,
    transaction: <T>(work: Parameters<typeof body.transaction<T>>[0]) =>
      body.transaction(async tx => {
        await work(tx)
        throw new Error('The line broke.')
      }),
  }
  await assert.rejects(makeMove(failing, number, addresseeId, reply), /The line broke/)
  assert.equal((await publicly())?.addressees[0]?.reply, 'awaited')
  await makeMove(body, number, addresseeId, reply)
  const [addressee] = (await publicly())!.addressees
  assert.deepEqual([addressee?.reply, addressee?.said[0]?.words], ['accepted', 'We keep a register from May.'])
})

test('what a second person finds wrong leaves the public page at once', async () => {
  const { number, addresseeId, secretariat, publicly } = await aPublishedOne()
  const entered = {
    cameBy: 'letter',
    saidOn: civilDate('2026-02-01'),
    saidBy: 'A Head',
    source: 'File 7',
    file: null,
  } as const
  await makeMove(
    secretariat,
    number,
    addresseeId,
    { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' },
    entered,
  )
  assert.equal((await publicly())?.addressees[0]?.said.length, 1)
  const [move] = await secretariat.transaction(tx => movesOf(tx, addresseeId))
  const other = await aPerson('secretariat', 'TN')
  await checkCopy(other, number, addresseeId, { moveId: move!.moveId, agrees: false, words: 'It says next year.' })
  assert.equal((await publicly())?.addressees[0]?.said.length, 0)
})

test('a judgement that is reopened for something unpublished is public when that is published, and not before', async () => {
  const { number, addresseeId, body, chair, publicly } = await aPublishedOne()
  await makeMove(body, number, addresseeId, { axis: 'delivery', from: 'not-started', to: 'done', words: 'Done.' })
  const judge = (from: 'not-looked-at' | 'no-change', to: 'not-looked-at' | 'no-change') =>
    makeMove(chair, number, addresseeId, { axis: 'effect', from, to, words: 'Looked at.' })
  await judge('not-looked-at', 'no-change')
  const before = await publicly()
  assert.equal(before?.addressees[0]?.effect, 'no-change')

  testClock.set('2026-03-02T10:00:00Z')
  await judge('no-change', 'not-looked-at')
  assert.deepEqual(await publicly(), before)

  const later = await aSentLocalReview()
  await aRecommendation(await testDatabase(), { place: later, bodyCode: later.partnershipCode, addressees: [] })
  await later.manager.transaction(tx => askAfterPublication(tx, { place: later }))
  assert.equal((await publicly())?.addressees[0]?.effect, 'not-looked-at')
})

test('with a review those of its recommendations are published that its public words name', async () => {
  const database = await testDatabase()
  const scene = await aSentLocalReview()
  const make = () => aRecommendation(database, { place: scene, bodyCode: scene.partnershipCode, addressees: [] })
  const [named, silent, elsewhere] = [
    await make(),
    await make(),
    await aRecommendation(database, { place: await aSentLocalReview(), bodyCode: 'TN', addressees: [] }),
  ]
  const text = `${named.number} Look on the same day.\n${elsewhere.number} Of another area.`
  await scene.manager.transaction(tx => publishNamed(tx, scene.incidentId, text))
  const isPublic = async ({ number }: { number: string }) => Boolean(await readPublished(database.ask, number))
  assert.deepEqual([await isPublic(named), await isPublic(silent), await isPublic(elsewhere)], [true, false, false])
})

test('that it was closed is public, with everything that was said before', async () => {
  const { number, secretariat, publicly } = await aPublishedOne()
  await endRecommendation(secretariat, number, { reason: 'It is law now.', replacedBy: '' })
  assert.equal((await publicly())?.status, 'closed')
})
