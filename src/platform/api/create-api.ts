import { createHmac } from 'node:crypto'
import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Acting } from '../acting.ts'
import type { Config } from '../config.ts'
import type { Web } from '../web/index.ts'
import { once } from './once.ts'
import { ApiProblem, noSuchAddress, problemOf, problemSchema, problemTypes, wireProblem } from './problem.ts'
import type { ProblemKind } from './problem.ts'

/** The door for programs: Fastify at `/api/v1`, where each route's zod schemas check, answer and document. */
export interface Api {
  readonly app: FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>
  /** Who acts in this request. */
  acting(request: FastifyRequest): Acting
  /**
   * Does the work once for each `Idempotency-Key` of a person, and always when there is none.
   * @param work one transaction that returns what it was about
   * @throws ApiProblem 'key-used'
   */
  once(request: FastifyRequest, work: (acting: Acting) => Promise<{ incidentId: string }>): Promise<string>
}

/** What a module adds to the API. */
export type ApiRoutes = (api: Api) => void

export interface ApiOptions {
  web: Web
  config: Config
  /** Who acts with an `Authorization` header; undefined for nobody. */
  actingForToken(authorization: string | undefined): Promise<Acting | undefined>
  /** Sections of the description, with the routes of each. */
  sections: readonly { tag: string; description: string; routes: ApiRoutes }[]
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who acts with the token of this request; undefined outside the API. */
    tokenActing: Acting | undefined
  }
  interface FastifyContextConfig {
    /** Of the API's routes: anybody may ask, without a token. */
    withoutToken?: boolean
  }
}

const prefix = '/api/v1'
const bodyLimitBytes = 1_000_000

/** The headers of a POST. Others pass. */
export const postHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description:
        'Drawn by you for each request, for example a UUID. A request repeated within 24 hours is done once, and answered as the first.',
      examples: ['5d3f4f0e-55a5-4f0e-b9a1-2b0f9f1f0a11'],
    }),
})

/** What a route answers when it answers, for its `response`. */
export const jsonAnswer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})

/** The problems of a route, for its `response`. */
export function problemResponses(...kinds: ProblemKind[]) {
  return responsesOf('no-token', ...kinds, 'failed')
}

/** The same of an address that asks for no token. */
export function problemResponsesToAnybody(...kinds: ProblemKind[]) {
  return responsesOf(...kinds, 'failed')
}

function responsesOf(...kinds: ProblemKind[]) {
  const byStatus = Map.groupBy(kinds, kind => problemTypes[kind].status)
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map(kind => `${problemTypes[kind].title}. ${problemTypes[kind].meaning}`).join(' '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}

export async function createApi({ web, config, actingForToken, sections }: ApiOptions): Promise<void> {
  web.app.decorateRequest('tokenActing', undefined)
  await web.app.register(
    async scope => {
      const app = scope.withTypeProvider<ZodTypeProvider>()
      app.removeContentTypeParser(['application/x-www-form-urlencoded', 'multipart/form-data'])
      app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
      app.setValidatorCompiler(validatorCompiler)
      app.setSerializerCompiler(serializerCompiler)
      app.addHook('onRoute', route => {
        route.bodyLimit = bodyLimitBytes
      })
      app.addHook('onRequest', async (request, reply) => {
        reply.header('cache-control', 'no-store')
        if (request.routeOptions.config?.withoutToken) return
        request.tokenActing = await actingForToken(request.headers.authorization)
        if (!request.tokenActing) {
          const why = request.headers.authorization ? ', error="invalid_token"' : ''
          reply.header('www-authenticate', `Bearer realm="Weathervane"${why}`)
          throw new ApiProblem('no-token', problemTypes['no-token'].meaning)
        }
      })
      app.setErrorHandler((error, request, reply) => {
        const problem = problemOf(error)
        if (problem.kind === 'failed') request.log.error({ err: error, request: request.id }, 'the API failed')
        return reply
          .status(problemTypes[problem.kind].status)
          .type('application/problem+json; charset=utf-8')
          .send(JSON.stringify(wireProblem(problem, request.id)))
      })
      app.setNotFoundHandler(() => {
        throw noSuchAddress()
      })

      await app.register(swagger, {
        openapi: description(config, sections),
        transform: jsonSchemaTransform,
        transformObject: onlyReferenced,
        convertConstToEnum: false,
      })
      const api: Api = {
        app,
        acting,
        async once(request, work) {
          const key = request.headers['idempotency-key']
          const own = acting(request)
          if (typeof key !== 'string') return (await work(own)).incidentId
          return once(own, { key, requestHash: hashOf(request, own, config.secret) }, work)
        },
      }
      for (const { routes } of sections) routes(api)
      app.get('/openapi.json', { config: { withoutToken: true }, schema: { hide: true } }, async () => app.swagger())
    },
    { prefix },
  )
}

function acting(request: FastifyRequest): Acting {
  if (!request.tokenActing) throw new ApiProblem('no-token', problemTypes['no-token'].meaning)
  return request.tokenActing
}

/** With the service's secret, so that nobody who reads the table can try out names. */
function hashOf({ method, url, body }: FastifyRequest, { appointmentId }: Acting, secret: string): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([appointmentId, method, url, body ?? null]))
    .digest('hex')
}

function description(config: Config, sections: ApiOptions['sections']) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Weathervane',
      version: '1',
      description: [
        'The same steps as on the pages, with the same checks and the same rights: a token acts as one person in one role.',
        'A date is like 2026-03-31, a moment like 2026-03-31T14:30:00.000Z. Where nothing is known, an answer can be `{ "silence": "not-known" }`.',
        'Problems are answered as `application/problem+json` (RFC 9457):',
        ...Object.entries(problemTypes).map(
          ([kind, { status, title, meaning }]) => `- \`/help/api#${kind}\` (${status}): ${title}. ${meaning}`,
        ),
      ].join('\n'),
    },
    servers: [{ url: `${config.publicUrl}${prefix}` }],
    tags: sections.map(({ tag, description }) => ({ name: tag, description })),
    components: {
      securitySchemes: {
        token: {
          type: 'http' as const,
          scheme: 'bearer',
          description: 'A token that an administrator made for you in one of your roles.',
        },
      },
    },
    security: [{ token: [] }],
  }
}

/** The package makes each schema twice, as it is sent and as it is answered: kept is what an operation refers to. */
const onlyReferenced: SwaggerTransformObject = document => {
  const described = jsonSchemaTransformObject(document)
  const { paths, components } = described as { paths: object; components: { schemas: Record<string, object> } }
  const kept = new Set<string>()
  const visit = (part: object) => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (kept.has(name!)) continue
      kept.add(name!)
      visit(components.schemas[name!] ?? {})
    }
  }
  visit(paths)
  for (const name of Object.keys(components.schemas)) if (!kept.has(name)) delete components.schemas[name]
  return described
}
