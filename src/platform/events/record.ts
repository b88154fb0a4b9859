import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Subject } from '../access/index.ts'
import { fingerprint } from '../fingerprint.ts'
import { contextOf, listenersOf, personOf, type Tx } from '../database/index.ts'
import type { IncidentPlace } from './incident-place.ts'
import type { EventKind, Happening } from './kinds.ts'

export type NewEvent<Kind extends EventKind = EventKind> = Happening<Kind> & { place?: IncidentPlace }

/**
 * Stores what happened in the transaction in which it happens, and tells whoever listens to its kind, in the same
 * transaction: what follows from it (a review that opens, mail to send) happens with it or not at all.
 */
export async function recordEvent<Kind extends EventKind>(tx: Tx, event: NewEvent<Kind>): Promise<void> {
  const salt = randomBytes(16).toString('hex')
  const detail = event.detail && JSON.stringify(event.detail)
  const { id } = await tx
    .insertInto('event')
    .values({
      at: contextOf(tx).now,
      kind: event.kind,
      subject: event.subject,
      incident_id: event.place?.incidentId ?? null,
      object_id: event.objectId ?? null,
      authority_code: event.place?.authorityCode ?? null,
      partnership_code: event.place?.partnershipCode ?? null,
      person_id: personOf(tx) ?? null,
      who: sql<string>`current_setting('weathervane.who')`,
      detail_hash: detail ? detailHash(salt, detail) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (detail) await tx.insertInto('event_detail').values({ event_id: id, salt, detail }).execute()
  for (const listener of listenersOf(tx, event.kind)) await listener(tx, event)
}

/** What an event row holds of its detail, a text of JSON. The salt keeps a short detail from being guessed. */
export function detailHash(salt: string, detail: string): string {
  return fingerprint(JSON.parse(detail), salt)
}

/** One entry for everything identifying that one request shows. */
export async function noteRead(
  tx: Tx,
  read: { subject: Subject; purpose: string; incidentIds: string[] },
): Promise<void> {
  if (read.incidentIds.length === 0) return
  await tx
    .insertInto('access_entry')
    .values({
      at: contextOf(tx).now,
      person_id: personOf(tx) ?? null,
      who: sql<string>`current_setting('weathervane.who')`,
      subject: read.subject,
      purpose: read.purpose,
      incident_ids: read.incidentIds,
    })
    .execute()
}
