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
import type { LinkPurpose } from '../access/index.ts'
import type { Acting } from '../acting.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/index.ts'
import { httpStatusOf, ServiceError } from '../errors.ts'
import { uploadLimitBytes } from '../files/index.ts'
import { assetsFolder } from './assets.ts'
import { ErrorPage } from './error-page.tsx'
import { EndedLinkPage, LinkLandingPage } from './link-pages.tsx'
import type { Chrome, NavigationLink, PageProps } from './layout.tsx'
import type { FoundLink, LinkDoor, OpenedLink } from './opened-link.ts'
import { isUpload, isUuid, type Posted, type Upload } from './posted-form.ts'
import { keepPublic, type KeptPublic } from './kept-public.ts'
import { askedOf, sendable, sendToAnybody, type PublicAnswer, type PublicAsked } from './public-page.ts'
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
  /**
   * A page, a file or a feed for everybody, who all get the same bytes: it reads no cookie and sets none, knows no
   * visitor, and may be kept by caches. It reads only what a publication wrote: never a working table.
   */
  publicPage(url: string, answer: (asked: PublicAsked) => Promise<PublicAnswer>): void
  /** Keeps what a public page or the API answers, until something public changes. */
  readonly keptPublic: KeptPublic
  /**
   * A page for whoever comes with a link of this purpose, at `/with-link/:token/PURPOSE` and below (`path` begins with
   * a slash). Mail systems open links to look at them: a page that is fetched changes nothing, and what changes
   * something is a form with `<FormToken visitor={link} />`.
   */
  linkPage(
    purpose: LinkPurpose,
    method: 'GET' | 'POST',
    path: string,
    handle: (link: OpenedLink, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ): void
  /** Goes to another page, with something said there once. */
  redirect(reply: FastifyReply, path: string, notice?: string): FastifyReply
  /** A file to keep: never shown by the browser itself, and never stored on the way. */
  download(reply: FastifyReply, file: Download): FastifyReply
}

interface Download {
  /** With its ending, as it was given or as we name it. */
  name: string
  type: string
  bytes: Uint8Array
}

export interface WebOptions {
  config: Config
  log: Logger
  /** Finds out who is at the door: from the cookie, or undefined. */
  visitorOf(request: FastifyRequest): Promise<Visitor | undefined>
  navigation(visitor: Visitor): readonly NavigationLink[]
  /** What the doors for people without an account stand on. Pages for them cannot be added without it. */
  open?: {
    ask: Database['ask']
    links: LinkDoor
    /** What the pages for everybody lead to. */
    navigation: readonly NavigationLink[]
  }
}

/** The error handler sends whoever meets it to the sign-in page, and back afterwards. */
class SignInNeeded extends Error {}

/** A form of ours with the token of an earlier session. */
class SendAgain extends Error {}

const htmlType = 'text/html; charset=utf-8'
const noticeCookie = 'notice'
/** What a form without a file may bring. Of a form whose session ended as much is shown again. */
const formLimitBytes = 1_000_000
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export async function createWeb({ config, log, visitorOf, navigation, open }: WebOptions): Promise<Web> {
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
  app.decorateRequest('link', undefined)
  app.decorateRequest('notice', undefined)
  app.addHook('onRequest', async (request, reply) => {
    if (isApi(request) || request.url.startsWith('/assets/') || request.url === '/health') return
    reply.header('cache-control', 'no-store')
    // Also where it is refused, or leads nowhere: its address is the key.
    if (request.url.startsWith('/with-link/')) {
      reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex')
    }
    if (unsafe.has(request.method) && isFromElsewhere(request, config.publicUrl)) throw crossSite()
    if (request.routeOptions.config.door) return
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
    const wrong = Object.entries(params).some(([name, value]) => /^id$|Id$/.test(name) && !isUuid(value ?? ''))
    if (wrong || request.url.includes('%00')) throw noSuchAddress()
    request.body = withoutNul(request.body)
  })
  app.addHook('preHandler', async request => {
    if (isApi(request) || !unsafe.has(request.method) || !request.visitor) return
    if (!hasOurToken(request)) {
      throw request.headers['sec-fetch-site'] === 'same-origin' ? new SendAgain() : crossSite()
    }
  })
  // A link is looked up before its form is read: what comes without one is never taken in.
  const found = new WeakMap<FastifyRequest, FoundLink>()
  app.addHook('onRequest', async request => {
    if (request.routeOptions.config.door !== 'link') return
    if (request.headers['content-type']?.startsWith('multipart/')) {
      throw new ServiceError('not-allowed', 'With a link no file can be sent.')
    }
    const link = await open!.links.find((request.params as { token: string }).token, request.ip)
    found.set(request, link)
    if (link.state === 'open') request.link = link.opened
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

  const emptyChrome = (request: FastifyRequest): Chrome => ({
    path: request.url.split('?')[0]!,
    training: config.mode === 'training',
    visitor: undefined,
    navigation: [],
    everybody: open?.navigation ?? [],
    notice: undefined,
  })

  const showEnded = (request: FastifyRequest, reply: FastifyReply, { state, opened }: FoundLink) =>
    web.page(request, reply, {
      status: state === 'paused' ? 429 : 404,
      ...EndedLinkPage({
        state,
        ring: config.helpPhone,
        // Only words that came with this link's own form are shown as typed.
        posted:
          opened && isSame((request.body as Posted | undefined)?.['_csrf'], opened.csrfToken)
            ? (request.body as Posted)
            : {},
      }),
    })

  const web: Web = {
    app,
    routes,
    keptPublic: keepPublic(async statement => open!.ask(statement)),
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
        ...emptyChrome(request),
        visitor: request.visitor,
        navigation: request.visitor ? navigation(request.visitor) : [],
        notice: request.notice,
        holder: request.link?.holder,
      }
      // Not before a page says it: on the way there may be another redirect.
      if (request.notice) reply.clearCookie(noticeCookie, { path: '/', secure })
      return reply.status(status).type(htmlType).send(renderPage(chrome, page))
    },
    publicPage(url, answer) {
      const { ask } = open!
      const pageOf = (request: FastifyRequest, page: PageProps & { index?: boolean }) =>
        renderPage({ ...emptyChrome(request), anybody: { index: page.index ?? false } }, page)
      app.get(url, { config: { door: 'anybody' } }, async (request, reply) => {
        const given = await web.keptPublic(request.url, async () => {
          const made = await answer(askedOf(request, ask))
          return made && sendable('body' in made ? made : { ...made, type: htmlType, body: pageOf(request, made) })
        })
        if (given) return sendToAnybody(request, reply, given)
        const page = ErrorPage({ status: 404, error: nothingPublished(), requestId: request.id })
        return reply.status(404).header('x-robots-tag', 'noindex').type(htmlType).send(pageOf(request, page))
      })
    },
    linkPage(purpose, method, path, handle) {
      app.route<{ Params: { token: string } }>({
        method,
        url: `/with-link/:token/${purpose}${path}`,
        config: { door: 'link' },
        async handler(request, reply) {
          const link = found.get(request)!
          const opened = link.state === 'open' ? link.opened : undefined
          if (opened && opened.purpose !== purpose) throw noSuchAddress()
          if (!opened) return showEnded(request, reply, link)
          if (method === 'POST' && !hasLinkToken(request)) throw crossSite()
          // Not before somebody clicked: a system that opens every address in a mail sees none of this.
          if (opened.openedCount === 0) return reply.redirect(`/with-link/${request.params.token}`, 303)
          return handle(opened, request, reply)
        },
      })
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
    download(reply, { name, type, bytes }) {
      return reply
        .type(type)
        .header('content-disposition', attachment(name))
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(Buffer.from(bytes))
    },
  }

  if (open) {
    const { links } = open
    app.get<{ Params: { token: string } }>(
      '/with-link/:token',
      { config: { door: 'link' } },
      async (request, reply) => {
        const link = found.get(request)!
        if (link.state !== 'open') return showEnded(request, reply, link)
        return web.page(request, reply, LinkLandingPage({ link: link.opened }))
      },
    )
    app.post<{ Params: { token: string } }>(
      '/with-link/:token',
      { config: { door: 'link' } },
      async (request, reply) => {
        const link = found.get(request)!
        if (link.state !== 'open') return showEnded(request, reply, link)
        if (!hasLinkToken(request)) throw crossSite()
        await links.countOpening(link.opened.id)
        return reply.redirect(`/with-link/${request.params.token}/${link.opened.purpose}`, 303)
      },
    )
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

/** RFC 6266: the name in UTF-8, and for old browsers one without letters that a header cannot hold. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    letter => `%${letter.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '-')}"; filename*=UTF-8''${encoded}`
}

function noSuchAddress(): ServiceError {
  return new ServiceError('not-found', 'Check the address, or start again from the home page.')
}

function nothingPublished(): ServiceError {
  return new ServiceError('not-found', 'Nothing is published at this address. Check it, or start again from the list.')
}

function withoutNul(body: unknown): unknown {
  if (typeof body === 'string') return body.replaceAll('\0', '')
  if (Array.isArray(body)) return body.map(withoutNul)
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, isUpload(value) ? value : withoutNul(value)]),
  )
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

function hasOurToken(request: FastifyRequest): boolean {
  const { visitor, body } = request
  if (request.link) return hasLinkToken(request)
  return visitor !== undefined && isSame((body as Posted | undefined)?.['_csrf'], visitor.csrfToken)
}

function hasLinkToken({ link, body }: FastifyRequest): boolean {
  return link !== undefined && isSame((body as Posted | undefined)?.['_csrf'], link.csrfToken)
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
