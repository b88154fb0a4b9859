import { contextOf, inForceOn, type Tx } from '../database/index.ts'
import { ServiceError } from '../errors.ts'
import { recordEvent } from '../events/index.ts'
import { hashOfToken, newToken } from './secrets.ts'

export interface NewToken {
  email: string
  /** The appointment the token acts in; the person's first in force where absent. */
  appointmentId?: string | undefined
  label: string
  days: number
}

export interface CreatedToken {
  /** The only time it is seen: the database holds its hash. */
  token: string
  role: string
  bodyName: string
  expiresAt: Date
}

const longestDays = 366
const dayMs = 24 * 60 * 60 * 1000

/**
 * A token for the API. It acts as the person in one appointment, and ends with that. Runs as the task `sign-in`.
 * @throws ServiceError 'invalid' for a life that is too long, 'not-found' for a person or appointment that is not there
 */
export async function createApiToken(tx: Tx, { email, appointmentId, label, days }: NewToken): Promise<CreatedToken> {
  const { now, today } = contextOf(tx)
  if (!Number.isInteger(days) || days < 1 || days > longestDays) {
    throw new ServiceError('invalid', `A token lives for 1 to ${longestDays} days. Give a whole number of days.`)
  }
  const inForce = await tx
    .selectFrom('appointment')
    .innerJoin('person', 'person.id', 'appointment.person_id')
    .innerJoin('email_address', 'email_address.person_id', 'person.id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['appointment.id', 'appointment.role', 'appointment.person_id', 'body.name as body_name'])
    .where('email_address.address', '=', email.trim().toLowerCase())
    .where(eb => eb.or([eb('person.ended_at', 'is', null), eb('person.ended_at', '>', now)]))
    .where(inForceOn(today, 'appointment'))
    .orderBy('appointment.from_on')
    .orderBy('appointment.id')
    .execute()
  if (inForce.length === 0) {
    throw new ServiceError(
      'not-found',
      `Nobody with the address ${email} has an appointment in force. Add it with "user add".`,
    )
  }
  const appointment = appointmentId ? inForce.find(({ id }) => id === appointmentId) : inForce[0]
  if (!appointment) {
    const held = inForce.map(({ id, role, body_name }) => `${id} (${role}, ${body_name})`).join(', ')
    throw new ServiceError(
      'not-found',
      `Appointment ${appointmentId} is not one of ${email} in force. These are: ${held}.`,
    )
  }
  const token = `wv_${newToken()}`
  const expiresAt = new Date(now.getTime() + days * dayMs)
  const { id } = await tx
    .insertInto('api_token')
    .values({
      token_hash: hashOfToken(token),
      person_id: appointment.person_id,
      appointment_id: appointment.id,
      label,
      created_at: now,
      expires_at: expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvent(tx, {
    kind: 'token.created',
    subject: 'people',
    objectId: appointment.person_id,
    detail: { token: id, appointment: appointment.id, days },
  })
  return { token, role: appointment.role, bodyName: appointment.body_name, expiresAt }
}
