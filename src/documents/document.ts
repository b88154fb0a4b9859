import type { CommentMark, DocumentKind, ExtractedParagraph, TrackedChange } from '../platform/files/index.ts'

export interface Document {
  id: string
  incidentId: string
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
  comments: readonly CommentMark[]
}

/** A paragraph cut wherever a change or a comment begins or ends. A comment on no text at all has a stretch of its own. */
export function stretchesOf({ text, changes, comments = [] }: ExtractedParagraph): Stretch[] {
  const spans = [...changes, ...comments]
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter(at => at >= 0 && at <= text.length)
    .sort((left, right) => left - right)
  const covers = (span: { from: number; to: number }, from: number, to: number) => span.from <= from && to <= span.to
  const stretches = cuts.slice(0, -1).flatMap((from, index): Stretch[] => {
    const to = cuts[index + 1] ?? text.length
    const points = comments.filter(comment => comment.from === from && comment.to === from)
    return [
      ...(points.length > 0 ? [{ text: '', changes: [], comments: points }] : []),
      {
        text: text.slice(from, to),
        changes: changes.filter(change => covers(change, from, to)),
        comments: comments.filter(comment => comment.from < comment.to && covers(comment, from, to)),
      },
    ]
  })
  const atEnd = comments.filter(comment => comment.from === comment.to && comment.from >= text.length)
  return atEnd.length > 0 ? [...stretches, { text: '', changes: [], comments: atEnd }] : stretches
}

/** The paragraph's own text with its changes as chosen. Empty when all of it is left out. */
export function textOf(
  paragraph: ExtractedParagraph,
  choice: ChangeChoice,
  commentText: (paragraphNumber: number) => string | undefined = () => undefined,
): string {
  const written = new Set<CommentMark>()
  const text = stretchesOf(paragraph)
    .map(stretch => {
      const deleted = stretch.changes.some(change => change.kind === 'deleted')
      const inserted = stretch.changes.some(change => change.kind === 'inserted')
      if (choice === 'accepted') return deleted ? '' : stretch.text
      if (choice === 'rejected') return inserted ? '' : stretch.text
      return `${marked(stretch.text, deleted, inserted)}${endingComments(paragraph, stretch, written, commentText)}`
    })
    .join('')
  return text.trim()
}

function marked(text: string, deleted: boolean, inserted: boolean): string {
  if (text === '' || (!deleted && !inserted)) return text
  const word = deleted ? (inserted ? 'inserted, then deleted' : 'deleted') : 'inserted'
  return `[${word}: ${text}]`
}

/** A comment stands once, after the first stretch it is about. */
function endingComments(
  paragraph: ExtractedParagraph,
  { comments }: Stretch,
  written: Set<CommentMark>,
  commentText: (paragraphNumber: number) => string | undefined,
): string {
  return comments
    .filter(comment => !written.has(comment))
    .map(comment => {
      written.add(comment)
      const words = comment.paragraphs.map(commentText).filter(Boolean).join(' ')
      return words && paragraph.role !== 'comment' ? ` [comment: ${words}]` : ''
    })
    .join('')
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
