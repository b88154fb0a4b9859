import { sql } from 'kysely'
import type { Role } from '../access/index.ts'
import { contextOf, inForceOn, type Database, type Tx } from '../database/index.ts'
import { londonDate } from '../dates.ts'
import type { Appointment } from '../web/index.ts'

/** Somebody who may sign in, and what they do it with. */
export interface Account {
  personId: string
  email: string
  name: string
  passwordHash: string | undefined
  /** Encrypted. */
  totpKey: string | undefined
  totpConfirmed: boolean
  totpLastStep: number
  failedCount: number
  lockedUntil: Date | undefined
}

/** The account, locked against other attempts until the transaction ends. Undefined when nobody has it or they left. */
export async function lockAccount(tx: Tx, who: { email: string } | { personId: string }): Promise<Account | undefined> {
  const { now } = contextOf(tx)
  const person = await tx
    .selectFrom('person')
    .innerJoin('email_address', 'email_address.person_id', 'person.id')
    .select(['person.id', 'email_address.address', 'person.name'])
    .where(eb =>
      'email' in who
        ? eb('email_address.address', '=', who.email.trim().toLowerCase())
        : eb('person.id', '=', who.personId),
    )
    .where(eb => eb.or([eb('person.ended_at', 'is', null), eb('person.ended_at', '>', now)]))
    .executeTakeFirst()
  if (!person) return undefined
  const credential = await tx
    .selectFrom('credential')
    .select(['password_hash', 'totp_key', 'totp_confirmed_at', 'totp_last_step', 'failed_count', 'locked_until'])
    .where('person_id', '=', person.id)
    .forUpdate()
    .executeTakeFirst()
  return {
    personId: person.id,
    email: person.address,
    name: person.name,
    passwordHash: credential?.password_hash ?? undefined,
    totpKey: credential?.totp_key ?? undefined,
    totpConfirmed: Boolean(credential?.totp_confirmed_at),
    totpLastStep: Number(credential?.totp_last_step ?? 0),
    failedCount: credential?.failed_count ?? 0,
    lockedUntil: credential?.locked_until ?? undefined,
  }
}

export async function savePassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
  await tx
    .insertInto('credential')
    .values({ person_id: personId, password_hash: passwordHash })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet({ password_hash: passwordHash }))
    .execute()
}

/** `until` undefined: not locked. */
export async function saveFailures(tx: Tx, personId: string, count: number, until: Date | undefined): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ failed_count: count, locked_until: until ?? null })
    .where('person_id', '=', personId)
    .execute()
}

export async function saveTotpKey(tx: Tx, personId: string, encryptedKey: string | undefined): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ totp_key: encryptedKey ?? null, totp_confirmed_at: null, totp_last_step: 0 })
    .where('person_id', '=', personId)
    .execute()
}

/** Marks the step of a code as used; confirms the code app with the first. */
export async function saveTotpStep(tx: Tx, personId: string, step: number): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ totp_last_step: step, totp_confirmed_at: sql`coalesce(totp_confirmed_at, ${contextOf(tx).now})` })
    .where('person_id', '=', personId)
    .execute()
}

/** Attempts from one network address wait for each other until the transaction ends. */
export async function lockAddress(tx: Tx, addressHash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${addressHash}, 0))`.execute(tx)
}

export async function failuresFrom(tx: Tx, addressHash: string, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('sign_in_failure')
    .select(eb => eb.fn.countAll().as('count'))
    .where('address_hash', '=', addressHash)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function addFailureFrom(tx: Tx, addressHash: string): Promise<void> {
  await tx
    .insertInto('sign_in_failure')
    .values({ address_hash: addressHash, at: contextOf(tx).now })
    .execute()
}

/** Takes back the newest failure of an address: the attempt it was counted for turned out right. */
export async function removeFailureFrom(tx: Tx, addressHash: string): Promise<void> {
  await sql`delete from sign_in_failure where ctid = (
    select ctid from sign_in_failure where address_hash = ${addressHash} order by at desc limit 1)`.execute(tx)
}

export type Stage = 'password' | 'full'

export interface NewSession {
  tokenHash: string
  personId: string
  stage: Stage
  device: string
  expiresAt: Date
}

export async function addSession(tx: Tx, session: NewSession): Promise<void> {
  const { now } = contextOf(tx)
  await tx
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      person_id: session.personId,
      appointment_id: await appointmentToStartWith(tx, session.personId),
      stage: session.stage,
      device: session.device,
      created_at: now,
      seen_at: now,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** The one acted in last, where it is still in force; else the first. */
async function appointmentToStartWith(tx: Tx, personId: string): Promise<string | null> {
  const { today } = contextOf(tx)
  const found = await sql<{ id: string }>`
    select appointment.id from appointment
    where appointment.person_id = ${personId}
      and ${inForceOn(today, 'appointment')}
    order by appointment.id = (
        select session.appointment_id from session where session.person_id = ${personId}
        order by session.seen_at desc limit 1) desc nulls last,
      appointment.from_on, appointment.id
    limit 1`.execute(tx)
  return found.rows[0]?.id ?? null
}

/** A session at the first stage: the password was right, the code is still to come. */
export async function pendingSession(tx: Tx, tokenHash: string): Promise<{ id: string; personId: string } | undefined> {
  const row = await tx
    .selectFrom('session')
    .select(['id', 'person_id'])
    .where('token_hash', '=', tokenHash)
    .where('stage', '=', 'password')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', contextOf(tx).now)
    .executeTakeFirst()
  return row && { id: row.id, personId: row.person_id }
}

/** The session goes on under a new token: whoever learned the one from before has nothing. */
export async function renewSession(
  tx: Tx,
  id: string,
  to: { tokenHash: string; stage?: Stage; expiresAt?: Date },
): Promise<void> {
  const { now } = contextOf(tx)
  await tx
    .updateTable('session')
    .set({
      token_hash: to.tokenHash,
      seen_at: now,
      ...(to.stage && { stage: to.stage, created_at: now }),
      ...(to.expiresAt && { expires_at: to.expiresAt }),
    })
    .where('id', '=', id)
    .execute()
}

/** One session with one appointment in force; a session with none has one row with nulls. */
export interface SessionRow {
  session_id: string
  person_id: string
  name: string
  seen_at: Date
  chosen_id: string | null
  appointment_id: string | null
  role: Role | null
  body_code: string | null
  body_name: string | null
}

/** All that a page needs to know of who is at the door, in one trip. The session is named by its token alone. */
export async function sessionRows(database: Database, tokenHash: string, idleSince: Date): Promise<SessionRow[]> {
  const now = database.clock.now()
  return database.ask(sql<SessionRow>`select * from session_of(${tokenHash}, ${now}, ${idleSince}, ${londonDate(now)})`)
}

export async function touchSession(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_at: contextOf(tx).now })
    .where('id', '=', id)
    .execute()
}

export interface OpenSession {
  id: string
  device: string
  createdAt: Date
  seenAt: Date
}

export async function openSessions(tx: Tx, personId: string, idleSince: Date): Promise<OpenSession[]> {
  const rows = await tx
    .selectFrom('session')
    .select(['id', 'device', 'created_at', 'seen_at'])
    .where('person_id', '=', personId)
    .where('stage', '=', 'full')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', contextOf(tx).now)
    .where('seen_at', '>', idleSince)
    .orderBy('seen_at', 'desc')
    .execute()
  return rows.map(row => ({ id: row.id, device: row.device, createdAt: row.created_at, seenAt: row.seen_at }))
}

/** @returns the ids of the sessions that were open until now */
export async function endSessions(
  tx: Tx,
  personId: string,
  which: { only: string } | { allBut: string } | 'all',
): Promise<string[]> {
  let query = tx
    .updateTable('session')
    .set({ ended_at: contextOf(tx).now })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
  if (which !== 'all') {
    query = 'only' in which ? query.where('id', '=', which.only) : query.where('id', '<>', which.allBut)
  }
  return (await query.returning('id').execute()).map(row => row.id)
}

export async function saveAppointment(tx: Tx, sessionId: string, appointmentId: string): Promise<void> {
  await tx.updateTable('session').set({ appointment_id: appointmentId }).where('id', '=', sessionId).execute()
}

export interface LinkOwner {
  personId: string
  email: string
  name: string
  forgetsCodeApp: boolean
}

export async function addLink(
  tx: Tx,
  link: { tokenHash: string; personId: string; expiresAt: Date; forgetsCodeApp: boolean },
): Promise<void> {
  await tx
    .insertInto('sign_in_link')
    .values({
      token_hash: link.tokenHash,
      person_id: link.personId,
      forgets_code_app: link.forgetsCodeApp,
      created_at: contextOf(tx).now,
      expires_at: link.expiresAt,
    })
    .execute()
}

/** Whose link it is; undefined when it was used, is too old or never was. Locked until the transaction ends. */
export async function lockLink(tx: Tx, tokenHash: string): Promise<LinkOwner | undefined> {
  const { now } = contextOf(tx)
  const row = await tx
    .selectFrom('sign_in_link')
    .innerJoin('person', 'person.id', 'sign_in_link.person_id')
    .innerJoin('email_address', 'email_address.person_id', 'person.id')
    .select(['person.id', 'email_address.address', 'person.name', 'sign_in_link.forgets_code_app'])
    .where('sign_in_link.token_hash', '=', tokenHash)
    .where('sign_in_link.used_at', 'is', null)
    .where('sign_in_link.expires_at', '>', now)
    .where(eb => eb.or([eb('person.ended_at', 'is', null), eb('person.ended_at', '>', now)]))
    .forUpdate('sign_in_link')
    .executeTakeFirst()
  return row && { personId: row.id, email: row.address, name: row.name, forgetsCodeApp: row.forgets_code_app }
}

/** All of a person's links at once: an older one in another mail must not open the door again. */
export async function useUpLinks(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('sign_in_link')
    .set({ used_at: contextOf(tx).now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .execute()
}

export interface TokenOwner {
  personId: string
  name: string
  appointment: Appointment
}

export async function ownerOfApiToken(tx: Tx, tokenHash: string): Promise<TokenOwner | undefined> {
  const { now, today } = contextOf(tx)
  const row = await tx
    .selectFrom('api_token')
    .innerJoin('person', 'person.id', 'api_token.person_id')
    .innerJoin('appointment', 'appointment.id', 'api_token.appointment_id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['person.id as person_id', 'person.name', 'appointment.id', 'appointment.role'])
    .select(['body.code as body_code', 'body.name as body_name'])
    .where('api_token.token_hash', '=', tokenHash)
    .where('api_token.ended_at', 'is', null)
    .where('api_token.expires_at', '>', now)
    .where(eb => eb.or([eb('person.ended_at', 'is', null), eb('person.ended_at', '>', now)]))
    .whereRef('appointment.person_id', '=', 'api_token.person_id')
    .where(inForceOn(today, 'appointment'))
    .executeTakeFirst()
  return (
    row && {
      personId: row.person_id,
      name: row.name,
      appointment: { id: row.id, role: row.role as Role, bodyCode: row.body_code, bodyName: row.body_name },
    }
  )
}

/** Somebody of the training country, once for each appointment in force. */
export interface Trainee {
  personId: string
  email: string
  name: string
  role: Role
  bodyKind: string
  bodyName: string
}

export async function trainees(tx: Tx): Promise<Trainee[]> {
  const { now, today } = contextOf(tx)
  const rows = await tx
    .selectFrom('person')
    .innerJoin('email_address', 'email_address.person_id', 'person.id')
    .innerJoin('appointment', 'appointment.person_id', 'person.id')
    .innerJoin('body', 'body.code', 'appointment.body_code')
    .select(['person.id', 'email_address.address', 'person.name', 'appointment.role'])
    .select(['body.kind', 'body.name as body_name'])
    .where(inForceOn(today, 'appointment'))
    .where(eb => eb.or([eb('person.ended_at', 'is', null), eb('person.ended_at', '>', now)]))
    .orderBy('body.name')
    .orderBy('person.name')
    .execute()
  return rows.map(row => ({
    personId: row.id,
    email: row.address,
    name: row.name,
    role: row.role as Role,
    bodyKind: row.kind,
    bodyName: row.body_name,
  }))
}

/** Events say who signed in when; the rows themselves are kept no longer than the question "which device was that". */
export async function removeOldRows(tx: Tx, before: { sessions: Date; failures: Date; links: Date }): Promise<void> {
  await tx.deleteFrom('session').where('expires_at', '<', before.sessions).execute()
  await tx.deleteFrom('sign_in_failure').where('at', '<', before.failures).execute()
  await tx.deleteFrom('sign_in_link').where('expires_at', '<', before.links).execute()
}
