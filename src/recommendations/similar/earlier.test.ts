import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Acting } from '../../platform/acting.ts'
import { aSentReview } from '../../panel/builders.ts'
import { aPerson, testClock, testDatabase } from '../../platform/testing/test-database.ts'
import { aRecommendation } from '../builders.ts'
import type { Status } from '../recommendation.ts'
import { EarlierRecommendations } from './earlier.ts'

/** Two areas, and words that stand in nothing else. */
async function aScene() {
  testClock.set('2026-03-02T10:00:00Z')
  const database = await testDatabase()
  const word = `quill${randomUUID().replaceAll(/[-\d]/g, '')}`
  const [here, there] = [await aSentReview(), await aSentReview()]
  const make = async (scene: typeof here, text: string, status: Status = 'issued') =>
    (
      await aRecommendation(database, {
        place: scene,
        bodyCode: scene.partnershipCode,
        addressees: [{ kind: 'partner', bodyCode: scene.area.police }],
        status,
        text: { text },
        at: testClock.now(),
      })
    ).number
  const earlier = new EarlierRecommendations(database)
  const like = async (who: Acting, text = `Train everybody in ${word}.`) => {
    await earlier.renew()
    const found = await who.transaction(tx => earlier.like(tx, who, { text, themes: [], addressees: [] }))
    return found.filter(one => one.text.includes(word))
  }
  return { database, word, here, there, make, like }
}

test('what was issued here before in like words is found, with who was asked and the three axes', async () => {
  const { here, make, like, word } = await aScene()
  const number = await make(here, `All staff learn ${word} each year.`)
  const [found] = await like(here.manager)
  assert.equal(found?.number, number)
  assert.deepEqual(
    found?.addressees.map(({ reply, delivery, effect }) => [reply, delivery, effect]),
    [['awaited', 'not-told', 'not-looked-at']],
  )
})

test('neither a draft nor what another area was asked is found, and many of another area hide nothing', async () => {
  const { here, there, make, like, word } = await aScene()
  for (let count = 0; count < 12; count += 1) await make(there, `Train everybody in ${word}.`)
  await make(here, `Train everybody in ${word}.`, 'draft')
  await make(here, `Train everybody in ${word}.`, 'out-for-comment')
  const own = await make(here, `A team is named for ${word}, for visits and for all that belongs to it.`)
  assert.deepEqual(
    (await like(here.manager)).map(({ number }) => number),
    [own],
  )
  const everywhere = await like(await aPerson('secretariat', 'TN'))
  assert.equal(everywhere.length, 10)
})

test('what is issued later is found by the next who asks', async () => {
  const { here, make, like, word } = await aScene()
  assert.deepEqual(await like(here.manager), [])
  const number = await make(here, `All staff learn ${word} each year.`)
  assert.deepEqual(
    (await like(here.manager)).map(one => one.number),
    [number],
  )
})
