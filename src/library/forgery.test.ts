import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Acting } from '../platform/acting.ts'
import { testClock } from '../platform/testing/test-database.ts'
import { aPreparedPublication } from './builders.ts'
import { publishReview } from './publish.ts'

// Whatever query reaches the database in somebody's name: what holds is what the database holds to.

const sheetOf = (who: Acting, number: string, partnership_code: string) =>
  who.transaction(tx =>
    tx
      .insertInto('published_sheet')
      .values({
        number,
        sector: 'school',
        partnership_code,
        title: 'A sheet',
        learnt: 'Learnt',
        ask: ['Ask'],
        published_on: '2026-03-02',
        as_at: '2026-03-02',
      })
      .execute(),
  )
const reviewOf = (who: Acting, number: string, partnership_code: string) =>
  who.transaction(tx =>
    tx
      .insertInto('published_review')
      .values({
        number,
        partnership_code,
        partnership_name: 'A partnership',
        title: 'A review',
        learning: 'Learning',
        recommendations: [],
        themes: [],
        may_be_indexed: true,
        in_feed: true,
        published_on: '2026-03-02',
        as_at: '2026-03-02',
      })
      .execute(),
  )

test('nobody puts a sheet beside the review of another partnership, or publishes under its number', async () => {
  const [own, theirs] = [await aPreparedPublication(), await aPreparedPublication()]
  const { number, revision } = await theirs.read()
  // Whoever took the number first would keep it from the review that it was drawn for.
  for (const taken of [number, 'LR-2026-00000']) {
    await assert.rejects(reviewOf(own.manager, taken, own.area.partnership), /row-level security/, taken)
  }
  await theirs.tellEverybody()
  await publishReview(theirs.manager, theirs.incidentId, { seenRevision: revision, reason: 'A test', note: '' })
  await assert.rejects(sheetOf(own.manager, number, own.area.partnership), /foreign key/)
  await assert.rejects(sheetOf(own.manager, number, theirs.area.partnership), /row-level security/)
  await sheetOf(theirs.manager, number, theirs.area.partnership)
})

test('a file is cleared for the public in nobody else’s name', async () => {
  const { manager, area, read } = await aPreparedPublication()
  const { reviewId, incidentId, authorityCode } = await read()
  const clear = (cleared_by: string, cleared_at: Date) =>
    manager.transaction(tx =>
      tx
        .insertInto('publication_file')
        .values({
          review_id: reviewId,
          incident_id: incidentId,
          authority_code: authorityCode,
          partnership_code: area.partnership,
          title: 'Report',
          hash: 'test',
          type: 'application/pdf',
          extension: 'pdf',
          size_bytes: 1,
          cleared_by,
          cleared_at,
        })
        .execute(),
    )
  const another = (await aPreparedPublication()).manager
  await assert.rejects(clear(another.personId, testClock.now()), /cleared now, by whoever/)
  await assert.rejects(clear(manager.personId, new Date('2026-01-05')), /cleared now, by whoever/)
  await clear(manager.personId, testClock.now())
})
