import { formatDate, londonDate, type CivilDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import type { IncidentPlace } from '../../platform/events/index.ts'
import { fingerprint } from '../../platform/fingerprint.ts'
import { themes, type Theme } from '../../reference-data/index.ts'
import { nationalBody } from '../national-body.ts'
import {
  suggestsOtherwise,
  tellViewOnDecision,
  viewsOnReview,
  viewThatDoesNotFit,
  type ViewOnDecision,
  type ViewOnReview,
} from '../opinions.ts'
import type { WhichReview } from '../which-review.ts'
import { sectionsOf, type Texts } from './sections.ts'

/** What is written once in a letter. The points come one by one. */
export interface LetterText {
  texts: Texts
  viewOnReview: ViewOnReview | undefined
  /** Of a letter on a rapid review. */
  viewOnDecision: ViewOnDecision | undefined
}

export interface PointReply {
  text: string
  /** What the partnership said it would do. May be empty. */
  action: string
  repliedAt: Date
  byName: string | undefined
}

export interface LetterPoint {
  id: string
  /** From 1, in the order of the letter. */
  number: number
  theme: Theme
  text: string
  /** False: it says something, like thanks or a comment, and waits for no answer. */
  asks: boolean
  /** It asks what the partners conclude, comes with a view that suggests another decision, and goes with it. */
  aboutDecision: boolean
  /** Absent: no day was asked for. */
  replyBy: CivilDate | undefined
  /** The first is the answer; later ones add to it. */
  replies: PointReply[]
}

export type PointText = Pick<LetterPoint, 'theme' | 'text' | 'asks' | 'replyBy'>

/** Of a point of a letter that was sent. In SQL it is `waitsForAnswer`. */
export function isUnanswered({ asks, replies }: Pick<LetterPoint, 'asks' | 'replies'>): boolean {
  return asks && replies.length === 0
}

/** How far the answers to a letter are. Only a point that asks counts; a partnership may answer others too. */
export function answersIn(points: readonly LetterPoint[]): { asked: number; answered: number } {
  const asked = points.filter(point => point.asks)
  return { asked: asked.length, answered: asked.filter(point => !isUnanswered(point)).length }
}

export interface Letter extends IncidentPlace, WhichReview, LetterText {
  letterId: string
  reviewId: string
  reference: string
  partnershipName: string
  status: 'draft' | 'sent'
  revision: number
  points: LetterPoint[]
  signedBy: string | null
  signedByName: string | null
  sentAt: Date | null
  hash: string | null
}

export const longestText = 20_000

/**
 * What is still wrong with a letter that is to be sent.
 * @param outcomes what the partnership decided, like `LCSPR`
 */
export function problemsToSend(letter: Letter, outcomes: readonly string[]): FieldError[] {
  const problems: FieldError[] = []
  const refuse = (field: string, text: string) => problems.push({ field, text })
  for (const section of sectionsOf[letter.kind]) {
    if (section.is === 'text' && section.needed && !letter.texts[section.key]) refuse(section.key, section.needed)
    if (section.is === 'view-on-review' && !letter.viewOnReview) {
      refuse('viewOnReview', 'Select your view of the review')
    }
    if (section.is === 'view-on-decision') {
      if (!letter.viewOnDecision) refuse('viewOnDecision', 'Select your view of the decision')
      const misfit = letter.viewOnDecision && viewThatDoesNotFit(letter.viewOnDecision, outcomes)
      if (misfit) refuse('viewOnDecision', misfit)
      if (suggestsOtherwise(letter.viewOnDecision) && !letter.texts.reasons) {
        refuse('reasons', 'Give your reasons: the letter asks the partnership to consider them')
      }
    }
  }
  return problems
}

/**
 * Words of the letter that are part of a child's name. A letter goes to many people and gives no child's name; a name
 * that is also a common word (Rose, May) is for the writer to judge.
 */
export function childNamesIn(letter: Letter, childNames: readonly string[]): string[] {
  return namesIn([...Object.values(letter.texts), ...letter.points.map(point => point.text)].join(' '), childNames)
}

/** The words of a text that are part of one of these names. */
export function namesIn(written: string, childNames: readonly string[]): string[] {
  const words = new Set(written.split(/[^\p{L}\p{M}'’-]+/u).map(word => word.replace(/['’]s?$/, '')))
  const names = childNames.flatMap(name => name.split(/\s+/)).filter(name => name.length > 1)
  return [...new Set(names)].filter(name => words.has(name))
}

/** The fingerprint of what was sent: anybody can work it out again from the letter and compare. */
export function letterHash(letter: Omit<Letter, 'hash' | 'status'> & { sentAt: Date; signedBy: string }): string {
  const { incidentId, kind, reference, texts, viewOnReview, viewOnDecision, signedBy } = letter
  return fingerprint({
    incidentId,
    kind,
    reference,
    texts,
    viewOnReview,
    viewOnDecision,
    points: letter.points.map(({ number, theme, text, asks, replyBy }) => ({ number, theme, text, asks, replyBy })),
    signedBy,
    sentAt: letter.sentAt.toISOString(),
  })
}

/** A letter as its reader meets it, the same on the web page and in the Word file. */
export type LetterPart =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'points'; points: { point: LetterPoint; paragraphs: string[]; about: string; whatIsAsked: string }[] }

export function letterParts(letter: Letter): LetterPart[] {
  const under = (heading: string, parts: LetterPart[]): LetterPart[] =>
    parts.length > 0 ? [{ kind: 'heading', text: heading }, ...parts] : []
  return sectionsOf[letter.kind].flatMap(section => {
    switch (section.is) {
      case 'text': {
        if (section.stands === 'with-decision') return []
        const text = paragraphs(letter.texts[section.key] ?? '')
        return section.stands ? text : under(section.label, text)
      }
      case 'view-on-review':
        return under(section.label, paragraphs(letter.viewOnReview ? viewsOnReview[letter.viewOnReview] : ''))
      case 'view-on-decision':
        if (!letter.viewOnDecision) return []
        return under(
          section.label,
          paragraphs(tellViewOnDecision(letter.viewOnDecision, letter.texts.reasons ?? '').join('\n')),
        )
      case 'points':
        return letter.points.length > 0 ? under(section.label, [pointsPart(letter.points)]) : []
    }
  })
}

function pointsPart(points: readonly LetterPoint[]): LetterPart {
  return {
    kind: 'points',
    points: points.map(point => ({
      point,
      paragraphs: point.text.split(/\n+/),
      about: `About: ${themes[point.theme]}.`,
      whatIsAsked: whatIsAsked(point),
    })),
  }
}

function whatIsAsked({ asks, replyBy }: LetterPoint): string {
  if (!asks) return 'For you to know: we ask for no answer.'
  return replyBy ? `Please answer by ${formatDate(replyBy)}.` : 'Please answer when you can.'
}

function paragraphs(text: string): LetterPart[] {
  return text
    .split(/\n+/)
    .filter(line => line.trim() !== '')
    .map(line => ({ kind: 'paragraph', text: line }))
}

/** The lines under the letter. */
export function signatureLines(letter: Letter): string[] {
  if (!letter.sentAt) return [`For the ${nationalBody.name}`, 'Not signed yet']
  return [
    letter.signedByName ?? '',
    `For the ${nationalBody.name}`,
    `Signed and sent on ${formatDate(londonDate(letter.sentAt))}`,
  ].filter(line => line !== '')
}
