import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../platform/dates.ts'
import { tellClock } from './incident-clocks.ts'

for (const { name, doneOn, today, words } of [
  { name: 'running', doneOn: undefined, today: '2026-03-04', words: 'Due 9 March 2026.' },
  {
    name: 'done in time',
    doneOn: '2026-03-09',
    today: '2026-03-20',
    words: 'Due 9 March 2026. Done 9 March 2026, in time.',
  },
  {
    name: 'done late',
    doneOn: '2026-03-10',
    today: '2026-03-20',
    words: 'Due 9 March 2026. Done 10 March 2026, 1 working day late.',
  },
  {
    name: 'late',
    doneOn: undefined,
    today: '2026-03-11',
    words: 'Due 9 March 2026. Not done yet: 2 working days late.',
  },
]) {
  test(`a clock that is ${name} is told in a sentence`, () => {
    const doneAt = doneOn ? new Date(doneOn) : undefined
    assert.equal(tellClock({ dueOn: civilDate('2026-03-09'), doneAt }, civilDate(today)), words)
  })
}
