import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { problemsToSend, readPage, stepAt, stepsThatApply } from '../../platform/questionnaire/index.ts'
import { assertPagesAndApiAgree, faultsIn } from '../../platform/questionnaire/testing.ts'
import {
  localReviewCriteria,
  outcomesThatExclude,
  type RapidReviewAnswers,
  rapidReviewForm,
  type RapidReviewOutcome,
  rapidReviewOutcomes,
  rapidReviewSections,
} from './rapid-review-form.ts'

const context = { today: civilDate('2026-03-10'), lookups: {} }
const problems = (answers: RapidReviewAnswers) =>
  problemsToSend(rapidReviewForm, answers, context).map(({ text }) => text)

const simple = {
  meetingOn: '2026-03-09',
  authors: 'A Manager, business manager',
  'child-and-family': 'A child.',
  incident: 'What happened.',
  'immediate-safeguarding': 'What was done.',
  'agency-involvement': 'Who knew.',
  contributionMissing: 'no',
  'analysis-of-practice': 'Why.',
  'childs-daily-life': 'A day.',
  'identity-and-inequality': 'How it mattered.',
  learning: 'What we learned.',
  learnedBefore: { silence: 'not-known' },
  actions: 'What we do.',
  criterionA: 'yes',
  criterionAReasons: 'Reason.',
  criterionB: 'no',
  criterionBReasons: 'Reason.',
  criterionC: 'no',
  criterionCReasons: 'Reason.',
  criterionD: 'no',
  criterionDReasons: 'Reason.',
  outcomes: ['NO_FURTHER_REVIEW'],
  decision: 'Reasons.',
  dissent: 'no',
  'national-issues': { silence: 'not-applicable' },
} as const satisfies RapidReviewAnswers

test('the form is sound', () => assert.deepEqual(faultsIn(rapidReviewForm, {}), []))

test('what the pages let through the API lets through, and the other way round', () => {
  assertPagesAndApiAgree(rapidReviewForm, context)
})

test('every section is asked for, in its order', () => {
  const asked = stepsThatApply(rapidReviewForm, {}).flatMap(step => step.questions.map(question => question.id))
  const sections = Object.keys(rapidReviewSections)
  assert.deepEqual(
    asked.filter(id => sections.includes(id)),
    sections,
  )
})

test('a review can be sent without ticking the self-check', () => {
  assert.deepEqual(problems(simple), [])
})

for (const section of Object.keys(rapidReviewSections)) {
  test(`a review without the section ${section} is not sent`, () => {
    const { [section]: _, ...others }: Record<string, unknown> = simple
    assert.equal(problems(others as RapidReviewAnswers).length, 1)
  })
}

test('the section on identity and inequality cannot be passed over with a silence', () => {
  const step = stepAt(rapidReviewForm, {}, 'identity-and-inequality')
  assert.ok(step)
  const body = { 'identity-and-inequality-silence': 'not-applicable' }
  assert.equal(readPage(rapidReviewForm, step, body, {}, context).errors.length, 1)
})

for (const criterion of Object.keys(localReviewCriteria)) {
  test(`criterion ${criterion} needs its own answer and its own reasons`, () => {
    const {
      [`criterion${criterion}`]: _,
      [`criterion${criterion}Reasons`]: __,
      ...others
    }: Record<string, unknown> = simple
    const letter = criterion.toLowerCase()
    assert.deepEqual(problems(others as RapidReviewAnswers), [
      `Select whether criterion (${letter}) is met`,
      `Enter reasons for criterion (${letter})`,
    ])
  })
}

test('an agency that is missing, learning known before and dissent are told about', () => {
  assert.deepEqual(problems({ ...simple, contributionMissing: 'yes', learnedBefore: 'yes', dissent: 'yes' }), [
    'Enter the missing contributions',
    'Enter the earlier learning',
    'Enter the different view',
  ])
})

const outcomes: { chosen: RapidReviewOutcome[]; allowed: boolean }[] = [
  ...Object.keys(rapidReviewOutcomes).map(code => ({ chosen: [code as RapidReviewOutcome], allowed: true })),
  { chosen: ['LCSPR', 'NATIONAL_SUGGESTED'], allowed: true },
  { chosen: ['LCSPR', 'SINGLE_AGENCY'], allowed: true },
  { chosen: ['LOCAL_LEARNING_REVIEW', 'SINGLE_AGENCY', 'NATIONAL_SUGGESTED'], allowed: true },
  { chosen: ['NO_FURTHER_REVIEW', 'NATIONAL_SUGGESTED'], allowed: true },
  { chosen: ['CRITERIA_NOT_MET', 'LOCAL_LEARNING_REVIEW'], allowed: true },
  { chosen: ['CRITERIA_NOT_MET', 'NO_FURTHER_REVIEW'], allowed: true },
  { chosen: ['LCSPR', 'NO_FURTHER_REVIEW'], allowed: false },
  { chosen: ['LOCAL_LEARNING_REVIEW', 'NO_FURTHER_REVIEW'], allowed: false },
  { chosen: ['SINGLE_AGENCY', 'NO_FURTHER_REVIEW'], allowed: false },
  { chosen: ['LCSPR', 'LOCAL_LEARNING_REVIEW'], allowed: false },
  { chosen: ['LCSPR', 'CRITERIA_NOT_MET'], allowed: false },
  { chosen: ['NATIONAL_SUGGESTED', 'CRITERIA_NOT_MET'], allowed: false },
]
for (const { chosen, allowed } of outcomes) {
  test(`${chosen.join(' with ')} ${allowed ? 'can' : 'cannot'} be decided`, () => {
    const found = problems({ ...simple, outcomes: chosen })
    assert.equal(found.length, allowed ? 0 : 1)
    if (!allowed) assert.ok(outcomesThatExclude.some(([, , reason]) => found[0] === `${reason}. Change your answer`))
  })
}
