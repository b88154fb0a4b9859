import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../src/platform/testing/test-database.ts'

/** A function of the schema, by what somebody who is no member could do with it. */
interface Routine {
  name: string
  isDefiner: boolean
  isOpen: boolean
  settings: string[] | null
}

async function routines(): Promise<Routine[]> {
  const database = await testDatabase()
  return database.asOwner(
    async client =>
      (
        await client.query<Routine>(
          `select proname as name, prosecdef as "isDefiner", proconfig as settings,
             exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as "isOpen"
           from pg_proc where pronamespace = 'public'::regnamespace order by proname`,
        )
      ).rows,
  )
}

test('no function of ours is open to every login', async () => {
  const open = (await routines()).filter(routine => routine.isOpen)
  assert.deepEqual(
    open.map(({ name }) => name),
    [],
  )
})

test('a function that steps out of row-level security looks for its tables in one place', async () => {
  const definers = (await routines()).filter(({ isDefiner }) => isDefiner)
  assert.ok(definers.some(({ name }) => name === 'weathervane_begin'))
  for (const { name, settings } of definers) assert.deepEqual(settings, ['search_path=public, pg_temp'], name)
})

test('a function that a later migration makes is closed until somebody opens it', async () => {
  const database = await testDatabase()
  await database.asOwner(async client => {
    await client.query('begin')
    await client.query('create function planted() returns int language sql as $$ select 1 $$')
    const { rows } = await client.query<{ may: boolean }>(
      `select has_function_privilege('weathervane_app', 'planted()', 'execute') as may`,
    )
    assert.deepEqual(rows, [{ may: false }])
    await client.query('rollback')
  })
})

/** An addressee lies where it is, which its trigger holds to the recommendation; what belongs to it lies with its row. */
const holdingTriggers = ['place_addressee', 'keep_with_addressee', 'apply_recommendation_move', 'check_by_another']

test('every row about an incident is tied to the place of its incident', async () => {
  const database = await testDatabase()
  const loose = await database.asOwner(
    async client =>
      (
        await client.query<{ name: string }>(
          `select relname as name from pg_class
           where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'incident'
             and (select count(*) from pg_attribute where attrelid = pg_class.oid and not attisdropped
               and attname in ('incident_id', 'authority_code', 'partnership_code')) = 3
             and not exists (
               select from pg_constraint
               where conrelid = pg_class.oid and contype = 'f'
                 and (confrelid, array_length(conkey, 1)) in (('incident'::regclass, 3), ('review'::regclass, 4)))
             and not exists (select from pg_trigger where tgrelid = pg_class.oid and tgname = any ($1))
           order by relname`,
          [holdingTriggers],
        )
      ).rows,
  )
  // An event is held to its incident when somebody writes it; some are about an area and no incident.
  assert.deepEqual(
    loose.map(({ name }) => name),
    ['event'],
  )
})
