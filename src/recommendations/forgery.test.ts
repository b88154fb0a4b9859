import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Tx } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { civilDate } from '../platform/dates.ts'
import { makeLink } from '../platform/links/index.ts'
import { anArea, aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import { aRecommendation } from './builders.ts'
import { makeAddresseeLink } from './link-for-addressee.ts'
import { addEvidence, makeMove } from './make-move.ts'

// Whatever query reaches the database in somebody's name: what holds is what the database holds to.

/** A national recommendation that was issued to a partnership, and the people there. */
async function anIssuedOne() {
  testClock.set('2026-03-02T10:00:00Z')
  const [database, area] = [await testDatabase(), await anArea()]
  const [manager, scrutineer, secretariat] = await Promise.all([
    aPerson('business-manager', area.partnership),
    aPerson('scrutineer', area.partnership),
    aPerson('secretariat', 'TN'),
  ])
  const { recommendationId, number, addresseeIds } = await aRecommendation(database, {
    bodyCode: 'TN',
    addressees: [{ kind: 'partnership', bodyCode: area.partnership, replyAskedBy: civilDate('2026-03-20') }],
  })
  return { database, area, manager, scrutineer, secretariat, recommendationId, number, addresseeId: addresseeIds[0]! }
}

/** An action of a partnership, as the owner of the database puts it there. */
async function anActionOf(partnership: string, leads: string | null, serves?: string): Promise<string> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows } = await client.query<{ action_id: string }>(
      `insert into action (number, partnership_code, text, owner_name, lead_person_id, lead_name, prompted_by,
         due_on, update_months, agreed_on, created_at)
       values ($1, $2, 'Visits are confirmed.', 'A school', $3, 'Sam Reed', 'audit', '2026-09-30',
         1, '2026-03-01', '2026-03-01') returning action_id`,
      [`A-${randomUUID()}`, partnership, leads],
    )
    const actionId = rows[0]!.action_id
    if (serves) {
      await client.query('insert into action_serves (action_id, addressee_id, partnership_code) values ($1, $2, $3)', [
        actionId,
        serves,
        partnership,
      ])
    }
    return actionId
  })
}

test('nobody is asked with an answer, or an effect, already beside their name', async () => {
  const { area, secretariat, recommendationId } = await anIssuedOne()
  const body = (await anArea()).partnership
  const row = {
    recommendation_id: recommendationId,
    kind: 'partnership',
    partnership_code: body,
    body_code: body,
    body_name: `Asked beside ${area.partnership}`,
    status: 'issued',
  }
  for (const said of [
    { reply: 'accepted' },
    { delivery: 'done' },
    { effect: 'fewer-harmed' },
    { replied_on: '2026-03-01' },
  ]) {
    await assert.rejects(
      secretariat.transaction(tx =>
        tx
          .insertInto('recommendation_addressee')
          .values({ ...row, ...said })
          .execute(),
      ),
      /begins with nothing said/,
      JSON.stringify(said),
    )
  }
  await secretariat.transaction(tx => tx.insertInto('recommendation_addressee').values(row).execute())
})

test('a reply with an account is of today, and no move is made at another moment', async () => {
  const { area, manager, addresseeId } = await anIssuedOne()
  const move = {
    addressee_id: addresseeId,
    partnership_code: area.partnership,
    body_code: area.partnership,
    axis: 'reply',
    part: 'owner',
    from_state: 'awaited',
    to_state: 'accepted',
    words: 'We will.',
    came_by: 'account',
    said_on: '2026-03-02',
    said_by: manager.name,
    person_id: manager.personId,
    at: testClock.now(),
  }
  const insert = (changes: Partial<typeof move>) =>
    manager.transaction(tx =>
      tx
        .insertInto('recommendation_move')
        .values({ ...move, ...changes })
        .execute(),
    )
  await assert.rejects(insert({ said_by: 'The Chief Constable' }), /Nobody speaks in another’s name/)
  for (const forged of [{ said_on: '2026-01-05' }, { said_on: '2026-03-03' }, { at: new Date('2026-01-05') }]) {
    await assert.rejects(insert(forged), /A move is made now/, JSON.stringify(forged))
  }
  await insert({})
})

test('who works for the whole country enters nothing for a body of an area, and makes no link for it', async () => {
  const { area, secretariat, number, addresseeId } = await anIssuedOne()
  const entered = {
    cameBy: 'letter',
    saidOn: civilDate('2026-03-01'),
    saidBy: 'A Head',
    source: 'File 7',
    file: null,
  } as const
  const reply = { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' } as const
  const notAllowed = { kind: 'not-allowed' }
  await assert.rejects(makeMove(secretariat, number, addresseeId, reply, entered), notAllowed)
  const evidence = { kind: 'audit', title: 'Audit', words: '', file: null } as const
  const holder = { holder: 'Sam Reed', mailAddress: '' }
  await assert.rejects(makeAddresseeLink(secretariat, number, addresseeId, holder, 'http://localhost'), notAllowed)

  const inSql = (what: (tx: Tx) => Promise<unknown>) =>
    assert.rejects(secretariat.transaction(what), /answered for by its own people/)
  const lies = { addressee_id: addresseeId, partnership_code: area.partnership, body_code: area.partnership }
  await inSql(tx =>
    tx
      .insertInto('recommendation_move')
      .values({
        ...lies,
        axis: 'reply',
        part: 'owner',
        from_state: 'awaited',
        to_state: 'accepted',
        words: 'We will.',
        came_by: 'mail',
        source: 'File 7',
        said_on: '2026-03-02',
        said_by: 'A Head',
        person_id: secretariat.personId,
        at: testClock.now(),
      })
      .execute(),
  )
  await inSql(tx =>
    tx
      .insertInto('recommendation_evidence')
      .values({
        ...lies,
        kind: 'audit',
        part: 'owner',
        title: 'Audit',
        person_id: secretariat.personId,
        added_at: testClock.now(),
      })
      .execute(),
  )
  await inSql(tx =>
    makeLink(tx, { purpose: 'reply', objectId: addresseeId, holder: 'Sam Reed', days: 14 }, 'http://localhost'),
  )
  // What the Panel has seen of a sample is its own.
  await addEvidence(secretariat, number, addresseeId, evidence)
})

test('whoever leads an action that serves a recommendation does not judge what came of it', async () => {
  const { area, scrutineer, number, addresseeId } = await anIssuedOne()
  await anActionOf(area.partnership, scrutineer.personId, addresseeId)
  const judging = () =>
    makeMove(scrutineer, number, addresseeId, {
      axis: 'effect',
      from: 'not-looked-at',
      to: 'cannot-be-told',
      words: 'Too early.',
    })
  await assert.rejects(judging(), (error: unknown) => error instanceof ServiceError && error.kind === 'not-allowed')
  const another = await aPerson('scrutineer', area.partnership)
  await makeMove(another, number, addresseeId, {
    axis: 'effect',
    from: 'not-looked-at',
    to: 'cannot-be-told',
    words: 'Too early.',
  })
})

test('a link that somebody makes to the action of another partnership opens nothing of it', async () => {
  const { database, manager, area } = await anIssuedOne()
  const elsewhere = await anArea()
  const make = (objectId: string, place: { partnershipCode: string; authorityCode?: string }) =>
    manager.transaction(tx =>
      makeLink(tx, { purpose: 'action-update', objectId, holder: 'Sam Reed', days: 14, place }, 'http://localhost'),
    )
  const seenWith = (link: string, actionId: string) =>
    database.as({ link }, tx => tx.selectFrom('action').select('text').where('action_id', '=', actionId).execute())

  const [ours, theirs] = [await anActionOf(area.partnership, null), await anActionOf(elsewhere.partnership, null)]
  const own = await make(ours, { partnershipCode: area.partnership })
  assert.equal((await seenWith(own.id, ours)).length, 1)
  const forged = await make(theirs, { partnershipCode: area.partnership })
  assert.deepEqual(await seenWith(forged.id, theirs), [])
  // Their place, under a code of one's own beside it.
  await assert.rejects(
    make(theirs, { partnershipCode: elsewhere.partnership, authorityCode: area.partnership }),
    /link_lies_whole/,
  )
})

test('what is said by a link is said in the name of its holder, and by that link', async () => {
  const { database, manager, area } = await anIssuedOne()
  const actionId = await anActionOf(area.partnership, null)
  const [ours, theirs] = await manager.transaction(async tx =>
    Promise.all(
      ['Sam Reed', 'Kim Hall'].map(holder =>
        makeLink(
          tx,
          {
            purpose: 'action-update',
            objectId: actionId,
            holder,
            days: 14,
            place: { partnershipCode: area.partnership },
          },
          'http://localhost',
        ),
      ),
    ),
  )
  const say = (changes: { said_by?: string; link_id?: string }) =>
    database.as({ link: ours!.id }, tx =>
      tx
        .insertInto('action_update')
        .values({
          action_id: actionId,
          partnership_code: area.partnership,
          delivery: 'done',
          words: 'All done.',
          said_on: '2026-03-02',
          said_by: 'Sam Reed',
          came_by: 'link',
          link_id: ours!.id,
          at: testClock.now(),
          ...changes,
        })
        .execute(),
    )
  await assert.rejects(say({ said_by: 'Kim Hall' }), /Nobody speaks in another’s name/)
  await assert.rejects(say({ link_id: theirs!.id }), /came by the link that it names/)
  await say({})
})

test('a link that was ended stays ended', async () => {
  const { manager, area } = await anIssuedOne()
  const objectId = await anActionOf(area.partnership, null)
  const link = { purpose: 'action-update', objectId, holder: 'Sam Reed', days: 14 } as const
  const set = (id: string, ended_at: Date | null) =>
    manager.transaction(tx => tx.updateTable('link').set({ ended_at }).where('id', '=', id).execute())
  const { id } = await manager.transaction(tx =>
    makeLink(tx, { ...link, place: { partnershipCode: area.partnership } }, 'http://localhost'),
  )
  await set(id, testClock.now())
  await assert.rejects(set(id, null), /stays ended/)
})

test('whoever answers whether it worked does not make the question public', async () => {
  const { database, area, manager, recommendationId, addresseeId } = await anIssuedOne()
  const asked = await database.asOwner(async client => {
    const { rows } = await client.query<{ question_id: string }>(
      `insert into theme_question (addressee_id, recommendation_id, partnership_code, body_code, themes, asked_at)
       values ($1, $2, $3, $3, '{neglect}', $4) returning question_id`,
      [addresseeId, recommendationId, area.partnership, testClock.now()],
    )
    return rows[0]!.question_id
  })
  const by = { said_by: manager.name, person_id: manager.personId }
  const answer = { answer: 'worked', words: 'It did.', ...by, answered_at: testClock.now() }
  const save = (more: { is_public?: boolean; themes?: string[] }) =>
    manager.transaction(tx =>
      tx
        .updateTable('theme_question')
        .set({ ...answer, ...more })
        .where('question_id', '=', asked)
        .execute(),
    )
  await assert.rejects(save({ is_public: true }), /What was answered about a theme stands/)
  await assert.rejects(save({ themes: ['domestic-abuse'] }), /What was answered about a theme stands/)
  await save({})
})
