import { sql } from 'kysely'
import { z } from 'zod'
import { asTask, contextOf, type Tx } from '../database/index.ts'
import { enqueue, type JobKind } from '../jobs/index.ts'
import type { MailKind } from './kinds.ts'

export const sendMailKind: JobKind<{ mailId: string }> = {
  name: 'mail.send',
  payload: z.strictObject({ mailId: z.uuid() }),
  whyTwice:
    'A mail marked as sent is not sent again. If the process ends between the mail server taking it and the mark, it goes twice with one Message-ID.',
}

export interface NewMail {
  personIds: readonly string[]
  incidentId?: string | undefined
  /** A recommendation or an action, by its own number: it goes before the incident it lies with, if it lies with one. */
  about?: { objectId: string; reference: string } | undefined
  kind: MailKind
}

/**
 * Mail to people about an incident, a recommendation or an action, stored in the transaction of what they are told and sent after it. Who has declared
 * a conflict of interest in the incident or its authority is left out, and so is who no longer works in the service.
 */
export async function mailTo(tx: Tx, { personIds, incidentId, about, kind }: NewMail): Promise<void> {
  if (personIds.length === 0) return
  await asTask(tx, 'mail', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into mail (person_id, incident_id, authority_code, object_id, kind, reference, created_at)
      select recipient.person_id, ${incidentId ?? null}, recipient.authority_code, ${about?.objectId ?? null}, ${kind},
             coalesce(${about?.reference ?? null}, recipient.reference), ${contextOf(tx).now}
      from mail_recipients(${incidentId ?? null}, ${[...personIds]}::uuid[]) as recipient
      returning id`.execute(tx)
    for (const { id } of rows) await enqueue(tx, sendMailKind, { mailId: id }, { key: id })
  })
}
