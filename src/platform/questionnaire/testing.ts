import assert from 'node:assert/strict'
import fc from 'fast-check'
import { civilDate } from '../dates.ts'
import { type Answer, type Answers, listOf } from './answer.ts'
import { type CheckContext, problemsToSend } from './check.ts'
import { type Lookups, type Question, type Questionnaire, silencesOf, yesNo } from './questionnaire.ts'
import { readPage, typedFrom } from './read-page.ts'
import { answersSchema } from './schema.ts'
import { addItem, answersThatApply, nextStep, stepsThatApply } from './steps.ts'

/**
 * Answers to every question of the form, each right by itself and mostly by its neighbours: days lie close together.
 * Also to questions that do not apply.
 */
function fullAnswers(questionnaire: Questionnaire, lookups: Lookups): fc.Arbitrary<Answers> {
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
function oddAnswer(question: Question): fc.Arbitrary<Answer | undefined> {
  const byKind: readonly Answer[] =
    question.kind === 'number'
      ? [-1, 17, 99]
      : question.kind === 'choices'
        ? [['no-such-code'], Object.keys(question.options)]
        : [...oddTexts, 'x'.repeat(201), 'x'.repeat(10_001)]
  return fc.constantFrom<Answer | undefined>(undefined, ...oddSilences, ...byKind)
}

/** A person who goes through all pages and types these answers: what is kept, and whether every page let them on. */
function throughThePages(
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

/**
 * Goes through the pages and asks the API with the same answers, right and wrong, and compares verdict and answers.
 * @throws AssertionError with the answers they disagree about, or when all were accepted or all refused
 */
export function assertPagesAndApiAgree(questionnaire: Questionnaire, context: Required<CheckContext>): void {
  const { draft, send } = answersSchema(questionnaire, () => context)
  const verdicts = { accepted: 0, refused: 0 }
  fc.assert(
    fc.property(
      fullAnswers(questionnaire, context.lookups),
      fc.array(mistakes(questionnaire), { maxLength: 2 }),
      (full, made) => {
        const applying = answersThatApply(questionnaire, made.reduce(withMistake, full))
        const typed = throughThePages(questionnaire, applying, context)
        const api = send.safeParse(applying)
        verdicts[typed.accepted ? 'accepted' : 'refused'] += 1
        assert.equal(api.success, typed.accepted, JSON.stringify({ applying, issues: api.error?.issues }, null, 1))
        if (!api.success) return
        assert.deepEqual(answersThatApply(questionnaire, typed.answers), api.data)
        assert.ok(draft.safeParse(applying).success)
      },
    ),
    { numRuns: 500 },
  )
  assert.ok(verdicts.accepted > 10 && verdicts.refused > 10, JSON.stringify(verdicts))
}

interface Mistake {
  /** Of the first item of the list. */
  list: string | undefined
  id: string
  odd: Answer | undefined
}

function mistakes(questionnaire: Questionnaire): fc.Arbitrary<Mistake> {
  return fc.oneof(
    ...questionnaire.pages.flatMap(page =>
      page.questions.map(question =>
        oddAnswer(question).map(odd => ({ list: page.repeats?.list, id: question.id, odd })),
      ),
    ),
  )
}

function withMistake(answers: Answers, { list, id, odd }: Mistake): Answers {
  if (list === undefined) return withAnswer(answers, id, odd)
  const [first, ...others] = listOf(answers, list)
  return { ...answers, [list]: [withAnswer(first ?? {}, id, odd), ...others] }
}

function withAnswer(answers: Answers, id: string, answer: Answer | undefined): Answers {
  const { [id]: _, ...others } = answers
  return answer === undefined ? others : { ...others, [id]: answer }
}

/** What is wrong with the definition of a form: a list of sentences, empty when it is sound. */
export function faultsIn(questionnaire: Questionnaire, lookups: Lookups): string[] {
  const questions = questionnaire.pages.flatMap(page => page.questions)
  const lists = new Set(questionnaire.pages.flatMap(page => page.repeats?.list ?? []))
  const faults: string[] = []
  const twice = (kind: string, names: readonly string[]) => {
    for (const name of names)
      if (names.indexOf(name) !== names.lastIndexOf(name)) faults.push(`${kind} ${name} stands twice`)
  }
  twice(
    'page',
    questionnaire.pages.map(page => page.id),
  )
  twice(
    'question',
    questions.map(question => question.id),
  )
  twice(
    'place in the national form',
    questions.flatMap(({ nationalForm }) => (nationalForm ? [String(nationalForm.order)] : [])),
  )

  const known = new Set<string>()
  const samples = fc.sample(fullAnswers(questionnaire, lookups), { numRuns: 200, seed: 1 })
  for (const page of questionnaire.pages) {
    const before = new Set([...known, ...(page.repeats ? [page.repeats.list] : [])])
    for (const condition of [page.when, ...page.questions.map(question => question.when)]) {
      for (const answers of samples) {
        const item = page.repeats ? (listOf(answers, page.repeats.list)[0] ?? {}) : answers
        condition?.(watched(answers, before, page.id, faults), watched(item, before, page.id, faults))
      }
    }
    const onPage = new Set([...before, ...page.questions.map(question => question.id)])
    for (const { id, notNeededWhen } of page.questions) {
      for (const answers of samples) {
        const item = page.repeats ? (listOf(answers, page.repeats.list)[0] ?? {}) : answers
        notNeededWhen?.(watched(answers, onPage, id, faults), watched(item, onPage, id, faults))
      }
    }
    for (const other of page.after ?? []) {
      if (!questionnaire.pages.some(({ id }) => id === other))
        faults.push(`${page.id} waits for ${other}, which is no page`)
    }
    for (const [place, question] of page.questions.entries()) {
      const { id, under } = question
      const parent = under && page.questions.slice(0, place).find(earlier => earlier.id === under.question)
      if (under && !(parent && under.value in optionsOf(parent)))
        faults.push(`${id} stands under no answer of its page`)
      for (const silence of silencesOf(question)) {
        if (silence in optionsOf(question)) faults.push(`${id} has ${silence} among its codes`)
      }
      if (question.kind === 'item' && !lists.has(question.list)) faults.push(`${id} points at no list`)
    }
    for (const name of [...page.questions.map(question => question.id), page.repeats?.list]) if (name) known.add(name)
  }
  for (const check of questionnaire.checks) {
    if (!known.has(check.question)) faults.push(`a check stands at ${check.question}, which is no question`)
    for (const answers of samples) {
      for (const item of [answers, ...[...lists].flatMap(list => listOf(answers, list))]) {
        const at = `the check at ${check.question}`
        check.problem(watched(answers, known, at, faults), watched(item, known, at, faults), civilDate('2026-03-10'))
      }
    }
  }
  return [...new Set(faults)]
}

function optionsOf(question: Question): Readonly<Record<string, string>> {
  if (question.kind === 'choice' || question.kind === 'choices') return question.options
  return question.kind === 'three-valued' ? yesNo : {}
}

/** Answers that report what is read of them before it is asked. */
function watched(answers: Answers, mayRead: ReadonlySet<string>, where: string, faults: string[]): Answers {
  return new Proxy(answers, {
    get(target, name) {
      if (typeof name === 'string' && !mayRead.has(name)) faults.push(`${where} reads ${name} before it is asked`)
      return typeof name === 'string' ? target[name] : undefined
    },
  })
}
