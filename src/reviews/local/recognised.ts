import { ensureAllDecided, type KnownToRecord, type TextOnPage } from '../../documents/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import type { DraftVersion } from '../drafting/draft.ts'
import { signedReport, versionsOf } from '../drafting/store.ts'
import { knownToReview } from '../known-to-review.ts'
import type { LearningPoint } from './learning/learning-point.ts'
import type { LocalReview } from './local-review.ts'
import { pathOf } from './path.ts'

/** The report as it goes ahead of publication: as it was signed, or its last version; undefined where none is written here. */
export async function reportToCheck(tx: Tx, review: LocalReview): Promise<TextOnPage | undefined> {
  const sent = (await signedReport(tx, review)) ?? (await versionsOf(tx, review)).at(-1)
  return sent && reportWith(tx, review, sent, { at: 'sent-ahead', text: 'Sent ahead of publication' })
}

/** The version that partners are to sign. What was decided about one version holds for the same words of another. */
export async function versionToCheck(
  tx: Tx,
  review: LocalReview,
  version: Pick<DraftVersion, 'paragraphs'>,
): Promise<TextOnPage> {
  return reportWith(tx, review, version, { at: 'report', text: 'Report' })
}

async function reportWith(
  tx: Tx,
  review: LocalReview,
  { paragraphs }: Pick<DraftVersion, 'paragraphs'>,
  back: { at: string; text: string },
): Promise<TextOnPage> {
  return {
    caption: `Report of the local review, ${review.reference}`,
    back: { href: `${pathOf(review.incidentId)}/${back.at}`, text: back.text },
    about: `report ${review.reviewId}`,
    subject: 'local-review',
    place: review,
    paragraphs: paragraphs.map(({ id, text }) => ({ id, text })),
    known: await knownWithDays(tx, review),
    ours: [review.reference],
  }
}

/** With the days of the review itself, which are no days of the child's life. */
async function knownWithDays(tx: Tx, review: LocalReview): Promise<KnownToRecord> {
  const { decidedOn, dueOn, expectedOn, publishOn, sentAheadOn, outcomeOn } = review
  return {
    ...(await knownToReview(tx, review.incidentId)),
    process: [decidedOn, dueOn, expectedOn, publishOn, sentAheadOn, outcomeOn].flatMap(day => day ?? []),
  }
}

/** A learning point in the words that may be shared, or are to be. */
export async function learningToCheck(
  tx: Tx,
  review: LocalReview,
  { id, number, text, cleared }: LearningPoint,
  toShare = cleared?.text,
): Promise<TextOnPage> {
  return {
    caption: `Learning point ${number}, ${review.reference}`,
    back: { href: `${pathOf(review.incidentId)}/learning`, text: 'Learning points' },
    about: `learning ${id}`,
    subject: 'local-review',
    place: review,
    paragraphs: [{ id, text: toShare ?? text }],
    known: await knownWithDays(tx, review),
  }
}

/**
 * Asked before a learning point is safe to share. What is to be shared is decided about at the point, in its own words.
 * @throws ServiceError 'invalid' at `clearedText`
 */
export async function ensureLearningDecided(
  tx: Tx,
  review: LocalReview,
  point: LearningPoint,
  toShare: string,
): Promise<void> {
  try {
    await ensureAllDecided(tx, await learningToCheck(tx, review, point, toShare))
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const text = `${error.message} Use “Who could be recognised” at the learning point; words that stand here alone go into the point first`
    throw invalidAt('clearedText', text, error)
  }
}
