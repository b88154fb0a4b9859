import type { CivilDate } from '../../platform/dates.ts'
import { themes, type Theme } from '../../reference-data/index.ts'

/** What happened later, as far as it says what it is about. */
export interface Later {
  kind: keyof typeof laterKinds
  /** The day of the incident: what a review says of practice, it says of then. */
  on: CivilDate
  incidentId: string
  partnershipCode: string
  themes: readonly Theme[]
}

export const laterKinds = {
  notification: 'A new incident was notified',
  letter: 'The Panel wrote about a later review',
  recommendation: 'A later review made a recommendation',
  publication: 'A later local review was published',
} as const

/** What somebody was to do, and what was said to have come of it. */
export interface Earlier {
  kind: 'partner' | 'partnership' | 'national-body'
  /** The incident it came from; null for a national recommendation. */
  incidentId: string | null
  partnershipCode: string | null
  themes: readonly Theme[]
  status: 'issued' | 'replaced' | 'closed'
  delivery: 'not-started' | 'in-progress' | 'done' | 'stopped'
  /** The day on which it was closed or done. */
  endedOn: CivilDate | null
}

/** What the owner answers. */
export const workeds = {
  worked: 'It worked',
  'in-part': 'It worked in part',
  'did-not': 'It did not work',
  'cannot-say': 'It cannot be said yet',
} as const
export type Worked = keyof typeof workeds

/** About how a review is decided on, and not about what children live through. */
const notPractice: readonly Theme[] = ['local-review-decision']

/**
 * Whether what happened later touches what an earlier recommendation was meant to change.
 * @returns the themes in which it does; none where it does not
 */
export function comesUpAgain(later: Later, earlier: Earlier): Theme[] {
  const isDone = earlier.status === 'closed' || (earlier.status === 'issued' && earlier.delivery === 'done')
  if (!isDone || earlier.endedOn === null || later.on < earlier.endedOn) return []
  if (later.incidentId === earlier.incidentId) return []
  // A national body may not hear of what is not published, and looks at the whole country.
  const isTheirs =
    earlier.kind === 'national-body' ? later.kind === 'publication' : earlier.partnershipCode === later.partnershipCode
  if (!isTheirs) return []
  return earlier.themes.filter(theme => later.themes.includes(theme) && !notPractice.includes(theme))
}

/** Why somebody is asked, in words that say nothing of the later incident but its theme. */
export function tellWhy(kind: Later['kind'], matched: readonly Theme[]): string {
  const names = matched.map(theme => `“${themes[theme]}”`)
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0]
  return `${laterKinds[kind]}, and ${names.length > 1 ? 'themes' : 'a theme'} of this recommendation ${names.length > 1 ? 'are among its' : 'is among its'} themes: ${list}.`
}

/** Kinds of harm of a notification, by the themes they touch. A kind that touches none asks nobody. */
const themesOfHarm: Readonly<Record<string, readonly Theme[]>> = {
  'physical-abuse': ['non-accidental-injury'],
  'head-injury': ['non-accidental-injury', 'babies-under-1'],
  'fatal-maltreatment': ['non-accidental-injury'],
  neglect: ['neglect'],
  'medical-neglect': ['neglect'],
  'sexual-abuse-in-family': ['sexual-abuse-in-family'],
  'sexual-abuse-outside-family': ['extra-familial-harm'],
  'sexual-exploitation': ['extra-familial-harm'],
  'criminal-exploitation': ['extra-familial-harm'],
  'online-harm': ['extra-familial-harm'],
  'serious-violence': ['extra-familial-harm'],
  'domestic-abuse': ['domestic-abuse'],
  'sudden-unexpected-death': ['sudden-unexpected-death'],
  suicide: ['child-mental-health'],
  'self-harm': ['child-mental-health'],
}

export function themesOfHarms(harms: readonly string[]): Theme[] {
  return [...new Set(harms.flatMap(harm => themesOfHarm[harm] ?? []))]
}
