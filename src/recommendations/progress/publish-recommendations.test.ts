import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { contextOf } from '../../platform/database/index.ts'
import { civilDate } from '../../platform/dates.ts'
import { openLinks } from '../../platform/links/index.ts'
import { aPerson, anArea, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { aSentLocalReview } from '../../panel/builders.ts'
import { askAfterPublication } from '../again/ask-again.ts'
import { replyByLink } from '../answer-by-link.ts'
import { aRecommendation } from '../builders.ts'
import { makeAddresseeLink } from '../link-for-addressee.ts'
import { recommendationsNeeding } from '../list-recommendations.ts'
import { checkCopy, makeMove, takeOffPublic } from '../make-move.ts'
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

const aLetter = {
  cameBy: 'letter',
  saidOn: civilDate('2026-02-01'),
  saidBy: 'A Head',
  source: 'File 7',
  file: null,
} as const
const accepting = { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' } as const

test('what was entered from a letter is public once a second person found it right, and not a byte before', async () => {
  const { number, addresseeId, secretariat, publicly } = await aPublishedOne()
  const before = JSON.stringify(await publicly())
  testClock.set('2026-02-05T10:00:00Z')
  await makeMove(secretariat, number, addresseeId, accepting, aLetter)
  assert.equal(JSON.stringify(await publicly()), before)
  const [move] = await secretariat.transaction(tx => movesOf(tx, addresseeId))
  const check = { moveId: move!.moveId, agrees: true, words: '' }
  await assert.rejects(checkCopy(secretariat, number, addresseeId, check), { kind: 'not-allowed' })
  assert.equal(JSON.stringify(await publicly()), before)
  await checkCopy(await aPerson('secretariat', 'TN'), number, addresseeId, check)
  const [addressee] = (await publicly())!.addressees
  assert.deepEqual([addressee?.reply, addressee?.replyOn, addressee?.said.length], ['accepted', '2026-02-01', 1])
})

test('words that name a child go from the public page at once, what became of it stays, and the record keeps them', async () => {
  const { number, addresseeId, body, secretariat, publicly } = await aPublishedOne()
  const reply = { axis: 'reply', from: 'awaited', to: 'accepted', words: 'As Test Child was told, we will.' } as const
  await makeMove(body, number, addresseeId, reply)
  const [move] = await body.transaction(tx => movesOf(tx, addresseeId))
  const off = { moveId: move!.moveId, reason: 'It names a child.' }
  await assert.rejects(takeOffPublic(body, number, addresseeId, off), { kind: 'not-allowed' })
  await assert.rejects(takeOffPublic(secretariat, number, addresseeId, { ...off, reason: '' }), { kind: 'invalid' })
  await takeOffPublic(secretariat, number, addresseeId, off)
  const shown = (await publicly())?.addressees[0]
  assert.deepEqual([shown?.reply, shown?.said.map(({ words }) => words)], ['accepted', ['']])
  const [kept] = await body.transaction(tx => movesOf(tx, addresseeId))
  assert.deepEqual([kept?.words, kept?.takenOff], [reply.words, off.reason])
  await assert.rejects(takeOffPublic(secretariat, number, addresseeId, off), { kind: 'conflict' })
})

test('what a second person finds wrong is never public', async () => {
  const { number, addresseeId, secretariat, publicly } = await aPublishedOne()
  const before = JSON.stringify(await publicly())
  await makeMove(secretariat, number, addresseeId, accepting, aLetter)
  const [move] = await secretariat.transaction(tx => movesOf(tx, addresseeId))
  const other = await aPerson('secretariat', 'TN')
  await checkCopy(other, number, addresseeId, { moveId: move!.moveId, agrees: false, words: 'It says next year.' })
  assert.equal(JSON.stringify(await publicly()), before)
})

test('a reply by link is public once somebody else than who made the link says it is the body’s', async () => {
  const { number, addresseeId, database, secretariat, publicly } = await aPublishedOne()
  const before = JSON.stringify(await publicly())
  const to = { holder: 'Dr Rao', mailAddress: '' }
  const made = await makeAddresseeLink(secretariat, number, addresseeId, to, 'https://w.example')
  const door = openLinks({ database, config: { secret: 'a secret for tests, of more than 32 characters' } })
  const { opened } = await door.find(made.address.split('/').at(-1)!, 'here')
  await replyByLink(opened!, {
    fromReply: 'awaited',
    fromDelivery: 'not-started',
    reply: 'accepted',
    delivery: '',
    words: 'We will.',
    replacement: '',
    evidenceKind: '',
    evidence: '',
  })
  assert.equal(JSON.stringify(await publicly()), before)
  const [move] = await secretariat.transaction(tx => movesOf(tx, addresseeId))
  const check = { moveId: move!.moveId, agrees: true, words: '' }
  await assert.rejects(checkCopy(secretariat, number, addresseeId, check), { kind: 'not-allowed' })
  await assert.rejects(
    secretariat.transaction(tx =>
      sql`insert into recommendation_move_check (move_id, person_id, agrees, at, authority_code)
          select move_id, ${secretariat.personId}, true, ${contextOf(tx).now}, authority_code
          from recommendation_move where move_id = ${move!.moveId}`.execute(tx),
    ),
    /somebody else than who entered it, or made its link/,
  )
  const second = await aPerson('secretariat', 'TN')
  const asks = async (who: typeof second) =>
    (await who.transaction(tx => recommendationsNeeding(tx, who))).filter(({ reference }) => reference === number)
  assert.deepEqual([(await asks(secretariat)).length, (await asks(second)).length], [0, 1])
  await checkCopy(second, number, addresseeId, check)
  assert.equal((await asks(second)).length, 0)
  assert.equal((await publicly())?.addressees[0]?.reply, 'accepted')
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

test('what a recommendation of a local review answers is never public, with its account or without', async () => {
  const scene = await aSentLocalReview()
  const database = await testDatabase()
  const { number } = await aRecommendation(database, { place: scene, bodyCode: scene.partnershipCode, addressees: [] })
  await scene.manager.transaction(tx => publishNamed(tx, scene.incidentId, number))
  assert.equal((await readPublished(database.ask, number))?.picture.answers, '')
})

test('that it was closed is public, with everything that was said before', async () => {
  const { number, secretariat, publicly } = await aPublishedOne()
  await endRecommendation(secretariat, number, { reason: 'It is law now.', replacedBy: '' })
  assert.equal((await publicly())?.status, 'closed')
})
