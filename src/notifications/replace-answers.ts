import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { recordEvent } from '../platform/events/index.ts'
import { stepPath, stepsThatApply } from '../platform/questionnaire/index.ts'
import { notificationForm, type NotificationAnswers } from './notification-form.ts'
import { heldDraft } from './save-draft.ts'
import { saveDraft } from './store.ts'

/**
 * All answers of a draft at once, as a program gives them. Whoever has a page of it open in a browser is told when they
 * save it.
 *
 * @param seenRevision the draft's revision that the answers were made from
 * @returns false when somebody saved in between: then nothing changes
 * @throws ServiceError 'not-allowed', 'not-found'
 */
export async function replaceAnswers(
  acting: Acting,
  incidentId: string,
  answers: NotificationAnswers,
  seenRevision: number,
): Promise<boolean> {
  ensureMay(acting, 'write', 'notification-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    if (draft.revision !== seenRevision) return false
    const pages = stepsThatApply(notificationForm, answers).map(step => [stepPath(step), draft.revision + 1])
    const replaced = {
      ...draft,
      answers,
      typed: {},
      pageRevisions: Object.fromEntries(pages) as Record<string, number>,
    }
    await saveDraft(tx, replaced, contextOf(tx).now)
    await recordEvent(tx, { kind: 'notification.answers-replaced', subject: 'notification-draft', place: draft })
    return true
  })
}
