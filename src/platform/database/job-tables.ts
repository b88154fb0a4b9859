import { getConstructionPlans } from 'pg-boss'
import type pg from 'pg'
import { lockKeys } from './lock-keys.ts'

/**
 * Brings the tables of the job queue, as the owner; the application's role works on them and creates nothing. The plan
 * of pg-boss begins and commits by itself, so this runs beside the migrations, not among them.
 * @throws Error when the tables are those of another release of pg-boss
 */
export async function installJobTables(client: pg.ClientBase): Promise<void> {
  const plan = getConstructionPlans('pgboss')
  const planned = /insert into pgboss\.version\(version\) values \('(\d+)'\)/i.exec(plan)?.[1]
  if (!planned) throw new Error('The plan of pg-boss no longer says its version. Mend installJobTables first.')
  // Of two migrations at once the second waits, and finds the tables there.
  await client.query('select pg_advisory_lock($1)', [lockKeys.installJobTables])
  try {
    const { rows } = await client.query<{ installed: boolean }>(
      `select to_regclass('pgboss.version') is not null as installed`,
    )
    if (!rows[0]?.installed) await client.query(plan)
    const held = await client.query<{ version: number }>('select version from pgboss.version')
    if (String(held.rows[0]?.version) !== planned) {
      throw new Error(
        `The job tables are of version ${held.rows[0]?.version}, this release needs ${planned}. Write the step between them with getMigrationPlans of pg-boss.`,
      )
    }
    await client.query('grant usage on schema pgboss to weathervane_app')
    // What this service does not use of pg-boss (schedules, subscriptions, statistics) nobody writes.
    await client.query('grant select on all tables in schema pgboss to weathervane_app')
    await client.query(
      'grant insert, update, delete on pgboss.job, pgboss.job_common, pgboss.job_dependency, pgboss.bam, pgboss.instance to weathervane_app',
    )
    await client.query('grant insert, update on pgboss.queue to weathervane_app')
    await client.query('grant update on pgboss.version to weathervane_app')
    await client.query('grant execute on all functions in schema pgboss to weathervane_app')
  } catch (error) {
    // The plan that failed half way leaves its transaction open, in which nothing can be unlocked.
    await client.query('rollback')
    throw error
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKeys.installJobTables])
  }
}
