import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Posted } from '../web/index.ts'
import type { Caller, Door } from './door.ts'
import { deviceOf } from './device.ts'

export function callerOf(request: FastifyRequest): Caller {
  return { address: request.ip, device: deviceOf(request.headers['user-agent']) }
}

/** A text field as it was typed; empty when it did not come, or not as one text. */
export function textIn(request: FastifyRequest, field: string): string {
  const value = (request.body as Posted | undefined)?.[field]
  return typeof value === 'string' ? value : ''
}

/** Where to go after signing in. Only paths of ours: an address from elsewhere would make us a sign post to it. */
export function backPath(asked: unknown): string {
  const ours = 'http://weathervane.invalid'
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, ours)) return '/'
  const url = new URL(asked, ours)
  const path = url.pathname + url.search
  // What stands for nothing in a path is taken out only here: of `/.//elsewhere` an address is left.
  return url.origin === ours && !path.startsWith('//') ? path : '/'
}

export function tokenOf(door: Door, request: FastifyRequest): string | undefined {
  return request.cookies[door.cookieName]
}

/** Ends with the browser; the database ends it earlier. */
export function giveToken(door: Door, reply: FastifyReply, token: string): void {
  reply.setCookie(door.cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: door.publicUrl.startsWith('https://'),
  })
}

export function takeToken(door: Door, reply: FastifyReply): void {
  reply.clearCookie(door.cookieName, { path: '/', secure: door.publicUrl.startsWith('https://') })
}
