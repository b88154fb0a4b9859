import { qualityMarkers, type ReviewKind } from '../reviews/index.ts'

/** What a member says of each sign of a good review. */
export const marks = {
  met: 'Met',
  partly: 'Partly',
  'not-met': 'Not met',
  'cannot-tell': 'Cannot tell',
} as const
export type Mark = keyof typeof marks
/** By the key of the sign. */
export type Markers = Readonly<Record<string, Mark>>

/** The signs of a good review. Of a rapid one the partnership checked itself by the same list. */
export const markersOf: Record<ReviewKind, Readonly<Record<string, string>>> = {
  rapid: qualityMarkers,
  local: {
    improvements: 'A summary of the improvements that are recommended',
    reasons: 'An analysis of the systemic or underlying reasons',
    family: 'What the family and the children said, or why they were not asked',
    anonymised: 'Nobody can be recognised by what is to be published',
    owners: 'Each recommendation has an owner, and a day',
  },
}

export function isMark(key: unknown): key is Mark {
  return typeof key === 'string' && Object.hasOwn(marks, key)
}
