import { type FieldError, ServiceError } from '../errors.ts'
import type { Answers } from './answer.ts'
import { type CheckContext, problemsToSend } from './check.ts'
import type { Questionnaire } from './questionnaire.ts'
import { readPage, type Typed } from './read-page.ts'
import { type AppliedStep, stepAt, stepPath } from './steps.ts'

/** Answers that people still write, page by page, several of them at once. */
export interface AnswerDraft<A extends Answers = Answers> {
  answers: A
  /** Fields of pages that could not be read, exactly as typed, by the step's path. */
  typed: Record<string, Typed>
  revision: number
  /** The revision in which each page was last saved, by the step's path. */
  pageRevisions: Record<string, number>
}

interface DraftRow {
  answers: unknown
  typed: unknown
  revision: number
  page_revisions: unknown
}

export function draftFrom<A extends Answers>(row: DraftRow): AnswerDraft<A> {
  return {
    answers: row.answers as A,
    typed: row.typed as Record<string, Typed>,
    revision: row.revision,
    pageRevisions: row.page_revisions as Record<string, number>,
  }
}

/** The columns of a draft that is stored once more. Raises the revision. */
export function draftColumns(draft: AnswerDraft) {
  return {
    answers: JSON.stringify(draft.answers),
    typed: JSON.stringify(draft.typed),
    page_revisions: JSON.stringify(draft.pageRevisions),
    revision: draft.revision + 1,
  }
}

export interface SavedPage<D> {
  draft: D
  step: AppliedStep
  errors: readonly FieldError[]
  typed: Typed
  /** Somebody else saved this page since it was shown: nothing was saved, and the draft is what is stored. */
  conflict: boolean
}

/** A form as it was posted, and the draft's revision when its page was shown. */
export interface PostedPage {
  body: Readonly<Record<string, unknown>>
  seenRevision: number
}

/**
 * Saves one page, wrong answers too: nothing typed is lost. Pages that somebody else saved in between stay as they are;
 * when it was this very page, nothing is saved until the person has seen both.
 *
 * @param draft held until the transaction ends
 * @param store writes what it is given, with a revision one higher; not called on a conflict
 * @throws ServiceError 'not-found' when there is no such page
 */
export async function savePage<D extends AnswerDraft>(
  questionnaire: Questionnaire,
  draft: D,
  path: string,
  { body, seenRevision }: PostedPage,
  context: CheckContext,
  store: (saved: D, page: string) => Promise<void>,
): Promise<SavedPage<D>> {
  const step = stepToWrite(questionnaire, draft, path)
  const reading = readPage(questionnaire, step, body, draft.answers, context)
  if ((draft.pageRevisions[path] ?? 0) > seenRevision) {
    return { draft, step, errors: [overtaken], typed: reading.typed, conflict: true }
  }
  const { [path]: _before, ...typed } = draft.typed
  const saved = {
    ...draft,
    answers: reading.answers,
    typed: reading.errors.length > 0 ? { ...typed, [path]: reading.typed } : typed,
    pageRevisions: { ...draft.pageRevisions, [path]: draft.revision + 1 },
  }
  await store(saved, path)
  return {
    draft: { ...saved, revision: draft.revision + 1 },
    step,
    errors: reading.errors,
    typed: reading.typed,
    conflict: false,
  }
}

const overtaken: FieldError = {
  field: 'typed-by-you',
  text: 'Somebody else saved this page after you opened it. Nothing of yours is lost: it is below, with theirs beside it. To keep yours, save again',
}

/** @throws ServiceError 'not-found' when there is no such page, or it does not apply */
export function stepToWrite(questionnaire: Questionnaire, { answers }: AnswerDraft, path: string): AppliedStep {
  const step = stepAt(questionnaire, answers, path)
  if (step) return step
  throw new ServiceError(
    'not-found',
    'There is no such page, or not any more: an earlier answer changed. Go back to the list of pages.',
  )
}

/** Something to put right before the answers can go on, with the path of its page. */
export interface OpenProblem extends FieldError {
  page: string
}

/** What is missing or wrong, and the pages that apply where something was typed that could not be read. */
export function openProblems(questionnaire: Questionnaire, draft: AnswerDraft, context: CheckContext): OpenProblem[] {
  const problems = problemsToSend(questionnaire, draft.answers, context).map(problem => ({
    ...problem,
    page: stepPath(problem.step),
  }))
  const unread = Object.keys(draft.typed).flatMap(page => {
    const step = stepAt(questionnaire, draft.answers, page)
    return step ? [{ field: 'main-content', text: `Put right what you typed on “${step.page.title}”`, page }] : []
  })
  return [...problems, ...unread]
}
