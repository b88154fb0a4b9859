import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprint } from './fingerprint.ts'

for (const { name, one, other, same } of [
  { name: 'the order of keys', one: { a: 1, b: 2 }, other: { b: 2, a: 1 }, same: true },
  { name: 'a key without a value', one: { a: 1, b: undefined }, other: { a: 1 }, same: true },
  { name: 'the order of keys inside a list', one: [{ a: 1, b: 2 }], other: [{ b: 2, a: 1 }], same: true },
  { name: 'the order of a list', one: [1, 2], other: [2, 1], same: false },
  { name: 'a number and its text', one: { a: 1 }, other: { a: '1' }, same: false },
  { name: 'null and nothing', one: { a: null }, other: {}, same: false },
]) {
  test(`${name} ${same ? 'does not matter' : 'matters'}`, () => {
    assert.equal(fingerprint(one) === fingerprint(other), same)
  })
}

test('a salt keeps a short value from being guessed', () => {
  assert.notEqual(fingerprint({ a: 1 }, 'salt'), fingerprint({ a: 1 }))
})
