import type { CommentMark, ExtractedParagraph, NoteMark, ParagraphRole, TrackedChange } from './extraction.ts'

/** A tracked change that is open while text is read. */
export type OpenChange = Pick<TrackedChange, 'kind' | 'moved' | 'by' | 'at'>

/** A paragraph while it is read: marks name comments and notes by the id they have in the file. */
export interface DraftParagraph {
  text: string
  role: ParagraphRole
  level?: number
  label?: string
  page?: number
  cell?: { table: number; row: number; column: number }
  changes: TrackedChange[]
  commentMarks: { id: string; from: number; to: number }[]
  noteMarks: { id: string; at: number }[]
  /** The comment or note whose text this is. */
  textOf?: string
  by?: string
  at?: string
}

export function draftParagraph(role: ParagraphRole): DraftParagraph {
  return { text: '', role, changes: [], commentMarks: [], noteMarks: [] }
}

/** Adds text, and lengthens or begins a span for each change that is open. */
export function appendText(paragraph: DraftParagraph, text: string, open: readonly OpenChange[]): void {
  if (text === '') return
  const from = paragraph.text.length
  paragraph.text += text
  const to = paragraph.text.length
  for (const change of open) {
    const touching = paragraph.changes.find(known => isSameChange(known, change) && known.to >= from)
    if (touching) touching.to = to
    else paragraph.changes.push({ from, to, ...change })
  }
}

function isSameChange(left: OpenChange, right: OpenChange): boolean {
  return left.kind === right.kind && left.moved === right.moved && left.by === right.by && left.at === right.at
}

const order: Record<ParagraphRole, number> = {
  heading: 0,
  body: 0,
  list: 0,
  table: 0,
  footnote: 1,
  header: 2,
  footer: 3,
  comment: 4,
}

/** Leaves out paragraphs without text, puts them in order, numbers them, and points marks at the numbers. */
export function numberParagraphs(drafts: readonly DraftParagraph[]): ExtractedParagraph[] {
  const kept = drafts
    .filter(draft => draft.text.trim() !== '')
    .filter(onceForRepeatedMargins())
    .toSorted((left, right) => order[left.role] - order[right.role])

  const numbersOf = new Map<string, number[]>()
  for (const [index, draft] of kept.entries()) {
    if (draft.textOf === undefined) continue
    const numbers = numbersOf.get(draft.textOf)
    if (numbers) numbers.push(index + 1)
    else numbersOf.set(draft.textOf, [index + 1])
  }

  return kept.map((draft, index) => {
    const { commentMarks, noteMarks, textOf: _, ...rest } = draft
    const paragraph: ExtractedParagraph = { number: index + 1, ...rest }
    paragraph.changes.sort((left, right) => left.from - right.from || left.to - right.to)
    const comments = commentMarks.flatMap(({ id, from, to }): CommentMark[] => {
      const paragraphs = numbersOf.get(id)
      return paragraphs ? [{ from, to, paragraphs }] : []
    })
    const notes = noteMarks.flatMap(({ id, at }): NoteMark[] => {
      const paragraphs = numbersOf.get(id)
      return paragraphs ? [{ at, paragraphs }] : []
    })
    if (comments.length > 0) paragraph.comments = comments
    if (notes.length > 0) paragraph.notes = notes
    return paragraph
  })
}

/** First, even and ordinary pages each have a header of their own in the file, often with the same words. */
function onceForRepeatedMargins(): (draft: DraftParagraph) => boolean {
  const seen = new Set<string>()
  return draft => {
    if (draft.role !== 'header' && draft.role !== 'footer') return true
    if (draft.changes.length > 0 || draft.commentMarks.length > 0) return true
    const key = `${draft.role}:${draft.text}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  }
}
