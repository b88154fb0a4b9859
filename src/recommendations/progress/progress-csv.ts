import type { Cell } from '../../platform/files/index.ts'
import { themes, type Theme } from '../../reference-data/index.ts'
import type { Picture } from './picture.ts'
import { tellDelivery, tellEffect, tellReply } from './views/axes-in-words.ts'
import { knownOf, tellPublishedOn } from './views/published-on.ts'

/** One line for each body that is asked; one where none is named. */
export function progressCsv(pictures: readonly Picture[]): { headings: string[]; cells: Cell[][] } {
  return {
    headings: [
      'Number',
      'Recommendation',
      'From',
      'Published',
      'Themes',
      'How sure this is',
      'Addressed to',
      'Reply asked for by',
      'Reply',
      'Reply in full',
      'Delivery',
      'Effect',
    ],
    cells: pictures.flatMap(picture => {
      const { number, text, source, addressees } = picture
      const first: Cell[] = [
        number,
        text,
        source.name,
        tellPublishedOn(picture),
        picture.themes.map(theme => themes[theme as Theme] ?? theme).join('; '),
        knownOf(number)?.trust.join(' '),
      ]
      if (addressees.length === 0)
        return [[...first, 'Local partners', undefined, undefined, undefined, undefined, undefined]]
      return addressees.map(one => [
        ...first,
        one.name,
        one.replyAskedBy ?? undefined,
        tellReply(one),
        one.said.flatMap(move => (move.axis === 'reply' ? [move.words] : [])).join('\n\n'),
        tellDelivery(one),
        tellEffect(one),
      ])
    }),
  }
}
