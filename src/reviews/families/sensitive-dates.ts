import { addDays, type CivilDate } from '../../platform/dates.ts'

/** A day that comes back every year, and hurts. */
export interface SensitiveDate {
  /** `the child’s birthday`. */
  what: string
  /** As it was the first time. */
  on: CivilDate
}

/**
 * The sensitive dates that fall on a day, this year or any later one. 29 February falls on 28 February and on 1 March in
 * years that have no 29 February: some families keep the one, some the other.
 */
export function sensitiveOn(day: CivilDate, dates: readonly SensitiveDate[]): SensitiveDate[] {
  return dates.filter(({ on }) => {
    if (day < on) return false
    const [monthDay, today] = [on.slice(5), day.slice(5)]
    if (monthDay === today) return true
    return monthDay === '02-29' && !isLeapYear(day) && (today === '02-28' || today === '03-01')
  })
}

/** The first day from this one on that is no sensitive date: the day itself where it is none. */
export function nextPossibleDay(from: CivilDate, dates: readonly SensitiveDate[]): CivilDate {
  let day = from
  while (sensitiveOn(day, dates).length > 0) day = addDays(day, 1)
  return day
}

function isLeapYear(day: CivilDate): boolean {
  const year = Number(day.slice(0, 4))
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
