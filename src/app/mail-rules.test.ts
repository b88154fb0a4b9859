import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAllocatedReview } from '../panel/builders.ts'
import type { Database, Tx } from '../platform/database/index.ts'
import type { NewEvent } from '../platform/events/index.ts'
import { aPerson, testDatabase } from '../platform/testing/test-database.ts'
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
