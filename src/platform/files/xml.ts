import { SaxesParser } from 'saxes'
import type { SaxesTagNS } from 'saxes'
import { corrupt, UploadProblem } from './upload-problem.ts'
import type { ZipContainer } from './zip-container.ts'

/** What a reader of one XML part listens to. Names look like `w:p`, whatever prefix the file uses. */
export interface XmlReader {
  open(name: string, attribute: (name: string) => string | undefined): void
  close(name: string): void
  text(text: string): void
}

/** Elements nested deeper than any word processor writes are an attack on whoever reads them. */
const deepest = 512

/** Both the usual (transitional) and the strict form of Office Open XML. */
const prefixes: Record<string, string> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'urn:schemas-microsoft-com:vml': 'v',
  'http://schemas.openxmlformats.org/package/2006/content-types': 'types',
  'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
  'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
  'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
  'urn:oasis:names:tc:opendocument:xmlns:style:1.0': 'style',
  'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
  'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0': 'svg',
  'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0': 'manifest',
  'http://purl.org/dc/elements/1.1/': 'dc',
}

/**
 * Reads one XML part of a container as it is unpacked; false when the container has no such part.
 * Nothing outside the part is ever fetched, and entities other than the five of XML are refused.
 * @throws UploadProblem when it is not well-formed, declares entities, or is nested without end
 */
export function readXml(zip: ZipContainer, name: string, reader: XmlReader): boolean {
  const parser = new SaxesParser({ xmlns: true, position: false })
  let depth = 0
  const named = (tag: { uri: string; local: string }) => `${prefixes[tag.uri] ?? ''}:${tag.local}`

  parser.on('opentag', tag => {
    depth += 1
    if (depth > deepest) throw corrupt('XML nested too deeply')
    reader.open(named(tag), wanted => attributeOf(tag, wanted))
  })
  parser.on('closetag', tag => {
    depth -= 1
    reader.close(named(tag))
  })
  parser.on('text', text => reader.text(text))
  parser.on('cdata', text => reader.text(text))
  parser.on('doctype', doctype => {
    // Old OpenOffice manifests name a DTD, which we never fetch; declarations of one's own are another matter.
    if (doctype.includes('[')) throw corrupt('the XML declares entities')
  })

  const decode = decoder()
  const write = (text: string) => {
    try {
      parser.write(text)
    } catch (error) {
      throw error instanceof UploadProblem ? error : corrupt(error)
    }
  }
  if (!zip.read(name, piece => write(decode(piece)))) return false
  write(decode())
  try {
    parser.close()
  } catch (error) {
    throw corrupt(error)
  }
  return true
}

function attributeOf(tag: SaxesTagNS, wanted: string): string | undefined {
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key]
    if (!attribute) continue
    const name = attribute.uri === '' ? attribute.local : `${prefixes[attribute.uri] ?? ''}:${attribute.local}`
    if (name === wanted) return attribute.value
  }
  return undefined
}

/** UTF-8, or UTF-16 when the part begins with its mark: the two that both formats allow. */
function decoder(): (piece?: Uint8Array) => string {
  let text: TextDecoder | undefined
  return piece => {
    if (piece && !text) {
      const wide = piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-16be'
      const isWide = wide === 'utf-16le' || (piece[0] === 0xfe && piece[1] === 0xff)
      text = new TextDecoder(isWide ? wide : 'utf-8', { fatal: true })
    }
    try {
      return text ? text.decode(piece, { stream: piece !== undefined }) : ''
    } catch (error) {
      throw corrupt(error)
    }
  }
}
