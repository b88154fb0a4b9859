import { extractDocx } from './docx.ts'
import type { Extraction, ExtractionLimits } from './extraction.ts'
import { extractOdt } from './odt.ts'
import { extractPdf } from './pdf.ts'
import { extractPlainText } from './plain-text.ts'
import { checkName, sniff } from './sniff.ts'
import { UploadProblem } from './upload-problem.ts'

/** One upload as the thread that reads it is given it. */
export interface ExtractionTask {
  name: string
  bytes: Uint8Array
  limits: ExtractionLimits
}

/**
 * Reads the file in this thread, without any limit on time or memory: the service goes through `extractText`.
 * @throws UploadProblem
 */
export async function extract({ name, bytes, limits }: ExtractionTask): Promise<Extraction> {
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
