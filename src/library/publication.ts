import { addDays, formatDate, type CivilDate } from '../platform/dates.ts'
import type { FieldError } from '../platform/errors.ts'
import type { IncidentPlace } from '../platform/events/index.ts'
import { isTheme, type Theme } from '../reference-data/index.ts'
import { hasWithdrawnWords } from '../reviews/index.ts'

/** How much a partnership publishes. */
export const manners = {
  full: 'The review, with an account of what happened',
  improvements: 'The improvements only: learning and recommendations',
  withheld: 'Nothing',
} as const
export type Manner = keyof typeof manners

/** How much of what happened the public page tells. */
export const narratives = {
  full: 'In full',
  short: 'In short',
  'learning-only': 'Not at all: learning and recommendations only',
} as const
export type Narrative = keyof typeof narratives

/** `account-hidden`: published, and what happened is not public at present. */
export type PublicationStatus = 'preparing' | 'published' | 'account-hidden'

/** The words of the public page, and how far they go, as chosen for this review. */
export interface PublicationText {
  title: string
  whatHappened: string
  inShort: string
  learning: string
  /** One a line. A number like R-2026-30518 in front leads to its progress. */
  recommendations: string
  themes: readonly Theme[]
  narrative: Narrative | undefined
  index: 'yes' | 'no' | undefined
  feed: 'yes' | 'no' | undefined
  /** What the family thinks of these choices, or why they were not asked. */
  familyView: string
  replacedBy: string
  /** Somebody looked whether a child could be recognised. */
  checkedBy: string
}

export interface Publication extends IncidentPlace {
  reviewId: string
  number: string
  status: PublicationStatus
  manner: Manner
  text: PublicationText
  firstPublishedOn: CivilDate | undefined
  keepUntil: CivilDate | undefined
  narrativeReviewedOn: CivilDate | undefined
  revision: number
  /** Everybody who wrote words of it. */
  writtenBy: readonly string[]
}

export interface Step {
  id: string
  position: number
  kind: StepKind
  whom: string
  toldBy: string
  tellAt: string
  doneAt: Date | undefined
  notNeededBecause: string | undefined
}

/** Whom the plan of the day begins with, in the order in which they are told. */
export const stepKinds = {
  family: 'The family',
  staff: 'The staff who worked with the child',
  'siblings-schools': 'The schools of brothers and sisters',
  partners: 'The safeguarding partners and agencies',
  'press-line': 'Whoever answers the press',
  helpline: 'Whoever answers the helpline',
  other: 'Somebody else',
} as const
export type StepKind = keyof typeof stepKinds
export const firstSteps = ['family', 'staff', 'siblings-schools', 'partners', 'press-line', 'helpline'] as const

export const sensitiveKinds = {
  trial: 'A trial or retrial',
  inquest: 'An inquest',
  birthday: 'A birthday',
  anniversary: 'An anniversary',
  other: 'Another day to keep clear',
} as const
export type SensitiveKind = keyof typeof sensitiveKinds

export interface SensitiveDate {
  /** None where it stands in the record of contact with the family. */
  id: string | undefined
  kind: SensitiveKind
  what: string
  fromOn: CivilDate
  lastOn: CivilDate | undefined
  endedAt: Date | undefined
}

const yearly = new Set<SensitiveKind>(['birthday', 'anniversary'])
/** Nothing appears in the week of a birthday or an anniversary. Our choice: no source gives a number. */
const daysAround = 3

/** Whether nothing should appear on this day because of that date. Of a trial without a known end: until somebody ends it. */
export function isLive({ kind, fromOn, lastOn, endedAt }: SensitiveDate, on: CivilDate): boolean {
  if (endedAt) return false
  if (!yearly.has(kind)) return on >= fromOn && (lastOn === undefined || on <= lastOn)
  const years = [-1, 0, 1].map(shift => Number(on.slice(0, 4)) + shift)
  return years.some(year => {
    // The 29th of February is kept on the 28th of a year without one.
    const day = sameDayIn(fromOn, year)
    return on >= addDays(day, -daysAround) && on <= addDays(day, daysAround)
  })
}

function sameDayIn(date: CivilDate, year: number): CivilDate {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return `${year}${date.endsWith('-02-29') && !isLeap ? '-02-28' : date.slice(4)}` as CivilDate
}

/** What surrounds a publication. */
export interface Around {
  steps: readonly Step[]
  /** Those of the plan, and those that the family's record has. */
  dates: readonly SensitiveDate[]
  /** Related processes that have not ended and delay publication. */
  processes: readonly { body: string; reference: string | undefined }[]
}

/** What stands in the way of publishing on a day, in words. A person may go on all the same, with a reason that is kept. */
export function inTheWay({ steps, dates, processes }: Around, on: CivilDate): string[] {
  return [
    ...steps.filter(isOpen).map(({ whom }) => `Not told yet: ${whom}`),
    ...processes.map(({ body, reference }) => `It delays publication: ${[body, reference].filter(Boolean).join(', ')}`),
    ...dates
      .filter(date => isLive(date, on))
      .map(date => `${sensitiveKinds[date.kind]}: ${date.what}${tellSpan(date)}`),
  ]
}

export function isOpen({ doneAt, notNeededBecause }: Step): boolean {
  return doneAt === undefined && notNeededBecause === undefined
}

function tellSpan({ kind, fromOn, lastOn }: SensitiveDate): string {
  if (yearly.has(kind)) return ` (${formatDate(fromOn).replace(/ \d{4}$/, '')}, each year)`
  return lastOn ? ` (${formatDate(fromOn)} to ${formatDate(lastOn)})` : ` (from ${formatDate(fromOn)}, no end known)`
}

/** What is published in this manner, as it goes ahead to the Panel and the Secretary of State. */
export function publishedThing(manner: Manner): 'report' | 'improvements' {
  return manner === 'full' ? 'report' : 'improvements'
}

/** What has to be written before anything can be published, each at its field. */
export function missingIn({ manner, text }: Pick<Publication, 'manner' | 'text'>): FieldError[] {
  const told = manner === 'full' ? text.narrative : 'learning-only'
  const asked: [boolean, string, string][] = [
    [text.title === '', 'title', 'Enter a title for the public page'],
    [told === undefined, 'narrative', 'Select how much is told of what happened'],
    [told === 'full' && text.whatHappened === '', 'whatHappened', 'Write what happened, in plain words'],
    [told === 'short' && text.inShort === '', 'inShort', 'Write what happened, in short'],
    [text.learning === '', 'learning', 'Write what was learnt'],
    [text.index === undefined, 'index', 'Select whether search engines may list the page'],
    [text.feed === undefined, 'feed', 'Select whether the page is announced in the feed'],
    [text.familyView === '', 'familyView', 'Write what the family thinks of this, or why they were not asked'],
    [text.checkedBy === '', 'checkedBy', 'Enter who checked that no child can be recognised'],
  ]
  return [...asked.filter(([isMissing]) => isMissing).map(([, field, text]) => ({ field, text })), ...gapsIn(text)]
}

/** The fields of a review and of a sheet that become public. */
export const publicFields = [
  'title',
  'whatHappened',
  'inShort',
  'learning',
  'recommendations',
  'happened',
  'learnt',
  'ask',
] as const

/** Fields in which words were withdrawn: published as they are, they would tell a town that somebody withdrew. */
export function gapsIn(text: Partial<Record<(typeof publicFields)[number], string>>): FieldError[] {
  return publicFields
    .filter(field => hasWithdrawnWords(text[field] ?? ''))
    .map(field => ({
      field,
      text: 'Words were withdrawn here. Write it without them, and without a sign that something is missing',
    }))
}

/** What the public page tells of what happened; undefined where it tells nothing. */
export function accountOf({ manner, text }: Pick<Publication, 'manner' | 'text'>): string | undefined {
  if (manner !== 'full') return undefined
  if (text.narrative === 'full') return text.whatHappened
  return text.narrative === 'short' ? text.inShort : undefined
}

/** Whether both say the same to the public. What is chosen and noted beside it are not its words. */
export function hasSameWords(one: PublicationText, other: PublicationText): boolean {
  return (['title', 'whatHappened', 'inShort', 'learning', 'recommendations'] as const).every(
    part => one[part] === other[part],
  )
}

/** Whether what was typed names this person, as `Ann Example` and `ann example, manager` do. */
export function namesPerson(typed: string, name: string): boolean {
  const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
  return plain(typed.split(/[,(]/)[0] ?? '') === plain(name)
}

export function emptyText(stored: Partial<PublicationText> = {}): PublicationText {
  return {
    title: '',
    whatHappened: '',
    inShort: '',
    learning: '',
    recommendations: '',
    narrative: undefined,
    index: undefined,
    feed: undefined,
    familyView: '',
    replacedBy: '',
    checkedBy: '',
    ...stored,
    themes: (stored.themes ?? []).filter(isTheme),
  }
}

export function linesOf(text: string): string[] {
  return text.split('\n').flatMap(line => line.trim() || [])
}
