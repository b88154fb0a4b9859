import { contextOf, type Tx } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../../platform/errors.ts'
import { recordEvent, type IncidentPlace } from '../../../platform/events/index.ts'
import { publicationProblem } from '../local-review.ts'
import { readLocalReview, updateDays } from '../store.ts'
import { readStagePlan, stageRecordsOf } from '../stages/store.ts'
import { isDated, notDoneBefore, stagesFor, stagesOf } from '../stages/stages.ts'
import { sendingsOf } from './store.ts'
import { mustHave, type SentThing } from './sending.ts'

/** What of the dated points stands around the publication of a review. */
export interface DatedForPublication {
  publishOn: CivilDate | undefined
  /** When the Panel and the Secretary of State were last sent what is to be published. */
  sentAheadOn: CivilDate | undefined
  /** Stages before publication that nobody has closed, without those that have a day of their own. `since` it was begun. */
  notDone: readonly { key: string; label: string; since: CivilDate | undefined }[]
  /** Why a day is too early; undefined where it is not. It names the first possible day. */
  tooEarly(on: CivilDate): string | undefined
}

/** @param what is to be published; whoever has the report has its improvements */
export async function datedForPublication(
  tx: Tx,
  incidentId: string,
  what: SentThing,
): Promise<DatedForPublication | undefined> {
  const review = await readLocalReview(tx, incidentId)
  if (!review) return undefined
  const sendings = (await sendingsOf(tx, review.reviewId)).filter(
    sent => (sent.what === 'report' || sent.what === what) && mustHave.every(whom => sent.sentTo.includes(whom)),
  )
  const sentAheadOn = sendings.map(({ sentOn }) => sentOn).reduce<CivilDate | undefined>(later, undefined)
  const { today } = contextOf(tx)
  const plan = stagesOf((await readStagePlan(tx, review.partnershipCode))?.stages)
  const stages = stagesFor(plan, await stageRecordsOf(tx, review.reviewId))
  return {
    publishOn: review.publishOn,
    sentAheadOn,
    notDone: notDoneBefore(
      'published',
      stages.filter(({ key }) => key === 'published' || !isDated(key)),
    ).map(({ key, label, record }) => ({
      key,
      label,
      since: record?.openedOn,
    })),
    tooEarly: on => publicationProblem(sentAheadOn, on, today),
  }
}

function later(one: CivilDate | undefined, other: CivilDate): CivilDate {
  return one && one > other ? one : other
}

/**
 * Plans the day of publication, or takes the plan back.
 * @throws ServiceError 'not-found', or 'invalid' at `publishOn-day` for a day that is too early
 */
export async function planPublication(
  tx: Tx,
  { incidentId }: IncidentPlace,
  what: SentThing,
  publishOn: CivilDate | undefined,
): Promise<void> {
  const review = await readLocalReview(tx, incidentId)
  if (!review) throw new ServiceError('not-found', 'There is no local review here, or you may not see it.')
  const text = publishOn && (await datedForPublication(tx, incidentId, what))?.tooEarly(publishOn)
  if (text) throw invalidAt('publishOn-day', text)
  await updateDays(tx, review, { publishOn: publishOn ?? null })
  await recordEvent(tx, {
    kind: 'local-review.publication-planned',
    subject: 'local-review',
    place: review,
    detail: { publishOn },
  })
}
