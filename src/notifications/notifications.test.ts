import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { readTimeline } from '../platform/events/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { fingerprint } from '../platform/fingerprint.ts'
import { stepPath, stepsThatApply, typedFrom } from '../platform/questionnaire/index.ts'
import { anArea, aPerson, testClock, testDatabase } from '../platform/testing/test-database.ts'
import { aCompleteNotification } from './builders.ts'
import { discardDraft } from './discard-draft.ts'
import {
  describeIncidents,
  notificationForm,
  notificationsNeeding,
  readIncident,
  sendNotification,
  sentNotification,
  startNotification,
} from './index.ts'
import { addChild, openDraft, removeLastChild, savePage } from './save-draft.ts'
import { listIncidents, listRecords, readEnded } from './store.ts'

const failing = new Set<string>()
before(async () => {
  const database = await testDatabase()
  database.on('notification.sent', async (_, event) => {
    if (event.place && failing.has(event.place.incidentId)) throw new Error('The listener fails.')
  })
})

/** Fills in every page as a browser would. */
async function filledIn(
  acting: Parameters<typeof savePage>[0],
  id: string,
  answers = aCompleteNotification(),
): Promise<void> {
  for (const step of stepsThatApply(notificationForm, answers)) {
    const saved = await savePage(acting, id, stepPath(step), { body: typedFrom(step, answers), seenRevision: 1_000 })
    assert.deepEqual(saved.errors, [], stepPath(step))
  }
}

test('a notification is filled in page by page, sent, and read by the partnership and the Panel', async () => {
  testClock.set('2026-03-02T10:00:00Z')
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId, reference } = await startNotification(notifier)
  await filledIn(notifier, incidentId)

  const sent = await sendNotification(notifier, incidentId)

  assert.equal(sent.reference, reference)
  assert.equal(sent.reviewNeeded, true)
  for (const [role, body] of [
    ['business-manager', area.partnership],
    ['secretariat', 'TN'],
    ['notifier', area.authority],
    ['safeguarding-partner', area.police],
  ] as const) {
    const reader = await aPerson(role, body)
    const incident = await reader.transaction(tx => readIncident(tx, incidentId))
    assert.equal(incident?.reference, reference, role)
    assert.deepEqual(
      incident?.children.map(child => child.age),
      ['3 months'],
      role,
    )
  }
  const other = await aPerson('business-manager', (await anArea()).partnership)
  assert.equal(await other.transaction(tx => readIncident(tx, incidentId)), undefined)
})

test('a draft is called by what has been said of it', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier)
  const known = () =>
    notifier.transaction(async tx => [
      (await describeIncidents(tx, [incidentId])).get(incidentId),
      (await readIncident(tx, incidentId))?.incidentOn,
    ])
  assert.match(String((await known())[0]), /^Not said yet what happened/)
  await filledIn(notifier, incidentId)
  const [words, incidentOn] = await known()
  assert.match(String(words), /^A child was seriously harmed/)
  assert.equal(incidentOn, aCompleteNotification().incidentOn)
})

test('a lead safeguarding partner sees that there is an incident, and no child', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  await sendNotification(notifier, incidentId)
  const lead = await aPerson('lead-safeguarding-partner', area.police)
  const seen = await lead.transaction(async tx => ({
    incident: await readIncident(tx, incidentId),
    sent: await sentNotification(tx, incidentId),
  }))
  assert.deepEqual(seen.incident?.children, [])
  assert.equal(seen.sent, undefined)
})

test('what was sent cannot be changed, and cannot be sent twice', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  await sendNotification(notifier, incidentId)
  await assert.rejects(sendNotification(notifier, incidentId), /no such draft/)
  await assert.rejects(savePage(notifier, incidentId, 'basis', { body: {}, seenRevision: 99 }), /no such draft/)
  await assert.rejects(
    notifier.transaction(tx => tx.updateTable('notification_version').set({ hash: 'x' }).execute()),
    /permission denied/,
  )
  const changed = await notifier.transaction(tx =>
    tx.updateTable('notification').set({ answers: '{}' }).where('incident_id', '=', incidentId).executeTakeFirst(),
  )
  assert.equal(changed.numUpdatedRows, 0n)
})

test('an unfinished notification is refused with every answer that is still needed, and stays a draft', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier)
  await assert.rejects(sendNotification(notifier, incidentId), (error: ServiceError) => {
    assert.equal(error.kind, 'invalid')
    assert.ok(error.fields.length > 5)
    return true
  })
  await notifier.transaction(tx => openDraft(tx, incidentId))
})

test('what cannot be read is kept as it was typed, and keeps the notification from being sent', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  const body = {
    'awareOn-day': '31',
    'awareOn-month': '2',
    'awareOn-year': '2026',
    'incidentOn-day': '27',
    'incidentOn-month': '2',
    'incidentOn-year': '2026',
  }
  const saved = await savePage(notifier, incidentId, 'when', { body, seenRevision: 1 })
  assert.equal(saved.errors.length, 1)
  const draft = await notifier.transaction(tx => openDraft(tx, incidentId))
  assert.equal(draft.typed['when']?.['awareOn-day'], '31')
  await assert.rejects(sendNotification(notifier, incidentId), ServiceError)
})

test('what cannot be read on a page that applies no longer holds nothing back', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const doubtful = { ...aCompleteNotification(), abuseOrNeglect: 'no' } as const
  const { incidentId } = await startNotification(notifier, doubtful)
  const body = { reasonToSend: 'x'.repeat(2001) }
  const saved = await savePage(notifier, incidentId, 'reason-to-send', { body, seenRevision: 1 })
  assert.equal(saved.errors.length, 1)
  const page = { nature: 'serious-harm', ageGroup: 'under-18', abuseOrNeglect: 'suspected' }
  await savePage(notifier, incidentId, 'basis', { body: page, seenRevision: 2 })
  assert.equal((await sendNotification(notifier, incidentId)).reviewNeeded, true)
})

test('two people on one page are told of each other, and neither loses what was typed', async () => {
  const area = await anArea()
  const [one, other] = [await aPerson('notifier', area.authority), await aPerson('notifier', area.authority)]
  const { incidentId } = await startNotification(one, aCompleteNotification())
  const { revision } = await one.transaction(tx => openDraft(tx, incidentId))
  const typed = (text: string) => ({ whatHappened: text })
  await savePage(one, incidentId, 'what-happened', { body: typed('The first account of it.'), seenRevision: revision })
  const late = await savePage(other, incidentId, 'what-happened', {
    body: typed('The second account of it.'),
    seenRevision: revision,
  })
  assert.match(late.errors[0]!.text, /Somebody else saved this page/)
  assert.equal(late.typed['whatHappened'], 'The second account of it.')
  await addChild(one, incidentId)
  const again = await savePage(other, incidentId, 'what-happened', {
    body: typed('The second account of it.'),
    seenRevision: late.draft.revision,
  })
  assert.deepEqual(again.errors, [])
})

test('the clock runs from the national service where that was used', async () => {
  testClock.set('2026-03-06T10:00:00Z')
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, {
    ...aCompleteNotification(),
    sentNationally: 'yes',
    nationalReference: 'CSI-2026-1234',
    nationalSentOn: '2026-03-04',
    nationalSentAt: '16:30',
  })
  const sent = await sendNotification(notifier, incidentId)
  assert.equal(sent.notifiedAt.toISOString(), '2026-03-04T16:30:00.000Z')
  const timeline = await notifier.transaction(tx => readTimeline(tx, incidentId))
  const event = timeline.find(each => each.kind === 'notification.sent')
  assert.equal(event?.detail?.clockStartsOn, '2026-03-04')
})

test('if what follows from sending fails the notification stays a draft', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  failing.add(incidentId)
  await assert.rejects(sendNotification(notifier, incidentId), /listener fails/)
  const draft = await notifier.transaction(tx => openDraft(tx, incidentId))
  assert.equal(draft.incidentId, incidentId)
  assert.equal(await notifier.transaction(tx => sentNotification(tx, incidentId)), undefined)
})

test('a day of awareness far ahead breaks no page: it is a draft with something to put right', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier)
  const body = { 'awareOn-day': '1', 'awareOn-month': '3', 'awareOn-year': '2029' }
  await savePage(notifier, incidentId, 'basis', {
    body: { nature: 'death', ageGroup: 'under-18' },
    seenRevision: 1_000,
  })
  await savePage(notifier, incidentId, 'when', { body, seenRevision: 1_000 })
  const needing = await notifier.transaction(tx => notificationsNeeding(tx, notifier))
  assert.deepEqual(
    needing.map(({ dueOn }) => dueOn),
    [undefined],
  )
})

test('what is sent is what was checked', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  const { revision } = await notifier.transaction(tx => openDraft(tx, incidentId))
  await savePage(notifier, incidentId, 'what-happened', {
    body: { whatHappened: 'Something else.' },
    seenRevision: revision,
  })
  await assert.rejects(sendNotification(notifier, incidentId, { seenRevision: revision }), { kind: 'conflict' })
  await sendNotification(notifier, incidentId, { seenRevision: revision + 1 })
})

test('a child is taken off only by somebody who saw all the children, and nothing typed elsewhere is lost', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  await savePage(notifier, incidentId, 'when', { body: { 'awareOn-day': '31', 'awareOn-month': '2' }, seenRevision: 1 })
  await addChild(notifier, incidentId)
  const { revision, typed } = await notifier.transaction(tx => openDraft(tx, incidentId))
  assert.equal(typed['when']?.['awareOn-day'], '31')
  await savePage(notifier, incidentId, 'child/2', { body: { givenName: 'Ash' }, seenRevision: revision })
  await assert.rejects(removeLastChild(notifier, incidentId, { revision, children: 2 }), { kind: 'conflict' })
  await removeLastChild(notifier, incidentId, { revision: revision + 1, children: 2 })
  const after = await notifier.transaction(tx => openDraft(tx, incidentId))
  assert.equal(after.answers.children?.length, 1)
  assert.equal(after.typed['when']?.['awareOn-day'], '31')
})

test('the hash of a notification can be worked out again from what the database gives back', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  await sendNotification(notifier, incidentId)
  const row = await notifier.transaction(tx =>
    tx
      .selectFrom('notification_version')
      .select(['answers', 'hash'])
      .where('incident_id', '=', incidentId)
      .executeTakeFirstOrThrow(),
  )
  assert.equal(fingerprint(row.answers), row.hash)
})

test('a discarded draft leaves every list, and only its authority can read why', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId, reference } = await startNotification(notifier, aCompleteNotification())
  await discardDraft(notifier, incidentId, { reason: 'need-not-be-notified', revision: 1 })

  const seen = await notifier.transaction(async tx => ({
    needing: await notificationsNeeding(tx, notifier),
    listed: await listIncidents(tx, notifier, { sort: { key: 'notified', direction: 'descending' }, page: 1 }, {}),
    records: await listRecords(tx, { limit: 10 }),
    ended: await readEnded(tx, incidentId),
    timeline: await readTimeline(tx, incidentId),
  }))
  assert.deepEqual(seen.needing, [])
  assert.equal(seen.listed.total, 0)
  assert.deepEqual(seen.records.records, [])
  assert.deepEqual(
    [seen.ended?.status, seen.ended?.reference, seen.ended?.reason],
    ['discarded', reference, 'need-not-be-notified'],
  )
  assert.equal(seen.timeline.at(-1)?.kind, 'notification.discarded')
  for (const [role, body] of [
    ['business-manager', area.partnership],
    ['secretariat', 'TN'],
    ['dfe', 'TN'],
  ] as const) {
    const reader = await aPerson(role, body)
    assert.equal(await reader.transaction(tx => readEnded(tx, incidentId)), undefined, role)
  }
})

test('a discarded draft cannot be saved, sent, changed or taken up again', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  await discardDraft(notifier, incidentId, { reason: 'mistake', revision: 1 })
  await assert.rejects(sendNotification(notifier, incidentId), { kind: 'not-found' })
  await assert.rejects(savePage(notifier, incidentId, 'basis', { body: {}, seenRevision: 99 }), { kind: 'not-found' })
  await assert.rejects(discardDraft(notifier, incidentId, { reason: 'mistake', revision: 1 }), { kind: 'not-found' })
  const changed = await notifier.transaction(async tx => [
    await tx
      .updateTable('notification')
      .set({ status: 'draft' })
      .where('incident_id', '=', incidentId)
      .executeTakeFirst(),
    await tx
      .updateTable('incident')
      .set({ discarded_at: null })
      .where('incident_id', '=', incidentId)
      .executeTakeFirst(),
  ])
  assert.deepEqual(
    changed.map(({ numUpdatedRows }) => numUpdatedRows),
    [0n, 0n],
  )
})

test('a draft is discarded for a reason, by somebody of its authority who saw it as it is', async () => {
  const area = await anArea()
  const notifier = await aPerson('notifier', area.authority)
  const { incidentId } = await startNotification(notifier, aCompleteNotification())
  const discard = (acting: typeof notifier, reason: unknown, revision: number) =>
    discardDraft(acting, incidentId, { reason, revision })
  await assert.rejects(discard(notifier, undefined, 1), { kind: 'invalid' })
  await assert.rejects(discard(notifier, 'toString', 1), { kind: 'invalid' })
  await assert.rejects(discard(notifier, 'mistake', 0), { kind: 'conflict' })
  await assert.rejects(discard(await aPerson('business-manager', area.partnership), 'mistake', 1), {
    kind: 'not-allowed',
  })
  await assert.rejects(discard(await aPerson('notifier', (await anArea()).authority), 'mistake', 1), {
    kind: 'not-found',
  })
  await sendNotification(notifier, incidentId)
  await assert.rejects(discard(notifier, 'mistake', 1), { kind: 'not-found' })
})
