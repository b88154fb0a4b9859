import { actAs } from '../acting.ts'
import { contextOf, type Tx } from '../database/index.ts'
import { ServiceError } from '../errors.ts'
import { recordEvent } from '../events/index.ts'
import { emailOf } from '../people.ts'
import type { Visitor } from '../web/index.ts'
import { minutesAfter } from './attempts.ts'
import type { Door } from './door.ts'
import { hashOfToken, keyedHash, newToken } from './secrets.ts'
import {
  addSession,
  endSessions,
  openSessions,
  removeOldRows,
  renewSession,
  saveAppointment,
  sessionRows,
  touchSession,
  type OpenSession,
  type SessionRow,
  type Stage,
} from './store.ts'

/**
 * A working day without a click, for people who are called away to a child in the middle of a form. Drafts are kept
 * in any case; twenty minutes, as elsewhere, loses what people have in their head.
 */
const idleMinutes = 8 * 60
/** OWASP Session Management Cheat Sheet: an absolute end, however busy the session is. */
const longestMinutes = 24 * 60
/** Between the password and the code. */
const pendingMinutes = 10
const touchEveryMinutes = 1

/** Begins a session. @returns the token for the cookie: nobody else ever holds it */
export async function startSession(tx: Tx, personId: string, device: string, stage: Stage): Promise<string> {
  const token = newToken()
  const expiresAt = minutesAfter(contextOf(tx).now, stage === 'full' ? longestMinutes : pendingMinutes)
  await addSession(tx, { tokenHash: hashOfToken(token), personId, stage, device, expiresAt })
  if (stage === 'full') await recordSignIn(tx, personId)
  return token
}

/** The code was right too: the session is whole, under a new token. */
export async function completeSession(tx: Tx, session: { id: string; personId: string }): Promise<string> {
  const token = newToken()
  const expiresAt = minutesAfter(contextOf(tx).now, longestMinutes)
  await renewSession(tx, session.id, { tokenHash: hashOfToken(token), stage: 'full', expiresAt })
  await recordSignIn(tx, session.personId)
  return token
}

async function recordSignIn(tx: Tx, personId: string): Promise<void> {
  await recordEvent(tx, { kind: 'sign-in.succeeded', subject: 'people', objectId: personId })
}

/** Who brings this token. Asked on every page: one query, and at most once a minute a note that they were here. */
export async function visitorWith(door: Door, token: string): Promise<Visitor | undefined> {
  const tokenHash = hashOfToken(token)
  const now = door.database.clock.now()
  const rows = await sessionRows(door.database, tokenHash, minutesAfter(now, -idleMinutes))
  const session = rows[0]
  if (session && session.seen_at <= minutesAfter(now, -touchEveryMinutes)) {
    await door.database.as({ task: 'sign-in' }, tx => touchSession(tx, session.session_id))
  }
  return session && visitorOfRows(door, tokenHash, session, rows)
}

function visitorOfRows(door: Door, tokenHash: string, session: SessionRow, rows: readonly SessionRow[]): Visitor {
  const appointments = rows.flatMap(row =>
    row.appointment_id && row.role && row.body_code && row.body_name
      ? [{ id: row.appointment_id, role: row.role, bodyCode: row.body_code, bodyName: row.body_name }]
      : [],
  )
  const chosen = appointments.find(appointment => appointment.id === session.chosen_id)
  return {
    sessionId: session.session_id,
    personId: session.person_id,
    name: session.name,
    // Bound to the role too: a form opened in one role is not sent in another.
    csrfToken: keyedHash(door.keys.csrf, `${tokenHash} ${chosen?.id ?? ''}`),
    acting:
      chosen &&
      actAs(door.database, { ...chosen, appointmentId: chosen.id, personId: session.person_id, name: session.name }),
    appointments,
  }
}

/** What a person sees of their own sign-in. */
export async function ownSignIn(door: Door, personId: string): Promise<{ email: string; sessions: OpenSession[] }> {
  return door.database.as({ task: 'sign-in' }, async tx => ({
    email: await emailOf(tx, personId),
    sessions: await openSessions(tx, personId, minutesAfter(contextOf(tx).now, -idleMinutes)),
  }))
}

/** Ends sessions of one person. Ending what is over already is no error: the wish is fulfilled. */
export async function endSession(
  door: Door,
  personId: string,
  which: { only: string } | { allBut: string },
): Promise<void> {
  await door.database.as({ task: 'sign-in' }, tx => endAndRecord(tx, personId, which))
}

export async function endAndRecord(tx: Tx, personId: string, which: Parameters<typeof endSessions>[2]): Promise<void> {
  for (const session of await endSessions(tx, personId, which)) {
    await recordEvent(tx, { kind: 'session.ended', subject: 'people', objectId: personId, detail: { session } })
  }
}

/** @throws ServiceError 'not-found' when the appointment is not theirs, or not in force today */
export async function switchRole(door: Door, visitor: Visitor, appointmentId: string): Promise<void> {
  const appointment = visitor.appointments.find(({ id }) => id === appointmentId)
  if (!appointment) throw new ServiceError('not-found', 'You do not hold this role today. Go back and choose another.')
  await door.database.as({ task: 'sign-in' }, async tx => {
    await saveAppointment(tx, visitor.sessionId, appointmentId)
    await recordEvent(tx, {
      kind: 'role.switched',
      subject: 'people',
      objectId: visitor.personId,
      detail: { appointment: appointmentId, role: appointment.role },
    })
  })
}

const dayMinutes = 24 * 60

/** For upkeep, once a day: removes what no rule and no page asks about any more. */
export async function forgetOldSignIns(tx: Tx): Promise<void> {
  const { now } = contextOf(tx)
  await removeOldRows(tx, {
    sessions: minutesAfter(now, -90 * dayMinutes),
    failures: minutesAfter(now, -dayMinutes),
    links: minutesAfter(now, -90 * dayMinutes),
  })
}
