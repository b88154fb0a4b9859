import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Acting } from '../../src/platform/acting.ts'
import type { Tx } from '../../src/platform/database/index.ts'
import { noteRead, recordEvent, type IncidentPlace } from '../../src/platform/events/index.ts'
import { anArea, aPerson, testDatabase, type TestArea } from '../../src/platform/testing/test-database.ts'

const at = '2026-03-02T10:00:00Z'

/** An incident that was sent, with its notification, an open review and one file that is part of what was sent. */
async function anIncident({
  authority,
  partnership,
}: TestArea): Promise<IncidentPlace & { reviewId: string; documentId: string }> {
  const database = await testDatabase()
  return database.asOwner(async client => {
    const incident = await client.query<{ incident_id: string }>(
      `insert into incident (reference, authority_code, partnership_code, notified_at, created_at)
       values ('T-' || gen_random_uuid(), $1, $2, $3, $3) returning incident_id`,
      [authority, partnership, at],
    )
    const incidentId = incident.rows[0]!.incident_id
    const review = await client.query<{ review_id: string }>(
      `insert into review (kind, incident_id, authority_code, partnership_code) values ('rapid', $1, $2, $3) returning review_id`,
      [incidentId, authority, partnership],
    )
    const document = await client.query<{ id: string }>(
      `insert into document (incident_id, authority_code, partnership_code, subject, name, kind, hash, size_bytes, added_at)
       values ($1, $2, $3, 'rapid-review', 'report', 'docx', 'test', 1, $4) returning id`,
      [incidentId, authority, partnership, at],
    )
    return {
      incidentId,
      authorityCode: authority,
      partnershipCode: partnership,
      reviewId: review.rows[0]!.review_id,
      documentId: document.rows[0]!.id,
    }
  })
}

const asPlace = ({ incidentId, authorityCode, partnershipCode }: IncidentPlace) => ({
  incident_id: incidentId,
  authority_code: authorityCode,
  partnership_code: partnershipCode,
})

test('nobody puts a document or a review on an incident of another area under the codes of their own', async () => {
  const [own, elsewhere] = [await anArea(), await anArea()]
  const manager = await aPerson('business-manager', own.partnership)
  const theirs = await anIncident(elsewhere)
  const forged = { ...asPlace(theirs), authority_code: own.authority, partnership_code: own.partnership }
  const attempts: Record<string, (tx: Tx) => Promise<unknown>> = {
    document: tx =>
      tx
        .insertInto('document')
        .values({
          ...forged,
          review_id: theirs.reviewId,
          subject: 'rapid-review-draft',
          name: 'report',
          kind: 'docx',
          hash: 'test',
          size_bytes: 1,
          added_at: at,
        })
        .execute(),
    review: tx =>
      tx
        .insertInto('review')
        .values({ ...forged, kind: 'local' })
        .execute(),
    'rapid review': tx =>
      tx
        .insertInto('rapid_review')
        .values({
          ...forged,
          review_id: theirs.reviewId,
          clock_started_on: '2026-03-02',
          due_on: '2026-03-23',
          opened_at: at,
        })
        .execute(),
    member: tx =>
      tx
        .insertInto('review_member')
        .values({ ...forged, review_id: theirs.reviewId, kind: 'rapid', person_id: manager.personId, added_at: at })
        .execute(),
  }
  for (const [what, attempt] of Object.entries(attempts)) {
    await assert.rejects(
      manager.transaction(attempt),
      /violates foreign key constraint "\w+_place_fkey"|violates row-level security/,
      what,
    )
  }
})

test('an incident begins in one’s own authority, in the partnership that it belongs to today', async () => {
  const [own, elsewhere] = [await anArea(), await anArea()]
  const notifier = await aPerson('notifier', own.authority)
  const former = (await anArea()).partnership
  const database = await testDatabase()
  await database.asOwner(client =>
    client.query(
      `insert into partnership_body (partnership_code, body_code, from_on, until_on) values ($1, $2, '2018-06-29', '2026-03-02')`,
      [former, own.authority],
    ),
  )
  const begin = (authority_code: string, partnership_code: string) =>
    notifier.transaction(tx =>
      tx
        .insertInto('incident')
        .values({ authority_code, partnership_code, reference: `T-${randomUUID()}`, created_at: at })
        .returning('incident_id')
        .executeTakeFirstOrThrow(),
    )
  for (const [authority, partnership] of [
    [elsewhere.authority, own.authority],
    [own.authority, elsewhere.partnership],
    [own.authority, own.police],
    [own.authority, former],
  ] as const) {
    await assert.rejects(begin(authority, partnership), /row-level security/, `${authority} ${partnership}`)
  }
  const { incident_id } = await begin(own.authority, own.partnership)
  const set = (columns: { notified_at: string } | { partnership_code: string }) =>
    notifier.transaction(tx => tx.updateTable('incident').set(columns).where('incident_id', '=', incident_id).execute())
  await assert.rejects(set({ partnership_code: elsewhere.partnership }), /permission denied/)
  await assert.rejects(set({ notified_at: '2019-01-01' }), /row-level security/)
})

test('who may only read a document adds no paragraph to it', async () => {
  const area = await anArea()
  const { documentId } = await anIncident(area)
  const reader = await aPerson('scrutineer', area.partnership)
  const seen = await reader.transaction(tx =>
    tx.selectFrom('document').select('id').where('id', '=', documentId).execute(),
  )
  assert.equal(seen.length, 1)
  await assert.rejects(
    reader.transaction(tx =>
      tx.insertInto('paragraph').values({ document_id: documentId, number: 1, role: 'text', text: 'Test' }).execute(),
    ),
    /row-level security/,
  )
})

test('an event of an incident is written by who sees the incident, at its place', async () => {
  const [own, elsewhere] = [await anArea(), await anArea()]
  const manager = await aPerson('business-manager', own.partnership)
  const [ours, theirs] = [await anIncident(own), await anIncident(elsewhere)]
  const record = (who: Acting, place: IncidentPlace) =>
    who.transaction(tx => recordEvent(tx, { kind: 'rapid-review.taken-back', subject: 'rapid-review', place }))
  await record(manager, ours)
  await assert.rejects(record(manager, theirs), /row-level security/)
  const { authorityCode, partnershipCode } = ours
  await assert.rejects(record(manager, { ...theirs, authorityCode, partnershipCode }), /row-level security/)
  await assert.rejects(record(manager, { ...ours, partnershipCode: elsewhere.partnership }), /row-level security/)
})

test('a read is noted under the role in which it was done', async () => {
  const area = await anArea()
  const { incidentId } = await anIncident(area)
  const manager = await aPerson('business-manager', area.partnership)
  await manager.transaction(tx => noteRead(tx, { subject: 'notification', purpose: 'test', incidentIds: [incidentId] }))
  await assert.rejects(
    manager.transaction(tx =>
      tx
        .insertInto('access_entry')
        .values({
          at,
          person_id: manager.personId,
          who: 'panel-chair',
          subject: 'notification',
          purpose: 'test',
          incident_ids: [incidentId],
        })
        .execute(),
    ),
    /row-level security/,
  )
})
