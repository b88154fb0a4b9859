import { ensureMay, type Acting } from '../platform/acting.ts'
import { contextOf } from '../platform/database/index.ts'
import { ServiceError, type FieldError } from '../platform/errors.ts'
import { recordEvent } from '../platform/events/index.ts'
import type { ReviewKind } from '../reviews/index.ts'
import { advance, openConsideration } from './advance.ts'
import { longestText } from './letter/letter.ts'
import { sectionsOf } from './letter/sections.ts'
import { markersOf } from './quality-markers.ts'
import { outcomesOf } from './sent-review.ts'
import { readingsOf, storeReading, type ReadingText } from './store.ts'
import { viewThatDoesNotFit } from './opinions.ts'
import type { WhichReview } from './which-review.ts'

/**
 * Keeps what a member thinks of a review. A draft is seen by its writer alone; finished, by the secretariat and the
 * chair too; by a partnership never. It can change until the letter is sent.
 *
 * @param options.seenRevision of the reading when its page was shown; 0 when there was none
 * @throws ServiceError 'not-allowed', 'not-found', 'invalid' with each answer that is needed to finish, or 'conflict'
 */
export async function saveReading(
  acting: Acting,
  which: WhichReview,
  reading: ReadingText,
  options: { seenRevision: number; finish: boolean },
): Promise<void> {
  ensureMay(acting, 'write', 'panel-reading')
  await acting.transaction(async tx => {
    const consideration = await openConsideration(tx, which)
    if (consideration.status === 'letter-sent') {
      throw new ServiceError('conflict', 'The letter on this review was sent. Readings stay as they were.')
    }
    const before = (await readingsOf(tx, consideration.reviewId, acting.personId)).find(
      one => one.personId === acting.personId,
    )
    const finishes = options.finish || Boolean(before?.finishedAt)
    const problems = problemsOf(reading, { kind: which.kind, outcomes: await outcomesOf(tx, which), finishes })
    if (problems.length > 0) {
      throw new ServiceError('invalid', 'The reading was not saved: something is missing or does not fit.', {
        fields: problems,
      })
    }
    const { now } = contextOf(tx)
    const stored = await storeReading(tx, consideration, acting.personId, {
      ...reading,
      seenRevision: options.seenRevision,
      at: now,
      finishedAt: finishes ? (before?.finishedAt ?? now) : null,
    })
    if (!stored) {
      throw new ServiceError(
        'conflict',
        'You saved this reading in another window after you opened this page. Both are shown below: save again to keep what you typed here.',
      )
    }
    if (finishes && !before?.finishedAt) {
      await advance(tx, consideration.reviewId, 'finish-reading')
      await recordEvent(tx, {
        kind: 'panel.reading-finished',
        subject: 'panel-reading',
        place: consideration,
        detail: { review: which.kind },
      })
    }
  })
}

function problemsOf(
  reading: ReadingText,
  { kind, outcomes, finishes }: { kind: ReviewKind; outcomes: readonly string[]; finishes: boolean },
): FieldError[] {
  const problems: FieldError[] = []
  const refuse = (field: string, text: string) => problems.push({ field, text })
  if (reading.notes.length > longestText) refuse('notes', `Your notes must be ${longestText} characters or fewer`)
  if (!finishes) return problems
  for (const [key, marker] of Object.entries(markersOf[kind])) {
    if (!reading.markers[key]) refuse(`marker-${key}`, `Select met, partly, not met or cannot tell: ${marker}`)
  }
  if (!reading.notes) refuse('notes', 'Write what you think of the review')
  if (!reading.viewOnReview) refuse('viewOnReview', 'Select your view of the review')
  if (!sectionsOf[kind].some(section => section.is === 'view-on-decision')) return problems
  if (!reading.viewOnDecision) refuse('viewOnDecision', 'Select your view of the decision')
  const misfit = reading.viewOnDecision && viewThatDoesNotFit(reading.viewOnDecision, outcomes)
  if (misfit) refuse('viewOnDecision', misfit)
  return problems
}
