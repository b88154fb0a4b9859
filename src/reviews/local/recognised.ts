import { ensureAllDecided, type TextOnPage } from '../../documents/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { invalidAt, ServiceError } from '../../platform/errors.ts'
import { signedReport, versionsOf } from '../drafting/store.ts'
import { knownToReview } from '../known-to-review.ts'
import type { LearningPoint } from './learning/learning-point.ts'
import type { LocalReview } from './local-review.ts'
import { pathOf } from './path.ts'

/** The report as it goes ahead of publication: as it was signed, or its last version; undefined where none is written here. */
export async function reportToCheck(tx: Tx, review: LocalReview): Promise<TextOnPage | undefined> {
  const paragraphs = ((await signedReport(tx, review)) ?? (await versionsOf(tx, review)).at(-1))?.paragraphs
  return (
    paragraphs && {
      caption: `Report of the local review, ${review.reference}`,
      back: { href: `${pathOf(review.incidentId)}/sent-ahead`, text: 'Sent ahead of publication' },
      about: `report ${review.reviewId}`,
      subject: 'local-review',
      place: review,
      paragraphs: paragraphs.map(({ id, text }) => ({ id, text })),
      known: await knownToReview(tx, review.incidentId),
      ours: [review.reference],
    }
  )
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
    known: await knownToReview(tx, review.incidentId),
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
