import { sql } from 'kysely'
import { z } from 'zod'
import { asTask, contextOf, type Tx } from '../database/index.ts'
import { enqueue, type JobKind } from '../jobs/index.ts'
import type { MailKind } from './kinds.ts'

/** The words a link may hold, besides ids and the reference: a name typed by somebody cannot become part of one. */
const pathWords = [
  'answer',
  'answers',
  'home',
  'incidents',
  'letter',
  'letters',
  'notification',
  'notifications',
  'panel',
  'points',
  'rapid-review',
  'rapid-reviews',
  'reading',
  'review',
  'reviews',
  'sign',
  'signatures',
] as const
/** Where the mail leads: `/rapid-reviews/` and an id. */
export type MailPath = `/${(typeof pathWords)[number]}${'' | `/${string}`}`

export const sendMailKind: JobKind<{ mailId: string }> = {
  name: 'mail.send',
  payload: z.strictObject({ mailId: z.uuid() }),
  whyTwice:
    'A mail marked as sent is not sent again. If the process ends between the mail server taking it and the mark, it goes twice with one Message-ID.',
}

export interface NewMail {
  personIds: readonly string[]
  kind: MailKind
  /** The reference of the incident. */
  reference: string
  path: MailPath
}

/**
 * Mail to people about an incident, stored in the transaction of what they are told and sent after it. Who has declared
 * a conflict of interest in the incident or its authority is left out, and so is who no longer works in the service.
 * @throws Error when no incident has the reference, or the path holds anything but words of ours, ids and the reference
 */
export async function mailTo(tx: Tx, mail: NewMail): Promise<void> {
  ensurePath(mail)
  if (mail.personIds.length === 0) return
  await asTask(tx, 'mail', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into mail (person_id, incident_id, authority_code, kind, reference, path, created_at)
      select recipient.person_id, recipient.incident_id, recipient.authority_code, ${mail.kind}, ${mail.reference},
             ${mail.path}, ${contextOf(tx).now}
      from mail_recipients(${mail.reference}, ${[...mail.personIds]}::uuid[]) as recipient
      returning id`.execute(tx)
    for (const { id } of rows) await enqueue(tx, sendMailKind, { mailId: id }, { key: id })
  })
}

function ensurePath({ path, reference }: NewMail): void {
  const odd = path
    .split('/')
    .slice(1)
    .find(
      part =>
        part !== reference && !z.uuid().safeParse(part).success && !(pathWords as readonly string[]).includes(part),
    )
  if (odd !== undefined) {
    throw new Error(
      'A mail was to lead to a path with a part that is no id and no word of ours. Add the word in mail-to.ts.',
    )
  }
}
