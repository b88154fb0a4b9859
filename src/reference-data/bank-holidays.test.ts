import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { z } from 'zod'
import { addDays, addMonths, type CivilDate, civilDate, isWeekend } from '../platform/dates.ts'
import { productRoot } from '../platform/product-root.ts'
import {
  addWorkingDays,
  bankHolidaysRunOutSoon,
  isWorkingDay,
  parseBankHolidays,
  readBankHolidays,
  subtractWorkingDays,
  workingDaysBetween,
} from './bank-holidays.ts'
import { referenceText } from './read-csv.ts'

const holidays = readBankHolidays()

const clockCase = z.object({
  case: z.string(),
  operation: z.enum(['add', 'subtract', 'between', 'months']),
  start: z.string().transform(civilDate),
  given: z.string(),
  expected: z.string(),
  topic: z.string(),
})
const cases = z
  .array(clockCase)
  .parse(parse(readFileSync(new URL('src/reference-data/clock-cases.csv', productRoot), 'utf8'), { columns: true }))

const operations: Record<
  z.infer<typeof clockCase>['operation'],
  { words: string; answer: (start: CivilDate, given: string) => CivilDate | number }
> = {
  add: { words: 'working days after', answer: (start, given) => addWorkingDays(start, Number(given), holidays) },
  subtract: {
    words: 'working days before',
    answer: (start, given) => subtractWorkingDays(start, Number(given), holidays),
  },
  between: {
    words: 'is how many working days from',
    answer: (start, given) => workingDaysBetween(start, civilDate(given), holidays),
  },
  months: { words: 'months after', answer: (start, given) => addMonths(start, Number(given)) },
}

test('there are at least 200 dated cases worked out without our code', () => {
  assert(cases.length >= 200, `only ${cases.length}`)
})

for (const { case: name, operation, start, given, expected, topic } of cases) {
  const { words, answer } = operations[operation]
  test(`${name}: ${given} ${words} ${start}: ${topic}`, () => {
    if (expected === 'RangeError') assert.throws(() => answer(start, given), RangeError)
    else assert.equal(String(answer(start, given)), expected)
  })
}

test('the day itself is no working days away, even at a weekend', () => {
  assert.equal(addWorkingDays(civilDate('2025-03-08'), 0, holidays), '2025-03-08')
  assert.equal(subtractWorkingDays(civilDate('2025-03-08'), 0, holidays), '2025-03-08')
})

test('half a working day or a negative one is refused', () => {
  assert.throws(() => addWorkingDays(civilDate('2025-03-03'), 1.5, holidays), RangeError)
  assert.throws(() => addWorkingDays(civilDate('2025-03-03'), -1, holidays), RangeError)
})

test('the bank holidays of 2018 to 2028 are known, and no other year', () => {
  assert.equal(holidays.days.size, 91)
  assert.equal(isWorkingDay(civilDate('2018-01-02'), holidays), true)
  assert.equal(isWorkingDay(civilDate('2022-09-19'), holidays), false)
  assert.throws(() => isWorkingDay(civilDate('2017-12-29'), holidays), RangeError)
  assert.throws(() => isWorkingDay(civilDate('2029-01-02'), holidays), { message: /2029-01-02.*Load its year/ })
})

test('a year before the bank holidays end, start-up warns of it', () => {
  assert.equal(bankHolidaysRunOutSoon(civilDate('2027-12-31'), holidays), undefined)
  assert.match(bankHolidaysRunOutSoon(civilDate('2028-01-01'), holidays) ?? '', /up to 31 December 2028 only/)
  assert.match(bankHolidaysRunOutSoon(civilDate('2030-05-01'), holidays) ?? '', /Load the next year/)
})

const shipped = referenceText('bank-holidays-england.csv')
const wrongLists = [
  { name: 'a wrong weekday', text: shipped.replace('2025-04-18,Friday', '2025-04-18,Thursday'), says: /2025-04-18/ },
  { name: 'a year left out', text: shipped.replaceAll(/^2024-.*\n/gm, ''), says: /2024/ },
  { name: 'half a year', text: shipped.replaceAll(/^2028-(08|12)-.*\n/gm, ''), says: /2028/ },
  { name: 'a day that does not exist', text: shipped.replace('2025-04-18', '2025-04-31'), says: /row \d+/ },
]
for (const { name, text, says } of wrongLists) {
  test(`a list of bank holidays with ${name} is refused`, () => {
    assert.throws(() => parseBankHolidays(text), { message: says })
  })
}

const aKnownDay = fc.integer({ min: 120, max: 365 * 11 - 160 }).map(count => addDays(civilDate('2018-01-01'), count))
const aCount = fc.integer({ min: 0, max: 60 })

test('counting forward and then back from a working day leads to the same day', () => {
  fc.assert(
    fc.property(aKnownDay, aCount, (day, count) => {
      fc.pre(isWorkingDay(day, holidays))
      const due = addWorkingDays(day, count, holidays)
      assert.equal(subtractWorkingDays(due, count, holidays), day)
      assert.equal(workingDaysBetween(day, due, holidays), count)
      assert.equal(workingDaysBetween(due, day, holidays), -count || 0)
    }),
  )
})

test('a later start or a longer count never gives an earlier day', () => {
  fc.assert(
    fc.property(aKnownDay, aCount, fc.nat({ max: 20 }), (day, count, more) => {
      const due = addWorkingDays(day, count, holidays)
      assert(due <= addWorkingDays(day, count + more, holidays))
      assert(due <= addWorkingDays(addDays(day, more), count, holidays))
      assert(subtractWorkingDays(day, count, holidays) <= subtractWorkingDays(addDays(day, more), count, holidays))
    }),
  )
})

test('the due day is a working day with exactly the count of working days after the start', () => {
  const open = (day: CivilDate) => !isWeekend(day) && !holidays.days.has(day)
  fc.assert(
    fc.property(aKnownDay, fc.integer({ min: 1, max: 60 }), (day, count) => {
      const due = addWorkingDays(day, count, holidays)
      const walked = Array.from({ length: 150 }, (_, index) => addDays(day, index + 1)).filter(open)
      assert.equal(due, walked[count - 1])
      const walkedBack = Array.from({ length: 150 }, (_, index) => addDays(day, -index - 1)).filter(open)
      const back = Math.min(count, 40)
      assert.equal(subtractWorkingDays(day, back, holidays), walkedBack[back - 1])
    }),
  )
})
