import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  ageInYears,
  civilDate,
  dateFromParts,
  partsOfDate,
  daysBetween,
  formatDate,
  formatMoment,
  isWeekend,
  londonDate,
  londonInstant,
  londonTime,
  weekday,
} from './dates.ts'
import { ServiceError } from './errors.ts'

const anyDay = fc
  .date({ min: new Date('1990-01-01T00:00Z'), max: new Date('2060-12-31T00:00Z'), noInvalidDate: true })
  .map(instant => civilDate(instant.toISOString().slice(0, 10)))

for (const text of [
  '2025-02-29',
  '2025-02-30',
  '2025-13-01',
  '2025-00-10',
  '2025-1-1',
  '20250101',
  ' 2025-01-01',
  '',
]) {
  test(`'${text}' is refused as a date`, () => {
    assert.throws(
      () => civilDate(text),
      (error: unknown) => error instanceof ServiceError && error.kind === 'invalid',
    )
  })
}

const dayCases = [
  { name: 'the next day', start: '2025-03-03', count: 1, day: '2025-03-04' },
  { name: 'into a leap day', start: '2024-02-28', count: 1, day: '2024-02-29' },
  { name: 'past February in a common year', start: '2025-02-28', count: 1, day: '2025-03-01' },
  { name: 'over the night the clocks go forward', start: '2025-03-29', count: 2, day: '2025-03-31' },
  { name: 'over the night the clocks go back', start: '2025-10-25', count: 2, day: '2025-10-27' },
  { name: 'back over the new year', start: '2025-01-01', count: -1, day: '2024-12-31' },
  { name: 'a century year that is a leap year', start: '2000-02-28', count: 2, day: '2000-03-01' },
]
for (const { name, start, count, day } of dayCases) {
  test(`${start} and ${count} days: ${name}`, () => {
    assert.equal(addDays(civilDate(start), count), day)
    assert.equal(daysBetween(civilDate(start), civilDate(day)), count)
  })
}

test('a date past the year 9999 is refused, not written with six digits', () => {
  assert.throws(() => addDays(civilDate('9999-12-31'), 1), RangeError)
})

const monthCases = [
  { name: 'same day', start: '2025-01-15', count: 6, day: '2025-07-15' },
  { name: 'six months after 31 August end with February', start: '2024-08-31', count: 6, day: '2025-02-28' },
  { name: 'and in a leap year with its 29th', start: '2023-08-31', count: 6, day: '2024-02-29' },
  { name: 'a short month does not stay short', start: '2025-02-28', count: 6, day: '2025-08-28' },
  { name: '31st to a month of 30 days', start: '2025-05-31', count: 6, day: '2025-11-30' },
  { name: 'over the year end', start: '2025-09-30', count: 6, day: '2026-03-30' },
  { name: 'a year after a leap day', start: '2024-02-29', count: 12, day: '2025-02-28' },
  { name: 'back', start: '2025-03-31', count: -1, day: '2025-02-28' },
]
for (const { name, start, count, day } of monthCases) {
  test(`${start} and ${count} months: ${name}`, () => {
    assert.equal(addMonths(civilDate(start), count), day)
  })
}

test('days of the week are those of the calendar', () => {
  assert.equal(weekday(civilDate('2022-09-19')), 'Monday')
  assert.equal(weekday(civilDate('2025-03-08')), 'Saturday')
  assert.equal(weekday(civilDate('2000-02-29')), 'Tuesday')
  const week = ['2025-03-03', '2025-03-04', '2025-03-05', '2025-03-06', '2025-03-07', '2025-03-08', '2025-03-09']
  assert.deepEqual(
    week.map(day => isWeekend(civilDate(day))),
    [false, false, false, false, false, true, true],
  )
})

const londonCases = [
  { name: 'winter time is UTC', at: '2025-01-10T23:59:59Z', date: '2025-01-10', time: '23:59' },
  {
    name: 'summer time: late evening in UTC is already tomorrow',
    at: '2025-07-10T23:30:00Z',
    date: '2025-07-11',
    time: '00:30',
  },
  { name: 'last minute before the clocks go forward', at: '2025-03-30T00:59:59Z', date: '2025-03-30', time: '00:59' },
  { name: 'an hour is left out', at: '2025-03-30T01:00:00Z', date: '2025-03-30', time: '02:00' },
  { name: 'the hour that comes twice, first', at: '2025-10-26T00:30:00Z', date: '2025-10-26', time: '01:30' },
  { name: 'the hour that comes twice, again', at: '2025-10-26T01:30:00Z', date: '2025-10-26', time: '01:30' },
  {
    name: 'the night after the change is winter time again',
    at: '2025-10-26T23:30:00Z',
    date: '2025-10-26',
    time: '23:30',
  },
  { name: 'the last night of summer time', at: '2025-10-25T23:00:00Z', date: '2025-10-26', time: '00:00' },
]
for (const { name, at, date, time } of londonCases) {
  test(`${at} in London: ${name}`, () => {
    assert.equal(londonDate(new Date(at)), date)
    assert.equal(londonTime(new Date(at)), time)
  })
}

test('dates and moments are written the way people say them', () => {
  assert.equal(formatDate(civilDate('2025-03-03')), '3 March 2025')
  assert.equal(formatDate(civilDate('2024-12-31')), '31 December 2024')
  assert.equal(formatMoment(new Date('2025-03-03T16:05:00Z')), '3 March 2025, 4:05pm')
  assert.equal(formatMoment(new Date('2025-07-10T23:05:00Z')), '11 July 2025, 12:05am')
  assert.equal(formatMoment(new Date('2025-07-10T11:00:00Z')), '10 July 2025, 12:00pm')
})

const ageCases = [
  { name: 'the day of birth', born: '2025-03-03', on: '2025-03-03', age: 0 },
  { name: 'not born yet', born: '2025-03-03', on: '2025-03-02', age: undefined },
  { name: 'the day before the eighteenth birthday', born: '2007-03-03', on: '2025-03-02', age: 17 },
  { name: 'the eighteenth birthday', born: '2007-03-03', on: '2025-03-03', age: 18 },
  { name: 'born on a leap day, 28 February', born: '2008-02-29', on: '2026-02-28', age: 17 },
  { name: 'born on a leap day, 1 March', born: '2008-02-29', on: '2026-03-01', age: 18 },
  { name: 'born on a leap day, in a leap year', born: '2008-02-29', on: '2024-02-29', age: 16 },
  { name: 'last day of the year', born: '2007-12-31', on: '2025-12-30', age: 17 },
]
for (const { name, born, on, age } of ageCases) {
  test(`age on ${on} when born on ${born}: ${name}`, () => {
    assert.equal(ageInYears(civilDate(born), civilDate(on)), age)
  })
}

const typedCases = [
  { parts: { day: '3', month: '3', year: '2025' }, date: '2025-03-03' },
  { parts: { day: ' 03 ', month: '03', year: '2025' }, date: '2025-03-03' },
  { parts: { day: '29', month: 'Feb', year: '2024' }, date: '2024-02-29' },
  { parts: { day: '1', month: 'september', year: '2025' }, date: '2025-09-01' },
]
for (const { parts, date } of typedCases) {
  test(`typed as ${Object.values(parts).join(' / ')} is ${date}`, () => {
    assert.equal(dateFromParts(parts), date)
  })
}

const wrongCases = [
  { parts: {}, field: 'date-day', text: 'Enter the date' },
  { parts: { day: '', month: ' ', year: '' }, field: 'date-day', text: 'Enter the date' },
  { parts: { day: '3', month: '3' }, field: 'date-year', text: 'The date must include a year' },
  { parts: { month: '3', year: '2025' }, field: 'date-day', text: 'The date must include a day' },
  { parts: { day: '3' }, field: 'date-month', text: 'The date must include a month and year' },
  { parts: { day: '32', month: '3', year: '2025' }, field: 'date-day', text: 'The date must have a day from 1 to 31' },
  { parts: { day: 'x', month: '3', year: '2025' }, field: 'date-day', text: 'The date must have a day from 1 to 31' },
  {
    parts: { day: '3', month: '13', year: '2025' },
    field: 'date-month',
    text: 'The date must have a month from 1 to 12',
  },
  {
    parts: { day: '3', month: 'ma', year: '2025' },
    field: 'date-month',
    text: 'The date must have a month from 1 to 12',
  },
  {
    parts: { day: '3', month: '3', year: '25' },
    field: 'date-year',
    text: 'The date must have a year of 4 numbers, like 2025',
  },
  {
    parts: { day: '29', month: '2', year: '2025' },
    field: 'date-day',
    text: 'The date must be a real date: 29 February 2025 does not exist',
  },
]
for (const { parts, field, text } of wrongCases) {
  test(`a date input with ${JSON.stringify(parts)} says: ${text}`, () => {
    assert.throws(
      () => dateFromParts(parts),
      (error: unknown) => {
        assert(error instanceof ServiceError)
        assert.equal(error.kind, 'invalid')
        assert.deepEqual(error.fields, [{ field, text }])
        return true
      },
    )
  })
}

test('the errors of a date input carry the name of the date that was asked', () => {
  const asked = { name: 'Date of birth', field: 'child-1-born' }
  assert.throws(() => dateFromParts({ day: '3', month: '3' }, asked), {
    message: 'Date of birth must include a year',
    fields: [{ field: 'child-1-born-year', text: 'Date of birth must include a year' }],
  })
  assert.throws(() => dateFromParts({}, asked), { message: 'Enter date of birth' })
})

test('adding days and taking them away again leads back to the same day, seven of them to the same weekday', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (day, count) => {
      assert.equal(addDays(addDays(day, count), -count), day)
      assert.equal(daysBetween(day, addDays(day, count)), count)
      assert.equal(weekday(addDays(day, 7)), weekday(day))
    }),
  )
})

test('a month later is 28 to 31 days later, and a later day never becomes an earlier one', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 400 }), (day, gap) => {
      const days = daysBetween(day, addMonths(day, 1))
      assert(days >= 28 && days <= 31)
      assert(addMonths(day, 6) <= addMonths(addDays(day, gap), 6))
    }),
  )
})

test('noon in London is on its own calendar day all year round', () => {
  fc.assert(
    fc.property(anyDay, day => {
      assert.equal(londonDate(new Date(`${day}T12:00:00Z`)), day)
    }),
  )
})

test('a London time becomes the instant of that day, in summer and in winter', () => {
  assert.equal(londonInstant(civilDate('2026-07-01'), '16:05').toISOString(), '2026-07-01T15:05:00.000Z')
  assert.equal(londonInstant(civilDate('2026-12-01'), '16:05').toISOString(), '2026-12-01T16:05:00.000Z')
  assert.equal(londonInstant(civilDate('2026-03-29'), '01:30').toISOString(), '2026-03-29T01:30:00.000Z')
})

test('the boxes of a day give that day again, without zeros in front', () => {
  assert.deepEqual(partsOfDate(civilDate('2026-03-09')), { day: '9', month: '3', year: '2026' })
  assert.equal(dateFromParts(partsOfDate(civilDate('2026-10-30'))), '2026-10-30')
  assert.deepEqual(partsOfDate(undefined), { day: '', month: '', year: '' })
})
