import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { isLate, publicationProblem, sixMonths } from './local-review.ts'
import { isStale, type RelatedProcess } from './related/related-process.ts'
import { planFrom, presentStage, stagesFor, stagesOf, type TypedStage } from './stages/stages.ts'
import { whyItWaits, type Waiting } from './why-it-waits.ts'

const day = civilDate

// Good Friday is 3 April 2026 and Easter Monday the 6th.
const publications = [
  {
    name: 'on the day, without a copy',
    sentAheadOn: undefined,
    publishOn: '2026-03-02',
    stopped: /No copy .* 11 March 2026/,
  },
  { name: 'when a copy can still go', sentAheadOn: undefined, publishOn: '2026-03-11', stopped: undefined },
  {
    name: 'six working days after the copy',
    sentAheadOn: '2026-03-02',
    publishOn: '2026-03-10',
    stopped: /11 March 2026/,
  },
  { name: 'seven working days after the copy', sentAheadOn: '2026-03-02', publishOn: '2026-03-11', stopped: undefined },
  { name: 'seven working days over Easter', sentAheadOn: '2026-03-30', publishOn: '2026-04-10', stopped: undefined },
  { name: 'a day less over Easter', sentAheadOn: '2026-03-30', publishOn: '2026-04-09', stopped: /10 April 2026/ },
]
for (const { name, sentAheadOn, publishOn, stopped } of publications) {
  test(`publication ${name} is ${stopped ? 'stopped' : 'not stopped'}`, () => {
    const problem = publicationProblem(sentAheadOn ? day(sentAheadOn) : undefined, day(publishOn), day('2026-03-02'))
    if (stopped) assert.match(problem ?? '', stopped)
    else assert.equal(problem, undefined)
  })
}

test('six months end on the same day of the month, and days without work move no day that the guidance asks for', () => {
  const review = { decidedOn: day('2026-01-15'), dueOn: day('2026-07-15'), outcomeOn: undefined }
  const plain = sixMonths(review, [], day('2026-03-02'))
  assert.deepEqual([plain.dueOn, plain.withoutPausesOn, plain.status], ['2026-07-15', undefined, 'running'])
  const pause = { from: day('2026-02-01'), until: day('2026-03-01'), reason: 'An inquest' }
  const paused = sixMonths(review, [pause], day('2026-08-01'))
  assert.deepEqual([paused.dueOn, paused.withoutPausesOn, paused.status], ['2026-07-15', '2026-08-12', 'late'])
})

const lateness = [
  { name: 'on its last day', today: '2026-07-15', late: false },
  { name: 'a day after', today: '2026-07-16', late: true },
  { name: 'expected after its last day', today: '2026-03-02', expectedOn: '2026-07-16', late: true },
  { name: 'published on its last day', today: '2026-09-01', outcomeOn: '2026-07-15', late: false },
]
for (const { name, today, expectedOn, outcomeOn, late } of lateness) {
  test(`a review ${name} is ${late ? 'late' : 'not late'}`, () => {
    const review = {
      dueOn: day('2026-07-15'),
      expectedOn: expectedOn ? day(expectedOn) : undefined,
      outcomeOn: outcomeOn ? day(outcomeOn) : undefined,
    }
    assert.equal(isLate(review, day(today)), late)
  })
}

for (const { status, checkedOn, stale } of [
  { status: 'running', checkedOn: '2026-02-03', stale: false },
  { status: 'running', checkedOn: '2026-02-02', stale: true },
  { status: 'expected', checkedOn: '2026-01-02', stale: true },
  { status: 'ended', checkedOn: '2025-01-02', stale: false },
] as const) {
  test(`a process that is ${status}, last checked on ${checkedOn}, ${stale ? 'asks' : 'does not ask'} to be checked on 2 March`, () => {
    assert.equal(isStale({ status, checkedOn: day(checkedOn) }, day('2026-03-02'), 28), stale)
  })
}

const asTyped = (): TypedStage[] =>
  stagesOf(undefined).map(({ key, label }, index) => ({ key, label, place: String(index + 1), leftOut: false }))

const usual = { daysUntilStale: '', daysStageIsLong: '' }

test('a partnership renames a stage, leaves one out, adds its own and moves it', () => {
  const typed = asTyped().map(stage =>
    stage.key === 'fieldwork'
      ? { ...stage, label: 'Conversations' }
      : stage.key === 'family-read'
        ? { ...stage, leftOut: true }
        : stage,
  )
  const { stages: plan } = planFrom(
    [...typed, { key: undefined, label: 'Legal read', place: '5', leftOut: false }],
    usual,
  )
  assert.deepEqual(
    plan.slice(3, 6).map(({ key, label }) => [key, label]),
    [
      ['fieldwork', 'Conversations'],
      ['draft', 'Draft report'],
      ['own-legal-read', 'Legal read'],
    ],
  )
  assert.equal(plan.find(({ key }) => key === 'family-read')?.leftOut, true)
})

test('no partnership leaves out or renames a stage that law or guidance asks for', () => {
  const typed = asTyped().map(stage =>
    stage.key === 'sent-ahead' ? { ...stage, label: 'Nothing', leftOut: true } : stage,
  )
  const stage = planFrom(typed, usual).stages.find(({ key }) => key === 'sent-ahead')
  assert.deepEqual([stage?.label, stage?.leftOut], ['Sent ahead to the Panel, DfE and Ofsted', false])
})

test('two stages of one name, and a stage without one, are said to be so at their field', () => {
  const typed = asTyped().map(stage =>
    stage.key === 'draft' ? { ...stage, label: 'fieldwork' } : stage.key === 'closed' ? { ...stage, label: '' } : stage,
  )
  assert.throws(
    () => planFrom(typed, usual),
    (error: unknown) =>
      error instanceof ServiceError &&
      error.fields
        .map(({ field }) => field)
        .toSorted()
        .join() === 'label-closed,label-draft',
  )
})

test('what is recorded of a stage stays when it is left out, and the present stage is the last open one', () => {
  const record = (stage: string, closedOn?: string) => ({
    stage,
    openedOn: day('2026-01-05'),
    openedBy: undefined,
    closedOn: closedOn ? day(closedOn) : undefined,
    closedBy: undefined,
  })
  const plan = stagesOf(undefined).map(stage => ({ ...stage, leftOut: ['fieldwork', 'closed'].includes(stage.key) }))
  const stages = stagesFor(plan, [
    record('decided', '2026-01-05'),
    record('fieldwork'),
    record('own-gone', '2026-01-06'),
  ])
  assert.ok(stages.some(({ key }) => key === 'fieldwork'))
  assert.ok(stages.some(({ key }) => key === 'own-gone'))
  assert.ok(!stages.some(({ key }) => key === 'closed'))
  assert.equal(presentStage(stages)?.key, 'fieldwork')
  assert.equal(presentStage(stagesFor(stagesOf(undefined), [record('decided', '2026-01-05')]))?.key, 'scoped')
})

test('publication overtakes the stages before it that nobody closed, and the work goes on after it', () => {
  const record = (stage: string, closedOn?: string) => ({
    stage,
    openedOn: day('2026-01-05'),
    openedBy: undefined,
    closedOn: closedOn ? day(closedOn) : undefined,
    closedBy: undefined,
  })
  const records = [
    record('decided', '2026-01-05'),
    record('scoped', '2026-01-12'),
    record('draft'),
    record('published', '2026-06-01'),
  ]
  const stages = stagesFor(stagesOf(undefined), records, { isPublished: true })
  const overtaken = stages.filter(stage => stage.overtaken).map(({ key }) => key)
  const before = ['reviewer', 'fieldwork', 'draft', 'partner-comments', 'family-read', 'signed-off', 'sent-ahead']
  assert.deepEqual(overtaken, before)
  assert.equal(presentStage(stages)?.key, 'actions-open')
  assert.ok(stagesFor(stagesOf(undefined), records).every(stage => !stage.overtaken))
})

/** A review at work, which waits for nothing. */
function atWork(difference: Partial<Waiting> = {}): Waiting {
  return {
    review: {
      sentAheadOn: undefined,
      outcome: undefined,
      publishOn: undefined,
      closedOn: undefined,
      decidedOn: day('2026-01-15'),
    },
    reviewers: [{ name: 'Test Reviewer', appointedOn: day('2026-01-20'), endedOn: undefined, judged: true }],
    termsAgreed: true,
    extensions: [],
    processes: [],
    requests: [],
    stage: undefined,
    signaturesMissing: undefined,
    today: day('2026-03-02'),
    daysUntilStale: 28,
    daysStageIsLong: 42,
    ...difference,
  }
}

const trial: RelatedProcess = {
  id: 'a',
  kind: 'criminal-court',
  body: 'Test Crown Court',
  reference: undefined,
  status: 'running',
  expectedEndOn: day('2026-11-02'),
  effect: 'delays-publication',
  contact: 'the officer in the case',
  notes: undefined,
  checkedOn: day('2026-02-20'),
  checkedBy: undefined,
  revision: 1,
}
const extension = {
  reason: 'criminal-case',
  explanation: 'The trial is in autumn.',
  expectedOn: day('2026-12-01'),
  stillFrom: undefined,
  stillUntil: undefined,
  notTold: [],
} as const
const asked = {
  id: 'r',
  ofWhom: 'Test Trust',
  what: 'The visits of May',
  dueOn: day('2026-02-27'),
  answered: false,
  remindedOn: undefined,
}

const waits: { name: string; difference: Partial<Waiting>; says: RegExp[] }[] = [
  { name: 'that is at work', difference: {}, says: [] },
  {
    name: 'before a trial',
    difference: { processes: [trial] },
    says: [/Criminal case \(Test Crown Court\) delays publication\. It is expected to end on 2 November 2026\./],
  },
  {
    name: 'whose trial nobody has asked about',
    difference: { processes: [{ ...trial, expectedEndOn: undefined, checkedOn: day('2026-01-02') }] },
    says: [/Nobody can say when it ends\. Last checked on 2 January 2026, which is too long ago\./],
  },
  { name: 'whose process ended', difference: { processes: [{ ...trial, status: 'ended' }] }, says: [] },
  { name: 'whose process has no effect', difference: { processes: [{ ...trial, effect: 'none' }] }, says: [] },
  {
    name: 'that stands still',
    difference: { extensions: [{ ...extension, stillFrom: day('2026-02-01') }] },
    says: [/stood still since 1 February 2026 \(29 days\)\. The reason: a police investigation or a criminal case\./],
  },
  {
    name: 'that went on again',
    difference: { extensions: [{ ...extension, stillFrom: day('2026-02-01'), stillUntil: day('2026-02-20') }] },
    says: [],
  },
  {
    name: 'of whose extension DfE was not told',
    difference: { extensions: [{ ...extension, notTold: ['DfE'] }] },
    says: [/DfE has not been told of the last extension/],
  },
  {
    name: 'without a reviewer',
    difference: { reviewers: [] },
    says: [/No reviewer is at work. The decision was made 46 days ago/],
  },
  {
    name: 'whose reviewer declared something that nobody judged',
    difference: { reviewers: [{ name: 'Test Reviewer', appointedOn: undefined, endedOn: undefined, judged: false }] },
    says: [/what Test Reviewer declared has not been judged/],
  },
  {
    name: 'without terms of reference',
    difference: { termsAgreed: false },
    says: [/terms of reference are not agreed/],
  },
  {
    name: 'with a late request',
    difference: { requests: [asked] },
    says: [
      /Test Trust has not answered a written request that was due on 27 February 2026: The visits of May\. Nobody has reminded/,
    ],
  },
  { name: 'with a request that is answered', difference: { requests: [{ ...asked, answered: true }] }, says: [] },
  {
    name: 'with a request that is due today',
    difference: { requests: [{ ...asked, dueOn: day('2026-03-02') }] },
    says: [],
  },
  {
    name: 'with two signatures missing',
    difference: { signaturesMissing: ['icb', 'police'] },
    says: [/signature of the integrated care board and the police/],
  },
  {
    name: 'that was sent ahead',
    difference: { review: { ...atWork().review, sentAheadOn: day('2026-02-27') } },
    says: [/sent ahead on 27 February 2026\. It may be published from 10 March 2026/],
  },
  {
    name: 'that could be published',
    difference: { review: { ...atWork().review, sentAheadOn: day('2026-02-02') } },
    says: [/could be published since 11 February 2026, and no day is planned/],
  },
  {
    name: 'in a long stage',
    difference: {
      stage: {
        key: 'fieldwork',
        label: 'Fieldwork',
        record: {
          stage: 'fieldwork',
          openedOn: day('2026-01-19'),
          openedBy: undefined,
          closedOn: undefined,
          closedBy: undefined,
        },
      },
    },
    says: [/“Fieldwork” has been open for 42 days/],
  },
  {
    name: 'that is published',
    difference: { review: { ...atWork().review, outcome: 'published' }, processes: [trial], termsAgreed: false },
    says: [],
  },
]
for (const { name, difference, says } of waits) {
  test(`a review ${name} waits for ${says.length === 0 ? 'nothing' : 'what it says'}`, () => {
    const found = whyItWaits(atWork(difference))
    assert.equal(found.length, says.length, JSON.stringify(found))
    for (const [index, words] of says.entries()) assert.match(found[index]!.sentence, words)
    for (const { mover } of found) assert.notEqual(mover, '')
  })
}
