import { ServiceError, type FieldError } from '../errors.ts'

/** A form as it came, before anything is known of it. */
export type Posted = Readonly<Record<string, unknown>>

/** One field as text: without spaces around it, and with one kind of line end. */
export function textIn(posted: Posted, name: string): string {
  const value = posted[name]
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

/** A group of checkboxes, none, one or several of which may be ticked. */
export function listIn(posted: Posted, name: string): string[] {
  return [posted[name] ?? []].flat().filter(value => typeof value === 'string')
}

/** Every text of a form, as typed: no file, no password, and not the form's own token. */
export function textsIn(posted: Posted): { name: string; text: string }[] {
  return Object.entries(posted).flatMap(([name, value]) =>
    name === '_csrf' || /password/i.test(name)
      ? []
      : [value].flat().flatMap(text => (typeof text === 'string' ? [{ name, text }] : [])),
  )
}

/** A count that a page put into its own form; 0, which is older than any revision, where it is none. */
export function countIn(posted: Posted, name: string): number {
  const text = textIn(posted, name)
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

/** The message beside a field, as the components take it. A date has several fields. */
export function errorAt(errors: readonly FieldError[], ...fields: string[]): { text: string } | undefined {
  const found = errors.find(error => fields.includes(error.field))
  return found && { text: found.text }
}

/** What the person can mend, to be shown on the page they came from. @throws whatever else it is */
export function mendable(error: unknown): ServiceError {
  if (error instanceof ServiceError && (error.kind === 'invalid' || error.kind === 'conflict')) return error
  throw error
}

/** What to put right, each at its field; where there is none, at the top of the page. */
export function fieldsOf(problem: ServiceError): readonly FieldError[] {
  return problem.fields.length > 0 ? problem.fields : [{ field: 'main-content', text: problem.message }]
}
