import { type TextOnPage } from '../../documents/index.ts'
import { contextOf, type Tx } from '../../platform/database/index.ts'
import { londonDate } from '../../platform/dates.ts'
import { knownToRecord } from '../../notifications/index.ts'
import { readConsideration } from '../store.ts'
import { panelPath } from '../which-review.ts'
import type { Letter } from './letter.ts'
import { textSectionsOf } from './sections.ts'

/** The letter as a text by which somebody could be recognised. It names its own review, and the days of it. */
export async function letterToCheck(tx: Tx, letter: Letter): Promise<TextOnPage> {
  const consideration = await readConsideration(tx, letter)
  return {
    caption: `The letter on ${letter.reference}`,
    back: { href: `${panelPath(letter)}/letter/preview`, text: 'The letter' },
    about: `letter ${letter.letterId}`,
    subject: 'letter-draft',
    place: letter,
    paragraphs: [
      ...textSectionsOf(letter.kind).map(({ key }) => ({ id: key, text: letter.texts[key] ?? '' })),
      ...letter.points.map(({ id, text }) => ({ id, text })),
    ].filter(({ text }) => text !== ''),
    known: {
      ...(await knownToRecord(tx, letter.incidentId)),
      process: [
        contextOf(tx).today,
        ...(consideration ? [londonDate(consideration.receivedAt), consideration.dueOn] : []),
      ],
    },
    ours: [letter.reference],
  }
}
