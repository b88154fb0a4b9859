import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { Answer, Request } from './embedded-worker.ts'

const workerUrl = new URL('./embedded-worker.js', import.meta.url)
const terminate = 0x58

/**
 * PostgreSQL inside this process: PGlite in a worker thread. `connect` gives what `pg` takes for a socket,
 * so that parsers, errors, pool and dialect are those of a real server. One session at a time.
 */
export class EmbeddedPostgres {
  private worker: Worker | undefined
  private ready: Promise<void> = Promise.resolve()
  private session: Session | undefined
  private free: Promise<void> = Promise.resolve()
  private readonly folder: string | undefined

  /** Without a folder the database lives in memory. */
  constructor(folder?: string) {
    this.folder = folder
  }

  connect(): Duplex {
    const before = this.free
    const { promise, resolve } = Promise.withResolvers<void>()
    this.free = promise
    const session: Session = new Session({
      send: bytes => this.worker?.postMessage({ kind: 'bytes', session: session.id, bytes } satisfies Request),
      begin: async () => {
        await before
        this.session = session
        await this.start()
      },
      done: resolve,
    })
    return session
  }

  /** Ends whatever runs (`statement_timeout` is ignored here). What was committed stays; the next session reopens. */
  async kill(): Promise<void> {
    await this.worker?.terminate()
  }

  async close(): Promise<void> {
    const worker = this.worker
    if (!worker) return
    const gone = new Promise(resolve => worker.once('exit', resolve))
    worker.postMessage({ kind: 'close' } satisfies Request)
    await gone
  }

  /** Starts the worker when there is none: at first use, and after `kill`. */
  private start(): Promise<void> {
    if (this.worker) return this.ready
    const worker = new Worker(workerUrl, { workerData: { folder: this.folder } })
    this.worker = worker
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'ready') resolve()
      if (answer.kind === 'bytes' && this.session?.id === answer.session) this.session.push(answer.bytes)
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      if (this.worker === worker) this.worker = undefined
      const stopped = new Error('The embedded database stopped.')
      reject(stopped)
      this.session?.destroy(stopped)
    })
    promise.catch(() => {})
    this.ready = promise
    return promise
  }
}

let sessions = 0

interface SessionOptions {
  send: (bytes: Uint8Array) => void
  begin: () => Promise<void>
  done: () => void
}

/** The socket that `pg` writes to and reads from. The worker outlives it. */
class Session extends Duplex {
  readonly id = ++sessions
  private readonly options: SessionOptions

  constructor(options: SessionOptions) {
    super()
    this.options = options
  }

  connect(): this {
    this.options.begin().then(
      () => this.emit('connect'),
      error => this.destroy(error),
    )
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, next: () => void): void {
    if (chunk[0] === terminate) {
      this.options.send(simpleQuery('rollback'))
      this.options.send(simpleQuery('discard all'))
      this.destroy()
    } else {
      this.options.send(new Uint8Array(chunk))
    }
    next()
  }

  override _destroy(error: Error | null, next: (error: Error | null) => void): void {
    this.options.done()
    next(error)
  }
}

function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`)
  const head = Buffer.from([0x51, 0, 0, 0, 0])
  head.writeInt32BE(text.length + 4, 1)
  return new Uint8Array(Buffer.concat([head, text]))
}
