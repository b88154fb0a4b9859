import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { productRoot } from '../platform/product-root.ts'

/**
 * The rows of a CSV text, each checked and turned into its type.
 * @throws Error naming the file and the line of the first row that is wrong
 */
export function readRows<Row>(name: string, text: string, row: z.ZodType<Row>): readonly Row[] {
  const records: unknown[] = parse(text, { columns: true, bom: true })
  return records.map((record, index) => {
    const checked = row.safeParse(record)
    if (!checked.success) {
      throw new Error(`${name}, row ${index + 1} after the header: ${z.prettifyError(checked.error)}`)
    }
    return checked.data
  })
}

/** The text of a file that ships with the product in `data/reference`. */
export function referenceText(name: string): string {
  return readFileSync(new URL(`data/reference/${name}`, productRoot), 'utf8')
}

/** Reads on the first call and keeps the answer: the files do not change while the service runs. */
export function once<Value>(read: () => Value): () => Value {
  let kept: { value: Value } | undefined
  return () => {
    kept ??= { value: read() }
    return kept.value
  }
}

/** A count written in digits only. */
export const wholeNumber = z
  .string()
  .regex(/^\d+$/, 'must be a whole number')
  .transform(text => Number(text))
