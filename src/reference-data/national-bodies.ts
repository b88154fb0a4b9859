import type pg from 'pg'
import type { Loaded } from './load-bodies.ts'

/** Bodies to which national recommendations are addressed by name. */
export const nationalBodies = {
  cafcass: 'Cafcass',
  cqc: 'Care Quality Commission',
  dfe: 'Department for Education',
  dhsc: 'Department of Health and Social Care',
  'family-president': 'President of the Family Division',
  government: 'Government',
  'nhs-england': 'NHS England',
  ofsted: 'Ofsted',
  panel: 'Child Safeguarding Practice Review Panel',
} as const
export type NationalBody = keyof typeof nationalBodies

/** Adds the national bodies that are missing: beside the training country they stand too. Runs as the owner of the tables. */
export async function loadNationalBodies(client: pg.ClientBase): Promise<Loaded> {
  const bodies = Object.entries(nationalBodies)
  const added = await client.query(
    `insert into body (code, kind, name) select code, 'national', name from unnest($1::text[], $2::text[]) as given (code, name)
     on conflict (code) do nothing`,
    [bodies.map(([code]) => code), bodies.map(([, name]) => name)],
  )
  return { rows: bodies.length, changed: added.rowCount ?? 0 }
}
