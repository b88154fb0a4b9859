import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRecommendationText } from './builders.ts'
import { draftingHints } from './drafting-hints.ts'

const asked = [{ replyAskedBy: '2026-06-30' }]
const cases: {
  name: string
  text?: string
  measure?: string
  intendedChange?: string
  addressees?: typeof asked | []
  hints: RegExp[]
}[] = [
  { name: 'a whole recommendation', hints: [] },
  {
    name: 'one that asks to consider',
    text: 'Partners should consider a shared form by June 2026.',
    hints: [/“consider”/],
  },
  { name: 'one that nobody owns', addressees: [], hints: [/Nobody owns it/] },
  {
    name: 'one without a day, which nobody is asked to answer by',
    text: 'The police should change the referral form.',
    addressees: [],
    hints: [/Nobody owns it/, /No day/],
  },
  {
    name: 'one without a day, where a reply is asked for',
    text: 'The police should change the referral form.',
    hints: [],
  },
  { name: 'one without a measure', measure: ' ', hints: [/Name a measure/] },
  { name: 'one that says nothing of children', intendedChange: '', hints: [/different for children/] },
  {
    name: 'one that only trains',
    text: 'The trust should train all staff within 6 months.',
    hints: [/only trains or reminds/],
  },
  {
    name: 'one that reminds',
    text: 'Staff should be reminded of the procedure by May 2026.',
    hints: [/“be reminded”/, /only trains/],
  },
  {
    name: 'one that is reminding',
    text: 'The college should be reminding doctors of it by May 2026.',
    hints: [/only trains/],
  },
  {
    name: 'one that trains and changes the form',
    text: 'The trust should change the form, and train staff to use it, by May 2026.',
    hints: [],
  },
]
for (const { name, hints, addressees = asked, ...text } of cases) {
  test(`hints for ${name}: ${hints.length}`, () => {
    const found = draftingHints({ ...aRecommendationText(), ...text }, addressees)
    assert.equal(found.length, hints.length, found.join('\n'))
    for (const [index, hint] of hints.entries()) assert.match(found[index]!, hint)
  })
}
