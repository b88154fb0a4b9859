import { qualityMarkers, type QualityMarker } from '../reviews/index.ts'

/** What a member says of each sign of a good review. The partnership checked itself by the same list. */
export const marks = {
  met: 'Met',
  partly: 'Partly',
  'not-met': 'Not met',
  'cannot-tell': 'Cannot tell',
} as const
export type Mark = keyof typeof marks
export type Markers = Partial<Record<QualityMarker, Mark>>

export const markerKeys = Object.keys(qualityMarkers) as QualityMarker[]

export function isMark(key: unknown): key is Mark {
  return typeof key === 'string' && Object.hasOwn(marks, key)
}
