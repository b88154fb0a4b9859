import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Tx } from '../../src/platform/database/index.ts'
import { country } from './country.ts'
import { everybodyIn, rolledBack } from './database-check.ts'

/** Columns with a person in them who is not who wrote the row: whom it is about, or for. */
const about = [
  'action.lead_person_id',
  'allocation.person_id',
  'api_token.person_id',
  'appointment.person_id',
  'assurance_member.person_id',
  'conflict_of_interest.person_id',
  'credential.person_id',
  'draft_accuracy.account_id',
  'email_address.person_id',
  'family_lead.account_id',
  'idempotency_key.person_id',
  'mail.person_id',
  'review_member.person_id',
  'reviewer_appointment.account_id',
  'session.person_id',
  'sign_in_link.person_id',
]
interface Held {
  name: string
  /** Of a key that is one uuid. */
  key: string | null
  columns: string[]
}

test('every column that says who did something is held to whoever does it', async () => {
  const { database } = await country()
  const { rows } = await database.asOwner(client =>
    client.query<{ named: string; held: boolean }>(
      `select conrelid::regclass || '.' || attname as named, exists (
         select from pg_trigger where tgrelid = conrelid and tgname = 'hold_to_own_name'
           and encode(tgargs, 'escape') ~ ('(^|\\\\000)' || attname || '\\\\000')) as held
       from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where contype = 'f' and confrelid = 'person'::regclass order by 1`,
    ),
  )
  const loose = rows.filter(({ held }) => !held).map(({ named }) => named)
  assert.deepEqual(loose, about)
  assert.ok(rows.filter(({ held }) => held).length > 50)
})

test('nobody adds a row in the name of another, whatever code runs as them', async () => {
  const here = await country()
  const tables = await here.database.asOwner(async client => {
    const { rows } = await client.query<Held>(
      `select tgrelid::regclass::text as name, string_to_array(rtrim(encode(tgargs, 'escape'), '\\000'), '\\000') as columns,
         (select case when count(*) = 1 and min(format_type(atttypid, null)) = 'uuid' then min(attname::text) end
          from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
          where indrelid = tgrelid and indisprimary) as key
       from pg_trigger where tgname = 'hold_to_own_name' order by 1`,
    )
    return rows
  })
  const rowsOf = new Map<string, Record<string, unknown>[]>()
  await here.database.asOwner(async client => {
    for (const { name } of tables) {
      const { rows } = await client.query<{ json: Record<string, unknown> }>(
        `select to_jsonb(t) as json from ${name} t order by 1 desc limit 4`,
      )
      rowsOf.set(
        name,
        rows.map(({ json }) => json),
      )
    }
  })
  let inOwnName = 0
  const forged: string[] = []
  for (const { label, actor, asker } of everybodyIn(here)) {
    if (label.startsWith('the task')) continue
    const other = here.callers.find(({ personId }) => personId !== asker.personId)!.personId
    await rolledBack(here, actor, async tx => {
      for (const { name, key, columns } of tables) {
        for (const json of rowsOf.get(name)!) {
          const begun = columns.filter(
            column => column === 'person_id' || json[column] !== null || json[column.replace(/_by$/, '_at')],
          )
          if (begun.length === 0) continue
          const named = (personId: string) => ({
            ...json,
            ...Object.fromEntries(begun.map(column => [column, personId])),
          })
          if (await adds(tx, name, key, named(other))) forged.push(`${label}: ${name}`)
          if (asker.personId && (await adds(tx, name, key, named(asker.personId)))) inOwnName += 1
        }
      }
    })
  }
  assert.equal(forged.join('\n'), '')
  assert.ok(inOwnName > 10, `only ${inOwnName} rows could be added in one's own name: the check finds nothing`)
})

async function adds(tx: Tx, name: string, key: string | null, json: Record<string, unknown>): Promise<boolean> {
  await sql`savepoint trying`.execute(tx)
  try {
    const { rows } = await sql<{ list: string }>`
      select string_agg(quote_ident(column_name), ', ') as list from information_schema.columns
      where table_schema = 'public' and table_name = ${name} and is_identity = 'NO' and is_generated = 'NEVER'`.execute(
      tx,
    )
    const list = sql.raw(rows[0]!.list)
    await sql`insert into ${sql.table(name)} (${list}) select ${list}
      from jsonb_populate_record(null::${sql.table(name)}, ${JSON.stringify(json)}::jsonb
        || ${JSON.stringify(key ? { [key]: crypto.randomUUID() } : {})}::jsonb)`.execute(tx)
    return true
  } catch {
    return false
  } finally {
    await sql`rollback to savepoint trying`.execute(tx)
  }
}
