import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from 'preact-render-to-string'
import { z } from 'zod'
import { civilDate } from '../dates.ts'
import {
  addItem,
  answered,
  type Answers,
  answersSchema,
  answersThatApply,
  checkAnswers,
  dataDictionary,
  defineQuestionnaire,
  inNationalFormOrder,
  listOf,
  nextStep,
  previousStep,
  problemsToSend,
  readPage,
  removeItem,
  stepAt,
  stepPath,
  stepsThatApply,
  taskList,
  typedFrom,
  yesNo,
} from './index.ts'
import { QuestionFields } from './question-fields.tsx'
import { answerSchema } from './answer-schema.ts'
import { faultsIn } from './testing.ts'

const lookups = { authorities: { T01: 'First Borough', T02: 'Second Borough' } }
const context = { today: civilDate('2026-03-10'), lookups }
const repeats = {
  list: 'children',
  min: 1,
  max: 3,
  itemName: (answers: Answers, index: number) =>
    `Child ${index + 1}${answered(listOf(answers, 'children')[index] ?? {}, 'givenName') ? ' (named)' : ''}`,
}
const base = { identifying: false, source: 'test', required: false } as const

const form = defineQuestionnaire({
  key: 'example',
  version: 1,
  title: 'An example',
  pages: [
    {
      id: 'start',
      section: 'One',
      title: 'Start',
      seenBy: 'notification',
      questions: [
        {
          ...base,
          id: 'died',
          kind: 'choice',
          options: yesNo,
          label: 'Did a child die?',
          name: 'whether a child died',
          required: 'to-continue',
          nationalForm: { order: 9, label: 'Death' },
        },
        {
          ...base,
          id: 'diedOn',
          kind: 'date',
          past: true,
          under: { question: 'died', value: 'yes' },
          label: 'When?',
          name: 'the date of death',
          required: 'to-send',
          whyWeAsk: 'It starts a clock.',
        },
      ],
    },
    {
      id: 'inquest',
      section: 'One',
      title: 'Inquest',
      seenBy: 'notification',
      when: answers => answers['died'] === 'yes',
      questions: [
        {
          ...base,
          id: 'inquest',
          kind: 'three-valued',
          label: 'Is there an inquest?',
          name: 'whether there is an inquest',
          required: 'to-send',
        },
      ],
    },
    {
      id: 'child',
      section: 'Children',
      title: 'The child',
      seenBy: 'notification',
      repeats,
      after: ['start'],
      questions: [
        {
          ...base,
          id: 'givenName',
          kind: 'text',
          label: 'Given name',
          name: 'the given name',
          identifying: true,
          silences: ['not-known', 'declined'],
          nationalForm: { order: 1, label: 'First name' },
        },
        {
          ...base,
          id: 'bornOn',
          kind: 'date',
          partAllowed: true,
          label: 'Date of birth',
          name: 'the date of birth',
          silences: ['not-known'],
          required: 'to-send',
        },
      ],
    },
    {
      id: 'home',
      section: 'Children',
      title: 'Home',
      seenBy: 'notification',
      repeats,
      questions: [
        {
          ...base,
          id: 'authority',
          kind: 'select',
          lookup: 'authorities',
          label: 'Where?',
          name: 'the authority',
          silences: ['not-known'],
        },
        {
          ...base,
          id: 'needs',
          kind: 'choices',
          options: { none: 'None', care: 'Care', health: 'Health' },
          exclusive: ['none'],
          label: 'Which needs?',
          name: 'needs',
          silences: ['not-yet-asked'],
        },
        {
          ...base,
          id: 'siblings',
          kind: 'number',
          min: 0,
          max: 20,
          label: 'How many?',
          name: 'the number of siblings',
        },
      ],
    },
    {
      id: 'end',
      section: 'End',
      title: 'End',
      seenBy: 'notification',
      questions: [
        {
          ...base,
          id: 'primary',
          kind: 'item',
          list: 'children',
          when: answers => listOf(answers, 'children').length > 1,
          label: 'Which child?',
          name: 'the child',
          required: 'to-send',
        },
        { ...base, id: 'foundAt', kind: 'time', label: 'What time?', name: 'the time' },
        {
          ...base,
          id: 'story',
          kind: 'long-text',
          maxLength: 50,
          label: 'What happened?',
          name: 'what happened',
          required: 'to-send',
        },
        { ...base, id: 'phone', kind: 'phone', label: 'Phone', name: 'the phone number' },
        { ...base, id: 'email', kind: 'email', label: 'Email', name: 'the email address', seenBy: 'people' },
      ],
    },
  ],
  checks: [
    {
      question: 'bornOn',
      problem: ({ diedOn }, { bornOn }) =>
        typeof diedOn === 'string' && typeof bornOn === 'string' && bornOn > diedOn
          ? 'Born after the death'
          : undefined,
    },
  ],
})

const step = (path: string, answers: Answers = {}) => {
  const found = stepAt(form, answers, path)
  assert.ok(found, `no step ${path}`)
  return found
}
const post = (path: string, body: Record<string, unknown>, answers: Answers = {}) =>
  readPage(form, step(path, answers), body, answers, context)

const complete = {
  died: 'no',
  children: [{ bornOn: '2020' }],
  story: 'It happened.',
} as const

test('the example is sound', () => assert.deepEqual(faultsIn(form, lookups), []))

test('the pages of each child follow each other, child by child', () => {
  const paths = stepsThatApply(form, { children: [{}, {}] }).map(stepPath)
  assert.deepEqual(paths, ['start', 'child/1', 'home/1', 'child/2', 'home/2', 'end'])
})

test('the next and the previous page follow the branch that applies', () => {
  const dead = { died: 'yes' }
  assert.equal(nextStep(form, dead, step('start'))?.page.id, 'inquest')
  assert.equal(nextStep(form, { died: 'no' }, step('start'))?.page.id, 'child')
  assert.equal(nextStep(form, { died: 'no' }, step('inquest', dead))?.page.id, 'child')
  assert.equal(previousStep(form, dead, step('child/1'))?.page.id, 'inquest')
  assert.equal(previousStep(form, dead, step('start')), undefined)
  assert.equal(nextStep(form, dead, step('end')), undefined)
})

test('an answer on a branch that was left is kept, but neither checked, shown nor sent', () => {
  const left = { ...complete, diedOn: '2999-01-01', inquest: 'yes' }
  assert.deepEqual(answersThatApply(form, left), complete)
  assert.deepEqual(problemsToSend(form, left, context), [])
  assert.ok(!checkAnswers(form, left, lookups).some(group => group.step.page.id === 'inquest'))
  assert.equal(post('start', { died: 'yes' }, left).answers.inquest, 'yes')
})

test('a child that is removed takes along what points at it, and later children move up', () => {
  const three = { children: [{ givenName: 'A' }, { givenName: 'B' }, { givenName: 'C' }], primary: '3' }
  assert.deepEqual(removeItem(form, three, 'children', 0), {
    children: [{ givenName: 'B' }, { givenName: 'C' }],
    primary: '2',
  })
  assert.equal(removeItem(form, three, 'children', 2).primary, undefined)
  assert.equal(removeItem(form, { ...three, primary: '1' }, 'children', 2).primary, '1')
})

test('children are added up to the limit', () => {
  const many = [1, 2, 3, 4].reduce<Answers>(answers => addItem(form, answers, 'children'), {})
  assert.equal(listOf(many, 'children').length, 3)
})

const typings: {
  name: string
  path: string
  body: Record<string, unknown>
  answer?: unknown
  error?: [string, string]
}[] = [
  {
    name: 'a full date',
    path: 'start',
    body: { died: 'yes', 'diedOn-day': '3', 'diedOn-month': 'march', 'diedOn-year': '2026' },
    answer: '2026-03-03',
  },
  {
    name: 'a date that does not exist',
    path: 'start',
    body: { died: 'yes', 'diedOn-day': '31', 'diedOn-month': '2', 'diedOn-year': '2026' },
    error: ['diedOn-day', 'The date of death must be a real date: 31 February 2026 does not exist'],
  },
  {
    name: 'a date without its year',
    path: 'start',
    body: { died: 'yes', 'diedOn-day': '1', 'diedOn-month': '2', 'diedOn-year': '' },
    error: ['diedOn-year', 'The date of death must include a year'],
  },
  {
    name: 'a date to come, which is stored but cannot be sent',
    path: 'start',
    body: { died: 'yes', 'diedOn-day': '11', 'diedOn-month': '3', 'diedOn-year': '2026' },
    answer: '2026-03-11',
    error: ['diedOn-day', 'The date of death must be today or in the past'],
  },
  {
    name: 'a date in a year nobody means',
    path: 'start',
    body: { died: 'yes', 'diedOn-day': '1', 'diedOn-month': '3', 'diedOn-year': '1026' },
    error: ['diedOn-day', 'The date of death must have a year from 1900 to 2099'],
  },
  {
    name: 'a month and a year where that is enough',
    path: 'child/1',
    body: { 'bornOn-month': '3', 'bornOn-year': '2020' },
    answer: '2020-03',
  },
  {
    name: 'a year where that is enough',
    path: 'child/1',
    body: { 'bornOn-day': ' ', 'bornOn-year': '2020' },
    answer: '2020',
  },
  {
    name: 'a day without a month',
    path: 'child/1',
    body: { 'bornOn-day': '3', 'bornOn-year': '2020' },
    error: ['bornOn-month', 'The date of birth must include a month'],
  },
  {
    name: 'a silence instead of a date',
    path: 'child/1',
    body: { 'bornOn-silence': 'not-known' },
    answer: { silence: 'not-known' },
  },
  {
    name: 'a date and a silence',
    path: 'child/1',
    body: { 'bornOn-year': '2020', 'bornOn-silence': 'not-known' },
    error: ['bornOn-day', 'The date of birth: give an answer, or say why there is none, not both'],
  },
  {
    name: 'a silence the question does not accept',
    path: 'child/1',
    body: { 'bornOn-silence': 'declined' },
    error: ['bornOn-day', 'Enter the date of birth'],
  },
  { name: 'text with blanks around it', path: 'child/1', body: { givenName: '  A \t B ' }, answer: 'A B' },
  { name: 'nothing but blanks', path: 'child/1', body: { givenName: '  ' } },
  {
    name: 'text that is too long',
    path: 'child/1',
    body: { givenName: 'x'.repeat(201) },
    error: ['givenName', 'The given name must be 200 characters or less'],
  },
  { name: 'characters no database stores', path: 'child/1', body: { givenName: 'A\0B\ud800' }, answer: 'AB\ufffd' },
  { name: 'a code of the list', path: 'home/1', body: { authority: 'T02' }, answer: 'T02' },
  {
    name: 'a code that is not in the list',
    path: 'home/1',
    body: { authority: 'constructor' },
    answer: 'constructor',
    error: ['authority', 'Select the authority'],
  },
  { name: 'not known, in a list', path: 'home/1', body: { authority: 'not-known' }, answer: { silence: 'not-known' } },
  { name: 'one box', path: 'home/1', body: { needs: 'care' }, answer: ['care'] },
  {
    name: 'several boxes, in the order of the form',
    path: 'home/1',
    body: { needs: ['health', 'care'] },
    answer: ['care', 'health'],
  },
  {
    name: '"none" with another box',
    path: 'home/1',
    body: { needs: ['none', 'care'] },
    error: ['needs', 'Needs: “None” cannot be chosen together with another answer'],
  },
  {
    name: 'a box and a silence',
    path: 'home/1',
    body: { needs: ['care', 'not-yet-asked'] },
    error: ['needs', 'Needs: give an answer, or say why there is none, not both'],
  },
  { name: 'a whole number', path: 'home/1', body: { siblings: '3' }, answer: 3 },
  {
    name: 'half a number',
    path: 'home/1',
    body: { siblings: '2.5' },
    error: ['siblings', 'The number of siblings must be a whole number between 0 and 20'],
  },
  { name: 'an afternoon time', path: 'end', body: { foundAt: '2.30 pm' }, answer: '14:30' },
  { name: 'midnight', path: 'end', body: { foundAt: '12am' }, answer: '00:00' },
  {
    name: 'a time there is not',
    path: 'end',
    body: { foundAt: '25:00' },
    error: ['foundAt', 'The time must be a time, like 14:30 or 2:30pm'],
  },
  { name: 'line ends of a browser', path: 'end', body: { story: 'one\r\ntwo' }, answer: 'one\ntwo' },
  {
    name: 'a phone number with an extension',
    path: 'end',
    body: { phone: '+44 (0)1632 960 001 ext 12' },
    answer: '+44 (0)1632 960 001 ext 12',
  },
  {
    name: 'a phone number with too few digits',
    path: 'end',
    body: { phone: '123' },
    error: ['phone', 'Enter a phone number, like 01632 960 001 or 07700 900 982'],
  },
  {
    name: 'an email address without a domain',
    path: 'end',
    body: { email: 'name@' },
    error: ['email', 'Enter an email address in the correct format, like name@example.com'],
  },
]
for (const { name, path, body, answer, error } of typings) {
  test(`typed: ${name}`, () => {
    const { answers, errors, typed } = post(path, body)
    const question = Object.keys(body).at(-1)?.split('-')[0] ?? ''
    const item: Answers = path.includes('/') ? (listOf(answers, 'children')[0] ?? {}) : answers
    assert.deepEqual(item[question], answer)
    assert.deepEqual(
      errors.map(({ field, text }) => [field, text]),
      error ? [error] : [],
    )
    assert.deepEqual(typed, body)
  })
}

test('what must be answered to go on is asked for on the page, the rest only before sending', () => {
  assert.deepEqual(post('start', {}).errors, [{ field: 'died', text: 'Select whether a child died' }])
  assert.deepEqual(post('end', {}).errors, [])
  assert.deepEqual(
    problemsToSend(form, {}, context).map(({ step: at, field, text }) => [stepPath(at), field, text]),
    [
      ['start', 'died', 'Select whether a child died'],
      ['child/1', 'bornOn-day', 'Enter the date of birth'],
      ['end', 'story', 'Enter what happened'],
    ],
  )
})

test('a page reads its own fields only, and an empty field takes the answer away', () => {
  const before = { died: 'yes', diedOn: '2026-03-01', story: 'kept' }
  const { answers } = post('start', { died: 'no', story: 'from elsewhere', __proto__: 'x' }, before)
  assert.deepEqual(answers, { died: 'no', story: 'kept' })
})

test('a wrong answer takes the place of the right one before: it is typed, but not stored', () => {
  const { answers, typed } = post('start', { died: 'yes', 'diedOn-day': '99' }, { died: 'yes', diedOn: '2026-03-01' })
  assert.deepEqual(answers, { died: 'yes' })
  assert.equal(typed['diedOn-day'], '99')
})

test('a page opened again shows what was answered', () => {
  const body = { givenName: 'A', 'bornOn-day': '', 'bornOn-month': '3', 'bornOn-year': '2020' }
  const { answers } = post('child/1', body)
  assert.deepEqual(typedFrom(step('child/1'), answers), body)
  const silent = { children: [{ givenName: { silence: 'declined' } }] } as const
  assert.deepEqual(typedFrom(step('child/1'), silent), { 'givenName-silence': 'declined' })
})

test('a rule over two pages stands at its question, once for each child', () => {
  const answers = { died: 'yes', diedOn: '2020-01-01', children: [{ bornOn: '2019' }, { bornOn: '2021' }] }
  assert.deepEqual(
    problemsToSend(form, answers, context)
      .filter(problem => problem.text === 'Born after the death')
      .map(problem => [stepPath(problem.step), problem.question]),
    [['child/2', 'bornOn']],
  )
})

const states: { name: string; answers: Answers; expected: string[] }[] = [
  {
    name: 'nothing yet',
    answers: {},
    expected: ['start not-started', 'child/1 cannot-start-yet', 'home/1 not-started', 'end not-started'],
  },
  {
    name: 'half a page',
    answers: { died: 'yes' },
    expected: [
      'start in-progress',
      'inquest not-started',
      'child/1 cannot-start-yet',
      'home/1 not-started',
      'end not-started',
    ],
  },
  {
    name: 'everything',
    answers: { ...complete, children: [{ bornOn: '2020', siblings: 0 }] },
    expected: ['start complete', 'child/1 complete', 'home/1 complete', 'end complete'],
  },
]
for (const { name, answers, expected } of states) {
  test(`the task list with ${name}`, () => {
    assert.deepEqual(
      taskList(form, answers, context).map(task => `${stepPath(task.step)} ${task.state}`),
      expected,
    )
  })
}

test('a page that cannot be started yet says which pages come first', () => {
  const waiting = taskList(form, {}, context).find(({ state }) => state === 'cannot-start-yet')
  const after = waiting?.step.page.after ?? []
  assert.deepEqual(
    waiting?.waitsFor,
    form.pages.filter(({ id }) => after.includes(id)).map(({ title }) => title),
  )
  assert.ok(after.length > 0)
})

test('"check your answers" says in words what was answered, what was not, and why not', () => {
  const answers = {
    died: 'yes',
    diedOn: '2026-03-03',
    children: [
      { givenName: { silence: 'declined' }, bornOn: '2020-03', authority: 'T01', needs: ['care', 'health'] },
      {},
    ],
    primary: '2',
  } satisfies Answers
  const rows = checkAnswers(form, answers, lookups).flatMap(group =>
    group.rows.map(row => ({ at: stepPath(group.step), ...row })),
  )
  const shown = (id: string, at?: string) => rows.find(row => row.question === id && (!at || row.at === at))
  assert.deepEqual(shown('died')?.lines, ['Yes'])
  assert.deepEqual(shown('diedOn')?.lines, ['3 March 2026'])
  assert.equal(shown('diedOn')?.key, 'The date of death')
  assert.deepEqual([shown('inquest')?.lines, shown('inquest')?.missing], [[], 'Select whether there is an inquest'])
  assert.deepEqual(
    [shown('givenName')?.silence, shown('givenName')?.lines],
    ['declined', ['Asked, but they did not say']],
  )
  assert.deepEqual(shown('bornOn')?.lines, ['March 2020'])
  assert.deepEqual(shown('authority')?.lines, ['First Borough'])
  assert.deepEqual(shown('needs')?.lines, ['Care', 'Health'])
  assert.deepEqual(shown('primary')?.lines, ['Child 2'])
  assert.equal(shown('bornOn', 'child/2')?.missing, 'Enter the date of birth')
  assert.deepEqual(
    checkAnswers(form, answers, lookups)
      .map(group => group.caption)
      .slice(2, 4),
    ['Child 1', 'Child 1'],
  )
})

test('the data dictionary knows each question once, with its codes, silences and readers', () => {
  const rows = dataDictionary(form)
  assert.equal(rows.length, 13)
  const needs = rows.find(row => row.path === 'children[].needs')
  assert.deepEqual(
    needs?.values.map(({ code }) => code),
    ['none', 'care', 'health'],
  )
  assert.deepEqual(needs?.silences, ['not-yet-asked'])
  assert.equal(rows.find(row => row.path === 'email')?.seenBy, 'people')
  assert.equal(rows.find(row => row.path === 'diedOn')?.alwaysAsked, false)
})

test('the order of the national form has the children together, child by child', () => {
  const answers = { died: 'no', children: [{ givenName: 'A' }, { givenName: 'B' }] }
  assert.deepEqual(
    inNationalFormOrder(form, answers, lookups).map(row => `${row.label}: ${row.lines.join()}`),
    ['First name: A', 'First name: B', 'Death: No'],
  )
})

test('the API refuses unknown fields, and tells every problem at once at its place', () => {
  const { draft, send } = answersSchema(form, () => context)
  assert.ok(draft.safeParse({}).success)
  assert.ok(!draft.safeParse({ unknown: 1 }).success)
  assert.ok(!draft.safeParse({ children: [{}, {}, {}, {}] }).success)
  assert.ok(send.safeParse(complete).success)
  const refused = send.safeParse({ died: 'yes', children: [{}, { givenName: '' }], primary: '3' })
  assert.deepEqual(refused.error?.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).toSorted(), [
    'children.0.bornOn: Enter the date of birth',
    'children.1.bornOn: Enter the date of birth',
    'children.1.givenName: Enter the given name',
    'diedOn: Enter the date of death',
    'inquest: Select whether there is an inquest',
    'primary: Select the child',
    'story: Enter what happened',
  ])
})

test('the JSON schema requires what is always asked, and lists the codes', () => {
  const { send } = answersSchema(form, () => context)
  const schema = z.toJSONSchema(send, { target: 'draft-2020-12' })
  assert.deepEqual(schema.required, ['died', 'story'])
  const died = schema.properties?.['died']
  assert.deepEqual(typeof died === 'object' && died.enum, ['yes', 'no'])
})

const show = (
  path: string,
  answers: Answers,
  posted?: { typed: Record<string, string>; errors: { field: string; text: string }[] },
) =>
  render(
    <QuestionFields
      questionnaire={form}
      step={step(path, answers)}
      answers={answers}
      {...posted}
      lookups={lookups}
      whoSees={subject => (subject === 'people' ? ['the secretariat'] : ['your authority', 'the Panel'])}
    />,
  )

test('a page shows its heading, who sees it, and a question under the answer that opens it', () => {
  const html = show('start', { died: 'yes', diedOn: '2026-03-03' })
  assert.match(html, /<h1 class="govuk-heading-l">Start<\/h1>/)
  assert.match(html, /your authority and the Panel/)
  assert.match(html, /<div class="govuk-radios__conditional" id="conditional-died">.*name="diedOn-day".*value="2026"/)
  assert.match(html, /Why we ask.*It starts a clock/)
})

test('a page with errors shows what was typed, the error at its field, and nothing of the answer before', () => {
  const html = show(
    'start',
    { died: 'yes', diedOn: '2026-03-03' },
    {
      typed: { died: 'yes', 'diedOn-day': '3', 'diedOn-month': 'Mär' },
      errors: [{ field: 'diedOn-year', text: 'Year!' }],
    },
  )
  assert.match(html, /value="Mär"/)
  assert.match(html, /Year!/)
  assert.doesNotMatch(html, /value="2026"/)
  assert.equal(html.match(/govuk-input--error/g)?.length, 1)
})

test('an error about a whole date marks all of its boxes', () => {
  const errors = [{ field: 'diedOn-day', text: 'Enter the date of death' }]
  const html = show('start', { died: 'yes' }, { typed: { died: 'yes' }, errors })
  assert.equal(html.match(/govuk-input--error/g)?.length, 3)
})

test('every silence can be chosen: as a button, in the list, or beside the field', () => {
  const child = show('child/1', { children: [{ givenName: { silence: 'declined' } }] })
  assert.match(child, /<option value="declined" selected>/)
  assert.match(child, /<input [^>]*name="bornOn-silence" type="checkbox" value="not-known"/)
  const home = show('home/1', {})
  assert.match(home, /<option value="not-known">Not known/)
  assert.match(home, /value="not-yet-asked"[^>]*data-behaviour="exclusive"/)
})

test('a question names its readers where they differ from those of the page', () => {
  assert.match(show('end', complete), /the secretariat/)
})

test('a time is shown in one form, whatever was typed', () => {
  const { answers } = post('end', { foundAt: '16.30' }, complete)
  const row = checkAnswers(form, answers, lookups)
    .flatMap(({ rows }) => rows)
    .find(({ question }) => question === 'foundAt')
  assert.deepEqual(row?.lines, ['4:30pm'])
  assert.equal(typedFrom(step('end'), answers)['foundAt'], '4:30pm')
  assert.equal(typedFrom(step('end'), { foundAt: '00:05' })['foundAt'], '12:05am')
})

/** A form whose answers lift a need on their own page, and whose first child has an introduction. */
const lifting = defineQuestionnaire({
  key: 'lifting',
  version: 1,
  title: 'Lifting',
  pages: [
    {
      id: 'child',
      section: 'One',
      title: 'The child',
      introOfFirst: ['Begin with this one.'],
      seenBy: 'notification',
      repeats,
      questions: [
        {
          ...base,
          id: 'born',
          kind: 'choice',
          options: yesNo,
          label: 'Born?',
          name: 'whether born',
          required: 'to-send',
        },
        {
          ...base,
          id: 'sex',
          kind: 'text',
          label: 'Sex',
          hint: 'In a word.',
          name: 'the sex',
          required: 'to-send',
          notNeededWhen: (_, child) => child['born'] === 'no',
        },
      ],
    },
  ],
  checks: [],
})

test('an answer that another one makes needless is asked, and not demanded', () => {
  assert.deepEqual(faultsIn(lifting, lookups), [])
  const texts = (answers: Answers) => problemsToSend(lifting, answers, context).map(({ text }) => text)
  assert.deepEqual(texts({ children: [{ born: 'yes' }] }), ['Enter the sex'])
  assert.deepEqual(texts({ children: [{ born: 'no' }] }), [])
  assert.deepEqual(texts({ children: [{ born: 'no', sex: 'female' }] }), [])
  const { send } = answersSchema(lifting, () => context)
  assert.ok(send.safeParse({ children: [{ born: 'no' }] }).success)
  assert.ok(!send.safeParse({ children: [{ born: 'yes' }] }).success)
  const missing = checkAnswers(lifting, { children: [{ born: 'no' }, { born: 'yes' }] }, lookups).map(
    ({ rows }) => rows[1]?.missing,
  )
  assert.deepEqual(missing, [undefined, 'Enter the sex'])
})

test('only the page of the first child has the introduction of the first', () => {
  const page = (path: string) => {
    const answers = { children: [{}, {}] }
    const at = stepAt(lifting, answers, path)!
    return render(
      <QuestionFields questionnaire={lifting} step={at} answers={answers} lookups={lookups} whoSees={() => []} />,
    )
  }
  assert.match(page('child/1'), /Begin with this one/)
  assert.doesNotMatch(page('child/2'), /Begin with this one/)
})

test('a label that is no sentence ends in a full stop before its hint', () => {
  const [born, sex] = lifting.pages[0].questions.map(question => z.toJSONSchema(answerSchema(question)).description)
  assert.deepEqual([born, sex], ['Born?', 'Sex. In a word.'])
})

test('no id stands twice on a page', () => {
  for (const { page, index } of stepsThatApply(form, { died: 'yes' })) {
    const html = show(index === undefined ? page.id : `${page.id}/1`, { died: 'yes' })
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(match => match[1])
    assert.equal(new Set(ids).size, ids.length, `${page.id}: ${ids.join(' ')}`)
  }
})
