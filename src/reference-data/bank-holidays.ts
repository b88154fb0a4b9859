import { z } from 'zod'
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  daysBetween,
  formatDate,
  isWeekend,
  weekday,
} from '../platform/dates.ts'
import { once, readRows, referenceText } from './read-csv.ts'

/** Bank holidays in England and Wales. Outside `knownFrom` to `knownUntil` (the first day out) nothing is counted. */
export interface BankHolidays {
  readonly days: ReadonlySet<CivilDate>
  readonly knownFrom: CivilDate
  readonly knownUntil: CivilDate
}

const bankHolidayRow = z.object({
  date: z.iso.date().transform(civilDate),
  weekday: z.string(),
  title: z.string().min(1),
})

/**
 * Bank holidays from the text of bank-holidays-england.csv, which lists whole years.
 * @throws Error when a weekday is wrong, a year is left out, or a year has fewer than the eight every year has
 */
export function parseBankHolidays(text: string): BankHolidays {
  const name = 'bank-holidays-england.csv'
  const rows = readRows(name, text, bankHolidayRow)
  const perYear = new Map<number, number>()
  for (const row of rows) {
    if (row.weekday !== weekday(row.date)) throw new Error(`${name}: ${row.date} is not a ${row.weekday}.`)
    const year = Number(row.date.slice(0, 4))
    perYear.set(year, (perYear.get(year) ?? 0) + 1)
  }
  const years = [...perYear.keys()]
  const first = Math.min(...years)
  const last = Math.max(...years)
  for (let year = first; year <= last; year += 1) {
    if ((perYear.get(year) ?? 0) < 8) throw new Error(`${name} must list the eight bank holidays of ${year}, or more.`)
  }
  return {
    days: new Set(rows.map(row => row.date)),
    knownFrom: civilDate(`${first}-01-01`),
    knownUntil: civilDate(`${last + 1}-01-01`),
  }
}

export const readBankHolidays = once(() => parseBankHolidays(referenceText('bank-holidays-england.csv')))

/** @throws RangeError when the bank holidays of that day are not known */
export function isWorkingDay(day: CivilDate, holidays: BankHolidays): boolean {
  if (day < holidays.knownFrom || day >= holidays.knownUntil) {
    throw new RangeError(`Bank holidays are not known for ${day}. Load its year in reference data.`)
  }
  return !isWeekend(day) && !holidays.days.has(day)
}

/**
 * The day `count` working days after `start`. `start` is day 0, even on a weekend.
 *
 * @param count whole working days (Monday to Friday, bank holidays left out), 0 or more
 * @throws RangeError when the count runs past the bank holidays we know:
 *   a late warning is better than a deadline that is silently wrong
 */
export function addWorkingDays(start: CivilDate, count: number, holidays: BankHolidays): CivilDate {
  return walk(start, count, 1, holidays)
}

/** The day `count` working days before `start`, which is day 0, even on a weekend. Throws as `addWorkingDays` does. */
export function subtractWorkingDays(start: CivilDate, count: number, holidays: BankHolidays): CivilDate {
  return walk(start, count, -1, holidays)
}

function walk(start: CivilDate, count: number, step: 1 | -1, holidays: BankHolidays): CivilDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} is not a whole number of working days.`)
  let day = start
  for (let left = count; left > 0;) {
    day = addDays(day, step)
    if (isWorkingDay(day, holidays)) left -= 1
  }
  return day
}

/**
 * Working days after `from`, up to and including `until`: 0 on the same day. Negative when `until` is earlier.
 * @throws RangeError when it runs past the bank holidays we know
 */
export function workingDaysBetween(from: CivilDate, until: CivilDate, holidays: BankHolidays): number {
  if (until < from) return -workingDaysBetween(until, from, holidays)
  if (until === from) return 0
  // The first day counted is the one after `from`.
  for (const day of [addDays(from, 1), until]) isWorkingDay(day, holidays)
  let count = weekdaysUpTo(until) - weekdaysUpTo(from)
  for (const day of holidays.days) if (day > from && day <= until && !isWeekend(day)) count -= 1
  return count
}

const monday = civilDate('1970-01-05')

/** Days from Monday to Friday since a Monday long ago, that Monday included. */
function weekdaysUpTo(day: CivilDate): number {
  const days = daysBetween(monday, day)
  const weeks = Math.floor(days / 7)
  return weeks * 5 + Math.min(days - weeks * 7 + 1, 5)
}

/** What to warn of at start-up, from a year before the known bank holidays end; undefined while all is well. */
export function bankHolidaysRunOutSoon(today: CivilDate, holidays: BankHolidays): string | undefined {
  if (today < addMonths(holidays.knownUntil, -12)) return undefined
  const lastDay = formatDate(addDays(holidays.knownUntil, -1))
  return `Bank holidays are known up to ${lastDay} only, and no deadline can be worked out past that day. Load the next year in data/reference/bank-holidays-england.csv.`
}
