/**
 * Who reads the reviews and writes the letters. A Child Protection Authority is to grow out of the Panel: its name
 * changes here. Written ministerial statement of 11 December 2025.
 */
export const nationalBody = {
  name: 'Child Safeguarding Practice Review Panel',
  /** At the start of a sentence: `atStart`. */
  shortName: 'the Panel',
  atStart: 'The Panel',
} as const
