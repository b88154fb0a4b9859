import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { anArea, aPerson, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import type { Acting } from '../../platform/acting.ts'
import { civilDate } from '../../platform/dates.ts'
import { readTimeline } from '../../platform/events/index.ts'
import {
  aCompleteReview,
  aNotifiedIncident,
  anOpenReview,
  aReviewToSign,
  aSecondAuthority,
  aSentNotification,
  aSignedReview,
  signNow,
  writeReview,
} from '../builders.ts'
import { deleteMember, groupOf, insertMember } from '../group/members.ts'
import type { Partner } from '../signing/partner.ts'
import { earlierTextsOf, insertSentBack, insertSignature, sendBackToDraft } from '../signing/store.ts'
import { columnsOfReview } from '../review.ts'
import { askForSignatures, takeBack } from './ask-for-signatures.ts'
import { addToGroup, groupRoles, removeFromGroup } from './change-group.ts'
import { openRapidReview } from './open-rapid-review.ts'
import { hashOfText } from './rapid-review.ts'
import { reviewsNeeding } from './reviews-needing.ts'
import { saveSection } from './save-section.ts'
import { sendRapidReview } from './send-rapid-review.ts'
import { sendReviewBack, signReview } from './sign.ts'
import { readReview, sentRapidReview } from './store.ts'
import { lastSentBack, reviewsToSign } from './waiting.ts'
import { changedAnswers } from './what-changed.ts'

const read = (acting: Acting, id: string) => acting.transaction(tx => readReview(tx, id))
const needs = (acting: Acting) => acting.transaction(tx => reviewsNeeding(tx, acting))
const kindsOf = async (acting: Acting, id: string) =>
  acting.transaction(async tx =>
    (await tx.selectFrom('event').select('kind').where('incident_id', '=', id).orderBy('id').execute()).map(
      ({ kind }) => kind,
    ),
  )

test('the review opens with the notification, due 15 working days later, for the business managers of the partnership', async () => {
  const { manager, place } = await anOpenReview()
  const review = await read(manager, place.incidentId)
  assert.equal(review?.status, 'draft')
  assert.equal(review?.dueOn, '2026-03-23')
  const group = await manager.transaction(tx => groupOf(tx, place, groupRoles))
  assert.deepEqual(
    group.map(({ personId }) => personId),
    [manager.personId],
  )
  assert.deepEqual(await kindsOf(manager, place.incidentId), ['rapid-review.opened'])
})

test('hearing twice of a notification opens one review', async () => {
  const { manager, notifier, place } = await anOpenReview()
  await writeReview(manager, place.incidentId)
  await notifier.transaction(tx =>
    openRapidReview(tx, aSentNotification(place, { clockStartsOn: civilDate('2026-03-05') })),
  )
  const review = await read(manager, place.incidentId)
  assert.equal(review?.dueOn, '2026-03-23')
  assert.equal(review?.answers.authors, aCompleteReview().authors)
})

test('no review opens where none is needed', async () => {
  const area = await anArea()
  const manager = await aPerson('business-manager', area.partnership)
  const notifier = await aPerson('notifier', area.authority)
  const place = await aNotifiedIncident(area)
  await notifier.transaction(tx => openRapidReview(tx, aSentNotification(place, { reviewNeeded: false })))
  assert.equal(await read(manager, place.incidentId), undefined)
})

test('a draft, its group and its events are invisible outside the named group', async () => {
  const { area, place, manager } = await anOpenReview()
  await writeReview(manager, place.incidentId)
  for (const [role, body] of [
    ['business-manager', (await anArea()).partnership],
    ['safeguarding-partner', area.authority],
    ['agency-author', area.partnership],
    ['scrutineer', area.partnership],
    ['approver', area.authority],
    ['secretariat', 'TN'],
    ['panel-chair', 'TN'],
  ] as const) {
    const outsider = await aPerson(role, body)
    const seen = await outsider.transaction(async tx => {
      const review = tx.selectFrom('rapid_review').select('incident_id')
      const group = tx.selectFrom('review_member').select('incident_id')
      const events = tx.selectFrom('event').select('incident_id').where('subject', '=', 'rapid-review-draft')
      return [
        ...(await review.where('incident_id', '=', place.incidentId).execute()),
        ...(await group.where('incident_id', '=', place.incidentId).execute()),
        ...(await events.where('incident_id', '=', place.incidentId).execute()),
      ]
    })
    assert.deepEqual(seen, [], role)
    await assert.rejects(
      saveSection(outsider, place.incidentId, 'learning', { body: { learning: 'Mine.' }, seenRevision: 99 }),
      { name: 'ServiceError' },
      role,
    )
  }
})

test('a business manager who is appointed later leads the review that is open already', async () => {
  const { area, place } = await anOpenReview()
  const later = await aPerson('business-manager', area.partnership)
  await writeReview(later, place.incidentId)
  const needing = await later.transaction(tx => reviewsNeeding(tx, later))
  assert.deepEqual(
    needing.map(({ incidentId }) => incidentId),
    [place.incidentId],
  )
})

for (const { role, of } of [
  { role: 'safeguarding-partner', of: 'police' },
  { role: 'agency-author', of: 'partnership' },
] as const) {
  test(`a ${role} added to the group sees and writes the review, lets in nobody, and sees nothing once removed`, async () => {
    const { area, place, manager } = await anOpenReview()
    const writer = await aPerson(role, area[of])
    const outsider = await aPerson('agency-author', area.partnership)
    await addToGroup(manager, place.incidentId, writer.personId)
    await saveSection(writer, place.incidentId, 'incident', { body: { incident: 'What we know.' }, seenRevision: 1 })
    assert.equal((await read(manager, place.incidentId))?.answers.incident, 'What we know.')
    assert.ok((await needs(writer)).some(({ incidentId }) => incidentId === place.incidentId))
    await assert.rejects(addToGroup(writer, place.incidentId, outsider.personId), { kind: 'not-allowed' })
    await assert.rejects(
      writer.transaction(tx => insertMember(tx, 'rapid', place, outsider.personId)),
      /row-level security/,
    )
    await writer.transaction(tx => deleteMember(tx, place, manager.personId))
    const group = await manager.transaction(tx => groupOf(tx, place, groupRoles))
    assert.deepEqual(group.map(({ personId }) => personId).toSorted(), [manager.personId, writer.personId].toSorted())

    await removeFromGroup(manager, place.incidentId, writer.personId)
    assert.equal(await read(writer, place.incidentId), undefined)
    assert.deepEqual(await needs(writer), [])
    await assert.rejects(
      saveSection(writer, place.incidentId, 'incident', { body: { incident: 'More.' }, seenRevision: 99 }),
      { kind: 'not-found' },
    )
  })
}

test('whoever is in the group sees the review in the appointment that belongs to its area, and in no other', async () => {
  const database = await testDatabase()
  const { area, place, manager } = await anOpenReview()
  const author = await aPerson('agency-author', area.partnership)
  await addToGroup(manager, place.incidentId, author.personId)
  const elsewhere = (await anArea()).partnership
  const appointed = await database.asOwner(client =>
    client.query<{ id: string }>(
      `insert into appointment (person_id, role, body_code, from_on) values ($1, 'agency-author', $2, '2018-06-29') returning id`,
      [author.personId, elsewhere],
    ),
  )
  assert.ok(await read(author, place.incidentId))
  const asOther = { person: author.personId, appointment: appointed.rows[0]!.id }
  assert.equal(await database.as(asOther, tx => readReview(tx, place.incidentId)), undefined)
})

for (const role of ['safeguarding-partner', 'agency-author'] as const) {
  test(`a ${role} of another area does not join the group`, async () => {
    const { place, manager } = await anOpenReview()
    const there = await anArea()
    const stranger = await aPerson(role, role === 'agency-author' ? there.partnership : there.police)
    await assert.rejects(addToGroup(manager, place.incidentId, stranger.personId), { kind: 'invalid' })
  })
}

test('a business manager who left the group still leads the review of their partnership', async () => {
  const { place, manager } = await anOpenReview()
  await removeFromGroup(manager, place.incidentId, manager.personId)
  assert.deepEqual(await manager.transaction(tx => groupOf(tx, place, groupRoles)), [])
  await writeReview(manager, place.incidentId)
  await askForSignatures(manager, place.incidentId)
})

// The embedded database does one transaction after the other: nobody can be in its way.
if (process.env['TEST_DATABASE_URL']) {
  test('whoever changes the group waits for whoever is changing the review', async () => {
    const database = await testDatabase()
    const { area, place, manager } = await anOpenReview()
    const other = await aPerson('business-manager', area.partnership)
    await addToGroup(manager, place.incidentId, other.personId)
    const inGroup = async () => (await manager.transaction(tx => groupOf(tx, place, groupRoles))).length
    const [locked, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const holding = database.asOwner(async client => {
      await client.query('begin')
      await client.query('select from rapid_review where incident_id = $1 for update', [place.incidentId])
      locked.resolve()
      await looked.promise
      await client.query('commit')
    })
    await locked.promise
    const removed = removeFromGroup(manager, place.incidentId, other.personId)
    await setTimeout(500)
    const meanwhile = await inGroup()
    looked.resolve()
    await Promise.all([holding, removed])
    assert.deepEqual([meanwhile, await inGroup()], [2, 1])
  })
}

test('nobody joins the group of a review that was sent, and whoever is in it can still be taken out', async () => {
  const { area, place, manager } = await aSignedReview()
  const author = await aPerson('agency-author', area.partnership)
  await addToGroup(manager, place.incidentId, author.personId)
  await sendRapidReview(manager, place.incidentId)
  const colleague = await aPerson('agency-author', area.partnership)
  await assert.rejects(addToGroup(manager, place.incidentId, colleague.personId), { kind: 'conflict' })
  await assert.rejects(
    manager.transaction(tx => insertMember(tx, 'rapid', place, colleague.personId)),
    /row-level security/,
  )
  await removeFromGroup(manager, place.incidentId, author.personId)
  const seen = await author.transaction(tx => tx.selectFrom('incident').select('incident_id').execute())
  assert.deepEqual(seen, [])
  assert.equal((await kindsOf(manager, place.incidentId)).at(-1), 'rapid-review.member-removed')
})

test('two people write two pages at the same time, and neither loses anything', async () => {
  const { area, place, manager } = await anOpenReview()
  const partner = await aPerson('safeguarding-partner', area.icb)
  await addToGroup(manager, place.incidentId, partner.personId)
  const seenRevision = (await read(manager, place.incidentId))!.revision
  await saveSection(manager, place.incidentId, 'incident', { body: { incident: 'One.' }, seenRevision })
  const other = await saveSection(partner, place.incidentId, 'actions', { body: { actions: 'Two.' }, seenRevision })
  assert.equal(other.conflict, false)
  const { answers } = (await read(manager, place.incidentId))!
  assert.deepEqual([answers.incident, answers.actions], ['One.', 'Two.'])
})

test('on the same page the later one is shown both texts, and nothing is overwritten', async () => {
  const { place, manager } = await anOpenReview()
  const seenRevision = (await read(manager, place.incidentId))!.revision
  await saveSection(manager, place.incidentId, 'incident', { body: { incident: 'One.' }, seenRevision })
  const late = await saveSection(manager, place.incidentId, 'incident', { body: { incident: 'Two.' }, seenRevision })
  assert.equal(late.conflict, true)
  assert.equal(late.typed['incident'], 'Two.')
  assert.equal(late.review.answers.incident, 'One.')
  assert.equal((await read(manager, place.incidentId))?.answers.incident, 'One.')
})

test('signatures are not asked for while an answer is missing', async () => {
  const { place, manager } = await anOpenReview()
  const { 'identity-and-inequality': _, ...others } = aCompleteReview()
  await writeReview(manager, place.incidentId, others)
  await assert.rejects(askForSignatures(manager, place.incidentId), (error: { fields?: { field: string }[] }) => {
    assert.deepEqual(
      error.fields?.map(({ field }) => field),
      ['identity-and-inequality'],
    )
    return true
  })
})

test('one list holds the reviews of every partnership that a force belongs to', async () => {
  const database = await testDatabase()
  const [north, south] = [await aReviewToSign(), await aReviewToSign()]
  const elsewhere = await aReviewToSign()
  await database.asOwner(client =>
    client.query(`insert into partnership_body (partnership_code, body_code, from_on) values ($1, $2, '2018-06-29')`, [
      south.area.partnership,
      north.area.police,
    ]),
  )
  const officer = await aPerson('safeguarding-partner', north.area.police)
  const listed = await officer.transaction(tx => reviewsToSign(tx, { partner: 'police', bodyCode: officer.bodyCode }))
  assert.deepEqual(
    listed.map(({ incidentId }) => incidentId).toSorted(),
    [north.place.incidentId, south.place.incidentId].toSorted(),
  )
  assert.equal(new Set(listed.map(({ partnershipName }) => partnershipName)).size, 2)
  assert.equal(await read(officer, elsewhere.place.incidentId), undefined)

  await signNow(officer, south.place.incidentId)
  const waiting = await needs(officer)
  assert.deepEqual(
    waiting.map(({ incidentId, href }) => ({ incidentId, href })),
    [{ incidentId: north.place.incidentId, href: `/signatures/${north.place.incidentId}` }],
  )
})

test('of two authorities in a partnership the one where the incident happened signs for both', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const neighbour = await aPerson('safeguarding-partner', await aSecondAuthority(area))
  const home = await aPerson('safeguarding-partner', area.authority)
  const listed = (acting: Acting) =>
    acting.transaction(tx => reviewsToSign(tx, { partner: 'authority', bodyCode: acting.bodyCode }))
  const hash = (await read(neighbour, incidentId))!.textHash!
  assert.deepEqual([await listed(neighbour), await needs(neighbour)], [[], []])
  const refused = { kind: 'not-allowed', message: /where the incident happened signs/ }
  await assert.rejects(signReview(neighbour, incidentId, { read: hash, confirmed: true }), refused)
  await assert.rejects(sendReviewBack(neighbour, incidentId, { read: hash, reason: 'A call is missing.' }), refused)
  assert.equal((await read(manager, incidentId))?.status, 'signing')

  assert.deepEqual([(await listed(home)).length, (await needs(home)).length], [1, 1])
  await signReview(home, incidentId, { read: hash, confirmed: true })
  assert.equal((await needs(home)).length, 0)
})

test('a signature of the other authority does not count', async () => {
  const database = await testDatabase()
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const neighbour = await aPerson('safeguarding-partner', await aSecondAuthority(area))
  for (const body of [area.icb, area.police]) await signNow(await aPerson('safeguarding-partner', body), incidentId)
  // Before 27 November 2026 the database took one.
  await database.asOwner(client =>
    client.query(
      `insert into review_signature (review_id, incident_id, authority_code, partnership_code, partner, body_code, person_id, text_hash, signed_at)
       select review_id, incident_id, authority_code, partnership_code, 'authority', $2, $3, text_hash, $4 from rapid_review where incident_id = $1`,
      [incidentId, neighbour.bodyCode, neighbour.personId, testClock.now()],
    ),
  )
  assert.deepEqual(
    (await needs(manager)).map(({ what }) => what),
    ['Rapid review: not signed yet by local authority'],
  )
  await assert.rejects(sendRapidReview(manager, incidentId), (error: { fields?: { field: string }[] }) => {
    assert.deepEqual(
      error.fields?.map(({ field }) => field),
      ['signature-authority'],
    )
    return true
  })
})

test('the database takes a signature, and a review back, from nobody but the body that signs that day', async () => {
  const database = await testDatabase()
  const { area, manager, place } = await aReviewToSign()
  const review = (await read(manager, place.incidentId))!
  const hash = review.textHash!
  const neighbour = await aSecondAuthority(area)
  const leaving = (await anArea()).police
  const belongs = (until: string) =>
    database.asOwner(async client => {
      await client.query('delete from partnership_body where partnership_code = $1 and body_code = $2', [
        area.partnership,
        leaving,
      ])
      await client.query(
        `insert into partnership_body (partnership_code, body_code, from_on, until_on) values ($1, $2, '2018-06-29', $3)`,
        [area.partnership, leaving, until],
      )
    })
  const sign = (who: Acting, partner: Partner, bodyCode: string) =>
    who.transaction(tx => insertSignature(tx, review, { partner, bodyCode, personId: who.personId, hash }))
  const giveBack = (who: Acting, partner: Partner) =>
    who.transaction(tx => insertSentBack(tx, review, { partner, personId: who.personId, hash, reason: 'A call.' }))
  const sendBack = (who: Acting) => who.transaction(tx => sendBackToDraft(tx, place))

  await belongs('2026-03-02')
  const partnerAt = (body: string) => aPerson('safeguarding-partner', body)
  const { authority, icb, police } = area
  const attempts: { body: string; partner: Partner; inNameOf?: string }[] = [
    { body: neighbour, partner: 'authority' },
    { body: neighbour, partner: 'authority', inNameOf: authority },
    { body: police, partner: 'authority', inNameOf: authority },
    { body: police, partner: 'icb' },
    { body: leaving, partner: 'police' },
  ]
  for (const { body, partner, inNameOf } of attempts) {
    const who = await partnerAt(body)
    const what = `${body} as ${partner} ${inNameOf ?? ''}`
    await assert.rejects(sign(who, partner, inNameOf ?? body), /row-level security/, what)
    await assert.rejects(giveBack(who, partner), /row-level security/, what)
  }
  await assert.rejects(sign(await partnerAt(police), 'police', leaving), /row-level security/, 'for another force')
  for (const body of [neighbour, leaving]) assert.equal(await sendBack(await partnerAt(body)), false, body)
  assert.equal((await read(manager, place.incidentId))?.status, 'signing')

  await belongs('2026-03-03')
  for (const [body, partner] of [
    [authority, 'authority'],
    [icb, 'icb'],
    [leaving, 'police'],
  ] as const) {
    const who = await partnerAt(body)
    assert.ok(await sign(who, partner, body), body)
    await giveBack(who, partner)
  }
  assert.equal(await sendBack(await partnerAt(authority)), true)
})

test('a partner signs once, with the text before them and the statement confirmed', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const partner = await aPerson('safeguarding-partner', area.icb)
  const hash = (await read(partner, incidentId))!.textHash!
  await assert.rejects(signReview(partner, incidentId, { read: hash, confirmed: false }), { kind: 'invalid' })
  await assert.rejects(signReview(partner, incidentId, { read: 'another text', confirmed: true }), { kind: 'conflict' })
  await assert.rejects(signReview(manager, incidentId, { read: hash, confirmed: true }), { kind: 'not-allowed' })
  await signReview(partner, incidentId, { read: hash, confirmed: true })
  const colleague = await aPerson('safeguarding-partner', area.icb)
  await assert.rejects(signReview(colleague, incidentId, { read: hash, confirmed: true }), { kind: 'conflict' })
})

test('the text stands still while it waits for signatures', async () => {
  const { place, manager } = await aReviewToSign()
  await assert.rejects(
    saveSection(manager, place.incidentId, 'learning', { body: { learning: 'Changed.' }, seenRevision: 999 }),
    { kind: 'conflict' },
  )
})

test('a change of the text after signing asks every partner again', async () => {
  const { place, manager, area } = await aSignedReview()
  await takeBack(manager, place.incidentId)
  await saveSection(manager, place.incidentId, 'actions', {
    body: { actions: 'Another action.' },
    seenRevision: Number.MAX_SAFE_INTEGER,
  })
  await askForSignatures(manager, place.incidentId)
  await assert.rejects(sendRapidReview(manager, place.incidentId), (error: { fields?: unknown[] }) => {
    assert.equal(error.fields?.length, 3)
    return true
  })
  const partner = await aPerson('safeguarding-partner', area.authority)
  assert.equal((await needs(partner)).length, 1)
})

test('taken back and not changed, the signatures still count', async () => {
  const { place, manager } = await aSignedReview()
  await takeBack(manager, place.incidentId)
  await askForSignatures(manager, place.incidentId)
  await sendRapidReview(manager, place.incidentId)
})

test('a partner outside the group sends the review back with a reason, and sees it no more', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const partner = await aPerson('safeguarding-partner', area.police)
  const hash = (await read(partner, incidentId))!.textHash!
  await assert.rejects(sendReviewBack(partner, incidentId, { read: hash, reason: '  ' }), { kind: 'invalid' })
  await sendReviewBack(partner, incidentId, { read: hash, reason: 'The call of 3 May is missing.' })
  assert.equal(await read(partner, incidentId), undefined)
  assert.equal((await read(manager, incidentId))?.status, 'draft')
  const back = await manager.transaction(tx => lastSentBack(tx, incidentId))
  assert.deepEqual([back?.reason, back?.by], ['The call of 3 May is missing.', partner.name])
  assert.match((await needs(manager)).find(need => need.incidentId === incidentId)!.what, /sent back/)
})

test('signatures are asked for, and after the review was a draft again asked for once more', async () => {
  const { place, manager } = await aReviewToSign()
  await takeBack(manager, place.incidentId)
  await askForSignatures(manager, place.incidentId)
  const asked = await manager.transaction(async tx =>
    (await readTimeline(tx, place.incidentId)).flatMap(event =>
      event.kind === 'rapid-review.signatures-asked' ? event.detail?.again : [],
    ),
  )
  assert.deepEqual(asked, [false, true])
})

test('a partner who signed and then sends the review back is asked again, though the text is the same', async () => {
  const { area, place, manager } = await aSignedReview()
  const { incidentId } = place
  const officer = await aPerson('safeguarding-partner', area.police)
  const hash = (await read(officer, incidentId))!.textHash!
  for (const reason of ['The call of 3 May is missing.', 'It still is.']) {
    await sendReviewBack(officer, incidentId, { read: hash, reason })
    await askForSignatures(manager, incidentId)
    assert.equal((await read(manager, incidentId))?.textHash, hash)
    assert.deepEqual(
      (await needs(manager)).map(({ what }) => what),
      ['Rapid review: not signed yet by police'],
    )
    await assert.rejects(sendRapidReview(manager, incidentId), (error: { fields?: { field: string }[] }) => {
      assert.deepEqual(
        error.fields?.map(({ field }) => field),
        ['signature-police'],
      )
      return true
    })
    assert.equal((await needs(officer)).length, 1)
    await signReview(officer, incidentId, { read: hash, confirmed: true })
    await assert.rejects(signReview(officer, incidentId, { read: hash, confirmed: true }), { kind: 'conflict' })
    assert.equal((await needs(officer)).length, 0)
  }
  await sendRapidReview(manager, incidentId)
  for (const reader of [manager, await aPerson('secretariat', 'TN')]) {
    const sent = await reader.transaction(tx => sentRapidReview(tx, incidentId))
    assert.deepEqual(
      sent?.signatures.map(({ partner, personName }) => [partner, personName === officer.name]),
      [
        ['authority', false],
        ['icb', false],
        ['police', true],
      ],
    )
  }
})

test('a review that its group took back itself is no longer one that was sent back', async t => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const officer = await aPerson('safeguarding-partner', area.police)
  const hash = (await read(officer, incidentId))!.textHash!
  await sendReviewBack(officer, incidentId, { read: hash, reason: 'The call of 3 May is missing.' })
  testClock.set('2026-03-02T11:00:00Z')
  t.after(() => testClock.set('2026-03-02T10:00:00Z'))
  await askForSignatures(manager, incidentId)
  await takeBack(manager, incidentId)
  assert.equal(await manager.transaction(tx => lastSentBack(tx, incidentId)), undefined)
  assert.match((await needs(manager)).find(need => need.incidentId === incidentId)!.what, /^Write/)
})

test('why it was sent back is read in its group and by who may sign, stays as it was given, and stands in no event', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const officer = await aPerson('safeguarding-partner', area.police)
  const hash = (await read(officer, incidentId))!.textHash!
  await sendReviewBack(officer, incidentId, { read: hash, reason: 'The call of 3 May is missing.' })
  const reasons = (acting: Acting) =>
    acting.transaction(async tx =>
      (await tx.selectFrom('review_sent_back').select('reason').where('incident_id', '=', incidentId).execute()).map(
        ({ reason }) => reason,
      ),
    )
  const scrutineer = await aPerson('scrutineer', area.partnership)
  const stranger = await aPerson('safeguarding-partner', (await anArea()).police)
  const told = ['The call of 3 May is missing.']
  assert.deepEqual(await reasons(manager), told)
  for (const outsider of [officer, scrutineer, stranger]) assert.deepEqual(await reasons(outsider), [])
  await askForSignatures(manager, incidentId)
  for (const reader of [manager, officer]) assert.deepEqual(await reasons(reader), told)
  for (const outsider of [scrutineer, stranger]) assert.deepEqual(await reasons(outsider), [])
  await assert.rejects(
    manager.transaction(tx =>
      tx.updateTable('review_sent_back').set({ reason: '' }).where('incident_id', '=', incidentId).execute(),
    ),
    /permission denied/,
  )
  const details = await manager.transaction(tx =>
    tx
      .selectFrom('event')
      .innerJoin('event_detail', 'event_detail.event_id', 'event.id')
      .select('event_detail.detail')
      .where('event.incident_id', '=', incidentId)
      .where('event.kind', '=', 'rapid-review.sent-back')
      .execute(),
  )
  assert.deepEqual(
    details.map(({ detail }) => detail),
    [{ partner: 'police', body: area.police }],
  )
})

test('nobody sends back in the name of another, nor a text that does not wait for signatures', async () => {
  const { area, place, manager } = await aReviewToSign()
  const officer = await aPerson('safeguarding-partner', area.police)
  const insertAs = (acting: Acting, personId: string) =>
    acting.transaction(tx =>
      tx
        .insertInto('review_sent_back')
        .values({
          ...columnsOfReview(place),
          partner: 'police',
          text_hash: '',
          person_id: personId,
          reason: 'Not this one.',
          sent_back_at: '2026-03-02T10:00:00Z',
        })
        .execute(),
    )
  await assert.rejects(insertAs(officer, manager.personId), /row-level security/)
  await assert.rejects(insertAs(manager, manager.personId), /row-level security/)
  await takeBack(manager, place.incidentId)
  await assert.rejects(insertAs(officer, officer.personId), /row-level security/)
})

test('a partner of another area can neither sign nor send back', async () => {
  const { place, manager } = await aReviewToSign()
  const stranger = await aPerson('safeguarding-partner', (await anArea()).police)
  const hash = (await read(manager, place.incidentId))!.textHash!
  await assert.rejects(signReview(stranger, place.incidentId, { read: hash, confirmed: true }), { kind: 'not-found' })
  const done = await stranger.transaction(tx =>
    tx
      .selectNoFrom(eb => eb.fn<boolean>('send_back_review', [eb.val(place.reviewId)]).as('done'))
      .executeTakeFirstOrThrow(),
  )
  assert.equal(done.done, false)
})

test('without the three signatures a review is not sent', async () => {
  const { area, place, manager } = await aReviewToSign()
  await signNow(await aPerson('safeguarding-partner', area.authority), place.incidentId)
  await signNow(await aPerson('safeguarding-partner', area.police), place.incidentId)
  await assert.rejects(sendRapidReview(manager, place.incidentId), (error: { fields?: { field: string }[] }) => {
    assert.deepEqual(
      error.fields?.map(({ field }) => field),
      ['signature-icb'],
    )
    return true
  })
  assert.equal((await read(manager, place.incidentId))?.status, 'signing')
})

test('what was sent is what was signed, seen by the Panel and by the area', async () => {
  const { area, place, manager } = await aSignedReview()
  assert.match((await needs(manager)).find(need => need.incidentId === place.incidentId)!.what, /all partners/)
  await sendRapidReview(manager, place.incidentId)
  for (const reader of [
    manager,
    await aPerson('secretariat', 'TN'),
    await aPerson('approver', area.authority),
    await aPerson('scrutineer', area.partnership),
  ]) {
    const sent = await reader.transaction(tx => sentRapidReview(tx, place.incidentId))
    assert.equal(sent?.hash, hashOfText(aCompleteReview()))
    assert.equal(sent?.hash, hashOfText(sent!.answers))
    assert.deepEqual(sent?.signatures.map(({ partner }) => partner).toSorted(), ['authority', 'icb', 'police'])
    assert.deepEqual(sent?.outcomes, ['NO_FURTHER_REVIEW'])
  }
  assert.equal(await (await aPerson('dfe', 'TN')).transaction(tx => sentRapidReview(tx, place.incidentId)), undefined)
  const detail = await manager.transaction(tx =>
    tx
      .selectFrom('event')
      .innerJoin('event_detail', 'event_detail.event_id', 'event.id')
      .select('event_detail.detail')
      .where('event.incident_id', '=', place.incidentId)
      .where('event.kind', '=', 'rapid-review.sent')
      .executeTakeFirstOrThrow(),
  )
  const { outcomes, onTime } = detail.detail as { outcomes: string[]; onTime: boolean }
  assert.deepEqual({ outcomes, onTime }, { outcomes: ['NO_FURTHER_REVIEW'], onTime: true })
})

test('the snapshot and the signatures cannot be changed or taken away, and the text cannot be written again', async () => {
  const { place, manager } = await aSignedReview()
  await sendRapidReview(manager, place.incidentId)
  for (const table of ['rapid_review_version', 'review_signature'] as const) {
    await assert.rejects(
      manager.transaction(tx => tx.deleteFrom(table).where('incident_id', '=', place.incidentId).execute()),
      /permission denied/,
    )
  }
  await assert.rejects(
    manager.transaction(tx =>
      tx
        .updateTable('rapid_review_version')
        .set({ answers: '{}' })
        .where('incident_id', '=', place.incidentId)
        .execute(),
    ),
    /permission denied/,
  )
  const changed = await manager.transaction(tx =>
    tx
      .updateTable('rapid_review')
      .set({ answers: '{}' })
      .where('incident_id', '=', place.incidentId)
      .executeTakeFirstOrThrow(),
  )
  assert.equal(changed.numUpdatedRows, 0n)
})

for (const { given, stored } of [
  { given: 'waiting-for-agency', stored: 'waiting-for-agency' },
  { given: undefined, stored: undefined },
]) {
  test(`a late review is sent with the reason ${given ?? 'left out'}`, async t => {
    const { place, manager } = await aSignedReview()
    testClock.set('2026-03-24T09:00:00Z')
    t.after(() => testClock.set('2026-03-02T10:00:00Z'))
    await sendRapidReview(manager, place.incidentId, { lateReason: given })
    assert.equal((await read(manager, place.incidentId))?.lateReason, stored)
  })
}

test('a late review is not sent with a reason that is none', async t => {
  const { place, manager } = await aSignedReview()
  testClock.set('2026-03-24T09:00:00Z')
  t.after(() => testClock.set('2026-03-02T10:00:00Z'))
  await assert.rejects(
    sendRapidReview(manager, place.incidentId, { lateReason: 'no such reason' }),
    (error: { fields?: { field: string }[] }) => {
      assert.deepEqual(
        error.fields?.map(({ field }) => field),
        ['lateReason'],
      )
      return true
    },
  )
  assert.equal((await read(manager, place.incidentId))?.status, 'signing')
})

test('on the last day a reason is not kept: the review is on time', async t => {
  const { place, manager } = await aSignedReview()
  testClock.set('2026-03-23T22:00:00Z')
  t.after(() => testClock.set('2026-03-02T10:00:00Z'))
  await sendRapidReview(manager, place.incidentId, { lateReason: 'missed' })
  assert.equal((await read(manager, place.incidentId))?.lateReason, undefined)
})

test('what needs a person comes in the order of the due day', async () => {
  const { area, place, manager } = await anOpenReview()
  const later = await aNotifiedIncident(area)
  const sooner = await aNotifiedIncident(area)
  const notifier = await aPerson('notifier', area.authority)
  for (const [other, clockStartsOn] of [
    [later, '2026-03-05'],
    [sooner, '2026-02-20'],
  ] as const) {
    await notifier.transaction(tx =>
      openRapidReview(tx, aSentNotification(other, { clockStartsOn: civilDate(clockStartsOn) })),
    )
  }
  assert.deepEqual(
    (await needs(manager)).map(({ incidentId }) => incidentId),
    [sooner.incidentId, place.incidentId, later.incidentId],
  )
  assert.deepEqual(await needs(notifier), [])
})

test('a text that waited for signatures is read by who may sign the next one, and by nobody in the draft', async () => {
  const { area, place, manager } = await aReviewToSign()
  const { incidentId } = place
  const before = (await read(manager, incidentId))!
  const officer = await aPerson('safeguarding-partner', area.police)
  const earlier = (who: Acting) => who.transaction(tx => earlierTextsOf(tx, place))
  await takeBack(manager, incidentId)
  assert.deepEqual([await earlier(manager), await earlier(officer)], [[], []])
  await saveSection(manager, incidentId, 'actions', { body: { actions: 'Another action.' }, seenRevision: 99 })
  await askForSignatures(manager, incidentId)
  const { answers, textHash } = before
  for (const reader of [manager, officer]) {
    assert.deepEqual(await earlier(reader), [{ text: answers, textHash, askedAt: testClock.now() }])
  }
  for (const [role, body] of [
    ['scrutineer', area.partnership],
    ['agency-author', area.partnership],
    ['secretariat', 'TN'],
    ['safeguarding-partner', (await anArea()).police],
  ] as const) {
    assert.deepEqual(await earlier(await aPerson(role, body)), [], role)
  }
})

const many = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `w${from + at}`).join(' ')
const changes: { name: string; before: string; after: string; words: ReturnType<typeof changedAnswers>[0]['words'] }[] =
  [
    {
      name: 'a word in a long text',
      before: `${many(1, 40)} old ${many(41, 80)}`,
      after: `${many(1, 40)} new ${many(41, 80)}`,
      words: {
        before: `… ${many(33, 40)} old ${many(41, 48)} …`,
        after: `… ${many(33, 40)} new ${many(41, 48)} …`,
      },
    },
    {
      name: 'a sentence taken out at the end',
      before: 'A visit was missed. Nobody asked.',
      after: 'A visit was missed.',
      words: { before: 'A visit was missed. Nobody asked.', after: 'A visit was missed.' },
    },
    {
      name: 'a long text in place of none',
      before: '',
      after: many(1, 100),
      words: { before: '', after: `${many(1, 30)} … ${many(71, 100)}` },
    },
    {
      name: 'a word said twice',
      before: 'A visit was missed.',
      after: 'A visit visit was missed.',
      words: { before: 'A visit was missed.', after: 'A visit visit was missed.' },
    },
    { name: 'a line break', before: 'One. Two.', after: 'One.\nTwo.', words: undefined },
  ]
for (const { name, before, after, words } of changes) {
  test(`what changed in short: ${name}`, () => {
    const { incident: _, ...others } = aCompleteReview()
    const of = (incident: string) => (incident ? { ...others, incident } : others)
    assert.deepEqual(changedAnswers(of(before), of(after)), [{ title: 'The incident', words }])
  })
}

test('the hash does not depend on the order of answers, nor on answers of a branch that was left', () => {
  const answers = aCompleteReview()
  const turned = Object.fromEntries(Object.entries(answers).reverse())
  assert.equal(hashOfText(turned), hashOfText(answers))
  assert.equal(hashOfText({ ...answers, missingContributions: 'kept in the draft' }), hashOfText(answers))
  assert.notEqual(hashOfText({ ...answers, learning: 'Other.' }), hashOfText(answers))
})
