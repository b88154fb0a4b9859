import { docxOf, type WordPart } from '../../platform/files/index.ts'
import type { ReportPart } from './report.ts'

/** The report as a Word file, with the words and tables of the web page. */
export function reportDocument(report: {
  title: string
  subtitle: string
  author: string
  parts: readonly ReportPart[]
  statements: ReadonlyMap<string, { words: string; byName: string }>
}): Promise<Uint8Array> {
  const { title, subtitle, author, parts, statements } = report
  return docxOf({
    title,
    author,
    header: title,
    parts: [
      { kind: 'heading', level: 1, text: title },
      { kind: 'paragraph', text: subtitle },
      ...parts.flatMap(part => wordParts(part, statements.get(part.key))),
    ],
  })
}

function wordParts(part: ReportPart, said: { words: string; byName: string } | undefined): WordPart[] {
  const statement: WordPart[] = said?.words
    ? [
        { kind: 'paragraph', text: said.words },
        { kind: 'paragraph', text: said.byName, look: 'italic' },
      ]
    : []
  const blocks = part.blocks.flatMap((block): WordPart[] =>
    block.kind === 'paragraph'
      ? [block]
      : [
          { kind: 'heading', level: 3, text: block.caption },
          { kind: 'table', headings: block.head, rows: block.rows },
        ],
  )
  return [{ kind: 'heading', level: 2, text: part.title }, ...statement, ...blocks]
}
