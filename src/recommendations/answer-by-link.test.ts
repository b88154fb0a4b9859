import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { civilDate } from '../platform/dates.ts'
import { openLinks } from '../platform/links/index.ts'
import { anArea, aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import type { OpenedLink } from '../platform/web/index.ts'
import { aCompleteNotification } from '../notifications/builders.ts'
import { sendNotification, startNotification } from '../notifications/index.ts'
import { commentByLink, readLinked, replyByLink, type TypedAnswer } from './answer-by-link.ts'
import { aRecommendation } from './builders.ts'
import { endAddresseeLink, makeAddresseeLink } from './link-for-addressee.ts'
import { addresseesOf, commentsOf, evidenceOf, movesOf, readRecommendation } from './store.ts'

const anAnswer = (changes: Partial<TypedAnswer> = {}): TypedAnswer => ({
  fromReply: 'awaited',
  fromDelivery: 'not-started',
  reply: 'accepted',
  delivery: 'in-progress',
  words: 'We train every registrar by May.',
  replacement: '',
  evidenceKind: '',
  evidence: '',
  ...changes,
})

async function opened(made: { address: string }): Promise<OpenedLink> {
  const door = openLinks({
    database: await testDatabase(),
    config: { secret: 'a secret for tests, of more than 32 characters' },
  })
  const found = await door.find(made.address.split('/').at(-1)!, 'here')
  assert.equal(found.state, 'open')
  return found.opened!
}

/** Of an incident, for two colleges without an account. */
async function aLocalOne(status: 'issued' | 'out-for-comment' | 'draft' = 'issued') {
  testClock.set('2026-03-02T10:00:00Z')
  const area = await anArea()
  const [manager, partner, notifier] = await Promise.all([
    aPerson('business-manager', area.partnership),
    aPerson('safeguarding-partner', area.police),
    aPerson('notifier', area.authority),
  ])
  const { incidentId } = await startNotification(notifier)
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query('update notification set answers = $2 where incident_id = $1', [
      incidentId,
      JSON.stringify(aCompleteNotification()),
    ]),
  )
  await sendNotification(notifier, incidentId)
  const place = { incidentId, authorityCode: area.authority, partnershipCode: area.partnership }
  const colleges = ['College of Nurses', 'College of Doctors'].map(bodyName => ({
    kind: 'national-body' as const,
    bodyCode: null,
    bodyName,
    replyAskedBy: civilDate('2026-02-20'),
  }))
  const made = await aRecommendation(database, {
    place,
    bodyCode: area.partnership,
    addressees: colleges,
    status,
  })
  const [ours, theirs] = made.addresseeIds as [string, string]
  return { ...made, area, manager, partner, ours, theirs }
}
const link = (by: Acting, number: string, addresseeId: string) =>
  makeAddresseeLink(by, number, addresseeId, { holder: 'Dr Rao, registrar', mailAddress: '' }, 'https://w.example')

test('a body without an account replies by link, and nobody else’s clock moves', async () => {
  const { manager, number, ours, theirs } = await aLocalOne()
  const read = () =>
    manager.transaction(async tx => addresseesOf(tx, (await readRecommendation(tx, number))!.recommendationId))
  const before = await read()
  const link1 = await opened(await link(manager, number, ours))
  await replyByLink(link1, anAnswer({ evidenceKind: 'audit', evidence: 'Forty files, on our site.' }))
  const after = await read()
  assert.deepEqual(
    after.find(one => one.addresseeId === theirs),
    before.find(one => one.addresseeId === theirs),
  )
  const owed = after.find(one => one.addresseeId === ours)!
  assert.deepEqual([owed.reply, owed.delivery, owed.repliedOn], ['accepted', 'in-progress', '2026-03-02'])
  const [moves, evidence] = await manager.transaction(async tx => [await movesOf(tx, ours), await evidenceOf(tx, ours)])
  assert.deepEqual(moves.map(move => [move.axis, move.cameBy, move.saidBy, move.personId]).toSorted(), [
    ['delivery', 'link', 'Dr Rao, registrar, College of Nurses', null],
    ['reply', 'link', 'Dr Rao, registrar, College of Nurses', null],
  ])
  assert.equal(evidence[0]?.kind, 'audit')
})

test('a link opens one recommendation for one addressee, and nothing else', async () => {
  const { manager, number, ours, theirs, recommendationId } = await aLocalOne()
  const other = await aLocalOne()
  await replyByLink(await opened(await link(manager, number, theirs)), anAnswer())
  const mine = await opened(await link(manager, number, ours))
  await mine.transaction(async tx => {
    const { owed, moves } = await readLinked(tx, mine)
    assert.deepEqual([owed.addresseeId, moves], [ours, []])
    assert.deepEqual((await addresseesOf(tx, recommendationId)).length, 1, 'not the other addressee')
    assert.deepEqual(await movesOf(tx, theirs), [])
    assert.equal(await readRecommendation(tx, other.number), undefined)
    for (const table of ['incident', 'recommendation_comment', 'action', 'notification', 'link']) {
      const { rows } = await sql`select 1 from ${sql.table(table)}`.execute(tx)
      assert.deepEqual(rows, [], table)
    }
  })
  const said = (addresseeId: string, axis: string, to: string) =>
    mine.transaction(tx =>
      sql`insert into recommendation_move (addressee_id, incident_id, authority_code, partnership_code, body_code, axis, part,
            from_state, to_state, words, came_by, said_on, said_by, link_id, at)
          values (${addresseeId}, null, null, null, null, ${axis}, 'owner', 'awaited', ${to}, 'Words', 'link', '2026-03-02', 'Dr Rao',
            ${mine.id}, ${contextOf(tx).now})`.execute(tx),
    )
  await assert.rejects(said(theirs, 'reply', 'accepted'), /row-level security/)
  await assert.rejects(said(ours, 'effect', 'no-change'), /row-level security/)
})

test('the same reply, and the same comment, sent twice at once by link is one', async () => {
  const { manager, number, ours } = await aLocalOne()
  const mine = await opened(await link(manager, number, ours))
  const said = async () => (await manager.transaction(tx => movesOf(tx, ours))).length
  const answers = async (changes: Partial<TypedAnswer>) =>
    (await Promise.allSettled([1, 2].map(() => replyByLink(mine, anAnswer({ delivery: '', ...changes }))))).map(
      ({ status }) => status,
    )
  assert.deepEqual((await answers({})).toSorted(), ['fulfilled', 'rejected'])
  // More words to a reply that stays as it is.
  assert.deepEqual((await answers({ fromReply: 'accepted', words: 'By May.' })).toSorted(), ['fulfilled', 'rejected'])
  assert.equal(await said(), 2)

  const draft = await aLocalOne('out-for-comment')
  const theirs = await opened(await link(draft.manager, draft.number, draft.ours))
  await Promise.all([commentByLink(theirs, 'Say by when.'), commentByLink(theirs, 'Say by when.')])
  const comments = await draft.manager.transaction(tx => commentsOf(tx, draft.recommendationId))
  assert.equal(comments.length, 1)
})

test('what is wrong with a reply by link is said at its field, and nothing is kept', async () => {
  const { manager, number, ours } = await aLocalOne()
  const mine = await opened(await link(manager, number, ours))
  const wrong = async (changes: Partial<TypedAnswer>, field: string) =>
    assert.rejects(replyByLink(mine, anAnswer(changes)), (error: { fields?: { field: string }[] }) =>
      Boolean(error.fields?.some(one => one.field === field)),
    )
  await wrong({ reply: '' }, 'reply')
  await wrong({ words: '' }, 'words')
  await wrong({ reply: 'replaced' }, 'replacement')
  await wrong({ delivery: 'fewer-harmed' }, 'delivery')
  await wrong({ evidence: 'An audit.' }, 'evidenceKind')
  await assert.rejects(replyByLink(mine, anAnswer({ fromReply: 'accepted' })), { kind: 'conflict' })
  assert.deepEqual(await manager.transaction(tx => movesOf(tx, ours)), [])
})

test('an addressee without an account comments on the draft by link, until it is issued', async () => {
  const { manager, number, ours, recommendationId } = await aLocalOne('out-for-comment')
  const mine = await opened(await link(manager, number, ours))
  await assert.rejects(commentByLink(mine, ''), { kind: 'invalid' })
  await commentByLink(mine, 'Say by when.')
  const [comment] = await manager.transaction(tx => commentsOf(tx, recommendationId))
  assert.deepEqual([comment?.words, comment?.saidBy], ['Say by when.', 'Dr Rao, registrar, College of Nurses'])
  await assert.rejects(replyByLink(mine, anAnswer()), 'a link to comment replies to nothing')
  await (
    await testDatabase()
  ).asOwner(client =>
    client.query(`update recommendation set status = 'issued', issued_at = now() where recommendation_id = $1`, [
      recommendationId,
    ]),
  )
  await assert.rejects(commentByLink(mine, 'And who?'), { kind: 'not-found' })
})

test('the Panel’s secretariat makes links for a national draft, and for what was issued', async () => {
  const { area } = await aLocalOne()
  const secretariat = await aPerson('secretariat', 'TN')
  for (const status of ['out-for-comment', 'issued'] as const) {
    const { number, addresseeIds } = await aRecommendation(await testDatabase(), {
      bodyCode: 'TN',
      addressees: [{ kind: 'national-body', bodyCode: null, bodyName: 'College of Nurses' }],
      status,
    })
    const manager = await aPerson('business-manager', area.partnership)
    await assert.rejects(link(manager, number, addresseeIds[0]!), /./)
    const mine = await opened(await link(secretariat, number, addresseeIds[0]!))
    await (status === 'issued' ? replyByLink(mine, anAnswer()) : commentByLink(mine, 'Say by when.'))
  }
})

test('who may not enter for an addressee makes no link for it, and a link that was ended opens nothing', async () => {
  const { manager, partner, number, ours } = await aLocalOne()
  await assert.rejects(link(partner, number, ours), { kind: 'not-allowed' })
  await assert.rejects(
    makeAddresseeLink(manager, number, ours, { holder: '', mailAddress: 'two@x, three@y' }, 'https://w.example'),
    (error: { fields?: { field: string }[] }) => error.fields?.length === 2,
  )
  const mine = await opened(await link(manager, number, ours))
  await endAddresseeLink(manager, number, ours, mine.id)
  await assert.rejects(replyByLink(mine, anAnswer()), /has ended/)
  const draft = await aLocalOne('draft')
  await assert.rejects(
    link(draft.manager, draft.number, draft.ours),
    { kind: 'not-allowed' },
    'not sent to anybody yet',
  )
})
