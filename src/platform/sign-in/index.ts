import type { Role } from '../access/index.ts'

export { createSignIn } from './create-sign-in.ts'
export type { SignIn } from './create-sign-in.ts'
export { appoint } from './people.ts'
export type { Appointed, NewAppointment } from './people.ts'
export { hashOfToken, newToken } from './secrets.ts'
export { forgetOldSignIns } from './sessions.ts'
export { createSetUpLink } from './set-up-link.ts'
export { createApiToken } from './tokens.ts'
export type { CreatedToken, NewToken } from './tokens.ts'
export type { TourStop } from './views/training-people.tsx'

/** What signing in leaves behind. No timeline tells of it. */
declare module '../events/index.ts' {
  interface EventDetails {
    'person.added': undefined
    'person.appointed': { appointment: string; role: Role; body: string; from: string }
    'role.switched': { appointment: string; role: Role }
    'session.ended': { session: string }
    'sign-in.failed': undefined
    'sign-in.locked': { until: string; failures: number }
    'sign-in.succeeded': undefined
    'token.created': { token: string; appointment: string; days: number }
  }
}
