import { parse } from 'csv-parse/sync'
import type pg from 'pg'
import { z } from 'zod'
import { ServiceError } from '../platform/errors.ts'
import { civilDate, isCivilDate, type CivilDate } from '../platform/dates.ts'
import { readLocalAuthorities, readRegions } from './local-authorities.ts'

/** How many rows there were to load, and how many were new or differed. */
export interface Loaded {
  rows: number
  changed: number
}

const england = { kind: 'national', code: 'NATIONAL', name: 'England' } as const

interface Body {
  kind: string
  code: string
  name: string
  region_code: string | null
  phone: string | null
  email: string | null
}

/**
 * Loads the regions of England, its authorities and the nation as bodies. May run again after the data changed. Runs as
 * the owner of the tables.
 * @throws ServiceError 'conflict' in a database that holds the training country
 */
export async function loadReference(client: pg.ClientBase): Promise<{ regions: Loaded; bodies: Loaded }> {
  return allOrNothing(client, async () => {
    const regions = readRegions()
    const withoutContact = { region_code: null, phone: null, email: null }
    const bodies: Body[] = [
      { ...england, ...withoutContact },
      ...regions.map(({ code, name }) => ({ ...withoutContact, kind: 'region', code, name, region_code: code })),
      ...readLocalAuthorities().map(({ code, name, regionCode }) => ({
        ...withoutContact,
        kind: 'authority',
        code,
        name,
        region_code: regionCode,
      })),
    ]
    const changedRegions = await client.query(
      `insert into region (code, name) select code, name from json_populate_recordset(null::region, $1)
       on conflict (code) do update set name = excluded.name where region.name <> excluded.name`,
      [JSON.stringify(regions.map(({ code, name }) => ({ code, name })))],
    )
    return {
      regions: { rows: regions.length, changed: changedRegions.rowCount ?? 0 },
      bodies: { rows: bodies.length, changed: await saveBodies(client, bodies) },
    }
  })
}

const optional = (schema: z.ZodType<string, string>) =>
  z.union([z.literal(''), schema]).transform(text => text.trim() || null)
const code = z.string().regex(/^[A-Za-z0-9-]{2,20}$/, 'must be 2 to 20 letters, digits or hyphens')
const day = z
  .string()
  .refine(isCivilDate, 'must be a day like 2026-03-31')
  .transform(text => civilDate(text))

const bodyRow = z.object({
  kind: z.enum(['authority', 'partnership', 'police', 'icb', 'region', 'national'], {
    error: 'must be authority, partnership, police, icb, region or national',
  }),
  code,
  name: z.string().trim().min(1, 'must not be empty'),
  region_code: optional(code),
  phone: optional(z.string().regex(/^\+?[0-9 ()]{6,}$/, 'must be a telephone number')),
  email: optional(z.email('must be an email address')),
})

const partnershipBodyRow = z.object({
  partnership_code: code,
  body_code: code,
  from: day,
  until: z.union([z.literal('').transform(() => null), day]),
})

/**
 * Loads partnerships, police forces, integrated care boards and other bodies from a CSV text with the columns kind, code,
 * name, region_code, phone, email. A code that is there already is brought up to date. Runs as the owner of the tables.
 * @throws ServiceError 'invalid' that lists every wrong line; nothing is loaded then
 */
export async function importBodies(client: pg.ClientBase, text: string): Promise<Loaded> {
  return allOrNothing(client, async () => {
    const sheet = readSheet(text, bodyRow)
    const regions = new Set((await client.query<{ code: string }>('select code from region')).rows.map(row => row.code))
    const kinds = new Map(
      (await client.query<{ code: string; kind: string }>('select code, kind from body')).rows.map(row => [
        row.code,
        row.kind,
      ]),
    )
    const lineOf = new Map<string, number>()
    for (const { line, row } of sheet.rows) {
      const before = kinds.get(row.code)
      const first = lineOf.get(row.code)
      if (first) sheet.wrong(line, 'code', `${row.code} is on line ${first} already`)
      if (before && before !== row.kind) sheet.wrong(line, 'kind', `${row.code} is there as ${before}`)
      if (row.region_code && !regions.has(row.region_code)) {
        sheet.wrong(line, 'region_code', `there is no region ${row.region_code}`)
      }
      if (!row.region_code && ['authority', 'partnership', 'region'].includes(row.kind)) {
        sheet.wrong(line, 'region_code', `must not be empty for ${row.kind}`)
      }
      lineOf.set(row.code, line)
    }
    sheet.refuseIfWrong()
    const bodies = sheet.rows.map(({ row }) => row)
    return { rows: bodies.length, changed: await saveBodies(client, bodies) }
  })
}

interface Membership {
  partnership_code: string
  body_code: string
  from: CivilDate
  until: CivilDate | null
}

/**
 * Loads which authorities, forces and boards belong to which partnership, from a CSV text with the columns
 * partnership_code, body_code, from (first day), until (first day out, or empty). A membership with the same first day
 * is brought up to date. Runs as the owner of the tables.
 * @throws ServiceError 'invalid' that lists every wrong line; nothing is loaded then
 */
export async function importPartnershipBodies(client: pg.ClientBase, text: string): Promise<Loaded> {
  return allOrNothing(client, async () => {
    const sheet = readSheet(text, partnershipBodyRow)
    const kinds = new Map(
      (await client.query<{ code: string; kind: string }>('select code, kind from body')).rows.map(row => [
        row.code,
        row.kind,
      ]),
    )
    const stored = await client.query<Membership>(
      `select partnership_code, body_code, from_on::text as "from", until_on::text as until from partnership_body`,
    )
    const keyOf = (row: Membership) => `${row.partnership_code} ${row.body_code} ${row.from}`
    const replaced = new Set(sheet.rows.map(({ row }) => keyOf(row)))
    const standing = stored.rows.filter(row => !replaced.has(keyOf(row)))
    for (const { line, row } of sheet.rows) {
      const { partnership_code: partnership, body_code: body, from, until } = row
      if (kinds.get(partnership) !== 'partnership') {
        sheet.wrong(line, 'partnership_code', `there is no partnership ${partnership}`)
      }
      if (!['authority', 'police', 'icb'].includes(kinds.get(body) ?? '')) {
        sheet.wrong(line, 'body_code', `there is no authority, police force or integrated care board ${body}`)
      }
      if (until && until <= from) sheet.wrong(line, 'until', 'must be later than the first day')
      const other = standing.find(
        each =>
          each.partnership_code === partnership &&
          each.body_code === body &&
          (until === null || each.from < until) &&
          (each.until === null || from < each.until),
      )
      if (other) sheet.wrong(line, 'from', `${body} belongs to ${partnership} from ${other.from} already`)
      standing.push(row)
    }
    sheet.refuseIfWrong()
    const saved = await client.query(
      `insert into partnership_body (partnership_code, body_code, from_on, until_on)
       select partnership_code, body_code, "from", until
       from json_to_recordset($1) as row (partnership_code text, body_code text, "from" date, until date)
       on conflict (partnership_code, body_code, from_on) do update set until_on = excluded.until_on
         where partnership_body.until_on is distinct from excluded.until_on`,
      [JSON.stringify(sheet.rows.map(({ row }) => row))],
    )
    return { rows: sheet.rows.length, changed: saved.rowCount ?? 0 }
  })
}

/** A telephone number or address that is not given is left as it was. */
async function saveBodies(client: pg.ClientBase, bodies: readonly Body[]): Promise<number> {
  const saved = await client.query(
    `insert into body (code, kind, name, region_code, phone, email)
     select code, kind, name, region_code, phone, email from json_populate_recordset(null::body, $1)
     on conflict (code) do update set name = excluded.name, region_code = excluded.region_code,
       phone = coalesce(excluded.phone, body.phone), email = coalesce(excluded.email, body.email)
     where (body.name, body.region_code, body.phone, body.email) is distinct from (excluded.name, excluded.region_code,
       coalesce(excluded.phone, body.phone), coalesce(excluded.email, body.email))`,
    [JSON.stringify(bodies)],
  )
  return saved.rowCount ?? 0
}

async function allOrNothing<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const training = await client.query(`select from region where code like 'T%' limit 1`)
    if (training.rowCount) {
      throw new ServiceError(
        'conflict',
        'This database holds the training country, beside which no real body may stand. Use another database: set DATABASE_URL, or WEATHERVANE_DATA to another folder.',
      )
    }
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

interface Sheet<Row> {
  /** Rows that are right so far, with their line in the file. */
  rows: { line: number; row: Row }[]
  wrong(line: number, column: string, problem: string): void
  refuseIfWrong(): void
}

/** @throws ServiceError 'invalid' when the text is no CSV with these columns */
function readSheet<Row>(text: string, schema: z.ZodObject & z.ZodType<Row>): Sheet<Row> {
  const columns = Object.keys(schema.shape)
  const found: { line: number; text: string }[] = []
  const rows: Sheet<Row>['rows'] = []
  const wrong = (line: number, column: string, problem: string) => {
    found.push({ line, text: `line ${line}, ${column}: ${problem}` })
  }
  for (const { line, record } of records(text, columns)) {
    const checked = schema.safeParse(record)
    if (checked.success) rows.push({ line, row: checked.data })
    else for (const issue of checked.error.issues) wrong(line, issue.path.join('.'), issue.message)
  }
  return {
    rows,
    wrong,
    refuseIfWrong() {
      if (found.length === 0) return
      const list = found.toSorted((a, b) => a.line - b.line).map(({ text }) => `  ${text}`)
      throw new ServiceError('invalid', `Nothing was loaded. Mend these and try again:\n${list.join('\n')}`)
    },
  }
}

function records(text: string, columns: readonly string[]): { line: number; record: unknown }[] {
  const lines: { line: number; record: unknown }[] = []
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      columns: (header: string[]) => {
        const missing = columns.filter(column => !header.includes(column))
        const unknown = header.filter(column => !columns.includes(column))
        if (missing.length || unknown.length) {
          throw new ServiceError('invalid', `Nothing was loaded. The first line must be: ${columns.join(',')}`)
        }
        return header
      },
      onRecord: (record: unknown, { lines: line }: { lines: number }) => {
        lines.push({ line, record })
        return null
      },
    })
  } catch (error) {
    if (error instanceof ServiceError) throw error
    throw new ServiceError('invalid', `Nothing was loaded. ${(error as Error).message}`, { cause: error })
  }
  if (lines.length === 0) throw new ServiceError('invalid', 'Nothing was loaded. The file has no rows.')
  return lines
}
