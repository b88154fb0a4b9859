import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf, type Tx } from '../platform/database/index.ts'
import { ServiceError } from '../platform/errors.ts'
import { noteRead, recordEvent } from '../platform/events/index.ts'
import {
  addItem,
  itemsOf,
  removeItem,
  repeatsOf,
  savePage as saveAnswers,
  stepPath,
  stepsThatApply,
  type AppliedStep,
  type PostedPage,
  type SavedPage,
} from '../platform/questionnaire/index.ts'
import { readLookups } from '../reference-data/index.ts'
import { notificationForm } from './notification-form.ts'
import { lockDraft, readDraft, saveDraft, type Draft } from './store.ts'

/** Saves one page of a draft. @throws ServiceError 'not-allowed', 'not-found' */
export async function savePage(
  acting: Acting,
  incidentId: string,
  path: string,
  posted: PostedPage,
): Promise<SavedPage<Draft>> {
  ensureMay(acting, 'write', 'notification-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    const { now, today } = contextOf(tx)
    const context = { today, lookups: await readLookups(tx) }
    return saveAnswers(notificationForm, draft, path, posted, context, async (saved, page) => {
      await saveDraft(tx, saved, now)
      await recordEvent(tx, {
        kind: 'notification.page-saved',
        subject: 'notification-draft',
        place: draft,
        detail: { page },
      })
    })
  })
}

/** One more child with pages of its own, up to four. Returns its place, from 1. @throws ServiceError */
export async function addChild(acting: Acting, incidentId: string): Promise<number> {
  ensureMay(acting, 'write', 'notification-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    const answers = addItem(notificationForm, draft.answers, 'children')
    await saveDraft(tx, { ...draft, answers }, contextOf(tx).now)
    await recordEvent(tx, { kind: 'notification.child-added', subject: 'notification-draft', place: draft })
    return itemsOf(answers, repeatsOf(notificationForm, 'children')).length
  })
}

/**
 * Takes the last child off a notification. Whoever has a page about the children open is told when they save it.
 * @param seen the draft's revision and the number of children when the button was shown
 * @throws ServiceError, 'conflict' when the children have changed since
 */
export async function removeLastChild(
  acting: Acting,
  incidentId: string,
  seen: { revision: number; children: number },
): Promise<void> {
  ensureMay(acting, 'write', 'notification-draft')
  await acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    const steps = stepsThatApply(notificationForm, draft.answers).filter(step => isAboutChildren(step))
    const isStale = steps.some(step => (draft.pageRevisions[stepPath(step)] ?? 0) > seen.revision)
    if (isStale || itemsOf(draft.answers, repeatsOf(notificationForm, 'children')).length !== seen.children) {
      throw new ServiceError(
        'conflict',
        'Somebody changed what is said about the children since you opened the page. Look at it again, then take the child off.',
      )
    }
    const last = seen.children - 1
    const gone = new Set(steps.filter(step => step.index === last).map(stepPath))
    await saveDraft(
      tx,
      {
        ...draft,
        answers: removeItem(notificationForm, draft.answers, 'children', last),
        typed: Object.fromEntries(Object.entries(draft.typed).filter(([path]) => !gone.has(path))),
        pageRevisions: {
          ...draft.pageRevisions,
          ...Object.fromEntries(steps.map(step => [stepPath(step), draft.revision + 1])),
        },
      },
      contextOf(tx).now,
    )
    await recordEvent(tx, { kind: 'notification.child-removed', subject: 'notification-draft', place: draft })
  })
}

function isAboutChildren({ page }: AppliedStep): boolean {
  return page.repeats?.list === 'children' || page.questions.some(question => question.kind === 'item')
}

/** The draft as a page shows it. @throws ServiceError 'not-found' */
export async function openDraft(tx: Tx, incidentId: string): Promise<Draft> {
  const draft = await readDraft(tx, incidentId)
  if (!draft) throw noSuchDraft()
  await noteRead(tx, { subject: 'notification-draft', purpose: 'write the notification', incidentIds: [incidentId] })
  return draft
}

/** The draft, held until the transaction ends. @throws ServiceError 'not-found' */
export async function heldDraft(tx: Tx, incidentId: string): Promise<Draft> {
  const draft = await lockDraft(tx, incidentId)
  if (!draft) throw noSuchDraft()
  return draft
}

function noSuchDraft(): ServiceError {
  return new ServiceError(
    'not-found',
    'There is no such draft, or it was sent already, or it is not of your authority.',
  )
}
