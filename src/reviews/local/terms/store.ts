import { sql } from 'kysely'
import { contextOf, personOf, type Tx } from '../../../platform/database/index.ts'
import { draftColumns, draftFrom, type AnswerDraft } from '../../../platform/questionnaire/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { columnsOfReview, type ReviewPlace } from '../../review.ts'
import { termsForm, type TermsAnswers } from './terms-form.ts'

export type TermsDraft = AnswerDraft<TermsAnswers> & ReviewPlace

export async function readTerms(tx: Tx, place: ReviewPlace): Promise<TermsDraft> {
  const row = await tx
    .selectFrom('terms_of_reference')
    .select(['answers', 'typed', 'revision', 'page_revisions'])
    .where('review_id', '=', place.reviewId)
    .executeTakeFirst()
  const { reviewId, incidentId, authorityCode, partnershipCode } = place
  return {
    reviewId,
    incidentId,
    authorityCode,
    partnershipCode,
    ...draftFrom<TermsAnswers>(row ?? { answers: {}, typed: {}, revision: 0, page_revisions: {} }),
  }
}

export async function saveTerms(tx: Tx, draft: TermsDraft): Promise<void> {
  const columns = draftColumns(draft)
  await tx
    .insertInto('terms_of_reference')
    .values({ ...columnsOfReview(draft), ...columns })
    .onConflict(conflict => conflict.column('review_id').doUpdateSet(columns))
    .execute()
}

export interface TermsVersion {
  version: number
  answers: TermsAnswers
  agreedOn: CivilDate
  whyChanged: string | undefined
  recordedBy: string | undefined
  recordedAt: Date
}

/** The versions the partners agreed, the first one first. */
export async function termsVersionsOf(tx: Tx, reviewId: string): Promise<TermsVersion[]> {
  const rows = await tx
    .selectFrom('terms_of_reference_version')
    .leftJoin('person', 'person.id', 'terms_of_reference_version.recorded_by')
    .select(['version', 'answers', 'agreed_on', 'why_changed', 'recorded_at', 'person.name'])
    .where('review_id', '=', reviewId)
    .orderBy('version')
    .execute()
  return rows.map(row => ({
    version: row.version,
    answers: row.answers as unknown as TermsAnswers,
    agreedOn: row.agreed_on as CivilDate,
    whyChanged: row.why_changed ?? undefined,
    recordedBy: row.name ?? undefined,
    recordedAt: row.recorded_at,
  }))
}

/** Those of these reviews whose terms of reference were agreed. */
export async function withAgreedTerms(tx: Tx, reviewIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('terms_of_reference_version')
    .select('review_id')
    .distinct()
    .where(sql<boolean>`review_id = any (${[...reviewIds]}::uuid[])`)
    .execute()
  return new Set(rows.map(row => row.review_id))
}

export async function insertTermsVersion(
  tx: Tx,
  place: ReviewPlace,
  { version, answers, agreedOn, whyChanged }: Pick<TermsVersion, 'version' | 'answers' | 'agreedOn' | 'whyChanged'>,
): Promise<void> {
  await tx
    .insertInto('terms_of_reference_version')
    .values({
      ...columnsOfReview(place),
      version,
      form_version: String(termsForm.version),
      answers: JSON.stringify(answers),
      agreed_on: agreedOn,
      why_changed: whyChanged ?? null,
      recorded_by: personOf(tx) ?? null,
      recorded_at: contextOf(tx).now,
    })
    .execute()
}
