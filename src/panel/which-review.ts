import type { ReviewKind } from '../reviews/index.ts'

/** A review by its incident, which has one of each kind at most. */
export interface WhichReview {
  incidentId: string
  kind: ReviewKind
}

const suffixes: Record<ReviewKind, string> = { rapid: '', local: '/local-review' }
export const reviewKinds = Object.keys(suffixes) as ReviewKind[]

/** In the words of lists and headings. */
export const reviewNames: Record<ReviewKind, string> = { rapid: 'Rapid review', local: 'Local review' }

/** Where the Panel works on a review. With `:incidentId` it is the route. */
export function panelPath({ incidentId, kind }: WhichReview): string {
  return `/panel/${incidentId}${suffixes[kind]}`
}

/** Where the letter on a review is read and answered. */
export function letterPath({ incidentId, kind }: WhichReview): string {
  return `/incidents/${incidentId}${suffixes[kind]}/letter`
}
