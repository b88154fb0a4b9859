import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { comesUpAgain, tellWhy, themesOfHarms, type Earlier, type Later } from './comes-up-again.ts'

const later: Later = {
  kind: 'notification',
  on: civilDate('2026-03-02'),
  incidentId: 'the later incident',
  partnershipCode: 'P1',
  themes: ['neglect', 'local-review-decision'],
}
const earlier: Earlier = {
  kind: 'partner',
  incidentId: 'the earlier incident',
  partnershipCode: 'P1',
  themes: ['neglect', 'childs-voice'],
  status: 'closed',
  delivery: 'done',
  endedOn: civilDate('2026-01-10'),
}
const national: Partial<Earlier> = { kind: 'national-body', incidentId: null, partnershipCode: null }

const cases: { name: string; later?: Partial<Later>; earlier?: Partial<Earlier>; asks: string[] }[] = [
  { name: 'a closed one of the same partnership', asks: ['neglect'] },
  { name: 'one that is done and not closed yet', earlier: { status: 'issued' }, asks: ['neglect'] },
  { name: 'one that is still being done', earlier: { status: 'issued', delivery: 'in-progress' }, asks: [] },
  { name: 'one that was replaced', earlier: { status: 'replaced' }, asks: [] },
  { name: 'one closed after it happened', later: { on: civilDate('2026-01-09') }, asks: [] },
  { name: 'one closed on that day', later: { on: civilDate('2026-01-10') }, asks: ['neglect'] },
  { name: 'another partnership’s', earlier: { partnershipCode: 'P2' }, asks: [] },
  { name: 'one from the same incident', later: { incidentId: 'the earlier incident' }, asks: [] },
  { name: 'one of another theme', earlier: { themes: ['domestic-abuse'] }, asks: [] },
  { name: 'one about the decision on a local review', earlier: { themes: ['local-review-decision'] }, asks: [] },
  {
    name: 'a national one that the partnership carries',
    earlier: { kind: 'partnership', incidentId: null },
    asks: ['neglect'],
  },
  { name: 'a national body, of what is not published', earlier: national, asks: [] },
  {
    name: 'a national body, of a published review',
    earlier: national,
    later: { kind: 'publication' },
    asks: ['neglect'],
  },
]
for (const { name, later: of, earlier: who, asks } of cases) {
  test(`“did it work?” is ${asks.length > 0 ? 'asked of' : 'not asked of'} ${name}`, () => {
    assert.deepEqual(comesUpAgain({ ...later, ...of }, { ...earlier, ...who }), asks)
  })
}

test('why somebody is asked is said in words, by theme alone', () => {
  assert.equal(
    tellWhy('notification', ['neglect']),
    'A new incident was notified, and a theme of this recommendation is among its themes: “Neglect”.',
  )
  assert.match(
    tellWhy('letter', ['neglect', 'childs-voice']),
    /themes of this recommendation are among its themes: “Neglect” and “The child’s/,
  )
})

for (const { harms, asks } of [
  { harms: ['head-injury', 'physical-abuse'], asks: ['non-accidental-injury', 'babies-under-1'] },
  { harms: ['criminal-exploitation', 'serious-violence'], asks: ['extra-familial-harm'] },
  { harms: ['natural-causes', 'accident', 'other'], asks: [] },
]) {
  test(`harm of the kinds ${harms.join(', ')} is about ${asks.join(', ') || 'no theme'}`, () => {
    assert.deepEqual(themesOfHarms(harms), asks)
  })
}
