import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../platform/acting.ts'
import { ServiceError } from '../platform/errors.ts'
import { readIncident } from '../notifications/index.ts'
import { columnsOfReview, sentRapidReview } from '../reviews/index.ts'
import { aPerson, testDatabase } from '../platform/testing/test-database.ts'
import { allocateReview, membersToOffer } from './allocate-review.ts'
import { anAllocatedReview, aReading, aSentLetter, type Scene, writeLetter, rapid } from './builders.ts'
import { declareConflict } from './declare-conflict.ts'
import { earlierPoints, listOpenPoints } from './letter/point-lists.ts'
import { readLetter } from './letter/store.ts'
import { panelNeeding } from './needing.ts'
import { saveReading } from './save-reading.ts'
import { sayLetterReady } from './letter/say-letter-ready.ts'
import { sendLetter } from './letter/send-letter.ts'
import { conflictsOf, readConsideration } from './store.ts'
import { listWork } from './worklist.ts'

const tables = [
  'consideration',
  'allocation',
  'reading',
  'letter',
  'letter_point',
  'point_reply',
  'incident',
  'notification',
  'child',
  'rapid_review',
  'rapid_review_version',
  'event',
] as const

const firstPage = <Key extends string>(key: Key) => ({ sort: { key, direction: 'descending' }, page: 1 }) as const

/** Every way in which somebody could still notice a record: the name of each that shows it. */
async function waysToSee(acting: Acting, { incidentId, partnershipCode }: Scene): Promise<string[]> {
  const asked: Record<string, () => Promise<boolean>> = {
    page: () => acting.transaction(async tx => (await readConsideration(tx, rapid(incidentId))) !== undefined),
    incident: () => acting.transaction(async tx => (await readIncident(tx, incidentId)) !== undefined),
    review: () => acting.transaction(async tx => (await sentRapidReview(tx, incidentId)) !== undefined),
    letter: () => acting.transaction(async tx => (await readLetter(tx, rapid(incidentId))) !== undefined),
    home: () =>
      acting.transaction(async tx => (await panelNeeding(tx, acting)).some(one => one.incidentId === incidentId)),
    worklist: () =>
      acting.transaction(async tx => {
        const { rows } = await listWork(tx, firstPage('received'), {})
        return rows.some(row => row.incidentId === incidentId)
      }),
    points: () =>
      acting.transaction(async tx =>
        (await listOpenPoints(tx, firstPage('sent'), {})).rows.some(point => point.incidentId === incidentId),
      ),
    'earlier points': () =>
      acting.transaction(async tx =>
        (
          await earlierPoints(tx, { partnershipCode, exceptReviewId: '00000000-0000-0000-0000-000000000000' })
        ).points.some(point => point.incidentId === incidentId),
      ),
  }
  for (const table of tables) {
    asked[`table ${table}`] = () =>
      acting.transaction(async tx => {
        const rows = await tx.selectFrom(table).select('incident_id').where('incident_id', '=', incidentId).execute()
        return rows.length > 0
      })
  }
  const seen: string[] = []
  for (const [way, ask] of Object.entries(asked)) if (await ask()) seen.push(way)
  return seen
}

async function total(acting: Acting): Promise<number> {
  return acting.transaction(async tx => (await listWork(tx, firstPage('due'), {})).total)
}

const reaches = [
  { reach: 'one review', of: ({ incidentId }: Scene) => ({ ...rapid(incidentId), reaches: 'incident' }) },
  {
    reach: 'the authority of a review',
    of: ({ incidentId }: Scene) => ({ ...rapid(incidentId), reaches: 'authority' }),
  },
  { reach: 'an authority', of: ({ authorityCode }: Scene) => ({ authorityCode }) },
]
for (const { reach, of } of reaches) {
  for (const role of ['member', 'chair', 'secretariat'] as const) {
    test(`a conflict with ${reach} takes everything of it from the ${role}, and the count too`, async () => {
      const scene = await aSentLetter([{ text: 'How?', replyBy: '2026-03-10' }])
      const acting = scene[role]
      const before = await total(acting)
      const seen = await waysToSee(acting, scene)
      for (const way of [
        'page',
        'incident',
        'review',
        'letter',
        'worklist',
        'points',
        'earlier points',
        'table event',
      ]) {
        assert.ok(seen.includes(way), `${way} shows the record before`)
      }

      await declareConflict(acting, of(scene), 'worked-there')

      assert.deepEqual(await waysToSee(acting, scene), [])
      assert.equal(await total(acting), before - 1)
      assert.equal((await acting.transaction(tx => conflictsOf(tx, acting.personId))).length, 1)
    })
  }
}

test('a conflict gives the review back, to be given to somebody else', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, secretariat } = scene
  await declareConflict(member, { ...rapid(incidentId), reaches: 'incident' }, 'personal-tie')

  const consideration = (await secretariat.transaction(tx => readConsideration(tx, rapid(incidentId))))!
  assert.equal(consideration.status, 'received')
  const { ofRegion, others } = await secretariat.transaction(tx => membersToOffer(tx, consideration))
  assert.ok(![...ofRegion, ...others].some(one => one.personId === member.personId))
  await assert.rejects(
    allocateReview(secretariat, rapid(incidentId), member.personId),
    (error: unknown) => error instanceof ServiceError && /has declared a conflict/.test(error.message),
  )
})

test('with another member who has the review, the work goes on where it was', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, secretariat, area } = scene
  await allocateReview(secretariat, rapid(incidentId), (await aPerson('panel-member', area.region)).personId)
  await declareConflict(member, { ...rapid(incidentId), reaches: 'incident' }, 'took-part')
  const consideration = await secretariat.transaction(tx => readConsideration(tx, rapid(incidentId)))
  assert.equal(consideration?.status, 'allocated')
})

test('a conflict with an authority that is declared beforehand keeps its reviews away', async () => {
  const first = await anAllocatedReview()
  const newcomer = await aPerson('panel-member', first.area.region)
  await declareConflict(newcomer, { authorityCode: first.authorityCode }, 'paid-work')
  await declareConflict(newcomer, { authorityCode: first.authorityCode }, 'paid-work')
  assert.equal((await newcomer.transaction(tx => conflictsOf(tx, newcomer.personId))).length, 1)
  // Even were the review given to them past all checks, they would not see it.
  await first.secretariat.transaction(tx =>
    tx
      .insertInto('allocation')
      .values({
        ...columnsOfReview(first),
        person_id: newcomer.personId,
        allocated_by: first.secretariat.personId,
        allocated_at: new Date(),
      })
      .execute(),
  )
  assert.deepEqual(await waysToSee(newcomer, first), [])
})

test('nobody else loses anything by a conflict', async () => {
  const scene = await aSentLetter()
  await declareConflict(scene.member, { ...rapid(scene.incidentId), reaches: 'incident' }, 'other')
  for (const acting of [scene.secretariat, scene.chair]) {
    assert.ok((await waysToSee(acting, scene)).includes('page'), acting.role)
  }
  assert.ok((await waysToSee(scene.manager, scene)).includes('letter'))
})

test('that and why a member has a conflict is not read by another member who has the same review', async () => {
  const scene = await anAllocatedReview()
  const colleague = await aPerson('panel-member', scene.area.region)
  await allocateReview(scene.secretariat, rapid(scene.incidentId), colleague.personId)
  await declareConflict(scene.member, { ...rapid(scene.incidentId), reaches: 'incident' }, 'personal-tie')
  const declared = (acting: Acting) =>
    acting.transaction(tx =>
      tx
        .selectFrom('event')
        .innerJoin('event_detail', 'event_detail.event_id', 'event.id')
        .select('event_detail.detail')
        .where('event.kind', '=', 'panel.conflict-declared')
        .where('event.incident_id', '=', scene.incidentId)
        .execute(),
    )
  assert.deepEqual(await declared(colleague), [])
  for (const acting of [scene.secretariat, scene.chair]) assert.deepEqual(await declared(acting), [{ detail: {} }])
})

test('a conflict is declared for oneself, with a reason, of a record one may see', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, manager, secretariat } = scene
  const refused = (kind: string) => (error: unknown) => error instanceof ServiceError && error.kind === kind
  await assert.rejects(
    declareConflict(member, { ...rapid(incidentId), reaches: 'incident' }, 'no reason'),
    refused('invalid'),
  )
  await assert.rejects(declareConflict(member, { authorityCode: 'none' }, 'other'), refused('invalid'))
  await assert.rejects(
    declareConflict(manager, { ...rapid(incidentId), reaches: 'incident' }, 'other'),
    refused('not-allowed'),
  )
  const other = await aPerson('panel-member', scene.area.region)
  await assert.rejects(
    declareConflict(other, { ...rapid(incidentId), reaches: 'incident' }, 'other'),
    refused('not-found'),
  )
  await assert.rejects(
    secretariat.transaction(tx =>
      tx
        .insertInto('conflict_of_interest')
        .values({ person_id: member.personId, incident_id: incidentId, reason: 'other', declared_at: new Date() })
        .execute(),
    ),
    /row-level security/,
  )
})

test('a member lets go of a review by a conflict and cannot take one', async () => {
  const scene = await anAllocatedReview()
  const { member, incidentId } = scene
  const set = (ended: Date | null) =>
    member.transaction(tx => tx.updateTable('allocation').set({ ended_at: ended }).execute())
  await set(new Date())
  assert.deepEqual(await waysToSee(member, scene), [])
  await set(null).catch(() => {})
  assert.equal(await member.transaction(tx => readConsideration(tx, rapid(incidentId))), undefined)
})

test('a sent letter and its points cannot be changed, added to or taken away, by anybody, by any query', async () => {
  const scene = await aSentLetter([{ text: 'How do you know?' }])
  const { incidentId } = scene
  const { letterId } = (await scene.chair.transaction(tx => readLetter(tx, rapid(scene.incidentId))))!
  const place = { letter_id: letterId, ...columnsOfReview(scene) }
  const letterOf = async () => JSON.stringify(await scene.chair.transaction(tx => readLetter(tx, rapid(incidentId))))
  const before = await letterOf()
  for (const acting of [scene.chair, scene.member, scene.secretariat, scene.manager]) {
    const attempts: ((tx: Parameters<Parameters<Acting['transaction']>[0]>[0]) => Promise<unknown>)[] = [
      tx => tx.updateTable('letter').set({ texts: '{}' }).where('incident_id', '=', incidentId).execute(),
      tx => tx.updateTable('letter').set({ unanswered: 0 }).where('incident_id', '=', incidentId).execute(),
      tx => tx.updateTable('letter').set({ status: 'draft' }).where('incident_id', '=', incidentId).execute(),
      tx => tx.deleteFrom('letter').where('incident_id', '=', incidentId).execute(),
      tx => tx.updateTable('letter_point').set({ text: 'Changed.' }).where('incident_id', '=', incidentId).execute(),
      tx => tx.updateTable('letter_point').set({ answered: true }).where('incident_id', '=', incidentId).execute(),
      tx => tx.deleteFrom('letter_point').where('incident_id', '=', incidentId).execute(),
      tx =>
        tx
          .insertInto('letter_point')
          .values({ ...place, number: 2, theme: 'neglect', text: 'More.' })
          .execute(),
      tx =>
        tx
          .insertInto('letter_point')
          .values({ ...place, number: 2, theme: 'neglect', text: 'More.', status: 'sent' })
          .execute(),
    ]
    for (const attempt of attempts) await acting.transaction(attempt).catch(() => {})
    assert.equal(await letterOf(), before, acting.role)
  }
  const drafts = await (
    await testDatabase()
  ).asOwner(client => client.query('select from letter_point where incident_id = $1', [incidentId]))
  assert.equal(drafts.rowCount, 1)
})

test('a point is sent with its letter and never before', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, chair, manager } = scene
  await writeLetter(scene, [{ text: 'How do you know?' }])
  await assert.rejects(
    chair.transaction(tx =>
      tx.updateTable('letter_point').set({ status: 'sent' }).where('incident_id', '=', incidentId).execute(),
    ),
    /permission denied/,
  )
  const points = () =>
    manager.transaction(tx =>
      tx.selectFrom('letter_point').select('status').where('incident_id', '=', incidentId).execute(),
    )
  assert.deepEqual(await points(), [])
  const { revision } = (await chair.transaction(tx => readLetter(tx, rapid(incidentId))))!
  await sayLetterReady(chair, rapid(incidentId), revision)
  await sendLetter(chair, rapid(incidentId), revision)
  assert.deepEqual(await points(), [{ status: 'sent' }])
})

test('a reading is seen by its writer alone until it is finished', async () => {
  const { incidentId, member, secretariat, chair } = await anAllocatedReview()
  const seenBy = (who: Acting) =>
    who.transaction(tx => tx.selectFrom('reading').select('notes').where('incident_id', '=', incidentId).execute())
  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 0, finish: false })
  assert.equal((await seenBy(member)).length, 1)
  for (const who of [secretariat, chair]) assert.deepEqual(await seenBy(who), [], who.role)
  await saveReading(member, rapid(incidentId), aReading(), { seenRevision: 1, finish: true })
  for (const who of [secretariat, chair]) assert.equal((await seenBy(who)).length, 1, who.role)
})

for (const { reach, of } of reaches) {
  test(`who has a conflict with ${reach} reads no more of the conflicts of others there, and still their own`, async () => {
    const scene = await anAllocatedReview()
    const { incidentId, authorityCode, member, chair } = scene
    await declareConflict(member, { ...rapid(incidentId), reaches: 'incident' }, 'other')
    const newcomer = await aPerson('panel-member', scene.area.region)
    await declareConflict(newcomer, { authorityCode }, 'other')
    const declarers = async () =>
      (
        await chair.transaction(tx =>
          tx
            .selectFrom('conflict_of_interest')
            .select('person_id')
            .where(eb => eb.or([eb('incident_id', '=', incidentId), eb('authority_code', '=', authorityCode)]))
            .execute(),
        )
      ).map(row => row.person_id)
    assert.deepEqual((await declarers()).toSorted(), [member.personId, newcomer.personId].toSorted())
    await declareConflict(chair, of(scene), 'other')
    const stillSeen = reach === 'one review' ? [newcomer.personId] : []
    assert.deepEqual((await declarers()).toSorted(), [...stillSeen, chair.personId].toSorted())
  })
}

test('an answer cannot be changed, taken away, put under another name or under a point of another area', async () => {
  const scene = await aSentLetter()
  const other = await aSentLetter()
  const { incidentId, authorityCode, partnershipCode, manager } = scene
  const pointOf = async ({ chair, incidentId: id }: Scene) =>
    (await chair.transaction(tx => readLetter(tx, rapid(id))))!.points[0]!.id
  const reply = {
    incident_id: incidentId,
    authority_code: authorityCode,
    partnership_code: partnershipCode,
    text: 'We did.',
    replied_at: new Date(),
  }
  const insert = (values: { point_id: string; person_id: string }) =>
    manager.transaction(tx =>
      tx
        .insertInto('point_reply')
        .values({ ...reply, ...values })
        .execute(),
    )
  const ownPoint = await pointOf(scene)
  await assert.rejects(
    insert({ point_id: ownPoint, person_id: scene.secretariat.personId }),
    /row-level security/,
    'another name',
  )
  await assert.rejects(
    insert({ point_id: await pointOf(other), person_id: manager.personId }),
    /Only a point of a letter that was sent/,
    'another area',
  )
  await insert({ point_id: ownPoint, person_id: manager.personId })
  await assert.rejects(
    manager.transaction(tx => tx.updateTable('point_reply').set({ text: 'We did not.' }).execute()),
    /permission denied/,
  )
  await assert.rejects(
    manager.transaction(tx => tx.deleteFrom('point_reply').execute()),
    /permission denied/,
  )
})

test('a letter is signed under one’s own name', async () => {
  const scene = await anAllocatedReview()
  await writeLetter(scene, [])
  await assert.rejects(
    scene.member.transaction(tx =>
      tx
        .updateTable('letter')
        .set({ status: 'sent', signed_by: scene.chair.personId, sent_at: new Date() })
        .where('incident_id', '=', scene.incidentId)
        .execute(),
    ),
    /row-level security/,
  )
})

test('a partnership that has its letter still sees no reading of it', async () => {
  const scene = await aSentLetter()
  const rows = await scene.manager.transaction(async tx => [
    ...(await tx.selectFrom('reading').select('notes').execute()),
    ...(await tx.selectFrom('consideration').select('status').execute()),
    ...(await tx
      .selectFrom('event')
      .select('kind')
      .where('incident_id', '=', scene.incidentId)
      .where('subject', '<>', 'letter')
      .execute()),
  ])
  assert.deepEqual(rows, [])
  await assert.rejects(
    saveReading(scene.manager, rapid(scene.incidentId), aReading(), { seenRevision: 0, finish: false }),
    ServiceError,
  )
})
