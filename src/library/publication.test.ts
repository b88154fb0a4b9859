import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../platform/dates.ts'
import { inTheWay, isLive, missingIn, type SensitiveDate, type Step } from './publication.ts'
import { aPublicText } from './builders.ts'

const date = (kind: SensitiveDate['kind'], from: string, last?: string, ended = false): SensitiveDate => ({
  id: 'a',
  kind,
  what: 'at the crown court',
  fromOn: civilDate(from),
  lastOn: last === undefined ? undefined : civilDate(last),
  endedAt: ended ? new Date() : undefined,
})

const days = [
  { name: 'the first day of a trial', date: date('trial', '2026-03-02', '2026-03-20'), on: '2026-03-02', live: true },
  { name: 'the last day of a trial', date: date('trial', '2026-03-02', '2026-03-20'), on: '2026-03-20', live: true },
  { name: 'the day after a trial', date: date('trial', '2026-03-02', '2026-03-20'), on: '2026-03-21', live: false },
  { name: 'the day before a trial', date: date('trial', '2026-03-02', '2026-03-20'), on: '2026-03-01', live: false },
  { name: 'a trial without a known end, a year on', date: date('trial', '2025-03-02'), on: '2026-03-02', live: true },
  {
    name: 'a trial that somebody said is over',
    date: date('trial', '2026-03-02', undefined, true),
    on: '2026-03-02',
    live: false,
  },
  { name: 'three days before a birthday', date: date('birthday', '2019-05-10'), on: '2026-05-07', live: true },
  { name: 'three days after a birthday', date: date('birthday', '2019-05-10'), on: '2026-05-13', live: true },
  { name: 'four days after a birthday', date: date('birthday', '2019-05-10'), on: '2026-05-14', live: false },
  {
    name: 'new year, before an anniversary in January',
    date: date('anniversary', '2020-01-02'),
    on: '2025-12-31',
    live: true,
  },
  { name: 'the end of a leap day’s week', date: date('birthday', '2020-02-29'), on: '2026-03-03', live: true },
]
for (const { name, date: sensitive, on, live } of days) {
  test(`${name} is ${live ? 'in the way' : 'not in the way'}`, () => {
    assert.equal(isLive(sensitive, civilDate(on)), live)
  })
}

const step = (whom: string, state: Partial<Step> = {}): Step => ({
  id: whom,
  position: 1,
  kind: 'other',
  whom,
  toldBy: '',
  tellAt: '',
  doneAt: undefined,
  notNeededBecause: undefined,
  ...state,
})

test('what stands in the way is said in words: who is not told, and which day is live', () => {
  const steps = [
    step('The family', { doneAt: new Date() }),
    step('The school of the brother'),
    step('The helpline', { notNeededBecause: 'there is none' }),
  ]
  const dates = [date('trial', '2026-03-02', '2026-03-20'), date('birthday', '2019-09-01')]
  assert.deepEqual(
    inTheWay(
      { steps, dates, processes: [{ body: 'Crown Prosecution Service', reference: undefined }] },
      civilDate('2026-03-05'),
    ),
    [
      'Not told yet: The school of the brother',
      'It delays publication: Crown Prosecution Service',
      'A trial or retrial: at the crown court (2 March 2026 to 20 March 2026)',
    ],
  )
})

const texts = [
  { name: 'a whole page lacks nothing', manner: 'full' as const, text: aPublicText(), missing: [] },
  {
    name: 'told in short, it needs the short words',
    manner: 'full' as const,
    text: aPublicText({ narrative: 'short', inShort: '' }),
    missing: ['inShort'],
  },
  {
    name: 'improvements only need no account',
    manner: 'improvements' as const,
    text: aPublicText({ whatHappened: '', narrative: undefined }),
    missing: [],
  },
  {
    name: 'every choice needs the family’s view',
    manner: 'full' as const,
    text: aPublicText({ familyView: '', index: undefined, feed: undefined }),
    missing: ['index', 'feed', 'familyView'],
  },
]
for (const { name, manner, text, missing } of texts) {
  test(name, () => {
    assert.deepEqual(
      missingIn({ manner, text }).map(({ field }) => field),
      missing,
    )
  })
}
