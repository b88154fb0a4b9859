import { actAs, type Acting } from '../acting.ts'
import type { Door } from './door.ts'
import { hashOfToken } from './secrets.ts'
import { ownerOfApiToken } from './store.ts'

/** Who acts with `Authorization: Bearer TOKEN`; undefined for no token, a wrong or ended one, or an appointment that is over. */
export async function actingForToken(door: Door, authorization: string | undefined): Promise<Acting | undefined> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
  if (!token) return undefined
  const owner = await door.database.as({ task: 'sign-in' }, tx => ownerOfApiToken(tx, hashOfToken(token)))
  if (!owner) return undefined
  const { personId, name, appointment } = owner
  return actAs(door.database, { ...appointment, appointmentId: appointment.id, personId, name })
}
