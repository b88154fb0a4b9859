import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../platform/dates.ts'
import { parseCodeLists, readCodeLists } from './code-lists.ts'
import {
  codeOn,
  englandChildren,
  findLocalAuthority,
  parseLocalAuthorities,
  parseRegions,
  readLocalAuthorities,
  readRegions,
} from './local-authorities.ts'
import { referenceText } from './read-csv.ts'

test('England has 153 authorities in nine regions, and their children add up to the stated totals', () => {
  const authorities = readLocalAuthorities()
  assert.equal(authorities.length, 153)
  assert.equal(readRegions().length, 9)
  const children = (year: 'childrenMid2023' | 'childrenMid2024') =>
    authorities.reduce((sum, authority) => sum + authority[year], 0)
  assert.equal(children('childrenMid2023'), englandChildren.mid2023)
  assert.equal(children('childrenMid2024'), englandChildren.mid2024)
  assert.deepEqual(englandChildren, { mid2023: 12_059_476, mid2024: 12_183_016 })
})

const codeCases = [
  { name: 'Barnsley', on: '2025-04-30', code: 'E08000016' },
  { name: 'Barnsley', on: '2025-05-01', code: 'E08000038' },
  { name: 'Sheffield', on: '2025-04-30', code: 'E08000019' },
  { name: 'Sheffield', on: '2025-05-01', code: 'E08000039' },
  { name: 'County Durham', on: '2025-04-30', code: 'E06000047' },
  { name: 'County Durham', on: '2025-05-01', code: 'E06000047' },
]
for (const { name, on, code } of codeCases) {
  test(`${name} has the code ${code} on ${on}`, () => {
    const authority = readLocalAuthorities().find(listed => listed.name === name)
    assert(authority)
    assert.equal(codeOn(authority, civilDate(on)), code)
    assert.equal(findLocalAuthority(code), authority)
  })
}

test('only Barnsley and Sheffield changed their code', () => {
  const changed = readLocalAuthorities().filter(authority => authority.code !== authority.codeBefore1May2025)
  assert.deepEqual(changed.map(authority => authority.name).toSorted(), ['Barnsley', 'Sheffield'])
})

test('an authority is found by its older code, its newer code and its three digits', () => {
  assert.equal(findLocalAuthority('E08000016')?.name, 'Barnsley')
  assert.equal(findLocalAuthority('E08000038')?.name, 'Barnsley')
  assert.equal(findLocalAuthority('370')?.name, 'Barnsley')
  assert.equal(findLocalAuthority('E99999999'), undefined)
})

test('no rates may be published for Isles of Scilly and City of London', () => {
  const withheld = readLocalAuthorities().filter(authority => !authority.ratesMayBePublished)
  assert.deepEqual(withheld.map(authority => authority.name).toSorted(), ['City of London', 'Isles of Scilly'])
})

const authoritiesText = referenceText('local-authorities.csv')
const wrongAuthorities = [
  { name: 'an authority left out', text: authoritiesText.replace(/^E06000005.*\n/m, ''), says: /153/ },
  { name: 'one child too many', text: authoritiesText.replace(',22522,', ',22523,'), says: /12059477/ },
  { name: 'a code twice', text: authoritiesText.replace('E06000005,E06000005', 'E06000047,E06000005'), says: /twice/ },
  { name: 'a broken code', text: authoritiesText.replace('E06000005,', 'E6000005,'), says: /row 2 .*ONS code/s },
]
for (const { name, text, says } of wrongAuthorities) {
  test(`a list of authorities with ${name} is refused`, () => {
    assert.throws(() => parseLocalAuthorities(text), { message: says })
  })
}

test('a region that does not add up to its authorities is refused', () => {
  const text = referenceText('regions.csv').replace('North East,12,', 'North East,13,')
  assert.throws(() => parseRegions(text, readLocalAuthorities()), { message: /North East/ })
})

test('code lists are complete, and say which labels were never checked', () => {
  const lists = readCodeLists()
  assert.equal(Object.values(lists).flat().length, 196)
  assert.equal(lists.cin_ethnicity.find(code => code.code === 'BOTH')?.label, 'Any other Black background')
  assert.deepEqual(
    lists.cin_primary_need.filter(code => !code.verified).map(code => code.code),
    ['N0', 'N9'],
  )
  assert(lists.cp_plan_category.every(code => !code.verified))
})

test('a code list with a code twice, or an unknown list, is refused', () => {
  const text = referenceText('dfe-code-lists.csv')
  assert.throws(() => parseCodeLists(text.replace('cin_assessment_factor,1B', 'cin_assessment_factor,1A')), /twice/)
  assert.throws(() => parseCodeLists(text.replace('cin_assessment_factor,1B', 'cin_factor,1B')), /row 2/)
})
