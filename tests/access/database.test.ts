import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { sql } from 'kysely'
import { sealEvents } from '../../src/platform/events/index.ts'
import type { Tx } from '../../src/platform/database/index.ts'
import { country, silent, type Caller, type Country } from './country.ts'
import { checkDatabase, everybodyIn, rolledBack, type Somebody } from './database-check.ts'

/** With a row in the tables that the chain leaves empty. */
async function furnished(): Promise<Country> {
  const here = await country()
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-access-'))
  await sealEvents(here.database, { folder, log: silent })
  rmSync(folder, { recursive: true })
  const [one] = here.callers
  const incident = here.incidents.find(({ documentId }) => documentId)!
  await here.database.asOwner(async client => {
    await client.query(`insert into credential (person_id) values ($1) on conflict do nothing`, [one!.personId])
    await client.query(
      `insert into access_entry (at, person_id, who, subject, purpose, incident_ids)
       values (now(), $1, 'notifier', 'notification', 'test', $2)`,
      [one!.personId, [incident.incidentId]],
    )
    await client.query(`insert into sign_in_failure (address_hash, at) values ('test', now())`)
    await client.query(
      `insert into sign_in_link (token_hash, person_id, created_at, expires_at) values ('test', $1, now(), now()) on conflict do nothing`,
      [one!.personId],
    )
    await client.query(
      `insert into idempotency_key (person_id, key, request_hash, expires_at) values ($1, 'test', 'test', now()) on conflict do nothing`,
      [one!.personId],
    )
    await client.query(
      `insert into paragraph_placement (review_id, incident_id, document_id, number, authority_code, partnership_code, section)
       select review_id, incident_id, id, 1, authority_code, partnership_code, 'learning' from document where id = $1
       on conflict do nothing`,
      [incident.documentId],
    )
  })
  return here
}

const plants = [
  {
    name: 'a policy without a condition',
    table: 'reading',
    plant: `create policy planted on reading for select to weathervane_app using (true)`,
    mend: `drop policy planted on reading`,
    finds: /^business-manager in the group, A can see reading .+ \(reading\)$/,
  },
  {
    name: 'a table whose conflicts are forgotten',
    table: 'letter',
    plant: `drop policy conflict on letter`,
    mend: `call guard_conflict('letter')`,
    finds: /^panel-member allocated, with a conflict in each incident, A can see letter .+ \(answered\)$/,
  },
  {
    name: 'a table without row-level security',
    table: 'child',
    plant: `alter table child disable row level security`,
    mend: `alter table child enable row level security`,
    finds: /^anybody can see child .+ \(notified\)$/,
  },
  {
    name: 'a policy that lets a reader write',
    table: 'consideration',
    plant: `create policy planted on consideration for update to weathervane_app using (true)`,
    mend: `drop policy planted on consideration`,
    finds: /^panel-member allocated, A can change consideration .+ \(reading\)$/,
  },
]
for (const { name, table, plant, mend, finds } of plants) {
  test(`${name} is found out`, async () => {
    const here = await furnished()
    await here.database.asOwner(client => client.query(plant))
    try {
      const found = await checkDatabase(here, [table])
      assert.ok(
        found.some(each => finds.test(each)),
        found.join('\n'),
      )
    } finally {
      await here.database.asOwner(client => client.query(mend))
    }
  })
}

test('the database shows everybody, and lets them write, what the access table gives and nothing else', async () => {
  assert.deepEqual(await checkDatabase(await furnished()), [])
})

test('a person’s e-mail address is found in no table but by themselves, administrators, sign-in and who adds people', async () => {
  const here = await furnished()
  const readable = await here.database.asOwner(
    async client =>
      (
        await client.query<{ name: string }>(
          `select relname as name from pg_class
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm')
             and has_table_privilege('weathervane_app', oid, 'select')`,
        )
      ).rows,
  )
  const everything = readable.map(({ name }) => `select t::text as text from ${name} t`).join(' union all ')
  const addressesSeen = (somebody: Pick<Somebody, 'actor'>) =>
    rolledBack(here, somebody.actor, async tx => {
      const { rows } = await sql.raw<{ text: string }>(everything).execute(tx)
      return new Set(rows.flatMap(({ text }) => text.match(/[\w-]+@test\.example/g) ?? []))
    })
  const all = await addressesSeen({ actor: { task: 'sign-in' } })
  assert.equal(all.size, here.callers.length + 1)
  for (const somebody of everybodyIn(here)) {
    const { label, asker } = somebody
    const seen = await addressesSeen(somebody)
    const expected = ['administrator', 'task:sign-in', 'task:load'].includes(asker.who ?? '')
      ? all.size
      : Number(asker.personId !== '')
    assert.equal(seen.size, expected, label)
  }
})

test('a table that nobody thought of is found out', async () => {
  const here = await furnished()
  await here.database.asOwner(client => client.query('create table planted (text text)'))
  try {
    assert.deepEqual(await checkDatabase(here, ['region']), ['planted has no rule'])
  } finally {
    await here.database.asOwner(client => client.query('drop table planted'))
  }
})

const at = '2026-03-02T10:00:00Z'

/** What the application's role must not be able to do, whatever code runs as it. */
const refused = [
  `insert into access_right values ('notifier', 'reading', 'read', 'national')`,
  `update access_right set scope = 'national'`,
  `delete from access_right`,
  `delete from migration`,
  `update body set name = name`,
  `delete from partnership_body`,
  `alter table reading disable row level security`,
  `create policy mine on reading using (true)`,
  `drop policy conflict on incident`,
  `call guard('reading', 'select', 'incident', 'read')`,
  `create or replace function my_codes(access text) returns text[] language sql as 'select array[''*'']'`,
  `create table public.mine (text text)`,
  `create function public.mine() returns int language sql as 'select 1'`,
  `alter role weathervane_app bypassrls`,
  `alter function weathervane_begin(uuid, uuid, text, date, timestamptz) security invoker`,
  `set local session_replication_role = replica`,
  `truncate event cascade`,
  `update event set kind = kind`,
  `delete from event_detail`,
  `update notification_version set hash = hash`,
  `delete from rapid_review_version`,
  `update review_sent_back set reason = reason`,
  `update child set position = position`,
  `update letter_point set answered = true`,
  `delete from point_reply`,
  `select hidden_by_conflict(gen_random_uuid(), gen_random_uuid(), '')`,
  `select * from mail_recipients(gen_random_uuid(), '{}')`,
]
for (const statement of refused) {
  test(`the application's role is refused: ${statement}`, async () => {
    const here = await country()
    const { manager } = whoIn(here)
    await assert.rejects(
      asCaller(here, manager, tx => sql.raw(statement).execute(tx)),
      (error: { code?: string }) => error.code === '42501',
    )
  })
}

test('row-level security cannot be left out by asking for it', async () => {
  const here = await country()
  const { manager } = whoIn(here)
  await assert.rejects(
    asCaller(here, manager, async tx => {
      await sql`set local row_security = off`.execute(tx)
      await sql`select * from reading`.execute(tx)
    }),
    /would be affected by row-level security/,
  )
})

test('nobody begins as somebody they are not', async () => {
  const here = await country()
  const { manager, chair } = whoIn(here)
  const begin = (person: string | null, appointment: string | null, who: string, on = '2026-03-02') =>
    asCaller(here, manager, tx =>
      sql`select weathervane_begin(${person}, ${appointment}, ${who}, ${on}, ${at})`.execute(tx),
    )
  const { personId, acting } = chair
  await assert.rejects(
    begin(manager.personId, acting.appointmentId, 'panel-chair'),
    /not in force/,
    'another’s appointment',
  )
  await assert.rejects(begin(personId, null, 'panel-chair'), /Only a person with an appointment/, 'a role without one')
  await assert.rejects(
    begin(personId, acting.appointmentId, 'panel-chair', '2017-01-01'),
    /not in force/,
    'before it began',
  )
  const made = await asCaller(here, manager, async tx => {
    await sql`select weathervane_begin(null, null, 'task:everything', '2026-03-02', ${at})`.execute(tx)
    return countOf(tx, 'incident')
  })
  assert.equal(made, 0, 'a task that is not in the access table')
})

test('tables of one’s own in front of ours change nothing of what is worked out', async () => {
  const here = await country()
  const { manager, chair } = whoIn(here)
  const counts = await asCaller(here, manager, async tx => {
    const before = await countOf(tx, 'public.reading')
    await sql`create temporary table access_right (who text, subject text, action text, scope text)`.execute(tx)
    await sql`insert into access_right values ('business-manager', 'panel-reading', 'read', 'national')`.execute(tx)
    await sql.raw(`create temporary table appointment (like public.appointment)`).execute(tx)
    await sql`
      insert into pg_temp.appointment (id, person_id, role, body_code, from_on)
      values (${chair.acting.appointmentId}, ${manager.personId}, 'panel-chair', 'TN', '2018-06-29')`.execute(tx)
    await sql`create temporary table conflict_of_interest (like public.conflict_of_interest)`.execute(tx)
    await sql`set local search_path = pg_temp, public`.execute(tx)
    await sql`savepoint before_trying`.execute(tx)
    await assert.rejects(
      sql`select public.weathervane_begin(${manager.personId}, ${chair.acting.appointmentId}, '', '2026-03-02', ${at})`.execute(
        tx,
      ),
      /not in force/,
    )
    await sql`rollback to savepoint before_trying`.execute(tx)
    await sql`select public.weathervane_begin(${manager.personId}, ${manager.acting.appointmentId}, '', '2026-03-02', ${at})`.execute(
      tx,
    )
    return [before, await countOf(tx, 'public.reading')]
  })
  assert.deepEqual(counts, [0, 0])
})

// Row-level security holds what our own statements forget. It is no wall against statements of somebody else's: whoever
// gets one of those past us chooses who they are. See docs/decisions/one-access-table.md.
test('code that runs statements of its own as the application can say that it is anybody', async () => {
  const here = await country()
  const { manager, chair } = whoIn(here)
  const seen = await asCaller(here, manager, async tx => {
    const own = await countOf(tx, 'reading')
    await sql`select weathervane_begin(${chair.personId}, ${chair.acting.appointmentId}, '', '2026-03-02', ${at})`.execute(
      tx,
    )
    const asChair = await countOf(tx, 'reading')
    await sql`select weathervane_begin(null, null, 'public', '2026-03-02', ${at})`.execute(tx)
    await sql`select set_config('weathervane.panel_reading.read.codes', '{*}', true)`.execute(tx)
    return { own, asChair, bySetting: await countOf(tx, 'reading') }
  })
  assert.equal(seen.own, 0)
  assert.ok(seen.asChair > 0)
  assert.ok(seen.bySetting > 0)
})

test('outside a transaction that says who acts, nothing is seen', async () => {
  const { database } = await country()
  for (const table of ['incident', 'person', 'email_address', 'session', 'event', 'mail']) {
    const { rows } = await database.pool.query<{ count: string }>(`select count(*) from ${table}`)
    assert.equal(rows[0]!.count, '0', table)
  }
})

if (process.env['TEST_DATABASE_URL']) {
  test('a login that is only a member of the application’s role cannot become the owner', async () => {
    const { database } = await country()
    const name = `weathervane_login_${process.pid}`
    await database.asOwner(client => client.query(`create role ${name} login password 'test' in role weathervane_app`))
    const url = Object.assign(new URL(database.pool.options.connectionString!), { username: name, password: 'test' })
    const client = new pg.Client(url.href)
    try {
      await client.connect()
      for (const statement of [
        'set role postgres',
        'alter table reading disable row level security',
        'delete from access_right',
      ])
        await assert.rejects(client.query(statement), (error: { code?: string }) => error.code === '42501', statement)
      await client.query('reset role')
      assert.equal((await client.query('select * from reading')).rows.length, 0)
    } finally {
      await client.end()
      await database.asOwner(owner => owner.query(`drop role ${name}`))
    }
  })
}

function whoIn({ callers }: Country): { manager: Caller; chair: Caller } {
  const labelled = (label: string) => callers.find(caller => caller.label === label)!
  return { manager: labelled('business-manager in the group, A'), chair: labelled('panel-chair') }
}

async function asCaller<T>(here: Country, { personId, acting }: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
  return rolledBack(here, { person: personId, appointment: acting.appointmentId }, work)
}

async function countOf(tx: Tx, table: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.raw(table)}`.execute(tx)
  return Number(rows[0]!.count)
}
