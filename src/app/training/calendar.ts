const dayMs = 24 * 60 * 60 * 1000

/** Days since 1 January 1970. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs)
}

const isoDays = new Map<number, string>()
const workingDays = new Map<number, boolean>()

export function isoDay(number: number): string {
  const known = isoDays.get(number)
  if (known) return known
  const day = new Date(number * dayMs).toISOString().slice(0, 10)
  isoDays.set(number, day)
  return day
}

/** Days on which offices are shut. Only holidays with a fixed date are kept, so a few steps fall on a bank holiday. */
export function isWorking(number: number): boolean {
  const known = workingDays.get(number)
  if (known !== undefined) return known
  const weekday = (number + 4) % 7
  const working = weekday !== 0 && weekday !== 6 && !['01-01', '12-25', '12-26'].includes(isoDay(number).slice(5))
  workingDays.set(number, working)
  return working
}

export function stepWorkingDays(from: number, count: number): number {
  let day = from
  for (let left = Math.abs(count); left > 0;) {
    day += Math.sign(count)
    if (isWorking(day)) left -= 1
  }
  return day
}

/** The calendar year in whose March the reporting year of this day ends. */
export function reportingYearOf(day: string): number {
  return Number(day.slice(0, 4)) + (day.slice(5) >= '04-01' ? 1 : 0)
}

/** A moment from minutes since 1 January 1970. */
export function isoMoment(minute: number): string {
  return `${new Date(minute * 60_000).toISOString().slice(0, 16)}:00Z`
}
