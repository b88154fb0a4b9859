import assert from 'node:assert/strict'
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
