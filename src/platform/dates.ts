import { Temporal } from 'temporal-polyfill'
import { invalidAt, ServiceError } from './errors.ts'

/** A calendar day as ISO text, `2025-03-31`. Never a moment. Days compare with `<` as text. */
export type CivilDate = string & { readonly __brand: 'CivilDate' }

export type Weekday = (typeof weekdays)[number]
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const dayMs = 86_400_000

/** @throws ServiceError 'invalid' when the text is not a real day written like 2025-03-31 */
export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) {
    throw new ServiceError('invalid', 'The date must be a real date, written like 2025-03-31.')
  }
  return text
}

export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const ms = Date.parse(text)
  // Date.parse turns 30 February into 2 March without a word
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** Civil days are counted in UTC, where every day has 24 hours. */
function fromUtc(ms: number): CivilDate {
  const text = new Date(ms).toISOString()
  if (!/^\d{4}-/.test(text)) throw new RangeError('Dates are known from the year 0 to the year 9999 only.')
  return text.slice(0, 10) as CivilDate
}

/** @param count whole days, negative to go back */
export function addDays(date: CivilDate, count: number): CivilDate {
  return fromUtc(Date.parse(date) + count * dayMs)
}

/** Days from `from` to `until`: 1 for tomorrow, negative when `until` is earlier. */
export function daysBetween(from: CivilDate, until: CivilDate): number {
  return (Date.parse(until) - Date.parse(from)) / dayMs
}

/**
 * Calendar months later (or earlier, when negative), kept inside the month: six months after 31 August is the last
 * day of February.
 */
export function addMonths(date: CivilDate, count: number): CivilDate {
  return civilDate(Temporal.PlainDate.from(date).add({ months: count }, { overflow: 'constrain' }).toString())
}

export function weekday(date: CivilDate): Weekday {
  // getUTCDay is 0 to 6 for every real day
  return weekdays[new Date(date).getUTCDay()]!
}

export function isWeekend(date: CivilDate): boolean {
  const day = weekday(date)
  return day === 'Saturday' || day === 'Sunday'
}

/** The calendar day it is in London at this instant. */
export function londonDate(instant: Date): CivilDate {
  return civilDate(inLondon(instant).toPlainDate().toString())
}

/** The time on a London clock, 24 hours: `16:05`. */
export function londonTime(instant: Date): string {
  return inLondon(instant).toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'floor' })
}

function inLondon(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO('Europe/London')
}

/** The instant of a London clock time, `16:05`, on a day. A time that a change of clocks left out counts an hour on. */
export function londonInstant(date: CivilDate, time: string): Date {
  const at = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'Europe/London', plainTime: time })
  return new Date(at.epochMilliseconds)
}

/** `3 March 2025` */
export function formatDate(date: CivilDate): string {
  return `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}

/** `3 March 2025, 4:05pm`, London time */
export function formatMoment(instant: Date): string {
  const { hour, minute } = inLondon(instant)
  const time = `${hour % 12 || 12}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`
  return `${formatDate(londonDate(instant))}, ${time}`
}

/**
 * Age in completed years, or undefined before the day of birth (an unborn child has none). A person born on
 * 29 February completes a year on 1 March in years that are not leap years.
 */
export function ageInYears(bornOn: CivilDate, on: CivilDate): number | undefined {
  if (on < bornOn) return undefined
  const birthdayToCome = on.slice(5) < bornOn.slice(5)
  return Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (birthdayToCome ? 1 : 0)
}

/** The three boxes of a GOV.UK date input, as typed. */
export interface DateParts {
  day?: string | undefined
  month?: string | undefined
  year?: string | undefined
}

/**
 * The day typed into a date input. The month may be a number or its name (`3`, `Mar`, `march`).
 *
 * @param asked the name of the date at the start of a sentence, and the id of the input; its boxes are
 *   `<field>-day`, `<field>-month` and `<field>-year`
 * @throws ServiceError 'invalid' with one field error, which points at the first box to mend
 */
export function dateFromParts(
  parts: DateParts,
  asked: { name: string; field: string } = { name: 'The date', field: 'date' },
): CivilDate {
  const refuse = (part: keyof DateParts, text: string) => invalidAt(`${asked.field}-${part}`, text)
  const typed = {
    day: parts.day?.trim() ?? '',
    month: parts.month?.trim() ?? '',
    year: parts.year?.trim() ?? '',
  }

  const missing = (['day', 'month', 'year'] as const).filter(part => typed[part] === '')
  if (missing.length === 3) throw refuse('day', `Enter ${asked.name.charAt(0).toLowerCase()}${asked.name.slice(1)}`)
  if (missing[0]) throw refuse(missing[0], `${asked.name} must include a ${missing.join(' and ')}`)

  const day = /^\d{1,2}$/.test(typed.day) ? Number(typed.day) : 0
  if (day < 1 || day > 31) throw refuse('day', `${asked.name} must have a day from 1 to 31`)
  const month = monthNumber(typed.month)
  if (month < 1 || month > 12) throw refuse('month', `${asked.name} must have a month from 1 to 12`)
  if (!/^[1-9]\d{3}$/.test(typed.year)) throw refuse('year', `${asked.name} must have a year of 4 numbers, like 2025`)

  const two = (part: number) => String(part).padStart(2, '0')
  const text = `${typed.year}-${two(month)}-${two(day)}`
  if (!isCivilDate(text)) {
    throw refuse('day', `${asked.name} must be a real date: ${day} ${months[month - 1]} ${typed.year} does not exist`)
  }
  return text
}

/** The boxes that would give this day; empty without one. */
export function partsOfDate(date: CivilDate | undefined): DateParts {
  const [year = '', month = '', day = ''] = date?.split('-') ?? []
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year }
}

/** 1 to 12; 0 when it is neither a number nor a month's name of at least three letters. */
function monthNumber(typed: string): number {
  if (/^\d{1,2}$/.test(typed)) return Number(typed)
  if (typed.length < 3) return 0
  return months.findIndex(month => month.toLowerCase().startsWith(typed.toLowerCase())) + 1
}
