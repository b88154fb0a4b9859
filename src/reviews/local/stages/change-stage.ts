import { ensureMay, type Acting } from '../../../platform/acting.ts'
import { contextOf, type Tx } from '../../../platform/database/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { invalidAt, ServiceError } from '../../../platform/errors.ts'
import { recordEvent } from '../../../platform/events/index.ts'
import type { ReviewPlace } from '../../review.ts'
import type { LocalReview } from '../local-review.ts'
import { seenLocalReview } from '../open-local-review.ts'
import { isDated, planFrom, stagesOf, type TypedDays, type TypedStage } from './stages.ts'
import { updateDays } from '../store.ts'
import { readStagePlan, saveStage, saveStagePlan, stageRecordsOf } from './store.ts'

/**
 * Puts down when a stage was opened and closed, in any order of stages. Without a day to open, it is not begun.
 * @throws ServiceError 'not-allowed', 'not-found', or 'invalid' at `openedOn-day` and `closedOn-day`
 */
export async function changeStage(
  acting: Acting,
  incidentId: string,
  stage: string,
  { openedOn, closedOn }: { openedOn: CivilDate | undefined; closedOn: CivilDate | undefined },
): Promise<void> {
  ensureMay(acting, 'write', 'local-review')
  await acting.transaction(async tx => {
    const review = await seenLocalReview(tx, incidentId)
    await stageNamed(tx, review, stage)
    const { today } = contextOf(tx)
    if (openedOn && openedOn > today)
      throw invalidAt('openedOn-day', 'The day it was opened must be today or in the past')
    if (closedOn && closedOn > today)
      throw invalidAt('closedOn-day', 'The day it was closed must be today or in the past')
    if (closedOn && !openedOn) throw invalidAt('openedOn-day', 'Enter the day it was opened')
    if (closedOn && openedOn && closedOn < openedOn) {
      throw invalidAt('closedOn-day', 'The day it was closed must not be before it was opened')
    }
    if (stage === 'closed') ensureMay(acting, 'lead', 'local-review')
    await saveStage(tx, review, stage, openedOn && { openedOn, closedOn })
    if (stage === 'closed') await updateDays(tx, review, { closedOn: closedOn ?? null })
    await recordEvent(tx, {
      kind: 'local-review.stage-changed',
      subject: 'local-review',
      place: review,
      detail: { stage, openedOn, closedOn },
    })
    if (stage === 'closed' && closedOn) {
      await recordEvent(tx, {
        kind: 'local-review.closed',
        subject: 'local-review',
        place: review,
        detail: { on: closedOn },
      })
    }
  })
}

/** What is done here closes its stage, unless somebody did by hand. */
export async function closeStage(tx: Tx, review: LocalReview, stage: string, on: CivilDate): Promise<void> {
  const plan = stagesOf((await readStagePlan(tx, review.partnershipCode))?.stages)
  if (plan.find(({ key }) => key === stage)?.leftOut) return
  const record = (await stageRecordsOf(tx, review.reviewId)).find(each => each.stage === stage)
  if (record?.closedOn) return
  const openedOn = record && record.openedOn < on ? record.openedOn : on
  await saveStage(tx, review, stage, { openedOn, closedOn: on })
}

/** What was done here and is undone opens its stage again. */
export async function reopenStage(tx: Tx, review: ReviewPlace, stage: string): Promise<void> {
  const record = (await stageRecordsOf(tx, review.reviewId)).find(each => each.stage === stage)
  if (record?.closedOn) await saveStage(tx, review, stage, { openedOn: record.openedOn, closedOn: undefined })
}

/** @throws ServiceError 'not-found' for none, and for a dated one, which has its own page */
export async function stageNamed(tx: Tx, review: LocalReview, key: string) {
  const plan = stagesOf((await readStagePlan(tx, review.partnershipCode))?.stages)
  const stage = plan.find(each => each.key === key)
  if (!stage || isDated(key)) throw new ServiceError('not-found', 'This review has no such stage to open or close.')
  return stage
}

/**
 * Saves how the partnership works on its local reviews: the stages, their names, order, what is left out and what is
 * added, and after how many days something asks.
 * @throws ServiceError 'not-allowed', 'conflict', or 'invalid' at its fields
 */
export async function saveStages(
  acting: Acting,
  { stages, days, seenRevision }: { stages: readonly TypedStage[]; days: TypedDays; seenRevision: number },
): Promise<void> {
  ensureMay(acting, 'lead', 'local-review')
  await acting.transaction(async tx => {
    const stored = await readStagePlan(tx, acting.bodyCode)
    if ((stored?.revision ?? 0) !== seenRevision) {
      throw new ServiceError('conflict', 'Somebody else changed the stages after you opened them. Open the page again.')
    }
    await saveStagePlan(tx, acting.bodyCode, planFrom(stages, days))
  })
}
