import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { anAllocatedReview } from '../panel/builders.ts'
import type { Database, Tx } from '../platform/database/index.ts'
import type { NewEvent } from '../platform/events/index.ts'
import { civilDate } from '../platform/dates.ts'
import { anArea, aPerson, testDatabase } from '../platform/testing/test-database.ts'
import { aNotifiedIncident } from '../reviews/builders.ts'
import { subscribeMail } from './mail-rules.ts'

type Listener = (tx: Tx, event: NewEvent) => Promise<void>
const listeners = new Map<string, Listener>()
const on: Database['on'] = (kind, listener) => void listeners.set(kind, listener as unknown as Listener)
subscribeMail({ on })

test('whoever may sign a letter is told that it is ready: the chair, and the others who have the review', async () => {
  const scene = await anAllocatedReview()
  const { incidentId, member, chair, secretariat, area } = scene
  const colleague = await aPerson('panel-member', area.region)
  const stranger = await aPerson('panel-member', area.region)
  const detail = { review: 'rapid', members: [colleague.personId] } as const
  await member.transaction(tx =>
    listeners.get('letter.ready')!(tx, { kind: 'letter.ready', subject: 'letter-draft', place: scene, detail }),
  )
  const told = await (
    await testDatabase()
  ).asOwner(async client =>
    (
      await client.query<{ person_id: string; kind: string }>(
        'select person_id, kind from mail where incident_id = $1',
        [incidentId],
      )
    ).rows.filter(({ kind }) => kind === 'letter-ready'),
  )
  const people = new Set(told.map(row => row.person_id))
  for (const signer of [chair, colleague]) assert.ok(people.has(signer.personId), signer.role)
  for (const other of [member, stranger, secretariat]) assert.ok(!people.has(other.personId), other.role)
})

/** Whom a mail of this kind about the incident went to. */
async function mailed(incidentId: string, kind: string): Promise<string[]> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const { rows } = await client.query<{ person_id: string }>(
      'select person_id from mail where incident_id = $1 and kind = $2',
      [incidentId, kind],
    )
    return rows.map(row => row.person_id)
  })
}

test('a report that waits is told to who signs it, to who is asked about facts, and to who wrote what is commented on', async () => {
  const area = await anArea()
  const place = await aNotifiedIncident(area)
  const { incidentId } = place
  const manager = await aPerson('business-manager', area.partnership)
  const [authority, police, elsewhere] = await Promise.all(
    [area.authority, area.police, (await anArea()).police].map(body => aPerson('safeguarding-partner', body)),
  )
  const happened = async (event: Omit<NewEvent, 'subject' | 'place'>) =>
    manager.transaction(tx =>
      listeners.get(event.kind)!(tx, { ...event, subject: 'local-review', place } as unknown as NewEvent),
    )
  await happened({ kind: 'draft.signatures-asked', detail: { version: 1, hash: 'a hash' } })
  const asked = await mailed(incidentId, 'local-report-signature-asked')
  assert.ok(asked.includes(authority!.personId) && asked.includes(police!.personId))
  for (const other of [elsewhere!, manager]) assert.ok(!asked.includes(other.personId))

  const by = { partner: 'police', body: area.police } as const
  await happened({ kind: 'draft.sent-back', detail: by })
  assert.ok((await mailed(incidentId, 'local-report-sent-back')).includes(manager.personId))
  await happened({ kind: 'draft.signed', detail: { ...by, hash: 'a hash' } })
  assert.deepEqual(await mailed(incidentId, 'local-report-signed'), [manager.personId])

  const tell = [police!.personId]
  await happened({
    kind: 'draft.accuracy-asked',
    detail: { version: 1, answerBy: civilDate('2026-03-20'), people: 2, tell },
  })
  assert.deepEqual(await mailed(incidentId, 'local-report-facts-asked'), tell)
  await happened({ kind: 'draft.commented', detail: { version: 1, paragraph: 'p1', tell } })
  assert.deepEqual(await mailed(incidentId, 'local-report-commented'), tell)
})

async function toldOf(objectId: string) {
  return (await testDatabase()).asOwner(async client => {
    const { rows } = await client.query<{ person_id: string; kind: string; reference: string; incident_id: string }>(
      'select person_id, kind, reference, incident_id from mail where object_id = $1',
      [objectId],
    )
    return rows
  })
}

test('whoever answers for a body is told that a recommendation asks it, and nobody of another body', async () => {
  const [area, elsewhere, code] = [await anArea(), await anArea(), `QM-${randomUUID().slice(0, 6)}`]
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query(`insert into body (code, kind, name) values ($1, 'national', $1)`, [code]),
  )
  const asked = await Promise.all([
    aPerson('safeguarding-partner', area.police),
    aPerson('business-manager', area.partnership),
    aPerson('body-answering', code),
  ])
  const notAsked = await Promise.all([
    aPerson('safeguarding-partner', elsewhere.police),
    aPerson('business-manager', elsewhere.partnership),
    aPerson('scrutineer', area.partnership),
  ])
  const secretariat = await aPerson('secretariat', 'TN')
  const objectId = randomUUID()
  const detail = { number: 'R-2026-30518', addressees: 3, bodies: [area.police, area.partnership, code] }
  await secretariat.transaction(tx =>
    listeners.get('recommendation.issued')!(tx, {
      kind: 'recommendation.issued',
      subject: 'recommendation',
      objectId,
      detail,
    }),
  )
  const told = await toldOf(objectId)
  for (const person of asked) assert.ok(told.some(row => row.person_id === person.personId))
  for (const person of notAsked) assert.ok(!told.some(row => row.person_id === person.personId))
  for (const row of told) {
    assert.deepEqual([row.kind, row.reference, row.incident_id], ['recommendation-issued', 'R-2026-30518', null])
  }
})

test('the lead of an action is told of it: unless they agreed it themselves, or may not hear of its incident', async () => {
  const { area, ...place } = await anAllocatedReview()
  const [manager, lead, conflicted] = await Promise.all([
    aPerson('business-manager', area.partnership),
    aPerson('safeguarding-partner', area.police),
    aPerson('safeguarding-partner', area.police),
  ])
  await (
    await testDatabase()
  ).asOwner(client =>
    client.query(
      `insert into conflict_of_interest (person_id, incident_id, reason, declared_at) values ($1, $2, 'professional', now())`,
      [conflicted.personId, place.incidentId],
    ),
  )
  const toldWhen = async (newLead: string | null) => {
    const objectId = randomUUID()
    const detail = { number: 'A-2026-30518', newLead }
    await manager.transaction(tx =>
      listeners.get('action.agreed')!(tx, { kind: 'action.agreed', subject: 'action', objectId, place, detail }),
    )
    return (await toldOf(objectId)).map(row => row.person_id)
  }
  assert.deepEqual(await toldWhen(lead.personId), [lead.personId])
  assert.deepEqual(await toldWhen(manager.personId), [])
  assert.deepEqual(await toldWhen(conflicted.personId), [])
  assert.deepEqual(await toldWhen(null), [])
})
