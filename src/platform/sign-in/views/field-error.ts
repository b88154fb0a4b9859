import type { FieldError } from '../../errors.ts'

/** The message beside a field, as the components take it. */
export function errorAt(errors: readonly FieldError[], field: string): { text: string } | undefined {
  const error = errors.find(found => found.field === field)
  return error && { text: error.text }
}
