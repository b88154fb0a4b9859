import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { LinkPurpose } from '../access/index.ts'
import { contextOf, personOf, type Tx } from '../database/index.ts'

/** What the database holds of a token: who reads the table cannot use it. */
export function hashOfLinkToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export interface NewLink {
  purpose: LinkPurpose
  /** The one thing it opens. Whoever makes it has made sure that they may give it away. */
  objectId: string
  /** Whom it is for, as they are called. */
  holder: string
  days: number
  /** Where the thing lies, as far as it lies anywhere. */
  place?: { incidentId?: string; authorityCode?: string; partnershipCode: string }
}

/**
 * A link for somebody without an account. Made by whoever may write the thing that it opens.
 * @returns the address to hand over. It is known here and nowhere else: shown once, it cannot be shown again
 */
export async function makeLink(tx: Tx, link: NewLink, publicUrl: string): Promise<{ id: string; address: string }> {
  const token = randomBytes(32).toString('base64url')
  const { now } = contextOf(tx)
  const { id } = await tx
    .insertInto('link')
    .values({
      token_hash: hashOfLinkToken(token),
      purpose: link.purpose,
      subject: sql<string>`subject_of_link(${link.purpose}, ${link.place !== undefined})`,
      object_id: link.objectId,
      holder: link.holder,
      incident_id: link.place?.incidentId ?? null,
      authority_code: link.place?.authorityCode ?? null,
      partnership_code: link.place?.partnershipCode ?? null,
      person_id: personOf(tx) ?? null,
      made_at: now,
      expires_at: new Date(now.getTime() + link.days * 24 * 60 * 60 * 1000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, address: `${publicUrl}/with-link/${token}` }
}

/** Ends every link of this purpose to a thing, at once, or only one of them. @returns how many */
export async function endLinks(tx: Tx, purpose: LinkPurpose, objectId: string, only?: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('link')
    .set({ ended_at: contextOf(tx).now })
    .where('purpose', '=', purpose)
    .where('object_id', '=', objectId)
    .where('ended_at', 'is', null)
    .$if(only !== undefined, query => query.where('id', '=', only!))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** What whoever looks after a thing sees of its links. */
export interface Link {
  id: string
  holder: string
  madeAt: Date
  expiresAt: Date
  endedAt: Date | undefined
  openedCount: number
  lastOpenedAt: Date | undefined
}

/** The links to a thing, the newest first. */
export async function linksTo(tx: Tx, purpose: LinkPurpose, objectId: string): Promise<Link[]> {
  const rows = await tx
    .selectFrom('link')
    .select(['id', 'holder', 'made_at', 'expires_at', 'ended_at', 'opened_count', 'last_opened_at'])
    .where('purpose', '=', purpose)
    .where('object_id', '=', objectId)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    holder: row.holder,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at ?? undefined,
    openedCount: row.opened_count,
    lastOpenedAt: row.last_opened_at ?? undefined,
  }))
}
