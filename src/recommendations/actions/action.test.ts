import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { ServiceError } from '../../platform/errors.ts'
import { actionFrom, updateFrom, type TypedAction } from './action-form.ts'
import { answerFromUpdate, chaserWords, tellUpdate, type Rhythm } from './action.ts'

const day = civilDate
const rhythm: Rhythm = {
  delivery: 'in-progress',
  agreedOn: day('2026-01-10'),
  updatedOn: day('2026-03-03'),
  nextUpdateOn: day('2026-04-03'),
  askedOn: null,
  unchecked: 0,
}
const told: { name: string; differs: Partial<Rhythm>; today?: string; says: string }[] = [
  { name: 'on time', differs: {}, today: '2026-04-03', says: 'Updated on 3 March 2026, next due on 3 April 2026' },
  {
    name: 'missed, and asked for',
    differs: { askedOn: day('2026-05-01') },
    says: 'No update since 3 March 2026, asked for on 1 May 2026',
  },
  {
    name: 'missed, asked for, and said since',
    differs: { askedOn: day('2026-05-01'), unchecked: 1 },
    says: 'An update was said, and waits to be checked',
  },
  {
    name: 'missed, and nobody asked',
    differs: {},
    says: 'No update since 3 March 2026, due on 3 April 2026 and not asked for yet',
  },
  {
    name: 'asked for before the last update',
    differs: { askedOn: day('2026-02-01') },
    says: 'No update since 3 March 2026, due on 3 April 2026 and not asked for yet',
  },
  {
    name: 'never updated, and missed',
    differs: { updatedOn: null, askedOn: day('2026-05-01') },
    says: 'No update since it was agreed on 10 January 2026, asked for on 1 May 2026',
  },
  {
    name: 'never updated, and not yet due',
    differs: { updatedOn: null },
    today: '2026-02-01',
    says: 'Agreed on 10 January 2026, first update due on 3 April 2026',
  },
  {
    name: 'done, which waits for nothing',
    differs: { delivery: 'done', nextUpdateOn: null },
    says: 'Updated on 3 March 2026',
  },
]
for (const { name, differs, today = '2026-05-02', says } of told) {
  test(`how fresh an action is: ${name}`, () => assert.equal(tellUpdate({ ...rhythm, ...differs }, day(today)), says))
}

test('what asks for an update says which, since when and what to do, and nothing of what the action is', () => {
  const words = chaserWords({ ...rhythm, number: 'A-2026-48271', leadName: 'Ivy Lowe', askedOn: day('2026-04-10') })
  assert.match(words, /^Dear Ivy Lowe,/)
  assert.match(
    words,
    /A-2026-48271.*last update we have is of 3 March 2026, and the next was due on 3 April 2026\. We asked on 10 April 2026 too\./,
  )
  assert.match(words, /a minute/)
})

test('an update is an answer to the Panel as it stands, with its day and how it is known', () => {
  assert.equal(
    answerFromUpdate(
      { number: 'A-2026-48271', dueOn: day('2026-06-30') },
      {
        delivery: 'in-progress',
        words: 'Half of the teams are trained.',
        evidenceKind: 'audit',
        evidence: 'Audit of 20 files.',
        saidOn: day('2026-05-02'),
      },
    ),
    'In progress on 2 May 2026 (action A-2026-48271, due 30 June 2026).\n\nHalf of the teams are trained.\n\nHow we know: Audit of 20 files.',
  )
})

const choices = {
  bodies: new Map([
    ['B1', 'Meadshire Council'],
    ['B2', 'Meadshire Police'],
  ]),
  people: new Map([['p1', 'Ivy Lowe']]),
  addresseeIds: new Set(['a1']),
  pointIds: new Set(['l1']),
}
const typed: TypedAction = {
  text: 'Visits are confirmed the same day.',
  owner: 'B1',
  ownerName: '',
  joint: ['B1', 'B2'],
  lead: 'other',
  leadName: 'Sam Reed',
  leadAddress: 'Sam.Reed@school.example',
  promptedBy: 'letter-point',
  dueOn: { day: '30', month: '6', year: '2026' },
  updateMonths: '1',
  serves: ['addressee:a1', 'point:l1', 'point:of another area'],
  learning: '',
}

test('an action of several bodies has one owner and one lead, and serves what was chosen and is ours', () => {
  const action = actionFrom(typed, choices, day('2026-05-02'))
  assert.deepEqual(
    [action.ownerName, action.jointWith, action.leadName, action.leadAddress, action.serves],
    [
      'Meadshire Council',
      ['Meadshire Police'],
      'Sam Reed',
      'sam.reed@school.example',
      { addresseeIds: ['a1'], pointIds: ['l1'], learning: null },
    ],
  )
})

const fieldsOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof ServiceError)
    return error.fields.map(({ field }) => field)
  }
  return []
}
const refused: { name: string; differs: Partial<TypedAction>; at: string[] }[] = [
  { name: 'nothing it serves', differs: { serves: ['point:of another area'] }, at: ['serves'] },
  { name: 'a lead nobody can ask', differs: { leadAddress: 'by telephone' }, at: ['leadAddress'] },
  { name: 'a due day that has passed', differs: { dueOn: { day: '1', month: '5', year: '2026' } }, at: ['dueOn-day'] },
  {
    name: 'an empty form',
    differs: { text: '', owner: '', lead: '', promptedBy: '', updateMonths: '', dueOn: {}, serves: [] },
    at: ['text', 'owner', 'lead', 'promptedBy', 'updateMonths', 'dueOn-day', 'serves'],
  },
]
for (const { name, differs, at } of refused) {
  test(`an action is not saved with ${name}`, () => {
    assert.deepEqual(
      fieldsOf(() => actionFrom({ ...typed, ...differs }, choices, day('2026-05-02'))),
      at,
    )
  })
}

test('a lead whose address is kept need not be given it again, another lead must', () => {
  const known = { ...choices, leadWithAddress: 'Sam Reed' }
  const changed = { ...typed, leadAddress: '' }
  assert.equal(actionFrom(changed, known, day('2026-05-02')).leadAddress, null)
  assert.deepEqual(
    fieldsOf(() => actionFrom({ ...changed, leadName: 'Ivy Lowe' }, known, day('2026-05-02'))),
    ['leadAddress'],
  )
})

test('what was learnt is enough for an action to serve', () => {
  assert.deepEqual(
    actionFrom({ ...typed, serves: [], learning: 'Calls get lost.' }, choices, day('2026-05-02')).serves.learning,
    'Calls get lost.',
  )
})

const noUpdate = { delivery: '', words: '', evidenceKind: '', evidence: '' }
const updates = [
  { name: 'nothing typed', typed: noUpdate, at: ['delivery', 'words'] },
  {
    name: 'evidence of no kind',
    typed: { ...noUpdate, delivery: 'done', words: 'Done.', evidence: 'A file.' },
    at: ['evidenceKind'],
  },
  {
    name: 'a kind of evidence and no evidence',
    typed: { ...noUpdate, delivery: 'done', words: 'Done.', evidenceKind: 'audit' },
    at: ['evidence'],
  },
  { name: 'all that is needed', typed: { ...noUpdate, delivery: 'not-started', words: 'No post was filled.' }, at: [] },
]
for (const { name, typed: update, at } of updates) {
  test(`an update with ${name}`, () =>
    assert.deepEqual(
      fieldsOf(() => updateFrom(update)),
      at,
    ))
}
