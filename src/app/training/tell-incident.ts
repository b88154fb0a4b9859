import { dayNumber, isoDay } from './calendar.ts'
import type { InventedChild, Nature } from './incident.ts'
import type { Scenario } from './narratives.ts'
import type { Random } from './random.ts'

export const pronouns = {
  female: { they: 'she', them: 'her', their: 'her' },
  male: { they: 'he', them: 'him', their: 'his' },
  'not-known': { they: 'the child', them: 'the child', their: 'the child’s' },
}

const deathSentences = [
  '{They} died in hospital the same day.',
  '{They} could not be saved.',
  '{They} died in hospital two days later.',
  '{They} did not regain consciousness and died.',
]
const oneMoreSentences = [
  'Another child is part of this notification.',
  'A second child was harmed.',
  'This notification also concerns another child.',
]
const moreSentences = [
  'There are {number} more children in this notification.',
  'This notification also concerns {number} other children.',
]

const smallNumbers = ['', 'one', 'two', 'three', 'four']

interface Told {
  scenario: Scenario
  nature: Nature
  child: InventedChild
  children: number
  incidentDay: number
}

export function tellIncident(random: Random, { scenario, nature, child, children, incidentDay }: Told): string {
  const ageInDays = incidentDay - dayNumber(child.dateOfBirth ?? isoDay(incidentDay))
  const years = ageInDays / 365.25
  const words = pronouns[child.sex]
  const wordFor: Record<string, string> = {
    child: child.givenName,
    age: ageInWords(ageInDays),
    ...words,
    They: words.they[0]?.toUpperCase() + words.they.slice(1),
    Their: words.their[0]?.toUpperCase() + words.their.slice(1),
  }
  const sentences = scenario.telling.map(choices => {
    return random.pick(choices.filter(choice => suitsAge(choice, years))).replace(/^\d+-\d+\|/, '')
  })
  if (nature === 'death' && !scenario.tellsOfDeath) sentences.splice(1, 0, random.pick(deathSentences))
  const others = smallNumbers[children - 1]
  if (others) {
    sentences.splice(-1, 0, random.pick(children === 2 ? oneMoreSentences : moreSentences).replace('{number}', others))
  }
  const kept = sentences.length > 5 || random.chance(0.25) ? sentences.slice(0, -1) : sentences
  return kept.join(' ').replaceAll(/\{(\w+)\}/g, (_, word: string) => wordFor[word] ?? '')
}

/** Whether a sentence that may begin with `5-10|` suits a child of so many years. */
function suitsAge(choice: string, years: number): boolean {
  const [, least, most] = /^(\d+)-(\d+)\|/.exec(choice) ?? []
  return !least || (years >= Number(least) && years < Number(most) + 1)
}

export function ageInWords(days: number): string {
  if (days < 14) return 'a few days old'
  if (days < 12 * 7) return `aged ${Math.floor(days / 7)} weeks`
  if (days < 700) return `aged ${Math.floor(days / 30.44)} months`
  return `aged ${Math.floor(days / 365.25)}`
}
