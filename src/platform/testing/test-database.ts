import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import pg from 'pg'
import { actAs, type Acting } from '../acting.ts'
import type { Role } from '../access/index.ts'
import { migrate, openDatabase, type Database } from '../database/index.ts'

/** A clock that stands where a test puts it. */
export class TestClock {
  private at = new Date('2026-03-02T10:00:00Z')

  now(): Date {
    return this.at
  }

  set(iso: string): void {
    this.at = new Date(iso)
  }
}

export const testClock = new TestClock()
let shared: Promise<Database> | undefined
const closing: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closing) await close()
})

/**
 * One migrated database for all tests of this process: in memory, or on the server of TEST_DATABASE_URL (the owner's
 * address; a database of our own is made there and dropped). Tests make their own areas and people, so that row-level
 * security keeps them apart.
 */
export function testDatabase(): Promise<Database> {
  shared ??= freshDatabase()
  return shared
}

/** A database that one test may break. */
export async function freshDatabase(): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL']
  const name = `weathervane_test_${randomUUID().slice(0, 8)}`
  if (server) await onServer(server, `create database ${name}`)
  const url = server && Object.assign(new URL(server), { pathname: `/${name}` }).href
  const database = openDatabase({ url, clock: testClock })
  closing.push(async () => {
    await database.close()
    if (server) await onServer(server, `drop database ${name} with (force)`)
  })
  await database.asOwner(async client => {
    await migrate(client)
    await client.query(`insert into body (code, kind, name) values ('TN', 'national', 'Test nation')`)
  })
  return database
}

async function onServer(url: string, command: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(command)
  await client.end()
}

export interface TestArea {
  region: string
  authority: string
  partnership: string
  police: string
  icb: string
}

let areas = 0

/** A region with one partnership of one authority, one force and one ICB, invented for one test. */
export async function anArea(): Promise<TestArea> {
  const database = await testDatabase()
  const mark = `${++areas}-${randomUUID().slice(0, 4)}`
  const area = {
    region: `TR-${mark}`,
    authority: `TA-${mark}`,
    partnership: `TP-${mark}`,
    police: `TF-${mark}`,
    icb: `TI-${mark}`,
  }
  await database.asOwner(async client => {
    await client.query('insert into region (code, name) values ($1, $2)', [area.region, `Region ${mark}`])
    for (const [kind, code] of Object.entries(area)) {
      await client.query('insert into body (code, kind, name, region_code) values ($1, $2, $3, $4)', [
        code,
        kind,
        `Test ${kind} ${mark}`,
        area.region,
      ])
    }
    for (const code of [area.authority, area.police, area.icb]) {
      await client.query(
        `insert into partnership_body (partnership_code, body_code, from_on) values ($1, $2, '2018-06-29')`,
        [area.partnership, code],
      )
    }
  })
  return area
}

/** Somebody new, appointed to a body, acting. */
export async function aPerson(role: Role, bodyCode: string, options: { name?: string } = {}): Promise<Acting> {
  const database = await testDatabase()
  const mark = randomUUID().slice(0, 8)
  const name = options.name ?? `Test ${role} ${mark}`
  return database.asOwner(async client => {
    const person = await client.query<{ id: string }>(
      `with added as (insert into person (name) values ($2) returning id)
       insert into email_address (person_id, address) select id, $1 from added returning person_id as id`,
      [`${role}.${mark}@test.example`, name],
    )
    const personId = person.rows[0]!.id
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
