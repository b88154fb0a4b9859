import type { TextOnPage } from '../documents/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { wordsToPublish } from '../recommendations/index.ts'
import { knownToReview } from '../reviews/index.ts'
import { accountOf, type Publication } from './publication.ts'
import { sectors, type Sheet } from './sheets/sheet.ts'

/** The words of the public page as a text by which somebody could be recognised. */
export async function publicationToCheck(tx: Tx, publication: Publication): Promise<TextOnPage> {
  const { text, incidentId, reviewId } = publication
  const named = await wordsToPublish(tx, incidentId, text.recommendations)
  return {
    caption: 'The words of the public page',
    back: { href: `/incidents/${incidentId}/publication`, text: 'Publishing the review' },
    about: `publication ${reviewId}`,
    subject: 'publication',
    place: publication,
    paragraphs: [
      { id: 'title', text: text.title },
      ...(accountOf(publication) ?? '').split('\n\n').map((part, at) => ({ id: `account-${at + 1}`, text: part })),
      { id: 'learning', text: text.learning },
      { id: 'recommendations', text: text.recommendations },
      ...named.map(({ number, words }) => ({ id: `recommendation-${number}`, text: words })),
    ].filter(paragraph => paragraph.text !== ''),
    known: await knownToReview(tx, incidentId),
  }
}

/** A learning sheet as a text by which somebody could be recognised. */
export async function sheetToCheck(
  tx: Tx,
  { incidentId, authorityCode, partnershipCode, reviewId }: Publication,
  { sector, happened, learnt, ask }: Sheet,
): Promise<TextOnPage> {
  return {
    caption: `Learning sheet: ${sectors[sector]}`,
    back: { href: `/incidents/${incidentId}/publication/sheets/${sector}`, text: 'The learning sheet' },
    about: `sheet ${reviewId} ${sector}`,
    subject: 'publication',
    place: { incidentId, authorityCode, partnershipCode },
    paragraphs: [
      { id: 'happened', text: happened },
      { id: 'learnt', text: learnt },
      { id: 'ask', text: ask },
    ],
    known: await knownToReview(tx, incidentId),
  }
}
