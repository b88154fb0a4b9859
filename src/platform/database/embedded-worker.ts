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
      const bytes = await answerTo(request.bytes)
      port.postMessage({ kind: 'bytes', session: request.session, bytes } satisfies Answer, [bytes.buffer])
    } else {
      await database.close()
      port.postMessage({ kind: 'closed' } satisfies Answer)
      port.close()
    }
  })
})

/** PGlite would read each answer by itself too, which takes several times as long as the statement. As a stream it does not. */
async function answerTo(asked: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  // What is handed over is a window on PGlite's memory.
  await database.execProtocolRawStream(asked, { onRawData: part => parts.push(part.slice()) })
  const answer = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    answer.set(part, at)
    at += part.length
  }
  return answer
}
