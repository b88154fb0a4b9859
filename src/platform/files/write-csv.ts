import type { CivilDate } from '../dates.ts'

/** A cell of a table that people take away: empty where it is undefined. */
export type Cell = string | number | CivilDate | undefined

/** A table as CSV (RFC 4180) in UTF-8 with the mark by which Excel knows it. */
export function csvOf(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${[headings, ...rows].map(row => `${row.map(csvCell).join(',')}\r\n`).join('')}`
}

function csvCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const text = harmless(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A program for tables runs what looks like a formula, also one that somebody typed into a form. */
function harmless(text: string): string {
  return /^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text
}
