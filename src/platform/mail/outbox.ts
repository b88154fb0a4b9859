import { sql, type Selectable } from 'kysely'
import type { DB, Tx } from '../database/index.ts'
import { writeMail, type MailKind, type MailSettings, type MailText } from './kinds.ts'

/**
 * `waiting`: its turn has not come. `kept`: its turn came when no mail server was set; it is not sent later either.
 * `withheld`: its recipient left, or declared a conflict of interest, before it went.
 */
export type MailStatus = 'waiting' | 'kept' | 'sent' | 'failed' | 'withheld'

/** What stands as the failure of a mail that is kept. */
export const noServer = 'no-mail-server'

export interface OutboxMail extends MailText {
  id: string
  /** Whom it is for, by name. */
  to: string
  kind: MailKind
  reference: string
  createdAt: Date
  status: MailStatus
  /** How often it was handed to the mail server. */
  attempts: number
  sentAt: Date | undefined
  failedAt: Date | undefined
  /** What the mail server answered last, like `EENVELOPE 550`. */
  failure: string | undefined
}

/** The newest mail, worded as it goes out. Row-level security shows it to those who may read `mail`. */
export async function readOutbox(tx: Tx, settings: MailSettings, limit = 50): Promise<OutboxMail[]> {
  const rows = await tx
    .selectFrom('mail')
    .innerJoin('person', 'person.id', 'mail.person_id')
    .select([
      'mail.id',
      'mail.kind',
      'mail.reference',
      sql<string>`coalesce(mail.object_id, mail.incident_id)`.as('about_id'),
      'mail.created_at',
      'mail.attempts',
      'mail.sent_at',
      'mail.failed_at',
      'mail.failure',
      'mail.withheld_at',
      'person.name',
    ])
    .orderBy('mail.created_at', 'desc')
    .orderBy('mail.id')
    .limit(limit)
    .execute()
  return rows.map(row => {
    const mail = { kind: row.kind as MailKind, reference: row.reference, aboutId: row.about_id }
    return {
      ...mail,
      ...writeMail(mail, settings),
      id: row.id,
      to: row.name,
      createdAt: row.created_at,
      status: statusOf(row),
      attempts: row.attempts,
      sentAt: row.sent_at ?? undefined,
      failedAt: row.failed_at ?? undefined,
      failure: row.failed_at ? (row.failure ?? undefined) : undefined,
    }
  })
}

function statusOf(row: Pick<Selectable<DB['mail']>, 'sent_at' | 'withheld_at' | 'failed_at' | 'failure'>): MailStatus {
  if (row.sent_at) return 'sent'
  if (row.withheld_at) return 'withheld'
  if (row.failed_at) return 'failed'
  return row.failure === noServer ? 'kept' : 'waiting'
}
