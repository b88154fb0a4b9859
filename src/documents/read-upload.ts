import {
  extractText,
  uploadLimitBytes,
  UploadProblem,
  type Extraction,
  type FileStore,
} from '../platform/files/index.ts'

/** A file that was read and stored, and is not yet part of any record. */
export interface ReadUpload {
  extraction: Extraction
  hash: string
  sizeBytes: number
}

/**
 * Reads a file in the worker and stores its bytes. Call it before the transaction that records it. A file that cannot
 * be read is not stored.
 * @throws UploadProblem with words for the person who uploaded it
 */
export async function readUpload(
  files: FileStore,
  upload: { name: string; bytes: Uint8Array | undefined } | undefined,
): Promise<ReadUpload> {
  if (!upload || upload.name === '') throw new UploadProblem('empty', 'Choose a file')
  if (!upload.bytes) {
    throw new UploadProblem(
      'too-large',
      `This file is larger than ${uploadLimitBytes / 1024 / 1024} MB. Remove or shrink its pictures (in Word: Picture format, Compress pictures), save it, and upload it again.`,
    )
  }
  const extraction = await extractText({ name: upload.name, bytes: upload.bytes })
  return { extraction, hash: await files.put(upload.bytes), sizeBytes: upload.bytes.length }
}
