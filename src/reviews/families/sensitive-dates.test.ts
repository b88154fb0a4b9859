import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { nextPossibleDay, sensitiveOn } from './sensitive-dates.ts'

const dates = [
  { what: 'birthday', on: '2020-02-29' },
  { what: 'death', on: '2025-03-02' },
  { what: 'incident', on: '2025-03-01' },
  { what: 'brother’s birthday', on: '2015-12-31' },
  { what: 'sister’s birthday', on: '2018-01-01' },
].map(({ what, on }) => ({ what, on: civilDate(on) }))

const days: { name: string; day: string; falls: string[]; next: string }[] = [
  { name: 'an ordinary day', day: '2026-06-10', falls: [], next: '2026-06-10' },
  { name: '29 February in a leap year', day: '2028-02-29', falls: ['birthday'], next: '2028-03-03' },
  { name: '28 February in a leap year', day: '2028-02-28', falls: [], next: '2028-02-28' },
  { name: '28 February in another year', day: '2026-02-28', falls: ['birthday'], next: '2026-03-03' },
  { name: '1 March in another year', day: '2026-03-01', falls: ['birthday', 'incident'], next: '2026-03-03' },
  { name: '28 February of a century without leap day', day: '2100-02-28', falls: ['birthday'], next: '2100-03-03' },
  { name: 'the day itself, the first time', day: '2025-03-02', falls: ['death'], next: '2025-03-03' },
  { name: 'the same day a year before it happened', day: '2024-03-02', falls: [], next: '2024-03-02' },
  { name: 'over New Year', day: '2026-12-31', falls: ['brother’s birthday'], next: '2027-01-02' },
]
for (const { name, day, falls, next } of days) {
  test(`a message on ${day}: ${name}`, () => {
    assert.deepEqual(
      sensitiveOn(civilDate(day), dates).map(({ what }) => what),
      falls,
    )
    assert.equal(nextPossibleDay(civilDate(day), dates), next)
  })
}
