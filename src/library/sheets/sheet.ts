import type { CivilDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { gapsIn, linesOf, type Publication } from '../publication.ts'

/** Who reads a sheet. Practitioners read these, and not the report. */
export const sectors = {
  'social-care': 'Social care',
  health: 'Health',
  police: 'Police',
  education: 'Schools and colleges',
  'early-years': 'Early years',
} as const
export type Sector = keyof typeof sectors

export function isSector(key: unknown): key is Sector {
  return typeof key === 'string' && Object.hasOwn(sectors, key)
}

export interface SheetText {
  happened: string
  learnt: string
  /** What to ask on Monday: one question a line. */
  ask: string
}

export interface Sheet extends SheetText {
  sector: Sector
  cleared: { by: string; asked: string; at: Date } | undefined
  revision: number
}

export interface PublishedSheet {
  number: string
  sector: Sector
  partnershipCode: string
  title: string
  happened: string | undefined
  learnt: string
  ask: string[]
  wordHash: string | undefined
  publishedOn: CivilDate
  asAt: CivilDate
}

/** Whom somebody asked before words were shared. */
export const askedOf = {
  police: 'The police',
  lawyer: 'A lawyer',
  both: 'Both the police and a lawyer',
  neither: 'Neither: no proceedings are running or expected',
} as const

/** As many words as a page holds. */
const wordsOfPage = 400

export function wordsIn({ happened, learnt, ask }: SheetText): number {
  return [happened, learnt, ask].join(' ').split(/\s+/).filter(Boolean).length
}

export function isLongerThanPage(text: SheetText): boolean {
  return wordsIn(text) > wordsOfPage
}

/** What a sheet begins with: the words of the public page. A person makes them their sector's. */
export function firstDraft({ text }: Publication): SheetText {
  return {
    happened: text.inShort || text.whatHappened,
    learnt: text.learning,
    ask: linesOf(text.recommendations)
      .map(line => line.replace(/^R-\d{4}-\d+\s*/, ''))
      .join('\n'),
  }
}

export function missingIn(text: SheetText): FieldError[] {
  return [
    ...(text.happened ? [] : [{ field: 'happened', text: 'Write what happened' }]),
    ...(text.learnt ? [] : [{ field: 'learnt', text: 'Write what we learnt' }]),
    ...(text.ask ? [] : [{ field: 'ask', text: 'Write what to ask on Monday' }]),
    ...gapsIn(text),
  ]
}

export const sheetStates = {
  unwritten: 'Not written',
  written: 'Written, not cleared',
  cleared: 'Cleared, not public',
  public: 'Public',
  changed: 'Public, in earlier words',
  'to-look-at': 'Public, its words were changed and nobody has cleared them since',
  'without-account': 'Public without what happened: publish it anew',
} as const
export type SheetState = keyof typeof sheetStates

/** How far a sheet is. What happened is not compared: it is hidden and shown with its review. */
export function stateOf(
  sheet: Sheet | undefined,
  published: PublishedSheet | undefined,
  { isAccountPublic }: { isAccountPublic: boolean },
): SheetState {
  if (!sheet) return 'unwritten'
  if (!published) return sheet.cleared ? 'cleared' : 'written'
  if (isAccountPublic && published.happened === undefined) return 'without-account'
  const isSame =
    sheet.learnt === published.learnt &&
    linesOf(sheet.ask).join('\n') === published.ask.join('\n') &&
    (published.happened === undefined || published.happened === sheet.happened)
  if (!isSame) return 'changed'
  return sheet.cleared ? 'public' : 'to-look-at'
}
