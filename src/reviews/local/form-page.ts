import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import {
  answersThatApply,
  readPage,
  stepAt,
  type Answers,
  type AppliedStep,
  type Lookups,
  type Questionnaire,
  type Typed,
} from '../../platform/questionnaire/index.ts'
import { seenLocalReview } from './open-local-review.ts'
import type { LocalReview } from './local-review.ts'

/** What a form of a review is about: the review, and the record where the address names one. */
export interface About {
  tx: Tx
  review: LocalReview
  recordId: string | undefined
}

/** A page with one form of a local review. */
export interface FormPage {
  /** Below the review: `/requests/:recordId`. */
  path: string
  /** Who may: `lead` is for whoever leads the review alone. */
  right: 'write' | 'lead'
  form: Questionnaire
  /** What stands in it; throws where the record is none. */
  load(about: About): Promise<{ answers: Answers; revision: number }>
  /** Throws 'invalid' or 'conflict' for what only the record can tell. */
  save(about: About, answers: Answers): Promise<void>
  lookups?(about: About): Promise<Lookups>
  /** Takes the record out. */
  remove?(about: About): Promise<void>
  /** Where saving leads, below the review. */
  next: string
  /** `Save` where nothing else is said. */
  button?: string
  /** Said when it is done. */
  done: string
}

export interface ShownForm {
  review: LocalReview
  step: AppliedStep
  answers: Answers
  revision: number
  lookups: Lookups
  typed?: Typed
  errors: readonly FieldError[]
}

/** @throws ServiceError 'not-allowed', 'not-found' */
export async function openForm(
  acting: Acting,
  page: FormPage,
  incidentId: string,
  recordId: string | undefined,
): Promise<ShownForm> {
  ensureMay(acting, page.right, 'local-review')
  return acting.transaction(async tx => {
    const about = { tx, review: await seenLocalReview(tx, incidentId), recordId }
    const { answers, revision } = await page.load(about)
    const lookups = (await page.lookups?.(about)) ?? {}
    return { review: about.review, step: stepOf(page), answers, revision, lookups, errors: [] }
  })
}

/**
 * Saves a form in which everything is right; otherwise nothing is saved, and it comes back with what was typed.
 * @throws ServiceError 'not-allowed', 'not-found'
 */
export async function saveForm(
  acting: Acting,
  page: FormPage,
  incidentId: string,
  recordId: string | undefined,
  { body, seenRevision }: { body: Readonly<Record<string, unknown>>; seenRevision: number },
): Promise<ShownForm> {
  ensureMay(acting, page.right, 'local-review')
  let shown: ShownForm | undefined
  try {
    return await acting.transaction(async tx => {
      const about = { tx, review: await seenLocalReview(tx, incidentId), recordId }
      const { answers: stored, revision } = await page.load(about)
      const lookups = (await page.lookups?.(about)) ?? {}
      const step = stepOf(page)
      const { answers, errors, typed } = readPage(page.form, step, body, {}, { today: contextOf(tx).today, lookups })
      shown = { review: about.review, step, answers: stored, revision, lookups, typed, errors }
      if (errors.length > 0) return shown
      if (revision !== seenRevision) return { ...shown, errors: [overtaken] }
      await page.save(about, answersThatApply(page.form, answers))
      return shown
    })
  } catch (error) {
    if (!shown || !(error instanceof ServiceError) || error.kind !== 'invalid') throw error
    return {
      ...shown,
      errors: error.fields.length > 0 ? error.fields : [{ field: 'main-content', text: error.message }],
    }
  }
}

const overtaken: FieldError = {
  field: 'main-content',
  text: 'Somebody else saved this after you opened it. Yours is below and not saved: save again to put it in place of theirs',
}

function stepOf({ form }: FormPage): AppliedStep {
  const step = stepAt(form, {}, form.pages[0]!.id)
  if (!step) throw new Error(`The form ${form.key} has no page.`)
  return step
}

export const nothing = async () => ({ answers: {}, revision: 0 })
