import type pg from 'pg'
import type { Mode } from '../platform/config.ts'

/**
 * Keeps real and invented apart: the training country signs anybody in with one click, so it never starts on a database
 * that holds real areas or people; production never starts on an invented one. Invented areas have codes with a T.
 * @throws Error that says which setting to change
 */
export async function checkInvented(client: pg.ClientBase, mode: Mode): Promise<void> {
  const { rows } = await client.query<{ invented: boolean; real: boolean }>(
    `select exists (select from region where code like 'T%') as invented,
            exists (select from region where code not like 'T%')
              or (exists (select from body where kind <> 'national') and not exists (select from region where code like 'T%')) as real`,
  )
  const { invented, real } = rows[0]!
  if (mode === 'training' && real) {
    throw new Error('This database holds real areas. Set WEATHERVANE_MODE=production, or give another DATABASE_URL.')
  }
  if (mode === 'production' && invented) {
    throw new Error('This database holds the training country. Give the DATABASE_URL of another one in production.')
  }
}
