import { draftParagraph } from './paragraph-builder.ts'
import type { DraftParagraph } from './paragraph-builder.ts'

/** One line of type. Lengths are in points; `x` and `y` count from the top left of the upright page. */
export interface PdfLine {
  text: string
  x: number
  right: number
  /** Of the baseline. */
  y: number
  /** Of the commonest type in the line. */
  size: number
  page: number
  pageHeight: number
}

/** How far from the edge of the page a repeated line still is a header or footer, as a share of its height. */
const marginShare = 0.12
const headingFrom = 1.12
const footnoteUpTo = 0.92
const longestHeading = 250
const deepestHeading = 6

/**
 * Puts the lines of a PDF, in the order of its content, together into paragraphs. A PDF knows only where letters
 * stand, so this goes by what a typesetter does: a line breaks because the next word did not fit; paragraphs stand
 * apart, are indented or begin with a bullet; headings are larger; what repeats at the edge of pages is a margin.
 */
export function linesToParagraphs(lines: readonly PdfLine[]): DraftParagraph[] {
  const bodySize = commonestSize(lines)
  const { margins, text } = splitMargins(lines, bodySize)
  const footnotes = footnoteLines(text, bodySize)
  const main = text.filter(line => !footnotes.has(line))
  const spelling = new Spelling(text)
  const measure = { bodySize, spacing: usualSpacing(main), columnRight: columnRights(text) }
  const headingSizes = [...new Set(main.map(line => line.size))]
    .filter(size => size >= bodySize * headingFrom)
    .toSorted((left, right) => right - left)

  const paragraphs = join(main, measure, spelling).map(({ draft, size }) => {
    const rank = headingSizes.indexOf(size)
    if (rank >= 0 && draft.text.length <= longestHeading && /\p{L}/u.test(draft.text)) {
      return Object.assign(draft, { role: 'heading' as const, level: Math.min(rank + 1, deepestHeading) })
    }
    return withLabel(draft)
  })
  const notes = join(
    text.filter(line => footnotes.has(line)),
    measure,
    spelling,
    footnoteMark,
  ).map(({ draft }) => {
    const mark = footnoteMark.exec(draft.text)?.[1] ?? ''
    return Object.assign(draft, { role: 'footnote' as const, label: mark, text: draft.text.slice(mark.length).trim() })
  })
  return [...paragraphs, ...notes, ...margins]
}

interface Measure {
  bodySize: number
  /** From one line to the next within a paragraph, in sizes of type. */
  spacing: number
  columnRight: Map<PdfLine, number>
}

const bullet = /^([•◦▪‣●○■□–*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)/
const footnoteMark = /^(\d{1,3}|[*†‡])\s*[^\s\d]/

function withLabel(draft: DraftParagraph): DraftParagraph {
  const mark = bullet.exec(draft.text)
  if (!mark?.[1]) return draft
  return Object.assign(draft, { role: 'list' as const, label: mark[1], text: draft.text.slice(mark[0].length) })
}

function join(
  lines: readonly PdfLine[],
  measure: Measure,
  spelling: Spelling,
  beginning: RegExp = bullet,
): { draft: DraftParagraph; size: number }[] {
  const joined: { draft: DraftParagraph; size: number; lines: PdfLine[] }[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (last && goesOn(last.lines, line, measure, beginning)) {
      last.draft.text = spelling.join(last.draft.text, line.text)
      last.lines.push(line)
    } else {
      const draft = Object.assign(draftParagraph('body'), { text: line.text, page: line.page })
      joined.push({ draft, size: line.size, lines: [line] })
    }
  }
  for (const { draft } of joined) draft.text = draft.text.replaceAll('\u00ad', '')
  return joined
}

function goesOn(paragraph: readonly PdfLine[], next: PdfLine, measure: Measure, beginning: RegExp): boolean {
  const first = paragraph[0]
  const last = paragraph.at(-1)
  if (!first || !last || beginning.test(next.text)) return false
  if (isRow(last, beginning) || isRow(next, beginning)) return false
  if (Math.abs(last.size - next.size) > 0.5) return false
  const down = next.y - last.y
  // To the next column or page only in the middle of a sentence.
  if (next.page !== last.page || (down < 0 && next.x > last.right && paragraph.length > 1)) {
    return !/[.!?:;]["'”’)\]]*$/.test(last.text) && /^\p{Ll}/u.test(next.text)
  }
  if (down <= 0 || down > last.size * measure.spacing * 1.2) return false

  const indent = next.x - last.x
  const hangs = beginning.test(first.text) && paragraph.length === 1
  if (indent > last.size && !hangs) return isCentred(last, next)
  if (-indent > last.size && paragraph.length > 1) return isCentred(last, next)
  return !wouldHaveFitted(last, next, measure)
}

/** Tabs, other than the one behind a bullet, stand between the cells of a table or the parts of a form. */
function isRow({ text }: PdfLine, beginning: RegExp): boolean {
  return text.replace(beginning, '').includes('\t')
}

function isCentred(last: PdfLine, next: PdfLine): boolean {
  return Math.abs(last.x + last.right - next.x - next.right) < 4
}

/** The first word of this line had room on the line before, so the writer broke the line there on purpose. */
function wouldHaveFitted(last: PdfLine, next: PdfLine, { columnRight }: Measure): boolean {
  const word = /^\S+/.exec(next.text)?.[0].length ?? 0
  const width = ((next.right - next.x) * word) / Math.max(1, next.text.length)
  return last.right + last.size * 0.6 + width < (columnRight.get(last) ?? last.right)
}

/**
 * The right edge of the column a line stands in: the furthest of the lines on its page that begin nearby. Where the
 * run of lines has something to its right, as in two columns, only lines that end before that count.
 */
function columnRights(lines: readonly PdfLine[]): Map<PdfLine, number> {
  const rights = new Map<PdfLine, number>()
  for (const ofPage of Map.groupBy(lines, line => line.page).values()) {
    for (const run of runs(ofPage)) {
      const limit = run.reduce((least, line) => Math.min(least, nextToTheRight(line, ofPage)), Infinity)
      for (const line of run) {
        const near = ofPage.filter(other => Math.abs(other.x - line.x) < line.size * 3 && other.right <= limit)
        rights.set(
          line,
          near.reduce((furthest, other) => Math.max(furthest, other.right), line.right),
        )
      }
    }
  }
  return rights
}

/** Lines of one size, each a little below the one before and beginning near it. */
function runs(lines: readonly PdfLine[]): PdfLine[][] {
  const found: PdfLine[][] = []
  for (const line of lines) {
    const last = found.at(-1)?.at(-1)
    const down = last ? line.y - last.y : 0
    const follows = last && last.size === line.size && down > 0 && down < line.size * 2
    if (follows && Math.abs(last.x - line.x) < line.size * 3) found.at(-1)?.push(line)
    else found.push([line])
  }
  return found
}

function nextToTheRight(line: PdfLine, lines: readonly PdfLine[]): number {
  let nearest = Infinity
  for (const other of lines) {
    if (other.x > line.right && other.x < nearest && Math.abs(other.y - line.y) < line.size * 0.8) nearest = other.x
  }
  return nearest
}

function commonestSize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>()
  for (const line of lines) letters.set(line.size, (letters.get(line.size) ?? 0) + line.text.length)
  return [...letters].reduce((most, next) => (next[1] > most[1] ? next : most), [10, 0])[0]
}

/** The tightest spacing that at least a fifth of all lines have: wider ones stand between paragraphs. */
function usualSpacing(lines: readonly PdfLine[]): number {
  const counts = new Map<number, number>()
  let all = 0
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    if (!before || before.page !== line.page) continue
    const spacing = Math.round(((line.y - before.y) / line.size) * 20) / 20
    if (spacing < 0.9 || spacing > 3) continue
    counts.set(spacing, (counts.get(spacing) ?? 0) + 1)
    all += 1
  }
  const common = [...counts].filter(([, count]) => count * 5 >= all).map(([spacing]) => spacing)
  return common.length > 0 ? Math.min(...common) : 1.25
}

/** Small type at the foot of a page that begins with a number or star. */
function footnoteLines(lines: readonly PdfLine[], bodySize: number): Set<PdfLine> {
  const found = new Set<PdfLine>()
  for (const ofPage of Map.groupBy(lines, line => line.page).values()) {
    const small = (line: PdfLine) => line.size <= bodySize * footnoteUpTo && line.y > line.pageHeight / 2
    const trailing = ofPage.slice(ofPage.findLastIndex(line => !small(line)) + 1)
    const begin = trailing.findIndex(line => footnoteMark.test(line.text))
    if (begin >= 0) for (const line of trailing.slice(begin)) found.add(line)
  }
  return found
}

/**
 * Finds headers and footers: the same words (numbers may differ) at the same height near the edge of at least three
 * pages, or of both pages of two, and of a quarter of all. Large type needs half of all pages: a heading may well
 * stand at the top of several. Each is kept once, with the words of its first page.
 */
function splitMargins(lines: readonly PdfLine[], bodySize: number): { margins: DraftParagraph[]; text: PdfLine[] } {
  const pages = new Set(lines.map(line => line.page)).size
  const keyOf = (line: PdfLine) => {
    const isTop = line.y < line.pageHeight * marginShare
    if (!isTop && line.y < line.pageHeight * (1 - marginShare)) return undefined
    return `${isTop ? 'header' : 'footer'} ${line.text.replaceAll(/\d+/g, '#')}`
  }
  const groups = Map.groupBy(lines, keyOf)
  const margins: DraftParagraph[] = []
  const text = lines.filter(line => {
    const key = keyOf(line)
    if (key === undefined) return true
    const level = groups.get(key)?.filter(other => Math.abs(other.y - line.y) < 3) ?? []
    const onPages = new Set(level.map(other => other.page)).size
    const enough = pages * (line.size >= bodySize * headingFrom ? 0.5 : 0.25)
    if (onPages < 2 || onPages < Math.min(pages, 3) || onPages < enough) return true
    if (level[0] === line) {
      const role = key.startsWith('header') ? 'header' : 'footer'
      margins.push(Object.assign(draftParagraph(role), { text: line.text, page: line.page }))
    }
    return false
  })
  return { margins, text }
}

/**
 * Decides whether a hyphen at the end of a line belongs to the word, by how the report spells it elsewhere. In doubt
 * it stays: `multi-agency` broken at its hyphen is far commoner in reports than a program that hyphenates.
 */
class Spelling {
  readonly #words: Set<string>

  constructor(lines: readonly PdfLine[]) {
    this.#words = new Set(lines.flatMap(line => line.text.toLowerCase().match(/\p{L}+(?:[-\u2010]\p{L}+)*/gu) ?? []))
  }

  join(text: string, next: string): string {
    if (text.endsWith('\u00ad')) return text.slice(0, -1) + next
    if (/\d[-\u2010-\u2013]$/.test(text) && /^\d/.test(next)) return text + next
    const before = /(\p{L}+)[-\u2010]$/u.exec(text)?.[1]
    const after = /^\p{Ll}+/u.exec(next)?.[0]
    if (before === undefined || after === undefined) return `${text} ${next}`
    const whole = `${before}${after}`.toLowerCase()
    const hyphened = `${before}-${after}`.toLowerCase()
    if (this.#words.has(whole) && !this.#words.has(hyphened)) return text.slice(0, -1) + next
    return text + next
  }
}
