import { parentPort, workerData } from 'node:worker_threads'
import { extract } from './extract.ts'
import type { ExtractionTask } from './extract.ts'
import type { Extraction } from './extraction.ts'
import { UploadProblem } from './upload-problem.ts'
import type { UploadProblemReason } from './upload-problem.ts'

/** Errors lose their class on the way between threads, so problems travel as their parts. */
export type WorkerAnswer =
  { extraction: Extraction } | { problem: { reason: UploadProblemReason; message: string; cause: string } }

async function answer(task: ExtractionTask): Promise<WorkerAnswer> {
  try {
    return { extraction: await extract(task) }
  } catch (error) {
    if (!(error instanceof UploadProblem)) throw error
    return { problem: { reason: error.reason, message: error.message, cause: String(error.cause ?? '') } }
  }
}

parentPort?.postMessage(await answer(workerData as ExtractionTask))
