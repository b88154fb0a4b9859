/** What people can act on. Everything else is a bug and stays a plain Error. */
export type ErrorKind = 'invalid' | 'not-allowed' | 'not-found' | 'conflict'

/** The one place where a kind of error becomes an HTTP status. */
export const httpStatusOf: Record<ErrorKind, number> = {
  invalid: 400,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
}

/** One thing wrong with what a person typed. `field` is the id of the input to go to; the text says what to do. */
export interface FieldError {
  field: string
  text: string
}

/** The message is shown to the person: what happened, to which record, what to do. Ids, never a child's name. */
export class ServiceError extends Error {
  readonly kind: ErrorKind
  /** What to mend, field by field, when the kind is `invalid`. */
  readonly fields: readonly FieldError[]

  constructor(kind: ErrorKind, message: string, options: { fields?: readonly FieldError[]; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'ServiceError'
    this.kind = kind
    this.fields = options.fields ?? []
  }
}

/** One thing is wrong with what a person typed. */
export function invalidAt(field: string, text: string, cause?: unknown): ServiceError {
  return new ServiceError('invalid', text, { fields: [{ field, text }], cause })
}

/** What `read` gives. Where it refuses what was typed: undefined, and why among the `problems` of the form. */
export function readOr<T>(problems: FieldError[], read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ServiceError) || error.kind !== 'invalid') throw error
    problems.push(...error.fields)
    return undefined
  }
}
