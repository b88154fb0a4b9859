import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { londonDate } from '../platform/dates.ts'
import { ServiceError } from '../platform/errors.ts'
import { fingerprint } from '../platform/fingerprint.ts'
import { recordEvent } from '../platform/events/index.ts'
import { answered, answersThatApply, openProblems, type Answers } from '../platform/questionnaire/index.ts'
import { readLookups } from '../reference-data/index.ts'
import { needsRapidReview } from './criteria.ts'
import { nationalSendingAt, wholeDate } from './incident-facts.ts'
import { notificationForm, type NotificationAnswers } from './notification-form.ts'
import { heldDraft } from './save-draft.ts'
import { markSent, type ChildRow } from './store.ts'

export interface Sent {
  incidentId: string
  reference: string
  notifiedAt: Date
  reviewNeeded: boolean
}

/**
 * Sends a draft to the Panel. An immutable snapshot is kept, and the clocks start: now, or when the national service
 * received it.
 * @param seenRevision the draft's revision that the person checked; absent when a program sends
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when it was changed since it was checked, or 'invalid' with
 *   each answer that is still needed
 */
export async function sendNotification(
  acting: Acting,
  incidentId: string,
  { seenRevision }: { seenRevision?: number } = {},
): Promise<Sent> {
  ensureMay(acting, 'send', 'notification-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    if (seenRevision !== undefined && draft.revision !== seenRevision) {
      throw new ServiceError(
        'conflict',
        'Somebody changed the notification after you checked it. Check your answers again, then send.',
      )
    }
    const { now, today } = contextOf(tx)
    const problems = openProblems(notificationForm, draft, { today, lookups: await readLookups(tx) })
    if (problems.length > 0) {
      throw new ServiceError('invalid', 'The notification cannot be sent yet: some answers are missing or not right.', {
        fields: problems,
      })
    }
    const answers = answersThatApply(notificationForm, draft.answers)
    const nationalSentAt = answers.sentNationally === 'yes' ? nationalSendingAt(answers, now) : undefined
    const notifiedAt = nationalSentAt ?? now
    const reviewNeeded = needsRapidReview(answers)
    await markSent(
      tx,
      draft,
      {
        answers,
        formVersion: notificationForm.version,
        hash: fingerprint(answers),
        nationalReference: textIn(answers, 'nationalReference'),
        nationalSentAt: nationalSentAt ?? null,
        reviewNeeded,
        notifiedAt,
        children: childRows(answers),
      },
      acting.personId,
      now,
    )
    await recordEvent(tx, {
      kind: 'notification.sent',
      subject: 'notification',
      place: draft,
      detail: {
        reviewNeeded,
        clockStartsOn: londonDate(notifiedAt),
        through: answers.sentNationally === 'yes' ? 'national service' : 'Weathervane',
      },
    })
    return { incidentId, reference: draft.reference, notifiedAt, reviewNeeded }
  })
}

function childRows(answers: NotificationAnswers): ChildRow[] {
  const primary = Number(answered(answers, 'primaryChild') ?? 1)
  return (answers.children ?? [{}]).map((child, index) => ({
    position: index + 1,
    isPrimary: index + 1 === primary,
    givenName: textIn(child, 'givenName'),
    familyName: textIn(child, 'familyName'),
    bornOn: wholeDate(child, 'dateOfBirth'),
    ageInYears: numberIn(child, 'age'),
    unborn: child.birth === 'unborn',
    sex: textIn(child, 'sex'),
    ethnicity: textIn(child, 'ethnicity'),
  }))
}

function textIn(answers: Answers, id: string): string | null {
  const value = answered(answers, id)
  return typeof value === 'string' ? value : null
}

function numberIn(answers: Answers, id: string): number | null {
  const value = answered(answers, id)
  return typeof value === 'number' ? value : null
}
