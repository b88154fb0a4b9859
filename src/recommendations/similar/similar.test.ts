import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimilarIndex, type Comparable } from './similar.ts'
import { distractors, planted } from './testing.ts'
import { stemOf } from './words.ts'

const inFirst = 10

/** The place of each earlier wording among what is found for the later one; Infinity where it is not found. */
function placesOf(half: keyof typeof planted, withThemes = true): { place: number; later: string }[] {
  const index = new SimilarIndex()
  const others: Comparable[] = distractors(600)
  // The pairs of both halves stand among them: they are about the same things.
  const pairs = [...planted.developed, ...planted.heldOut]
  for (const one of others) index.add(one)
  for (const [number, { earlier, theme, addressee }] of pairs.entries()) {
    index.add({ id: `pair ${number}`, text: earlier, themes: [theme], addressees: [addressee] })
  }
  return planted[half].map(pair => {
    const found = index.find(
      { text: pair.later, themes: withThemes ? [pair.theme] : [], addressees: withThemes ? [pair.addressee] : [] },
      index.size,
    )
    const place = found.findIndex(({ id }) => id === `pair ${pairs.indexOf(pair)}`)
    return { place: place < 0 ? Infinity : place + 1, later: pair.later }
  })
}

for (const half of ['developed', 'heldOut'] as const) {
  test(`of what was recommended before in other words, nine in ten stand among the first ten: ${half}`, context => {
    const places = placesOf(half)
    const found = places.filter(({ place }) => place <= inFirst)
    const bare = placesOf(half, false).filter(({ place }) => place <= inFirst)
    context.diagnostic(
      `${half}: ${found.length} of ${places.length} in the first ten, ${places.filter(({ place }) => place === 1).length} first; ${bare.length} without theme and addressee`,
    )
    assert.ok(
      found.length >= 0.9 * places.length,
      places
        .filter(({ place }) => place > inFirst)
        .map(({ place, later }) => `${place}: ${later}`)
        .join('\n'),
    )
  })
}

test('the distractors are all different, and none is one of those planted', () => {
  const texts = distractors(600).map(({ text }) => text)
  assert.equal(new Set(texts).size, 600)
  assert.ok(planted.developed.length + planted.heldOut.length >= 40)
})

for (const [one, other] of [
  ['visits', 'visiting'],
  ['agencies', 'agency'],
  ['recorded', 'recording'],
  ['assessment', 'assessments'],
  ['planned', 'planning'],
  ['bruises', 'bruise'],
  ['father’s', 'father'],
] as const) {
  test(`${one} and ${other} are one word`, () => assert.equal(stemOf(one), stemOf(other)))
}
test('police and policy are two words', () => assert.notEqual(stemOf('police'), stemOf('policy')))

test('what shares no word is not found, and what may not be seen is left out', () => {
  const index = new SimilarIndex()
  index.add({ id: 'a', text: 'Visit babies at night', themes: ['neglect'], addressees: [] })
  index.add({ id: 'b', text: 'Visit babies by day', themes: [], addressees: [] })
  index.add({ id: 'c', text: 'Train managers', themes: ['neglect'], addressees: [] })
  const draft = { text: 'Visits to babies at night', themes: ['neglect' as const], addressees: [] }
  assert.deepEqual(
    index.find(draft, 10).map(({ id }) => id),
    ['a', 'b'],
  )
  assert.deepEqual(
    index.find(draft, 10, id => id !== 'a').map(({ id }) => id),
    ['b'],
  )
  assert.deepEqual(
    index.find(draft, 1).map(({ id }) => id),
    ['a'],
  )
})

test('among 20,000 the first ten are found in a few milliseconds', context => {
  const index = new SimilarIndex()
  const texts = distractors(1100)
  for (let number = 0; number < 20_000; number++) {
    index.add({
      ...texts[number % texts.length]!,
      id: `${number}`,
      text: `${texts[number % texts.length]!.text} Area ${number}.`,
    })
  }
  const startedAt = performance.now()
  for (const { later, theme, addressee } of planted.developed)
    index.find({ text: later, themes: [theme], addressees: [addressee] }, 10)
  const each = (performance.now() - startedAt) / planted.developed.length
  context.diagnostic(`${each.toFixed(1)} ms each`)
  assert.ok(each < 200, `${each} ms`)
})
