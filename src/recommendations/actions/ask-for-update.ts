import { z } from 'zod'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { defineJob, enqueue, type Job, type JobKind } from '../../platform/jobs/index.ts'
import { makeLink } from '../../platform/links/index.ts'
import { mailSender, noServer, type SenderSettings } from '../../platform/mail/index.ts'
import { lockAction } from './action-store.ts'
import { chaserWords, type Action } from './action.ts'
import { noSuchAction } from './agree-action.ts'

/** How long the link in a chaser works. */
const linkDays = 21

const sendChaserKind: JobKind<{ chaserId: string }> = {
  name: 'action.ask',
  payload: z.strictObject({ chaserId: z.uuid() }),
  whyTwice:
    'What is marked as sent is not sent again. If the process ends between the mail server taking it and the mark, it goes twice with one Message-ID, each with a link that works.',
}

/**
 * Asks the leads of these actions for an update, each by a mail in the words of the rule, which are kept.
 * @throws ServiceError 'not-allowed', 'not-found'; 'conflict' where one has been asked today or is waited for no more
 */
export async function askForUpdates(acting: Acting, actionIds: readonly string[]): Promise<void> {
  ensureMay(acting, 'write', 'action')
  await acting.transaction(async tx => {
    for (const actionId of actionIds) {
      const action = await openAction(tx, actionId)
      if (action.askedOn === contextOf(tx).today) {
        throw new ServiceError(
          'conflict',
          `Action ${action.number} was asked for an update today. Nobody was asked again.`,
        )
      }
      const chaserId = await keepChaser(tx, acting, action, 'mail')
      await enqueue(tx, sendChaserKind, { chaserId }, { key: chaserId })
    }
  })
}

/**
 * A link for the lead of an action, to hand over by whoever asks: on the telephone, in a meeting, by their own mail.
 * @returns its address, known here and nowhere else
 */
export async function handOverLink(acting: Acting, actionId: string, publicUrl: string): Promise<string> {
  ensureMay(acting, 'write', 'action')
  return acting.transaction(async tx => {
    const action = await openAction(tx, actionId)
    await keepChaser(tx, acting, action, 'hand')
    return linkFor(tx, action, publicUrl)
  })
}

async function openAction(tx: Tx, actionId: string): Promise<Action> {
  const action = await lockAction(tx, actionId)
  if (!action) throw noSuchAction()
  if (action.nextUpdateOn === null) {
    throw new ServiceError('conflict', `Action ${action.number} is done or stopped: no update is waited for.`)
  }
  return action
}

async function keepChaser(tx: Tx, acting: Acting, action: Action, goesBy: 'mail' | 'hand'): Promise<string> {
  const { chaser_id } = await tx
    .insertInto('action_chaser')
    .values({
      action_id: action.actionId,
      partnership_code: action.partnershipCode,
      lead_name: action.leadName,
      words: chaserWords(action),
      goes_by: goesBy,
      person_id: acting.personId,
      at: contextOf(tx).now,
    })
    .returning('chaser_id')
    .executeTakeFirstOrThrow()
  await recordEvent(tx, {
    kind: 'action.asked',
    subject: 'action',
    objectId: action.actionId,
    detail: { number: action.number },
    ...(action.place && { place: action.place }),
  })
  return chaser_id
}

async function linkFor(tx: Tx, action: LinkedAction, publicUrl: string): Promise<string> {
  const { actionId, leadName, partnershipCode, place } = action
  const link = { purpose: 'action-update', objectId: actionId, holder: leadName, days: linkDays } as const
  return (await makeLink(tx, { ...link, place: place ?? { partnershipCode } }, publicUrl)).address
}
type LinkedAction = Pick<Action, 'actionId' | 'leadName' | 'partnershipCode' | 'place'>

/** Sends one chaser at least once. The link in it is made when it goes: nobody who reads the database can use it. */
export function sendChaserJob(settings: SenderSettings): Job<{ chaserId: string }> {
  const sender = mailSender(settings)
  return defineJob({
    ...sendChaserKind,
    async run(database, { chaserId }) {
      const mail = await database.as({ task: 'chase' }, async tx => {
        const row = await tx
          .selectFrom('action_chaser')
          .select(['action_id', 'lead_name', 'words', 'incident_id', 'authority_code', 'partnership_code'])
          .select(eb => eb.fn<string | null>('chaser_address', ['chaser_id']).as('address'))
          .where('chaser_id', '=', chaserId)
          .where('sent_at', 'is', null)
          .where('goes_by', '=', 'mail')
          .executeTakeFirst()
        if (!row) return undefined
        if (!sender || !row.address) return { failure: sender ? 'no-address' : noServer }
        const { incident_id: incidentId, authority_code: authorityCode, partnership_code: partnershipCode } = row
        const place = incidentId && authorityCode ? { incidentId, authorityCode, partnershipCode } : null
        const action = { actionId: row.action_id, leadName: row.lead_name, partnershipCode, place }
        return { words: row.words, to: row.address, address: await linkFor(tx, action, settings.publicUrl) }
      })
      if (!mail) return
      const mark = (marks: { sent_at: Date; failure: null } | { failure: string }) =>
        database.as({ task: 'chase' }, tx =>
          tx.updateTable('action_chaser').set(marks).where('chaser_id', '=', chaserId).execute(),
        )
      if ('failure' in mail) return void (await mark({ failure: mail.failure ?? '' }))
      const text = `${mail.words}\n\n${mail.address}\n\nIf you did not expect this mail, ring ${settings.ring}. Send nothing about a child by mail.`
      const failure = await sender!({ id: chaserId, to: mail.to, subject: 'How is your action going?', text })
      await mark(failure === undefined ? { sent_at: database.clock.now(), failure: null } : { failure })
      if (failure !== undefined) throw new Error(`The mail server did not take chaser ${chaserId}: ${failure}.`)
    },
  })
}
