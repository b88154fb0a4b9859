import type { Tx } from '../database/index.ts'
import { writeMail, type MailKind, type MailSettings, type MailText } from './kinds.ts'

/** `kept`: not sent, and not tried. `withheld`: its recipient left, or declared a conflict of interest, before it went. */
export type MailStatus = 'kept' | 'sent' | 'failed' | 'withheld'

export interface OutboxMail extends MailText {
  id: string
  to: { name: string; email: string }
  kind: MailKind
  reference: string
  path: string
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
      'mail.path',
      'mail.created_at',
      'mail.attempts',
      'mail.sent_at',
      'mail.failed_at',
      'mail.failure',
      'mail.withheld_at',
      'person.name',
      'person.email',
    ])
    .orderBy('mail.created_at', 'desc')
    .orderBy('mail.id')
    .limit(limit)
    .execute()
  return rows.map(row => {
    const mail = { kind: row.kind as MailKind, reference: row.reference, path: row.path }
    return {
      ...mail,
      ...writeMail(mail, settings),
      id: row.id,
      to: { name: row.name, email: row.email },
      createdAt: row.created_at,
      status: row.sent_at ? 'sent' : row.withheld_at ? 'withheld' : row.failed_at ? 'failed' : 'kept',
      attempts: row.attempts,
      sentAt: row.sent_at ?? undefined,
      failedAt: row.failed_at ?? undefined,
      failure: row.failure ?? undefined,
    }
  })
}
