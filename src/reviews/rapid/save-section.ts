import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { ServiceError, type FieldError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { readPage, stepAt, stepPath, type AppliedStep, type Typed } from '../../platform/questionnaire/index.ts'
import { heldDraft, noteReviewRead } from './open-review.ts'
import { rapidReviewForm } from './rapid-review-form.ts'
import type { RapidReview } from './rapid-review.ts'
import { saveDraft } from './store.ts'

export interface SavedSection {
  review: RapidReview
  step: AppliedStep
  errors: readonly FieldError[]
  typed: Typed
  /** Somebody else saved the page meanwhile: nothing was saved, and `review` holds what is stored. */
  conflict: boolean
}

/**
 * Saves one page of a draft, wrong answers too: nothing typed is lost. Several people can write different pages at the
 * same time; when it was this very page, nothing is saved until the person has seen both.
 *
 * @param seenRevision the review's revision when the page was shown
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when the text waits for signatures or was sent
 */
export async function saveSection(
  acting: Acting,
  incidentId: string,
  path: string,
  { body, seenRevision }: { body: Readonly<Record<string, unknown>>; seenRevision: number },
): Promise<SavedSection> {
  ensureMay(acting, 'write', 'rapid-review-draft')
  return acting.transaction(async tx => {
    const review = await heldDraft(tx, incidentId)
    const step = stepAt(rapidReviewForm, review.answers, path)
    if (!step) throw new ServiceError('not-found', 'The rapid review has no such page. Go back to all pages.')
    const reading = readPage(rapidReviewForm, step, body, review.answers, { today: contextOf(tx).today })
    const page = stepPath(step)
    if ((review.pageRevisions[page] ?? 0) > seenRevision) {
      await noteReviewRead(tx, review, 'write the rapid review')
      return { review, step, errors: [overtaken], typed: reading.typed, conflict: true }
    }
    const { [page]: _before, ...typed } = review.typed
    const saved: RapidReview = {
      ...review,
      answers: reading.answers,
      typed: reading.errors.length > 0 ? { ...typed, [page]: reading.typed } : typed,
      pageRevisions: { ...review.pageRevisions, [page]: review.revision + 1 },
      unreadSections: review.unreadSections.filter(section => section !== page),
    }
    await saveDraft(tx, saved)
    await recordEvent(tx, {
      kind: 'rapid-review.section-saved',
      subject: 'rapid-review-draft',
      place: review,
      detail: { page },
    })
    return {
      review: { ...saved, revision: review.revision + 1 },
      step,
      errors: reading.errors,
      typed: reading.typed,
      conflict: false,
    }
  })
}

const overtaken: FieldError = {
  field: 'typed-by-you',
  text: 'Somebody else saved this page after you opened it. Nothing of yours is lost: it is below, with theirs beside it. To keep yours, save again',
}
