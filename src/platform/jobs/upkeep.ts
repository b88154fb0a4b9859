import type { Database } from '../database/index.ts'
import { every } from './every.ts'
import type { AnyJob } from './job.ts'

/** What PostgreSQL does by itself and the embedded database does not: without it, it only ever grows. */
export function upkeepJobs(database: Database): AnyJob[] {
  return database.kind === 'embedded' ? [every(60, 'database.upkeep', tidyDatabase)] : []
}

/** As the owner: VACUUM as the application's role skips every table without a word, CHECKPOINT is refused to it. */
export async function tidyDatabase(database: Database): Promise<void> {
  await database.asOwner(async client => {
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  })
}
