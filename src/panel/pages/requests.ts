import { ServiceError, type FieldError } from '../../platform/errors.ts'
import type { Query } from '../../platform/web/index.ts'
import { isViewOnDecision, isViewOnReview } from '../opinions.ts'
import type { ReadingText } from '../store.ts'
import type { Typed } from '../views/forms.ts'

export interface OfIncident {
  Params: { incidentId: string }
  Querystring: Query
  Body: Typed | undefined
}
export interface OfPoint {
  Params: { incidentId: string; point: string }
  Querystring: Query
  Body: Typed | undefined
}

/** What the person can mend, to be shown on the page they came from. Everything else goes on up. */
export async function refusal(work: Promise<void>): Promise<ServiceError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ServiceError && (error.kind === 'invalid' || error.kind === 'conflict')) return error
    throw error
  }
}

export function statusOf(problem: ServiceError): number {
  return problem.kind === 'conflict' ? 409 : 400
}

export function fieldsOf(problem: ServiceError): readonly FieldError[] {
  return problem.fields.length > 0 ? problem.fields : [{ field: 'main-content', text: problem.message }]
}

/** A number that a page put into its own form; 0, which is older than anything, where it is none. */
export function revisionIn(body: Typed, name = 'revision'): number {
  const revision = Number(body[name])
  return Number.isInteger(revision) && revision >= 0 ? revision : 0
}
export function viewsIn(body: Typed): Pick<ReadingText, 'viewOnReview' | 'viewOnDecision'> {
  const { viewOnReview, viewOnDecision } = body
  return {
    viewOnReview: isViewOnReview(viewOnReview) ? viewOnReview : undefined,
    viewOnDecision: isViewOnDecision(viewOnDecision) ? viewOnDecision : undefined,
  }
}
