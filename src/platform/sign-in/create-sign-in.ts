import type { FastifyRequest } from 'fastify'
import type { Acting } from '../acting.ts'
import type { Visitor, Web } from '../web/index.ts'
import { actingForToken } from './api-access.ts'
import { openDoor, type DoorOptions } from './door.ts'
import { registerSignInPages } from './pages.tsx'
import { tokenOf } from './request.ts'
import { visitorWith } from './sessions.ts'
import { registerTrainingPages } from './training-pages.tsx'
import type { TourStop } from './views/training-people.tsx'

export interface SignIn {
  /** Who is at the door, from the cookie: what `createWeb` asks on each request. */
  visitorOf(request: FastifyRequest): Promise<Visitor | undefined>
  /** Who acts with an `Authorization` header of the API. */
  actingForToken(authorization: string | undefined): Promise<Acting | undefined>
  registerPages(web: Web): void
  /** One click signs in, in training mode; in production this does nothing. */
  registerTraining(web: Web, tour: readonly TourStop[]): void
}

export function createSignIn(options: DoorOptions): SignIn {
  const door = openDoor(options)
  return {
    async visitorOf(request) {
      const token = tokenOf(door, request)
      return token ? visitorWith(door, token) : undefined
    },
    actingForToken: authorization => actingForToken(door, authorization),
    registerPages: web => registerSignInPages(web, door),
    registerTraining: (web, tour) => registerTrainingPages(web, door, tour),
  }
}
