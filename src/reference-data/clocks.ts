import { addDays, addMonths, type CivilDate, daysBetween } from '../platform/dates.ts'
import {
  addWorkingDays,
  type BankHolidays,
  isWorkingDay,
  readBankHolidays,
  subtractWorkingDays,
  workingDaysBetween,
} from './bank-holidays.ts'
import { clock, type ClockKey, type ClockRule, readClockRules } from './clock-rules.ts'

/** Why something was late. Lateness is recorded, never blocked. The list is ours; no national list was found. */
export const lateReasons = {
  'facts-emerged-later': 'It became clear only later that the criteria were met',
  'partners-differed': 'The safeguarding partners had to agree first',
  'waiting-for-agency': 'An agency had not yet answered',
  'waiting-for-another-area': 'Another area had not yet answered',
  'criminal-proceedings': 'Police investigation or criminal proceedings',
  'family-proceedings': 'Family court proceedings',
  inquest: 'Inquest',
  'family-participation': 'More time was needed to hear the family',
  'reviewer-not-available': 'A reviewer could not be found or could not go on',
  capacity: 'Too few people to do the work in time',
  'system-not-available': 'The service could not be used',
  missed: 'The deadline was missed',
  other: 'Another reason',
} as const
export type LateReason = keyof typeof lateReasons

/** Days on which a clock stands still. `until` is the first day it runs again, undefined while it stands. */
export interface Pause {
  readonly from: CivilDate
  readonly until?: CivilDate | undefined
  readonly reason: string
}

export type ClockStatus = 'running' | 'paused' | 'met' | 'met-late' | 'late'

export interface ClockState extends Standing {
  readonly rule: ClockRule
  /** Day 0. */
  readonly start: CivilDate
  /** Without the pauses. */
  readonly originalDueOn: CivilDate
}

/** How a deadline stands. */
export interface Standing {
  /** With the pauses. While the clock stands still: the earliest it can be, if it ran again tomorrow. */
  readonly dueOn: CivilDate
  readonly status: ClockStatus
  readonly doneOn: CivilDate | undefined
  /** Working days after today, up to and with the due day, that no pause takes away; 0 on the due day, when late and
   * when done. Undefined when the due day lies past the bank holidays we know. */
  readonly workingDaysLeft: number | undefined
  /** Working days after the due day until it was done, or until today. 0 when not late, and on the weekend after a due
   * Friday, which is late all the same. Undefined past the bank holidays we know. */
  readonly lateByWorkingDays: number | undefined
  /** Calendar days after the due day, 0 when not late. */
  readonly lateByDays: number
  /** Late, done or not: ask for one of `lateReasons`. */
  readonly asksForReason: boolean
  /** False when the due day is a weekend or bank holiday: show it as it is, and say so. No rule moves it. */
  readonly dueOnWorkingDay: boolean | undefined
}

/**
 * The last day to act, or for a rule that asks `keep-until` the first day it may stop. `start` is day 0, even on a
 * weekend. Months and years are those of the calendar, kept inside the month.
 * @throws RangeError when working days run past the bank holidays we know
 */
export function dueOn(rule: ClockRule, start: CivilDate, holidays: BankHolidays): CivilDate {
  const back = rule.direction === 'back'
  switch (rule.unit) {
    case 'working-days':
      return back ? subtractWorkingDays(start, rule.count, holidays) : addWorkingDays(start, rule.count, holidays)
    case 'days':
      return addDays(start, back ? -rule.count : rule.count)
    case 'months':
      return addMonths(start, back ? -rule.count : rule.count)
    case 'years':
      return addMonths(start, 12 * (back ? -rule.count : rule.count))
  }
}

/**
 * When something is due whose clock starts on a day, and the rule that says so: store both, and ask no second time.
 * @throws Error when no rule of the clock is in force on that day
 */
export function deadline(key: ClockKey, startsOn: CivilDate): { rule: ClockRule; dueOn: CivilDate } {
  const rule = clock(readClockRules(), key, startsOn)
  if (!rule) throw new Error(`No clock rule ${key} is in force on ${startsOn}.`)
  return { rule, dueOn: dueOn(rule, startsOn, readBankHolidays()) }
}

/**
 * How a clock stands today.
 * @param startedOn the day its rule counts from: see `rule.starts`
 * @throws RangeError for a least time (ask `dueOn`), for a pause of a clock that counts back or that ends before it
 *   begins, and past the bank holidays we know
 */
export function clockState(clock: {
  rule: ClockRule
  startedOn: CivilDate
  doneOn?: CivilDate | undefined
  pauses?: readonly Pause[]
  today: CivilDate
  holidays: BankHolidays
}): ClockState {
  const { rule, startedOn, doneOn, pauses = [], today, holidays } = clock
  if (rule.asks === 'keep-until') throw new RangeError(`${rule.rule} is a least time, not a deadline. Ask dueOn.`)
  if (rule.direction === 'back' && pauses.length > 0) throw new RangeError(`${rule.rule} counts back: it cannot pause.`)

  const asAt = doneOn ?? today
  const isPaused = pausedAsAt(pauses, asAt)
  const originalDueOn = dueOn(rule, startedOn, holidays)
  const movedDueOn = pauses.length > 0 ? dueWithPauses(rule, startedOn, holidays, isPaused) : originalDueOn
  return {
    rule,
    start: startedOn,
    originalDueOn,
    ...standing({ dueOn: movedDueOn, doneOn, today, holidays }, isPaused),
  }
}

/** How a deadline stands whose due day is stored, or was worked out by its rule. */
export function standing(
  {
    dueOn,
    doneOn,
    today,
    holidays = readBankHolidays(),
  }: { dueOn: CivilDate; doneOn?: CivilDate | undefined; today: CivilDate; holidays?: BankHolidays },
  isPaused: (day: CivilDate) => boolean = () => false,
): Standing {
  const asAt = doneOn ?? today
  const late = asAt > dueOn
  const running = doneOn === undefined && !late
  return {
    dueOn,
    status: statusOf({ done: doneOn !== undefined, late, paused: isPaused(today) }),
    doneOn,
    workingDaysLeft: running ? ifKnown(dueOn, holidays, () => runningDaysBetween(today, dueOn, holidays, isPaused)) : 0,
    lateByWorkingDays: late ? ifKnown(asAt, holidays, () => workingDaysBetween(dueOn, asAt, holidays)) : 0,
    lateByDays: late ? daysBetween(dueOn, asAt) : 0,
    asksForReason: late,
    dueOnWorkingDay: ifKnown(dueOn, holidays, () => isWorkingDay(dueOn, holidays)),
  }
}

function statusOf({ done, late, paused }: { done: boolean; late: boolean; paused: boolean }): ClockStatus {
  if (done) return late ? 'met-late' : 'met'
  if (late) return 'late'
  return paused ? 'paused' : 'running'
}

/** Which days stand still, as known on `asAt`: a pause without an end lasts to that day and is not looked past. */
function pausedAsAt(pauses: readonly Pause[], asAt: CivilDate): (day: CivilDate) => boolean {
  const spans = pauses.map(({ from, until }) => {
    if (until !== undefined && until < from) throw new RangeError(`A pause from ${from} cannot end on ${until}.`)
    return { from, until: until ?? addDays(asAt, 1) }
  })
  return day => spans.some(({ from, until }) => from <= day && day < until)
}

/**
 * Working days: paused ones are not counted. Calendar units: each paused day before the due day moves it by a day.
 * A pause that begins after the due day moves nothing.
 */
function dueWithPauses(
  rule: ClockRule,
  start: CivilDate,
  holidays: BankHolidays,
  isPaused: (day: CivilDate) => boolean,
): CivilDate {
  let day = start
  if (rule.unit === 'working-days') {
    for (let left = rule.count; left > 0;) {
      day = addDays(day, 1)
      if (isWorkingDay(day, holidays) && !isPaused(day)) left -= 1
    }
    return day
  }
  for (let left = daysBetween(start, dueOn(rule, start, holidays)); left > 0;) {
    day = addDays(day, 1)
    if (!isPaused(day)) left -= 1
  }
  return day
}

function runningDaysBetween(
  from: CivilDate,
  until: CivilDate,
  holidays: BankHolidays,
  isPaused: (day: CivilDate) => boolean,
): number {
  let count = 0
  for (let day = from; day < until;) {
    day = addDays(day, 1)
    if (isWorkingDay(day, holidays) && !isPaused(day)) count += 1
  }
  return count
}

function ifKnown<Value>(last: CivilDate, holidays: BankHolidays, answer: () => Value): Value | undefined {
  return last < holidays.knownUntil ? answer() : undefined
}
