import { matchParagraphs, textOf, type ChangeChoice } from '../../documents/index.ts'
import type { CivilDate } from '../../platform/dates.ts'
import type { ExtractedParagraph } from '../../platform/files/index.ts'
import { fingerprint } from '../../platform/fingerprint.ts'
import type { ReviewPlace } from '../review.ts'

/** A paragraph of the report. Its id is the same in every version in which it stands. */
export interface DraftParagraph {
  id: string
  role: 'heading' | 'text'
  text: string
}

export type DraftStatus = 'draft' | 'signing' | 'signed'

/** How far the report of a local review is. */
export interface Draft extends ReviewPlace {
  reference: string
  partnershipName: string
  status: DraftStatus
  revision: number
  /** That waits for signatures or has them. */
  version: number | undefined
  textHash: string | undefined
  signedAt: Date | undefined
  /** Why signatures were asked before everybody had said whether the facts are right. */
  askedAlthough: string | undefined
}

export interface DraftVersion {
  version: number
  note: string
  documentId: string | undefined
  paragraphs: readonly DraftParagraph[]
  hash: string
  savedBy: string
  savedById: string
  savedAt: Date
}

/** The words of a version, an empty line between paragraphs. */
export function textOfVersion({ paragraphs }: Pick<DraftVersion, 'paragraphs'>): string {
  return paragraphs.map(({ text }) => text).join('\n\n')
}

export interface DraftComment {
  id: string
  paragraphId: string
  version: number
  answersId: string | undefined
  text: string
  by: string
  byId: string
  at: Date
  resolvedBy: string | undefined
  resolvedAt: Date | undefined
}

/** Somebody who was asked whether what is said of them is right. */
export interface AskedForAccuracy {
  id: string
  version: number
  name: string
  accountId: string | undefined
  answerBy: CivilDate
  askedAt: Date
  /** The last one. */
  answer: AccuracyAnswer | undefined
}

/** How an answer came. Whoever has an account answers here. */
export const waysOfAnswering = {
  account: 'Here, by themselves',
  letter: 'By letter',
  mail: 'By e-mail',
  conversation: 'In a conversation',
} as const
export type WayOfAnswering = keyof typeof waysOfAnswering

export interface AccuracyAnswer {
  accurate: boolean
  text: string
  source: string
  came: WayOfAnswering
  enteredBy: string
  at: Date
  /** What was decided about what is not right; undefined before, and for what is right. */
  settled: { outcome: AccuracyOutcome; why: string; by: string } | undefined
}

/** What becomes of a fact that somebody says is not right. */
export const accuracyOutcomes = {
  changed: 'The report was changed',
  stays: 'The report stays as it is',
} as const
export type AccuracyOutcome = keyof typeof accuracyOutcomes

/** Who says that something is not right, and was told nothing yet. */
export function isDisputed({ answer }: AskedForAccuracy): boolean {
  return answer !== undefined && !answer.accurate && !answer.settled
}

/** A text as it is written in a form: an empty line between paragraphs, `#` before a heading. */
export function paragraphsIn(text: string): Omit<DraftParagraph, 'id'>[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .flatMap(block => {
      const [first = '', ...rest] = block.trim().split('\n')
      const heading = /^#+\s*(.*)$/.exec(first)
      if (!heading) return [{ role: 'text' as const, text: block.trim() }]
      return [
        { role: 'heading' as const, text: heading[1]!.trim() },
        { role: 'text' as const, text: rest.join('\n').trim() },
      ]
    })
    .filter(({ text: words }) => words !== '')
}

export function textFrom(paragraphs: readonly DraftParagraph[]): string {
  return paragraphs.map(({ role, text }) => (role === 'heading' ? `# ${text}` : text)).join('\n\n')
}

/** What a reader of a file takes for the report: no headers, footers or comments. */
export function paragraphsOfFile(
  extracted: readonly ExtractedParagraph[],
  choice: ChangeChoice,
): Omit<DraftParagraph, 'id'>[] {
  return extracted.flatMap(paragraph => {
    if (['header', 'footer', 'comment'].includes(paragraph.role)) return []
    const words = textOf(paragraph, choice)
    if (words === '') return []
    const text = paragraph.label && paragraph.role === 'list' ? `${paragraph.label} ${words}` : words
    return [{ role: paragraph.role === 'heading' ? ('heading' as const) : ('text' as const), text }]
  })
}

/**
 * The paragraphs with their names: those of the version before, of an earlier one for what comes back word for word, and
 * new ones for the rest.
 *
 * @param earlier all versions, the last one last
 */
export function named(
  earlier: readonly Pick<DraftVersion, 'paragraphs'>[],
  paragraphs: readonly Omit<DraftParagraph, 'id'>[],
): DraftParagraph[] {
  const before = earlier.at(-1)?.paragraphs ?? []
  const present = new Set(before.map(({ id }) => id))
  const known = new Map(earlier.flatMap(version => version.paragraphs.map(paragraph => [paragraph.id, paragraph])))
  const gone = new Map([...known.values()].filter(({ id }) => !present.has(id)).map(({ id, text }) => [text, id]))
  const ids = matchParagraphs(
    before,
    paragraphs.map(({ text }) => text),
  )
  let last = known.size
  return paragraphs.map(({ role, text }, at) => {
    const back = ids[at] === undefined ? gone.get(text) : undefined
    if (back) gone.delete(text)
    const id = ids[at] ?? back ?? `p${(last += 1)}`
    return { id, role, text }
  })
}

/** Also of the number of the version: the same words in another version are signed again. */
export function hashOfVersion({ version, paragraphs }: Pick<DraftVersion, 'version' | 'paragraphs'>): string {
  return fingerprint({ version, paragraphs })
}

/** What partners agree to by signing. */
export const signingStatement =
  'I have read this report. I agree to it in the name of the safeguarding partners, as it stands here.'
