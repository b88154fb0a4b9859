import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { notificationsNeeding } from '../../src/notifications/index.ts'
import { listIncidents } from '../../src/notifications/store.ts'
import { panelNeeding } from '../../src/panel/index.ts'
import { listOpenPoints } from '../../src/panel/letter/point-lists.ts'
import { listWork } from '../../src/panel/worklist.ts'
import { type Role } from '../../src/platform/access/index.ts'
import { actAs, type Acting } from '../../src/platform/acting.ts'
import type { Database, Tx } from '../../src/platform/database/index.ts'
import { readTimeline } from '../../src/platform/events/index.ts'
import { freshDatabase, testClock } from '../../src/platform/testing/test-database.ts'
import { reviewsNeeding } from '../../src/reviews/index.ts'

const incidents = 20_000
const partnerships = 150
/** Tables with a row or more for each incident. */
const large = new Set([
  'incident',
  'notification',
  'review',
  'rapid_review',
  'review_member',
  'consideration',
  'allocation',
  'letter',
  'letter_point',
  'event',
])

let shared: Promise<{ database: Database; incidentId: string }> | undefined

/** A country of 20,000 incidents, of which one in fifty is still open. */
function largeCountry() {
  shared ??= fill()
  return shared
}

async function fill() {
  testClock.set('2026-03-02T10:00:00Z')
  const database = await freshDatabase()
  const incidentId = await database.asOwner(async client => {
    await client.query(`
      insert into region (code, name) select 'R' || n, 'Region ' || n from generate_series(1, 9) n;
      insert into body (code, kind, name, region_code)
        select 'A' || n, 'authority', 'Authority ' || n, 'R' || n % 9 + 1 from generate_series(1, ${partnerships}) n;
      insert into body (code, kind, name, region_code)
        select 'P' || n, 'partnership', 'Partnership ' || n, 'R' || n % 9 + 1 from generate_series(1, ${partnerships}) n;
      insert into body (code, kind, name, region_code) select 'M' || n, 'region', 'Members ' || n, 'R' || n from generate_series(1, 9) n;
      insert into partnership_body (partnership_code, body_code, from_on)
        select 'P' || n, 'A' || n, '2018-06-29' from generate_series(1, ${partnerships}) n;
      insert into person (name) select 'person' || n || '@test.example' from generate_series(1, 200) n;
      create temporary table made as
        select gen_random_uuid() as incident_id, n, 'A' || n % ${partnerships} + 1 as authority_code,
          'P' || n % ${partnerships} + 1 as partnership_code, n % 50 = 0 as open,
          timestamptz '2026-03-01' - n * interval '3 hours' as at, person.id as person_id
        from generate_series(1, ${incidents}) n join person on person.name = 'person' || n % 200 + 1 || '@test.example';
      insert into incident (incident_id, reference, authority_code, partnership_code, nature, notified_at, created_at)
        select incident_id, 'T-' || n, authority_code, partnership_code, 'serious-harm', at, at from made;
      insert into notification (incident_id, authority_code, partnership_code, status, answers, saved_at, sent_at)
        select incident_id, authority_code, partnership_code, 'sent', '{}', at, at from made;
      insert into review (review_id, kind, incident_id, authority_code, partnership_code)
        select incident_id, 'rapid', incident_id, authority_code, partnership_code from made;
      insert into rapid_review (review_id, incident_id, authority_code, partnership_code, status, clock_started_on, due_on, opened_at, sent_at)
        select incident_id, incident_id, authority_code, partnership_code, case when open and n % 100 = 0 then 'draft' else 'sent' end,
          at::date, at::date + 21, at, at from made;
      insert into review_member (review_id, kind, incident_id, authority_code, partnership_code, person_id, added_at)
        select incident_id, 'rapid', incident_id, authority_code, partnership_code, person_id, at from made;
      insert into consideration (review_id, kind, incident_id, authority_code, partnership_code, status, received_at, due_on)
        select incident_id, 'rapid', incident_id, authority_code, partnership_code, case when open then 'allocated' else 'letter-sent' end, at, at::date + 15
        from made where not (open and n % 100 = 0);
      insert into allocation (review_id, incident_id, authority_code, partnership_code, person_id, allocated_at)
        select incident_id, incident_id, authority_code, partnership_code, person_id, at from made;
      insert into letter (letter_id, review_id, kind, incident_id, authority_code, partnership_code, reference, status, sent_at, asked, unanswered)
        select incident_id, incident_id, 'rapid', incident_id, authority_code, partnership_code, 'T-' || n, 'sent', at, 3, case when n % 20 <> 1 then 0 else 3 end
        from made where not open;
      insert into letter_point (letter_id, review_id, incident_id, authority_code, partnership_code, status, number, theme, text, answered)
        select incident_id, incident_id, incident_id, authority_code, partnership_code, 'sent', number, 'neglect', 'A point', n % 20 <> 1
        from made, generate_series(1, 3) number where not open;
      insert into event (at, kind, subject, incident_id, authority_code, partnership_code, who)
        select at, 'notification.sent', 'notification', incident_id, authority_code, partnership_code, 'notifier'
        from made, generate_series(1, 5);
    `)
    await client.query('analyze')
    const { rows } = await client.query<{ incident_id: string }>(
      `select incident_id from incident where partnership_code = 'P7' limit 1`,
    )
    return rows[0]!.incident_id
  })
  return { database, incidentId }
}

async function aPersonOf(database: Database, role: Role, bodyCode: string, name: string): Promise<Acting> {
  return database.asOwner(async client => {
    const person = await client.query<{ id: string }>(
      `with known as (select id from person where name = $1),
         added as (insert into person (name) select $1 where not exists (select from known) returning id)
       select id from known union all select id from added`,
      [name],
    )
    const { id: personId } = person.rows[0]!
    const appointment = await client.query<{ id: string }>(
      `insert into appointment (person_id, role, body_code, from_on) values ($1, $2, $3, '2018-06-29') returning id`,
      [personId, role, bodyCode],
    )
    return actAs(database, {
      personId,
      name,
      appointmentId: appointment.rows[0]!.id,
      role,
      bodyCode,
      bodyName: bodyCode,
    })
  })
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

/** The plan of each statement that some work asks, as the acting person, with what it was asked with. */
async function plansOf(database: Database, acting: Acting, work: (tx: Tx) => Promise<unknown>) {
  const asked: { text: string; values: readonly unknown[] }[] = []
  let listening = false
  const listen = (client: { query: unknown }) => {
    const query = client.query as (...given: unknown[]) => unknown
    client.query = (...given: unknown[]) => {
      const [first, second] = given as [string | { text: string; values?: unknown[] }, unknown[] | undefined]
      if (listening) {
        asked.push(
          typeof first === 'string'
            ? { text: first, values: second ?? [] }
            : { text: first.text, values: first.values ?? [] },
        )
      }
      return query.apply(client, given)
    }
    listened.push(() => (client.query = query))
  }
  const listened: (() => void)[] = []
  database.pool.on('acquire', listen)
  try {
    return await acting.transaction(async tx => {
      listening = true
      await work(tx)
      listening = false
      const plans: { text: string; plan: Plan }[] = []
      for (const { text, values } of asked) {
        // The plan that connections keep is made without knowing the values.
        await tx.executeQuery(CompiledQuery.raw(`prepare asked as ${text}`))
        const given = values.map(() => 'null')
        const { rows } = await tx.executeQuery<{ 'QUERY PLAN': { Plan: Plan }[] }>(
          CompiledQuery.raw(`explain (format json) execute asked${given.length > 0 ? `(${given.join(', ')})` : ''}`),
        )
        await tx.executeQuery(CompiledQuery.raw('deallocate asked'))
        plans.push({ text, plan: rows[0]!['QUERY PLAN'][0]!.Plan })
      }
      return plans
    })
  } finally {
    database.pool.off('acquire', listen)
    for (const stop of listened) stop()
  }
}

function wholeTablesIn(plan: Plan): string[] {
  const here =
    plan['Node Type'].endsWith('Seq Scan') && large.has(plan['Relation Name']!) ? [plan['Relation Name']!] : []
  return [...here, ...(plan.Plans ?? []).flatMap(wholeTablesIn)]
}

const firstPage = (tx: Tx, acting: Acting) =>
  listIncidents(tx, acting, { sort: { key: 'notified', direction: 'descending' }, page: 1 }, {})
const openPoints = (tx: Tx) => listOpenPoints(tx, { sort: { key: 'sent', direction: 'ascending' }, page: 1 }, {})
const byDay = { sort: { key: 'due', direction: 'ascending' }, page: 1 } as const

const lists: {
  name: string
  role: Role
  body: string
  ask: (tx: Tx, acting: Acting, incidentId: string) => Promise<unknown>
  /** Every row of the table counts, so that its count ends with the thousandth row from its start. */
  countsAll?: true
}[] = [
  { name: 'the incidents of a partnership', role: 'business-manager', body: 'P7', ask: firstPage },
  { name: 'the incidents of an authority', role: 'notifier', body: 'A7', ask: firstPage },
  { name: 'the incidents of the country', role: 'secretariat', body: 'TN', ask: firstPage, countsAll: true },
  { name: 'what waits for a manager: notifications', role: 'notifier', body: 'A7', ask: notificationsNeeding },
  { name: 'what waits for a manager: reviews', role: 'business-manager', body: 'P7', ask: reviewsNeeding },
  { name: 'what waits for a partner: reviews', role: 'safeguarding-partner', body: 'A7', ask: reviewsNeeding },
  { name: 'what waits for a manager: letters', role: 'business-manager', body: 'P7', ask: panelNeeding },
  { name: 'what waits for a member', role: 'panel-member', body: 'M7', ask: panelNeeding },
  { name: 'what waits for the secretariat', role: 'secretariat', body: 'TN', ask: panelNeeding },
  {
    name: 'the worklist of a member',
    role: 'panel-member',
    body: 'M7',
    ask: (tx, acting) => listWork(tx, byDay, { status: 'open', memberId: acting.personId }),
  },
  {
    name: 'the open worklist of the secretariat',
    role: 'secretariat',
    body: 'TN',
    ask: tx => listWork(tx, byDay, { status: 'open' }),
  },
  {
    name: 'letters that wait for an answer',
    role: 'secretariat',
    body: 'TN',
    ask: tx => listWork(tx, byDay, { answered: 'not-yet' }),
  },
  { name: 'points without an answer, for a member', role: 'panel-member', body: 'M7', ask: openPoints },
  { name: 'points without an answer, for the secretariat', role: 'secretariat', body: 'TN', ask: openPoints },
  {
    name: 'the timeline of an incident',
    role: 'business-manager',
    body: 'P7',
    ask: (tx, _, incidentId) => readTimeline(tx, incidentId),
  },
  {
    name: 'the timeline of an incident, for the secretariat',
    role: 'secretariat',
    body: 'TN',
    ask: (tx, _, incidentId) => readTimeline(tx, incidentId),
  },
]
for (const { name, role, body, ask, countsAll } of lists) {
  test(`${name}: found by an index among ${incidents} incidents`, async () => {
    const { database, incidentId } = await largeCountry()
    const acting = await aPersonOf(database, role, body, `person${role.length}@test.example`)
    const plans = await plansOf(database, acting, tx => ask(tx, acting, incidentId))
    assert.ok(plans.length > 0)
    const looked = countsAll ? plans.filter(({ text }) => !text.startsWith('select count')) : plans
    const whole = looked.flatMap(({ text, plan }) => wholeTablesIn(plan).map(table => `${table} as a whole: ${text}`))
    assert.deepEqual(whole, [])
  })
}
