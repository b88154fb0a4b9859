import { docxOf } from '../../platform/files/index.ts'
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
      ...parts.flatMap(part => {
        const said = statements.get(part.key)
        return [
          { kind: 'heading', level: 2, text: part.title } as const,
          ...(said?.words
            ? ([
                { kind: 'paragraph', text: said.words },
                { kind: 'paragraph', text: said.byName, look: 'italic' },
              ] as const)
            : []),
          ...part.blocks.flatMap(block =>
            block.kind === 'paragraph'
              ? [{ kind: 'paragraph', text: block.text } as const]
              : [
                  { kind: 'heading', level: 3, text: block.caption } as const,
                  { kind: 'table', headings: block.head, rows: block.rows } as const,
                ],
          ),
        ]
      }),
    ],
  })
}
