import type { Role } from './access/index.ts'
import { contextOf, inForceOn, type Tx } from './database/index.ts'

/** The address of the acting person; of anybody, for sign-in and administrators. */
export async function emailOf(tx: Tx, personId: string): Promise<string> {
  const { address } = await tx
    .selectFrom('email_address')
    .select('address')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return address
}

/** Ids of the people who hold a role today: in these bodies, or anywhere. */
export async function holdersOf(tx: Tx, role: Role, bodyCodes?: readonly string[]): Promise<string[]> {
  const { today } = contextOf(tx)
  let query = tx
    .selectFrom('appointment')
    .select('person_id')
    .distinct()
    .where('role', '=', role)
    .where(inForceOn(today, 'appointment'))
  if (bodyCodes) query = query.where('body_code', 'in', bodyCodes)
  return (await query.execute()).map(row => row.person_id)
}
