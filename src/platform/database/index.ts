export { asTask, contextOf, listenersOf, openDatabase, personOf } from './database.ts'
export type { Actor, Clock, Database, DatabaseOptions, Listener, Tx } from './database.ts'
export { checkMigrated, migrate } from './migrate.ts'
export type { DB } from './schema.ts'
