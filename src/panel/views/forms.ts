import type { FieldError } from '../../platform/errors.ts'

/** A form as it came, before anything is known of it. */
export type Typed = Readonly<Record<string, unknown>>

/** One field as text: without spaces around it, and with one kind of line end. */
export function textIn(typed: Typed, name: string): string {
  const value = typed[name]
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

/** A group of checkboxes, none, one or several of which may be ticked. */
export function listIn(typed: Typed, name: string): string[] {
  return [typed[name] ?? []].flat().filter(value => typeof value === 'string')
}

export function errorAt(errors: readonly FieldError[], ...fields: string[]): { text: string } | undefined {
  const found = errors.find(error => fields.includes(error.field))
  return found && { text: found.text }
}
