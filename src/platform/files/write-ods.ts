import { strToU8, zipSync } from 'fflate'
import { isCivilDate } from '../dates.ts'
import type { Cell } from './write-csv.ts'

export interface Sheet {
  name: string
  headings: readonly string[]
  rows: readonly (readonly Cell[])[]
}

export const odsType = 'application/vnd.oasis.opendocument.spreadsheet'

/** Tables as an OpenDocument spreadsheet. Texts stay texts: nothing that somebody typed is run as a formula. */
export function odsOf(sheets: readonly Sheet[]): Uint8Array {
  const content = `${start}<office:document-content ${namespaces} office:version="1.3">${styles}<office:body><office:spreadsheet>${sheets
    .map(sheetXml)
    .join('')}</office:spreadsheet></office:body></office:document-content>`
  return zipSync({
    // The kind of file is read off its first bytes: it comes first, and not compressed.
    mimetype: [strToU8(odsType), { level: 0 }],
    'META-INF/manifest.xml': strToU8(
      `${start}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${odsType}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    ),
    'content.xml': strToU8(content),
  })
}

const start = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespaces = ['office', 'table', 'text', 'style', 'number']
  .map(name => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'number' ? 'datastyle' : name}:1.0"`)
  .concat('xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"')
  .join(' ')
const styles =
  '<office:automatic-styles><number:date-style style:name="day"><number:day/><number:text> </number:text><number:month number:textual="true" number:style="long"/><number:text> </number:text><number:year number:style="long"/></number:date-style><style:style style:name="day-cell" style:family="table-cell" style:data-style-name="day"/><style:style style:name="heading-cell" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'

function sheetXml({ name, headings, rows }: Sheet): string {
  const top = headings.map(heading => textCell(heading, ' table:style-name="heading-cell"')).join('')
  return `<table:table table:name="${inXml(name)}"><table:table-header-rows><table:table-row>${top}</table:table-row></table:table-header-rows>${rows
    .map(row => `<table:table-row>${row.map(cellXml).join('')}</table:table-row>`)
    .join('')}</table:table>`
}

function cellXml(cell: Cell): string {
  if (cell === undefined || cell === '') return '<table:table-cell/>'
  if (typeof cell === 'number') {
    return `<table:table-cell office:value-type="float" office:value="${cell}"><text:p>${cell}</text:p></table:table-cell>`
  }
  if (isCivilDate(cell)) {
    return `<table:table-cell table:style-name="day-cell" office:value-type="date" office:date-value="${cell}"><text:p>${cell}</text:p></table:table-cell>`
  }
  return textCell(cell)
}

function textCell(text: string, style = ''): string {
  const paragraphs = text.split(/\r?\n/).map(line => `<text:p>${inXml(line)}</text:p>`)
  return `<table:table-cell${style} office:value-type="string">${paragraphs.join('')}</table:table-cell>`
}

/** Without the characters that no XML may hold. */
function inXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
