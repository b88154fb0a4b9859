import { parentPort, workerData } from 'node:worker_threads'
import { extractDocx } from './docx.ts'
import type { Extraction, ExtractionLimits } from './extraction.ts'
import { extractOdt } from './odt.ts'
import { extractPdf } from './pdf.ts'
import { extractPlainText } from './plain-text.ts'
import { checkName, sniff } from './sniff.ts'
import { UploadProblem } from './upload-problem.ts'
import type { UploadProblemReason } from './upload-problem.ts'

/** What the worker is given, and what it answers: errors lose their class on the way between threads. */
export interface WorkerTask {
  name: string
  bytes: Uint8Array
  limits: ExtractionLimits
}
export type WorkerAnswer =
  { extraction: Extraction } | { problem: { reason: UploadProblemReason; message: string; cause: string } }

async function extract({ name, bytes, limits }: WorkerTask): Promise<Extraction> {
  const found = sniff(bytes, limits)
  checkName(name, found.kind)
  switch (found.kind) {
    case 'docx':
      return refuseWithoutText(extractDocx(found.zip, found.parts))
    case 'odt':
      return refuseWithoutText(extractOdt(found.zip))
    case 'pdf':
      return refuseWithoutText(await extractPdf(bytes, limits))
    case 'text':
      return extractPlainText(bytes)
  }
}

/** A page number stamped on every page of a scan is no report. */
function refuseWithoutText(extraction: Extraction): Extraction {
  if (extraction.paragraphs.some(({ role }) => role !== 'header' && role !== 'footer')) return extraction
  throw new UploadProblem(
    'no-text',
    extraction.kind === 'pdf'
      ? 'This PDF holds no text, only pictures of pages, as a scanner makes them. Upload the document it was printed from, as Word (.docx) or PDF, or run text recognition (OCR) on the scan first.'
      : 'This document holds no text. Check that you chose the right file and that the report is not a picture in it.',
  )
}

async function answer(task: WorkerTask): Promise<WorkerAnswer> {
  try {
    return { extraction: await extract(task) }
  } catch (error) {
    if (!(error instanceof UploadProblem)) throw error
    return { problem: { reason: error.reason, message: error.message, cause: String(error.cause ?? '') } }
  }
}

parentPort?.postMessage(await answer(workerData as WorkerTask))
