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
  private limitMs: number | undefined
  private running = 0
  private timer: NodeJS.Timeout | undefined
  private whyStopped = 'The embedded database stopped.'

  /** Without a folder the database lives in memory. */
  constructor(folder?: string) {
    this.folder = folder
  }

  connect(): Duplex {
    const before = this.free
    const { promise, resolve } = Promise.withResolvers<void>()
    // A session that ends before its turn gives no turn away.
    this.free = before.then(() => promise)
    const session: Session = new Session({
      send: bytes => {
        if (!this.worker || this.session !== session) return
        this.worker.postMessage({ kind: 'bytes', session: session.id, bytes } satisfies Request, [bytes.buffer])
        this.watch(+1)
      },
      begin: async () => {
        await before
        this.session = session
        await this.start()
      },
      done: resolve,
    })
    return session
  }

  /**
   * From now on a statement that runs longer ends with the worker, since `statement_timeout` is ignored here. What was
   * committed stays, and the next session opens the database again; one in memory would be lost, so it has no limit.
   */
  limitStatements(limitMs: number | undefined): void {
    this.limitMs = this.folder === undefined ? undefined : limitMs
  }

  private watch(change: 1 | -1): void {
    this.running += change
    clearTimeout(this.timer)
    const { limitMs, worker } = this
    if (this.running === 0 || limitMs === undefined || !worker) return
    this.timer = setTimeout(() => {
      this.whyStopped = `A statement ran for longer than ${limitMs / 1000} s. The embedded database was ended and opens again.`
      void worker.terminate()
    }, limitMs)
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
    this.whyStopped = 'The embedded database stopped.'
    let cause: unknown
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'ready') resolve()
      if (answer.kind === 'bytes') this.watch(-1)
      if (answer.kind === 'bytes' && this.session?.id === answer.session) this.session.push(answer.bytes)
    })
    worker.on('error', error => {
      cause = error
    })
    worker.on('exit', () => {
      if (this.worker === worker) this.worker = undefined
      clearTimeout(this.timer)
      this.running = 0
      const stopped = new Error(this.whyStopped, { cause })
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
  send: (bytes: Uint8Array<ArrayBuffer>) => void
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

  /** The messages of one query, which `pg` writes together: one way to the worker and back instead of five. */
  override _writev(parts: { chunk: Uint8Array }[], next: () => void): void {
    this._write(Buffer.concat(parts.map(({ chunk }) => chunk)), 'buffer', next)
  }

  override _write(chunk: Uint8Array, _encoding: string, next: () => void): void {
    if (chunk[0] === terminate) {
      this.destroy()
    } else {
      this.options.send(new Uint8Array(chunk))
    }
    next()
  }

  /** However it ends, the next session finds no transaction and no setting of this one. */
  override _destroy(error: Error | null, next: (error: Error | null) => void): void {
    this.options.send(sync())
    this.options.send(simpleQuery('rollback'))
    this.options.send(simpleQuery('discard all'))
    this.options.done()
    next(error)
  }
}

/** After an error in the middle of a query everything but this message is skipped. */
function sync(): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0x53, 0, 0, 0, 4])
}

function simpleQuery(sql: string): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(`${sql}\0`)
  const head = Buffer.from([0x51, 0, 0, 0, 0])
  head.writeInt32BE(text.length + 4, 1)
  return new Uint8Array(Buffer.concat([head, text]))
}
