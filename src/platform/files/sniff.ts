import type { DocumentKind, ExtractionLimits } from './extraction.ts'
import { corrupt, encrypted, hasMacros, notSupported, UploadProblem } from './upload-problem.ts'
import { readXml } from './xml.ts'
import { openZip } from './zip-container.ts'
import type { ZipContainer } from './zip-container.ts'

/** What a file is, with the container opened where there is one. */
export type Sniffed =
  | { kind: 'docx'; zip: ZipContainer; parts: WordParts }
  | { kind: 'odt'; zip: ZipContainer }
  | { kind: 'pdf' }
  | { kind: 'text' }

/** Part names by what they are, in lower case without the leading slash. */
export interface WordParts {
  document: string
  styles?: string
  numbering?: string
  headers: string[]
  footers: string[]
  footnotes?: string
  endnotes?: string
  comments?: string
  /** Charts and diagrams: text we do not read. */
  drawings: number
}

const saveAs = 'Open it, save it as a Word document (.docx) or PDF, and upload that.'

/**
 * What the content says the file is. Names play no part here.
 * @throws UploadProblem when it is nothing we read, or should not be read
 */
export function sniff(bytes: Uint8Array, limits: ExtractionLimits): Sniffed {
  if (bytes.length === 0) throw isEmpty()
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) {
    return sniffZip(openZip(bytes, limits))
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) throw oldOffice(bytes)
  const opening = latin1(bytes.subarray(0, 1024))
  if (/(?:^|[\r\n])\s*%PDF-\d/.test(opening.replace(/^\u00ef\u00bb\u00bf/, ''))) return { kind: 'pdf' }
  refuseKnown(bytes, opening)
  return { kind: 'text' }
}

export function isEmpty(): UploadProblem {
  return new UploadProblem(
    'empty',
    'This file is empty. Check that you chose the right file and that it was fully saved, and upload it again.',
  )
}

const nameFor: Record<DocumentKind, string> = {
  docx: 'a Word document (.docx)',
  odt: 'an OpenDocument text (.odt)',
  pdf: 'a PDF (.pdf)',
  text: 'plain text (.txt)',
}

/** Endings that promise something. A name without one of these promises nothing, and is taken. */
const promised: Record<string, DocumentKind | 'other document' | 'no document'> = {
  docx: 'docx',
  odt: 'odt',
  pdf: 'pdf',
  txt: 'text',
  text: 'text',
  md: 'text',
  ...Object.fromEntries('doc docm dot dotx dotm rtf'.split(' ').map(ending => [ending, 'other document'])),
  ...Object.fromEntries(
    'htm html xml json eml msg xls xlsx xlsm csv ods ppt pptx odp zip exe bat js jpg jpeg png tif tiff'
      .split(' ')
      .map(ending => [ending, 'no document']),
  ),
}

/** @throws UploadProblem when the ending of `name` promises something else than `kind` */
export function checkName(name: string, kind: DocumentKind): void {
  const ending = /\.([a-z0-9]{1,8})\s*$/i.exec(name)?.[1]?.toLowerCase()
  const promise = ending === undefined ? undefined : promised[ending]
  if (promise === undefined || promise === kind) return
  if (promise === 'no document' && kind === 'text') {
    throw notSupported(
      `a .${ending} file`,
      'Upload the report itself, as Word (.docx), OpenDocument (.odt), PDF or plain text (.txt).',
    )
  }
  throw new UploadProblem(
    'name-does-not-match',
    `The name of this file ends in .${ending}, but what it holds is ${nameFor[kind]}. Open it to see that it is the report you mean, save it again so that name and content agree, and upload that.`,
  )
}

function sniffZip(zip: ZipContainer): Sniffed {
  const has = (part: string) => zip.names.includes(part)
  if (has('[content_types].xml')) return sniffOffice(zip)
  if (has('mimetype')) return sniffOpenDocument(zip)
  if (has('content.xml') || zip.names.some(name => name.startsWith('word/'))) throw corrupt('parts are missing')
  throw notSupported(
    'a zip folder, or another kind of packed file',
    'Unpack it on your computer and upload each report by itself, as Word (.docx) or PDF.',
  )
}

const mainTypes = /^application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.(document|template)\.main\+xml$/
const wordType = /^application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.(\w+)\+xml$/

function sniffOffice(zip: ZipContainer): Sniffed {
  const typeOf = new Map<string, string>()
  let macros = zip.names.some(name => /(^|\/)vba(project\.bin|data\.xml)$/.test(name))
  readXml(zip, '[content_types].xml', {
    open(name, attribute) {
      const type = attribute('ContentType')?.trim() ?? ''
      macros ||= /macroenabled|vbaproject/i.test(type)
      const part = attribute('PartName')
      if (name === 'types:Override' && part) typeOf.set(part.replace(/^\//, '').toLowerCase(), type)
    },
    close() {},
    text() {},
  })
  if (macros) throw hasMacros()

  const types = [...typeOf.values()]
  const document = [...typeOf].find(([, type]) => mainTypes.test(type))?.[0]
  if (document === undefined) {
    if (types.some(type => type.includes('spreadsheetml'))) throw notSupported('a spreadsheet', saveAs)
    if (types.some(type => type.includes('presentationml'))) throw notSupported('a presentation', saveAs)
    throw corrupt('no main document part')
  }
  return { kind: 'docx', zip, parts: wordParts(document, typeOf) }
}

/** Parts are found by their content type, in the folder of the document: no relationship is followed. */
function wordParts(document: string, typeOf: Map<string, string>): WordParts {
  const folder = document.slice(0, document.lastIndexOf('/') + 1)
  const parts: WordParts = { document, headers: [], footers: [], drawings: 0 }
  for (const [part, type] of typeOf) {
    if (/\.(diagramData|chart)\+xml$/.test(type)) parts.drawings += 1
    if (part.slice(0, part.lastIndexOf('/') + 1) !== folder) continue
    switch (wordType.exec(type)?.[1]) {
      case 'header':
        parts.headers.push(part)
        break
      case 'footer':
        parts.footers.push(part)
        break
      case 'styles':
        parts.styles = part
        break
      case 'numbering':
        parts.numbering = part
        break
      case 'footnotes':
        parts.footnotes = part
        break
      case 'endnotes':
        parts.endnotes = part
        break
      case 'comments':
        parts.comments = part
        break
    }
  }
  parts.headers.sort(inNumericOrder)
  parts.footers.sort(inNumericOrder)
  return parts
}

function inNumericOrder(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : 1)
}

function sniffOpenDocument(zip: ZipContainer): Sniffed {
  let mimetype = ''
  zip.read('mimetype', piece => (mimetype = (mimetype + latin1(piece)).slice(0, 200)))
  if (!mimetype.startsWith('application/vnd.oasis.opendocument.')) {
    throw notSupported('a packed file that is not a report', saveAs)
  }
  if (zip.names.includes('encrypted-package')) throw encrypted('OpenDocument file')
  readXml(zip, 'meta-inf/manifest.xml', {
    open(name) {
      if (name === 'manifest:encryption-data') throw encrypted('OpenDocument file')
    },
    close() {},
    text() {},
  })
  // LibreOffice lists empty libraries in script-lb.xml and script-lc.xml; any other file is a program.
  if (zip.names.some(name => /^(basic|scripts)\/(?!.*(script|dialog)-l[bc]\.xml$).*[^/]$/.test(name))) throw hasMacros()
  if (mimetype.trim() !== 'application/vnd.oasis.opendocument.text') {
    throw notSupported('an OpenDocument file, but not a text', saveAs)
  }
  if (!zip.names.includes('content.xml')) throw corrupt('no content.xml')
  return { kind: 'odt', zip }
}

/** The container of Office up to 2003, and of today's Office files under a password. */
function oldOffice(bytes: Uint8Array): UploadProblem {
  const holds = (stream: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(stream, 0, 'utf16le')
  if (holds('EncryptedPackage')) return encrypted('Word document')
  if (holds('WordDocument')) {
    return notSupported(
      'a Word document of the old kind (.doc)',
      'Open it in Word, choose "Save as", "Word document (.docx)", and upload the new file.',
    )
  }
  if (holds('__substg1.0_')) return notSupported('an e-mail saved from Outlook', saveAs)
  return notSupported('an Office file of the old kind', saveAs)
}

function refuseKnown(bytes: Uint8Array, opening: string): void {
  if (opening.startsWith('{\\rtf')) throw notSupported('a rich text file (.rtf)', saveAs)
  if (/^\s*(\u00ef\u00bb\u00bf)?\s*<(!doctype\s+html|html|head|body|\?xml|!--|svg)/i.test(opening)) {
    throw notSupported('a web page or other marked-up file', saveAs)
  }
  if (/^mime-version:|^(from|received|return-path|message-id): /im.test(opening) && /^content-type:/im.test(opening)) {
    throw notSupported('an e-mail or web archive', saveAs)
  }
  if (opening.startsWith('MZ') && bytes.includes(0)) {
    throw notSupported('a program', 'Programs are not taken. Check that you chose the right file.')
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff]) || opening.startsWith('\u0089PNG') || /^(II\*\0|MM\0\*)/.test(opening)) {
    throw notSupported('a picture', 'Upload the report itself, as Word (.docx) or as a PDF with text in it.')
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
