import { parentPort, workerData } from 'node:worker_threads'
import { extract } from './extract.ts'
import type { ExtractionTask } from './extract.ts'
import type { Extraction } from './extraction.ts'
import { corrupt, UploadProblem } from './upload-problem.ts'
import type { UploadProblemReason } from './upload-problem.ts'

/** Errors lose their class on the way between threads, so problems travel as their parts. */
export type WorkerAnswer =
  { extraction: Extraction } | { problem: { reason: UploadProblemReason; message: string; cause: string } }

function toAnswer({ reason, message, cause }: UploadProblem): WorkerAnswer {
  return { problem: { reason, message, cause: String(cause ?? '') } }
}

async function answer(task: ExtractionTask): Promise<WorkerAnswer> {
  try {
    return { extraction: await extract(task) }
  } catch (error) {
    if (!(error instanceof UploadProblem)) throw error
    return toAnswer(error)
  }
}

// pdf.js leaves some promises about broken pages to nobody. Unheard, they would end the thread as if the fault were ours.
process.on('unhandledRejection', error => parentPort?.postMessage(toAnswer(corrupt(error))))

parentPort?.postMessage(await answer(workerData as ExtractionTask))
