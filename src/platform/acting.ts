import { reachOf, type Action, type Role, type Subject } from './access/index.ts'
import type { Database, Tx } from './database/index.ts'
import { ServiceError } from './errors.ts'

/** A person in one of their appointments: what every use case is handed. */
export interface Acting {
  readonly personId: string
  readonly name: string
  readonly appointmentId: string
  readonly role: Role
  /** The body the appointment is to: an authority, a partnership, a police force, an ICB, a region or the nation. */
  readonly bodyCode: string
  readonly bodyName: string
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export function actAs(database: Pick<Database, 'as'>, who: Omit<Acting, 'transaction'>): Acting {
  return { ...who, transaction: work => database.as({ person: who.personId, appointment: who.appointmentId }, work) }
}

/**
 * Asks the access table whether this role may do this at all; which rows it reaches, row-level security decides.
 * @throws ServiceError 'not-allowed'
 */
export function ensureMay(acting: { role: Role }, action: Action, subject: Subject): void {
  if (!may(acting, action, subject)) {
    throw new ServiceError('not-allowed', 'Your role does not allow this. See Help, Who sees what.')
  }
}

export function may(acting: { role: Role }, action: Action, subject: Subject): boolean {
  return reachOf(acting.role, action, subject).length > 0
}
