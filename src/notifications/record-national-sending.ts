import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { londonDate } from '../platform/dates.ts'
import { ServiceError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import {
  answered,
  readPage,
  type Answers,
  type Page,
  type PageReading,
  type Question,
  type Questionnaire,
} from '../platform/questionnaire/index.ts'
import { nationalSendingAt } from './incident-facts.ts'
import { notificationForm } from './notification-form.ts'
import { markSentNationally, readIncident, sentNotification } from './store.ts'

const asked: readonly Question[] = notificationForm.pages.flatMap((page: Page) => page.questions)

/** What the first page of the notification asks whoever had used the national service already. */
export const nationalSendingForm: Questionnaire = {
  key: 'national-sending',
  version: 1,
  title: 'Sent through the national service too',
  checks: [],
  pages: [
    {
      id: 'national-service',
      section: 'After sending',
      title: 'Sent through the national service too',
      intro: [
        'The due day of the rapid review stays as it is. It was counted from when you sent the notification to the Panel here, and the partners have planned by it.',
      ],
      seenBy: 'notification',
      questions: asked
        .filter(({ under }) => under?.question === 'sentNationally')
        .map(({ under: _, ...question }) => ({ ...question, required: question.required && 'to-continue' })),
    },
  ],
}
export const nationalSendingStep = { page: nationalSendingForm.pages[0]! }

/**
 * Notes when a notification that was sent here went through the national service too. It is noted once, and no clock
 * changes by it.
 * @returns the errors of the form, with what was typed
 * @throws ServiceError 'not-allowed', 'not-found', or 'conflict' when it is known already
 */
export async function recordNationalSending(
  acting: Acting,
  incidentId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<PageReading<Answers>> {
  ensureMay(acting, 'send', 'notification-draft')
  return acting.transaction(async tx => {
    const { incident } = await notSentNationally(tx, incidentId)
    const { now, today } = contextOf(tx)
    const reading = readPage(nationalSendingForm, nationalSendingStep, body, {}, { today })
    const at = nationalSendingAt(reading.answers, now)
    if (reading.errors.length > 0 || !at) return reading
    const reference = answered(reading.answers, 'nationalReference')
    const known = typeof reference === 'string' ? reference : null
    if (!(await markSentNationally(tx, incidentId, { reference: known, at }))) throw knownAlready(incident.reference)
    await recordEvent(tx, {
      kind: 'notification.sent-nationally',
      subject: 'notification',
      place: incident,
      detail: { on: londonDate(at) },
    })
    return reading
  })
}

/** @throws ServiceError 'not-found', or 'conflict' when it is known already */
export async function notSentNationally(tx: Tx, incidentId: string) {
  const incident = await readIncident(tx, incidentId)
  const sent = await sentNotification(tx, incidentId)
  if (!incident || !sent) {
    throw new ServiceError('not-found', 'There is no such notification, or you may not see it.')
  }
  if (sent.nationalSentAt) throw knownAlready(incident.reference)
  return { incident, sent }
}

function knownAlready(reference: string): ServiceError {
  return new ServiceError(
    'conflict',
    `That notification ${reference} went through the national service is noted already. There is nothing more to do.`,
  )
}
