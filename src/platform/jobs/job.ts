import type { z } from 'zod'
import type { Database } from '../database/index.ts'

/** What is needed to ask for a job; whoever runs it needs `run` as well. */
export interface JobKind<Payload> {
  /** Thing and verb: `mail.send`. */
  readonly name: string
  /** Ids, codes and dates: the queue is outside row-level security, so nothing about a child goes in. */
  readonly payload: z.ZodType<Payload>
  /** Why nothing is harmed when it runs twice, in one line. The page of failures shows it beside "try again". */
  readonly whyTwice: string
  readonly retry?: Retry
}

export interface Retry {
  /** How often it is tried again before it is kept as failed. */
  limit: number
  /** The wait before the second try; each later one about doubles it. */
  firstAfterSeconds: number
  atMostSeconds: number
}

export interface Job<Payload> extends JobKind<Payload> {
  /** Opens its own transactions. What it throws is tried again. */
  run(database: Database, payload: Payload): Promise<void>
  /** Runs by the clock, this many minutes apart, once however many processes there are. */
  readonly everyMinutes?: number
}

/** A job of any payload. */
export type AnyJob = Job<unknown>

export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job
}
