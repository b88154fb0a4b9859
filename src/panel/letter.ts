import { formatDate, londonDate, type CivilDate } from '../platform/dates.ts'
import type { FieldError } from '../platform/errors.ts'
import type { IncidentPlace } from '../platform/events/index.ts'
import { fingerprint } from '../platform/fingerprint.ts'
import { nationalBody } from './national-body.ts'
import { themes, type Theme } from '../reference-data/index.ts'
import {
  suggestsOtherwise,
  tellViewOnDecision,
  viewsOnReview,
  viewThatDoesNotFit,
  type ViewOnDecision,
  type ViewOnReview,
} from './opinions.ts'

/** What is written once in a letter. The points come one by one. */
export interface LetterText {
  opening: string
  strengths: string
  viewOnReview: ViewOnReview | undefined
  viewOnDecision: ViewOnDecision | undefined
  /** Of the view of the decision. Needed where it suggests another decision. */
  reasons: string
  closing: string
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

export interface Letter extends IncidentPlace, LetterText {
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

/** What a new letter says until somebody writes better. */
export function firstText(review: { reference: string; receivedAt: Date }): LetterText {
  return {
    opening: `Thank you for the rapid review of incident ${review.reference}, which we received on ${formatDate(londonDate(review.receivedAt))}.`,
    strengths: '',
    viewOnReview: undefined,
    viewOnDecision: undefined,
    reasons: '',
    closing:
      'It would help us to hear how the actions you describe are going. Please answer in Weathervane each point that asks for an answer.',
  }
}

/**
 * What is still wrong with a letter that is to be sent.
 * @param outcomes what the partnership decided, like `LCSPR`
 */
export function problemsToSend(letter: Letter, outcomes: readonly string[]): FieldError[] {
  const problems: FieldError[] = []
  const refuse = (field: string, text: string) => problems.push({ field, text })
  if (!letter.opening) refuse('opening', 'Write an opening')
  if (!letter.strengths) refuse('strengths', 'Say what you saw done well, or that you saw nothing you could name')
  if (!letter.viewOnReview) refuse('viewOnReview', 'Select your view of the review')
  if (!letter.viewOnDecision) refuse('viewOnDecision', 'Select your view of the decision')
  const misfit = letter.viewOnDecision && viewThatDoesNotFit(letter.viewOnDecision, outcomes)
  if (misfit) refuse('viewOnDecision', misfit)
  if (suggestsOtherwise(letter.viewOnDecision) && !letter.reasons) {
    refuse('reasons', 'Give your reasons: the letter asks the partnership to consider them')
  }
  if (!letter.closing) refuse('closing', 'Write a closing')
  return problems
}

/**
 * Words of the letter that are part of a child's name. A letter goes to many people and gives no child's name; a name
 * that is also a common word (Rose, May) is for the writer to judge.
 */
export function childNamesIn(letter: Letter, childNames: readonly string[]): string[] {
  const { opening, strengths, reasons, closing, points } = letter
  return namesIn([opening, strengths, reasons, closing, ...points.map(point => point.text)].join(' '), childNames)
}

/** The words of a text that are part of one of these names. */
export function namesIn(written: string, childNames: readonly string[]): string[] {
  const words = new Set(written.split(/[^\p{L}\p{M}'’-]+/u).map(word => word.replace(/['’]s?$/, '')))
  const names = childNames.flatMap(name => name.split(/\s+/)).filter(name => name.length > 1)
  return [...new Set(names)].filter(name => words.has(name))
}

/** The fingerprint of what was sent: anybody can work it out again from the letter and compare. */
export function letterHash(letter: Omit<Letter, 'hash' | 'status'> & { sentAt: Date; signedBy: string }): string {
  const { incidentId, reference, opening, strengths, viewOnReview, viewOnDecision, reasons, closing, signedBy } = letter
  return fingerprint({
    incidentId,
    reference,
    opening,
    strengths,
    viewOnReview,
    viewOnDecision,
    reasons,
    points: letter.points.map(({ number, theme, text, asks, replyBy }) => ({ number, theme, text, asks, replyBy })),
    closing,
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
  const section = (heading: string, text: string): LetterPart[] =>
    text ? [{ kind: 'heading', text: heading }, ...paragraphs(text)] : []
  return [
    ...paragraphs(letter.opening),
    ...section('What we saw done well', letter.strengths),
    ...section('Our view of the review', letter.viewOnReview ? viewsOnReview[letter.viewOnReview] : ''),
    ...section(
      'Our view of your decision',
      letter.viewOnDecision ? tellViewOnDecision(letter.viewOnDecision, letter.reasons).join('\n') : '',
    ),
    ...(letter.points.length > 0
      ? ([
          { kind: 'heading', text: 'Our points' },
          {
            kind: 'points',
            points: letter.points.map(point => ({
              point,
              paragraphs: point.text.split(/\n+/),
              about: `About: ${themes[point.theme]}.`,
              whatIsAsked: whatIsAsked(point),
            })),
          },
        ] as const)
      : []),
    ...section('What happens next', letter.closing),
  ]
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
