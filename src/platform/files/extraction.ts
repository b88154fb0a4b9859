/** What a file really is, found from its content. */
export type DocumentKind = 'docx' | 'odt' | 'pdf' | 'text'

export type ParagraphRole = 'heading' | 'body' | 'list' | 'table' | 'header' | 'footer' | 'footnote' | 'comment'

/**
 * A span of a paragraph's text that somebody inserted or deleted with track changes on, and nobody has accepted
 * or rejected. `from` and `to` count UTF-16 units of `text`; `to` is the first one out. Deleted text stays in `text`.
 * A span can be both: text that one author put in and another took out has two changes.
 */
export interface TrackedChange {
  from: number
  to: number
  kind: 'inserted' | 'deleted'
  /** The text was moved: deleted here and inserted elsewhere, or the other way round. */
  moved?: true
  by?: string
  /** As the program wrote it, usually local time without a zone: `2026-03-02T10:15:00`. */
  at?: string
}

/** The text from `from` to `to` is commented on by these paragraphs, whose role is `comment`. */
export interface CommentMark {
  from: number
  to: number
  paragraphs: number[]
}

/** A footnote or endnote hangs at `at`; its text is these paragraphs, whose role is `footnote`. */
export interface NoteMark {
  at: number
  paragraphs: number[]
}

/**
 * One paragraph of a report. Paragraphs without any text are left out.
 *
 * Order: the report itself as one reads it (headings, body, lists, table cells, text boxes after the paragraph they
 * are fixed to), then footnotes and endnotes, then headers, footers, comments. A header that repeats on every
 * page stands once.
 */
export interface ExtractedParagraph {
  /** From 1, without gaps. */
  number: number
  /** Tabs are `\t`, line breaks inside the paragraph `\n`. In a PDF a tab also stands between the cells of a table. */
  text: string
  role: ParagraphRole
  /** Of a heading: 1 to 9, where 1 is the highest. In a PDF worked out from the size of the type. */
  level?: number
  /** The number or bullet that Word shows before the text, like `4.2` or `•`. Not part of `text`. Not known for ODT. */
  label?: string
  /** PDF only, from 1: the page on which the paragraph begins. */
  page?: number
  /** Where in which table, all from 1 (`column` counts the cells of the row), when the paragraph stands in a table. A heading in a table stays a heading. */
  cell?: { table: number; row: number; column: number }
  /** In order of `from`. A PDF and plain text have none. */
  changes: TrackedChange[]
  comments?: CommentMark[]
  notes?: NoteMark[]
  /** Who wrote a comment, and when. Only on role `comment`. */
  by?: string
  at?: string
}

export interface Extraction {
  kind: DocumentKind
  paragraphs: ExtractedParagraph[]
  /** What a person should know before trusting the text: pictures not read, hidden text shown. Sentences. */
  notices: string[]
}

/** How much one upload may cost us before reading it is stopped. */
export interface ExtractionLimits {
  timeMs: number
  /** Heap and buffers of the worker thread together, in MiB. */
  memoryMiB: number
  /** Of all that is unpacked from one zip container, in bytes; also of what the container says it would unpack to. */
  unpackedBytes: number
  /** Unpacked bytes per packed byte of one entry. Only looked at once an entry is over 8 MiB, as small XML packs well. */
  unpackedRatio: number
  entries: number
  pages: number
}

/** The largest file a person may upload, in bytes. Doors should refuse larger ones before they are read into memory. */
export const uploadLimitBytes = 25 * 1024 * 1024

export const usualLimits: ExtractionLimits = {
  timeMs: 20_000,
  memoryMiB: 768,
  unpackedBytes: 256 * 1024 * 1024,
  unpackedRatio: 250,
  entries: 5_000,
  pages: 2_000,
}
