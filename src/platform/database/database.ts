import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import type { Task } from '../access/index.ts'
import { londonDate, type CivilDate } from '../dates.ts'
import type { EventKind, NewEvent } from '../events/index.ts'
import { EmbeddedPostgres } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'
import { keepingPlans, startOfActing } from './kept-plans.ts'
import type { DB } from './schema.ts'

/**
 * Who opens a transaction: a person in one of their appointments, the service itself, somebody signed in without an
 * appointment, whoever came with a link, or anybody.
 */
export type Actor =
  { person: string; appointment: string } | { task: Task } | { person: string } | { link: string } | 'public'

/** One transaction as one actor. Row-level security shows it what the actor may see. */
export type Tx = Transaction<DB>

/** Hears of an event in the event's own transaction. What it throws undoes the event too. */
export type Listener<Kind extends EventKind> = (tx: Tx, event: NewEvent<Kind>) => Promise<void>

export interface Clock {
  now(): Date
}

export interface Database {
  /** All of `work` happens, or none of it. Nothing but `tx` may be awaited inside. */
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * One reading statement as nobody, in one trip. For a function that decides by itself what it tells: row-level
   * security shows nobody nothing.
   */
  ask<Row>(statement: RawBuilder<Row>): Promise<Row[]>
  /** Steps out of row-level security on purpose: migrations, bulk loading, upkeep, and tests that tamper. */
  asOwner<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  /** Subscribes to one kind of event. Wired by the app alone. */
  on<Kind extends EventKind>(kind: Kind, listener: Listener<Kind>): void
  readonly clock: Clock
  readonly pool: pg.Pool
  readonly kind: 'embedded' | 'server'
  close(): Promise<void>
}

export interface DatabaseOptions {
  url?: string | undefined
  /** Where the embedded database lives; absent with no `url`: in memory. */
  folder?: string | undefined
  clock?: Clock
  connections?: number
  /** The longest one statement inside `as` may take, 30 s unless given. */
  statementLimitMs?: number
}

/** Dates and whole numbers of 64 bits stay text: a calendar day is never a moment. */
const asText = new Set<number>([
  pg.types.builtins.DATE,
  1182,
  pg.types.builtins.TIMESTAMP,
  pg.types.builtins.INTERVAL,
  pg.types.builtins.INT8,
])
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    asText.has(oid) && format !== 'binary' ? (value: string) => value : pg.types.getTypeParser(oid, format as 'text'),
}

interface Context {
  actor: Actor
  now: Date
  today: CivilDate
  listeners: ReadonlyMap<EventKind, readonly Listener<never>[]>
  statementLimitMs: number
  /** Why this transaction cannot go on. */
  failure?: Error
}
const usualStatementLimitMs = 30_000
const contexts = new WeakMap<object, Context>()
const inside = new AsyncLocalStorage<true>()

/**
 * Code that forgets to say who is acting sees nothing. Before the first migration there is no such role, or the owner is
 * no member of the one that another database of the server made.
 */
const enterRole = `do $$ begin
  set role weathervane_app;
exception
  when invalid_parameter_value then null;
  when insufficient_privilege then
    if to_regclass('public.migration') is not null then
      raise exception 'The login % is not a member of weathervane_app. Let an administrator of the server run: grant weathervane_app to %', session_user, quote_ident(session_user)
        using errcode = 'insufficient_privilege';
    end if;
end $$`

export function openDatabase(options: DatabaseOptions): Database {
  const clock = options.clock ?? { now: () => new Date() }
  const release = options.folder && !options.url ? lockFolder(options.folder) : undefined
  const embedded = options.url ? undefined : new EmbeddedPostgres(options.folder && join(options.folder, 'database'))
  const pool = new pg.Pool({
    types: types as pg.CustomTypesConfig,
    // A new connection has every plan to make again.
    idleTimeoutMillis: 0,
    onConnect: async (client: pg.ClientBase) => {
      await client.query(`set plan_cache_mode = force_generic_plan; ${enterRole}`)
    },
    ...(embedded
      ? {
          max: 1,
          user: 'postgres',
          database: 'postgres',
          stream: () => embedded.connect() as never,
        }
      : { connectionString: options.url!, max: options.connections ?? 10 }),
  })
  // The query that meets a broken connection reports it; the event, unheard, would end the process.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const statementLimitMs = options.statementLimitMs ?? usualStatementLimitMs
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool: keepingPlans(pool) }) })

  return {
    clock,
    pool,
    kind: embedded ? 'embedded' : 'server',
    ...actingOn(kysely, {
      clock,
      statementLimitMs,
      ensure: ensureNoneOpen,
      limit: ms => embedded?.limitStatements(ms),
    }),
    async ask(statement) {
      ensureNoneOpen()
      return (await statement.execute(kysely)).rows
    },
    async asOwner(work) {
      ensureNoneOpen()
      const client = await pool.connect()
      try {
        await client.query('reset role')
        return await inside.run(true, () => work(client))
      } finally {
        const broken = await stepBack(client)
        client.release(broken)
      }
    },
    async close() {
      await kysely.destroy()
      // Kysely ends only a pool that it has used: the owner alone may have.
      if (!pool.ended) await pool.end()
      await embedded?.close()
      release?.()
    },
  }
}

/**
 * The database within one transaction that the owner has open: whatever is done through it is kept or undone with that
 * transaction, at the moments that `clock` says. Afterwards the owner takes their role back: `reset role`.
 */
export function openWithin(client: pg.ClientBase, clock: Clock): Pick<Database, 'as' | 'on' | 'clock'> {
  const steps: Record<string, string> = {
    begin: 'savepoint step',
    commit: 'release savepoint step',
    rollback: 'rollback to savepoint step',
  }
  const inStep = (text: string) => text.replace(/^(begin|commit|rollback)\b/, word => steps[word]!)
  const within = {
    query: (asked: string | object, values?: unknown[]) =>
      client.query((typeof asked === 'string' ? inStep(asked) : asked) as string, values),
    release: () => {},
  } as unknown as pg.PoolClient
  const pool = { options: {}, connect: async () => within, end: async () => {} } as unknown as pg.Pool
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool: keepingPlans(pool) }) })
  return { clock, ...actingOn(kysely, { clock, statementLimitMs: usualStatementLimitMs, ensure() {}, limit() {} }) }
}

interface ActingOn {
  clock: Clock
  statementLimitMs: number
  /** Throws where a transaction cannot begin now. */
  ensure(): void
  limit(ms: number | undefined): void
}

function actingOn(
  kysely: Kysely<DB>,
  { clock, statementLimitMs, ensure, limit }: ActingOn,
): Pick<Database, 'as' | 'on'> {
  const listeners = new Map<EventKind, Listener<never>[]>()
  return {
    as(actor, work) {
      ensure()
      const now = clock.now()
      return inside.run(true, () =>
        kysely.transaction().execute(async tx => {
          contexts.set(tx, { actor, now, today: londonDate(now), listeners, statementLimitMs })
          limit(statementLimitMs)
          try {
            await begin(tx)
            const result = await work(tx)
            const { failure } = contextOf(tx)
            if (failure) throw failure
            return result
          } finally {
            limit(undefined)
          }
        }),
      )
    },
    on(kind, listener) {
      listeners.set(kind, [...(listeners.get(kind) ?? []), listener])
    },
  }
}

/** Ends what the owner left open, and takes the owner's rights away. @returns whether the connection cannot be used again */
async function stepBack(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('rollback')
    await client.query(enterRole)
    return false
  } catch {
    return true
  }
}

/** The moment and the London day of this transaction, and who acts in it. */
export function contextOf(tx: Tx): Readonly<Context> {
  const context = contexts.get(tx)
  if (!context) throw new Error('This transaction was not opened by Database.as.')
  return context
}

export function listenersOf<Kind extends EventKind>(tx: Tx, kind: Kind): readonly Listener<Kind>[] {
  // Only `on` adds to a kind, and only those who take it.
  return (contextOf(tx).listeners.get(kind) ?? []) as readonly Listener<Kind>[]
}

/** The person acting in this transaction; undefined for a task and for the public. */
export function personOf(tx: Tx): string | undefined {
  const { actor } = contextOf(tx)
  return typeof actor === 'object' && 'person' in actor ? actor.person : undefined
}

/**
 * Part of a transaction as the service itself, for what follows from a person's act beyond the person's own rights.
 * What `work` throws ends the transaction, whoever catches it: nothing is done with the rights of the task afterwards.
 */
export async function asTask<T>(tx: Tx, task: Task, work: () => Promise<T>): Promise<T> {
  const before = contextOf(tx)
  if (typeof before.actor === 'object' && 'task' in before.actor && before.actor.task === task) return work()
  contexts.set(tx, { ...before, actor: { task } })
  try {
    await begin(tx)
    const result = await work()
    contexts.set(tx, before)
    await begin(tx)
    return result
  } catch (error) {
    contexts.set(tx, { ...before, failure: error instanceof Error ? error : new Error(String(error)) })
    // The database refuses every further statement. Where it does so already, this one is refused too.
    await sql`do $$ begin raise exception 'A task in this transaction failed.'; end $$`.execute(tx).catch(() => {})
    throw error
  }
}

function ensureNoneOpen(): void {
  if (inside.getStore()) {
    throw new Error('A transaction is open already. On one connection a second would wait for ever: pass `tx` on.')
  }
}

function whoIs(actor: Actor): string {
  if (actor === 'public') return 'public'
  if ('task' in actor) return `task:${actor.task}`
  return 'link' in actor ? `link:${actor.link}` : 'nobody'
}

async function begin(tx: Tx): Promise<void> {
  const { actor, now, today, statementLimitMs } = contextOf(tx)
  const person = typeof actor === 'object' && 'person' in actor ? actor.person : null
  const appointment = typeof actor === 'object' && 'appointment' in actor ? actor.appointment : null
  const who = whoIs(actor)
  const literal = (text: string | null) => (text === null ? 'null' : pg.escapeLiteral(text))
  await sql
    .raw(
      `${startOfActing}'weathervane_app', true), set_config('statement_timeout', '${Number(statementLimitMs)}', true),
       weathervane_begin(${[person, appointment, who, today, now.toISOString()].map(literal).join(', ')})`,
    )
    .execute(tx)
}
