import { createTransport } from 'nodemailer'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { defineJob, type Job } from '../jobs/index.ts'
import { writeMail, type MailKind, type MailSettings } from './kinds.ts'
import { sendMailKind } from './mail-to.ts'
import { noServer } from './outbox.ts'

export interface SenderSettings extends MailSettings {
  /** Absent: mail is kept and shown in the outbox, and goes nowhere. */
  smtpUrl: string | undefined
  /** The address mail comes from. Usually `no-reply@` the host of `publicUrl`. */
  from?: string
}

/**
 * Sends one mail at least once. The mail server takes it before we can mark it: a process that ends in between sends
 * it again under the same Message-ID, by which mail programs show it once.
 */
export function sendMailJob(settings: SenderSettings): Job<{ mailId: string }> {
  const sender = mailSender(settings)
  return defineJob({
    ...sendMailKind,
    async run(database, { mailId }) {
      if (!sender) return markKept(database, mailId)
      const mail = await readUnsent(database, mailId)
      if (!mail) return
      const failure = await sender({ id: mailId, to: mail.address, ...writeMail(mail, settings) })
      if (failure !== undefined) {
        await mark(database, mailId, { failed_at: database.clock.now(), failure })
        throw new Error(`The mail server did not take mail ${mailId}: ${failure}.`)
      }
      await mark(database, mailId, { sent_at: database.clock.now(), failure: null })
    },
  })
}

/** Hands one mail to the mail server. @returns the code of its refusal, if it refused */
export type MailSender = (mail: {
  id: string
  to: string
  subject: string
  text: string
}) => Promise<string | undefined>

/** Undefined where no mail server is set. */
export function mailSender({ smtpUrl, publicUrl, from }: SenderSettings): MailSender | undefined {
  if (smtpUrl === undefined) return undefined
  const host = new URL(publicUrl).hostname
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ id, ...mail }) => {
    try {
      await transport.sendMail({
        from: { name: 'Weathervane', address: from ?? `no-reply@${host}` },
        messageId: `<${id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...mail,
      })
      return undefined
    } catch (error) {
      // The answer of a mail server may quote the address: neither the cause nor its words go on.
      return answerOf(error)
    }
  }
}

/** A mail that is still to go, with its address; marks it withheld when its recipient may no longer have it. */
async function readUnsent(
  database: Database,
  mailId: string,
): Promise<{ kind: MailKind; reference: string; aboutId: string; address: string } | undefined> {
  return database.as({ task: 'mail' }, async tx => {
    const mail = await tx
      .selectFrom('mail')
      .select([
        'kind',
        'reference',
        sql<string>`coalesce(mail.object_id, mail.incident_id)`.as('aboutId'),
        sql<string | null>`mail_address(mail.id)`.as('address'),
      ])
      .where('id', '=', mailId)
      .where('sent_at', 'is', null)
      .where('withheld_at', 'is', null)
      .where('failure', 'is distinct from', noServer)
      .executeTakeFirst()
    if (!mail) return undefined
    const { address } = mail
    if (address === null) {
      await tx.updateTable('mail').set({ withheld_at: database.clock.now() }).where('id', '=', mailId).execute()
      return undefined
    }
    return { ...mail, kind: mail.kind as MailKind, address }
  })
}

async function mark(
  database: Database,
  mailId: string,
  marks: { sent_at: Date; failure: null } | { failed_at: Date; failure: string },
): Promise<void> {
  await database.as({ task: 'mail' }, tx =>
    tx
      .updateTable('mail')
      .set({ ...marks, attempts: sql<number>`mail.attempts + 1` })
      .where('id', '=', mailId)
      .execute(),
  )
}

/** Mail that had nowhere to go stays where it is: sent weeks later it would call people to what is long over. */
async function markKept(database: Database, mailId: string): Promise<void> {
  await database.as({ task: 'mail' }, tx =>
    tx
      .updateTable('mail')
      .set({ failure: noServer })
      .where('id', '=', mailId)
      .where('sent_at', 'is', null)
      .where('failed_at', 'is', null)
      .execute(),
  )
}

/** The kind of failure and the code the server gave, like `EENVELOPE 550`. */
function answerOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return [typeof code === 'string' ? code : 'unknown', typeof responseCode === 'number' ? responseCode : '']
    .join(' ')
    .trim()
}
