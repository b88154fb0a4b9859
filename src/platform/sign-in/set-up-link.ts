import { contextOf, type Tx } from '../database/index.ts'
import { ServiceError } from '../errors.ts'
import { minutesAfter } from './attempts.ts'
import type { Caller, Door } from './door.ts'
import { hashPassword } from './password.ts'
import { hashOfToken, newToken } from './secrets.ts'
import { endAndRecord } from './sessions.ts'
import { afterPassword, type NextStep } from './sign-in.ts'
import {
  addLink,
  lockAccount,
  lockLink,
  saveFailures,
  savePassword,
  saveTotpKey,
  useUpLinks,
  type LinkOwner,
} from './store.ts'

/** Over a long weekend and a day of leave. */
const linkDays = 7

/**
 * A link by which this person chooses a password, once, within seven days: for a new account, and again when they
 * cannot sign in. It also ends a pause after wrong attempts. Runs as the task `sign-in`.
 * @param options.forgetCodeApp the phone is lost: the person sets up a code app anew. Only after making sure who asks
 * @returns the address to hand to the person
 */
export async function createSetUpLink(
  tx: Tx,
  personId: string,
  publicUrl: string,
  options: { forgetCodeApp?: boolean } = {},
): Promise<string> {
  const token = newToken()
  await addLink(tx, {
    tokenHash: hashOfToken(token),
    personId,
    expiresAt: minutesAfter(contextOf(tx).now, linkDays * 24 * 60),
    forgetsCodeApp: options.forgetCodeApp ?? false,
  })
  return `${publicUrl}/sign-in/set-up/${token}`
}

/** @throws ServiceError 'not-found' when the link was used, is too old or never was */
export async function ownerOfLink(door: Door, token: string): Promise<LinkOwner> {
  return door.database.as({ task: 'sign-in' }, tx => validLink(tx, token))
}

async function validLink(tx: Tx, token: string): Promise<LinkOwner> {
  const owner = await lockLink(tx, hashOfToken(token))
  if (owner) return owner
  throw new ServiceError(
    'not-found',
    `This link was used already, or is more than ${linkDays} days old. Ask the person who manages accounts in your organisation for a new one.`,
  )
}

/**
 * Chooses a password with a link. Every session and every other link of the person ends.
 * @throws ServiceError 'not-found' when the link was used, is too old or never was
 */
export async function choosePassword(
  door: Door,
  { token, password, caller }: { token: string; password: string; caller: Caller },
): Promise<NextStep> {
  const hash = await hashPassword(password)
  return door.database.as({ task: 'sign-in' }, async tx => {
    const owner = await validLink(tx, token)
    await useUpLinks(tx, owner.personId)
    await savePassword(tx, owner.personId, hash)
    await saveFailures(tx, owner.personId, 0, undefined)
    if (owner.forgetsCodeApp) await saveTotpKey(tx, owner.personId, undefined)
    await endAndRecord(tx, owner.personId, 'all')
    const account = await lockAccount(tx, owner)
    if (!account) throw new Error(`Person ${owner.personId} left while they chose a password.`)
    return afterPassword(door, tx, account, caller)
  })
}
