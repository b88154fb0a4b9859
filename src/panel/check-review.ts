import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { formatMoment } from '../platform/dates.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import { holdReview, openConsideration } from './advance.ts'
import { longestText } from './letter/letter.ts'
import { markersOf } from './quality-markers.ts'
import { storeCheck, type ReviewCheck } from './store.ts'
import type { WhichReview } from './which-review.ts'

/** What whoever looks through a review first says of each thing that has to be in it. */
export const checkMarks = { there: 'There', missing: 'Missing' } as const
export interface TypedCheck {
  /** By the key of the sign; what nobody marked yet is left out. */
  marks: ReviewCheck['marks']
  notes: string
}

/**
 * Says whether what has to be in a review is there, before it is read: what is missing can still be asked for.
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' with each mark that is missing, 'conflict' once the letter
 *   was sent
 */
export async function checkReview(acting: Acting, which: WhichReview, { marks, notes }: TypedCheck): Promise<void> {
  ensureMay(acting, 'write', 'panel-work')
  await acting.transaction(async tx => {
    const { reviewId } = await openConsideration(tx, which)
    await holdReview(tx, reviewId)
    const consideration = await openConsideration(tx, which)
    if (consideration.status === 'letter-sent') {
      throw new ServiceError('conflict', 'The letter on this review was sent. What was found before stays as it is.')
    }
    const missing = Object.keys(markersOf[which.kind]).filter(key => marks[key] === 'missing')
    const fields: FieldError[] = Object.entries(markersOf[which.kind])
      .filter(([key]) => !marks[key])
      .map(([key, marker]) => ({ field: `marker-${key}`, text: `Select there or missing: ${marker}` }))
    if (missing.length > 0 && !notes) {
      fields.push({ field: 'notes', text: 'Write what is missing, and what was done about it' })
    }
    if (notes.length > longestText) {
      fields.push({ field: 'notes', text: `This must be ${longestText} characters or fewer` })
    }
    if (fields.length > 0) {
      throw new ServiceError('invalid', 'The check was not saved: something is missing.', { fields })
    }
    await storeCheck(tx, reviewId, { marks, notes, personId: acting.personId, at: contextOf(tx).now })
    await recordEvent(tx, {
      kind: 'panel.checked',
      subject: 'panel-work',
      place: consideration,
      objectId: reviewId,
      detail: { review: which.kind, missing: missing.length },
    })
  })
}

export function tellCheck(check: ReviewCheck | undefined): string {
  if (!check) return 'Nobody has looked yet'
  const missing = Object.entries(markersOf.local).filter(([key]) => check.marks[key] === 'missing')
  const found = missing.length === 0 ? 'Everything is there' : `Missing: ${missing.map(([, text]) => text).join('; ')}`
  return `${found}. ${check.notes ? `${check.notes} ` : ''}${check.byName}, ${formatMoment(check.checkedAt)}`
}
