import { zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { readFile } from 'node:fs/promises'
import { productRoot } from '../product-root.ts'

/** A file of `fixtures/`, which says how each was made. */
export async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`src/platform/files/fixtures/${name}`, productRoot)))
}

type Parts = Record<string, string | Uint8Array>

/** A zip of these parts, in this order. */
export function aZip(parts: Parts): Uint8Array {
  const entries: Zippable = {}
  for (const [name, content] of Object.entries(parts)) {
    entries[name] = typeof content === 'string' ? new TextEncoder().encode(content) : content
  }
  return zipSync(entries, { level: 6 })
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const wordNames =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'

export function wordPart(element: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:${element} ${wordNames}>${content}</w:${element}>`
}

/** A Word document with this inside its body. `parts` adds parts or replaces them, `types` their content types. */
export function aWordFile({
  body = '<w:p><w:r><w:t>The review.</w:t></w:r></w:p>',
  parts = {},
  types = {},
}: {
  body?: string
  parts?: Parts
  types?: Record<string, string>
} = {}): Uint8Array {
  const typeOf = { '/word/document.xml': `${word}.document.main+xml`, ...types }
  const overrides = Object.entries(typeOf).map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
  return aZip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${overrides.join('')}</Types>`,
    'word/document.xml': wordPart('document', `<w:body>${body}</w:body>`),
    ...parts,
  })
}

/** The content type of a part of a Word document, like `styles` or `comments`. */
export function wordTypeOf(part: string): string {
  return `${word}.${part}+xml`
}

const odfNames =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'

export function anOdtFile({
  body = '<text:p>The review.</text:p>',
  mimetype = 'application/vnd.oasis.opendocument.text',
  parts = {},
}: {
  body?: string
  mimetype?: string
  parts?: Parts
} = {}): Uint8Array {
  return aZip({
    mimetype,
    'content.xml': `<?xml version="1.0"?><office:document-content ${odfNames}><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ...parts,
  })
}

/** A PDF of one page whose content stream is this, packed by `filter`, with annotations from object 10 on. */
export function aPdf(
  content: Uint8Array,
  { filter = '', annotations = [] }: { filter?: string; annotations?: string[] } = {},
): Uint8Array {
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[${annotations.map((_, index) => `${10 + index} 0 R`).join(' ')}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
${annotations.map((annotation, index) => `${10 + index} 0 obj<</Type/Annot/Rect[60 60 90 90]${annotation}>>endobj\n`).join('')}5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
4 0 obj<</Length ${content.length}${filter === '' ? '' : `/Filter/${filter}`}>>stream
`,
      'latin1',
    ),
    content,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n', 'latin1'),
  ])
}

/** The container of old Office files, with the names of its streams where a directory has them. */
export function anOleFile(...streams: string[]): Uint8Array {
  const bytes = Buffer.alloc(2048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  for (const [index, stream] of streams.entries()) bytes.write(stream, 1024 + index * 128, 'utf16le')
  return bytes
}
