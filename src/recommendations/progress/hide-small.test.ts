import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hideSmall } from './hide-small.ts'

const cases = [
  { name: 'zero points to nobody', counts: [0, 40, 9], shown: [0, 40, 9] },
  { name: 'one small count takes the next along', counts: [3, 40, 9], shown: [null, 40, null] },
  { name: 'two that add up to too few take a third', counts: [2, 3, 40, 9], shown: [null, null, 40, null] },
  { name: 'two that add up to enough stand alone', counts: [4, 5, 40, 9], shown: [null, null, 40, 9] },
  { name: 'a single count that is small is hidden', counts: [0, 2, 0], shown: [0, null, 0] },
  { name: 'six are enough', counts: [6, 100], shown: [6, 100] },
]
for (const { name, counts, shown } of cases) {
  test(`how many answered so: ${name}`, () => {
    const named = Object.fromEntries(counts.map((count, index) => [`answer ${index}`, count]))
    assert.deepEqual(Object.values(hideSmall(named)), shown)
  })
}
