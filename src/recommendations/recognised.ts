import type { TextOnPage } from '../documents/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { knownToReview } from '../reviews/index.ts'
import type { Recommendation } from './recommendation.ts'

/** A local recommendation as a text by which somebody could be recognised; a national one is about no child. */
export async function recommendationToCheck(tx: Tx, found: Recommendation): Promise<TextOnPage | undefined> {
  if (!found.place) return undefined
  return {
    caption: `Recommendation ${found.number}`,
    back: { href: `/desk/recommendations/${found.number}`, text: 'The recommendation' },
    about: `recommendation ${found.recommendationId}`,
    subject: 'recommendation-draft',
    place: found.place,
    paragraphs: [
      { id: 'text', text: found.text },
      { id: 'finding', text: found.finding },
      { id: 'intendedChange', text: found.intendedChange },
      { id: 'measure', text: found.measure },
      { id: 'priorityReason', text: found.priorityReason },
    ].filter(({ text }) => text !== ''),
    known: await knownToReview(tx, found.place.incidentId),
    ours: [found.number],
  }
}
