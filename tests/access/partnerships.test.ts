import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { listIncidents } from '../../src/notifications/store.ts'
import { reachOf, type Role } from '../../src/platform/access/index.ts'
import { actAs, type Acting } from '../../src/platform/acting.ts'
import type { Database } from '../../src/platform/database/index.ts'
import { freshDatabase, testClock } from '../../src/platform/testing/test-database.ts'

/**
 * What became of partnerships, as `partnership body from until`:
 * - Whole ended, and all of it is part of Joined since 2024;
 * - Split ended, and its authorities are in North and in South since 2024; its force is in both, its board in North;
 * - Left goes on: its authority A5 and its force went to Joined in 2024, its authority A6 stayed;
 * - First ended in 2021, its successor Second in 2024; Third holds their authority today.
 */
const memberships = `
  whole  A1 2018-06-29 2024-04-01
  whole  F1 2018-06-29 2024-04-01
  joined A2 2018-06-29
  joined A1 2024-04-01
  joined F1 2018-06-29
  split  A3 2018-06-29 2024-04-01
  split  A4 2018-06-29 2024-04-01
  split  F3 2018-06-29 2024-04-01
  split  I3 2018-06-29 2024-04-01
  split  I4 2018-06-29 2020-04-01
  north  A3 2024-04-01
  north  F3 2024-04-01
  north  I3 2024-04-01
  south  A4 2024-04-01
  south  F3 2024-04-01
  left   A5 2018-06-29 2024-04-01
  left   A6 2018-06-29
  left   F5 2018-06-29 2024-04-01
  left   F6 2024-04-01
  joined A5 2024-04-01
  joined F5 2024-04-01
  first  A7 2018-06-29 2021-04-01
  second A7 2021-04-01 2024-04-01
  third  A7 2024-04-01`

/** `partnership authority day of notification`. */
const incidents = {
  'of Whole': 'whole A1 2022-05-01',
  'of Joined, before': 'joined A2 2022-05-01',
  'of Joined, since': 'joined A1 2025-05-01',
  'of Split in the north': 'split A3 2022-05-01',
  'of Split in the south': 'split A4 2022-05-01',
  'of Split in the south, early': 'split A4 2019-05-01',
  'of North': 'north A3 2025-05-01',
  'of South': 'south A4 2025-05-01',
  'of Left in A5': 'left A5 2022-05-01',
  'of Left in A6': 'left A6 2022-05-01',
  'of Left in A6, the evening before': 'left A6 2024-03-31T22:59:59Z',
  'of Left in A6, since': 'left A6 2024-03-31T23:00:00Z',
  'of First': 'first A7 2020-05-01',
  'of Second': 'second A7 2022-05-01',
} as const
type Name = keyof typeof incidents

const cases: { who: string; role: Role; body: string; from?: string; reaches: Name[] }[] = [
  {
    who: 'the manager of the successor of a whole partnership',
    role: 'business-manager',
    body: 'joined',
    reaches: ['of Whole', 'of Joined, before', 'of Joined, since'],
  },
  { who: 'the manager of a partnership that ended', role: 'business-manager', body: 'whole', reaches: ['of Whole'] },
  {
    who: 'the manager of one half of a split partnership',
    role: 'business-manager',
    body: 'north',
    from: '2024-04-01',
    reaches: ['of Split in the north', 'of North'],
  },
  {
    who: 'the scrutineer of the other half',
    role: 'scrutineer',
    body: 'south',
    from: '2024-04-01',
    reaches: ['of Split in the south', 'of Split in the south, early', 'of South'],
  },
  {
    who: 'the force of both halves',
    role: 'safeguarding-partner',
    body: 'F3',
    reaches: ['of Split in the north', 'of Split in the south', 'of Split in the south, early', 'of North', 'of South'],
  },
  {
    who: 'the board of one half, appointed when the partnership was whole',
    role: 'safeguarding-partner',
    body: 'I3',
    from: '2021-01-01',
    reaches: ['of Split in the north', 'of Split in the south', 'of North'],
  },
  {
    who: 'the board of one half, appointed since',
    role: 'safeguarding-partner',
    body: 'I3',
    from: '2024-06-01',
    reaches: ['of Split in the north', 'of North'],
  },
  {
    who: 'a board that left the partnership before it was split',
    role: 'safeguarding-partner',
    body: 'I4',
    reaches: ['of Split in the south, early'],
  },
  {
    who: 'one authority of a split partnership, appointed before',
    role: 'safeguarding-partner',
    body: 'A3',
    reaches: ['of Split in the north', 'of Split in the south', 'of Split in the south, early', 'of North'],
  },
  {
    who: 'the force that left a partnership which goes on',
    role: 'lead-safeguarding-partner',
    body: 'F5',
    reaches: [
      'of Whole',
      'of Joined, before',
      'of Joined, since',
      'of Left in A5',
      'of Left in A6',
      'of Left in A6, the evening before',
    ],
  },
  {
    who: 'the force that joined it then',
    role: 'lead-safeguarding-partner',
    body: 'F6',
    reaches: ['of Left in A5', 'of Left in A6', 'of Left in A6, the evening before', 'of Left in A6, since'],
  },
  {
    who: 'the manager of a partnership that goes on without one of its authorities',
    role: 'business-manager',
    body: 'left',
    reaches: ['of Left in A5', 'of Left in A6', 'of Left in A6, the evening before', 'of Left in A6, since'],
  },
  {
    who: 'the manager of the third partnership of an authority',
    role: 'business-manager',
    body: 'third',
    reaches: ['of First', 'of Second'],
  },
  {
    who: 'the manager of the second, which ended too',
    role: 'business-manager',
    body: 'second',
    reaches: ['of Second'],
  },
  { who: 'the secretariat', role: 'secretariat', body: 'TN', reaches: Object.keys(incidents) as Name[] },
  {
    who: 'the notifier of an authority, for whom partnerships do not matter',
    role: 'notifier',
    body: 'A4',
    reaches: ['of Split in the south', 'of Split in the south, early', 'of South'],
  },
]

let database: Database
const places = new Map<string, Name>()

before(async () => {
  testClock.set('2026-03-02T10:00:00Z')
  database = await freshDatabase()
  const rows = memberships
    .trim()
    .split('\n')
    .map(line => line.trim().split(/ +/))
  const kinds: Record<string, string> = { A: 'authority', F: 'police', I: 'icb' }
  const bodies = new Map<string, string>()
  for (const [partnership = '', body = ''] of rows) bodies.set(partnership, 'partnership').set(body, kinds[body[0]!]!)
  await database.asOwner(async client => {
    for (const [code, kind] of bodies)
      await client.query('insert into body (code, kind, name) values ($1, $2, $1)', [code, kind])
    for (const [partnership, body, from, until] of rows)
      await client.query('insert into partnership_body values ($1, $2, $3, $4)', [partnership, body, from, until])
    for (const [name, incident] of Object.entries(incidents) as [Name, string][]) {
      const [partnership, authority, notified] = incident.split(' ')
      const { rows: added } = await client.query<{ incident_id: string }>(
        `insert into incident (reference, authority_code, partnership_code, notified_at, created_at)
         values ($1, $2, $3, $4, $4) returning incident_id`,
        [name, authority, partnership, notified],
      )
      const place = [added[0]!.incident_id, authority, partnership]
      places.set(added[0]!.incident_id, name)
      await client.query(
        `insert into notification (incident_id, authority_code, partnership_code, status, answers, saved_at)
         values ($1, $2, $3, 'sent', '{}', now())`,
        place,
      )
      await client.query(
        `with review as (
           insert into review (kind, incident_id, authority_code, partnership_code) values ('rapid', $1, $2, $3) returning *)
         insert into rapid_review (review_id, incident_id, authority_code, partnership_code, status, clock_started_on, due_on, opened_at)
         select review_id, incident_id, authority_code, partnership_code, 'signing', '2026-03-02', '2026-03-23', now() from review`,
        place,
      )
      await client.query(
        `insert into document (incident_id, authority_code, partnership_code, subject, name, kind, hash, size_bytes, added_at)
         values ($1, $2, $3, 'notification', 'report', 'docx', 'test', 1, now())`,
        place,
      )
    }
  })
})

async function appointed(role: Role, bodyCode: string, from = '2018-06-29'): Promise<Acting> {
  return database.asOwner(async client => {
    const { rows } = await client.query<{ person_id: string; id: string }>(
      `with somebody as (insert into person (name) values ('Test') returning id)
       insert into appointment (person_id, role, body_code, from_on) select id, $1, $2, $3 from somebody
       returning person_id, id`,
      [role, bodyCode, from],
    )
    const { person_id: personId, id: appointmentId } = rows[0]!
    return actAs(database, { personId, name: 'Test', appointmentId, role, bodyCode, bodyName: bodyCode })
  })
}

async function rowsSeen(acting: Acting, table: string): Promise<Name[]> {
  const { rows } = await acting.transaction(tx =>
    sql<{ incident_id: string }>`select incident_id from ${sql.table(table)}`.execute(tx),
  )
  return rows.map(row => places.get(row.incident_id)!)
}

for (const { who, role, body, from, reaches } of cases) {
  test(`${who} reaches ${reaches.length} of the ${Object.keys(incidents).length} incidents`, async () => {
    const acting = await appointed(role, body, from)
    const expected = [...reaches].sort()
    assert.deepEqual((await rowsSeen(acting, 'incident')).sort(), expected)
    const tables: Record<string, readonly string[]> = {
      notification: reachOf(role, 'read', 'notification'),
      rapid_review: reachOf(role, 'read', 'rapid-review-signing'),
      document: reachOf(role, 'read', 'notification'),
    }
    for (const [table, reach] of Object.entries(tables))
      assert.deepEqual((await rowsSeen(acting, table)).sort(), reach.length > 0 ? expected : [], table)
    const listed = await acting.transaction(tx =>
      listIncidents(tx, acting, { sort: { key: 'notified', direction: 'descending' }, page: 1 }, {}),
    )
    assert.deepEqual(listed.rows.map(({ reference }) => reference).sort(), expected, 'the list')
    assert.equal(listed.total, expected.length)
  })
}

test('a group of another area is left to the appointment there', async () => {
  const [here, there] = [await appointed('agency-author', 'joined'), await appointed('agency-author', 'left')]
  const [incidentId] = [...places].find(([, name]) => name === 'of Joined, since')!
  await database.asOwner(client =>
    client.query(
      `insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
       select review_id, kind, incident_id, authority_code, partnership_code, person, now()
       from review, unnest($2::uuid[]) person where incident_id = $1`,
      [incidentId, [here.personId, there.personId]],
    ),
  )
  assert.deepEqual([await rowsSeen(here, 'incident'), await rowsSeen(there, 'incident')], [['of Joined, since'], []])
})

test('who sends back a review of a partnership that ended is one of its successor', async () => {
  const [incidentId] = [...places].find(([, name]) => name === 'of Whole')!
  const { rows: found } = await database.asOwner(client =>
    client.query<{ review_id: string }>('select review_id from review where incident_id = $1', [incidentId]),
  )
  const reviewId = found[0]!.review_id
  const sendBack = async (body: string) => {
    const acting = await appointed('safeguarding-partner', body)
    return acting.transaction(async tx => {
      const { rows } = await sql<{ sent: boolean }>`select send_back_review(${reviewId}) as sent`.execute(tx)
      return rows[0]!.sent
    })
  }
  assert.equal(await sendBack('F3'), false)
  assert.equal(await sendBack('F1'), true)
})
