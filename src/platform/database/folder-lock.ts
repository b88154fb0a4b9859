import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** SQLite's `SQLITE_BUSY`: another process, or another connection of this one, has the file. */
const busy = 5

/** A lock that nothing refers to would be closed, and so given up, when the memory is cleaned. */
const held = new Set<DatabaseSync>()

/**
 * Keeps a second process out of an embedded database's folder: two processes on one folder silently lose rows. The
 * lock is the operating system's, asked for through SQLite since Node has no door to it: it ends with its process,
 * killed or not, so that there is no stale lock to take over.
 * @returns a function that gives the folder back
 * @throws Error when another has it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 })
  const holder = join(folder, 'lock.pid')
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode !== busy) throw error
    throw new Error(
      `The data folder ${folder} is in use by process ${readIfThere(holder)}. Stop it first, or set WEATHERVANE_DATA to another folder.`,
      { cause: error },
    )
  }
  writeFileSync(holder, String(process.pid))
  held.add(lock)
  return () => {
    if (held.delete(lock)) lock.close()
  }
}

/** Only for the message: the one who has just taken the folder may not have written it yet. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return 'another'
  }
}
