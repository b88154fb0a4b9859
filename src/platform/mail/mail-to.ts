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
  incidentId: string
  kind: MailKind
}

/**
 * Mail to people about an incident, stored in the transaction of what they are told and sent after it. Who has declared
 * a conflict of interest in the incident or its authority is left out, and so is who no longer works in the service.
 */
export async function mailTo(tx: Tx, { personIds, incidentId, kind }: NewMail): Promise<void> {
  if (personIds.length === 0) return
  await asTask(tx, 'mail', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into mail (person_id, incident_id, authority_code, kind, reference, created_at)
      select recipient.person_id, ${incidentId}, recipient.authority_code, ${kind}, recipient.reference,
             ${contextOf(tx).now}
      from mail_recipients(${incidentId}, ${[...personIds]}::uuid[]) as recipient
      returning id`.execute(tx)
    for (const { id } of rows) await enqueue(tx, sendMailKind, { mailId: id }, { key: id })
  })
}
