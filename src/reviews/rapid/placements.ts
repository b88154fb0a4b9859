import type { Tx } from '../../platform/database/index.ts'
import { columnsOfReview, type ReviewPlace } from '../review.ts'

/** Sections by paragraph number. */
export async function placementsOf(tx: Tx, documentId: string): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('paragraph_placement')
    .select(['number', 'section'])
    .where('document_id', '=', documentId)
    .execute()
  return new Map(rows.map(({ number, section }) => [number, section]))
}

export async function savePlacements(
  tx: Tx,
  review: ReviewPlace,
  documentId: string,
  sections: ReadonlyMap<number, string>,
): Promise<void> {
  if (sections.size === 0) return
  await tx
    .insertInto('paragraph_placement')
    .values(
      [...sections].map(([number, section]) => ({
        ...columnsOfReview(review),
        document_id: documentId,
        number,
        section,
      })),
    )
    .onConflict(conflict =>
      conflict.columns(['document_id', 'number']).doUpdateSet(eb => ({ section: eb.ref('excluded.section') })),
    )
    .execute()
}
