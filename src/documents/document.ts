import type { CommentMark, DocumentKind, ExtractedParagraph, TrackedChange } from '../platform/files/index.ts'

export interface Document {
  id: string
  incidentId: string
  /** Of which it is a file. */
  reviewId: string | undefined
  /** Of the access table: who may see it. */
  subject: string
  /** As the person who uploaded it named it. */
  name: string
  kind: DocumentKind
  hash: string
  sizeBytes: number
  /** What to know before trusting the text, in sentences. */
  notices: readonly string[]
  addedBy: string | undefined
  addedAt: Date
}

export const documentKinds: Record<DocumentKind, { label: string; extension: string; mediaType: string }> = {
  docx: {
    label: 'Word document',
    extension: 'docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  odt: {
    label: 'OpenDocument text',
    extension: 'odt',
    mediaType: 'application/vnd.oasis.opendocument.text',
  },
  pdf: { label: 'PDF', extension: 'pdf', mediaType: 'application/pdf' },
  text: { label: 'Plain text', extension: 'txt', mediaType: 'text/plain; charset=utf-8' },
}

/** What becomes of tracked changes when text is taken out of a document. A person chooses for each document. */
export const changeChoices = {
  shown: 'Take the text as it is shown, with words that mark what was deleted, inserted and commented',
  accepted: 'Take the text with all changes accepted: deleted text is left out',
  rejected: 'Take the text with all changes rejected: deleted text stays, inserted text is left out',
} as const
export type ChangeChoice = keyof typeof changeChoices

export function isChangeChoice(text: unknown): text is ChangeChoice {
  return typeof text === 'string' && Object.hasOwn(changeChoices, text)
}

/** A paragraph that a person still has to decide about. */
export function hasMarks(paragraph: ExtractedParagraph): boolean {
  return paragraph.changes.length > 0 || (paragraph.comments ?? []).length > 0
}

/** A stretch of a paragraph in which the same changes and comments are open. */
export interface Stretch {
  text: string
  changes: readonly TrackedChange[]
  /** Comments on text that ends with this stretch. */
  endingComments: readonly CommentMark[]
}

/** A paragraph cut wherever a change or a comment begins or ends. A comment on a mere point follows what is before it. */
export function stretchesOf({ text, changes, comments = [] }: ExtractedParagraph): Stretch[] {
  const cuts = [...new Set([0, text.length, ...[...changes, ...comments].flatMap(({ from, to }) => [from, to])])]
    .filter(at => at >= 0 && at <= text.length)
    .sort((left, right) => left - right)
  return cuts.map((to, index) => {
    const from = cuts[index - 1] ?? 0
    return {
      text: text.slice(from, to),
      changes: from === to ? [] : changes.filter(change => change.from <= from && to <= change.to),
      endingComments: comments.filter(comment => comment.to === to || (to === text.length && comment.to > to)),
    }
  })
}

/** The paragraph's own text with its changes as chosen. Empty when all of it is left out. */
export function textOf(
  paragraph: ExtractedParagraph,
  choice: ChangeChoice,
  commentText: (paragraphNumber: number) => string | undefined = () => undefined,
): string {
  const text = stretchesOf(paragraph)
    .map(stretch => {
      const deleted = stretch.changes.some(change => change.kind === 'deleted')
      const inserted = stretch.changes.some(change => change.kind === 'inserted')
      if (choice === 'accepted') return deleted ? '' : stretch.text
      if (choice === 'rejected') return inserted ? '' : stretch.text
      const comments = stretch.endingComments.map(({ paragraphs }) =>
        paragraphs.map(commentText).filter(Boolean).join(' '),
      )
      return [marked(stretch.text, deleted, inserted), ...comments.map(words => words && ` [comment: ${words}]`)].join(
        '',
      )
    })
    .join('')
  return text.trim()
}

function marked(text: string, deleted: boolean, inserted: boolean): string {
  if (text === '' || (!deleted && !inserted)) return text
  const word = deleted ? (inserted ? 'inserted, then deleted' : 'deleted') : 'inserted'
  return `[${word}: ${text}]`
}

/** A heading and what stands under it, up to the next heading. */
export interface Run {
  heading: ExtractedParagraph | undefined
  /** The heading too. Never empty. */
  paragraphs: readonly ExtractedParagraph[]
}

/** Comments are no run: they are shown where they hang. Headers, footers and notes come last, each kind together. */
export function runsOf(paragraphs: readonly ExtractedParagraph[]): Run[] {
  const runs: { heading: ExtractedParagraph | undefined; paragraphs: ExtractedParagraph[]; kind: string }[] = []
  for (const paragraph of paragraphs) {
    if (paragraph.role === 'comment') continue
    const kind = ['footnote', 'header', 'footer'].includes(paragraph.role) ? paragraph.role : 'report'
    const last = runs.at(-1)
    if (paragraph.role === 'heading') runs.push({ heading: paragraph, paragraphs: [paragraph], kind })
    else if (last && last.kind === kind) last.paragraphs.push(paragraph)
    else runs.push({ heading: undefined, paragraphs: [paragraph], kind })
  }
  return runs.map(({ heading, paragraphs: within }) => ({ heading, paragraphs: within }))
}

/** Several paragraphs as the text of one section: cells of one table row on one line, items of a list without a gap. */
export function joinedText(
  paragraphs: readonly ExtractedParagraph[],
  choice: ChangeChoice,
  commentText?: (paragraphNumber: number) => string | undefined,
): string {
  let joined = ''
  let before: ExtractedParagraph | undefined
  for (const paragraph of paragraphs) {
    const text = textOf(paragraph, choice, commentText)
    if (text === '') continue
    const labelled = paragraph.label && paragraph.role === 'list' ? `${paragraph.label} ${text}` : text
    joined += before ? `${between(before, paragraph)}${labelled}` : labelled
    before = paragraph
  }
  return joined
}

function between(before: ExtractedParagraph, after: ExtractedParagraph): string {
  const [one, other] = [before.cell, after.cell]
  if (one && other && one.table === other.table) return one.row === other.row ? ' | ' : '\n'
  return before.role === 'list' && after.role === 'list' ? '\n' : '\n\n'
}
