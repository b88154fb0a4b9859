import { addDocument, readUpload } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { FileStore } from '../../platform/files/index.ts'
import { heldDraft } from './open-review.ts'

/**
 * Adds a file to a draft and reads its paragraphs. Nothing of it becomes part of the review's text by itself.
 *
 * @param title what the group calls it; the file's own name when empty
 * @returns the id of the document
 * @throws UploadProblem with words for the person; ServiceError 'not-allowed', 'not-found', 'conflict'
 */
export async function addFile(
  acting: Acting,
  files: FileStore,
  incidentId: string,
  { title, upload }: { title: string; upload: { name: string; bytes: Uint8Array | undefined } | undefined },
): Promise<string> {
  ensureMay(acting, 'write', 'rapid-review-draft')
  // Asked first, so that nobody outside the group can make us read a file.
  await acting.transaction(tx => heldDraft(tx, incidentId))
  const read = await readUpload(files, upload)
  return acting.transaction(async tx => {
    const review = await heldDraft(tx, incidentId)
    const documentId = await addDocument(tx, {
      place: review,
      reviewId: review.reviewId,
      subject: 'rapid-review-draft',
      name: (title.trim() || upload?.name || '').slice(0, 200),
      read,
    })
    await recordEvent(tx, {
      kind: 'rapid-review.file-added',
      subject: 'rapid-review-draft',
      place: review,
      objectId: documentId,
      detail: { kind: read.extraction.kind, hash: read.hash, paragraphs: read.extraction.paragraphs.length },
    })
    return documentId
  })
}
