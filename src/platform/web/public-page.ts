import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/index.ts'
import type { PageProps } from './layout.tsx'

/** All that a public page is made from. It never learns who asks: there is no request to read a cookie from. */
export interface PublicAsked {
  params: Readonly<Record<string, string>>
  /** What stands behind the question mark, each once. */
  query: Readonly<Record<string, string>>
  /** One reading statement, as nobody: of tables with people in them it finds no row. */
  ask: Database['ask']
}

interface Kept {
  /** How long it may be shown from a cache without asking us, in seconds: 0 where it may have to vanish at once. */
  maxAge?: number
  /** Whether search engines may list it. */
  index?: boolean
}
/** A page, something to fetch, or undefined where nothing is published there. */
export type PublicAnswer =
  (PageProps & Kept) | (Kept & { type: string; body: string | Uint8Array; fileName?: string }) | undefined

/** Usual for what changes when somebody publishes: a minute late is no harm. */
const usualMaxAge = 60

export function askedOf(request: FastifyRequest, ask: Database['ask']): PublicAsked {
  const query = Object.entries((request.query ?? {}) as Record<string, unknown>).flatMap(([name, value]) => {
    const [first] = [value].flat()
    return typeof first === 'string' ? [[name, first.replaceAll('\0', '')]] : []
  })
  return {
    params: request.params as Record<string, string>,
    query: Object.fromEntries(query) as Record<string, string>,
    ask,
  }
}

/** As it goes over the wire, named by its content. */
export interface Sendable extends Kept {
  type: string
  body: Buffer
  etag: string
  fileName?: string
}

/** Made once for all who ask, however long it is. */
export function sendable(answer: Kept & { type: string; body: string | Uint8Array; fileName?: string }): Sendable {
  const body = Buffer.from(answer.body)
  return { ...answer, body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"` }
}

/** Sends what everybody gets alike: whoever has it already is told so, and gets nothing. */
export function sendToAnybody(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, body, etag, maxAge = usualMaxAge, index = false, fileName }: Sendable,
): FastifyReply {
  reply.header('cache-control', `public, max-age=${maxAge}, must-revalidate`).header('etag', etag)
  if (!index) reply.header('x-robots-tag', 'noindex')
  if (fileName) reply.header('content-disposition', `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '-')}"`)
  const known = request.headers['if-none-match']?.split(',').map(each => each.trim().replace(/^W\//, ''))
  if (known?.includes(etag)) return reply.status(304).send()
  return reply.type(type).send(body)
}
