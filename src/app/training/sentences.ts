import { isoDay } from './calendar.ts'
import type { InventedChild } from './incident.ts'
import type { Facts } from './facts.ts'
import type { Random } from './random.ts'

/**
 * A sentence, or several, with the facts under which it may be said before a bar: `5-10 at-school !plan|Staff saw ...`.
 * Two numbers are years of age, a word is a tag of the facts, and `!` says not.
 *
 * `{child}`, `{they}`, `{their}` and the like are filled in; `{3-9}` is a number drawn, `{of 20-40}` a part of one like
 * `26 of 31`, `{month}` a month of the year before the incident, `{day}` a day of the week.
 */
export type Line = string

export const pronouns = {
  female: { they: 'she', them: 'her', their: 'her' },
  male: { they: 'he', them: 'him', their: 'his' },
  'not-known': { they: 'the child', them: 'the child', their: 'the child’s' },
}

interface Read {
  text: string
  suits(facts: Facts): boolean
}
const linesRead = new Map<Line, Read>()

export function readLine(line: Line): Read {
  const known = linesRead.get(line) ?? splitLine(line)
  linesRead.set(line, known)
  return known
}

function linesFor(lines: readonly Line[], facts: Facts): string[] {
  return lines
    .map(readLine)
    .filter(line => line.suits(facts))
    .map(({ text }) => text)
}

/** One of the lines that suit, filled in. Empty where none does. */
export function sayOne(random: Random, lines: readonly Line[], facts: Facts): string {
  const suited = linesFor(lines, facts)
  return suited.length > 0 ? fillIn(random, random.pick(suited), facts) : ''
}

/** Some of the lines that suit, in the order of the list. */
export function saySome(random: Random, lines: readonly Line[], facts: Facts, count: number): string[] {
  return sampleOf(random, linesFor(lines, facts), count).map(text => fillIn(random, text, facts))
}

/** Some of the items, in the order of the list. */
export function sampleOf<T>(random: Random, from: readonly T[], count: number): T[] {
  const kept = new Set(random.shuffled(from.map((_, place) => place)).slice(0, count))
  return from.filter((_, place) => kept.has(place))
}

function splitLine(line: Line): Read {
  const bar = line.indexOf('|')
  if (bar < 0) return { text: line, suits: () => true }
  const asked = line.slice(0, bar).split(' ').map(readCondition)
  return { text: line.slice(bar + 1), suits: facts => asked.every(condition => condition(facts)) }
}

function readCondition(word: string): (facts: Facts) => boolean {
  const [, least, most] = /^(\d+)-(\d+)$/.exec(word) ?? []
  if (least) {
    return ({ ageInDays }) => ageInDays >= Number(least) * 365.25 && ageInDays < (Number(most) + 1) * 365.25
  }
  return word.startsWith('!') ? ({ tags }) => !tags.has(word.slice(1)) : ({ tags }) => tags.has(word)
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const months = 'January February March April May June July August September October November December'.split(' ')
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

export function fillIn(random: Random, text: string, { child, ageInDays, incidentDay }: Facts): string {
  const words: Record<string, string> = { ...wordsOf(child), age: ageInWords(ageInDays) }
  const filled = text.replaceAll(/\{(of )?([\w-]+)\}/g, (_, part: string | undefined, word: string) => {
    const [, least, most] = /^(\d+)-(\d+)$/.exec(word) ?? []
    if (least) {
      const number = random.whole(Number(least), Number(most))
      if (part) return `${Math.round(number * (0.6 + 0.35 * random.next()))} of ${number}`
      return numbers[number] ?? String(number)
    }
    if (word === 'month') return months[Number(isoDay(incidentDay - random.whole(50, 300)).slice(5, 7)) - 1] ?? ''
    return word === 'day' ? random.pick(days) : (words[word] ?? '')
  })
  return filled.replaceAll(
    /(^|[.?!]\s|\n)([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  )
}

function wordsOf(child: InventedChild): Record<string, string> {
  const { they, them, their } = pronouns[child.sex]
  const name = child.dateOfBirth ? child.givenName : 'the child'
  return { child: name, they, them, their, They: they, Their: their }
}

export function ageInWords(days: number): string {
  if (days < 14) return 'a few days old'
  if (days < 12 * 7) return `aged ${Math.floor(days / 7)} weeks`
  if (days < 700) return `aged ${Math.floor(days / 30.44)} months`
  return `aged ${Math.floor(days / 365.25)}`
}
