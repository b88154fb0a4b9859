import { PgBoss, type Db, type JobResult, type JobWithMetadata } from 'pg-boss'
import type { Database } from '../database/index.ts'
import type { Logger } from '../log.ts'
import { queueOptions } from './enqueue.ts'
import { countJobs, readFailures, type JobCounts, type JobFailure } from './failures.ts'
import type { AnyJob } from './job.ts'

export interface RunningJobs {
  /** Waits for what runs, up to 20 seconds; what is left is taken up again later, here or elsewhere. */
  stop(): Promise<void>
  lastFailures(limit?: number): Promise<(JobFailure & { whyTwice: string | undefined })[]>
  state(): Promise<JobCounts & { running: boolean }>
}

export interface JobsOptions {
  /** How often an idle worker asks for jobs. The embedded database answers one question at a time, so not too often. */
  pollSeconds?: number
  /** How often the clock of `every` is looked at. */
  clockSeconds?: number
}

/** How many of one kind are taken at a time. They run one after the other. */
const batchSize = 10

/**
 * Runs jobs in this process as the application's role. Any number of processes may: one job is taken by one of them.
 * @throws Error when the job tables are not those of this release
 */
export async function startJobs(
  database: Database,
  jobs: readonly AnyJob[],
  log: Logger,
  options: JobsOptions = {},
): Promise<RunningJobs> {
  const boss = new PgBoss({
    db: overPool(database),
    migrate: false,
    createSchema: false,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    // What a dead process left unfinished is found within these two, and jobs past their keeping are deleted.
    superviseIntervalSeconds: 60,
    monitorIntervalSeconds: 120,
    maintenanceIntervalSeconds: 3600,
    flowIntervalSeconds: 3600,
    queueCacheIntervalSeconds: 600,
  })
  boss.on('error', error => log.warn({ error: textOf(error) }, 'jobs: the queue did not answer; it is asked again'))
  boss.on('warning', warning => log.warn({ warning: warning.message }, 'jobs: the queue warns'))
  await boss.start()

  let running = true
  const clocks: (() => Promise<void>)[] = []
  for (const job of jobs) {
    const queue = queueOptions(job)
    const policy = job.everyMinutes ? 'exclusive' : 'standard'
    if (await boss.getQueue(job.name)) await boss.updateQueue(job.name, queue)
    else await boss.createQueue(job.name, { ...queue, policy })
    const worker = await boss.work(
      job.name,
      {
        batchSize,
        burstWhenBatchFull: true,
        includeMetadata: true,
        perJobResults: true,
        // What runs by the clock is woken by the clock, so its own asking is for retries alone.
        pollingIntervalSeconds: job.everyMinutes ? 30 : (options.pollSeconds ?? 2),
      },
      async (batch: JobWithMetadata<unknown>[]) => {
        const results: JobResult[] = []
        for (const one of batch) results.push(await runOne(job, one))
        return results
      },
    )
    const { everyMinutes } = job
    if (everyMinutes) {
      clocks.push(async () => {
        const asked = await boss.send(job.name, {}, { singletonSeconds: everyMinutes * 60 })
        if (asked) boss.notifyWorker(worker)
      })
    }
  }

  async function runOne(job: AnyJob, one: JobWithMetadata<unknown>): Promise<JobResult> {
    const about = { job: job.name, id: one.id, try: one.retryCount + 1 }
    if (!running) return { id: one.id, status: 'failed', output: { message: 'The service stopped before it ran.' } }
    try {
      await job.run(database, job.payload.parse(one.data))
      return { id: one.id, status: 'completed' }
    } catch (error) {
      const last = one.retryCount >= one.retryLimit
      const message = textOf(error)
      if (last) log.error({ ...about, error: message }, 'jobs: given up; somebody must look')
      else log.warn({ ...about, error: message }, 'jobs: failed, and will be tried again')
      return { id: one.id, status: 'failed', output: { message } }
    }
  }

  async function lookAtClock(): Promise<void> {
    for (const ask of clocks) {
      await ask().catch((error: unknown) => log.warn({ error: textOf(error) }, 'jobs: the clock could not ask'))
    }
  }
  // Not at once: the first pages after a start should not wait for upkeep.
  let looking = Promise.resolve()
  const timer = setInterval(
    () => {
      looking = looking.then(lookAtClock)
    },
    (options.clockSeconds ?? 30) * 1000,
  )

  return {
    async stop() {
      running = false
      clearInterval(timer)
      await looking
      await boss.stop({ close: false, graceful: true, timeout: 20_000 })
    },
    async lastFailures(limit) {
      const why = new Map(jobs.map(job => [job.name, job.whyTwice]))
      const failures = await database.as('public', tx => readFailures(tx, limit))
      return failures.map(failure => ({ ...failure, whyTwice: why.get(failure.name) }))
    },
    async state() {
      return { running, ...(await database.as('public', countJobs)) }
    },
  }
}

/** pg-boss outside a transaction. It sends several statements at once, whose answers come as a list. */
function overPool({ pool }: Database): Db {
  return {
    async executeSql(text, values) {
      const answers = [await pool.query<Record<string, unknown>>(text, values)].flat()
      return { rows: answers.flatMap(answer => answer.rows) }
    },
  }
}

/** One line without the row that broke a rule: the `detail` of PostgreSQL quotes it. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Something that is no Error was thrown.'
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return `${error.message.split('\n')[0]?.slice(0, 300)}${code}`
}
