import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { httpStatusOf, ServiceError } from '../errors.ts'

/** Every kind of problem the API answers with. An answer's `type` is `/help/api#` and the key. */
export const problemTypes = {
  invalid: {
    status: httpStatusOf.invalid,
    title: 'Something in the request is not right',
    meaning: 'Put right what stands in `errors`, each with its place, and send again.',
  },
  'no-token': {
    status: 401,
    title: 'A token is needed',
    meaning:
      'Send `Authorization: Bearer TOKEN`. The token may be wrong, too old or ended, or the role it acts in is over.',
  },
  'not-allowed': {
    status: httpStatusOf['not-allowed'],
    title: 'Your role does not allow this',
    meaning: 'See Help, Who sees what.',
  },
  'not-found': {
    status: httpStatusOf['not-found'],
    title: 'There is nothing here for you',
    meaning: 'It does not exist, or it is not yours to see. We do not say which.',
  },
  conflict: {
    status: httpStatusOf.conflict,
    title: 'It cannot be done as things are now',
    meaning: 'For example, the notification was sent already. The detail says what to do.',
  },
  'changed-meanwhile': {
    status: 412,
    title: 'Somebody else saved it in between',
    meaning: 'Nothing was saved. Read it again, and send your change with the new `ETag` in `If-Match`.',
  },
  'too-large': { status: 413, title: 'The body is too large', meaning: 'Send one megabyte at most.' },
  'not-json': { status: 415, title: 'The body must be JSON', meaning: 'Send `Content-Type: application/json`.' },
  'key-used': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    meaning: 'Draw a new key for each request, and repeat it only with the very same body.',
  },
  'revision-needed': {
    status: 428,
    title: 'Say which revision you change',
    meaning: 'Send the `ETag` of your last answer in `If-Match`, so that nobody’s work is overwritten.',
  },
  failed: {
    status: 500,
    title: 'Something went wrong with us',
    meaning:
      'Try again in a few minutes, a POST with the same Idempotency-Key. If it fails again, tell us the `instance`.',
  },
} as const satisfies Record<string, { status: number; title: string; meaning: string }>
export type ProblemKind = keyof typeof problemTypes

/** One thing to put right, and where: in the body (a JSON Pointer), in the query or in the headers. */
export type ProblemPlace = ({ pointer: string } | { parameter: string } | { header: string }) & { detail: string }

/** A problem that is the API's own, or that knows the places in the body. */
export class ApiProblem extends Error {
  readonly kind: ProblemKind
  readonly errors: readonly ProblemPlace[]

  constructor(kind: ProblemKind, detail: string, errors: readonly ProblemPlace[] = []) {
    super(detail)
    this.name = 'ApiProblem'
    this.kind = kind
    this.errors = errors
  }
}

/** What goes over the wire, after RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'The kind of problem: a page that explains it.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened, and what to do.' }),
    instance: z.string().meta({ description: 'The number of this request. Quote it when you ask for help.' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: 'JSON Pointer (RFC 6901) into the body.' }),
          parameter: z.string().optional().meta({ description: 'Name of the query parameter.' }),
          header: z.string().optional().meta({ description: 'Name of the header.' }),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({
    id: 'Problem',
    description: 'Problem details, RFC 9457.',
    examples: [
      {
        type: '/help/api#invalid',
        title: problemTypes.invalid.title,
        status: 400,
        detail: 'The notification cannot be sent yet: some answers are missing or not right.',
        instance: 'urn:uuid:6fd4a5c1-58f1-4a6e-9a55-0d8c5b3d2a10',
        errors: [{ pointer: '/children/0/sex', detail: 'Select the child’s sex' }],
      },
    ],
  })

/** @param requestId a UUID */
export function wireProblem({ kind, message, errors }: ApiProblem, requestId: string): z.infer<typeof problemSchema> {
  const { status, title } = problemTypes[kind]
  return {
    type: `/help/api#${kind}`,
    title,
    status,
    detail: message,
    instance: `urn:uuid:${requestId}`,
    ...(errors.length > 0 && { errors: [...errors] }),
  }
}

/** What is not the sender's to put right becomes `failed`, and says nothing of its inside. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof ServiceError) return new ApiProblem(error.kind, error.message)
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error)
  const status = statusOf(error)
  if (status === 413) return new ApiProblem('too-large', problemTypes['too-large'].meaning)
  if (status === 415) return new ApiProblem('not-json', problemTypes['not-json'].meaning)
  if (status >= 400 && status < 500) {
    return new ApiProblem('invalid', 'The request could not be read. Its body must be JSON in UTF-8, and not empty.')
  }
  return new ApiProblem('failed', problemTypes.failed.meaning)
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
}

type ZodErrors = Parameters<typeof hasZodFastifySchemaValidationErrors>[0] & {
  validation: { instancePath: string; keyword: string; message: string; params: Record<string, unknown> }[]
  validationContext?: string
}

function invalidRequest(error: unknown): ApiProblem {
  const { validation, validationContext: part } = error as ZodErrors
  if (part === 'params') return noSuchAddress()
  const found = validation.flatMap(({ instancePath, keyword, message, params }) => {
    const pointer = instancePath === '/' ? '' : instancePath
    const unknown = params['keys']
    if (keyword === 'unrecognized_keys' && Array.isArray(unknown)) {
      return unknown.map(key => ({ pointer: `${pointer}/${escaped(String(key))}`, detail: 'There is no such field.' }))
    }
    return [{ pointer, detail: pointer === '' ? 'Send a JSON object.' : message }]
  })
  // As on the pages: one thing to put right in each place.
  const places = found.filter(({ pointer }, at) => found.findIndex(other => other.pointer === pointer) === at)
  const key = part === 'querystring' ? 'parameter' : 'header'
  return new ApiProblem(
    'invalid',
    'Some of what you sent is not right. See `errors`.',
    part === 'body' ? places : places.map(({ pointer, detail }) => placed(key, pointer.slice(1), detail)),
  )
}

function placed(key: 'parameter' | 'header', name: string, detail: string): ProblemPlace {
  return key === 'parameter' ? { parameter: name, detail } : { header: name, detail }
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

export function noSuchAddress(): ApiProblem {
  return new ApiProblem('not-found', 'There is nothing at this address. See /api/v1/openapi.json for what there is.')
}
