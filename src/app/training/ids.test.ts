import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf, referenceOf } from './ids.ts'

test('a name always gives the same id, and another name another', () => {
  assert.equal(idOf('person a'), idOf('person a'))
  assert.notEqual(idOf('person a'), idOf('person b'))
  assert.match(idOf('person a'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('two hundred thousand incidents have references that all differ, and neighbours are not alike', () => {
  const references = Array.from({ length: 200_010 }, (_, number) => referenceOf(number))
  assert.equal(new Set(references).size, references.length)
  for (const reference of references.slice(0, 100)) {
    assert.match(reference, /^WV-[23456789BCDFGHJKMNPQRTVWXY]{3}-[23456789BCDFGHJKMNPQRTVWXY]{3}$/)
  }
  const ascending = references.slice(1, 1001).filter((reference, place) => reference > (references[place] ?? '')).length
  assert.ok(ascending > 400 && ascending < 600, `${ascending} of 1,000 are above the one before`)
})
