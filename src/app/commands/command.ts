import { checkMigrated, openDatabase, type Database } from '../../platform/database/index.ts'
import type { Config } from '../../platform/config.ts'

/** One option of a command: always with a value. */
export interface Option {
  /** What stands for the value in the help: `ADDRESS`. */
  value: string
  what: string
  required?: boolean
}

/** What was typed, by the names of options and of what follows the command. */
export type Given = Readonly<Record<string, string | undefined>>

export interface Command {
  /** As it is typed: `user add`. */
  name: string
  what: string
  /** What must follow the command, in order, with its explanation. */
  arguments?: Readonly<Record<string, string>>
  options?: Readonly<Record<string, Option>>
  /** @returns what the shell is told: 0 for success */
  run(given: Given, terminal: Terminal): Promise<number>
}

export interface Terminal {
  config: Config
  say(line: string): void
}

/** Opens the database of the settings, makes sure it is at this release, and closes it. */
export async function withDatabase<T>({ config }: Terminal, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase({ url: config.databaseUrl, folder: config.databaseUrl ? undefined : config.dataFolder })
  try {
    await database.asOwner(checkMigrated)
    return await work(database)
  } finally {
    await database.close()
  }
}
