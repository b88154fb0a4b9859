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
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx'

interface WordDocument {
  title: string
  /** Who it is from, in the properties of the file. */
  author: string
  /** On every page, above the text. */
  header?: string
  parts: readonly WordPart[]
}

export type WordPart =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  /** Each line is a paragraph of its own. */
  | { kind: 'paragraph'; text: string; look?: 'italic' | 'bold' }
  /** Lines that belong together, like an address or a signature. */
  | { kind: 'lines'; lines: readonly string[] }
  | { kind: 'list'; numbered: boolean; items: readonly WordItem[] }
  | { kind: 'table'; headings: readonly string[]; rows: readonly (readonly string[])[] }

interface WordItem {
  text: string
  /** Under the text of the item, in italics. */
  note?: string
}

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A text as a Word file, with real headings, lists that count by themselves, and tables whose headings repeat. */
export async function docxOf({ title, author, header, parts }: WordDocument): Promise<Uint8Array> {
  let lists = 0
  const children = parts.flatMap(part => {
    if (part.kind === 'list' && part.numbered) lists += 1
    return blocksOf(part, lists)
  })
  return Packer.toBuffer(
    new Document({
      title: inXml(title),
      creator: inXml(author),
      styles: {
        default: {
          document: { run: { font: 'Arial', size: 24, language: { value: 'en-GB' } } },
          heading1: { run: { size: 36, bold: true }, paragraph: { spacing: { after: 240 } } },
          heading2: { run: { size: 28, bold: true }, paragraph: { spacing: { before: 320, after: 120 } } },
          heading3: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 240, after: 80 } } },
        },
      },
      numbering: {
        config: [
          { reference: 'numbers', levels: [levelOf(LevelFormat.DECIMAL, '%1.')] },
          { reference: 'bullets', levels: [levelOf(LevelFormat.BULLET, '•')] },
        ],
      },
      sections: [
        {
          ...(header && { headers: { default: new Header({ children: [new Paragraph(inXml(header))] }) } }),
          footers: {
            default: new Footer({
              children: [new Paragraph({ children: [new TextRun({ children: ['Page ', PageNumber.CURRENT] })] })],
            }),
          },
          children,
        },
      ],
    }),
  )
}

const indent = 567
const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const

function levelOf(format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) {
  return {
    level: 0,
    format,
    text,
    alignment: AlignmentType.START,
    style: { paragraph: { indent: { left: indent, hanging: indent } } },
  }
}

/** @param list which of the numbered lists it is: each begins with 1 */
function blocksOf(part: WordPart, list: number): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'heading':
      return [new Paragraph({ text: inXml(part.text), heading: headings[part.level - 1]! })]
    case 'paragraph':
      return linesOf(part.text).map(line =>
        paragraph(line, { spacing: { after: 160 } }, { italics: part.look === 'italic', bold: part.look === 'bold' }),
      )
    case 'lines':
      return part.lines.map((line, index) => paragraph(line, index === 0 ? { spacing: { before: 320 } } : {}))
    case 'list': {
      const numbering = { reference: part.numbered ? 'numbers' : 'bullets', level: 0, instance: list }
      return part.items.flatMap(({ text, note }) => [
        ...linesOf(text).map((line, index) =>
          index === 0
            ? paragraph(line, { numbering, spacing: { before: 160, after: 80 } })
            : paragraph(line, { indent: { left: indent }, spacing: { after: 80 } }),
        ),
        ...(note ? [paragraph(note, { indent: { left: indent }, spacing: { after: 160 } }, { italics: true })] : []),
      ])
    }
    case 'table':
      return [
        new Table({
          width: { size: 100, type: WidthType.PERCENTAGE },
          rows: [rowOf(part.headings, true), ...part.rows.map(row => rowOf(row, false))],
        }),
        new Paragraph({}),
      ]
  }
}

function rowOf(cells: readonly string[], heads: boolean): TableRow {
  return new TableRow({
    tableHeader: heads,
    children: cells.map(
      cell => new TableCell({ children: linesOf(cell || ' ').map(line => paragraph(line, {}, { bold: heads })) }),
    ),
  })
}

function paragraph(
  text: string,
  options: Omit<IParagraphOptions, 'text' | 'children'>,
  look: { italics?: boolean; bold?: boolean } = {},
): Paragraph {
  return new Paragraph({ ...options, children: [new TextRun({ text: inXml(text), ...look })] })
}

function linesOf(text: string): string[] {
  return text.split(/\n+/).filter(line => line !== '')
}

/** Without the characters that no XML may hold: Word would not open the file. */
function inXml(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
