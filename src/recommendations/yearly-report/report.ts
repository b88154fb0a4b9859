import { addDays, civilDate, formatDate, type CivilDate } from '../../platform/dates.ts'
import { themes, type Theme } from '../../reference-data/index.ts'
import { tellDelivery, tellUpdate, type Action } from '../actions/action.ts'
import { deliveriesTold, deliveryTold, effects, replies, type DeliveryTold, type Effect, type Reply } from '../moves.ts'
import type { PublicStates } from './public-states.ts'
import { answerKinds, nationalAnswers, type NationalAnswerKind } from '../national/answer.ts'

/** Everything that a partnership's year holds, as it is known on the day it is read. */
export interface YearFacts {
  partnershipName: string
  /** 2025 for April 2025 to March 2026. */
  year: number
  asAt: CivilDate
  notifications: readonly { reference: string; nature: string; notifiedOn: CivilDate; inTime: boolean | null }[]
  rapidReviews: readonly {
    reference: string
    dueOn: CivilDate
    sentOn: CivilDate | null
    outcomes: readonly string[]
  }[]
  localReviews: readonly {
    reference: string
    decidedOn: CivilDate
    dueOn: CivilDate
    expectedOn: CivilDate | null
    outcome: string | null
    outcomeOn: CivilDate | null
  }[]
  /** How often each theme was in a point of a letter or a recommendation of the year. */
  themes: ReadonlyMap<Theme, number>
  recommendations: readonly {
    number: string
    text: string
    owner: string
    reply: Reply
    delivery: DeliveryTold
    effect: Effect
    /** The same, as it may be told to everybody. */
    told: Required<PublicStates>
    isPublished: boolean
  }[]
  judgements: readonly {
    number: string
    effect: Effect
    words: string
    by: string
    on: CivilDate
    isPublished: boolean
  }[]
  national: readonly {
    number: string
    text: string
    answer: NationalAnswerKind | null
    words: string
    evidence: string
    askedBy: CivilDate | null
    delivery: DeliveryTold
    effect: Effect
    told: Required<PublicStates>
  }[]
  /** `isDecided`: a person has decided about each word by which somebody could be recognised. */
  actions: readonly (Action & { words: string; servesPublished: boolean; isDecided: boolean })[]
}

export interface YearSpan {
  from: CivilDate
  /** The first day after it. */
  until: CivilDate
}

export function yearSpan(year: number): YearSpan {
  return { from: civilDate(`${year}-04-01`), until: civilDate(`${year + 1}-04-01`) }
}

/** The last year that has ended by a day: what a report is written about. */
export function lastYear(today: CivilDate): number {
  const year = Number(today.slice(0, 4))
  return today.slice(5) >= '04-01' ? year - 1 : year - 2
}

export const partTitles = {
  notifications: 'Serious incidents we notified',
  'rapid-reviews': 'Rapid reviews',
  'local-reviews': 'Local reviews and their status',
  themes: 'What we learnt about',
  recommendations: 'Recommendations: reply, delivery, effect',
  effect: 'Evidence that something changed',
  national: 'National recommendations',
  actions: 'Every action, also those that went badly',
} as const
export type PartKey = keyof typeof partTitles

export type Block =
  { kind: 'paragraph'; text: string } | { kind: 'table'; caption: string; head: string[]; rows: string[][] }
export interface ReportPart {
  key: PartKey
  title: string
  blocks: Block[]
}

/** A count below this, and above none, could point to a child. */
const smallest = 5

/**
 * Small counts hidden, and others with them where the total would give one away: what is hidden is never one count alone,
 * nor fewer than ten together. Zero points to nobody. Undefined where nothing can be told of how they divide: all counts
 * are hidden, or all is in one of them, which tells of each child what it says of the whole.
 */
export function suppressed(counts: readonly number[]): string[] | undefined {
  const some = counts.filter(count => count > 0).length
  const hidden = new Set(counts.flatMap((count, at) => (count > 0 && count < smallest ? at : [])))
  const sum = () => [...hidden].reduce((total, at) => total + counts[at]!, 0)
  while (hidden.size > 0 && (hidden.size === 1 || sum() < 2 * smallest)) {
    const [next] = counts
      .flatMap((count, at) => (count > 0 && !hidden.has(at) ? { count, at } : []))
      .toSorted((one, other) => one.count - other.count)
    if (!next) break
    hidden.add(next.at)
  }
  if (some === 1 || (some > 0 && hidden.size === some)) return undefined
  return counts.map((count, at) => (hidden.has(at) ? 'hidden' : String(count)))
}

/** A count by itself. */
function one(count: number): string {
  return count > 0 && count < smallest ? `fewer than ${smallest}` : String(count)
}

/**
 * The report in parts, from the record alone.
 * @param forPublication small numbers are hidden, and nothing is told of a review that is not published
 */
export function reportParts(facts: YearFacts, forPublication: boolean): ReportPart[] {
  const build: Record<PartKey, (facts: YearFacts, forPublication: boolean) => Block[]> = {
    notifications,
    'rapid-reviews': rapidReviews,
    'local-reviews': localReviews,
    themes: themesOf,
    recommendations,
    effect,
    national,
    actions,
  }
  return (Object.keys(partTitles) as PartKey[]).map(key => ({
    key,
    title: partTitles[key],
    blocks: build[key](facts, forPublication),
  }))
}

const say = (text: string): Block => ({ kind: 'paragraph', text })

/** Counts that make up a total, each with its words; hidden together with it where they are few. */
function countTable(
  caption: string,
  of: string,
  counted: readonly [words: string, count: number][],
  hide: boolean,
): Block {
  const total = counted.reduce((sum, [, count]) => sum + count, 0)
  const shown = hide ? suppressed(counted.map(([, count]) => count)) : counted.map(([, count]) => String(count))
  const all = hide ? one(total) : String(total)
  if (!shown) return say(`${caption}: ${all} in all. How they divide is not told: it could point to a child.`)
  return {
    kind: 'table',
    caption,
    head: [of, 'Number'],
    rows: [...counted.map(([words], at) => [words, shown[at]!]), ['All', all]],
  }
}

function notifications({ notifications: all }: YearFacts, hide: boolean): Block[] {
  if (all.length === 0) return [say('We notified no serious incident in this year.')]
  const times = (inTime: boolean | null) => all.filter(one => one.inTime === inTime).length
  const byTime: [string, number][] = [
    ['Within five working days', times(true)],
    ['Later', times(false)],
    ['Day of awareness not known', times(null)],
  ]
  const natures = Map.groupBy(all, one => one.nature)
  const byNature = [...natures].map(([nature, of]): [string, number] => [nature, of.length])
  return [
    countTable('Notifications by time', 'Sent', byTime, hide),
    countTable('Notifications by what happened', 'What happened', byNature, hide),
  ]
}

function rapidReviews({ rapidReviews: all }: YearFacts, hide: boolean): Block[] {
  if (all.length === 0) return [say('No rapid review was opened or sent in this year.')]
  const byTime: [string, number][] = [
    ['Sent in time', all.filter(one => one.sentOn && one.sentOn <= one.dueOn).length],
    ['Sent late', all.filter(one => one.sentOn && one.sentOn > one.dueOn).length],
    ['Not sent yet', all.filter(one => !one.sentOn).length],
  ]
  const blocks: Block[] = [countTable('Rapid reviews', 'How it went', byTime, hide)]
  if (hide) return blocks
  const rows = all.map(one => [
    one.reference,
    formatDate(one.dueOn),
    one.sentOn ? formatDate(one.sentOn) : 'Not yet',
    one.outcomes.join('; ') || 'Not decided yet',
  ])
  return [
    ...blocks,
    { kind: 'table', caption: 'Each rapid review', head: ['Reference', 'Due', 'Sent', 'Decision'], rows },
  ]
}

function localReviews({ localReviews: all }: YearFacts, hide: boolean): Block[] {
  if (hide) {
    // That a review is under way is not public, nor is how many are.
    const published = all.filter(one => one.outcome === 'published' || one.outcome === 'improvements-only').length
    return [
      say(published === 0 ? 'No local review was published in this year.' : `Published in this year: ${published}.`),
    ]
  }
  if (all.length === 0) return [say('No local review was under way in this year.')]
  const rows = all.map(one => [
    one.reference,
    formatDate(one.decidedOn),
    formatDate(one.dueOn),
    one.outcome && one.outcomeOn
      ? `${localOutcomes[one.outcome] ?? one.outcome}, ${formatDate(one.outcomeOn)}`
      : `Under way${one.expectedOn ? `, expected ${formatDate(one.expectedOn)}` : ''}`,
  ])
  return [{ kind: 'table', caption: 'Each local review', head: ['Reference', 'Decided', 'Due', 'Status'], rows }]
}

const localOutcomes: Record<string, string> = {
  published: 'Published',
  'improvements-only': 'Improvements published',
  withheld: 'Withheld',
}

function themesOf({ themes: counted }: YearFacts, hide: boolean): Block[] {
  if (counted.size === 0) return [say('Nothing that was asked or recommended in this year has a theme.')]
  const sorted = [...counted].toSorted(
    (one, other) => other[1] - one[1] || themes[one[0]].localeCompare(themes[other[0]]),
  )
  if (hide) {
    // A theme of few things would tell what an unpublished review is about.
    const names = sorted.flatMap(([theme, count]) => (count < smallest ? [] : themes[theme].toLowerCase())).toSorted()
    return [
      say(
        names.length > 0
          ? `What we learnt about most: ${names.join('; ')}.`
          : 'Too little was asked or recommended in this year to tell what it was about.',
      ),
    ]
  }
  return [
    {
      kind: 'table',
      caption: 'Themes of points of letters and of recommendations',
      head: ['Theme', 'How often'],
      rows: sorted.map(([theme, count]) => [themes[theme], String(count)]),
    },
  ]
}

/** The three axes beside each other, never one status. */
function axes(all: readonly { reply: Reply; delivery: DeliveryTold; effect: Effect }[], hide: boolean): Block[] {
  const by = <Key extends string>(labels: Readonly<Record<Key, string>>, keyOf: (one: (typeof all)[number]) => Key) =>
    (Object.keys(labels) as Key[]).map((key): [string, number] => [
      labels[key],
      all.filter(one => keyOf(one) === key).length,
    ])
  return [
    countTable(
      'Reply',
      'What the owner said',
      by(replies, one => one.reply),
      hide,
    ),
    countTable(
      'Delivery',
      'How far it is',
      by(deliveriesTold, one => one.delivery),
      hide,
    ),
    countTable(
      'Effect',
      'What somebody else judged',
      by(effects, one => one.effect),
      hide,
    ),
  ]
}

const axesOf = ({ reply, delivery, effect }: Required<PublicStates>) => [
  replies[reply],
  deliveriesTold[delivery],
  effects[effect],
]

function recommendations({ recommendations: all }: YearFacts, hide: boolean): Block[] {
  if (all.length === 0) return [say('No local recommendation was open in this year.')]
  const listed = hide ? all.filter(one => one.isPublished) : all
  return [
    ...axes(
      all.map(one => (hide ? one.told : one)),
      hide,
    ),
    ...(listed.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: hide ? 'Each published recommendation' : 'Each recommendation',
            head: ['Number', 'For', 'What', 'Reply', 'Delivery', 'Effect'],
            rows: listed.map(one => [one.number, one.owner, one.text, ...axesOf(hide ? one.told : one)]),
          },
        ]
      : []),
  ]
}

function effect({ judgements: all }: YearFacts, hide: boolean): Block[] {
  const listed = hide ? all.filter(one => one.isPublished) : all
  if (listed.length === 0) {
    return [say('Nobody outside the work judged in this year whether something changed.')]
  }
  return [
    {
      kind: 'table',
      caption: 'What was judged by somebody who did not do it',
      head: ['Recommendation', 'On', 'Judged', 'By', 'Why'],
      rows: listed.map(one => [one.number, formatDate(one.on), effects[one.effect], one.by, one.words]),
    },
  ]
}

function national({ national: all }: YearFacts, hide: boolean): Block[] {
  if (all.length === 0) return [say('No national recommendation was sent to us.')]
  const counted = answerKinds.map((kind): [string, number] => [
    nationalAnswers[kind],
    all.filter(one => one.answer === kind).length,
  ])
  return [
    countTable(
      'What we answered',
      'Answer',
      [...counted, ['No answer yet', all.filter(one => !one.answer).length]],
      false,
    ),
    {
      kind: 'table',
      caption: 'Each national recommendation sent to us',
      head: ['Number', 'What', 'Our answer', 'Delivery', 'Effect'],
      rows: all.map(one => [
        one.number,
        one.text,
        one.answer
          ? [nationalAnswers[one.answer], one.words, one.evidence && `Evidence: ${one.evidence}`]
              .filter(Boolean)
              .join('. ')
          : `No answer yet${one.askedBy ? `, asked for by ${formatDate(one.askedBy)}` : ''}`,
        ...axesOf(hide ? one.told : { ...one, reply: one.told.reply }).slice(1),
      ]),
    },
  ]
}

function actions({ actions: all, asAt }: YearFacts, hide: boolean): Block[] {
  if (all.length === 0) return [say('No action was open in this year.')]
  const silent = all.filter(one => one.nextUpdateOn !== null && one.nextUpdateOn < asAt).length
  const counted = (Object.keys(deliveriesTold) as DeliveryTold[]).map((key): [string, number] => [
    deliveriesTold[key],
    all.filter(one => deliveryTold(one.delivery, one.updatedOn) === key).length,
  ])
  const listed = hide ? all.filter(one => one.servesPublished) : all
  return [
    countTable('Actions', 'How far they are', counted, hide),
    say(`With an update that is missing: ${hide ? one(silent) : silent}.`),
    ...(listed.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: hide ? 'Each action on what is published' : 'Each action',
            head: ['Number', 'What', 'Owner', 'Due', 'How far it is', 'Last update'],
            rows: listed.map(one => {
              const isTold = !hide || one.isDecided
              return [
                one.number,
                isTold ? one.text : 'Its words are not told yet: somebody could be recognised by them.',
                [one.ownerName, ...one.jointWith].join(', with '),
                formatDate(one.dueOn),
                tellDelivery(one),
                [tellUpdate(one, asAt), isTold && one.words].filter(Boolean).join('. '),
              ]
            }),
          },
        ]
      : []),
  ]
}

/** `April 2025 to March 2026` */
export function tellYear(year: number): string {
  const { from, until } = yearSpan(year)
  return `${formatDate(from).slice(2)} to ${formatDate(addDays(until, -1)).slice(3)}`
}
