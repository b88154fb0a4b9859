import type { Acting } from '../acting.ts'
import type { Role } from '../access/index.ts'
import type { OpenedLink } from './opened-link.ts'

/** One appointment a person may act in. */
export interface Appointment {
  id: string
  role: Role
  bodyCode: string
  bodyName: string
}

/** Somebody signed in. Without an appointment in force they may only sign out and see their own sign-in. */
export interface Visitor {
  sessionId: string
  personId: string
  name: string
  /** What each form of theirs must bring back. */
  csrfToken: string
  acting: Acting | undefined
  appointments: readonly Appointment[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not for people with an account: for anybody, or for whoever comes with a link. No cookie is read there. */
    door?: 'anybody' | 'link'
  }
  interface FastifyRequest {
    visitor: Visitor | undefined
    /** What whoever is not signed in came with. */
    link: OpenedLink | undefined
    /** Said once, at the top of the next page. */
    notice: string | undefined
  }
}
