import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { actAs, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { civilDate } from '../platform/dates.ts'
import { ServiceError } from '../platform/errors.ts'
import { anArea, aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import { aCompleteNotification } from '../notifications/builders.ts'
import { sendNotification, startNotification } from '../notifications/index.ts'
import { aSentLocalReview } from '../panel/builders.ts'
import { aRecommendation, aRecommendationText } from './builders.ts'
import { listOwed, recommendationsNeeding } from './list-recommendations.ts'
import { addEvidence, checkCopy, makeMove, type Entered } from './make-move.ts'
import { axes, legalMove, parts, type Axis, type Part, type State } from './moves.ts'
import { addresseesOf, evidenceOf, movesOf, readRecommendation } from './store.ts'
import {
  addAddressee,
  commentOn,
  endRecommendation,
  issueRecommendation,
  saveText,
  sendForComment,
  startRecommendation,
} from './write-recommendation.ts'

let bodies = 0

/** A national body with somebody who answers for it. */
async function aBody(): Promise<{ code: string; name: string; answers: Acting }> {
  const code = `TQ-${++bodies}`
  const name = `College ${code}`
  await (
    await testDatabase()
  ).asOwner(client =>
    client.query(`insert into body (code, kind, name) values ($1, 'national', $2) on conflict do nothing`, [
      code,
      name,
    ]),
  )
  return { code, name, answers: await aPerson('body-answering', code) }
}

async function somewhere() {
  testClock.set('2026-03-02T10:00:00Z')
  const area = await anArea()
  const [manager, partner, scrutineer, secretariat, notifier] = await Promise.all([
    aPerson('business-manager', area.partnership),
    aPerson('safeguarding-partner', area.police),
    aPerson('scrutineer', area.partnership),
    aPerson('secretariat', 'TN'),
    aPerson('notifier', area.authority),
  ])
  return { area, manager, partner, scrutineer, secretariat, notifier, database: await testDatabase() }
}

async function issuedTo(reader: Acting, number: string) {
  return reader.transaction(async tx => {
    const found = (await readRecommendation(tx, number))!
    return { found, addressees: await addresseesOf(tx, found.recommendationId) }
  })
}

const refusedAs = (kind: string) => (error: unknown) => error instanceof ServiceError && error.kind === kind

/** A national one for two partnerships and a body, as it stands when issued. */
async function aNationalOne() {
  const here = await somewhere()
  const there = await anArea()
  const body = await aBody()
  const made = await aRecommendation(here.database, {
    bodyCode: 'TN',
    sourceName: 'A review of the nation',
    addressees: [
      { kind: 'partnership', bodyCode: here.area.partnership, replyAskedBy: civilDate('2026-03-20') },
      { kind: 'partnership', bodyCode: there.partnership, replyAskedBy: civilDate('2026-02-20') },
      { kind: 'national-body', bodyCode: body.code, bodyName: body.name, replyAskedBy: civilDate('2026-02-20') },
    ],
  })
  const [local, other, national] = made.addresseeIds as [string, string, string]
  return { ...here, there, body, number: made.number, local, other, national }
}

test('from a draft to its issue: addressees comment, the text stands, and two answers are owed', async () => {
  const { secretariat, area, manager } = await somewhere()
  const body = await aBody()
  const number = await startRecommendation(
    secretariat,
    { sourceKind: 'national-review', sourceName: 'A review' },
    aRecommendationText(),
  )
  assert.match(number, /^R-2026-\d{5}$/)
  const to = (bodyCode: string) =>
    addAddressee(secretariat, number, {
      bodyCode,
      otherBody: '',
      replyAskedBy: civilDate('2026-04-01'),
      replyBasis: 'request',
    })
  await to(area.partnership)
  await to(body.code)
  await assert.rejects(commentOn(body.answers, number, 'Too early.'), refusedAs('not-found'))
  await sendForComment(secretariat, number, 1)
  await commentOn(body.answers, number, 'Say by when.')
  await commentOn(manager, number, 'We can.')
  await saveText(secretariat, number, aRecommendationText({ text: 'Each partnership should do it by May.' }), 1)
  await assert.rejects(issueRecommendation(secretariat, number, 1), refusedAs('conflict'))
  await issueRecommendation(secretariat, number, 2)
  await assert.rejects(saveText(secretariat, number, aRecommendationText(), 2), refusedAs('conflict'))
  const { found, addressees } = await issuedTo(body.answers, number)
  assert.equal(found.text, 'Each partnership should do it by May.')
  assert.deepEqual(
    addressees.map(one => one.reply),
    ['awaited'],
    'a body sees what national bodies owe, and not what a partnership owes',
  )
  const needs = await body.answers.transaction(tx => recommendationsNeeding(tx, body.answers))
  assert.deepEqual(
    needs.map(need => [need.reference, need.dueOn]),
    [[number, '2026-04-01']],
  )
})

test('a draft of an area is not seen by the Panel, and once issued by no other area', async () => {
  const { notifier, manager, secretariat } = await somewhere()
  const other = await somewhere()
  const { incidentId } = await startNotification(notifier)
  await (
    await testDatabase()
  ).asOwner(client =>
    client.query('update notification set answers = $2 where incident_id = $1', [
      incidentId,
      JSON.stringify(aCompleteNotification()),
    ]),
  )
  await sendNotification(notifier, incidentId)
  const number = await startRecommendation(
    manager,
    { incidentId, sourceKind: 'rapid-review', sourceName: '' },
    aRecommendationText(),
  )
  const seenBy = (who: Acting) => who.transaction(async tx => (await readRecommendation(tx, number)) !== undefined)
  assert.deepEqual(
    [await seenBy(manager), await seenBy(secretariat), await seenBy(other.manager)],
    [true, false, false],
  )
  await addAddressee(manager, number, {
    bodyCode: '',
    otherBody: 'Royal College of Testing',
    replyAskedBy: null,
    replyBasis: null,
  })
  await issueRecommendation(manager, number, 1)
  assert.deepEqual([await seenBy(manager), await seenBy(secretariat), await seenBy(other.manager)], [true, true, false])
})

test('one reply touches nobody else’s clock', async () => {
  const { manager, secretariat, number, local, other, national } = await aNationalOne()
  const before = await issuedTo(secretariat, number)
  await makeMove(manager, number, local, { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' })
  const after = await issuedTo(secretariat, number)
  const rest = ({ addressees }: typeof before) => addressees.filter(one => one.addresseeId !== local)
  assert.deepEqual(rest(after), rest(before))
  assert.equal(after.addressees.find(one => one.addresseeId === local)!.repliedOn, '2026-03-02')
  const overdue = await secretariat.transaction(tx =>
    listOwed(tx, secretariat, { sort: { key: 'asked', direction: 'ascending' }, page: 1 }, { overdue: true }),
  )
  const ids = overdue.rows.map(row => row.addresseeId)
  assert.ok(ids.includes(other) && ids.includes(national) && !ids.includes(local))
})

test('a recommendation is found by its words in any form, and by its number', async () => {
  const { manager, number } = await aNationalOne()
  const found = async (words: string) => {
    const { rows } = await manager.transaction(tx =>
      listOwed(tx, manager, { sort: { key: 'asked', direction: 'descending' }, page: 1 }, { words }),
    )
    return rows
  }
  const [first] = await found(number.toLowerCase())
  assert.equal(first?.number, number)
  assert.deepEqual(await found(`${number} unheard-of`), [])
  const word = first.text.split(/[^A-Za-z]+/).findLast(one => one.length > 5)!
  const others = await found(`${word}s`)
  assert.ok(
    others.some(row => row.number === number),
    word,
  )
  assert.ok(others.every(row => row.text.toLowerCase().includes(word.toLowerCase().slice(0, 4))))
})

const letter: Entered = {
  cameBy: 'letter',
  saidOn: civilDate('2026-02-27'),
  saidBy: 'The President',
  source: 'Kept in the post book, 14',
  file: null,
}

test('a college answers by letter: entered word for word with its day, and compared by a second person', async () => {
  const { secretariat, number, national, body } = await aNationalOne()
  const second = await aPerson('secretariat', 'TN')
  const said = {
    axis: 'reply',
    from: 'awaited',
    to: 'accepted-differently',
    words: 'We shall write a standard.',
  } as const
  await assert.rejects(makeMove(body.answers, number, national, said, letter), refusedAs('not-allowed'))
  await assert.rejects(
    makeMove(secretariat, number, national, said, { ...letter, source: '' }),
    (error: ServiceError) => error.fields.some(({ field }) => field === 'file'),
  )
  await makeMove(secretariat, number, national, said, letter)
  const [move] = await second.transaction(tx => movesOf(tx, national))
  assert.deepEqual([move!.words, move!.saidOn, move!.saidBy], [said.words, '2026-02-27', 'The President'])
  const check = { moveId: move!.moveId, agrees: true, words: '' }
  await assert.rejects(checkCopy(secretariat, number, national, check), refusedAs('not-allowed'))
  assert.equal(
    (await second.transaction(tx => recommendationsNeeding(tx, second))).filter(need => need.reference === number)
      .length,
    1,
  )
  await checkCopy(second, number, national, check)
  await assert.rejects(checkCopy(second, number, national, check), refusedAs('conflict'))
  await assert.rejects(
    secretariat.transaction(tx =>
      sql`insert into recommendation_move_check (move_id, person_id, agrees, at, authority_code)
          select move_id, person_id, true, at, authority_code from recommendation_move where move_id = ${move!.moveId}`.execute(
        tx,
      ),
    ),
    /duplicate key|somebody else/,
  )
})

test('the scrutineer judges what a partnership owes, the owner answers, and the judgement stays', async () => {
  const { manager, scrutineer, secretariat, number, local } = await aNationalOne()
  const judged = { axis: 'effect', from: 'not-looked-at', words: 'I read forty files.' } as const
  await assert.rejects(
    makeMove(scrutineer, number, local, { ...judged, to: 'practice-changed' }),
    (error: ServiceError) => error.fields.some(({ field }) => field === 'evidenceId'),
  )
  const statement = await addEvidence(manager, number, local, {
    kind: 'statement',
    title: 'Ours',
    words: '',
    file: null,
  })
  await assert.rejects(
    makeMove(scrutineer, number, local, { ...judged, to: 'practice-changed', evidenceId: statement }),
  )
  await makeMove(scrutineer, number, local, { ...judged, to: 'no-change' })
  await makeMove(manager, number, local, { axis: 'effect', from: 'no-change', to: 'no-change', words: 'It is early.' })
  await assert.rejects(
    makeMove(manager, number, local, { axis: 'effect', from: 'no-change', to: 'cannot-be-told', words: 'No.' }),
    refusedAs('invalid'),
  )
  await makeMove(secretariat, number, local, {
    axis: 'effect',
    from: 'no-change',
    to: 'no-change',
    words: 'We looked.',
  })
  const { addressees } = await issuedTo(manager, number)
  assert.equal(addressees.find(one => one.addresseeId === local)!.effect, 'no-change')
  await endRecommendation(secretariat, number, { reason: 'Five years on.', replacedBy: '' })
  await makeMove(scrutineer, number, local, {
    axis: 'effect',
    from: 'no-change',
    to: 'not-looked-at',
    words: 'It came up again.',
  })
})

/** As a statement of its own, past every use case. */
function insertMove(acting: Acting, addresseeId: string, move: { axis: Axis; part: Part; from: State; to: State }) {
  return acting.transaction(tx =>
    sql`insert into recommendation_move (addressee_id, incident_id, authority_code, partnership_code, body_code,
          axis, part, from_state, to_state, words, replacement, how_asked, came_by, said_on, said_by, person_id, at)
        select addressee_id, incident_id, authority_code, partnership_code, body_code, ${move.axis}, ${move.part},
          ${move.from}, ${move.to}, 'Words', 'Another', 'At school', 'account', '2026-03-02', 'Somebody', ${acting.personId}, ${contextOf(tx).now}
        from recommendation_addressee where addressee_id = ${addresseeId}`.execute(tx),
  )
}

test('nobody judges their own action: refused by the use case, and by the database', async () => {
  const { area, manager, scrutineer, secretariat, partner, number, local, national, body, database } =
    await aNationalOne()
  const effect = { axis: 'effect', from: 'not-looked-at', to: 'no-change' } as const
  // Of the group, and of a body of the partnership: may not. Nor the manager of the partnership, once a scrutineer.
  await database.asOwner(async client => {
    await client.query('insert into assurance_member values ($1, $2, $2, now())', [area.partnership, partner.personId])
    await client.query(
      `insert into appointment (person_id, role, body_code, from_on) values ($1, 'business-manager', $2, '2020-01-01')`,
      [scrutineer.personId, area.partnership],
    )
    await client.query(
      `insert into appointment (person_id, role, body_code, from_on) values ($1, 'body-answering', $2, '2020-01-01')`,
      [secretariat.personId, body.code],
    )
  })
  for (const [who, addressee, part] of [
    [scrutineer, local, 'judge'],
    [partner, local, 'judge'],
    [secretariat, national, 'panel'],
  ] as const) {
    await assert.rejects(makeMove(who, number, addressee, { ...effect, words: 'Fine.' }), refusedAs('not-allowed'))
    await assert.rejects(insertMove(who, addressee, { ...effect, part }), /Nobody judges their own action/)
  }
  await assert.rejects(makeMove(manager, number, local, { ...effect, words: 'Fine.' }))
  await assert.rejects(insertMove(manager, local, { ...effect, part: 'judge' }), /row-level security/)
  const other = await aPerson('safeguarding-partner', area.icb)
  await assert.rejects(insertMove(other, local, { ...effect, part: 'judge' }), /row-level security/, 'not in the group')
  const another = await aPerson('secretariat', 'TN')
  await assert.rejects(insertMove(another, local, { ...effect, part: 'panel' }), /does not judge/)
  await makeMove(await aPerson('scrutineer', area.partnership), number, local, { ...effect, words: 'We saw none.' })
  await makeMove(another, number, national, { ...effect, words: 'We saw none.' })
})

test('whoever replied does not judge it later in another role', async () => {
  const { area, manager, number, local, database } = await aNationalOne()
  await makeMove(manager, number, local, { axis: 'reply', from: 'awaited', to: 'accepted', words: 'We will.' })
  const { rows } = await database.asOwner(async client => {
    await client.query(`update appointment set until_on = '2026-03-02' where person_id = $1`, [manager.personId])
    return client.query<{ id: string }>(
      `insert into appointment (person_id, role, body_code, from_on) values ($1, 'scrutineer', $2, '2026-03-02') returning id`,
      [manager.personId, area.partnership],
    )
  })
  const later = actAs(database, { ...manager, role: 'scrutineer', appointmentId: rows[0]!.id })
  const effect = { axis: 'effect', from: 'not-looked-at', to: 'no-change' } as const
  await assert.rejects(makeMove(later, number, local, { ...effect, words: 'None.' }), refusedAs('not-allowed'))
  await assert.rejects(insertMove(later, local, { ...effect, part: 'judge' }), /Nobody judges their own action/)
})

test('every move that is not in the table is refused by the database', async () => {
  const { manager, scrutineer, secretariat, number, local, national, body } = await aNationalOne()
  const who: Record<Part, readonly [Acting, string]> = {
    owner: [manager, local],
    judge: [scrutineer, local],
    sample: [secretariat, local],
    panel: [secretariat, national],
  }
  assert.ok(body && number)
  const begins = { reply: 'awaited', delivery: 'not-started', effect: 'not-looked-at' } as const
  let tried = 0
  for (const part of Object.keys(parts) as Part[]) {
    for (const axis of Object.keys(axes) as Axis[]) {
      for (const to of Object.keys(axes[axis]) as State[]) {
        if (legalMove(axis, part, begins[axis], to)) continue
        tried += 1
        await assert.rejects(
          insertMove(who[part][0], who[part][1], { axis, part, from: begins[axis], to }),
          /in no table/,
        )
      }
    }
  }
  assert.ok(tried > 25, String(tried))
})

test('no sequence of moves loses a reply, a judgement or evidence, and what is kept agrees with a recount', async () => {
  const { manager, scrutineer, secretariat, number, local, national, body } = await aNationalOne()
  const audit = await addEvidence(scrutineer, number, local, { kind: 'audit', title: 'Audit', words: '', file: null })
  const data = await addEvidence(secretariat, number, national, {
    kind: 'dataset',
    title: 'Data',
    words: '',
    file: null,
  })
  const actors: Record<string, Acting> = { manager, scrutineer, secretariat, body: body.answers }
  const step = fc.record({
    who: fc.constantFrom(...Object.keys(actors)),
    to: fc.constantFrom(
      ...(Object.keys(axes) as Axis[]).flatMap(axis =>
        (Object.keys(axes[axis]) as State[]).map(state => [axis, state] as const),
      ),
    ),
    addressee: fc.constantFrom(local, national),
    evidence: fc.constantFrom(audit, data, ''),
  })
  let done = 0
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async steps => {
      for (const {
        who,
        to: [axis, to],
        addressee,
        evidence,
      } of steps) {
        const before = await standing(secretariat, number, addressee)
        const from = before.owed[axis]
        const move = {
          axis,
          from,
          to,
          words: 'Words.',
          replacement: 'Another.',
          howAsked: 'At school.',
          evidenceId: evidence,
        }
        const error = await makeMove(actors[who]!, number, addressee, move).then(
          () => undefined,
          (problem: unknown) => problem,
        )
        const after = await standing(secretariat, number, addressee)
        if (error) {
          assert.ok(error instanceof ServiceError, String(error))
          refused += 1
          assert.deepEqual(after, before)
          continue
        }
        done += 1
        assert.equal(after.moves.length, before.moves.length + 1)
        for (const kept of before.moves)
          assert.deepEqual(
            after.moves.find(one => one.moveId === kept.moveId),
            kept,
          )
        assert.deepEqual(after.evidence, before.evidence)
        const latest = (of: Axis) => after.moves.findLast(one => one.axis === of)?.to
        assert.equal(after.owed.reply, latest('reply') ?? 'awaited')
        assert.equal(after.owed.delivery, latest('delivery') ?? 'not-started')
        assert.equal(after.owed.effect, latest('effect') ?? 'not-looked-at')
        const firstReply = after.moves.find(one => one.axis === 'reply' && one.by === 'owner')
        assert.equal(after.owed.repliedOn, firstReply?.saidOn ?? null)
        const judged = after.moves.findLast(one => one.axis === 'effect' && (one.by === 'judge' || one.by === 'panel'))
        assert.deepEqual(after.owed.effectAt, judged?.at ?? null)
      }
    }),
    { numRuns: 12, seed: 20261123 },
  )
  assert.ok(done > 10 && refused > 10, `${done} done, ${refused} refused`)
})

let minute = 0
async function standing(reader: Acting, number: string, addresseeId: string) {
  // Each step has a moment of its own, so that moves stand in their order.
  testClock.set(new Date(Date.parse('2026-03-02T10:00:00Z') + ++minute * 1000).toISOString())
  return reader.transaction(async tx => {
    const found = (await readRecommendation(tx, number))!
    const all = await addresseesOf(tx, found.recommendationId)
    return {
      owed: all.find(one => one.addresseeId === addresseeId)!,
      moves: await movesOf(tx, addresseeId),
      evidence: await evidenceOf(tx, addresseeId),
    }
  })
}

test('not started is what somebody said: before that the list says that nothing is reported', async () => {
  const { local, number, manager } = await aNationalOne()
  const told = async (delivery?: 'not-told' | 'not-started') => {
    const wanted = { sort: { key: 'asked', direction: 'ascending' }, page: 1 } as const
    const { rows } = await manager.transaction(tx => listOwed(tx, manager, wanted, { delivery }))
    return rows.flatMap(row => (row.addresseeId === local ? [row.delivery] : []))
  }
  assert.deepEqual([await told(), await told('not-started')], [['not-told'], []])
  await makeMove(manager, number, local, {
    axis: 'delivery',
    from: 'not-started',
    to: 'not-started',
    words: 'We wait for the budget of April.',
  })
  assert.deepEqual([await told(), await told('not-told')], [['not-started'], []])
})

test('whoever writes a local review reads the drafts that come from it, and no other', async () => {
  const scene = await aSentLocalReview()
  const database = await testDatabase()
  const reviewer = await aPerson('reviewer', scene.partnershipCode)
  const draftOf = (sourceKind: 'local-review' | 'rapid-review') =>
    aRecommendation(database, {
      place: {
        incidentId: scene.incidentId,
        authorityCode: scene.authorityCode,
        partnershipCode: scene.partnershipCode,
      },
      bodyCode: scene.partnershipCode,
      addressees: [{ kind: 'partnership', bodyCode: scene.partnershipCode }],
      status: 'draft',
      sourceKind,
    })
  const [theirs, other] = [await draftOf('local-review'), await draftOf('rapid-review')]
  const reads = ({ number }: { number: string }) => reviewer.transaction(tx => readRecommendation(tx, number))
  assert.deepEqual([await reads(theirs), await reads(other)], [undefined, undefined])
  await database.asOwner(client =>
    client.query(
      `insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
       select review_id, kind, incident_id, authority_code, partnership_code, $2, now()
       from review where incident_id = $1 and kind = 'local'`,
      [scene.incidentId, reviewer.personId],
    ),
  )
  assert.equal((await reads(theirs))?.number, theirs.number)
  assert.equal(await reads(other), undefined)
  await assert.rejects(saveText(reviewer, theirs.number, aRecommendationText(), 1), refusedAs('not-allowed'))
})
