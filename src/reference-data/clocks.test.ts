import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type CivilDate, civilDate } from '../platform/dates.ts'
import { productRoot } from '../platform/product-root.ts'
import { addWorkingDays, readBankHolidays } from './bank-holidays.ts'
import {
  clock,
  type ClockKey,
  clockKeys,
  type ClockRule,
  clockStarts,
  parseClockRules,
  readClockRules,
} from './clock-rules.ts'
import { clockState, dueOn, type Pause } from './clocks.ts'
import { referenceText } from './read-csv.ts'

const holidays = readBankHolidays()
const rules = readClockRules()

function ruleOf(key: ClockKey, on = '2026-01-01'): ClockRule {
  const rule = clock(rules, key, civilDate(on))
  assert(rule, `${key} has no rule on ${on}`)
  return rule
}

function aPause(from: string, until?: string): Pause {
  return { from: civilDate(from), until: until === undefined ? undefined : civilDate(until), reason: 'inquest' }
}

function state(
  key: ClockKey,
  when: { started: string; today: string; done?: string; pauses?: readonly Pause[]; ruleOn?: string },
) {
  return clockState({
    rule: ruleOf(key, when.ruleOn),
    startedOn: civilDate(when.started),
    doneOn: when.done === undefined ? undefined : civilDate(when.done),
    pauses: when.pauses ?? [],
    today: civilDate(when.today),
    holidays,
  })
}

test('every clock has a rule with its source, and today exactly one', () => {
  for (const key of clockKeys) {
    const inForce = rules.filter(
      rule =>
        rule.clock === key &&
        rule.inForceFrom <= '2026-01-01' &&
        !(rule.inForceUntil && rule.inForceUntil <= '2026-01-01'),
    )
    assert.equal(inForce.length, 1, key)
    assert(inForce[0]?.source && inForce[0].sourceUrl, key)
  }
})

test('the rapid review counts from awareness under the older rule and from the notification under the newer', () => {
  assert.equal(ruleOf('rapid-review', '2019-05-01').starts, 'authority-aware')
  assert.equal(ruleOf('rapid-review', '2023-12-14').rule, 'C5-2018')
  assert.equal(ruleOf('rapid-review', '2023-12-15').rule, 'C5-2023')
  assert.equal(ruleOf('rapid-review', '2026-01-01').starts, 'notification-sent')
  assert.equal(clockStarts['notification-sent'], 'the day the notification was sent')
})

test('docs/sources.md tells of every rule, with its address', () => {
  const sources = readFileSync(new URL('docs/sources.md', productRoot), 'utf8')
  for (const rule of rules) {
    assert.match(sources, new RegExp(`\\| ${rule.number} `), rule.rule)
    assert(sources.includes(rule.sourceUrl), `${rule.rule}: ${rule.sourceUrl}`)
  }
})

test('before its first day a clock has no rule', () => {
  assert.equal(clock(rules, 'notify-panel', civilDate('2018-06-28')), undefined)
  assert.equal(ruleOf('notify-panel', '2018-06-29').count, 5)
  assert.equal(clock(rules, 'notify-care-leaver-death', civilDate('2022-01-01')), undefined)
})

test('a rule that was recalled and not read says so', () => {
  assert.equal(ruleOf('advance-copy-local').status, 'unverified')
  assert.equal(ruleOf('notify-panel').status, 'verified')
  assert.equal(ruleOf('notify-panel').force, 'duty-in-law')
  assert.equal(ruleOf('notify-panel').lengthForce, 'guidance')
  assert.equal(ruleOf('rapid-review').force, 'expectation')
})

const dueCases: { name: string; clock: ClockKey; start: string; due: string }[] = [
  { name: 'aware on Wednesday before Easter', clock: 'notify-panel', start: '2025-04-16', due: '2025-04-25' },
  { name: 'aware on a Saturday', clock: 'notify-looked-after-death', start: '2025-03-08', due: '2025-03-14' },
  { name: 'aware on Christmas Eve', clock: 'tell-partners', start: '2024-12-24', due: '2025-01-03' },
  {
    name: 'a care leaver, aware on a bank holiday',
    clock: 'notify-care-leaver-death',
    start: '2025-05-05',
    due: '2025-05-12',
  },
  { name: 'three plain weeks', clock: 'rapid-review', start: '2025-03-03', due: '2025-03-24' },
  { name: 'sent on Christmas Eve', clock: 'rapid-review', start: '2025-12-24', due: '2026-01-19' },
  { name: 'ten working days', clock: 'panel-reply', start: '2025-03-03', due: '2025-03-17' },
  { name: 'six months to a shorter month', clock: 'local-review', start: '2024-08-31', due: '2025-02-28' },
  { name: 'six months to a Sunday, shown as it is', clock: 'local-review', start: '2025-03-14', due: '2025-09-14' },
  {
    name: 'seven working days before publication, over Easter',
    clock: 'advance-copy-local',
    start: '2025-04-28',
    due: '2025-04-15',
  },
  { name: 'public for a year from a leap day', clock: 'keep-local-public', start: '2024-02-29', due: '2025-02-28' },
  {
    name: 'fifteen working days before publication',
    clock: 'advance-copy-national',
    start: '2025-03-24',
    due: '2025-03-03',
  },
  { name: 'public for three years', clock: 'keep-national-public', start: '2025-06-10', due: '2028-06-10' },
  { name: 'the year to March is due by 30 September', clock: 'yearly-report', start: '2025-03-31', due: '2025-09-30' },
  {
    name: '48 hours end on the second day, weekend or not',
    clock: 'child-death-notification',
    start: '2025-03-07',
    due: '2025-03-09',
  },
]
for (const { name, clock: key, start, due } of dueCases) {
  test(`${key} from ${start}: ${name}`, () => {
    assert.equal(dueOn(ruleOf(key), civilDate(start), holidays), due)
  })
}

test("an awareness to a rapid review under today's rules is 20 working days at most", () => {
  const sent = dueOn(ruleOf('notify-panel'), civilDate('2025-03-03'), holidays)
  assert.equal(dueOn(ruleOf('rapid-review'), sent, holidays), addWorkingDays(civilDate('2025-03-03'), 20, holidays))
})

const stateCases: {
  name: string
  clock: ClockKey
  when: Parameters<typeof state>[1]
  status: string
  due: string
  left: number
  late: number
}[] = [
  {
    name: 'day 0',
    clock: 'notify-panel',
    when: { started: '2025-03-03', today: '2025-03-03' },
    status: 'running',
    due: '2025-03-10',
    left: 5,
    late: 0,
  },
  {
    name: 'over the weekend nothing is used up',
    clock: 'notify-panel',
    when: { started: '2025-03-03', today: '2025-03-08' },
    status: 'running',
    due: '2025-03-10',
    left: 1,
    late: 0,
  },
  {
    name: 'the whole due day is in time',
    clock: 'notify-panel',
    when: { started: '2025-03-03', today: '2025-03-10' },
    status: 'running',
    due: '2025-03-10',
    left: 0,
    late: 0,
  },
  {
    name: 'a draft that has passed its fifth working day is late',
    clock: 'notify-panel',
    when: { started: '2025-03-03', today: '2025-03-11' },
    status: 'late',
    due: '2025-03-10',
    left: 0,
    late: 1,
  },
  {
    name: 'sent on the due day',
    clock: 'notify-panel',
    when: { started: '2025-03-03', done: '2025-03-10', today: '2025-06-01' },
    status: 'met',
    due: '2025-03-10',
    left: 0,
    late: 0,
  },
  {
    name: 'sent late stays late, and grows no later',
    clock: 'notify-panel',
    when: { started: '2025-03-03', done: '2025-03-13', today: '2025-06-01' },
    status: 'met-late',
    due: '2025-03-10',
    left: 0,
    late: 3,
  },
  {
    name: 'sent on the Saturday after a due Friday is late by no working day',
    clock: 'notify-panel',
    when: { started: '2025-03-07', done: '2025-03-15', today: '2025-03-20' },
    status: 'met-late',
    due: '2025-03-14',
    left: 0,
    late: 0,
  },
  {
    name: 'an advance copy still to send',
    clock: 'advance-copy-local',
    when: { started: '2025-04-28', today: '2025-04-14' },
    status: 'running',
    due: '2025-04-15',
    left: 1,
    late: 0,
  },
  {
    name: 'an advance copy sent too near to publication',
    clock: 'advance-copy-local',
    when: { started: '2025-04-28', done: '2025-04-22', today: '2025-04-22' },
    status: 'met-late',
    due: '2025-04-15',
    left: 0,
    late: 3,
  },
]
for (const { name, clock: key, when, status, due, left, late } of stateCases) {
  test(`${key}: ${name}`, () => {
    const now = state(key, when)
    assert.deepEqual(
      { status: now.status, due: now.dueOn, left: now.workingDaysLeft, late: now.lateByWorkingDays },
      { status, due, left, late },
    )
    assert.equal(now.originalDueOn, now.dueOn)
    assert.equal(now.asksForReason, status === 'late' || status === 'met-late')
  })
}

const pauseCases: {
  name: string
  clock: ClockKey
  when: Parameters<typeof state>[1]
  status: string
  original: string
  due: string
  left?: number
}[] = [
  {
    name: 'three working days stood still move the due day by three',
    clock: 'rapid-review',
    when: { started: '2025-03-03', today: '2025-03-13', pauses: [aPause('2025-03-06', '2025-03-11')] },
    status: 'running',
    original: '2025-03-24',
    due: '2025-03-27',
    left: 10,
  },
  {
    name: 'while it stands still the due day moves on every day',
    clock: 'rapid-review',
    when: { started: '2025-03-03', today: '2025-03-07', pauses: [aPause('2025-03-06')] },
    status: 'paused',
    original: '2025-03-24',
    due: '2025-03-26',
    left: 13,
  },
  {
    name: 'a pause over a weekend only moves nothing',
    clock: 'rapid-review',
    when: { started: '2025-03-03', today: '2025-03-10', pauses: [aPause('2025-03-08', '2025-03-10')] },
    status: 'running',
    original: '2025-03-24',
    due: '2025-03-24',
    left: 10,
  },
  {
    name: 'two pauses that overlap count once',
    clock: 'rapid-review',
    when: {
      started: '2025-03-03',
      today: '2025-03-14',
      pauses: [aPause('2025-03-04', '2025-03-06'), aPause('2025-03-05', '2025-03-07')],
    },
    status: 'running',
    original: '2025-03-24',
    due: '2025-03-27',
    left: 9,
  },
  {
    name: 'a pause that begins after the due day does not mend lateness',
    clock: 'rapid-review',
    when: { started: '2025-03-03', today: '2025-04-02', pauses: [aPause('2025-03-27')] },
    status: 'late',
    original: '2025-03-24',
    due: '2025-03-24',
    left: 0,
  },
  {
    name: 'done while it stood still is met',
    clock: 'rapid-review',
    when: { started: '2025-03-03', today: '2025-06-02', done: '2025-03-25', pauses: [aPause('2025-03-21')] },
    status: 'met',
    original: '2025-03-24',
    due: '2025-03-27',
    left: 0,
  },
  {
    name: 'a trial of 30 days moves six months by 30 days',
    clock: 'local-review',
    when: { started: '2025-01-15', today: '2025-07-16', pauses: [aPause('2025-04-01', '2025-05-01')] },
    status: 'running',
    original: '2025-07-15',
    due: '2025-08-14',
    left: 21,
  },
  {
    name: 'a pause planned for later has not begun',
    clock: 'local-review',
    when: { started: '2025-01-15', today: '2025-02-03', pauses: [aPause('2025-04-01')] },
    status: 'running',
    original: '2025-07-15',
    due: '2025-07-15',
  },
]
for (const { name, clock: key, when, status, original, due, left } of pauseCases) {
  test(`${key} with a pause: ${name}`, () => {
    const now = state(key, when)
    assert.deepEqual({ status: now.status, original: now.originalDueOn, due: now.dueOn }, { status, original, due })
    if (left !== undefined) assert.equal(now.workingDaysLeft, left)
  })
}

test('a due day at a weekend is shown as it is, and said to be one', () => {
  const now = state('local-review', { started: '2025-03-14', today: '2025-06-01' })
  assert.equal(now.dueOn, '2025-09-14')
  assert.equal(now.dueOnWorkingDay, false)
})

test('a review due after the last bank holidays we know has a due day but no count of working days', () => {
  const now = state('local-review', { started: '2028-09-15', today: '2028-10-02' })
  assert.equal(now.dueOn, '2029-03-15')
  assert.equal(now.workingDaysLeft, undefined)
  assert.equal(now.dueOnWorkingDay, undefined)
  assert.throws(() => state('rapid-review', { started: '2028-12-20', today: '2028-12-20' }), RangeError)
})

test('lateness is also told in calendar days', () => {
  assert.equal(state('notify-panel', { started: '2025-03-07', done: '2025-03-15', today: '2025-03-20' }).lateByDays, 1)
})

test('what cannot be a deadline is refused', () => {
  assert.throws(() => state('keep-local-public', { started: '2025-01-01', today: '2025-02-01' }), /Ask dueOn/)
  assert.throws(
    () => state('advance-copy-local', { started: '2025-04-28', today: '2025-04-01', pauses: [aPause('2025-04-02')] }),
    /cannot pause/,
  )
  assert.throws(
    () =>
      state('rapid-review', {
        started: '2025-03-03',
        today: '2025-03-04',
        pauses: [aPause('2025-03-06', '2025-03-05')],
      }),
    /cannot end/,
  )
})

const shipped = referenceText('clock-rules.csv')
const wrongRules = [
  {
    name: 'two rules on the same day',
    text: shipped.replace('2018-06-29,2023-12-15', '2018-06-29,2024-01-01'),
    says: /same day/,
  },
  {
    name: 'a rule without an end before a newer one',
    text: shipped.replace('2018-06-29,2023-12-15', '2018-06-29,'),
    says: /same day/,
  },
  {
    name: 'a rule that ends before it starts',
    text: shipped.replace('2018-06-29,2023-12-15', '2018-06-29,2018-06-29'),
    says: /ends before/,
  },
  { name: 'a clock left out', text: shipped.replace(/^C13-.*\n/m, ''), says: /child-death-notification/ },
  { name: 'a rule twice', text: shipped.replace('C5-2018,', 'C5-2023,'), says: /twice/ },
  { name: 'an unknown unit', text: shipped.replace('15,working-days', '15,weeks'), says: /row 5.*unit/s },
]
for (const { name, text, says } of wrongRules) {
  test(`clock rules with ${name} are refused`, () => {
    assert.throws(() => parseClockRules(text), { message: says })
  })
}

test('a pause never brings a due day forward, and a pause that ended before the start moves nothing', () => {
  const aDay = fc.integer({ min: 0, max: 3000 }).map(count => addDays(civilDate('2019-01-01'), count))
  fc.assert(
    fc.property(
      aDay,
      fc.nat({ max: 40 }),
      fc.nat({ max: 40 }),
      fc.constantFrom<ClockKey>('rapid-review', 'local-review'),
      (start, gap, length, key) => {
        const due = (pauses: readonly Pause[], today: CivilDate) =>
          clockState({ rule: ruleOf(key), startedOn: start, pauses, today, holidays }).dueOn
        const plain = due([], start)
        const from = addDays(start, gap)
        const during: Pause = { from, until: addDays(from, length), reason: 'inquest' }
        assert(due([during], start) >= plain)
        assert(due([during], start) <= addDays(plain, length + 14))
        const before: Pause = { from: addDays(start, -length - 1), until: start, reason: 'inquest' }
        assert.equal(due([before], start), plain)
      },
    ),
  )
})
