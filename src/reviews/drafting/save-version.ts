import { addDocument, readUpload, type ChangeChoice } from '../../documents/index.ts'
import { ensureMay, type Acting } from '../../platform/acting.ts'
import type { Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { recordEvent } from '../../platform/events/index.ts'
import type { FileStore } from '../../platform/files/index.ts'
import { hashOfVersion, named, paragraphsIn, paragraphsOfFile, type DraftParagraph } from './draft.ts'
import { seenReport, type Report } from './open-draft.ts'
import { reopenStage } from '../local/stages/change-stage.ts'
import { insertDraft, insertVersion } from './store.ts'

/** What was seen when the text was begun, and what changed. */
export interface Saving {
  note: string
  /** The version that was there, 0 where there was none: two who write at once are told of each other. */
  seenVersion: number
}

/**
 * Saves the text as the next version. It is not signed off, whatever an earlier one was.
 * @throws ServiceError 'not-allowed', 'not-found', 'conflict' while it waits for signatures or when somebody else saved a
 *   version, or 'invalid' at the field `text`
 */
export async function saveVersion(
  acting: Acting,
  incidentId: string,
  { text, ...saving }: Saving & { text: string },
): Promise<number> {
  ensureMay(acting, 'write', 'local-review')
  return acting.transaction(async tx => {
    const report = await openToWrite(tx, incidentId)
    return saveNext(tx, report, { ...saving, paragraphs: paragraphsIn(text), documentId: undefined, field: 'text' })
  })
}

/**
 * Reads a file, keeps it, and saves its text as the next version.
 * @throws UploadProblem with words for the person; ServiceError as `saveVersion`, at the field `file`
 */
export async function saveVersionFromFile(
  acting: Acting,
  files: FileStore,
  incidentId: string,
  {
    upload,
    changes,
    ...saving
  }: Saving & { upload: { name: string; bytes: Uint8Array | undefined } | undefined; changes: ChangeChoice },
): Promise<number> {
  ensureMay(acting, 'write', 'local-review')
  // Asked first, so that nobody outside the group can make us read a file.
  await acting.transaction(tx => openToWrite(tx, incidentId))
  const read = await readUpload(files, upload)
  return acting.transaction(async tx => {
    const report = await openToWrite(tx, incidentId)
    const { review } = report
    const documentId = await addDocument(tx, {
      place: review,
      reviewId: review.reviewId,
      subject: 'local-review',
      name: (upload?.name ?? '').slice(0, 200),
      read,
    })
    const paragraphs = paragraphsOfFile(read.extraction.paragraphs, changes)
    return saveNext(tx, report, { ...saving, paragraphs, documentId, field: 'file' })
  })
}

async function openToWrite(tx: Tx, incidentId: string): Promise<Report> {
  const report = await seenReport(tx, incidentId)
  if (!report.draft || report.draft.status === 'draft') return report
  throw new ServiceError(
    'conflict',
    `The text of the report of ${report.review.reference} stands still: it waits for signatures or is signed. The business manager can take it back to change it.`,
  )
}

async function saveNext(
  tx: Tx,
  { review, versions }: Report,
  saving: Saving & {
    paragraphs: readonly Omit<DraftParagraph, 'id'>[]
    documentId: string | undefined
    field: 'text' | 'file'
  },
): Promise<number> {
  const refused = (text: string) => invalidAt(saving.field, text)
  if (saving.paragraphs.length === 0)
    throw refused(saving.field === 'text' ? 'Enter the text' : 'There is no text in this file')
  const note = saving.note.trim()
  if (note.length > 1000) {
    const text = 'What changed must be 1,000 characters or less'
    throw invalidAt('note', text)
  }
  const last = versions.at(-1)?.version ?? 0
  const paragraphs = named(versions, saving.paragraphs)
  const version = last + 1
  const hash = hashOfVersion({ version, paragraphs })
  await insertDraft(tx, review)
  const { documentId } = saving
  if (
    saving.seenVersion !== last ||
    !(await insertVersion(tx, review, { version, note, documentId, paragraphs, hash }))
  ) {
    throw new ServiceError(
      'conflict',
      `Somebody else saved a version of the report of ${review.reference} meanwhile. Read it, then add what you wrote.`,
    )
  }
  await reopenStage(tx, review, 'signed-off')
  await recordEvent(tx, {
    kind: 'draft.version-saved',
    subject: 'local-review',
    place: review,
    detail: { version, hash, paragraphs: paragraphs.length },
  })
  return version
}
