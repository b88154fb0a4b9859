import type { CivilDate } from '../../platform/dates.ts'
import { fingerprint } from '../../platform/fingerprint.ts'
import type { Reading } from './reading.ts'

export const recognisableKinds = {
  name: 'Name',
  date: 'Exact date',
  age: 'Exact age of a baby or a brother or sister',
  place: 'Place',
  'school-or-setting': 'School or setting',
  address: 'Address',
  number: 'Number or reference',
  online: 'Online name or address',
  occupation: 'Unusual occupation',
  'rare-combination': 'Rare combination',
} as const
export type RecognisableKind = keyof typeof recognisableKinds

/** Words by which a child could be recognised. A person decides about each; nothing is changed by itself. */
export interface Recognisable {
  /**
   * The same for the same words between the same words, so that a decision holds while the rest of the text changes.
   * No two findings of one text share a key.
   */
  key: string
  kind: RecognisableKind
  paragraphId: string
  /** Offsets in the stored text: `text.slice(from, to)` is `words`. */
  from: number
  to: number
  words: string
  /** One plain sentence. */
  why: string
  /** Wording to offer in place of `words`. */
  safer: string
}

export interface KnownPerson {
  /** How the text may speak of them: `child`, `maternal grandmother`, `social worker`. */
  relation: string
  given?: string | undefined
  family?: string | undefined
  /** Other given names, earlier family names, nicknames. */
  others?: readonly string[] | undefined
}

/** What the record knows and a reader must not learn. */
export interface KnownToRecord {
  people: readonly KnownPerson[]
  dates: readonly { what: 'birth' | 'death' | 'incident'; on: CivilDate }[]
  /** Days of the process itself, like that of the receipt or of the decision: no days of a child's life, and not found. */
  process?: readonly CivilDate[] | undefined
  /** Parts between commas: `14 Alder Close, Hexmoor`. */
  addresses: readonly string[]
  /** Schools, nurseries, homes, hospitals, prisons. */
  settings: readonly string[]
  /** Names of authorities and partnerships. */
  areas: readonly string[]
  /** How many children live in the area of the review; a usual number is taken where it is not known. */
  childrenInArea?: number | undefined
  /** Ethnicity, faith, disability or illness in the record's own words. Matched as they are, and held to be rare. */
  traits?: readonly string[] | undefined
}

/** Authorities and regions, as reference data have them. */
export interface PlaceNames {
  areas: readonly { name: string; region?: string | undefined }[]
}

/** Said when there is no finding. Never "safe": what a neighbour would recognise is beyond any check. */
export const nothingFound = 'These checks found nothing. They cannot tell that nobody will be recognised.'

/** A rule's word on one paragraph, by offsets in the text as it was read. */
export interface Hit {
  kind: RecognisableKind
  from: number
  to: number
  why: string
  safer: string
  /** What a decision hangs on instead of the words around it. */
  anchor?: string
  /** Words that the text has made known as a name here, and that are one wherever else they stand. */
  madeKnown?: readonly string[]
}

const wordsBeside = 3

/** Stable under edits farther away than three words, or in another sentence. */
export function keyOf(hit: Hit, { text }: Reading): string {
  const wordsOf = (part: string) => part.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const before = text
    .slice(Math.max(0, hit.from - 80), hit.from)
    .split(/[.!?] /)
    .at(-1)!
  const after = text.slice(hit.to, hit.to + 80).split(/[.!?] /)[0]!
  const context = hit.anchor ?? [wordsOf(before).slice(-wordsBeside), wordsOf(after).slice(0, wordsBeside)]
  return fingerprint([hit.kind, wordsOf(text.slice(hit.from, hit.to)), context]).slice(0, 32)
}
