import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { fromKysely, PgBoss, type QueueOptions } from 'pg-boss'
import type { Tx } from '../database/index.ts'
import type { JobKind } from './job.ts'

/** Jobs that have run, and failures, are kept this long. */
const keepSeconds = 90 * 24 * 3600
const keepScheduledSeconds = 7 * 24 * 3600
const usualRetry = { limit: 12, firstAfterSeconds: 30, atMostSeconds: 4 * 3600 }

/** How pg-boss keeps one kind of job. */
export function queueOptions(job: JobKind<unknown> & { everyMinutes?: number }): QueueOptions {
  const retry = job.retry ?? usualRetry
  return {
    retryLimit: retry.limit,
    retryDelay: retry.firstAfterSeconds,
    retryBackoff: true,
    retryDelayMax: Math.max(retry.atMostSeconds, 1),
    // Still running after this: the process is dead, and another takes it up.
    expireInSeconds: 900,
    retentionSeconds: keepSeconds,
    deleteAfterSeconds: job.everyMinutes ? keepScheduledSeconds : keepSeconds,
  }
}

/** A writer of pg-boss that was never started: it knows this transaction and nothing else. */
const writers = new WeakMap<Tx, PgBoss>()

/**
 * Asks for a job in the transaction that makes it necessary: it is there when the transaction commits, or never. No
 * worker needs to run here.
 * @param options.key a second job of this kind with the same key is not stored, as long as the first is kept
 * @returns false when a job with this key is there already
 */
export async function enqueue<Payload extends object>(
  tx: Tx,
  job: JobKind<Payload>,
  payload: Payload,
  options: { key?: string } = {},
): Promise<boolean> {
  const checked = job.payload.parse(payload)
  const writer = writers.get(tx) ?? new PgBoss({ db: fromKysely(tx), registerInstance: false })
  writers.set(tx, writer)
  const send = () =>
    writer.send(job.name, checked, options.key === undefined ? {} : { id: idOfKey(job.name, options.key) })
  const stored = await send().catch(async (error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'PGBOSS_QUEUE_NOT_FOUND')) throw error
    // The first job of its kind, before any worker started. (`createQueue` would commit this transaction.)
    await sql`select pgboss.create_queue(${job.name}, ${JSON.stringify({ policy: 'standard', ...queueOptions(job) })}::jsonb)`.execute(
      tx,
    )
    return send()
  })
  return stored !== null
}

/** A key of pg-boss does not tell doubles apart on a plain queue; a fixed id does. RFC 9562, version 8. */
function idOfKey(name: string, key: string): string {
  const hash = createHash('sha256').update(`${name} ${key}`).digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}
