import { dateFromParts, type CivilDate, type DateParts } from '../dates.ts'
import { httpStatusOf, ServiceError, type FieldError } from '../errors.ts'

/** A form as it came, before anything is known of it: each field once, several times, or a file. */
export type Posted = Readonly<Record<string, unknown>>

/** A page that shows a form asks the same of what was typed, and may have no form before it. */
type Asked = Posted | undefined

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

export function fileIn(posted: Asked, name: string): Upload | undefined {
  const value = posted?.[name]
  return isUpload(value) ? value : undefined
}

/** One field as text: without spaces around it, and with one kind of line end. */
export function textIn(posted: Asked, name: string): string {
  const value = posted?.[name]
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

/** A group of checkboxes, none, one or several of which may be ticked. */
export function listIn(posted: Asked, name: string): string[] {
  return [posted?.[name] ?? []].flat().filter(value => typeof value === 'string')
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** The ids that a form brought: what is none was never on a page of ours. */
export function idsIn(posted: Asked, name: string): string[] {
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
export function countIn(posted: Asked, name: string): number {
  const text = textIn(posted, name)
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

/** One of `options`, by its key. */
export function optionIn<Option extends string>(
  posted: Asked,
  name: string,
  options: Readonly<Record<Option, unknown>>,
): Option | undefined {
  const text = textIn(posted, name)
  return Object.hasOwn(options, text) ? (text as Option) : undefined
}

/** The three boxes of a day. */
export function datePartsIn(posted: Asked, name: string): DateParts {
  const part = (of: string) => textIn(posted, `${name}-${of}`)
  return { day: part('day'), month: part('month'), year: part('year') }
}

/**
 * A day. `named` begins a sentence: `The day it was sent`.
 * @throws ServiceError 'invalid' at its first wrong box
 */
export function dayIn(posted: Asked, name: string, named: string): CivilDate {
  return dateFromParts(datePartsIn(posted, name), { name: named, field: name })
}

/** A day that may be left empty. @throws ServiceError 'invalid' at its first wrong box */
export function optionalDayIn(posted: Asked, name: string, named: string): CivilDate | undefined {
  return Object.values(datePartsIn(posted, name)).some(Boolean) ? dayIn(posted, name, named) : undefined
}

/** The message beside a field, as the components take it. A day has three boxes. */
export function errorAt(errors: readonly FieldError[], ...fields: string[]): { text: string } | undefined {
  const found = errors.find(
    ({ field }) => fields.includes(field) || fields.includes(field.replace(/-(day|month|year)$/, '')),
  )
  return found && { text: found.text }
}

/**
 * How it went with a form: done, or refused for something the person can mend, to be shown on the page they came from.
 * @throws whatever else it is
 */
export async function tried<T>(
  work: Promise<T> | (() => Promise<T>),
): Promise<{ done: T; problem: undefined } | { done: undefined; problem: ServiceError }> {
  try {
    return { done: await (typeof work === 'function' ? work() : work), problem: undefined }
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
