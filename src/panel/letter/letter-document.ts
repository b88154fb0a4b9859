import { docxOf, type WordPart } from '../../platform/files/index.ts'
import { nationalBody } from '../national-body.ts'
import { letterParts, signatureLines, type Letter } from './letter.ts'

/** The letter as a Word file: headings, numbered points, the reference on every page. The words of the web page. */
export function letterDocument(letter: Letter, recipients: readonly string[]): Promise<Uint8Array> {
  const title = `Letter on ${letter.reference}`
  return docxOf({
    title,
    author: nationalBody.name,
    header: `${nationalBody.name}, ${letter.reference}`,
    parts: [
      { kind: 'heading', level: 1, text: title },
      { kind: 'paragraph', text: `To ${letter.partnershipName}` },
      ...(recipients.length > 0
        ? [{ kind: 'paragraph', text: `Its safeguarding partners: ${recipients.join('; ')}` } as const]
        : []),
      ...letterParts(letter).map((part): WordPart => {
        if (part.kind === 'heading') return { kind: 'heading', level: 2, text: part.text }
        if (part.kind === 'paragraph') return part
        return {
          kind: 'list',
          numbered: true,
          items: part.points.map(({ paragraphs, about, whatIsAsked }) => ({
            text: paragraphs.join('\n'),
            note: `${about} ${whatIsAsked}`,
          })),
        }
      }),
      { kind: 'lines', lines: signatureLines(letter) },
    ],
  })
}
