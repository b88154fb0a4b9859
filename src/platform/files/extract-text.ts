import { Worker } from 'node:worker_threads'
import { uploadLimitBytes, usualLimits } from './extraction.ts'
import type { Extraction, ExtractionLimits } from './extraction.ts'
import type { ExtractionTask } from './extract.ts'
import type { WorkerAnswer } from './extract-worker.ts'
import { tooMuchInside, tooSlow, UploadProblem } from './upload-problem.ts'

/** How often the worker's memory is looked at. A hostile PDF fills some 20 MiB in this time. */
const lookEveryMs = 50
const mebibyte = 1024 * 1024

/**
 * Reads an uploaded report into numbered paragraphs, in a thread of its own that is ended when it takes too long or
 * too much memory. What the file is, is found from its content; `name` must then agree. The bytes are copied.
 * @throws UploadProblem whatever is wrong with the file, with words for the person who uploaded it
 */
export async function extractText(
  upload: { name: string; bytes: Uint8Array },
  limits: Partial<ExtractionLimits> = {},
): Promise<Extraction> {
  if (upload.bytes.length > uploadLimitBytes) {
    throw new UploadProblem(
      'too-large',
      `This file is larger than ${uploadLimitBytes / mebibyte} MB. Remove or shrink its pictures (in Word: Picture format, Compress pictures), save it, and upload it again.`,
    )
  }
  return readInWorker({ ...upload, bytes: new Uint8Array(upload.bytes), limits: { ...usualLimits, ...limits } })
}

async function readInWorker(task: ExtractionTask): Promise<Extraction> {
  const { timeMs, memoryMiB } = task.limits
  const worker = new Worker(new URL('./extract-worker.js', import.meta.url), {
    workerData: task,
    transferList: [task.bytes.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB, maxYoungGenerationSizeMb: 32 },
    env: {},
    execArgv: [],
    // PDF libraries print warnings about odd files; they would stand in our log without a date or a request.
    stdout: true,
    stderr: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer>()
  const late = setTimeout(() => reject(tooSlow(timeMs)), timeMs)
  // V8 limits the heap alone; unpacked streams lie beside it in buffers.
  const look = setInterval(() => {
    worker.getHeapStatistics().then(
      ({ used_heap_size: heap, external_memory: buffers }) => {
        if (heap + buffers > memoryMiB * mebibyte) reject(tooMuchInside(`${heap} bytes of heap, ${buffers} of buffers`))
      },
      () => undefined,
    )
  }, lookEveryMs)
  worker.on('message', resolve)
  worker.on('error', error => reject(isOutOfMemory(error) ? tooMuchInside(error) : error))
  worker.on('exit', code => reject(new Error(`The text extraction thread ended with code ${code} and no answer.`)))
  try {
    const answer = await promise
    if ('extraction' in answer) return answer.extraction
    const { reason, message, cause } = answer.problem
    throw new UploadProblem(reason, message, { cause })
  } finally {
    clearTimeout(late)
    clearInterval(look)
    await worker.terminate()
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
