import type { Tx } from '../../platform/database/index.ts'
import { contextOf } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { recordEvent, type IncidentPlace } from '../../platform/events/index.ts'
import { deadline } from '../../reference-data/index.ts'
import type { Outcome } from './decision-form.ts'
import type { LocalReview } from './local-review.ts'
import { readLocalReview, updateOutcome } from './store.ts'

/** What became of the review for the public; what is published stays so for a year at least. */
async function recordOutcome(tx: Tx, review: LocalReview, outcome: Outcome, on: CivilDate): Promise<void> {
  const keepUntil = outcome === 'withheld' ? undefined : deadline('keep-local-public', on).dueOn
  await updateOutcome(tx, review, { outcome, on, keepUntil })
  await recordEvent(tx, {
    kind: 'local-review.ended',
    subject: 'local-review',
    place: review,
    detail: { outcome, on },
  })
}

interface Heard<Detail> {
  place?: IncidentPlace
  detail: Detail
}

/** Hears that the review was published here today, or elsewhere on a day: in full or its improvements. The first counts. */
export async function notePublished(
  tx: Tx,
  { place, detail: { manner, on } }: Heard<{ manner: string; on?: CivilDate }>,
): Promise<void> {
  const review = place && (await readLocalReview(tx, place.incidentId))
  if (!review || (review.outcome && review.outcome !== 'withheld')) return
  const outcome = manner === 'improvements' ? 'improvements-only' : 'published'
  await recordOutcome(tx, review, outcome, on ?? contextOf(tx).today)
}

/** Hears that the partners told the Panel why nothing is published, for now. What is public already is not withheld. */
export async function noteWithheld(tx: Tx, { place, detail: { manner } }: Heard<{ manner: string }>): Promise<void> {
  const review = place && (await readLocalReview(tx, place.incidentId))
  if (!review || review.outcome || manner !== 'withheld') return
  await recordOutcome(tx, review, 'withheld', contextOf(tx).today)
}
