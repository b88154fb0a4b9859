import { z } from 'zod'
import type { Database } from '../database/index.ts'
import { defineJob, type Job } from './job.ts'

/**
 * A job that runs by the clock. Each span of `minutes` (counted from 1970, so all processes agree) has one run, in one
 * process; a run that outlasts its span delays the next. `run` must bear a second run after a crash.
 * @throws RangeError when `minutes` is no whole number from 1 to 1440
 */
export function every(
  minutes: number,
  name: string,
  run: (database: Database) => Promise<void>,
): Job<Record<string, never>> {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) {
    throw new RangeError(`${name} is to run every ${minutes} minutes. Give a whole number from 1 to 1440.`)
  }
  return defineJob({
    name,
    payload: z.strictObject({}),
    whyTwice: 'It runs by the clock, and does only what is still to be done.',
    retry: { limit: 2, firstAfterSeconds: 30, atMostSeconds: 300 },
    everyMinutes: minutes,
    run: database => run(database),
  })
}
