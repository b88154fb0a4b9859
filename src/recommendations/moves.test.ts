import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../platform/testing/test-database.ts'
import { axes, legalMove, legalMoves, parts, type Axis, type Part, type State } from './moves.ts'

test('the database holds the same table of moves', async () => {
  const database = await testDatabase()
  const { rows } = await database.asOwner(client =>
    client.query<{ move: string }>(
      `select concat_ws(' ', axis, part, from_state, to_state, needs) as move from recommendation_legal_move`,
    ),
  )
  const ours = legalMoves.map(({ axis, by, from, to, needs }) => [axis, by, from, to, needs].join(' '))
  assert.equal(new Set(ours).size, ours.length)
  assert.deepEqual(rows.map(row => row.move).toSorted(), ours.toSorted())
})

const cases: { name: string; axis: Axis; by: Part; from: State; to: State; needs: string | undefined }[] = [
  { name: 'an owner accepts', axis: 'reply', by: 'owner', from: 'awaited', to: 'accepted', needs: 'words' },
  {
    name: 'an owner never takes a reply back',
    axis: 'reply',
    by: 'owner',
    from: 'accepted',
    to: 'awaited',
    needs: undefined,
  },
  {
    name: 'nobody but the owner replies',
    axis: 'reply',
    by: 'judge',
    from: 'awaited',
    to: 'accepted',
    needs: undefined,
  },
  {
    name: 'what replaces it is named',
    axis: 'reply',
    by: 'owner',
    from: 'accepted',
    to: 'replaced',
    needs: 'replacement',
  },
  {
    name: 'delivery that was done is taken up again',
    axis: 'delivery',
    by: 'owner',
    from: 'done',
    to: 'in-progress',
    needs: 'words',
  },
  {
    name: 'no judge reports delivery',
    axis: 'delivery',
    by: 'judge',
    from: 'in-progress',
    to: 'done',
    needs: undefined,
  },
  {
    name: 'no owner judges',
    axis: 'effect',
    by: 'owner',
    from: 'not-looked-at',
    to: 'practice-changed',
    needs: undefined,
  },
  {
    name: 'an owner answers a judgement',
    axis: 'effect',
    by: 'owner',
    from: 'no-change',
    to: 'no-change',
    needs: 'words',
  },
  {
    name: 'a change of practice rests on an audit or observation',
    axis: 'effect',
    by: 'judge',
    from: 'not-looked-at',
    to: 'practice-changed',
    needs: 'audit-or-observation',
  },
  {
    name: 'what people tell us says how they were asked',
    axis: 'effect',
    by: 'judge',
    from: 'no-change',
    to: 'people-tell-us',
    needs: 'how-asked',
  },
  {
    name: 'fewer harmed rests on outcome data',
    axis: 'effect',
    by: 'panel',
    from: 'no-change',
    to: 'fewer-harmed',
    needs: 'outcome-data',
  },
  {
    name: 'a judgement is reopened',
    axis: 'effect',
    by: 'judge',
    from: 'practice-changed',
    to: 'not-looked-at',
    needs: 'words',
  },
  {
    name: 'a look at a sample changes nothing',
    axis: 'effect',
    by: 'sample',
    from: 'no-change',
    to: 'practice-changed',
    needs: undefined,
  },
]
for (const { name, axis, by, from, to, needs } of cases) {
  test(`moves: ${name}`, () => assert.equal(legalMove(axis, by, from, to)?.needs, needs))
}

test('every state of every axis is reached by some move, or is where a row begins', () => {
  const beginning = ['not-known', 'not-started', 'not-looked-at']
  for (const axis of Object.keys(axes) as Axis[]) {
    for (const state of Object.keys(axes[axis])) {
      assert.ok(beginning.includes(state) || legalMoves.some(move => move.axis === axis && move.to === state), state)
    }
  }
  assert.ok(Object.keys(parts).every(part => legalMoves.some(move => move.by === part)))
})
