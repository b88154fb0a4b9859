import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx'
import { letterParts, signatureLines, type Letter } from './letter.ts'
import { nationalBody } from '../national-body.ts'

/** The letter as a Word file: headings, numbered points, the reference on every page. The words of the web page. */
export function letterDocument(letter: Letter, recipients: readonly string[]): Promise<Buffer> {
  const body = letterParts(letter).flatMap(part => {
    if (part.kind === 'heading') return [new Paragraph({ text: part.text, heading: HeadingLevel.HEADING_2 })]
    if (part.kind === 'paragraph') return [plain(part.text)]
    return part.points.flatMap(({ paragraphs, about, whatIsAsked }) => [
      ...paragraphs
        .map(inXml)
        .map((text, index) =>
          index === 0
            ? new Paragraph({ text, numbering: { reference: 'points', level: 0 }, spacing: { before: 160, after: 80 } })
            : new Paragraph({ text, indent: { left: 567 }, spacing: { after: 80 } }),
        ),
      new Paragraph({
        children: [new TextRun({ text: `${about} ${whatIsAsked}`, italics: true })],
        indent: { left: 567 },
        spacing: { after: 160 },
      }),
    ])
  })
  const title = `Letter on ${letter.reference}`
  return Packer.toBuffer(
    new Document({
      title,
      creator: nationalBody.name,
      styles: {
        default: {
          document: {
            run: { font: 'Arial', size: 24, language: { value: 'en-GB' } },
          },
          heading1: { run: { size: 36, bold: true }, paragraph: { spacing: { after: 240 } } },
          heading2: { run: { size: 28, bold: true }, paragraph: { spacing: { before: 320, after: 120 } } },
        },
      },
      numbering: {
        config: [
          {
            reference: 'points',
            levels: [
              {
                level: 0,
                format: LevelFormat.DECIMAL,
                text: '%1.',
                alignment: AlignmentType.START,
                style: { paragraph: { indent: { left: 567, hanging: 567 } } },
              },
            ],
          },
        ],
      },
      sections: [
        {
          headers: { default: new Header({ children: [new Paragraph(`${nationalBody.name}, ${letter.reference}`)] }) },
          footers: {
            default: new Footer({
              children: [new Paragraph({ children: [new TextRun({ children: ['Page ', PageNumber.CURRENT] })] })],
            }),
          },
          children: [
            new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
            plain(`To ${letter.partnershipName}`),
            ...(recipients.length > 0 ? [plain(`Its safeguarding partners: ${recipients.join('; ')}`)] : []),
            ...body,
            ...signatureLines(letter).map((line, index) =>
              index === 0 ? new Paragraph({ text: line, spacing: { before: 480 } }) : new Paragraph(line),
            ),
          ],
        },
      ],
    }),
  )
}

function plain(text: string): Paragraph {
  return new Paragraph({ text: inXml(text), spacing: { after: 160 } })
}

/** Without the characters that no XML may hold: Word would not open the file. */
function inXml(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
