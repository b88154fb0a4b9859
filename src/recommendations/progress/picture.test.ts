import assert from 'node:assert/strict'
import { test } from 'node:test'
import { civilDate } from '../../platform/dates.ts'
import { pictureOf, tagsOf, type KnownAddressee, type KnownMove, type KnownRecommendation } from './picture.ts'

const recommendation: KnownRecommendation = {
  number: 'R-2026-30518',
  status: 'issued',
  level: 'national',
  text: 'Keep a register.',
  answers: '',
  themes: ['out-of-education'],
  intendedChange: '',
  measure: '',
  priority: null,
  priorityReason: '',
  source: { kind: 'national-review', name: 'A review', url: '' },
  publishedOn: civilDate('2026-01-15'),
  replacedBy: null,
}

const aBody = (difference: Partial<KnownAddressee> = {}): KnownAddressee => ({
  kind: 'national-body',
  name: 'A body',
  code: 'a-body',
  replyAskedBy: null,
  replyBasis: null,
  reply: 'awaited',
  delivery: 'not-started',
  moves: [],
  ...difference,
})

const aMove = (difference: Partial<KnownMove>): KnownMove => ({
  axis: 'reply',
  by: 'owner',
  from: 'awaited',
  to: 'accepted',
  words: 'Words',
  replacement: '',
  howAsked: '',
  evidence: null,
  saidOn: civilDate('2026-02-01'),
  cameBy: 'account',
  isConfirmed: true,
  isTakenOff: false,
  isReopenedInPublic: false,
  ...difference,
})

const onlyOne = (moves: KnownMove[], difference: Partial<KnownAddressee> = {}) =>
  pictureOf(recommendation, [aBody({ moves, ...difference })]).addressees[0]!

test('a body that has said nothing is shown as having said nothing: no delivery, no effect', () => {
  const shown = onlyOne([])
  assert.deepEqual([shown.reply, shown.delivery, shown.effect, shown.said], ['awaited', null, 'not-looked-at', []])
})

test('a reply is shown in full with its day, and the state is that of the last', () => {
  const shown = onlyOne([
    aMove({ words: 'At first' }),
    aMove({ from: 'accepted', to: 'not-taken-forward', words: 'Later', saidOn: civilDate('2026-03-01') }),
  ])
  assert.deepEqual([shown.reply, shown.replyOn], ['not-taken-forward', '2026-03-01'])
  assert.deepEqual(
    shown.said.map(({ words }) => words),
    ['At first', 'Later'],
  )
})

test('what no second person has found right is not shown, and moves nothing', () => {
  const shown = onlyOne([aMove({ cameBy: 'letter', isConfirmed: false })], { reply: 'accepted' })
  assert.deepEqual([shown.reply, shown.said], ['awaited', []])
})

test('what a body then says itself is shown as its first reply', () => {
  const entered = aMove({ cameBy: 'letter', isConfirmed: false })
  const shown = onlyOne([entered, aMove({ from: 'accepted', words: 'We accept.', saidOn: civilDate('2026-03-01') })])
  assert.deepEqual([shown.reply, shown.replyOn, shown.said.length], ['accepted', '2026-03-01', 1])
})

const judged = aMove({ axis: 'effect', by: 'panel', from: 'not-looked-at', to: 'practice-changed', words: 'Seen' })
const reopened = aMove({
  axis: 'effect',
  by: 'panel',
  from: 'practice-changed',
  to: 'not-looked-at',
  words: 'It came up again',
})
const rejudged = aMove({ axis: 'effect', by: 'panel', from: 'not-looked-at', to: 'no-change', words: 'Not seen' })

test('a judgement reopened for something unpublished leaves the page byte for byte as it was', () => {
  const before = JSON.stringify(pictureOf(recommendation, [aBody({ moves: [judged] })]))
  for (const since of [[reopened], [reopened, rejudged]]) {
    assert.equal(JSON.stringify(pictureOf(recommendation, [aBody({ moves: [judged, ...since] })])), before)
  }
})

test('what is said of other things meanwhile is shown all the same', () => {
  const delivered = aMove({ axis: 'delivery', from: 'not-started', to: 'done', words: 'Done now' })
  const shown = onlyOne([judged, reopened, delivered, rejudged])
  assert.deepEqual([shown.delivery, shown.effect, shown.said.length], ['done', 'practice-changed', 2])
})

test('once the later review is published, the reopening and what came after it are shown', () => {
  const shown = onlyOne([judged, { ...reopened, isReopenedInPublic: true }, rejudged])
  assert.deepEqual([shown.effect, shown.said.length], ['no-change', 3])
})

test('local partners and partnerships are not named, nor is what they say', () => {
  const picture = pictureOf({ ...recommendation, level: 'local' }, [
    aBody(),
    aBody({ kind: 'partner', name: 'Meadshire Council', code: 'TA-1', moves: [aMove({ words: 'Said locally' })] }),
    aBody({ kind: 'partnership', name: 'Meadshire Partnership', code: 'TP-1' }),
  ])
  assert.doesNotMatch(JSON.stringify([picture, tagsOf(picture)]), /Meadshire|Said locally|T[AP]-1/)
  assert.deepEqual([picture.toLocalPartners, picture.inEngland], [true, null])
})

test('of a national recommendation it is said how many partnerships answered how, without small numbers', () => {
  const many = Array.from({ length: 150 }, (_, index) =>
    aBody({
      kind: 'partnership',
      name: `Partnership ${index}`,
      reply: index < 3 ? 'not-taken-forward' : index < 100 ? 'accepted' : 'awaited',
    }),
  )
  const { inEngland } = pictureOf(recommendation, [aBody(), ...many])
  assert.deepEqual(inEngland?.reply, {
    'not-known': 0,
    awaited: null,
    accepted: 97,
    'accepted-differently': 0,
    'not-taken-forward': null,
    replaced: 0,
  })
})

test('it is found by theme, source, body and each of the three axes', () => {
  const picture = pictureOf(recommendation, [aBody({ moves: [aMove({})] })])
  assert.deepEqual(tagsOf(picture).toSorted(), [
    'delivery:not-told',
    'effect:not-looked-at',
    'reply:accepted',
    'source:A review',
    'theme:out-of-education',
    'to:A body',
  ])
})
