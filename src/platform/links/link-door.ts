import { createHmac, hkdfSync } from 'node:crypto'
import { sql } from 'kysely'
import type { LinkPurpose } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/index.ts'
import type { LinkDoor, OpenedLink } from '../web/index.ts'
import { hashOfLinkToken } from './link.ts'

/** Offices share one address. A token has 256 random bits: this keeps out noise, not luck. */
const mostFailures = 30
const pauseMinutes = 15

/** Finds what a link opens. It acts as no person: as the link. */
export function openLinks({ database, config }: { database: Database; config: Pick<Config, 'secret'> }): LinkDoor {
  const key = Buffer.from(hkdfSync('sha256', config.secret, '', 'weathervane links', 32))
  const keyed = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  return {
    async find(token, address) {
      const now = database.clock.now()
      const since = new Date(now.getTime() - pauseMinutes * 60_000)
      const [row] = await database.ask(
        sql<{
          state: 'open' | 'ended' | 'expired' | 'paused'
          link_id: string
          purpose: LinkPurpose
          object_id: string
          holder: string
          opened_count: number
          expires_at: Date
        }>`select * from link_of(${hashOfLinkToken(token)}, ${keyed(`address ${address}`)}, ${now}, ${since}, ${mostFailures})`,
      )
      if (!row) return { state: 'unknown' }
      if (row.state === 'paused') return { state: 'paused' }
      const id = row.link_id
      const opened: OpenedLink = {
        id,
        purpose: row.purpose,
        objectId: row.object_id,
        holder: row.holder,
        expiresAt: row.expires_at,
        openedCount: row.opened_count,
        path: `/with-link/${token}/${row.purpose}`,
        csrfToken: keyed(`form ${id}`),
        transaction: work => database.as({ link: id }, work),
      }
      return { state: row.state, opened }
    },
    async countOpening(id) {
      await database.ask(sql`select count_opening(${id}, ${database.clock.now()})`)
    },
  }
}
