import { contextOf, personOf, type Tx } from '../platform/database/index.ts'
import type { Subject } from '../platform/access/index.ts'
import { columnsOf, type IncidentPlace } from '../platform/events/index.ts'
import type { DocumentKind, ExtractedParagraph, ParagraphRole, TrackedChange } from '../platform/files/index.ts'
import type { Document } from './document.ts'
import type { ReadUpload } from './read-upload.ts'

/** Rows of one insert: a statement has room for 65,535 values. */
const rowsAtOnce = 1_000

/** @returns the id of the document */
export async function addDocument(
  tx: Tx,
  added: { place: IncidentPlace; reviewId: string; subject: Subject; name: string; read: ReadUpload },
): Promise<string> {
  const { place, reviewId, subject, name, read } = added
  const { id } = await tx
    .insertInto('document')
    .values({
      ...columnsOf(place),
      review_id: reviewId,
      subject,
      name: storable(name),
      kind: read.extraction.kind,
      hash: read.hash,
      size_bytes: read.sizeBytes,
      notices: JSON.stringify(read.extraction.notices),
      person_id: personOf(tx) ?? null,
      added_at: contextOf(tx).now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = read.extraction.paragraphs.map(({ number, role, page, text, changes, ...marks }) => ({
    document_id: id,
    number,
    role,
    page: page ?? null,
    text: storable(text),
    changes: storable(JSON.stringify(changes)),
    marks: storable(JSON.stringify(marks)),
  }))
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await tx
      .insertInto('paragraph')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
  }
  return id
}

/** PostgreSQL takes no NUL in text. It stays one unit long, so that spans keep their places. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll('\\u0000', '\\ufffd')
}

function documentQuery(tx: Tx) {
  return tx
    .selectFrom('document')
    .leftJoin('person', 'person.id', 'document.person_id')
    .select([
      'document.id',
      'document.incident_id',
      'document.review_id',
      'document.subject',
      'document.name',
      'document.kind',
      'document.hash',
      'document.size_bytes',
      'document.notices',
      'document.added_at',
      'person.name as added_by',
    ])
}

type DocumentRow = Awaited<ReturnType<ReturnType<typeof documentQuery>['executeTakeFirstOrThrow']>>

function toDocument(row: DocumentRow): Document {
  return {
    id: row.id,
    incidentId: row.incident_id,
    reviewId: row.review_id ?? undefined,
    subject: row.subject,
    name: row.name,
    kind: row.kind as DocumentKind,
    hash: row.hash,
    sizeBytes: Number(row.size_bytes),
    notices: row.notices as string[],
    addedBy: row.added_by ?? undefined,
    addedAt: row.added_at,
  }
}

/** The files of a review that the acting person may see, the oldest first. */
export async function documentsOf(tx: Tx, reviewId: string): Promise<Document[]> {
  const rows = await documentQuery(tx)
    .where('document.review_id', '=', reviewId)
    .orderBy('document.added_at')
    .orderBy('document.id')
    .execute()
  return rows.map(toDocument)
}

export async function readDocument(tx: Tx, documentId: string): Promise<Document | undefined> {
  const row = await documentQuery(tx).where('document.id', '=', documentId).executeTakeFirst()
  return row && toDocument(row)
}

export async function paragraphsOf(tx: Tx, documentId: string): Promise<ExtractedParagraph[]> {
  const rows = await tx
    .selectFrom('paragraph')
    .select(['number', 'role', 'page', 'text', 'changes', 'marks'])
    .where('document_id', '=', documentId)
    .orderBy('number')
    .execute()
  return rows.map(row => ({
    ...(row.marks as Partial<ExtractedParagraph>),
    number: row.number,
    role: row.role as ParagraphRole,
    text: row.text,
    changes: row.changes as unknown as TrackedChange[],
    ...(row.page === null ? {} : { page: row.page }),
  }))
}
