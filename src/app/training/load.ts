import type pg from 'pg'
import type { Database } from '../../platform/database/index.ts'
import { londonDate, type CivilDate } from '../../platform/dates.ts'
import { country } from './country.ts'
import { idOf } from './ids.ts'
import { numberEvents, openEvents, takeRecordedEvents } from './load-events.ts'
import { insertRows } from './insert-rows.ts'
import { loadIncidents } from './load-incidents.ts'
import { appointments, conflicts, nationalBodies } from './people.ts'
import { eventRow, personId } from './story.ts'
import { tellChange } from './tell-change.ts'
import { tellLocalReviews } from './tell-local-reviews.ts'
import { walkThrough } from './walk.ts'

export interface LoadOptions {
  /** Progress, a line at a time. */
  say(line: string): void
  /** For measurements: so many notifications, up to 200,000, instead of as many as were published. */
  incidents?: number | undefined
  seed?: number | string
}

const mostIncidents = 200_000

/**
 * The number after `--incidents` on the command line; undefined when it is not asked for.
 * @throws Error when it is no whole number from 1 to 200,000
 */
export function incidentsWanted(args: readonly string[]): number | undefined {
  const at = args.indexOf('--incidents')
  if (at < 0) return undefined
  const count = Number(args[at + 1])
  if (!Number.isInteger(count) || count < 1 || count > mostIncidents) {
    throw new Error(`After --incidents give a whole number from 1 to ${mostIncidents}.`)
  }
  return count
}

/**
 * Puts the training country into an empty database, all or nothing. Does nothing where one is already. What is told
 * ends with yesterday by the database's clock; the same day and seed give the same rows.
 */
export async function loadTrainingCountry(database: Database, options: LoadOptions): Promise<void> {
  const { say, incidents, seed = 1 } = options
  const today = londonDate(database.clock.now())
  await database.asOwner(async client => {
    const held = await client.query('select from region limit 1')
    if (held.rowCount) return
    say('Making the training country. This is done once.')
    const startedAt = performance.now()
    await client.query('begin')
    try {
      await loadBodies(client)
      await loadPeople(client)
      await openEvents(client)
      await loadConflicts(client)
      await loadIncidents(client, { seed, today, count: incidents, say })
      // For measurements incidents alone are wanted.
      if (incidents === undefined) await walkOn(client, { seed, today })
      await numberEvents(client)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
    await client.query('analyze')
    say(`The training country was made in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
  })
}

/** What people did after the notification and the rapid review, page by page. */
async function walkOn(
  client: pg.ClientBase,
  { seed, today }: { seed: number | string; today: CivilDate },
): Promise<void> {
  await client.query('analyze')
  await walkThrough(client, async walk => {
    await tellChange(walk, { seed, today })
    await tellLocalReviews(walk, today)
  })
  await takeRecordedEvents(client)
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
  // Some of them are real, and may be there for the national recommendations.
  const there = new Set((await client.query<{ code: string }>('select code from body')).rows.map(row => row.code))
  const missing = Object.entries(nationalBodies).filter(([code]) => !there.has(code))
  await insertRows(client, 'body', [
    ...missing.map(([code, name]) => body('national', code, name)),
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
  const people = new Map(appointments.map(({ email, name }) => [email, name]))
  await insertRows(
    client,
    'person',
    [...people].map(([email, name]) => ({ id: personId({ email }), name })),
  )
  await insertRows(
    client,
    'email_address',
    [...people.keys()].map(email => ({ person_id: personId({ email }), address: email })),
  )
  await insertRows(
    client,
    'appointment',
    appointments.map(({ email, role, bodyCode, from, until }) => ({
      id: idOf(`appointment ${email} ${role} ${bodyCode} ${from}`),
      person_id: personId({ email }),
      role,
      body_code: bodyCode,
      from_on: from,
      until_on: until ?? null,
    })),
  )
}

/** Members of the Panel who may read nothing of an authority said so on the day on which the story begins. */
async function loadConflicts(client: pg.ClientBase): Promise<void> {
  const declaredAt = '2023-04-03T09:00:00.000Z'
  await insertRows(
    client,
    'conflict_of_interest',
    conflicts.map(({ email, authorityCode, reason }) => ({
      id: idOf(`conflict ${email} ${authorityCode}`),
      person_id: personId({ email }),
      incident_id: null,
      authority_code: authorityCode,
      reason,
      declared_at: declaredAt,
    })),
  )
  await insertRows(
    client,
    'new_event',
    conflicts.map(({ email, authorityCode }) => {
      const who = appointments.find(each => each.email === email && each.role === 'panel-member')
      if (!who) throw new Error(`${email} declared a conflict and is no member of the Panel.`)
      const salt = idOf(`salt ${email} ${authorityCode}`)
      const told = { kind: 'panel.conflict-declared', subject: 'panel-reading', detail: { authorityCode } } as const
      return eventRow(told, { who, at: declaredAt, salt })
    }),
  )
}
