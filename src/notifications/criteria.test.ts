import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answers } from '../platform/questionnaire/index.ts'
import { type CriteriaOutcome, criteriaResult, isClearlyNational } from './criteria.ts'

const notKnown = { silence: 'not-known' } as const
const notYetAsked = { silence: 'not-yet-asked' } as const
const child = { ageGroup: 'under-18' } as const
const youngAdult = { ageGroup: '18-to-24' } as const
const suspected = { ...child, abuseOrNeglect: 'suspected' } as const
const noAbuse = { ...child, abuseOrNeglect: 'no' } as const
const doubtful = { ...child, abuseOrNeglect: notKnown } as const

const cases: { name: string; answers: Answers; outcome: CriteriaOutcome; force: string; rapidReview: boolean }[] = [
  { name: 'nothing said yet', answers: {}, outcome: 'cannot-tell-yet', force: 'none', rapidReview: false },
  {
    name: 'no age yet',
    answers: { nature: 'death', abuseOrNeglect: 'known' },
    outcome: 'cannot-tell-yet',
    force: 'none',
    rapidReview: false,
  },

  {
    name: 'a child died, abuse known',
    answers: { ...suspected, nature: 'death', abuseOrNeglect: 'known' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'a child died, abuse suspected',
    answers: { ...suspected, nature: 'death' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'a child was seriously harmed, neglect suspected',
    answers: { ...suspected, nature: 'serious-harm' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'a looked-after child died, abuse suspected',
    answers: { ...suspected, nature: 'death', lookedAfterAtDeath: 'yes' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'a care leaver under 18 died, abuse suspected',
    answers: { ...suspected, nature: 'death', careLeaver: 'yes' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'a child who may have been abused seriously harmed someone',
    answers: { ...suspected, nature: 'other' },
    outcome: 'may-notify',
    force: 'should',
    rapidReview: true,
  },

  {
    name: 'a looked-after child died, no abuse',
    answers: { ...noAbuse, nature: 'death', lookedAfterAtDeath: 'yes', careLeaver: 'no' },
    outcome: 'notify-without-rapid-review',
    force: 'duty',
    rapidReview: false,
  },
  {
    name: 'a looked-after child died, abuse not known',
    answers: { ...doubtful, nature: 'death', lookedAfterAtDeath: 'yes' },
    outcome: 'notify-without-rapid-review',
    force: 'duty',
    rapidReview: false,
  },
  {
    name: 'a care leaver of 17 died, no abuse',
    answers: { ...noAbuse, nature: 'death', lookedAfterAtDeath: 'no', careLeaver: 'yes' },
    outcome: 'notify-without-rapid-review',
    force: 'should',
    rapidReview: false,
  },
  {
    name: 'a care leaver of 20 died',
    answers: { ...youngAdult, nature: 'death', careLeaver: 'yes' },
    outcome: 'notify-without-rapid-review',
    force: 'should',
    rapidReview: false,
  },

  {
    name: 'a child died, no abuse, not in care',
    answers: { ...noAbuse, nature: 'death', lookedAfterAtDeath: 'no', careLeaver: 'no' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a child was seriously harmed, no abuse',
    answers: { ...noAbuse, nature: 'serious-harm' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a child who was never abused harmed someone',
    answers: { ...noAbuse, nature: 'other' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a near miss, abuse known',
    answers: { ...suspected, nature: 'near-miss', abuseOrNeglect: 'known' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a young adult died who was no care leaver',
    answers: { ...youngAdult, nature: 'death', careLeaver: 'no' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a care leaver of 20 was seriously harmed',
    answers: { ...youngAdult, nature: 'serious-harm', careLeaver: 'yes' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },

  {
    name: 'a child died, abuse not known, not in care',
    answers: { ...doubtful, nature: 'death', lookedAfterAtDeath: 'no', careLeaver: 'no' },
    outcome: 'cannot-tell-yet',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a child was harmed, abuse not known',
    answers: { ...doubtful, nature: 'serious-harm' },
    outcome: 'cannot-tell-yet',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a child died, no abuse, nobody asked about care yet',
    answers: { ...noAbuse, nature: 'death', lookedAfterAtDeath: notYetAsked, careLeaver: 'no' },
    outcome: 'cannot-tell-yet',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a young adult died, care leaver not known',
    answers: { ...youngAdult, nature: 'death', careLeaver: notKnown },
    outcome: 'cannot-tell-yet',
    force: 'none',
    rapidReview: false,
  },

  {
    name: 'it happened in our area',
    answers: { ...suspected, nature: 'death', place: 'in-our-area' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'it happened in another area',
    answers: { ...suspected, nature: 'death', place: 'another-area' },
    outcome: 'another-authority',
    force: 'none',
    rapidReview: true,
  },
  {
    name: 'abroad, and the child lived here',
    answers: { ...suspected, nature: 'death', place: 'outside-england', normallyLivedHere: 'yes' },
    outcome: 'must-notify',
    force: 'duty',
    rapidReview: true,
  },
  {
    name: 'abroad, and the child lived elsewhere',
    answers: { ...suspected, nature: 'death', place: 'outside-england', normallyLivedHere: 'no' },
    outcome: 'another-authority',
    force: 'none',
    rapidReview: true,
  },
  {
    name: 'abroad, and nobody knows where the child lived',
    answers: { ...suspected, nature: 'death', place: 'outside-england', normallyLivedHere: notKnown },
    outcome: 'cannot-tell-yet',
    force: 'none',
    rapidReview: false,
  },
  {
    name: 'a near miss in another area',
    answers: { ...suspected, nature: 'near-miss', place: 'another-area' },
    outcome: 'not-national',
    force: 'none',
    rapidReview: false,
  },
]
for (const { name, answers, ...expected } of cases) {
  test(`${name}: ${expected.outcome}`, () => {
    const { outcome, force, rapidReview, reasons, source } = criteriaResult(answers)
    assert.deepEqual({ outcome, force, rapidReview }, expected)
    assert.ok(reasons.length > 0 && source)
  })
}

test('a reason is asked for only where the authority does not clearly have to or may notify', () => {
  const clear = (answers: Answers) => isClearlyNational(criteriaResult(answers))
  assert.ok(clear({ ...suspected, nature: 'death' }))
  assert.ok(clear({ ...suspected, nature: 'other' }))
  assert.ok(!clear({ ...suspected, nature: 'near-miss' }))
  assert.ok(!clear({ ...suspected, nature: 'death', place: 'another-area' }))
})
