import type { Posted, Query } from '../../platform/web/index.ts'
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

export function viewsIn(body: Posted): Pick<ReadingText, 'viewOnReview' | 'viewOnDecision'> {
  const { viewOnReview, viewOnDecision } = body
  return {
    viewOnReview: isViewOnReview(viewOnReview) ? viewOnReview : undefined,
    viewOnDecision: isViewOnDecision(viewOnDecision) ? viewOnDecision : undefined,
  }
}
