import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Database } from '../../platform/database/index.ts'
import { country } from './country.ts'
import { insertRows } from './insert-rows.ts'
import { appointments, conflicts, nationalBodies } from './people.ts'

export interface LoadOptions {
  /** Progress, a line at a time. */
  say(line: string): void
}

/** Puts the training country into an empty database, all or nothing. Does nothing where one is already. */
export async function loadTrainingCountry(database: Database, { say }: LoadOptions): Promise<void> {
  await database.asOwner(async client => {
    const held = await client.query('select from region limit 1')
    if (held.rowCount) return
    say('Making the training country. This is done once.')
    await client.query('begin')
    try {
      await loadBodies(client)
      await loadPeople(client)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
    await client.query('analyze')
  })
}

async function loadBodies(client: pg.ClientBase): Promise<void> {
  const { regions, authorities, policeForces, icbs, partnerships, partnershipBodies } = country
  await insertRows(
    client,
    'region',
    regions.map(({ code, name }) => ({ code, name })),
  )
  const body = (kind: string, code: string, name: string, more: Record<string, unknown> = {}) => ({
    code,
    kind,
    name,
    region_code: null,
    phone: null,
    email: null,
    from_on: '2018-06-29',
    until_on: null,
    ...more,
  })
  const regionOf = (partnershipCode: string) => {
    const member = partnershipBodies.find(
      each => each.partnershipCode === partnershipCode && each.bodyKind === 'authority',
    )
    return authorities.find(authority => authority.code === member?.bodyCode)?.regionCode ?? null
  }
  await insertRows(client, 'body', [
    ...Object.entries(nationalBodies).map(([code, name]) => body('national', code, name)),
    ...regions.map(({ code, name }) => body('region', code, name, { region_code: code })),
    ...authorities.map(({ code, name, regionCode }) => body('authority', code, name, { region_code: regionCode })),
    ...policeForces.map(({ code, name, from, until }) =>
      body('police', code, name, { from_on: from, until_on: until ?? null }),
    ),
    ...icbs.map(({ code, name, from, until }) => body('icb', code, name, { from_on: from, until_on: until ?? null })),
    ...partnerships.map(({ code, name, from, until, phone, email }) =>
      body('partnership', code, name, {
        region_code: regionOf(code),
        phone,
        email,
        from_on: from,
        until_on: until ?? null,
      }),
    ),
  ])
  await insertRows(
    client,
    'partnership_body',
    partnershipBodies.map(({ partnershipCode, bodyCode, from, until }) => ({
      partnership_code: partnershipCode,
      body_code: bodyCode,
      from_on: from,
      until_on: until ?? null,
    })),
  )
}

async function loadPeople(client: pg.ClientBase): Promise<void> {
  const ids = new Map(appointments.map(({ email }) => [email, randomUUID()]))
  const names = new Map(appointments.map(({ email, name }) => [email, name]))
  await insertRows(
    client,
    'person',
    [...ids].map(([email, id]) => ({ id, email, name: names.get(email) })),
  )
  await insertRows(
    client,
    'appointment',
    appointments.map(({ email, role, bodyCode, from, until }) => ({
      id: randomUUID(),
      person_id: ids.get(email),
      role,
      body_code: bodyCode,
      from_on: from,
      until_on: until ?? null,
    })),
  )
  await insertRows(
    client,
    'conflict_of_interest',
    conflicts.map(({ email, authorityCode, reason }) => ({
      id: randomUUID(),
      person_id: ids.get(email),
      authority_code: authorityCode,
      reason,
      declared_at: '2024-04-02T09:00:00Z',
    })),
  )
}
