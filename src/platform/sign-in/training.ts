import type { Visitor } from '../web/index.ts'
import type { Caller, Door } from './door.ts'
import { endAndRecord, startSession } from './sessions.ts'
import { lockAccount, trainees, type Trainee } from './store.ts'
import { ServiceError } from '../errors.ts'

/** The people of the training country who may sign in today, once for each role. */
export async function listTrainees(door: Door): Promise<Trainee[]> {
  return door.database.as({ task: 'sign-in' }, trainees)
}

/**
 * Signs in as somebody of the training country, without a password.
 * @returns the token for the cookie
 * @throws Error outside training mode, whoever calls it
 * @throws ServiceError 'not-found'
 */
export async function signInAsTrainee(
  door: Door,
  { personId, visitor, caller }: { personId: string; visitor: Visitor | undefined; caller: Caller },
): Promise<string> {
  if (door.mode !== 'training') throw new Error('Nobody signs in without a password outside the training country.')
  return door.database.as({ task: 'sign-in' }, async tx => {
    const account = await lockAccount(tx, { personId })
    if (!account) throw new ServiceError('not-found', 'This person is not there any more. Choose another.')
    if (visitor) await endAndRecord(tx, visitor.personId, { only: visitor.sessionId })
    return startSession(tx, account.personId, caller.device, 'full')
  })
}
