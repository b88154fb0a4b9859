import type { CivilDate } from '../dates.ts'

/** A day in a calendar. */
export interface CalendarDay {
  /** Stays the same when the day moves, so that calendars move it too. */
  id: string
  on: CivilDate
  /** Read on lock screens and in shared calendars: no word about a child. */
  summary: string
  url?: string
}

export const calendarType = 'text/calendar; charset=utf-8'

/** Days as iCalendar (RFC 5545): whole days, which belong to no time zone. */
export function calendarOf(
  name: string,
  days: readonly CalendarDay[],
  { now, host }: { now: Date; host: string },
): string {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Weathervane//EN',
    `X-WR-CALNAME:${escaped(name)}`,
    ...days.flatMap(({ id, on, summary, url }) => [
      'BEGIN:VEVENT',
      `UID:${id}@${host}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
      `SUMMARY:${escaped(summary)}`,
      ...(url ? [`URL:${url}`] : []),
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map(line => `${folded(line)}\r\n`).join('')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n')
}

/** No line has more than 75 bytes, and no character is cut in two. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (bytes + size > 75) {
      parts.push(part)
      part = ''
      // The space at the start of a line that goes on.
      bytes = 1
    }
    part += character
    bytes += size
  }
  return [...parts, part].join('\r\n ')
}
