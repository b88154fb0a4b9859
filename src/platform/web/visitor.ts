import type { Acting } from '../acting.ts'
import type { Role } from '../access/index.ts'

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
  interface FastifyRequest {
    visitor: Visitor | undefined
    /** Said once, at the top of the next page. */
    notice: string | undefined
  }
}
