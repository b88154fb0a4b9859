import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'preact-render-to-string'
import { fixture } from '../platform/files/builders.ts'
import { extractText, type ExtractedParagraph, type TrackedChange } from '../platform/files/index.ts'
import { type ChangeChoice, hasMarks, joinedText, runsOf, textOf } from './document.ts'
import { ParagraphText } from './paragraph-text.tsx'

const deleted = (from: number, to: number): TrackedChange => ({ from, to, kind: 'deleted', by: 'A Reviewer' })
const inserted = (from: number, to: number): TrackedChange => ({ from, to, kind: 'inserted' })
const paragraph = (text: string, more: Partial<ExtractedParagraph> = {}): ExtractedParagraph => ({
  number: 1,
  role: 'body',
  text,
  changes: [],
  ...more,
})

const cases: { name: string; changes: TrackedChange[]; taken: Record<ChangeChoice, string> }[] = [
  {
    name: 'nothing tracked',
    changes: [],
    taken: { shown: 'The old new end', accepted: 'The old new end', rejected: 'The old new end' },
  },
  {
    name: 'a deletion and an insertion',
    changes: [deleted(4, 8), inserted(8, 12)],
    taken: { shown: 'The [deleted: old ][inserted: new ]end', accepted: 'The new end', rejected: 'The old end' },
  },
  {
    name: 'text that was inserted and then deleted is gone both ways',
    changes: [deleted(4, 8), inserted(4, 8)],
    taken: { shown: 'The [inserted, then deleted: old ]new end', accepted: 'The new end', rejected: 'The new end' },
  },
  {
    name: 'changes that overlap in part',
    changes: [inserted(4, 12), deleted(8, 15)],
    taken: {
      shown: 'The [inserted: old ][inserted, then deleted: new ][deleted: end]',
      accepted: 'The old',
      rejected: 'The end',
    },
  },
  {
    name: 'all of it deleted',
    changes: [deleted(0, 15)],
    taken: { shown: '[deleted: The old new end]', accepted: '', rejected: 'The old new end' },
  },
]
for (const { name, changes, taken } of cases) {
  for (const [choice, text] of Object.entries(taken)) {
    test(`${name}: ${choice}`, () => {
      assert.equal(textOf(paragraph('The old new end', { changes }), choice as ChangeChoice), text)
    })
  }
}

test('a comment is taken once and in brackets where the text is taken as shown, and not at all otherwise', () => {
  const commented = paragraph('He was seen twice.', {
    changes: [deleted(3, 6)],
    comments: [{ from: 0, to: 10, paragraphs: [9] }],
  })
  const comment = (number: number) => (number === 9 ? 'By whom?' : undefined)
  assert.equal(textOf(commented, 'shown', comment), 'He [deleted: was] see [comment: By whom?]n twice.')
  assert.equal(textOf(commented, 'accepted', comment), 'He  seen twice.')
})

test('cells of a row stand on one line, and items of a list stand together with their labels', () => {
  const cell = (text: string, row: number, column: number) =>
    paragraph(text, { role: 'table', cell: { table: 1, row, column } })
  const joined = joinedText(
    [
      paragraph('Before.'),
      cell('Agency', 1, 1),
      cell('Contact', 1, 2),
      cell('Police', 2, 1),
      cell('One call', 2, 2),
      paragraph('First', { role: 'list', label: '1.' }),
      paragraph('Second', { role: 'list', label: '2.' }),
    ],
    'accepted',
  )
  assert.equal(joined, 'Before.\n\nAgency | Contact\nPolice | One call\n\n1. First\n2. Second')
})

test('what is deleted is said in words for whoever does not see that it is struck through', () => {
  const html = render(
    <ParagraphText
      paragraph={paragraph('Name <b>', {
        changes: [deleted(0, 4)],
        comments: [{ from: 0, to: 4, paragraphs: [7] }],
      })}
      comments={new Map([[7, paragraph('Take it out', { number: 7, role: 'comment', by: 'B' })]])}
    />,
  )
  assert.match(html, /<del title="deleted by A Reviewer"><span[^>]*> start of deleted text: <\/span>Name<span/)
  assert.match(html, /\[Comment by B:<\/strong> Take it out/)
  assert.match(html, /&lt;b/)
})

for (const name of ['rapid-review.docx', 'rapid-review.odt', 'rapid-review.pdf']) {
  test(`every paragraph of ${name} stands in exactly one run, comments apart`, async () => {
    const { paragraphs } = await extractText({ name, bytes: await fixture(name) })
    const inRuns = runsOf(paragraphs).flatMap(run => run.paragraphs.map(({ number }) => number))
    assert.deepEqual(
      inRuns,
      paragraphs.filter(({ role }) => role !== 'comment').map(({ number }) => number),
    )
    assert.equal(paragraphs.some(hasMarks), !name.endsWith('.pdf'))
  })
}
