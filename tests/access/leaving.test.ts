import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { anArea, aPerson, testClock, testDatabase } from '../../src/platform/testing/test-database.ts'

const begins = '2026-03-02T10:00:00Z'
beforeEach(() => testClock.set(begins))

const cases = [
  {
    what: 'has left',
    ends: `update person set ended_at = '2026-03-02T10:00:00Z' where id = $1`,
    acts: false,
  },
  {
    what: 'leaves in an hour',
    ends: `update person set ended_at = '2026-03-02T11:00:00Z' where id = $1`,
    acts: true,
  },
  {
    what: 'left an hour ago, as was known before',
    ends: `update person set ended_at = '2026-03-02T11:00:00Z' where id = $1`,
    at: '2026-03-02T12:00:00Z',
    acts: false,
  },
  {
    what: 'held an appointment until today',
    ends: `update appointment set until_on = '2026-03-02' where person_id = $1`,
    acts: false,
  },
  {
    what: 'holds an appointment until tomorrow',
    ends: `update appointment set until_on = '2026-03-03' where person_id = $1`,
    acts: true,
  },
  {
    what: 'holds an appointment that is still to begin',
    ends: `update appointment set from_on = '2026-03-03' where person_id = $1`,
    acts: false,
  },
]
for (const { what, ends, at, acts } of cases) {
  test(`who signed in and ${what} ${acts ? 'acts on' : 'acts no more'} from the next transaction on`, async () => {
    const database = await testDatabase()
    const { partnership } = await anArea()
    const manager = await aPerson('business-manager', partnership)
    const act = () => manager.transaction(tx => tx.selectFrom('appointment').select('id').execute())
    assert.ok((await act()).length > 0)
    await database.asOwner(client => client.query(ends, [manager.personId]))
    if (at) testClock.set(at)
    if (acts) assert.ok((await act()).length > 0)
    else await assert.rejects(act(), { code: '42501', message: /has left|not in force/ })
  })
}

test('who has left and held no role reads no more names', async () => {
  const database = await testDatabase()
  const { authority } = await anArea()
  const { personId } = await aPerson('notifier', authority)
  const names = () => database.as({ person: personId }, tx => tx.selectFrom('person').select('name').execute())
  assert.ok((await names()).length > 0)
  await database.asOwner(client => client.query('update person set ended_at = $2 where id = $1', [personId, begins]))
  await assert.rejects(names(), { code: '42501', message: /has left/ })
})
