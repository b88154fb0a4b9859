import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadNationalRecommendations } from './load-national.ts'
import { nationalRecommendations } from './national-recommendations.ts'
import { readPublished, readPublishedList } from './read-published.ts'

test('the national recommendations are there for everybody after the first start, once, with no reply made up', async () => {
  const database = await testDatabase()
  const added = await loadNationalRecommendations(database)
  assert.ok(added === nationalRecommendations.length || added === 0)
  assert.equal(await loadNationalRecommendations(database), 0)

  const { rows, addressees, sources } = await readPublishedList(database.ask, {
    tags: [],
    page: 1,
    newestFirst: true,
    rows: Infinity,
  })
  const shipped = rows.filter(row => nationalRecommendations.some(({ number }) => number === row.number))
  assert.equal(shipped.length, nationalRecommendations.length)
  for (const { addressees: asked } of shipped) {
    for (const body of asked) assert.deepEqual([body.reply, body.delivery, body.said], ['not-known', null, []])
  }
  assert.ok(addressees.includes('Cafcass') && sources.includes('Out of routine'))
})

for (const { tags, some } of [
  { tags: ['theme:men-not-seen', 'to:Government'], some: true },
  { tags: ['to:Cafcass', 'reply:not-known'], some: true },
  { tags: ['to:Cafcass', 'reply:accepted'], some: false },
  { tags: ['source:Out of routine'], some: true },
]) {
  test(`a list by ${tags.join(' and ')} finds ${some ? 'some' : 'none'}`, async () => {
    const database = await testDatabase()
    await loadNationalRecommendations(database)
    const { rows, total } = await readPublishedList(database.ask, { tags, page: 1, newestFirst: true })
    assert.deepEqual([rows.length > 0, total > 0], [some, some])
  })
}

test('pages of the list hold each recommendation once, the newest first', async () => {
  const database = await testDatabase()
  await loadNationalRecommendations(database)
  const pageOf = (page: number) => readPublishedList(database.ask, { tags: [], page, newestFirst: true, rows: 20 })
  const [first, second] = [await pageOf(1), await pageOf(2)]
  assert.equal(first.rows.length, 20)
  assert.equal(first.rows.filter(row => second.rows.some(other => other.number === row.number)).length, 0)
  assert.ok(first.rows[0]!.publishedOn >= first.rows[19]!.publishedOn)
})

test('an unknown number is nothing', async () => {
  assert.equal(await readPublished((await testDatabase()).ask, 'R-2026-00000'), undefined)
})
