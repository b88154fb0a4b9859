import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '../platform/acting.ts'
import { testClock } from '../platform/testing/test-database.ts'
import { allocateReview } from './allocate-review.ts'
import { answerPoint } from './letter/answer-point.ts'
import { aSentLetter, aSentReview, rapid } from './builders.ts'
import { answeredOf, listWork, type WorklistFilter } from './worklist.ts'

const listed = (acting: Acting, filter: WorklistFilter, sort: 'due' | 'received' | 'status' = 'received') =>
  acting.transaction(async tx => {
    const { rows, total } = await listWork(tx, { sort: { key: sort, direction: 'ascending' }, page: 1 }, filter)
    assert.equal(rows.length, total)
    return rows
  })

const answers = [
  { status: 'read', asked: 0, unanswered: 0, answered: 'no-letter' },
  { status: 'letter-drafted', asked: 2, unanswered: 2, answered: 'no-letter' },
  { status: 'letter-sent', asked: 0, unanswered: 0, answered: 'nothing-asked' },
  { status: 'letter-sent', asked: 2, unanswered: 1, answered: 'not-yet' },
  { status: 'letter-sent', asked: 2, unanswered: 0, answered: 'yes' },
] as const
for (const { status, asked, unanswered, answered } of answers) {
  test(`answered is ${answered} when ${status} with ${unanswered} of the ${asked} points that ask open`, () => {
    assert.equal(answeredOf(status, asked, unanswered), answered)
  })
}

/** Five reviews of one region: fresh, with a member, with an open letter, an answered one, one that asks nothing. */
async function aBusyRegion() {
  testClock.set('2026-03-02T10:00:00Z')
  const open = await aSentLetter([{ text: 'One' }, { text: 'Two' }, { text: 'Thank you.', asks: false }])
  await answerPoint(open.manager, rapid(open.incidentId), 2, { text: 'Yes.', action: '' })
  testClock.set('2026-03-03T10:00:00Z')
  const answered = await aSentLetter([{ text: 'Thank you.', asks: false }, { text: 'One' }], {
    area: open.area,
    people: open,
  })
  await answerPoint(answered.manager, rapid(answered.incidentId), 2, { text: 'Yes.', action: '' })
  testClock.set('2026-03-03T12:00:00Z')
  const thanked = await aSentLetter([{ text: 'Thank you.', asks: false }], { area: open.area, people: open })
  testClock.set('2026-03-04T10:00:00Z')
  const fresh = await aSentReview({ area: open.area, people: open, outcomes: ['LCSPR', 'NATIONAL_SUGGESTED'] })
  testClock.set('2026-03-05T10:00:00Z')
  const given = await aSentReview({ area: open.area, people: open })
  await allocateReview(open.secretariat, rapid(given.incidentId), open.member.personId)
  testClock.set('2026-03-02T10:00:00Z')
  const nameOf = new Map(
    Object.entries({ open, answered, thanked, fresh, given }).map(([name, one]) => [one.incidentId, name]),
  )
  return { ...open, regionCode: open.area.region, nameOf }
}

test('the worklist is filtered by stage, region, member, decision and whether it is answered', async () => {
  const { regionCode, secretariat, member, nameOf } = await aBusyRegion()
  const names = async (filter: WorklistFilter, acting = secretariat) =>
    (await listed(acting, { regionCode, ...filter })).map(row => nameOf.get(row.incidentId))

  assert.deepEqual(await names({}), ['open', 'answered', 'thanked', 'fresh', 'given'])
  assert.deepEqual(await names({ status: 'open' }), ['fresh', 'given'])
  assert.deepEqual(await names({ status: 'received' }), ['fresh'])
  assert.deepEqual(await names({ status: 'letter-sent' }), ['open', 'answered', 'thanked'])
  assert.deepEqual(await names({ memberId: member.personId }), ['open', 'answered', 'thanked', 'given'])
  assert.deepEqual(await names({ outcome: 'NATIONAL_SUGGESTED' }), ['fresh'])
  assert.deepEqual(await names({ answered: 'yes' }), ['answered'])
  assert.deepEqual(await names({ answered: 'not-yet' }), ['open'])
  assert.deepEqual(await names({ answered: 'nothing-asked' }), ['thanked'])
  assert.deepEqual(await names({}, member), ['open', 'answered', 'thanked', 'given'])
})

test('a row says who has the review, what was decided and how many points are open', async () => {
  const { regionCode, secretariat, member } = await aBusyRegion()
  const rows = await listed(secretariat, { regionCode })
  assert.deepEqual(
    rows.map(row => [row.status, row.memberNames, row.outcomes, row.answered, row.unanswered]),
    [
      ['letter-sent', [member.name], ['NO_FURTHER_REVIEW'], 'not-yet', 1],
      ['letter-sent', [member.name], ['NO_FURTHER_REVIEW'], 'yes', 0],
      ['letter-sent', [member.name], ['NO_FURTHER_REVIEW'], 'nothing-asked', 0],
      ['received', [], ['LCSPR', 'NATIONAL_SUGGESTED'], 'no-letter', 0],
      ['allocated', [member.name], ['NO_FURTHER_REVIEW'], 'no-letter', 0],
    ],
  )
})

test('the worklist is put in the order of the work, not of the alphabet', async () => {
  const { regionCode, secretariat } = await aBusyRegion()
  const rows = await listed(secretariat, { regionCode }, 'status')
  assert.deepEqual(
    rows.map(row => row.status),
    ['received', 'allocated', 'letter-sent', 'letter-sent', 'letter-sent'],
  )
})

test('what is open is found by an index, under row-level security too', async () => {
  const { secretariat } = await aBusyRegion()
  const plan = await secretariat.transaction(async tx => {
    await sql`set local enable_seqscan = off`.execute(tx)
    await sql`set local enable_bitmapscan = off`.execute(tx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select incident_id from consideration where status <> 'letter-sent' order by due_on, incident_id limit 25
    `.execute(tx)
    return rows.map(row => row['QUERY PLAN']).join('\n')
  })
  assert.match(plan, /Index (Only )?Scan using consideration_open/)
})
