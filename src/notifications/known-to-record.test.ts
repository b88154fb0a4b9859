import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownFromAnswers, peopleIn } from './known-to-record.ts'

const cases: { text: string; names: string[] }[] = [
  { text: 'Mother Anna Hexley, born 3 May 1990, and her partner.', names: ['Anna Hexley'] },
  { text: 'Maternal grandmother: Jane O’Dell. Father not known', names: ['Jane O’Dell'] },
  { text: 'DC Sam Ward of the police; Paul Anders-Lee', names: ['Sam Ward', 'Paul Anders-Lee'] },
  { text: 'Two older brothers live elsewhere.', names: [] },
]
for (const { text, names } of cases) {
  test(`names are read from what people write about a family: ${text}`, () => {
    assert.deepEqual(
      peopleIn(text, 'relative').map(({ given, family }) => `${given} ${family}`),
      names,
    )
  })
}

test('children, their days and the place are known to the record', () => {
  const known = knownFromAnswers({
    incidentOn: '2026-02-20',
    location: '14 Alder Close, Hexmoor',
    children: [{ givenName: 'Corin', familyName: 'Hexley', otherNames: 'Hall, Cory', dateOfBirth: '2025-12-01' }],
    siblings: { silence: 'not-known' },
  })
  assert.deepEqual(known, {
    people: [{ relation: 'child', given: 'Corin', family: 'Hexley', others: ['Hall', 'Cory'] }],
    dates: [
      { what: 'birth', on: '2025-12-01' },
      { what: 'incident', on: '2026-02-20' },
    ],
    addresses: ['14 Alder Close, Hexmoor'],
    settings: [],
    traits: [],
  })
})
