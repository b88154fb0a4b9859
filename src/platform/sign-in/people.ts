import { roleKeys, roles, type BodyKind, type Role } from '../access/index.ts'
import { contextOf, type Tx } from '../database/index.ts'
import { isCivilDate, type CivilDate } from '../dates.ts'
import { ServiceError } from '../errors.ts'
import { recordEvent } from '../events/index.ts'

export interface NewAppointment {
  email: string
  name: string
  role: string
  bodyCode: string
  /** The first day of the appointment; today where absent. */
  from?: string | undefined
}

export interface Appointed {
  personId: string
  appointmentId: string
  role: Role
  bodyName: string
  from: CivilDate
  /** Whether the person was not known before. */
  isNew: boolean
}

/**
 * Appoints somebody to a body in a role; a person who is not known yet is added. Runs as the task `load`.
 * @throws ServiceError 'invalid' when something is wrong with what was given, 'conflict' when the address is somebody
 *   else's or the person holds this appointment already
 */
export async function appoint(tx: Tx, given: NewAppointment): Promise<Appointed> {
  const { today, now } = contextOf(tx)
  const email = given.email.trim().toLowerCase()
  const name = given.name.trim()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new ServiceError('invalid', `${given.email} is not an email address. Give one like name@example.gov.uk.`)
  }
  if (name === '') throw new ServiceError('invalid', 'Give the name of the person.')
  const from = given.from ?? today
  if (!isCivilDate(from)) throw new ServiceError('invalid', `${from} is not a day. Give one like 2026-03-31.`)
  const role = roleKeys.find(key => key === given.role)
  if (!role) throw new ServiceError('invalid', `There is no role ${given.role}. Give one of: ${roleKeys.join(', ')}.`)
  const body = await bodyFor(tx, role, given.bodyCode)

  const known = await tx
    .selectFrom('person')
    .innerJoin('email_address', 'email_address.person_id', 'person.id')
    .select(['person.id', 'person.name', 'person.ended_at'])
    .where('email_address.address', '=', email)
    .executeTakeFirst()
  if (known && known.name !== name) {
    throw new ServiceError(
      'conflict',
      `${email} belongs to person ${known.id} under another name. Give that name, or another address.`,
    )
  }
  if (known?.ended_at && known.ended_at <= now) {
    throw new ServiceError('conflict', `Person ${known.id} with the address ${email} has left. Give another address.`)
  }
  const personId = known?.id ?? (await addPerson(tx, email, name))
  const held = await tx
    .selectFrom('appointment')
    .select('id')
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .where('body_code', '=', body.code)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', from)]))
    .executeTakeFirst()
  if (held) throw new ServiceError('conflict', `Person ${personId} holds this appointment already: ${held.id}.`)
  const { id: appointmentId } = await tx
    .insertInto('appointment')
    .values({ person_id: personId, role, body_code: body.code, from_on: from })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvent(tx, {
    kind: 'person.appointed',
    subject: 'people',
    objectId: personId,
    detail: { appointment: appointmentId, role, body: body.code, from },
  })
  return { personId, appointmentId, role, bodyName: body.name, from, isNew: !known }
}

async function addPerson(tx: Tx, email: string, name: string): Promise<string> {
  const { id } = await tx.insertInto('person').values({ name }).returning('id').executeTakeFirstOrThrow()
  await tx.insertInto('email_address').values({ person_id: id, address: email }).execute()
  await recordEvent(tx, { kind: 'person.added', subject: 'people', objectId: id })
  return id
}

async function bodyFor(tx: Tx, role: Role, code: string): Promise<{ code: string; name: string }> {
  const body = await tx.selectFrom('body').select(['code', 'name', 'kind']).where('code', '=', code).executeTakeFirst()
  if (!body) {
    throw new ServiceError(
      'invalid',
      `There is no body ${code}. Load it with "import reference" or "import bodies" first, or give the code of another.`,
    )
  }
  const kinds: readonly BodyKind[] = roles[role].bodies
  if (!kinds.some(kind => kind === body.kind)) {
    throw new ServiceError(
      'invalid',
      `A ${role} is appointed to a body of the kind ${kinds.join(' or ')}; ${code} is of the kind ${body.kind}.`,
    )
  }
  return body
}
