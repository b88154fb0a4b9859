import { sql } from 'kysely'
import type { Tx } from '../database/index.ts'

/** A job whose last try failed. */
export interface JobFailure {
  id: string
  name: string
  /** `retry`: it will be tried again at `nextAt`. `failed`: it was given up, and is kept. */
  state: 'retry' | 'failed'
  /** How often it was tried. */
  tries: number
  message: string
  failedAt: Date
  nextAt: Date | undefined
  payload: unknown
}

/** The last failures, newest first. Whether the reader may see them, the page decides: the queue has no policies. */
export async function readFailures(tx: Tx, limit = 50): Promise<JobFailure[]> {
  const { rows } = await sql<{
    id: string
    name: string
    state: 'retry' | 'failed'
    tries: number
    message: string | null
    failed_at: Date
    next_at: Date
    payload: unknown
  }>`
    select job.id, job.name, job.state::text as state, job.retry_count + 1 as tries,
           coalesce(job.output ->> 'message', job.output -> 'value' ->> 'message') as message,
           coalesce(job.completed_on, job.started_on, job.created_on) as failed_at, job.start_after as next_at,
           job.data as payload
    from pgboss.job
    where job.state in ('retry', 'failed')
    order by failed_at desc, job.id
    limit ${limit}`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    state: row.state,
    tries: row.tries,
    message: row.message ?? 'The process stopped before it said why.',
    failedAt: row.failed_at,
    nextAt: row.state === 'retry' ? row.next_at : undefined,
    payload: row.payload,
  }))
}

export interface JobCounts {
  /** Due and not yet taken. */
  waiting: number
  /** How long the one that waits longest has been due; 0 when none waits. A worker takes jobs within seconds. */
  longestWaitSeconds: number
  /** Failed and to be tried again. */
  retrying: number
  /** Given up: somebody must look. */
  failed: number
}

export async function countJobs(tx: Tx): Promise<JobCounts> {
  const { rows } = await sql<{ waiting: number; longest: number; retrying: number; failed: number }>`
    select count(*) filter (where job.state <> 'failed' and job.start_after <= now())::int4 as waiting,
           coalesce(extract(epoch from now() - min(job.start_after)
             filter (where job.state <> 'failed' and job.start_after <= now())), 0)::int4 as longest,
           count(*) filter (where job.state = 'retry')::int4 as retrying,
           count(*) filter (where job.state = 'failed')::int4 as failed
    from pgboss.job
    where job.state in ('created', 'retry', 'failed')`.execute(tx)
  const { waiting, longest, retrying, failed } = rows[0]!
  return { waiting, longestWaitSeconds: longest, retrying, failed }
}
