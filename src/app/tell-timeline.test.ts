import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TimelineEvent } from '../platform/events/index.ts'
import { tellTimeline } from './tell-timeline.ts'

const anEvent = (over: Partial<TimelineEvent>): TimelineEvent => ({
  id: '1',
  at: new Date('2026-03-02T10:00:00Z'),
  kind: 'rapid-review.section-saved',
  name: 'Test Manager',
  who: 'business-manager',
  detail: {},
  ...over,
})

test('pages saved one after the other by one person are told once', () => {
  const told = tellTimeline([
    anEvent({}),
    anEvent({ at: new Date('2026-03-03T10:00:00Z') }),
    anEvent({ name: 'Another Manager' }),
  ])
  assert.deepEqual(
    told.map(line => [line.by, line.more]),
    [
      ['Test Manager, Partnership business manager', '2 times, last on 3 March 2026, 10:00am.'],
      ['Another Manager, Partnership business manager', undefined],
    ],
  )
})

for (const { kind, detail, more } of [
  { kind: 'rapid-review.opened', detail: { dueOn: '2026-03-24' }, more: 'It is due on 24 March 2026.' },
  { kind: 'rapid-review.signed', detail: { partner: 'police' }, more: 'For the police.' },
  {
    kind: 'rapid-review.sent',
    detail: { outcomes: ['LCSPR'], onTime: false },
    more: 'Decision: A local child safeguarding practice review. Late.',
  },
  { kind: 'letter.sent', detail: { points: 1 }, more: 'With 1 point.' },
  { kind: 'letter.point-answered', detail: { number: 2 }, more: 'Point 2.' },
]) {
  test(`the timeline says more of ${kind}`, () => {
    assert.equal(tellTimeline([anEvent({ kind, detail })])[0]?.more, more)
  })
}
