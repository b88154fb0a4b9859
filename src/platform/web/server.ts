import { randomUUID, timingSafeEqual } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import serveStatic from '@fastify/static'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Logger } from 'pino'
import type { Acting } from '../acting.ts'
import type { Config } from '../config.ts'
import { httpStatusOf, ServiceError } from '../errors.ts'
import { uploadLimitBytes } from '../files/index.ts'
import { assetsFolder } from './assets.ts'
import { ErrorPage } from './error-page.tsx'
import type { Chrome, NavigationLink, PageProps } from './layout.tsx'
import { isUpload, type Posted, type Upload } from './posted-form.ts'
import { renderPage } from './render.tsx'
import { ResendPage } from './resend-page.tsx'
import type { Visitor } from './visitor.ts'

/** The browser's door: Fastify with our pages, errors and protections. Modules add their routes to `app`. */
export interface Web {
  readonly app: FastifyInstance
  /** Every route, in the order of registering: the tests of access go over them, so that no page can be forgotten. */
  readonly routes: readonly { method: string; url: string }[]
  /** Who acts in this request. @throws SignInNeeded, or ServiceError 'not-allowed' without an appointment in force */
  acting(request: FastifyRequest): Acting
  page(request: FastifyRequest, reply: FastifyReply, page: PageProps & { status?: number }): FastifyReply
  /** Goes to another page, with something said there once. */
  redirect(reply: FastifyReply, path: string, notice?: string): FastifyReply
}

export interface WebOptions {
  config: Config
  log: Logger
  /** Finds out who is at the door: from the cookie, or undefined. */
  visitorOf(request: FastifyRequest): Promise<Visitor | undefined>
  navigation(visitor: Visitor): readonly NavigationLink[]
}

/** The error handler sends whoever meets it to the sign-in page, and back afterwards. */
class SignInNeeded extends Error {}

/** A form of ours with the token of an earlier session. */
class SendAgain extends Error {}

const noticeCookie = 'notice'
/** What a form without a file may bring. Of a form whose session ended as much is shown again. */
const formLimitBytes = 1_000_000
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export async function createWeb({ config, log, visitorOf, navigation }: WebOptions): Promise<Web> {
  const app: FastifyInstance = fastify({
    loggerInstance: log.child({ part: 'web' }) as FastifyBaseLogger,
    // One line of our own for each request, below: addresses can hold what people looked for.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: formLimitBytes,
    routerOptions: { ignoreTrailingSlash: true },
  })
  const secure = config.publicUrl.startsWith('https://')
  const routes: { method: string; url: string }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map(each => ({ method: each, url })))
  })

  await app.register(cookie, { secret: config.secret })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure,
  })
  // What a page sends is a form. JSON could bring what no form can: something that looks like a file and is none.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  await app.register(formbody)
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: uploadLimitBytes, files: 1, fields: 50, fieldSize: 100_000 },
    async onFile(part) {
      const chunks: Buffer[] = []
      for await (const chunk of part.file) chunks.push(chunk as Buffer)
      const upload: Upload = { name: part.filename, bytes: part.file.truncated ? undefined : Buffer.concat(chunks) }
      Object.assign(part, { value: upload })
    },
  })
  await app.register(serveStatic, {
    root: fileURLToPath(assetsFolder),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    allowedPath: path => /-[0-9a-zA-Z_-]{6,}\.|govuk-frontend/.test(path),
  })

  app.decorateRequest('visitor', undefined)
  app.decorateRequest('notice', undefined)
  app.addHook('onRequest', async (request, reply) => {
    if (isApi(request) || request.url.startsWith('/assets/') || request.url === '/health') return
    reply.header('cache-control', 'no-store')
    if (unsafe.has(request.method) && isFromElsewhere(request, config.publicUrl)) throw crossSite()
    request.visitor = await visitorOf(request)
    // Files are read into memory: only from somebody we know.
    if (!request.visitor && request.headers['content-type']?.startsWith('multipart/')) {
      throw new ServiceError('not-allowed', 'You have been signed out. Sign in, then choose the file again.')
    }
    const said = request.cookies[noticeCookie]
    const unsigned = said ? request.unsignCookie(said) : undefined
    if (unsigned?.valid && request.method === 'GET') request.notice = unsigned.value
  })
  // Every record has a UUID, and no text has a NUL: the database would call either an error of ours.
  app.addHook('preValidation', async request => {
    if (isApi(request)) return
    const params = (request.params ?? {}) as Record<string, string | undefined>
    const wrong = ['id', 'incidentId', 'documentId'].some(name => params[name] !== undefined && !isUuid(params[name]))
    if (wrong || request.url.includes('%00')) throw noSuchAddress()
    request.body = withoutNul(request.body)
  })
  app.addHook('preHandler', async request => {
    if (isApi(request) || !unsafe.has(request.method) || !request.visitor) return
    if (!hasOurToken(request)) {
      throw request.headers['sec-fetch-site'] === 'same-origin' ? new SendAgain() : crossSite()
    }
  })
  app.addHook('onResponse', async (request, reply) => {
    if (request.url.startsWith('/assets/')) return
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })

  const web: Web = {
    app,
    routes,
    acting(request) {
      if (!request.visitor) throw new SignInNeeded()
      if (!request.visitor.acting) {
        throw new ServiceError(
          'not-allowed',
          request.visitor.appointments.length > 0
            ? 'The role you acted in has ended. Choose another under "Your sign-in".'
            : 'You have no role in Weathervane today. Ask the person who manages accounts in your organisation.',
        )
      }
      return request.visitor.acting
    },
    page(request, reply, { status = 200, ...page }) {
      const chrome: Chrome = {
        path: request.url.split('?')[0]!,
        training: config.mode === 'training',
        visitor: request.visitor,
        navigation: request.visitor ? navigation(request.visitor) : [],
        notice: request.notice,
      }
      // Not before a page says it: on the way there may be another redirect.
      if (request.notice) reply.clearCookie(noticeCookie, { path: '/', secure })
      return reply.status(status).type('text/html; charset=utf-8').send(renderPage(chrome, page))
    },
    redirect(reply, path, notice) {
      if (notice)
        reply.setCookie(noticeCookie, notice, {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure,
          signed: true,
          maxAge: 60,
        })
      return reply.redirect(path, 303)
    },
  }

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const isForm = unsafe.has(request.method) && !isApi(request)
    if (isForm && (error instanceof SignInNeeded || error instanceof SendAgain)) {
      const posted = (request.body ?? {}) as Posted
      return web.page(request, reply, {
        status: 401,
        ...ResendPage({ path: request.url, posted, visitor: request.visitor }),
      })
    }
    if (error instanceof SignInNeeded) {
      return reply.redirect(`/sign-in?back=${encodeURIComponent(request.url)}`, 303)
    }
    const status = error instanceof ServiceError ? httpStatusOf[error.kind] : badInputStatus(error)
    if (status >= 500) request.log.error({ err: error, request: request.id }, 'a page failed')
    // Only a form of ours: nobody else's words are shown as what somebody typed here.
    const posted = isForm && hasOurToken(request) ? (request.body as Posted) : undefined
    return web.page(request, reply, { status, ...ErrorPage({ status, error, requestId: request.id, posted }) })
  })
  app.setNotFoundHandler(() => {
    throw noSuchAddress()
  })
  return web
}

function noSuchAddress(): ServiceError {
  return new ServiceError('not-found', 'Check the address, or start again from the home page.')
}

function withoutNul(body: unknown): unknown {
  if (typeof body === 'string') return body.replaceAll('\0', '')
  if (Array.isArray(body)) return body.map(withoutNul)
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, isUpload(value) ? value : withoutNul(value)]),
  )
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/')
}

/** Browsers say themselves where a form came from; older ones send the origin. */
function isFromElsewhere(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site) return site !== 'same-origin' && site !== 'none'
  const { origin } = request.headers
  return origin !== undefined && origin !== new URL(publicUrl).origin && origin !== `http://${request.headers.host}`
}

function hasOurToken({ visitor, body }: FastifyRequest): boolean {
  return visitor !== undefined && isSame((body as Posted | undefined)?.['_csrf'], visitor.csrfToken)
}

/** Takes as long for a token that is nearly right. */
function isSame(sent: unknown, token: string): boolean {
  const [found, right] = [Buffer.from(typeof sent === 'string' ? sent : ''), Buffer.from(token)]
  return found.length === right.length && timingSafeEqual(found, right)
}

function crossSite(): ServiceError {
  return new ServiceError(
    'not-allowed',
    'This form was not sent from a page of Weathervane, or you signed in again or changed role since you opened it. Go back, copy what you typed, reload the page and send it again.',
  )
}

/** Requests that Fastify itself refuses (too large, malformed) are the sender's to mend; everything else is ours. */
function badInputStatus(error: { statusCode?: number }): number {
  return error.statusCode && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500
}
