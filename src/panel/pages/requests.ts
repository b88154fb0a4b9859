import type { ServiceError } from '../../platform/errors.ts'
import { mendable, type Posted, type Query } from '../../platform/web/index.ts'
import { isViewOnDecision, isViewOnReview } from '../opinions.ts'
import type { ReadingText } from '../store.ts'

export interface OfIncident {
  Params: { incidentId: string }
  Querystring: Query
  Body: Posted | undefined
}
export interface OfPoint {
  Params: { incidentId: string; point: string }
  Querystring: Query
  Body: Posted | undefined
}

/** What the person can mend, to be shown on the page they came from. Everything else goes on up. */
export async function refusal(work: Promise<void>): Promise<ServiceError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return mendable(error)
  }
}

export function statusOf(problem: ServiceError): number {
  return problem.kind === 'conflict' ? 409 : 400
}

export function viewsIn(body: Posted): Pick<ReadingText, 'viewOnReview' | 'viewOnDecision'> {
  const { viewOnReview, viewOnDecision } = body
  return {
    viewOnReview: isViewOnReview(viewOnReview) ? viewOnReview : undefined,
    viewOnDecision: isViewOnDecision(viewOnDecision) ? viewOnDecision : undefined,
  }
}
