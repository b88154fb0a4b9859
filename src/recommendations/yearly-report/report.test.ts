import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { civilDate } from '../../platform/dates.ts'
import { publicStates, type ToldMove } from './public-states.ts'
import { lastYear, reportParts, suppressed, tellYear, yearSpan, type YearFacts } from './report.ts'

const cases = [
  { name: 'zero points to nobody', counts: [0, 40, 9], shown: ['0', '40', '9'] },
  { name: 'one small count takes the next along', counts: [3, 40, 9], shown: ['hidden', '40', 'hidden'] },
  {
    name: 'two that add up to too few take a third',
    counts: [2, 3, 40, 9],
    shown: ['hidden', 'hidden', '40', 'hidden'],
  },
  { name: 'one small count with nothing beside it', counts: [3, 0, 0], shown: undefined },
  { name: 'a large count with nothing beside it says the same of each child', counts: [12, 0, 0], shown: undefined },
  { name: 'two small counts are told like one', counts: [3, 2, 0], shown: undefined },
  { name: 'of nothing all is told', counts: [0, 0], shown: ['0', '0'] },
  { name: 'no count is small', counts: [5, 6], shown: ['5', '6'] },
]
for (const { name, counts, shown } of cases) {
  test(`hiding small numbers: ${name}`, () => assert.deepEqual(suppressed(counts), shown))
}

test('no small number is ever shown, and none can be worked out from the total', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { minLength: 2, maxLength: 6 }), counts => {
      const shown = suppressed(counts)
      const some = counts.filter(count => count > 0).length
      assert.ok(shown !== undefined || some > 0)
      if (!shown) return
      assert.notEqual(some, 1)
      const hidden = counts.filter((_, at) => shown[at] === 'hidden')
      for (const [at, words] of shown.entries()) {
        if (words !== 'hidden') assert.ok(counts[at] === 0 || counts[at]! >= 5)
      }
      const others = counts.filter((count, at) => count > 0 && shown[at] !== 'hidden')
      if (hidden.length > 0 && others.length > 0) {
        assert.ok(hidden.length > 1 && hidden.reduce((sum, count) => sum + count, 0) >= 10)
      }
    }),
  )
})

test('a year goes from April to March, and the last one is that which has ended', () => {
  assert.deepEqual(yearSpan(2025), { from: '2025-04-01', until: '2026-04-01' })
  assert.deepEqual(
    ['2026-03-31', '2026-04-01'].map(day => lastYear(civilDate(day))),
    [2024, 2025],
  )
  assert.equal(tellYear(2025), 'April 2025 to March 2026')
})

const day = civilDate
const facts: YearFacts = {
  partnershipName: 'Meadshire',
  year: 2025,
  asAt: day('2026-05-02'),
  notifications: [
    { reference: 'MEA-1', nature: 'Child death', notifiedOn: day('2025-06-02'), inTime: true },
    { reference: 'MEA-2', nature: 'Serious harm', notifiedOn: day('2025-07-02'), inTime: false },
  ],
  rapidReviews: [
    { reference: 'MEA-1', dueOn: day('2025-06-23'), sentOn: day('2025-06-25'), outcomes: ['Local review'] },
  ],
  localReviews: [
    {
      reference: 'MEA-1',
      decidedOn: day('2025-06-23'),
      dueOn: day('2025-12-23'),
      expectedOn: null,
      outcome: null,
      outcomeOn: null,
    },
  ],
  themes: new Map([['neglect', 2]]),
  recommendations: [
    {
      number: 'R-2026-11111',
      text: 'Unpublished words.',
      owner: 'Council',
      reply: 'accepted',
      delivery: 'stopped',
      effect: 'no-change',
      told: { reply: 'accepted', delivery: 'stopped', effect: 'no-change' },
      isPublished: false,
    },
  ],
  judgements: [
    {
      number: 'R-2026-11111',
      effect: 'no-change',
      words: 'Unpublished judgement.',
      by: 'The scrutineer',
      on: day('2026-01-05'),
      isPublished: false,
    },
  ],
  national: [
    {
      number: 'R-2026-22222',
      text: 'National words.',
      answer: 'not-now',
      words: 'The team is being built.',
      evidence: '',
      askedBy: null,
      delivery: 'not-started',
      effect: 'not-looked-at',
      told: { reply: 'not-taken-forward', delivery: 'not-started', effect: 'not-looked-at' },
    },
  ],
  actions: [
    {
      actionId: 'a',
      number: 'A-2026-33333',
      place: null,
      partnershipCode: 'P',
      text: 'Unpublished action.',
      ownerName: 'Council',
      jointWith: [],
      leadName: 'Ivy Lowe',
      leadPersonId: 'a person',
      promptedBy: 'audit',
      dueOn: day('2026-01-31'),
      updateMonths: 1,
      unchecked: 0,
      delivery: 'stopped',
      agreedOn: day('2025-05-01'),
      updatedOn: day('2025-09-01'),
      nextUpdateOn: null,
      askedOn: null,
      words: 'Nobody could be found to do it.',
      servesPublished: false,
      isDecided: false,
    },
    {
      actionId: 'b',
      number: 'A-2026-44444',
      place: null,
      partnershipCode: 'P',
      text: 'Silent action.',
      ownerName: 'Police',
      jointWith: [],
      leadName: 'Sam Reed',
      leadPersonId: null,
      promptedBy: 'audit',
      dueOn: day('2026-01-31'),
      updateMonths: 1,
      unchecked: 0,
      delivery: 'not-started',
      agreedOn: day('2025-05-01'),
      updatedOn: null,
      nextUpdateOn: day('2025-06-01'),
      askedOn: null,
      words: '',
      servesPublished: true,
      isDecided: true,
    },
  ],
}

test('the report names every action, also what was stopped and what nobody has heard of', () => {
  const text = JSON.stringify(reportParts(facts, false))
  for (const words of [
    'A-2026-33333',
    'Nobody could be found',
    'A-2026-44444',
    'No update since it was agreed on 1 May 2025',
    'Not now, because',
    'No change seen',
    'Later',
    'Sent late',
  ]) {
    assert.ok(text.includes(words), words)
  }
})

test('what can be published hides small numbers, and tells nothing of a review that is not published', () => {
  const text = JSON.stringify(reportParts(facts, true))
  for (const words of ['MEA-1', 'Unpublished', 'Nobody could be found', 'R-2026-11111', 'Under way']) {
    assert.ok(!text.includes(words), words)
  }
  for (const words of ['fewer than 5', 'National words.', 'Silent action.']) assert.ok(text.includes(words), words)
  for (const part of reportParts(facts, true).filter(({ key }) => key !== 'national')) {
    for (const block of part.blocks) {
      if (block.kind !== 'table' || !block.head.includes('Number') || block.head.length !== 2) continue
      for (const [, count] of block.rows) assert.ok(!/^[1-4]$/.test(count!), `${part.key}: ${count}`)
    }
  }
})

const told = (difference: Partial<ToldMove>): ToldMove => ({
  moveId: 'one',
  axis: 'effect',
  to: 'practice-changed',
  at: new Date('2026-02-02T10:00:00Z'),
  isSinceReopening: false,
  isReopenedInPublic: false,
  ...difference,
})
for (const { name, moves, states, unseen } of [
  { name: 'what nobody has said is not told', moves: [], states: ['not-told', 'not-looked-at'], unseen: [] },
  {
    name: 'a judgement that was reopened for something unpublished stands, and what followed is not told',
    moves: [
      told({}),
      told({ moveId: 'two', to: 'not-looked-at' }),
      told({ moveId: 'three', to: 'no-change' }),
      told({ moveId: 'four', axis: 'delivery', to: 'done' }),
    ],
    states: ['done', 'practice-changed'],
    unseen: ['two', 'three'],
  },
  {
    name: 'once the later review is published it is told',
    moves: [told({}), told({ moveId: 'two', to: 'not-looked-at', isReopenedInPublic: true })],
    states: ['not-told', 'not-looked-at'],
    unseen: [],
  },
  {
    name: 'what is done about a recommendation that was opened again unseen is not told',
    moves: [
      told({ axis: 'delivery', to: 'done' }),
      told({ moveId: 'two', axis: 'delivery', to: 'in-progress', isSinceReopening: true }),
    ],
    states: ['done', 'not-looked-at'],
    unseen: ['two'],
  },
]) {
  test(`the report for everybody: ${name}`, () => {
    const found = publicStates(moves)
    assert.deepEqual([found.states.delivery, found.states.effect], states)
    assert.deepEqual([...found.unseen], unseen)
  })
}

test('an action whose words nobody has looked at is told to everybody without them', () => {
  const actions = facts.actions.map(action => ({ ...action, isDecided: false }))
  assert.ok(JSON.stringify(reportParts(facts, true)).includes('Silent action.'))
  assert.ok(!JSON.stringify(reportParts({ ...facts, actions }, true)).includes('Silent action.'))
  assert.ok(JSON.stringify(reportParts({ ...facts, actions }, false)).includes('Silent action.'))
})
