import type { Tx } from '../../platform/database/index.ts'
import { contextOf } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { recordEvent, type IncidentPlace } from '../../platform/events/index.ts'
import { deadline } from '../../reference-data/index.ts'
import type { Outcome } from './decision-form.ts'
import type { LocalReview } from './local-review.ts'
import { readLocalReview, updateOutcome } from './store.ts'

/** What became of the review for the public; what is published stays so for a year at least. */
export async function recordOutcome(
  tx: Tx,
  review: LocalReview,
  { outcome, on, reasons }: { outcome: Outcome; on: CivilDate; reasons: string | undefined },
): Promise<void> {
  const keepUntil = outcome === 'withheld' ? undefined : deadline('keep-local-public', on).dueOn
  await updateOutcome(tx, review, { outcome, on, reasons: outcome === 'published' ? undefined : reasons, keepUntil })
  await recordEvent(tx, {
    kind: 'local-review.ended',
    subject: 'local-review',
    place: review,
    detail: { outcome, on },
  })
}

/** Hears that the review was published here today, in full or with its improvements only. The first time counts. */
export async function notePublished(
  tx: Tx,
  { place, detail }: { place?: IncidentPlace; detail: { manner: string } },
): Promise<void> {
  const review = place && (await readLocalReview(tx, place.incidentId))
  if (!review || (review.outcome && review.outcome !== 'withheld')) return
  await recordOutcome(tx, review, {
    outcome: detail.manner === 'improvements' ? 'improvements-only' : 'published',
    on: contextOf(tx).today,
    reasons: undefined,
  })
}
