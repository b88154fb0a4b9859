import { ensureMay, type Acting } from '../../platform/acting.ts'
import { contextOf } from '../../platform/database/index.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { savePage, type PostedPage, type SavedPage } from '../../platform/questionnaire/index.ts'
import { heldDraft, noteReviewRead } from './open-review.ts'
import { rapidReviewForm } from './rapid-review-form.ts'
import type { RapidReview } from './rapid-review.ts'
import { saveDraft } from './store.ts'

/**
 * Saves one page of a draft. Several people can write different pages at the same time.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when the text waits for signatures or was sent
 */
export async function saveSection(
  acting: Acting,
  incidentId: string,
  path: string,
  posted: PostedPage,
): Promise<SavedPage<RapidReview> & { review: RapidReview }> {
  ensureMay(acting, 'write', 'rapid-review-draft')
  return acting.transaction(async tx => {
    const draft = await heldDraft(tx, incidentId)
    const { today } = contextOf(tx)
    const asRead = (review: RapidReview): RapidReview => ({
      ...review,
      unreadSections: review.unreadSections.filter(section => section !== path),
    })
    const section = await savePage(rapidReviewForm, draft, path, posted, { today }, async (saved, page) => {
      await saveDraft(tx, asRead(saved))
      await recordEvent(tx, {
        kind: 'rapid-review.section-saved',
        subject: 'rapid-review-draft',
        place: draft,
        detail: { page },
      })
    })
    if (section.conflict) await noteReviewRead(tx, draft, 'write the rapid review')
    const review = section.conflict ? draft : asRead(section.draft)
    return { ...section, draft: review, review }
  })
}
