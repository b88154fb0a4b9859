import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { noteRead } from '../platform/events/index.ts'
import {
  addItem,
  readPage,
  removeItem,
  stepAt,
  stepPath,
  type AppliedStep,
  type Typed,
} from '../platform/questionnaire/index.ts'
import { readLookups } from '../reference-data/index.ts'
import { notificationForm, type NotificationAnswers } from './notification-form.ts'
import { lockDraft, readDraft, saveDraft, type Draft } from './store.ts'

export interface SavedPage {
  draft: Draft
  step: AppliedStep
  errors: readonly FieldError[]
  typed: Typed
}

/**
 * Saves one page of a draft, wrong answers too: nothing typed is lost. Pages that somebody else saved in between stay
 * as they are; when it was this very page, nothing is saved until the person has seen both.
 *
 * @param seenRevision the draft's revision when the page was shown
 * @throws ServiceError 'not-allowed', 'not-found'
 */
export async function savePage(
  acting: Acting,
  incidentId: string,
  path: string,
  { body, seenRevision }: { body: Readonly<Record<string, unknown>>; seenRevision: number },
): Promise<SavedPage> {
  ensureMay(acting, 'write', 'notification-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    const step = stepAt(notificationForm, draft.answers, path)
    if (!step) throw noSuchPage()
    const { now, today } = contextOf(tx)
    const reading = readPage(notificationForm, step, body, draft.answers, { today, lookups: await readLookups(tx) })
    const pageRevision = draft.pageRevisions[stepPath(step)] ?? 0
    if (pageRevision > seenRevision) {
      return {
        draft,
        step,
        errors: [
          {
            field: 'main-content',
            text: 'Somebody else saved this page after you opened it. What you typed is below. To keep yours, save again',
          },
        ],
        typed: reading.typed,
      }
    }
    const { [stepPath(step)]: _before, ...typed } = draft.typed
    const saved = {
      ...draft,
      answers: reading.answers,
      typed: reading.errors.length > 0 ? { ...typed, [stepPath(step)]: reading.typed } : typed,
      pageRevisions: { ...draft.pageRevisions, [stepPath(step)]: draft.revision + 1 },
    }
    await saveDraft(tx, saved, now)
    return { draft: { ...saved, revision: draft.revision + 1 }, step, errors: reading.errors, typed: reading.typed }
  })
}

/** One more child with pages of its own, up to four. @throws ServiceError */
export function addChild(acting: Acting, incidentId: string): Promise<void> {
  return changeAnswers(acting, incidentId, answers => addItem(notificationForm, answers, 'children'))
}

/** @param index from 0 @throws ServiceError */
export function removeChild(acting: Acting, incidentId: string, index: number): Promise<void> {
  return changeAnswers(acting, incidentId, answers => removeItem(notificationForm, answers, 'children', index))
}

async function changeAnswers(
  acting: Acting,
  incidentId: string,
  change: (answers: NotificationAnswers) => NotificationAnswers,
): Promise<void> {
  ensureMay(acting, 'write', 'notification-draft')
  await acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    await saveDraft(tx, { ...draft, answers: change(draft.answers), typed: {}, pageRevisions: {} }, contextOf(tx).now)
  })
}

/** The draft as a page shows it. @throws ServiceError 'not-found' */
export async function openDraft(tx: Tx, incidentId: string): Promise<Draft> {
  const draft = await readDraft(tx, incidentId)
  if (!draft) throw noSuchDraft()
  await noteRead(tx, { subject: 'notification-draft', purpose: 'write the notification', incidentIds: [incidentId] })
  return draft
}

async function heldDraft(tx: Tx, incidentId: string): Promise<Draft> {
  const draft = await lockDraft(tx, incidentId)
  if (!draft) throw noSuchDraft()
  return draft
}

export function noSuchDraft(): ServiceError {
  return new ServiceError(
    'not-found',
    'There is no such draft, or it was sent already, or it is not of your authority.',
  )
}

export function noSuchPage(): ServiceError {
  return new ServiceError(
    'not-found',
    'This page is not part of the notification any more: an earlier answer changed. Go back to the list of pages.',
  )
}
