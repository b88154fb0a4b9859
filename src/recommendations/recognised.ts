import type { KnownToRecord, TextOnPage } from '../documents/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { knownToReview } from '../reviews/index.ts'
import type { Recommendation } from './recommendation.ts'

const nothingKnown: KnownToRecord = { people: [], dates: [], addresses: [], settings: [], areas: [] }

/** A recommendation as a text by which somebody could be recognised. A national one is about no record. */
export async function recommendationToCheck(tx: Tx, found: Recommendation): Promise<TextOnPage> {
  return {
    caption: `Recommendation ${found.number}`,
    back: { href: `/desk/recommendations/${found.number}`, text: 'The recommendation' },
    about: `recommendation ${found.recommendationId}`,
    subject: found.place ? 'recommendation-draft' : 'national-recommendation-draft',
    place: found.place ?? undefined,
    paragraphs: [
      { id: 'text', text: found.text },
      { id: 'finding', text: found.finding },
      { id: 'intendedChange', text: found.intendedChange },
      { id: 'measure', text: found.measure },
      { id: 'priorityReason', text: found.priorityReason },
    ].filter(({ text }) => text !== ''),
    known: found.place ? await knownToReview(tx, found.place.incidentId) : nothingKnown,
    ours: [found.number],
  }
}
