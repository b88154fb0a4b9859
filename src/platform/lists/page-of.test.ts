import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anArea, aPerson } from '../testing/test-database.ts'
import { pageOf } from './page-of.ts'

interface Made {
  key: string
  due: number | null
  number: number
}

/** A page of made-up rows, as their keys. */
async function pageOfRows(rows: Made[], page: number, direction: 'ascending' | 'descending') {
  const acting = await aPerson('notifier', (await anArea()).authority)
  return acting.transaction(tx =>
    pageOf(
      tx,
      { sort: { key: 'due', direction }, page },
      {
        chosen: tx
          .selectFrom(
            sql<Made>`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)`.as<'made'>(
              sql`made (key text, due int, number int)`,
            ),
          )
          .select(['made.key', 'made.number']),
        sorts: { due: chosen => chosen.select('made.due as by') },
        within: ['number'],
        rowsOf: async keys => new Map(keys.toReversed().map(key => [key, key])),
      },
    ),
  )
}

const some = [
  { key: 'none', due: null, number: 1 },
  { key: 'late', due: 9, number: 1 },
  { key: 'early, second', due: 3, number: 2 },
  { key: 'early, first', due: 3, number: 1 },
]

test('what has no value comes after everything that has one, and turns round with it', async () => {
  assert.deepEqual((await pageOfRows(some, 1, 'ascending')).rows, ['early, first', 'early, second', 'late', 'none'])
  assert.deepEqual((await pageOfRows(some, 1, 'descending')).rows, ['none', 'late', 'early, first', 'early, second'])
})

test('a page holds the rows after those of the pages before, and the count ends after a thousand', async () => {
  const many = Array.from({ length: 1100 }, (_, index) => ({ key: `row ${index}`, due: index, number: 1 }))
  const second = await pageOfRows(many, 2, 'ascending')
  assert.deepEqual([second.rows.length, second.rows[0], second.total], [25, 'row 25', 1001])
  const beyond = await pageOfRows(some, 2, 'ascending')
  assert.deepEqual([beyond.rows, beyond.total], [[], 4])
})
