import { z } from 'zod'
import type { Acting } from '../acting.ts'
import { contextOf, type Tx } from '../database/index.ts'
import { ApiProblem } from './problem.ts'

/** One use of an `Idempotency-Key`. */
export interface KeyUse {
  key: string
  /** Keyed hash of all that the answer depends on. */
  requestHash: string
}

const dayMs = 86_400_000
const done = z.object({ incidentId: z.uuid() })

/**
 * Does the work of one use case, or finds what an earlier request with the same key did within the last 24 hours. The
 * key is taken in the transaction of the work itself: of two requests at once the second waits, and one that fails
 * leaves the key free.
 *
 * @param work one transaction; what it returns there must hold the `incidentId` it was about
 * @returns the incident it was about
 * @throws ApiProblem 'key-used' when the key belongs to another request
 */
export async function once(
  acting: Acting,
  use: KeyUse,
  work: (acting: Acting) => Promise<{ incidentId: string }>,
): Promise<string> {
  try {
    const result = await work({
      ...acting,
      transaction: inner =>
        acting.transaction(async tx => {
          const before = await takeKey(tx, acting.personId, use)
          if (before !== undefined) throw new DoneBefore(before)
          const result = await inner(tx)
          await keepResult(tx, acting.personId, use.key, done.parse(result).incidentId)
          return result
        }),
    })
    return result.incidentId
  } catch (error) {
    if (error instanceof DoneBefore) return error.incidentId
    throw error
  }
}

/** Leaves the transaction of a repeated request before the work is done again. */
class DoneBefore extends Error {
  readonly incidentId: string

  constructor(incidentId: string) {
    super('This was done before.')
    this.incidentId = incidentId
  }
}

/** @returns what an earlier use of the key was about; undefined when this is the first */
async function takeKey(tx: Tx, personId: string, { key, requestHash }: KeyUse): Promise<string | undefined> {
  const { now } = contextOf(tx)
  await tx.deleteFrom('idempotency_key').where('person_id', '=', personId).where('expires_at', '<=', now).execute()
  const taken = await tx
    .insertInto('idempotency_key')
    .values({ person_id: personId, key, request_hash: requestHash, expires_at: new Date(now.getTime() + dayMs) })
    .onConflict(conflict => conflict.columns(['person_id', 'key']).doNothing())
    .executeTakeFirst()
  if (taken.numInsertedOrUpdatedRows === 1n) return undefined
  const before = await tx
    .selectFrom('idempotency_key')
    .select(['request_hash', 'incident_id'])
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (before.request_hash !== requestHash || before.incident_id === null) {
    throw new ApiProblem(
      'key-used',
      'You used this Idempotency-Key for another request. Draw a new key for each request.',
    )
  }
  return before.incident_id
}

async function keepResult(tx: Tx, personId: string, key: string, incidentId: string): Promise<void> {
  await tx
    .updateTable('idempotency_key')
    .set({ incident_id: incidentId })
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .execute()
}
