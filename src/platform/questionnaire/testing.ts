import fc from 'fast-check'
import { type Answer, type Answers, listOf } from './answer.ts'
import { type CheckContext, problemsToSend } from './check.ts'
import { type Lookups, type Question, type Questionnaire, silencesOf, yesNo } from './questionnaire.ts'
import { readPage, typedFrom } from './read-page.ts'
import { addItem, nextStep, stepsThatApply } from './steps.ts'

/**
 * Answers to every question of the form, each right by itself and mostly by its neighbours: days lie close together.
 * Also to questions that do not apply.
 */
export function fullAnswers(questionnaire: Questionnaire, lookups: Lookups): fc.Arbitrary<Answers> {
  const lists = [...new Set(questionnaire.pages.flatMap(page => page.repeats ?? []))]
  const onceAsked = questionnaire.pages.filter(page => !page.repeats).flatMap(page => page.questions)
  return fc.record({
    ...answersTo(onceAsked, lookups),
    ...Object.fromEntries(
      lists.map(({ list, min, max }) => {
        const asked = questionnaire.pages.filter(page => page.repeats?.list === list).flatMap(page => page.questions)
        return [list, fc.array(fc.record(answersTo(asked, lookups)), { minLength: min, maxLength: max })]
      }),
    ),
  }) as fc.Arbitrary<Answers>
}

function answersTo(questions: readonly Question[], lookups: Lookups): Record<string, fc.Arbitrary<Answer>> {
  return Object.fromEntries(questions.map(question => [question.id, goodAnswer(question, lookups)]))
}

function goodAnswer(question: Question, lookups: Lookups): fc.Arbitrary<Answer> {
  const silences = silencesOf(question)
  const value = goodValue(question, lookups)
  if (silences.length === 0) return value
  return fc.oneof(
    { weight: 3, arbitrary: value },
    { weight: 1, arbitrary: fc.record({ silence: fc.constantFrom(...silences) }) },
  )
}

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter(
    text =>
      /^\S(?:\S| (?! ))*$/u.test(text) &&
      !/\s$/u.test(text) &&
      !/[\0\ud800-\udfff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, '')),
  )
const days = fc.constantFrom('2026-03-02', '2026-03-03', '2026-03-04')

function goodValue(question: Question, lookups: Lookups): fc.Arbitrary<Answer> {
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return words
    case 'date':
      return question.partAllowed ? fc.oneof(days, fc.constantFrom('2026-02', '2026')) : days
    case 'time':
      return fc.constantFrom('00:00', '09:05', '23:59')
    case 'choice':
      return fc.constantFrom(...Object.keys(question.options))
    case 'choices': {
      const codes = Object.keys(question.options)
      return fc.oneof(
        fc.constantFrom(...codes).map(code => [code]),
        fc.subarray(
          codes.filter(code => !question.exclusive?.includes(code)),
          { minLength: 1 },
        ),
      )
    }
    case 'select':
      return fc.constantFrom(...Object.keys(lookups[question.lookup] ?? {}))
    case 'three-valued':
      return fc.constantFrom(...Object.keys(yesNo))
    case 'number':
      return fc.integer({ min: question.min, max: question.max })
    case 'email':
      return fc.constantFrom('name@example.org', 'a.b@example.com')
    case 'phone':
      return fc.constantFrom('01632 960001', '+44 (0)1632 960 001 ext 12')
    case 'item':
      return fc.constantFrom('1', '2', '3')
  }
}

const oddTexts = ['yes', 'no-such-code', '2026-02-30', '2999-01-01', '2026-13', '1850', '25:00']
const oddSilences = [{ silence: 'not-known' }, { silence: 'declined' }, { silence: 'not-applicable' }] as const

/** Of the right JSON type, but mostly not right for the question. Undefined is no answer. */
export function oddAnswer(question: Question): fc.Arbitrary<Answer | undefined> {
  const byKind: readonly Answer[] =
    question.kind === 'number'
      ? [-1, 17, 99]
      : question.kind === 'choices'
        ? [['no-such-code'], Object.keys(question.options)]
        : [...oddTexts, 'x'.repeat(201), 'x'.repeat(10_001)]
  return fc.constantFrom<Answer | undefined>(undefined, ...oddSilences, ...byKind)
}

/** A person who goes through all pages and types these answers: what is kept, and whether every page let them on. */
export function throughThePages(
  questionnaire: Questionnaire,
  typing: Answers,
  context: CheckContext,
): { answers: Answers; accepted: boolean } {
  let answers: Answers = {}
  for (const { list, max } of questionnaire.pages.flatMap(page => page.repeats ?? [])) {
    for (let count = 1; count < Math.min(max, listOf(typing, list).length); count += 1) {
      if (listOf(answers, list).length < listOf(typing, list).length) answers = addItem(questionnaire, answers, list)
    }
  }
  let accepted = true
  let step = stepsThatApply(questionnaire, answers)[0]
  while (step) {
    const read = readPage(questionnaire, step, typedFrom(step, typing), answers, context)
    answers = read.answers
    accepted &&= read.errors.length === 0
    step = nextStep(questionnaire, answers, step)
  }
  return { answers, accepted: accepted && problemsToSend(questionnaire, answers, context).length === 0 }
}
