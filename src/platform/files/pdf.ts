import { getDocumentProxy } from 'unpdf'
import type { Extraction, ExtractionLimits } from './extraction.ts'
import { draftParagraph, numberParagraphs } from './paragraph-builder.ts'
import type { DraftParagraph } from './paragraph-builder.ts'
import { linesToParagraphs } from './pdf-layout.ts'
import type { PdfLine } from './pdf-layout.ts'
import { corrupt, encrypted, tooMuchInside, UploadProblem } from './upload-problem.ts'

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>

export async function extractPdf(bytes: Uint8Array, limits: ExtractionLimits): Promise<Extraction> {
  // A PDF ends with this mark. Without it the last pages are missing, and readers would mend that without a word.
  if (!Buffer.from(bytes.subarray(-8192)).includes('%%EOF')) throw corrupt('no end mark')
  try {
    return await readPdf(bytes, limits, true)
  } catch (error) {
    if (!(error instanceof UploadProblem) || error.reason !== 'corrupt') throw error
    const found = await readPdf(bytes, limits, false)
    found.notices.unshift(
      'This PDF is damaged in places. What could be read is shown, but words may be missing: compare it with the original.',
    )
    return found
  }
}

/** pdf.js passes over many errors, and the text behind them, without a word; `strictly` makes it stop instead. */
async function readPdf(bytes: Uint8Array, limits: ExtractionLimits, strictly: boolean): Promise<Extraction> {
  const document = await asProblem(() =>
    // The reader takes the bytes it is given away from us.
    getDocumentProxy(bytes.slice(), { verbosity: 0, stopAtErrors: strictly, enableXfa: false, useWasm: false }),
  )
  if (document.numPages > limits.pages) throw tooMuchInside(`${document.numPages} pages`)

  const lines: PdfLine[] = []
  const others: DraftParagraph[] = []
  const withoutText: number[] = []
  let formValues = false
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await asProblem(() => document.getPage(number))
    const ofPage = await asProblem(() => readLines(page, number))
    const beside = await asProblem(() => readAnnotations(page, number))
    lines.push(...ofPage)
    others.push(...beside)
    formValues ||= beside.some(({ role }) => role === 'body')
    if (ofPage.length === 0 && beside.length === 0) withoutText.push(number)
    page.cleanup()
  }
  refuseUnreadable(lines)

  const notices = ['A PDF does not say what its tables and tracked changes are: they are read as ordinary lines.']
  if (withoutText.length > 0 && withoutText.length < document.numPages) {
    notices.push(
      `No text was found on page ${withoutText.join(', ')}. It is blank, or a picture of a page, whose words are not read.`,
    )
  }
  if (formValues) notices.push('What was typed into the fields of this form stands after the text of its page.')
  return { kind: 'pdf', paragraphs: numberParagraphs(inPageOrder(linesToParagraphs(lines), others)), notices }
}

function inPageOrder(ofText: DraftParagraph[], others: DraftParagraph[]): DraftParagraph[] {
  return [...ofText, ...others].toSorted((left, right) => (left.page ?? 0) - (right.page ?? 0))
}

/** pdf.js throws errors of many kinds for broken files; the password is the one people can act on differently. */
async function asProblem<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw encrypted('PDF')
    throw corrupt(error)
  }
}

/** Fonts may map letters to nothing. The page then looks right and its text is rubbish. */
function refuseUnreadable(lines: readonly PdfLine[]): void {
  const text = lines.map(line => line.text).join('')
  const unreadable = text.match(/[\ue000-\uf8ff\ufffd]/g)?.length ?? 0
  if (unreadable <= text.length * 0.3) return
  throw new UploadProblem(
    'no-text',
    'The text of this PDF cannot be read: its fonts do not say which letters they show. Upload the document it was made from, as Word (.docx), or save it as PDF again.',
  )
}

type Matrix = readonly number[]

/** Text is placed in the page's own space, which may be turned; the viewport turns it upright, with y downwards. */
function placed(viewport: Matrix, text: Matrix): { x: number; y: number; size: number } {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = viewport
  const [, , tc = 0, td = 1, te = 0, tf = 0] = text
  return { x: a * te + c * tf + e, y: b * te + d * tf + f, size: Math.hypot(tc, td) }
}

/**
 * Puts pieces of text on one height together into lines. What stands far apart, like the cells of a table, is kept
 * apart by a tab. The small raised number of a footnote is set in brackets: `2026` with note 1 must not become `20261`.
 */
async function readLines(page: PdfPage, number: number): Promise<PdfLine[]> {
  const viewport = page.getViewport({ scale: 1 })
  const content = await page.getTextContent()
  const lines: PdfLine[] = []
  let letters = new Map<number, number>()
  let spaced = false
  for (const item of content.items) {
    if (!('str' in item)) continue
    const text = readable(item.str)
    const { x, y, size } = placed(viewport.transform, item.transform)
    if (text.trim() === '' || size === 0) {
      // Fillers may be as wide as the gap between two columns: only what is printed has a width here.
      spaced ||= text !== ''
      continue
    }
    const line = lines.at(-1)
    const gap = line ? x - line.right : 0
    if (line && gap > -size && Math.abs(y - line.y) <= Math.max(line.size, size) * 0.5) {
      const isMark = size < line.size * 0.8 && y < line.y - line.size * 0.1 && /^\d{1,3}$/.test(text)
      const between = gap > size * 1.5 ? '\t' : spaced || gap > size * 0.15 ? ' ' : ''
      line.text = isMark ? `${line.text.trimEnd()}[${text}]` : line.text + between + text
      line.right = Math.max(line.right, x + item.width)
      countLetters(letters, text, size)
      line.size = commonest(letters)
      if (Math.abs(size - line.size) < 0.5) line.y = y
    } else {
      letters = new Map()
      countLetters(letters, text, size)
      lines.push({
        text,
        x,
        right: x + item.width,
        y,
        size: commonest(letters),
        page: number,
        pageHeight: viewport.height,
      })
    }
    spaced = false
  }
  return lines.map(line => ({ ...line, text: tidied(line.text) }))
}

function tidied(text: string): string {
  return text
    .trim()
    .replaceAll(/ *\t */g, '\t')
    .replaceAll(/ {2,}/g, ' ')
}

function countLetters(letters: Map<number, number>, text: string, size: number): void {
  const rounded = Math.round(size * 2) / 2
  letters.set(rounded, (letters.get(rounded) ?? 0) + text.trim().length)
}

function commonest(letters: Map<number, number>): number {
  return [...letters].reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}

function readable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f]/g, '').replaceAll(/[\uf0b7\uf0a7\uf0d8]/g, '•')
}

/** Remarks that a reader pinned to a page, and what was typed into the fields of a form. */
async function readAnnotations(page: PdfPage, number: number): Promise<DraftParagraph[]> {
  const annotations: unknown[] = await page.getAnnotations()
  return annotations.flatMap((annotation): DraftParagraph[] => {
    if (typeof annotation !== 'object' || annotation === null) return []
    const own = annotation as Record<string, unknown>
    const isField = own['subtype'] === 'Widget'
    const text = isField ? fieldText(own) : textOf(own['contentsObj'])
    if (text.trim() === '' || own['subtype'] === 'Popup' || own['subtype'] === 'Link') return []
    const draft = draftParagraph(isField ? 'body' : 'comment')
    Object.assign(draft, { text: readable(text.replaceAll(/[\t\r\n]+/g, ' ')), page: number })
    if (isField) return [draft]
    const by = textOf(own['titleObj'])
    const at = isoMoment(own['modificationDate'])
    if (by !== '') draft.by = by
    if (at !== undefined) draft.at = at
    return [draft]
  })
}

function fieldText(field: Record<string, unknown>): string {
  const value = field['fieldValue']
  const values = Array.isArray(value) ? value : [value]
  const typed = values.filter(one => typeof one === 'string' && one !== 'Off').join(', ')
  const name = field['alternativeText'] || field['fieldName']
  return typed.trim() === '' ? '' : typeof name === 'string' && name !== '' ? `${name}: ${typed}` : typed
}

function textOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null && 'str' in value ? value.str : ''
  return typeof text === 'string' ? text : ''
}

/** `D:20260302101500Z` and its shorter and longer relatives. */
function isoMoment(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(value) : null
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}
