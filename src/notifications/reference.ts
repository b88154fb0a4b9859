import { randomInt } from 'node:crypto'

/** Without letters and digits that are mistaken for each other on the telephone. */
const alphabet = '23456789BCDFGHJKMNPQRTVWXY'

/**
 * A number to quote on the telephone and in mail: `WV-7KM-P2D`. Drawn by lot, so that it tells nobody how many
 * incidents there are or when one happened.
 */
export function newReference(draw: (below: number) => number = randomInt): string {
  const drawn = Array.from({ length: 6 }, () => alphabet[draw(alphabet.length)]).join('')
  return `WV-${drawn.slice(0, 3)}-${drawn.slice(3)}`
}
