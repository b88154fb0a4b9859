import { httpStatusOf, ServiceError, type FieldError } from '../errors.ts'

/** A form as it came, before anything is known of it: each field once, several times, or a file. */
export type Posted = Readonly<Record<string, unknown>>

/** A file as a form brought it. `bytes` is undefined when it was larger than we take. */
export interface Upload {
  name: string
  bytes: Uint8Array | undefined
}

export function isUpload(value: unknown): value is Upload {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bytes' in value &&
    (value.bytes === undefined || value.bytes instanceof Uint8Array)
  )
}

export function fileIn(posted: Posted, name: string): Upload | undefined {
  const value = posted[name]
  return isUpload(value) ? value : undefined
}

/** One field as text: without spaces around it, and with one kind of line end. */
export function textIn(posted: Posted, name: string): string {
  const value = posted[name]
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

/** A group of checkboxes, none, one or several of which may be ticked. */
export function listIn(posted: Posted, name: string): string[] {
  return [posted[name] ?? []].flat().filter(value => typeof value === 'string')
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** The ids that a form brought: what is none was never on a page of ours. */
export function idsIn(posted: Posted, name: string): string[] {
  return listIn(posted, name).filter(isUuid)
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

/**
 * How it went with a form: done, or refused for something the person can mend, to be shown on the page they came from.
 * @throws whatever else it is
 */
export async function tried<T>(
  work: Promise<T>,
): Promise<{ done: T; problem: undefined } | { done: undefined; problem: ServiceError }> {
  try {
    return { done: await work, problem: undefined }
  } catch (error) {
    if (error instanceof ServiceError && (error.kind === 'invalid' || error.kind === 'conflict')) {
      return { done: undefined, problem: error }
    }
    throw error
  }
}

/** The frame of the form's page: what to put right, each at its field; where there is none, at the top of the page. */
export function frameOfForm(problem: ServiceError | undefined): { status: number; errors: readonly FieldError[] } {
  if (!problem) return { status: 200, errors: [] }
  const { kind, fields, message } = problem
  return { status: httpStatusOf[kind], errors: fields.length > 0 ? fields : [{ field: 'main-content', text: message }] }
}
