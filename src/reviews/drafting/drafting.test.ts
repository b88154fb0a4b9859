import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { diskFileStore } from '../../platform/files/index.ts'
import { anArea, aPerson, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { checkText, decideAbout, documentsOf } from '../../documents/index.ts'
import { columnsOfReview } from '../review.ts'
import { insertSignature, signaturesOf } from '../signing/store.ts'
import { askForAccuracy, answerForAccuracy, peopleToAsk, settleAccuracy } from './accuracy.ts'
import { civilDate } from '../../platform/dates.ts'
import { versionToCheck } from '../local/recognised.ts'
import { changeStage } from '../local/stages/change-stage.ts'
import { stageRecordsOf } from '../local/stages/store.ts'
import { aLocalReview, firstText, writeVersion } from './builders.ts'
import { answerComment, comment, resolveComment } from './comment.ts'
import { named, paragraphsIn, textFrom } from './draft.ts'
import { draftsNeeding } from './drafts-needing.ts'
import { lastVersionIn, seenReport } from './open-draft.ts'
import { saveVersion, saveVersionFromFile } from './save-version.ts'
import { askForSignOff, sendReportBack, signReport, takeReportBack } from './sign-off.ts'
import { accuracyOf, commentsOf, signedReport } from './store.ts'

const report = (acting: Acting, incidentId: string) => acting.transaction(tx => seenReport(tx, incidentId))
const signNow = async (acting: Acting, incidentId: string) => {
  const { draft } = await report(acting, incidentId)
  await signReport(acting, incidentId, { read: draft?.textHash ?? '', confirmed: true })
}

test('a text written in a form is read as paragraphs, and written the same again', () => {
  const paragraphs = paragraphsIn('# One\nText under it,\nin two lines.\n\n\n  \nNext.\r\n\r\n## Two\n\nEnd.')
  assert.deepEqual(paragraphs, [
    { role: 'heading', text: 'One' },
    { role: 'text', text: 'Text under it,\nin two lines.' },
    { role: 'text', text: 'Next.' },
    { role: 'heading', text: 'Two' },
    { role: 'text', text: 'End.' },
  ])
  assert.deepEqual(paragraphsIn(textFrom(named([], paragraphs))), paragraphs)
})

test('a paragraph that was taken out and comes back word for word has its name again; a new one never has that of another', () => {
  const first = named([], paragraphsIn('A first one.\n\nA second paragraph.'))
  const second = named([{ paragraphs: first }], paragraphsIn('A first one.\n\nSomething new here.'))
  const third = named(
    [{ paragraphs: first }, { paragraphs: second }],
    paragraphsIn('A first one.\n\nA second paragraph.\n\nEven later words.'),
  )
  assert.deepEqual(
    [first, second, third].map(version => version.map(({ id }) => id)),
    [
      ['p1', 'p2'],
      ['p1', 'p3'],
      ['p1', 'p2', 'p4'],
    ],
  )
})

test('a paragraph keeps its name over versions, and a version stands', async () => {
  const area = await anArea()
  const { place, manager, reviewer } = await aLocalReview(area)
  const { incidentId } = place
  await writeVersion(reviewer, incidentId)
  await writeVersion(
    manager,
    incidentId,
    firstText.replace('three times', 'four times').replace('# What we', '# All we'),
  )
  const { versions } = await report(reviewer, incidentId)
  assert.deepEqual(
    versions.map(({ version, paragraphs }) => [version, paragraphs.map(({ id }) => id).join(' ')]),
    [
      [1, 'p1 p2 p3 p4 p5'],
      [2, 'p1 p2 p3 p4 p5'],
    ],
  )
  assert.notEqual(versions[0]!.hash, versions[1]!.hash)
  await assert.rejects(
    reviewer.transaction(tx =>
      tx.updateTable('draft_version').set({ note: 'Other.' }).where('incident_id', '=', incidentId).execute(),
    ),
    /permission denied/,
  )
})

test('of two who write at once the second is told, and nothing is lost', async () => {
  const { place, manager, reviewer } = await aLocalReview(await anArea())
  await writeVersion(reviewer, place.incidentId)
  await assert.rejects(saveVersion(manager, place.incidentId, { text: 'Another text.', note: '', seenVersion: 0 }), {
    kind: 'conflict',
  })
  assert.equal((await report(manager, place.incidentId)).versions.length, 1)
  for (const text of ['', ' \n\n ']) {
    await assert.rejects(saveVersion(manager, place.incidentId, { text, note: '', seenVersion: 1 }), {
      kind: 'invalid',
    })
  }
})

test('the draft is seen by its group and its partnership, and by nobody else: the Panel neither', async () => {
  const area = await anArea()
  const { place, reviewer } = await aLocalReview(area)
  const { incidentId } = place
  await writeVersion(reviewer, incidentId)
  await comment(reviewer, incidentId, { version: 1, paragraphId: 'p2', text: 'When?' })
  for (const [role, body] of [
    ['safeguarding-partner', area.icb],
    ['scrutineer', area.partnership],
  ] as const) {
    assert.equal((await report(await aPerson(role, body), incidentId)).versions.length, 1, role)
  }
  for (const [role, body] of [
    ['secretariat', 'TN'],
    ['panel-chair', 'TN'],
    ['reviewer', area.partnership],
    ['agency-author', area.partnership],
    ['notifier', area.authority],
    ['business-manager', (await anArea()).partnership],
  ] as const) {
    const who = await aPerson(role, body)
    await assert.rejects(report(who, incidentId), { kind: 'not-found' }, role)
    const seen = await who.transaction(async tx => [
      ...(await tx.selectFrom('draft').select('review_id').where('incident_id', '=', incidentId).execute()),
      ...(await tx.selectFrom('draft_version').select('version').where('incident_id', '=', incidentId).execute()),
      ...(await tx.selectFrom('draft_comment').select('text').where('incident_id', '=', incidentId).execute()),
    ])
    assert.deepEqual(seen, [], role)
  }
})

test('the Panel reads the version that was sent ahead, and no other', async () => {
  const { place, reviewer } = await aLocalReview(await anArea())
  const { incidentId, reviewId } = place
  await writeVersion(reviewer, incidentId)
  await writeVersion(reviewer, incidentId, `${firstText}\n\nLater words.`)
  const database = await testDatabase()
  await database.asOwner(async client => {
    await client.query(`update local_review set sent_ahead_on = '2026-03-01' where review_id = $1`, [reviewId])
    await client.query(
      `insert into local_review_sending (review_id, incident_id, authority_code, partnership_code, what, sent_to, sent_on, version, recorded_at)
       select review_id, incident_id, authority_code, partnership_code, 'report', '{panel}', '2026-03-01', 1, now()
       from review where review_id = $1`,
      [reviewId],
    )
  })
  const secretariat = await aPerson('secretariat', 'TN')
  const { versions, draft } = await report(secretariat, incidentId)
  assert.deepEqual([versions.map(({ version }) => version), draft], [[1], undefined])
})

test('a file becomes a version: its headings, its paragraphs, and not its headers', async () => {
  const { place, manager } = await aLocalReview(await anArea())
  const files = diskFileStore(mkdtempSync(join(tmpdir(), 'weathervane-drafting-')))
  const upload = {
    name: 'report.txt',
    bytes: new TextEncoder().encode('A first paragraph.\n\nA second paragraph.\n'),
  }
  await saveVersionFromFile(manager, files, place.incidentId, {
    upload,
    changes: 'accepted',
    note: 'Read',
    seenVersion: 0,
  })
  const { versions } = await report(manager, place.incidentId)
  assert.deepEqual(
    versions[0]?.paragraphs.map(({ text }) => text),
    ['A first paragraph.', 'A second paragraph.'],
  )
  const [document] = await manager.transaction(tx => documentsOf(tx, place.reviewId))
  assert.equal(document?.id, versions[0]?.documentId)
  assert.equal(document?.subject, 'local-review')
})

test('a comment stays with its paragraph when it changes and when it goes; it is answered and settled', async () => {
  const area = await anArea()
  const { place, manager, reviewer } = await aLocalReview(area)
  const { incidentId } = place
  await writeVersion(reviewer, incidentId)
  const partner = await aPerson('safeguarding-partner', area.police)
  const id = await comment(partner, incidentId, { version: 1, paragraphId: 'p3', text: 'It was two nights.' })
  await answerComment(reviewer, incidentId, id, 'Which?')
  await writeVersion(reviewer, incidentId, firstText.replace('on one night', 'on two nights'))
  await writeVersion(reviewer, incidentId, firstText.replace(/The police.*\n\n/, ''))
  const found = await manager.transaction(tx => commentsOf(tx, place))
  assert.deepEqual(
    found.map(({ paragraphId, version, text, answersId }) => [paragraphId, version, text, answersId]),
    [
      ['p3', 1, 'It was two nights.', undefined],
      ['p3', 1, 'Which?', id],
    ],
  )
  await assert.rejects(resolveComment(partner, incidentId, id), { kind: 'not-allowed' })
  await resolveComment(manager, incidentId, id)
  const [settled] = await manager.transaction(tx => commentsOf(tx, place))
  assert.ok(settled?.resolvedAt && settled.resolvedBy)
  await assert.rejects(comment(partner, incidentId, { version: 3, paragraphId: 'p3', text: 'Gone?' }), {
    kind: 'invalid',
  })
  await assert.rejects(comment(partner, incidentId, { version: 3, paragraphId: 'p1', text: ' ' }), { kind: 'invalid' })
})

test('a comment is put to the author once a day, an answer to whoever is in the talk, and to nobody who has left', async () => {
  const area = await anArea()
  const { place, reviewer } = await aLocalReview(area)
  const { incidentId } = place
  await writeVersion(reviewer, incidentId)
  const partner = await aPerson('safeguarding-partner', area.police)
  const scrutineer = await aPerson('scrutineer', area.partnership)
  const told = () => lastTold(incidentId, 'draft.commented')
  const id = await comment(partner, incidentId, { version: 1, paragraphId: 'p3', text: 'It was two nights.' })
  assert.deepEqual(await told(), [reviewer.personId])
  await comment(partner, incidentId, { version: 1, paragraphId: 'p2', text: 'Who came?' })
  assert.deepEqual(await told(), [])
  await answerComment(reviewer, incidentId, id, 'Which?')
  assert.deepEqual(await told(), [partner.personId])
  await answerComment(scrutineer, incidentId, id, 'The log has both.')
  assert.deepEqual((await told()).toSorted(), [partner.personId, reviewer.personId].toSorted())

  const database = await testDatabase()
  await database.asOwner(client => client.query('delete from review_member where person_id = $1', [reviewer.personId]))
  testClock.set('2026-03-03T10:00:00Z')
  await comment(partner, incidentId, { version: 1, paragraphId: 'p3', text: 'Still not right.' })
  assert.deepEqual(await told(), [])
  testClock.set('2026-03-02T10:00:00Z')
})

/** Ids of the people to write to, of the last event of this kind. */
async function lastTold(incidentId: string, kind: string): Promise<string[]> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows } = await client.query<{ tell: string[] }>(
      `select event_detail.detail -> 'tell' as tell from event join event_detail on event_detail.event_id = event.id
       where event.incident_id = $1 and event.kind = $2 order by event.id desc limit 1`,
      [incidentId, kind],
    )
    return rows[0]!.tell
  })
}

test('named people say whether the facts are right; the manager sees who has not answered', async () => {
  const area = await anArea()
  const { place, manager, reviewer } = await aLocalReview(area)
  const { incidentId } = place
  await writeVersion(reviewer, incidentId)
  const officer = await aPerson('safeguarding-partner', area.police)
  const scrutineer = await aPerson('scrutineer', area.partnership)
  const people = await manager.transaction(tx => peopleToAsk(tx, place))
  assert.ok([officer, reviewer].every(who => people.some(({ personId }) => personId === who.personId)))
  for (const wrong of [
    { personIds: [], names: '', answerBy: '2026-03-20' },
    { personIds: [officer.personId], names: '', answerBy: '2026-03-01' },
    { personIds: [officer.personId], names: '', answerBy: undefined },
    { personIds: [(await aPerson('secretariat', 'TN')).personId], names: '', answerBy: '2026-03-20' },
  ]) {
    await assert.rejects(askForAccuracy(manager, incidentId, wrong), { kind: 'invalid' }, JSON.stringify(wrong))
  }
  const asked = await askForAccuracy(manager, incidentId, {
    personIds: [officer.personId],
    names: 'Test Practitioner\nTest Practitioner\n',
    answerBy: '2026-03-20',
  })
  assert.equal(asked, 2)
  assert.equal((await needs(officer))[0]?.what, 'Say whether the facts in the report are right')
  assert.deepEqual(await needs(scrutineer), [])

  const [mine, theirs] = await asSeen(manager, place, officer.personId)
  const wrong = { accurate: 'no', text: '', source: '', came: '' }
  await assert.rejects(answerForAccuracy(officer, incidentId, mine!.id, wrong), (error: { fields?: unknown[] }) => {
    assert.equal(error.fields?.length, 2)
    return true
  })
  await assert.rejects(answerForAccuracy(officer, incidentId, theirs!.id, { ...wrong, accurate: 'yes' }), {
    kind: 'not-allowed',
  })
  const said = { accurate: 'no', text: 'Two nights.', source: 'Police log, 3 and 9 May', came: '' }
  await answerForAccuracy(officer, incidentId, mine!.id, said)
  assert.deepEqual(await needs(officer), [])
  await assert.rejects(
    answerForAccuracy(manager, incidentId, theirs!.id, { ...wrong, accurate: 'yes', came: 'account' }),
    {
      kind: 'invalid',
    },
  )
  testClock.set('2026-03-23T10:00:00Z')
  assert.match((await needs(manager)).map(({ what }) => what).join(), /1 person has not said whether the facts/)
  await answerForAccuracy(manager, incidentId, theirs!.id, { ...wrong, accurate: 'yes', came: 'letter' })
  assert.deepEqual(await lastTold(incidentId, 'draft.accuracy-asked'), [officer.personId])
  const answers = (await asSeen(manager, place, officer.personId)).map(({ answer }) => [answer?.accurate, answer?.came])
  assert.deepEqual(answers, [
    [false, 'account'],
    [true, 'letter'],
  ])
  testClock.set('2026-03-02T10:00:00Z')
})

test('nobody is asked to sign over a dispute, or before everybody has answered without a reason', async () => {
  const { place, manager, reviewer } = await aLocalReview(await anArea())
  const { incidentId } = place
  await writeVersion(reviewer, incidentId)
  await askForAccuracy(manager, incidentId, {
    personIds: [],
    names: 'Test Teacher\nTest Nurse',
    answerBy: '2026-03-20',
  })
  const asked = await manager.transaction(tx => accuracyOf(tx, place))
  const [nurse, teacher] = asked as [(typeof asked)[0], (typeof asked)[0]]
  const said = { accurate: 'no', text: 'It was in May.', source: 'School log', came: 'letter' }
  await answerForAccuracy(manager, incidentId, teacher.id, said)

  await assert.rejects(askForSignOff(manager, incidentId, 'The court waits.'), {
    kind: 'conflict',
    message: /Test Teacher/,
  })
  assert.match((await needs(manager)).map(({ what }) => what).join(), /say what becomes of it/)
  await assert.rejects(settleAccuracy(manager, incidentId, teacher.id, { outcome: 'gone', why: ' ' }), {
    fields: [
      { field: 'outcome', text: 'Select what became of it' },
      { field: 'why', text: 'Enter what was changed, or why it stays' },
    ],
  })
  await assert.rejects(settleAccuracy(manager, incidentId, nurse.id, { outcome: 'stays', why: 'Checked.' }), {
    kind: 'conflict',
  })
  await settleAccuracy(manager, incidentId, teacher.id, { outcome: 'stays', why: 'The log of the police says April.' })
  await assert.rejects(settleAccuracy(manager, incidentId, teacher.id, { outcome: 'changed', why: 'Another.' }), {
    kind: 'conflict',
  })
  assert.doesNotMatch((await needs(manager)).map(({ what }) => what).join(), /say what becomes of it/)

  await assert.rejects(askForSignOff(manager, incidentId, ' '), { kind: 'invalid' })
  await askForSignOff(manager, incidentId, 'The court waits.')
  assert.equal((await report(manager, incidentId)).draft?.askedAlthough, 'The court waits.')
})

test('by whom somebody could be recognised is decided before the partners are asked to sign', async () => {
  const { place, manager, reviewer } = await aLocalReview(await anArea())
  const { incidentId } = place
  await saveVersion(reviewer, incidentId, { text: 'On 3 May 2025 nobody answered.', note: '', seenVersion: 0 })
  await assert.rejects(askForSignOff(manager, incidentId), { kind: 'conflict', message: /could be recognised/ })
  const read = async (tx: Tx) => {
    const opened = await seenReport(tx, incidentId)
    return versionToCheck(tx, opened.review, lastVersionIn(opened))
  }
  const open = await manager.transaction(async tx => checkText(tx, await read(tx)))
  const posted = Object.fromEntries(open.map(({ key }) => [`decision-${key}`, 'not-identifying']))
  await decideAbout(reviewer, read, posted)
  await askForSignOff(manager, incidentId)
})

const needs = (acting: Acting) => acting.transaction(tx => draftsNeeding(tx, acting))
const asSeen = async (acting: Acting, place: Parameters<typeof accuracyOf>[1], personId: string) => {
  const asked = await acting.transaction(tx => accuracyOf(tx, place))
  return asked.toSorted((one, other) => Number(other.accountId === personId) - Number(one.accountId === personId))
}

test('three partners sign the last version; with the third it is signed off and kept as it was signed', async () => {
  const area = await anArea()
  const { place, manager, reviewer } = await aLocalReview(area)
  const { incidentId } = place
  await assert.rejects(askForSignOff(manager, incidentId), { kind: 'conflict' })
  await writeVersion(reviewer, incidentId)
  await assert.rejects(askForSignOff(reviewer, incidentId), { kind: 'not-allowed' })
  await askForSignOff(manager, incidentId)
  await assert.rejects(writeVersion(reviewer, incidentId), { kind: 'conflict' })
  const signers = await Promise.all(
    [area.authority, area.icb, area.police].map(body => aPerson('safeguarding-partner', body)),
  )
  const [authority, icb, police] = signers as [Acting, Acting, Acting]
  assert.match((await needs(police))[0]!.what, /^Sign the report/)
  await signNow(authority, incidentId)
  await signNow(icb, incidentId)
  await assert.rejects(signNow(icb, incidentId), { kind: 'conflict' })
  assert.equal((await report(manager, incidentId)).draft?.status, 'signing')
  const { textHash } = (await report(police, incidentId)).draft!
  await sendReportBack(police, incidentId, { read: textHash!, reason: 'A call is missing.' })
  assert.match((await needs(manager))[0]!.what, /sent back/)
  await writeVersion(reviewer, incidentId, firstText.replace('one night', 'two nights'))
  await askForSignOff(manager, incidentId)
  for (const signer of signers) {
    assert.equal((await report(manager, incidentId)).draft?.status, 'signing')
    await signNow(signer, incidentId)
  }
  const { draft, ...signed } = await report(manager, incidentId)
  assert.equal(draft?.status, 'signed')
  const kept = await manager.transaction(tx => signedReport(tx, place))
  const last = lastVersionIn({ ...signed, draft })
  assert.deepEqual([kept?.version, kept?.paragraphs, kept?.hash], [2, last.paragraphs, last.hash])
  const signedOff = async () => {
    const stages = await manager.transaction(tx => stageRecordsOf(tx, place.reviewId))
    return stages.filter(({ stage }) => stage === 'signed-off').map(({ closedOn }) => closedOn)
  }
  assert.deepEqual(await signedOff(), ['2026-03-02'])

  await takeReportBack(manager, incidentId)
  assert.deepEqual(await signedOff(), [undefined])
  await assert.rejects(askForSignOff(manager, incidentId), { kind: 'conflict', message: /signed already/ })
  await writeVersion(reviewer, incidentId, firstText.replace('one night', 'two nights'))
  await askForSignOff(manager, incidentId)
  assert.equal((await report(manager, incidentId)).draft?.status, 'signing')
  assert.equal((await manager.transaction(tx => signedReport(tx, place)))?.version, 2)
  for (const signer of signers) {
    assert.deepEqual(await signedOff(), [undefined])
    await signNow(signer, incidentId)
  }
  assert.deepEqual(await signedOff(), ['2026-03-02'])
})

test('a stage that somebody closed by hand is open again once the text changes', async () => {
  const area = await anArea()
  const { place, manager, reviewer } = await aLocalReview(area)
  await writeVersion(reviewer, place.incidentId)
  const on = civilDate('2026-03-02')
  await changeStage(manager, place.incidentId, 'signed-off', { openedOn: on, closedOn: on })
  await writeVersion(reviewer, place.incidentId, firstText.replace('one night', 'two nights'))
  const stages = await manager.transaction(tx => stageRecordsOf(tx, place.reviewId))
  assert.deepEqual(
    stages.filter(({ stage }) => stage === 'signed-off').map(({ openedOn, closedOn }) => [openedOn, closedOn]),
    [['2026-03-02', undefined]],
  )
})

test('whatever query reaches the database: no text is signed that is no version, nor signed off by fewer than three', async () => {
  const area = await anArea()
  const { place, manager, reviewer } = await aLocalReview(area)
  const { incidentId, reviewId } = place
  await writeVersion(reviewer, incidentId)
  const { hash } = (await report(manager, incidentId)).versions[0]!
  const change = (acting: Acting, set: { status?: string; version?: number; text_hash?: string; text?: string }) =>
    acting.transaction(tx => tx.updateTable('draft').set(set).where('review_id', '=', reviewId).execute())
  const other = JSON.stringify([{ id: 'p1', role: 'text', text: 'Nobody read this.' }])
  await assert.rejects(change(manager, { status: 'signing', version: 1, text_hash: hash, text: other }), /a version/)
  await assert.rejects(change(manager, { status: 'signed' }), /waits for signatures|row-level/)
  await change(reviewer, { status: 'signing', version: 1, text_hash: hash })
  assert.equal((await report(manager, incidentId)).draft?.status, 'draft')
  await askForSignOff(manager, incidentId)
  await assert.rejects(change(manager, { status: 'signed' }), /three partners|row-level/)
  await assert.rejects(change(manager, { text: other }), /stands still/)
  const police = await aPerson('safeguarding-partner', area.police)
  await assert.rejects(
    police.transaction(tx =>
      insertSignature(tx, place, { partner: 'icb', bodyCode: area.icb, personId: police.personId, hash }),
    ),
    /row-level security/,
  )
  for (const wrong of [{ text_hash: 'another text' }, { person_id: manager.personId }]) {
    await assert.rejects(
      police.transaction(tx =>
        tx
          .insertInto('review_signature')
          .values({
            ...columnsOfReview(place),
            partner: 'police',
            body_code: area.police,
            person_id: police.personId,
            text_hash: hash,
            signed_at: contextOf(tx).now,
            ...wrong,
          })
          .execute(),
      ),
      /row-level security/,
    )
  }
  assert.deepEqual(await manager.transaction(tx => signaturesOf(tx, place)), [])
  await assert.rejects(
    manager.transaction(tx =>
      tx
        .insertInto('draft_signed')
        .values({ ...columnsOfReview(place), version: 1, text: '[]', hash, signed_at: contextOf(tx).now })
        .execute(),
    ),
    /permission denied/,
  )
})

test('being in the group of the rapid review opens nothing of the report', async () => {
  const area = await anArea()
  const { place, reviewer } = await aLocalReview(area)
  await writeVersion(reviewer, place.incidentId)
  const author = await aPerson('agency-author', area.partnership)
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query(
      `with rapid as (
         insert into review (kind, incident_id, authority_code, partnership_code) values ('rapid', $1, $2, $3) returning *)
       insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
       select review_id, kind, incident_id, authority_code, partnership_code, $4, now() from rapid`,
      [place.incidentId, area.authority, area.partnership, author.personId],
    ),
  )
  await assert.rejects(report(author, place.incidentId), { kind: 'not-found' })
})
