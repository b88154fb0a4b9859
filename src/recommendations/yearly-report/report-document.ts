import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { ReportPart } from './report.ts'

/** The report as a Word file, with the words and tables of the web page. */
export function reportDocument(report: {
  title: string
  subtitle: string
  parts: readonly ReportPart[]
  statements: ReadonlyMap<string, { words: string; byName: string }>
}): Promise<Buffer> {
  const { title, subtitle, parts, statements } = report
  const body = parts.flatMap(part => {
    const statement = statements.get(part.key)
    return [
      new Paragraph({ text: part.title, heading: HeadingLevel.HEADING_2 }),
      ...(statement?.words
        ? [...statement.words.split('\n').map(line => plain(line)), plain(`${statement.byName}`, true)]
        : []),
      ...part.blocks.flatMap(block =>
        block.kind === 'paragraph'
          ? [plain(block.text)]
          : [
              new Paragraph({ text: inXml(block.caption), heading: HeadingLevel.HEADING_3 }),
              tableOf(block.head, block.rows),
            ],
      ),
    ]
  })
  return Packer.toBuffer(
    new Document({
      title,
      styles: {
        default: {
          document: { run: { font: 'Arial', size: 22, language: { value: 'en-GB' } } },
          heading1: { run: { size: 36, bold: true }, paragraph: { spacing: { after: 160 } } },
          heading2: { run: { size: 28, bold: true }, paragraph: { spacing: { before: 360, after: 120 } } },
          heading3: {
            run: { size: 22, bold: true },
            paragraph: { spacing: { before: 200, after: 80 }, keepNext: true },
          },
        },
      },
      sections: [
        {
          properties: { page: { size: { orientation: PageOrientation.LANDSCAPE } } },
          headers: { default: new Header({ children: [new Paragraph(inXml(title))] }) },
          footers: {
            default: new Footer({
              children: [new Paragraph({ children: [new TextRun({ children: ['Page ', PageNumber.CURRENT] })] })],
            }),
          },
          children: [new Paragraph({ text: inXml(title), heading: HeadingLevel.HEADING_1 }), plain(subtitle), ...body],
        },
      ],
    }),
  )
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const cell = (text: string, bold: boolean) =>
    new TableCell({
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      children: text.split('\n').map(line => new Paragraph({ children: [new TextRun({ text: inXml(line), bold })] })),
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: head.map(text => cell(text, true)) }),
      ...rows.map(row => new TableRow({ cantSplit: true, children: row.map(text => cell(text, false)) })),
    ],
  })
}

function plain(text: string, italics = false): Paragraph {
  return new Paragraph({ children: [new TextRun({ text: inXml(text), italics })], spacing: { after: 120 } })
}

/** Without the characters that no XML may hold: Word would not open the file. */
function inXml(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
