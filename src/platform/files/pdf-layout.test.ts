import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesToParagraphs } from './pdf-layout.ts'
import type { PdfLine } from './pdf-layout.ts'

const letterWidth = 5

/** Lines of 10 point type, 14 points apart from the top of page 1, unless a line says otherwise. */
function lines(...given: (string | (Partial<PdfLine> & { text: string }))[]): PdfLine[] {
  let y = 200
  return given.map(one => {
    const { text, x = 60, size = 10, page = 1, ...rest } = typeof one === 'string' ? { text: one } : one
    y = rest.y ?? y + 14
    return { text, x, right: x + text.length * letterWidth, y, size, page, pageHeight: 842 }
  })
}

const full = 'The health visitor had seen the child four times in the winter, and'
const more = 'every visit was recorded on the same day in the notes of the clinic'

const joining = [
  {
    name: 'lines that fill the column are one paragraph',
    given: lines(full, more, 'of the town.'),
    texts: [`${full} ${more} of the town.`],
  },
  {
    name: 'a line that leaves room for the next word ends its paragraph',
    given: lines(full, 'every visit was recorded.', more, 'of the town.'),
    texts: [`${full} every visit was recorded.`, `${more} of the town.`],
  },
  {
    name: 'a wider gap begins a paragraph',
    given: lines(full, more, { text: full, y: 250 }, { text: more, y: 264 }),
    texts: [`${full} ${more}`, `${full} ${more}`],
  },
  {
    name: 'an indented line begins a paragraph',
    given: lines(full, more, { text: full, x: 75 }, more),
    texts: [`${full} ${more}`, `${full} ${more}`],
  },
  {
    name: 'a sentence goes on on the next page',
    given: lines({ text: full, y: 700 }, more, { text: 'of the town.', page: 2, y: 100 }),
    texts: [`${full} ${more} of the town.`],
  },
  {
    name: 'a new sentence on the next page is a new paragraph',
    given: lines(full, 'every visit.', { text: 'Then', page: 2, y: 100 }),
    texts: [`${full} every visit.`, 'Then'],
  },
  {
    name: 'a bullet that hangs keeps its lines',
    given: lines(`•\t${full}`, { text: more, x: 75 }, `•\t${full}`),
    texts: [`${full} ${more}`, full],
  },
  {
    name: 'rows of a table stay apart',
    given: lines('Agency\tLast contact of the agency with the child or the family', 'Police\t2 November 2025'),
    texts: ['Agency\tLast contact of the agency with the child or the family', 'Police\t2 November 2025'],
  },
]
for (const { name, given, texts } of joining) {
  test(`in a PDF, ${name}`, () => {
    assert.deepEqual(
      linesToParagraphs(given).map(({ text }) => text),
      texts,
    )
  })
}

const hyphens = [
  {
    name: 'stays when nothing is known of the word',
    before: 'multi-',
    after: 'agency work',
    elsewhere: '',
    joined: 'multi-agency work',
  },
  {
    name: 'stays when the word has one elsewhere',
    before: 'multi-',
    after: 'agency work',
    elsewhere: 'A multi-agency plan, multiagency.',
    joined: 'multi-agency work',
  },
  {
    name: 'goes when the word is whole elsewhere',
    before: 'safe-',
    after: 'guarding work',
    elsewhere: 'Safeguarding.',
    joined: 'safeguarding work',
  },
  {
    name: 'goes when it is soft',
    before: 'safe\u00ad',
    after: 'guarding work',
    elsewhere: '',
    joined: 'safeguarding work',
  },
  {
    name: 'of a span of years stays',
    before: '2024-',
    after: '25 and after',
    elsewhere: '',
    joined: '2024-25 and after',
  },
]
for (const { name, before, after, elsewhere, joined } of hyphens) {
  test(`a hyphen at the end of a line ${name}`, () => {
    const padding = 'The partners looked at the records of all that had been done for '
    const found = linesToParagraphs(lines(padding + before, after, { text: elsewhere, y: 400 }))
    assert.equal(found[0]?.text, padding + joined)
  })
}

const pages = [1, 2, 3, 4, 5, 6]
const onEachPage = (line: (page: number) => Partial<PdfLine> & { text: string }) =>
  lines(
    ...pages.flatMap(page => [
      { ...line(page), page },
      { text: `Report ${'abcdef'[page - 1]} of an agency.`, page, y: 300 },
    ]),
  )

const margins = [
  {
    name: 'a page number at the foot is a footer',
    given: onEachPage(page => ({ text: `Page ${page} of 6`, y: 800 })),
    roles: { footer: 1, body: 6 },
  },
  {
    name: 'a running title is a header',
    given: onEachPage(() => ({ text: 'Harrowmere', y: 40 })),
    roles: { header: 1, body: 6 },
  },
  {
    name: 'the same words in the middle of pages are no header',
    given: onEachPage(() => ({ text: 'Not known.', y: 250 })),
    roles: { body: 12 },
  },
  {
    name: 'the same words at different heights are no header',
    given: onEachPage(page => ({ text: 'Not known.', y: 30 + page * 6 })),
    roles: { body: 12 },
  },
  {
    name: 'a heading at the top of three pages in ten stays a heading',
    given: [
      ...onEachPage(page => ({
        text: page % 2 === 0 ? 'Analysis' : `Of ${'abcdef'[page]}`,
        y: 80,
        size: page % 2 === 0 ? 16 : 10,
      })),
      ...lines({ text: 'Last page.', page: 7, y: 300 }),
    ],
    roles: { heading: 3, body: 10 },
  },
]
for (const { name, given, roles } of margins) {
  test(`in a PDF, ${name}`, () => {
    const counts: Record<string, number> = {}
    for (const { role } of linesToParagraphs(given)) counts[role] = (counts[role] ?? 0) + 1
    assert.deepEqual(counts, roles)
  })
}

test('headings of a PDF are ranked by the size of their type', () => {
  const found = linesToParagraphs(
    lines({ text: 'Review', size: 20 }, { text: 'Findings', size: 14, y: 260 }, { text: full, y: 290 }, more, {
      text: 'Steps',
      size: 14,
      y: 360,
    }),
  )
  assert.deepEqual(
    found.map(({ role, level }) => [role, level]),
    [
      ['heading', 1],
      ['heading', 2],
      ['body', undefined],
      ['heading', 2],
    ],
  )
})

test('small numbered type at the foot of a page is a footnote, with its number as label', () => {
  const found = linesToParagraphs(lines(full, more, { text: '1 See the chronology.', size: 8, y: 760 }))
  assert.deepEqual(
    found.map(({ role, label, text }) => [role, label, text]),
    [
      ['body', undefined, `${full} ${more}`],
      ['footnote', '1', 'See the chronology.'],
    ],
  )
})
