import { readNumbering, toWhole } from './docx-numbering.ts'
import type { Numbering } from './docx-numbering.ts'
import type { Extraction, ParagraphRole } from './extraction.ts'
import { appendText, draftParagraph, numberParagraphs } from './paragraph-builder.ts'
import type { DraftParagraph, OpenChange } from './paragraph-builder.ts'
import type { WordParts } from './sniff.ts'
import { readXml } from './xml.ts'
import type { ZipContainer } from './zip-container.ts'

interface Style {
  name: string
  basedOn?: string
  /** 0 to 8 is a heading; 9 says plainly that it is none. */
  outline?: number
  list?: string
  depth?: number
}

interface Seen {
  pictures: number
  embedded: boolean
  hidden: boolean
  unknownSymbols: boolean
}

interface Story {
  zip: ZipContainer
  styles: Map<string, Style>
  numbering: Numbering
  drafts: DraftParagraph[]
  seen: Seen
  tables: number
}

export function extractDocx(zip: ZipContainer, parts: WordParts): Extraction {
  const story: Story = {
    zip,
    styles: readStyles(zip, parts.styles),
    numbering: readNumbering(zip, parts.numbering),
    drafts: [],
    seen: { pictures: 0, embedded: false, hidden: false, unknownSymbols: false },
    tables: 0,
  }
  readStory(story, parts.document)
  for (const part of parts.headers) readStory(story, part, 'header')
  for (const part of parts.footers) readStory(story, part, 'footer')
  if (parts.footnotes !== undefined) readStory(story, parts.footnotes, 'footnote')
  if (parts.endnotes !== undefined) readStory(story, parts.endnotes, 'footnote')
  if (parts.comments !== undefined) readStory(story, parts.comments, 'comment')
  return { kind: 'docx', paragraphs: numberParagraphs(story.drafts), notices: noticesOf(story.seen, parts) }
}

function noticesOf(seen: Seen, parts: WordParts): string[] {
  const notices: string[] = []
  if (seen.pictures > 0) notices.push('Pictures are not read: words inside a picture are not among the paragraphs.')
  if (parts.drawings > 0) notices.push('Charts and diagrams are not read: their words are not among the paragraphs.')
  if (seen.embedded) notices.push('Another file is embedded in this document. It is not read.')
  if (seen.hidden) notices.push('The document holds hidden text. It is shown here like all other text.')
  if (seen.unknownSymbols) notices.push('Some symbols could not be read. They are shown as �.')
  return notices
}

function readStyles(zip: ZipContainer, part: string | undefined): Map<string, Style> {
  const styles = new Map<string, Style>()
  let style: Style | undefined
  const readers: Record<string, (style: Style, value: string) => void> = {
    'w:name': (own, value) => (own.name = value),
    'w:basedOn': (own, value) => (own.basedOn = value),
    'w:outlineLvl': (own, value) => (own.outline = toWhole(value) ?? 9),
    'w:numId': (own, value) => (own.list = value),
    'w:ilvl': (own, value) => (own.depth = toWhole(value) ?? 0),
  }
  if (part === undefined) return styles
  readXml(zip, part, {
    open(name, attribute) {
      if (name === 'w:style') {
        style = { name: '' }
        if ((attribute('w:type') ?? 'paragraph') === 'paragraph') styles.set(attribute('w:styleId') ?? '', style)
      } else if (style) {
        readers[name]?.(style, attribute('w:val') ?? '')
      }
    },
    close(name) {
      if (name === 'w:style') style = undefined
    },
    text() {},
  })
  return styles
}

/** The nearest style in the chain that says something, seldom more than four steps away. */
function fromStyles<T>(styles: Map<string, Style>, id: string | undefined, find: (style: Style) => T | undefined) {
  let at = id
  for (let steps = 0; at !== undefined && steps < 20; steps += 1) {
    const style = styles.get(at)
    if (!style) return undefined
    const found = find(style)
    if (found !== undefined) return found
    at = style.basedOn
  }
  return undefined
}

/** Built-in names are English in every language of Word. The title of a report counts as its highest heading. */
function outlineByName({ name, outline }: Style): number | undefined {
  if (outline !== undefined) return outline
  if (name.toLowerCase() === 'title') return 0
  const digit = /^heading ([1-9])$/i.exec(name)?.[1]
  return digit === undefined ? undefined : Number(digit) - 1
}

interface OpenParagraph {
  draft: DraftParagraph
  style?: string
  outline?: number
  list?: string
  depth?: number
}

interface OpenTable {
  table: number
  row: number
  column: number
  ofRow: OpenChange[]
  ofCell: OpenChange[]
}

/** A comment whose range is open, and the paragraph in which it began or went on. */
interface OpenRange {
  id: string
  draft?: DraftParagraph
  from: number
}

const changeKinds: Record<string, Pick<OpenChange, 'kind' | 'moved'>> = {
  'w:ins': { kind: 'inserted' },
  'w:del': { kind: 'deleted' },
  'w:moveTo': { kind: 'inserted', moved: true },
  'w:moveFrom': { kind: 'deleted', moved: true },
  'w:cellIns': { kind: 'inserted' },
  'w:cellDel': { kind: 'deleted' },
}

/** What elements without text of their own stand for. */
const characters: Record<string, string> = { 'w:tab': '\t', 'w:ptab': '\t', 'w:cr': '\n', 'w:noBreakHyphen': '\u2011' }

/** Check boxes and bullets of Wingdings and Symbol, which live in the private area of Unicode. */
const symbols: Record<string, string> = {
  F0A8: '☐',
  F06F: '☐',
  F0FE: '☒',
  F078: '☒',
  F0FD: '☒',
  F052: '☑',
  F0FC: '✓',
  F0FB: '✗',
  F0B7: '•',
  F0A7: '▪',
  F0E0: '→',
  F0D8: '➢',
}

/** What track changes keeps of the former formatting, with styles and lists that no longer hold. */
const formerFormatting = /^w:\w+Change$/

/** A deleted row marks its runs as deleted too; the mark nearest to the text says who and when. */
function innermostOfEachKind(open: OpenChange[]): OpenChange[] {
  return open.filter((change, index) => !open.slice(index + 1).some(inner => inner.kind === change.kind))
}

function readStory(story: Story, part: string, fixedRole?: ParagraphRole): void {
  const { styles, drafts, seen } = story
  const path: string[] = []
  const paragraphs: OpenParagraph[] = []
  const tables: OpenTable[] = []
  const changes: OpenChange[] = []
  const ranges = new Map<string, OpenRange>()
  const commented = new Set<string>()
  /** For each mc:AlternateContent around us: has a choice been read, so that the fallback says the same again? */
  const alternatives: boolean[] = []
  let note: { id: string; by?: string; at?: string } | undefined
  let skipping = 0
  let reading = false
  let separator = false
  let hiddenRun = false

  const parent = () => path.at(-2)
  const add = (text: string) => {
    const paragraph = paragraphs.at(-1)
    if (!paragraph) return
    if (hiddenRun && text.trim() !== '') seen.hidden = true
    appendText(
      paragraph.draft,
      text,
      innermostOfEachKind([...tables.flatMap(open => [...open.ofRow, ...open.ofCell]), ...changes]),
    )
  }

  function openParagraph(): void {
    const draft = draftParagraph(fixedRole ?? 'body')
    if (note) draft.textOf = note.id
    if (note?.by !== undefined) draft.by = note.by
    if (note?.at !== undefined) draft.at = note.at
    const table = tables.at(-1)
    if (table) draft.cell = { table: table.table, row: table.row, column: table.column }
    paragraphs.push({ draft })
    if (!separator) drafts.push(draft)
    for (const range of ranges.values()) if (!range.draft) Object.assign(range, { draft, from: 0 })
  }

  function closeParagraph(): void {
    const paragraph = paragraphs.pop()
    if (!paragraph) return
    const { draft, style } = paragraph
    const outline = paragraph.outline ?? fromStyles(styles, style, outlineByName)
    const list = paragraph.list ?? fromStyles(styles, style, own => own.list)
    const depth = paragraph.depth ?? fromStyles(styles, style, own => own.depth)
    const isListed = list !== undefined && list !== '0'
    if (isListed && draft.text.trim() !== '') {
      const label = story.numbering({
        id: list,
        ...(depth === undefined ? {} : { depth }),
        ...(style === undefined ? {} : { style }),
      })
      if (label !== undefined) draft.label = label
    }
    for (const range of ranges.values()) {
      if (range.draft !== draft) continue
      if (draft.text.length > range.from) markComment(draft, range.id, range.from)
      delete range.draft
    }
    if (fixedRole !== undefined) return
    if (outline !== undefined && outline < 9) {
      draft.role = 'heading'
      draft.level = outline + 1
    } else if (draft.cell) {
      draft.role = 'table'
    } else if (isListed) {
      draft.role = 'list'
    }
  }

  function markComment(draft: DraftParagraph, id: string, from: number): void {
    draft.commentMarks.push({ id, from, to: draft.text.length })
    commented.add(id)
  }

  function closeRange(id: string): void {
    const range = ranges.get(id)
    const draft = paragraphs.at(-1)?.draft
    ranges.delete(id)
    if (range && draft) markComment(draft, id, range.draft === draft ? range.from : 0)
  }

  function openChange(name: string, attribute: (name: string) => string | undefined): void {
    const kind = changeKinds[name]
    if (!kind) return
    const change: OpenChange = { ...kind }
    const by = attribute('w:author')
    const at = attribute('w:date')
    if (by !== undefined) change.by = by
    if (at !== undefined) change.at = at
    if (parent() === 'w:trPr') tables.at(-1)?.ofRow.push(change)
    else if (parent() === 'w:tcPr') tables.at(-1)?.ofCell.push(change)
    else changes.push(change)
  }

  readXml(story.zip, part, {
    open(name, attribute) {
      path.push(name)
      if (skipping > 0 || formerFormatting.test(name) || (name === 'mc:Fallback' && alternatives.at(-1))) {
        skipping += 1
        return
      }
      const paragraph = paragraphs.at(-1)
      switch (name) {
        case 'w:p':
          openParagraph()
          break
        case 'w:t':
        case 'w:delText':
        case 'm:t':
        case 'a:t':
          reading = true
          break
        case 'w:br':
          if (attribute('w:type') === undefined || attribute('w:type') === 'textWrapping') add('\n')
          break
        case 'w:sym': {
          const symbol = symbols[(attribute('w:char') ?? '').toUpperCase()]
          seen.unknownSymbols ||= symbol === undefined
          add(symbol ?? '�')
          break
        }
        case 'w:tab':
        case 'w:ptab':
        case 'w:cr':
        case 'w:noBreakHyphen':
          if (parent() === 'w:r') add(characters[name] ?? '')
          break
        case 'w:pStyle':
          if (paragraph) paragraph.style = attribute('w:val') ?? ''
          break
        case 'w:outlineLvl':
          if (paragraph) paragraph.outline = toWhole(attribute('w:val')) ?? 9
          break
        case 'w:numId':
          if (paragraph && parent() === 'w:numPr') paragraph.list = attribute('w:val') ?? '0'
          break
        case 'w:ilvl':
          if (paragraph && parent() === 'w:numPr') paragraph.depth = toWhole(attribute('w:val')) ?? 0
          break
        case 'w:r':
          hiddenRun = false
          break
        case 'w:vanish':
          hiddenRun = path.at(-3) === 'w:r' && !/^(0|false|off)$/.test(attribute('w:val') ?? '')
          break
        case 'w:tbl':
          tables.push({ table: (story.tables += 1), row: 0, column: 0, ofRow: [], ofCell: [] })
          break
        case 'w:tr': {
          const table = tables.at(-1)
          if (table) Object.assign(table, { row: table.row + 1, column: 0, ofRow: [], ofCell: [] })
          break
        }
        case 'w:tc': {
          const table = tables.at(-1)
          if (table) Object.assign(table, { column: table.column + 1, ofCell: [] })
          break
        }
        case 'w:footnote':
        case 'w:endnote':
          note = { id: `${name}:${attribute('w:id') ?? ''}` }
          separator = /separator|Notice/i.test(attribute('w:type') ?? '')
          break
        case 'w:comment': {
          const by = attribute('w:author')
          const at = attribute('w:date')
          note = {
            id: `w:comment:${attribute('w:id') ?? ''}`,
            ...(by === undefined ? {} : { by }),
            ...(at === undefined ? {} : { at }),
          }
          break
        }
        case 'w:footnoteReference':
        case 'w:endnoteReference':
          paragraph?.draft.noteMarks.push({
            id: `${name.replace('Reference', '')}:${attribute('w:id') ?? ''}`,
            at: paragraph.draft.text.length,
          })
          break
        case 'w:commentRangeStart': {
          const id = `w:comment:${attribute('w:id') ?? ''}`
          ranges.set(
            id,
            paragraph ? { id, draft: paragraph.draft, from: paragraph.draft.text.length } : { id, from: 0 },
          )
          break
        }
        case 'w:commentRangeEnd':
          closeRange(`w:comment:${attribute('w:id') ?? ''}`)
          break
        case 'w:commentReference': {
          const id = `w:comment:${attribute('w:id') ?? ''}`
          if (paragraph && !commented.has(id)) markComment(paragraph.draft, id, paragraph.draft.text.length)
          break
        }
        case 'mc:AlternateContent':
          alternatives.push(false)
          break
        case 'mc:Choice':
          alternatives.splice(-1, 1, true)
          break
        case 'a:blip':
        case 'v:imagedata':
          seen.pictures += 1
          break
        case 'w:object':
        case 'w:altChunk':
          seen.embedded = true
          break
        default:
          openChange(name, attribute)
      }
    },
    close(name) {
      path.pop()
      if (skipping > 0) {
        skipping -= 1
        return
      }
      if (name === 'w:p') closeParagraph()
      else if (name === 'w:tbl') tables.pop()
      else if (name === 'w:t' || name === 'w:delText' || name === 'm:t' || name === 'a:t') reading = false
      else if (name === 'w:r') hiddenRun = false
      else if (name === 'w:footnote' || name === 'w:endnote' || name === 'w:comment') {
        note = undefined
        separator = false
      } else if (name === 'mc:AlternateContent') alternatives.pop()
      else if (changeKinds[name] && path.at(-1) !== 'w:trPr' && path.at(-1) !== 'w:tcPr') changes.pop()
    },
    text(text) {
      if (reading && skipping === 0) add(text)
    },
  })
}
