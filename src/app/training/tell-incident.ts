import { isoDay } from './calendar.ts'
import { factsOf } from './facts.ts'
import type { InventedChild, Nature } from './incident.ts'
import type { Scenario } from './narratives.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'
import { sayOne } from './sentences.ts'
import type { Line } from './sentences.ts'

const deathSentences = [
  '{They} died in hospital the same day.',
  '{They} could not be saved.',
  '{They} died in hospital two days later.',
  '{They} did not regain consciousness and died.',
]
const oneMoreSentences = [
  'Another child is part of this notification.',
  'A second child is part of this notification.',
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
  /** The child harmed, and how many there are with it. */
  child: InventedChild
  children: number
  incidentDay: number
}

export function tellIncident(random: Random, { scenario, nature, child, children, incidentDay }: Told): string {
  const facts = factsOf({
    // Who the others are is not told here: they stand for brothers and sisters, none of them older.
    children: Array.from({ length: children }, () => child),
    incidentOn: isoDay(incidentDay),
    nature,
    harmCategories: scenario.harmCategories,
  })
  // One draw for each sentence, so that a change of words leaves the incidents after this one as they are.
  const say = (lines: readonly Line[]) => sayOne(seededRandom(random.next()), lines, facts)
  const sentences = scenario.telling.map(say).filter(Boolean)
  if (nature === 'death' && !scenario.tellsOfDeath) sentences.splice(1, 0, say(deathSentences))
  const others = smallNumbers[children - 1]
  if (others) {
    const lines = children === 2 ? oneMoreSentences : moreSentences
    sentences.splice(-1, 0, say(lines.map(line => line.replace('{number}', others))))
  }
  const isLong = sentences.length > 5 || random.chance(0.25)
  return (isLong && sentences.length > 2 ? sentences.slice(0, -1) : sentences).join(' ')
}
