import type { BodyKind } from '../platform/access/index.ts'
import { inForceOn, type Tx } from '../platform/database/index.ts'
import type { CivilDate } from '../platform/dates.ts'

/** An authority, partnership, police force, integrated care board, region or the nation. */
export interface Body {
  code: string
  kind: BodyKind
  name: string
  regionCode: string | null
  phone: string | null
  email: string | null
}

const bodyColumns = ['body.code', 'body.kind', 'body.name', 'body.region_code', 'body.phone', 'body.email'] as const

export async function readBody(tx: Tx, code: string): Promise<Body | undefined> {
  const row = await tx.selectFrom('body').select(bodyColumns).where('code', '=', code).executeTakeFirst()
  return row && toBody(row)
}

/** The partnership an authority belongs to on a day; undefined when reference data know none. */
export async function partnershipOf(tx: Tx, authorityCode: string, on: CivilDate): Promise<Body | undefined> {
  const row = await tx
    .selectFrom('partnership_body')
    .innerJoin('body', 'body.code', 'partnership_body.partnership_code')
    .select(bodyColumns)
    .where('partnership_body.body_code', '=', authorityCode)
    .where(inForceOn(on, 'partnership_body'))
    .executeTakeFirst()
  return row && toBody(row)
}

/** The authorities, force and boards of a partnership on a day. */
export async function partnershipBodies(tx: Tx, partnershipCode: string, on: CivilDate): Promise<Body[]> {
  const rows = await tx
    .selectFrom('partnership_body')
    .innerJoin('body', 'body.code', 'partnership_body.body_code')
    .select(bodyColumns)
    .where('partnership_body.partnership_code', '=', partnershipCode)
    .where(inForceOn(on, 'partnership_body'))
    .orderBy('body.kind')
    .orderBy('body.name')
    .execute()
  return rows.map(toBody)
}

/** The lists that forms choose from: authorities by name. */
export async function readLookups(tx: Tx): Promise<{ authorities: Record<string, string> }> {
  const rows = await tx
    .selectFrom('body')
    .select(['code', 'name'])
    .where('kind', '=', 'authority')
    .where('until_on', 'is', null)
    .orderBy(eb => eb.fn<string>('lower', ['name']))
    .execute()
  return { authorities: Object.fromEntries(rows.map(row => [row.code, row.name])) }
}

interface BodyRow {
  code: string
  kind: string
  name: string
  region_code: string | null
  phone: string | null
  email: string | null
}

function toBody({ code, kind, name, region_code, phone, email }: BodyRow): Body {
  return { code, kind: kind as BodyKind, name, regionCode: region_code, phone, email }
}
