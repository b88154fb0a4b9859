import { contextOf, type Tx } from '../database/index.ts'
import type { Visitor } from '../web/index.ts'
import { invalidAt } from '../errors.ts'
import { countForAccount, countForAddress, recordFailure, takeBack } from './attempts.ts'
import { addressHash, type Caller, type Door } from './door.ts'
import { hashPassword, isOutdated, isPassword } from './password.ts'
import { decrypt, encrypt, hashOfToken, newToken } from './secrets.ts'
import { completeSession, endAndRecord, startSession } from './sessions.ts'
import {
  lockAccount,
  pendingSession,
  renewSession,
  saveFailures,
  savePassword,
  saveTotpKey,
  saveTotpStep,
  type Account,
} from './store.ts'
import { codeAppAddress, matchingStep, newTotpKey } from './totp.ts'

/** Once the password is right. `token` belongs in the cookie; `failures` is how many attempts failed before this one. */
export type NextStep =
  { next: 'signed-in'; token: string; failures: number } | { next: 'code' | 'code-app'; token: string }
export type SignInOutcome = NextStep | { next: 'wrong' } | { next: 'address-paused' }

/**
 * The first step: address and password. Wrong, unknown and paused look the same and take as long: nobody learns
 * whether there is such an account.
 */
export async function signInWithPassword(
  door: Door,
  { email, password, caller }: { email: string; password: string; caller: Caller },
): Promise<SignInOutcome> {
  const counted = await countPasswordAttempt(door, { email }, caller)
  if (counted === 'address-paused') return { next: counted }
  const hash = counted?.passwordHash
  const right = await isPassword(password, hash)
  const newHash = right && hash && isOutdated(hash) ? await hashPassword(password) : undefined
  return door.database.as({ task: 'sign-in' }, async tx => {
    const account = counted && (await lockAccount(tx, { personId: counted.personId }))
    if (!right || !account) {
      if (counted) await recordFailure(door, tx, counted)
      return { next: 'wrong' }
    }
    await takeBack(tx, counted, account, addressHash(door, caller))
    if (newHash) await savePassword(tx, account.personId, newHash)
    return afterPassword(door, tx, { ...account, failedCount: account.failedCount - 1 }, caller)
  })
}

async function countPasswordAttempt(
  door: Door,
  who: { email: string } | { personId: string },
  caller: Caller,
): Promise<Account | 'address-paused' | undefined> {
  return door.database.as({ task: 'sign-in' }, async tx => {
    if ((await countForAddress(tx, addressHash(door, caller))) === 'paused') return 'address-paused'
    return countForAccount(tx, await lockAccount(tx, who))
  })
}

/** The password is right or newly chosen: a code comes next. In training nobody needs one who has no code app. */
export async function afterPassword(door: Door, tx: Tx, account: Account, caller: Caller): Promise<NextStep> {
  const { personId } = account
  if (account.totpConfirmed) {
    return { next: 'code', token: await startSession(tx, personId, caller.device, 'password') }
  }
  if (door.mode === 'training') {
    await saveFailures(tx, personId, 0, undefined)
    return {
      next: 'signed-in',
      token: await startSession(tx, personId, caller.device, 'full'),
      failures: account.failedCount,
    }
  }
  if (!account.totpKey) await saveTotpKey(tx, personId, encrypt(door.keys.totp, personId, newTotpKey()))
  return { next: 'code-app', token: await startSession(tx, personId, caller.device, 'password') }
}

/** What somebody between password and code has to do: undefined when they took too long or never began. */
export async function pendingStep(
  door: Door,
  token: string,
): Promise<{ next: 'code' } | { next: 'code-app'; key: string; address: string } | undefined> {
  return door.database.as({ task: 'sign-in' }, async tx => {
    const session = await pendingSession(tx, hashOfToken(token))
    const account = session && (await lockAccount(tx, session))
    if (!account) return undefined
    if (account.totpConfirmed) return { next: 'code' }
    const key = totpKeyOf(door, account)
    return { next: 'code-app', key, address: codeAppAddress(key, account.email) }
  })
}

export type CodeOutcome =
  | { next: 'signed-in'; token: string; failures: number }
  | { next: 'wrong' | 'paused' | 'address-paused' | 'start-again' }

/** The second step: a one-time code. The first code of all confirms the code app. */
export async function signInWithCode(
  door: Door,
  { token, code, caller }: { token: string; code: string; caller: Caller },
): Promise<CodeOutcome> {
  return door.database.as({ task: 'sign-in' }, async tx => {
    const address = addressHash(door, caller)
    const session = await pendingSession(tx, hashOfToken(token))
    if (!session) return { next: 'start-again' }
    if ((await countForAddress(tx, address)) === 'paused') return { next: 'address-paused' }
    const account = await lockAccount(tx, session)
    const counted = await countForAccount(tx, account)
    if (!account || !counted) return { next: 'paused' }
    const step = matchingStep(totpKeyOf(door, account), code, contextOf(tx).now, account.totpLastStep)
    if (step === undefined) {
      await recordFailure(door, tx, counted)
      return { next: counted.lockedUntil ? 'paused' : 'wrong' }
    }
    await takeBack(tx, counted, counted, address)
    await saveFailures(tx, account.personId, 0, undefined)
    await saveTotpStep(tx, account.personId, step)
    return { next: 'signed-in', token: await completeSession(tx, session), failures: account.failedCount }
  })
}

function totpKeyOf(door: Door, { personId, totpKey }: Account): string {
  if (!totpKey) throw new Error(`Person ${personId} has no key for one-time codes.`)
  try {
    return decrypt(door.keys.totp, personId, totpKey)
  } catch (cause) {
    throw new Error(
      `The key for one-time codes of person ${personId} cannot be read. Was SECRET changed? Give it back its value, or send the person a link that forgets their code app.`,
      { cause },
    )
  }
}

/**
 * Changes the password of somebody signed in; their other sessions end, this one goes on under a new token.
 * @returns the new token
 * @throws ServiceError 'invalid' when the current password is wrong or attempts are paused
 */
export async function changePassword(
  door: Door,
  visitor: Visitor,
  { current, chosen, caller }: { current: string; chosen: string; caller: Caller },
): Promise<string> {
  const counted = await countPasswordAttempt(door, visitor, caller)
  const account = counted === 'address-paused' ? undefined : counted
  const right = await isPassword(current, account?.passwordHash)
  const hash = right ? await hashPassword(chosen) : undefined
  const token = await door.database.as({ task: 'sign-in' }, async tx => {
    const now = account && (await lockAccount(tx, visitor))
    if (!account || !now || !hash) {
      if (account) await recordFailure(door, tx, account)
      return undefined
    }
    await takeBack(tx, account, now, addressHash(door, caller))
    await savePassword(tx, visitor.personId, hash)
    await endAndRecord(tx, visitor.personId, { allBut: visitor.sessionId })
    const renewed = newToken()
    await renewSession(tx, visitor.sessionId, { tokenHash: hashOfToken(renewed) })
    return renewed
  })
  if (token) return token
  throw invalidAt('currentPassword', wrongCurrentPassword)
}

const wrongCurrentPassword = 'Enter your current password. After 5 wrong attempts checking it pauses for 15 minutes'
