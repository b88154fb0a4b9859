import type { Extraction } from './extraction.ts'
import { draftParagraph, numberParagraphs } from './paragraph-builder.ts'
import type { DraftParagraph } from './paragraph-builder.ts'
import { isEmpty } from './sniff.ts'
import { notSupported } from './upload-problem.ts'

/** A line at least this long followed by another was probably broken by a program, not by the writer. */
const wrappedFrom = 50

export function extractPlainText(bytes: Uint8Array): Extraction {
  const notices: string[] = []
  const text = decode(bytes, notices).replaceAll(/\r\n?/g, '\n')
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) {
    throw notSupported(
      'not a document we can read',
      'Upload the report as Word (.docx), OpenDocument (.odt), PDF or plain text (.txt).',
    )
  }
  if (text.trim() === '') throw isEmpty()
  return { kind: 'text', paragraphs: numberParagraphs(text.split(/\n[^\S\n]*\n/).flatMap(toParagraphs)), notices }
}

function decode(bytes: Uint8Array, notices: string[]): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    notices.push(
      'This text is not in Unicode (UTF-8). It was read as Windows text: check accented letters and quotation marks.',
    )
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const bullet = /^\s*([•◦▪‣*–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)/

/** A block between empty lines: lines that a program wrapped are joined, others are paragraphs of their own. */
function toParagraphs(block: string): DraftParagraph[] {
  const paragraphs: DraftParagraph[] = []
  let joins = false
  for (const line of block.split('\n')) {
    const last = paragraphs.at(-1)
    const mark = bullet.exec(line)
    if (joins && last && !mark) {
      last.text += ` ${line.trim()}`
    } else {
      const paragraph = draftParagraph(mark ? 'list' : 'body')
      paragraph.text = line.slice(mark?.[0].length ?? 0).trim()
      if (mark?.[1]) paragraph.label = mark[1]
      paragraphs.push(paragraph)
    }
    joins = line.trimEnd().length >= wrappedFrom
  }
  return paragraphs
}
