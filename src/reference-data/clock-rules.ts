import { z } from 'zod'
import { type CivilDate, civilDate } from '../platform/dates.ts'
import { once, readRows, referenceText, wholeNumber } from './read-csv.ts'

/** The clocks of the process. Their numbers, C1 to C13, are those of `docs/sources.md`. */
export const clockKeys = [
  'notify-panel',
  'tell-partners',
  'notify-looked-after-death',
  'notify-care-leaver-death',
  'rapid-review',
  'panel-reply',
  'local-review',
  'advance-copy-local',
  'keep-local-public',
  'advance-copy-national',
  'keep-national-public',
  'yearly-report',
  'child-death-notification',
] as const
export type ClockKey = (typeof clockKeys)[number]

/** What starts a clock. The day it happens is day 0. */
export const clockStarts = {
  'authority-aware': 'the day the local authority became aware',
  'notification-sent': 'the day the notification was sent',
  'rapid-review-received': 'the day the Panel received the rapid review',
  'local-review-decided': 'the day a local review was decided on',
  'local-review-published': 'the day the local review is published',
  'national-review-published': 'the day the national review is published',
  'reporting-year-ended': 'the last day of the year reported on, 31 March',
  'child-died': 'the day the child died',
} as const
export type ClockStart = keyof typeof clockStarts

/** How binding a rule is. */
export const forces = {
  'duty-in-law': 'Duty in law',
  guidance: 'Guidance',
  expectation: 'Expectation',
  'service-aim': 'Service aim',
  'local-practice': 'Local practice',
} as const
export type Force = keyof typeof forces

/** How well we know a rule. */
export const ruleStatuses = {
  verified: "Read in the publisher's own text",
  reported: 'Read second-hand',
  unverified: 'Recalled, to be checked',
} as const
export type RuleStatus = keyof typeof ruleStatuses

const clockUnits = ['working-days', 'days', 'months', 'years'] as const
export type ClockUnit = (typeof clockUnits)[number]

/** One row of clock-rules.csv: how long a step may take, as it was in force from a day until another. */
export interface ClockRule {
  /** `C5-2023`. Store it with a deadline to say which rule it came from. */
  readonly rule: string
  readonly clock: ClockKey
  readonly number: string
  readonly name: string
  readonly whoActs: string
  readonly recipient: string
  readonly starts: ClockStart
  /** `do-by`: the last day to act. `keep-until`: a least time, whose end is the first day it may stop. */
  readonly asks: 'do-by' | 'keep-until'
  readonly count: number
  readonly unit: ClockUnit
  /** `back`: counted back from the start, as in "seven working days before publication". */
  readonly direction: 'forward' | 'back'
  /** How binding it is to act at all. */
  readonly force: Force
  /** How binding the number of days is: the duty to notify is in the Act, its five working days are in guidance. */
  readonly lengthForce: Force
  readonly status: RuleStatus
  readonly inForceFrom: CivilDate
  /** The first day it no longer holds; undefined while it holds. */
  readonly inForceUntil: CivilDate | undefined
  readonly source: string
  readonly sourceUrl: string
  readonly note: string
}

const day = z.iso.date().transform(civilDate)
const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>) =>
  z.enum(Object.keys(words) as [Key, ...Key[]])

const clockRuleRow = z
  .object({
    rule: z.string().regex(/^C\d+-\d{4}$/),
    clock: z.enum(clockKeys),
    number: z.string().regex(/^C\d+$/),
    name: z.string().min(1),
    who_acts: z.string().min(1),
    recipient: z.string().min(1),
    starts: keysOf(clockStarts),
    asks: z.enum(['do-by', 'keep-until']),
    count: wholeNumber,
    unit: z.enum(clockUnits),
    direction: z.enum(['forward', 'back']),
    force: keysOf(forces),
    length_force: keysOf(forces),
    status: keysOf(ruleStatuses),
    in_force_from: day,
    in_force_until: z.union([z.literal('').transform(() => undefined), day]),
    source: z.string().min(1),
    source_url: z.url(),
    note: z.string(),
  })
  .transform((row): ClockRule => ({
    rule: row.rule,
    clock: row.clock,
    number: row.number,
    name: row.name,
    whoActs: row.who_acts,
    recipient: row.recipient,
    starts: row.starts,
    asks: row.asks,
    count: row.count,
    unit: row.unit,
    direction: row.direction,
    force: row.force,
    lengthForce: row.length_force,
    status: row.status,
    inForceFrom: row.in_force_from,
    inForceUntil: row.in_force_until,
    source: row.source,
    sourceUrl: row.source_url,
    note: row.note,
  }))

/** @throws Error when a clock has no rule, or two rules of a clock hold on the same day, or a rule ends before it starts */
export function parseClockRules(text: string): readonly ClockRule[] {
  const name = 'clock-rules.csv'
  const rules = readRows(name, text, clockRuleRow)
  if (new Set(rules.map(rule => rule.rule)).size !== rules.length) throw new Error(`${name} names a rule twice.`)
  for (const key of clockKeys) {
    const versions = rules
      .filter(rule => rule.clock === key)
      .toSorted((one, other) => (one.inForceFrom < other.inForceFrom ? -1 : 1))
    if (versions.length === 0) throw new Error(`${name} has no rule for ${key}.`)
    for (const [index, version] of versions.entries()) {
      const next = versions[index + 1]
      if (version.inForceUntil !== undefined && version.inForceUntil <= version.inForceFrom) {
        throw new Error(`${name}: ${version.rule} ends before it starts.`)
      }
      if (next && (version.inForceUntil === undefined || version.inForceUntil > next.inForceFrom)) {
        throw new Error(`${name}: ${version.rule} and ${next.rule} hold on the same day.`)
      }
    }
  }
  return rules
}

export const readClockRules = once(() => parseClockRules(referenceText('clock-rules.csv')))

/**
 * The rule of a clock that was in force on a day; undefined before the first. Which day to count from then stands in
 * its `starts`. For the rapid review, whose start has changed, ask with the day the notification was sent.
 */
export function clock(rules: readonly ClockRule[], key: ClockKey, on: CivilDate): ClockRule | undefined {
  return rules.find(
    rule => rule.clock === key && rule.inForceFrom <= on && (rule.inForceUntil === undefined || on < rule.inForceUntil),
  )
}
