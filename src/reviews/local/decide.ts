import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import { deadline } from '../../reference-data/index.ts'
import { readIncident, type Incident } from '../../notifications/index.ts'
import { insertReview } from '../review.ts'
import type { LocalReviewCriterion } from '../rapid/rapid-review-form.ts'
import type { DecisionAnswers } from './decision-form.ts'
import { insertLocalReview, type Decision } from './store.ts'

/** The decision that complete answers say, with the end of its six months. */
export function decisionFrom(answers: DecisionAnswers): Decision {
  const decidedOn = answers.decidedOn as CivilDate
  const { rule, dueOn } = deadline('local-review', decidedOn)
  return {
    decidedOn,
    decidedFrom: answers.decidedFrom ?? 'partners',
    reasons: answers.reasons ?? '',
    criteria: (answers.criteria ?? []).filter((key): key is LocalReviewCriterion => key !== 'none'),
    dueOn,
    dueRule: rule.rule,
  }
}

/** @throws ServiceError 'not-found' */
export async function incidentToReview(tx: Tx, incidentId: string): Promise<Incident> {
  const incident = await readIncident(tx, incidentId)
  if (incident?.notifiedAt) return incident
  throw new ServiceError('not-found', 'There is no such incident, or you may not see it.')
}

/**
 * Records that the partners decided on a local review: it opens, and its six months begin with the day of the decision.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' when there is one
 */
export async function decideLocalReview(acting: Acting, incidentId: string, answers: DecisionAnswers): Promise<void> {
  ensureMay(acting, 'lead', 'local-review')
  await acting.transaction(async tx => {
    const incident = await incidentToReview(tx, incidentId)
    const place = await insertReview(tx, 'local', incident)
    if (!place)
      throw new ServiceError('conflict', `A local review of incident ${incident.reference} was decided already.`)
    const decision = decisionFrom(answers)
    await insertLocalReview(tx, place, decision)
    await recordEvent(tx, {
      kind: 'local-review.decided',
      subject: 'local-review',
      place,
      detail: {
        reviewId: place.reviewId,
        from: decision.decidedFrom,
        decidedOn: decision.decidedOn,
        dueOn: decision.dueOn,
        rule: decision.dueRule,
      },
    })
  })
}
