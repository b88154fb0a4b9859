import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchParagraphs } from './match-paragraphs.ts'
import { paragraphDifferences, wordDifference } from './paragraph-difference.ts'

const before = [
  { id: 'p1', text: 'What happened' },
  { id: 'p2', text: 'The health visitor came three times and saw the baby with her mother.' },
  { id: 'p3', text: 'The police were called to the home on one night in spring.' },
  { id: 'p4', text: 'What we learnt' },
  { id: 'p5', text: 'Calls to a home with a baby must reach the health visitor within one day.' },
]
const texts = before.map(({ text }) => text)
const [title, visits, police, learnt, calls] = texts as [string, string, string, string, string]

const cases: { name: string; after: string[]; ids: (string | undefined)[] }[] = [
  { name: 'nothing changed', after: texts, ids: ['p1', 'p2', 'p3', 'p4', 'p5'] },
  {
    name: 'words were changed',
    after: [title, visits.replace('three', 'four'), police, learnt, calls],
    ids: ['p1', 'p2', 'p3', 'p4', 'p5'],
  },
  {
    name: 'one was added between',
    after: [title, visits, 'Nobody asked the father how he was.', police, learnt, calls],
    ids: ['p1', 'p2', undefined, 'p3', 'p4', 'p5'],
  },
  { name: 'one was taken out', after: [title, visits, learnt, calls], ids: ['p1', 'p2', 'p4', 'p5'] },
  { name: 'one was moved', after: [title, police, visits, learnt, calls], ids: ['p1', 'p3', 'p2', 'p4', 'p5'] },
  {
    name: 'one was moved and changed',
    after: [calls.replace('one day', 'two days'), title, visits, police, learnt],
    ids: ['p5', 'p1', 'p2', 'p3', 'p4'],
  },
  {
    name: 'one was cut in two: the longer part keeps the name',
    after: [title, 'The health visitor came three times and saw the baby', 'with her mother.', police, learnt, calls],
    ids: ['p1', 'p2', undefined, 'p3', 'p4', 'p5'],
  },
  {
    name: 'all was written anew',
    after: ['Another text altogether.', 'Not one word stayed here'],
    ids: [undefined, undefined],
  },
  { name: 'only spaces and line breaks changed', after: [` ${title}\n`], ids: ['p1'] },
  { name: 'the same words stand there twice', after: [title, title], ids: ['p1', undefined] },
]
for (const { name, after, ids } of cases) {
  test(`a paragraph keeps its name: ${name}`, () => {
    assert.deepEqual(matchParagraphs(before, after), ids)
  })
}

test('headings that are all called the same keep their order', () => {
  const same = ['a', 'b', 'c'].map(id => ({ id, text: 'Learning' }))
  assert.deepEqual(matchParagraphs(same, ['Learning', 'Learning', 'Learning']), ['a', 'b', 'c'])
})

test('no name is given twice, and every name is one of before', () => {
  const words = ['visit', 'call', 'baby', 'father', 'night', 'day', 'school', 'nurse']
  let seed = 7
  const next = () => (seed = (seed * 48271) % 2147483647)
  const text = () => Array.from({ length: 1 + (next() % 6) }, () => words[next() % words.length]).join(' ')
  for (let run = 0; run < 200; run += 1) {
    const was = Array.from({ length: next() % 12 }, (_, at) => ({ id: `p${at}`, text: text() }))
    const is = Array.from({ length: next() % 12 }, text)
    const found = matchParagraphs(was, is).filter(id => id !== undefined)
    assert.equal(new Set(found).size, found.length)
    assert.ok(found.every(id => was.some(paragraph => paragraph.id === id)))
  }
})

test('a difference shows each paragraph of both versions once', () => {
  const after = [
    { id: 'p1', text: title },
    { id: 'p3', text: police.replace('one night', 'two nights') },
    { id: 'p6', text: 'Nobody asked the father how he was.' },
    { id: 'p5', text: calls },
    { id: 'p4', text: learnt },
  ]
  assert.deepEqual(
    paragraphDifferences(before, after).map(
      ({ kind, moved, paragraph }) => `${paragraph.id} ${kind}${moved ? ' moved' : ''}`,
    ),
    ['p1 same', 'p2 removed', 'p3 changed', 'p6 added', 'p5 same', 'p4 same moved'],
  )
  assert.deepEqual(paragraphDifferences([], before).length, 5)
  assert.deepEqual(
    paragraphDifferences(before, []).map(({ kind }) => kind),
    ['removed', 'removed', 'removed', 'removed', 'removed'],
  )
})

test('words that differ stand beside those that stayed', () => {
  assert.deepEqual(wordDifference('The call came at night.', 'The call came late at night'), [
    { kind: 'same', text: 'The call came' },
    { kind: 'added', text: ' late' },
    { kind: 'same', text: ' at' },
    { kind: 'removed', text: ' night.' },
    { kind: 'added', text: ' night' },
  ])
  const joined = (kinds: string[]) =>
    wordDifference(visits, calls)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ text }) => text)
      .join('')
      .trim()
  assert.equal(joined(['same', 'added']), calls)
})
