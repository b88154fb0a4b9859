import { toWhole } from './docx-numbering.ts'
import type { Extraction, ParagraphRole } from './extraction.ts'
import { appendText, draftParagraph, numberParagraphs } from './paragraph-builder.ts'
import type { DraftParagraph, OpenChange } from './paragraph-builder.ts'
import { readXml } from './xml.ts'
import type { XmlReader } from './xml.ts'
import type { ZipContainer } from './zip-container.ts'

export function extractOdt(zip: ZipContainer): Extraction {
  const story: Story = {
    drafts: [],
    titles: new Set(['Title']),
    tables: 0,
    notes: 0,
    pictures: 0,
    embedded: false,
    hidden: false,
  }
  readXml(zip, 'styles.xml', reader(story))
  story.tables = 0
  readXml(zip, 'content.xml', reader(story))
  const notices: string[] = []
  if (story.pictures > 0) notices.push('Pictures are not read: words inside a picture are not among the paragraphs.')
  if (story.embedded) notices.push('Another file, a chart or a formula is embedded in this document. It is not read.')
  if (story.hidden) notices.push('The document holds hidden text. It is shown here like all other text.')
  return { kind: 'odt', paragraphs: numberParagraphs(story.drafts), notices }
}

interface Story {
  drafts: DraftParagraph[]
  /** The style `Title` and the automatic styles made from it. */
  titles: Set<string>
  tables: number
  /** Notes and comments so far, which gives each an id. */
  notes: number
  pictures: number
  embedded: boolean
  hidden: boolean
}

/** A change of text:tracked-changes. The text of a deletion is kept here, and put back where it was cut out. */
interface Region {
  change: OpenChange
  deleted: string
}

interface OpenParagraph {
  draft: DraftParagraph
  /** ODF shows runs of blanks as one, and none at the start of a paragraph. */
  afterBlank: boolean
}

interface Note {
  role: ParagraphRole
  id?: string
  by?: string
  at?: string
}

const margins: Record<string, ParagraphRole> = {
  'style:header': 'header',
  'style:header-left': 'header',
  'style:header-first': 'header',
  'style:footer': 'footer',
  'style:footer-left': 'footer',
  'style:footer-first': 'footer',
}

/** Has text, but none that stands on the page: numbers of notes, descriptions of pictures, settings, fields of forms. */
const skipped = new Set([
  'text:note-citation',
  'svg:title',
  'svg:desc',
  'office:scripts',
  'office:forms',
  'text:variable-decls',
  'text:sequence-decls',
  'text:user-field-decls',
  'text:index-title-template',
])

function reader(story: Story): XmlReader {
  const paragraphs: OpenParagraph[] = []
  const notes: Note[] = []
  const tables: { table: number; row: number; column: number }[] = []
  const regions = new Map<string, Region>()
  const inserting = new Map<string, OpenChange>()
  const annotated = new Map<string, { draft?: DraftParagraph; from: number }>()
  let lists = 0
  let skipping = 0
  let region: Region | undefined
  let field: 'creator' | 'date' | undefined

  function add(text: string): void {
    const paragraph = paragraphs.at(-1)
    if (!paragraph) return
    appendText(paragraph.draft, text, [...inserting.values()])
  }

  function addCollapsed(text: string): void {
    const paragraph = paragraphs.at(-1)
    if (!paragraph) return
    let collapsed = text.replaceAll(/[ \t\r\n]+/g, ' ')
    if (paragraph.afterBlank && collapsed.startsWith(' ')) collapsed = collapsed.slice(1)
    if (collapsed === '') return
    paragraph.afterBlank = collapsed.endsWith(' ')
    add(collapsed)
  }

  function openParagraph(heading: boolean, level: number | undefined, style: string | undefined): void {
    const note = notes.at(-1)
    const table = tables.at(-1)
    const draft = draftParagraph(note?.role ?? 'body')
    if (note?.id !== undefined) draft.textOf = note.id
    if (note?.by !== undefined) draft.by = note.by
    if (note?.at !== undefined) draft.at = note.at
    if (!note) {
      const isTitle = style !== undefined && story.titles.has(style)
      if (heading || isTitle) Object.assign(draft, { role: 'heading', level: isTitle ? 1 : Math.min(level ?? 1, 9) })
      else if (table) draft.role = 'table'
      else if (lists > 0) draft.role = 'list'
      if (table) draft.cell = { ...table }
    }
    paragraphs.push({ draft, afterBlank: true })
    // The text of a deletion is no paragraph of its own: it goes back to where it was.
    if (!region || note) story.drafts.push(draft)
    for (const range of annotated.values()) if (!range.draft) Object.assign(range, { draft, from: 0 })
  }

  function closeParagraph(): void {
    const draft = paragraphs.pop()?.draft
    if (!draft) return
    if (region && notes.length === 0) {
      region.deleted += region.deleted === '' ? draft.text : `\n${draft.text}`
      return
    }
    for (const [id, range] of annotated) {
      if (range.draft !== draft) continue
      if (draft.text.length > range.from) draft.commentMarks.push({ id, from: range.from, to: draft.text.length })
      delete range.draft
    }
  }

  function putBack(id: string): void {
    const paragraph = paragraphs.at(-1)
    const cut = regions.get(id)
    if (!paragraph || !cut) return
    appendText(paragraph.draft, cut.deleted, [...inserting.values(), cut.change])
    paragraph.afterBlank = false
  }

  function openAnnotation(name: string | undefined): void {
    const id = `annotation:${name ?? ''}:${(story.notes += 1)}`
    const draft = paragraphs.at(-1)?.draft
    if (draft && name === undefined) draft.commentMarks.push({ id, from: draft.text.length, to: draft.text.length })
    else if (draft) annotated.set(id, { draft, from: draft.text.length })
    notes.push({ role: 'comment', id })
  }

  function closeAnnotated(name: string): void {
    const draft = paragraphs.at(-1)?.draft
    for (const [id, range] of annotated) {
      if (!id.startsWith(`annotation:${name}:`)) continue
      annotated.delete(id)
      draft?.commentMarks.push({ id, from: range.draft === draft ? range.from : 0, to: draft.text.length })
    }
  }

  return {
    open(name, attribute) {
      if (skipping > 0 || skipped.has(name)) {
        skipping += 1
        return
      }
      const margin = margins[name]
      if (margin) notes.push({ role: margin })
      switch (name) {
        case 'style:style': {
          const parent = attribute('style:parent-style-name')
          if (parent !== undefined && story.titles.has(parent)) story.titles.add(attribute('style:name') ?? '')
          break
        }
        case 'style:text-properties':
          story.hidden ||= attribute('text:display') === 'none'
          break
        case 'text:h':
          openParagraph(true, toWhole(attribute('text:outline-level')), attribute('text:style-name'))
          break
        case 'text:p':
          openParagraph(false, undefined, attribute('text:style-name'))
          break
        case 'text:s':
          add(' '.repeat(Math.min(toWhole(attribute('text:c')) ?? 1, 1000)))
          break
        case 'text:tab':
          add('\t')
          break
        case 'text:line-break':
          add('\n')
          break
        case 'text:list':
          lists += 1
          break
        case 'table:table':
          tables.push({ table: (story.tables += 1), row: 0, column: 0 })
          break
        case 'table:table-row': {
          const table = tables.at(-1)
          if (table) Object.assign(table, { row: table.row + 1, column: 0 })
          break
        }
        case 'table:table-cell':
        case 'table:covered-table-cell': {
          const table = tables.at(-1)
          if (table) table.column += 1
          break
        }
        case 'text:note': {
          const id = `note:${(story.notes += 1)}`
          const draft = paragraphs.at(-1)?.draft
          draft?.noteMarks.push({ id, at: draft.text.length })
          notes.push({ role: 'footnote', id })
          break
        }
        case 'office:annotation':
          openAnnotation(attribute('office:name'))
          break
        case 'office:annotation-end':
          closeAnnotated(attribute('office:name') ?? '')
          break
        case 'dc:creator':
          field = 'creator'
          break
        case 'dc:date':
          field = 'date'
          break
        case 'text:changed-region':
          region = { change: { kind: 'inserted' }, deleted: '' }
          regions.set(attribute('text:id') ?? attribute('xml:id') ?? '', region)
          break
        case 'text:deletion':
          if (region) region.change.kind = 'deleted'
          break
        case 'text:change-start': {
          const id = attribute('text:change-id') ?? ''
          const started = regions.get(id)
          if (started?.change.kind === 'inserted') inserting.set(id, started.change)
          break
        }
        case 'text:change-end':
          inserting.delete(attribute('text:change-id') ?? '')
          break
        case 'text:change':
          putBack(attribute('text:change-id') ?? '')
          break
        case 'draw:image':
          story.pictures += 1
          break
        case 'draw:object':
        case 'draw:object-ole':
          story.embedded = true
          break
      }
    },
    close(name) {
      if (skipping > 0) {
        skipping -= 1
        return
      }
      if (margins[name]) notes.pop()
      switch (name) {
        case 'text:h':
        case 'text:p':
          closeParagraph()
          break
        case 'text:list':
          lists -= 1
          break
        case 'table:table':
          tables.pop()
          break
        case 'text:note':
        case 'office:annotation':
          notes.pop()
          break
        case 'dc:creator':
        case 'dc:date':
          field = undefined
          break
        case 'text:changed-region':
          region = undefined
          break
      }
    },
    text(text) {
      if (skipping > 0) return
      if (field) keepAuthor(field, text)
      else addCollapsed(text)
    },
  }

  function keepAuthor(of: 'creator' | 'date', text: string): void {
    const target = notes.at(-1)?.role === 'comment' ? notes.at(-1) : region?.change
    if (!target) return
    const key = of === 'creator' ? 'by' : 'at'
    target[key] = (target[key] ?? '') + text
  }
}
