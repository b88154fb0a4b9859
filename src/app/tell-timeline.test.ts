import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../platform/dates.ts'
import type { TimelineEvent } from '../platform/events/index.ts'
import { tellTimeline } from './tell-timeline.ts'

const written = {
  id: '1',
  at: new Date('2026-03-02T10:00:00Z'),
  name: 'Test Manager',
  who: 'business-manager',
}
const saved: TimelineEvent = { ...written, kind: 'rapid-review.section-saved', detail: { page: 'overview' } }

test('pages saved one after the other by one person are told once', () => {
  const told = tellTimeline([
    saved,
    { ...saved, at: new Date('2026-03-03T10:00:00Z') },
    { ...saved, name: 'Another Manager' },
  ])
  assert.deepEqual(
    told.map(line => [line.by, line.more]),
    [
      ['Test Manager, Partnership business manager', '2 times, last on 3 March 2026, 10:00am.'],
      ['Another Manager, Partnership business manager', undefined],
    ],
  )
})

const dueOn = civilDate('2026-03-24')
const told: { event: TimelineEvent; more: string | undefined }[] = [
  {
    event: {
      ...written,
      kind: 'rapid-review.opened',
      detail: { dueOn, rule: 'C4-2023', openedOn: civilDate('2026-03-02') },
    },
    more: 'It is due on 24 March 2026.',
  },
  {
    event: { ...written, kind: 'panel.received', detail: { review: 'rapid', dueOn, rule: 'C5-2023' } },
    more: 'The letter is due on 24 March 2026.',
  },
  {
    event: { ...written, kind: 'panel.allocated', detail: { review: 'rapid', personId: 'a' }, about: 'Test Member' },
    more: 'Test Member.',
  },
  {
    event: { ...written, kind: 'rapid-review.signed', detail: { partner: 'police', body: 'TX', hash: 'a' } },
    more: 'For the police.',
  },
  {
    event: { ...written, kind: 'rapid-review.sent', detail: { outcomes: ['LCSPR'], onTime: false, hash: 'a' } },
    more: 'Decision: A local child safeguarding practice review. Late.',
  },
  {
    event: {
      ...written,
      kind: 'letter.sent',
      detail: { review: 'rapid', points: 1, viewOnReview: 'agree', viewOnDecision: 'agree-lcspr' },
    },
    more: 'With 1 point.',
  },
  {
    event: { ...written, kind: 'letter.point-answered', detail: { review: 'rapid', number: 2, later: false } },
    more: 'Point 2.',
  },
]
for (const { event, more } of told) {
  test(`the timeline says more of ${event.kind}`, () => {
    assert.equal(tellTimeline([event])[0]?.more, more)
  })
}

test('of an event whose detail was erased the timeline says no more', () => {
  assert.equal(tellTimeline([{ ...written, kind: 'rapid-review.sent', detail: undefined }])[0]?.more, undefined)
})
