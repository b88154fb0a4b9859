import { contextOf, type Tx } from '../database/index.ts'
import { recordEvent } from '../events/index.ts'
import type { Door } from './door.ts'
import { addFailureFrom, failuresFrom, lockAddress, removeFailureFrom, saveFailures, type Account } from './store.ts'

/** Wrong attempts after which an account pauses, and again after as many more. */
export const failuresBeforePause = 5
export const firstPauseMinutes = 15
/** The pause doubles each time up to here. Bounded, because whoever knows an address could keep its owner out. */
export const longestPauseMinutes = 240
/** Offices share one address, so it may fail more often than one account. */
export const failuresBeforeAddressPause = 30
export const addressPauseMinutes = 15

/** How long an account pauses after so many wrong attempts in a row; 0 when it does not. */
export function pauseMinutesAfter(failures: number): number {
  if (failures === 0 || failures % failuresBeforePause !== 0) return 0
  return Math.min(firstPauseMinutes * 2 ** (failures / failuresBeforePause - 1), longestPauseMinutes)
}

export function isPaused(account: Account, now: Date): boolean {
  return account.lockedUntil !== undefined && account.lockedUntil > now
}

/**
 * Counts an attempt as wrong before it is checked, so that a hundred at once get no more tries than five in a row.
 * `takeBack` says that it was right.
 * @returns 'paused' where this address may not try now
 */
export async function countForAddress(tx: Tx, addressHash: string): Promise<'counted' | 'paused'> {
  await lockAddress(tx, addressHash)
  const since = minutesAfter(contextOf(tx).now, -addressPauseMinutes)
  if ((await failuresFrom(tx, addressHash, since)) >= failuresBeforeAddressPause) return 'paused'
  await addFailureFrom(tx, addressHash)
  return 'counted'
}

/** The same for the account. @returns the account as it stands now; undefined where it pauses or there is none */
export async function countForAccount(tx: Tx, account: Account | undefined): Promise<Account | undefined> {
  const { now } = contextOf(tx)
  if (!account?.passwordHash || isPaused(account, now)) return undefined
  const failedCount = account.failedCount + 1
  const pause = pauseMinutesAfter(failedCount)
  const lockedUntil = pause > 0 ? minutesAfter(now, pause) : undefined
  await saveFailures(tx, account.personId, failedCount, lockedUntil)
  return { ...account, failedCount, lockedUntil }
}

/** The attempt was right. `now` is the account as it was found after counting: others may have tried since. */
export async function takeBack(tx: Tx, counted: Account, now: Account, addressHash: string): Promise<void> {
  await removeFailureFrom(tx, addressHash)
  const ours = now.lockedUntil?.getTime() === counted.lockedUntil?.getTime()
  await saveFailures(tx, now.personId, Math.max(0, now.failedCount - 1), ours ? undefined : now.lockedUntil)
}

/** The attempt was wrong: tells the story. */
export async function recordFailure(door: Door, tx: Tx, counted: Account): Promise<void> {
  await recordEvent(tx, { kind: 'sign-in.failed', subject: 'people', objectId: counted.personId })
  if (!counted.lockedUntil) return
  door.log.warn({ person: counted.personId }, 'sign-in pauses after wrong attempts')
  await recordEvent(tx, {
    kind: 'sign-in.locked',
    subject: 'people',
    objectId: counted.personId,
    detail: { until: counted.lockedUntil.toISOString(), failures: counted.failedCount },
  })
}

export function minutesAfter(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * 60_000)
}
