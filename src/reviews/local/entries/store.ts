import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import { entryForms, type EntryAnswers, type EntryKind } from './entry-forms.ts'

/** Something that was written down along the way, by the form of its kind. */
export interface Entry<Kind extends EntryKind = EntryKind> {
  id: string
  reviewId: string
  answers: EntryAnswers<Kind>
  revision: number
  addedAt: Date
  addedBy: string | undefined
}

/** Entries of a kind, in the order in which they were written down. */
export async function entriesOf<Kind extends EntryKind>(tx: Tx, reviewId: string, kind: Kind): Promise<Entry<Kind>[]> {
  return (await entriesOfAll(tx, [reviewId], kind)).get(reviewId) ?? []
}

export async function entriesOfAll<Kind extends EntryKind>(
  tx: Tx,
  reviewIds: readonly string[],
  kind: Kind,
): Promise<Map<string, Entry<Kind>[]>> {
  const rows = await tx
    .selectFrom('local_review_entry')
    .leftJoin('person', 'person.id', 'local_review_entry.added_by')
    .select([
      'local_review_entry.id',
      'local_review_entry.review_id',
      'local_review_entry.answers',
      'local_review_entry.revision',
      'local_review_entry.added_at',
      'person.name',
    ])
    .where(sql<boolean>`local_review_entry.review_id = any (${[...reviewIds]}::uuid[])`)
    .where('local_review_entry.kind', '=', kind)
    .orderBy('local_review_entry.added_at')
    .orderBy('local_review_entry.id')
    .execute()
  return Map.groupBy(
    rows.map(row => ({
      id: row.id,
      reviewId: row.review_id,
      answers: row.answers as unknown as EntryAnswers<Kind>,
      revision: row.revision,
      addedAt: row.added_at,
      addedBy: row.name ?? undefined,
    })),
    ({ reviewId }) => reviewId,
  )
}

export async function insertEntry<Kind extends EntryKind>(
  tx: Tx,
  place: ReviewPlace,
  kind: Kind,
  answers: EntryAnswers<Kind>,
): Promise<string> {
  const [now, person] = [contextOf(tx).now, personOf(tx) ?? null]
  const row = await tx
    .insertInto('local_review_entry')
    .values({
      ...columnsOfReview(place),
      kind,
      answers: JSON.stringify(answers),
      form_version: String(entryForms[kind].version),
      added_by: person,
      added_at: now,
      saved_by: person,
      saved_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function updateEntry<Kind extends EntryKind>(
  tx: Tx,
  { reviewId }: ReviewPlace,
  kind: Kind,
  id: string,
  answers: EntryAnswers<Kind>,
): Promise<void> {
  await tx
    .updateTable('local_review_entry')
    .set(eb => ({
      answers: JSON.stringify(answers),
      form_version: String(entryForms[kind].version),
      revision: eb('revision', '+', 1),
      saved_by: personOf(tx) ?? null,
      saved_at: contextOf(tx).now,
    }))
    .where('id', '=', id)
    .where('review_id', '=', reviewId)
    .where('kind', '=', kind)
    .execute()
}

export async function deleteEntry(tx: Tx, { reviewId }: ReviewPlace, kind: EntryKind, id: string): Promise<void> {
  await tx
    .deleteFrom('local_review_entry')
    .where('id', '=', id)
    .where('review_id', '=', reviewId)
    .where('kind', '=', kind)
    .execute()
}
