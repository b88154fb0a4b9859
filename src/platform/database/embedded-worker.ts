import { PGlite } from '@electric-sql/pglite'
import { parentPort, workerData } from 'node:worker_threads'

/** What the main thread asks of the worker, and what it answers. */
export type Request = { kind: 'bytes'; session: number; bytes: Uint8Array } | { kind: 'close' }
export type Answer = { kind: 'ready' | 'closed' } | { kind: 'bytes'; session: number; bytes: Uint8Array }

const port = parentPort!
const { folder } = workerData as { folder: string | undefined }
const database = await PGlite.create(folder ? { dataDir: folder } : {})
port.postMessage({ kind: 'ready' } satisfies Answer)

/** Each piece of the wire protocol is answered in the order it came. */
let last: Promise<unknown> = Promise.resolve()
port.on('message', (request: Request) => {
  last = last.then(async () => {
    if (request.kind === 'bytes') {
      const bytes = await database.execProtocolRaw(request.bytes)
      port.postMessage({ kind: 'bytes', session: request.session, bytes } satisfies Answer)
    } else {
      await database.close()
      port.postMessage({ kind: 'closed' } satisfies Answer)
      port.close()
    }
  })
})
