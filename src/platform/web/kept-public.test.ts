import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../database/index.ts'
import { testDatabase } from '../testing/test-database.ts'
import { keepPublic } from './kept-public.ts'

/** A site whose number of public changes the test sets, and what is made of the words that stand there. */
function aSite() {
  const state = { version: 1, words: 'Words', made: 0 }
  const ask = (async () => [{ version: String(state.version) }]) as unknown as Database['ask']
  const kept = keepPublic(ask)
  const get = (address = '/reviews') =>
    kept(address, async () => {
      state.made += 1
      return { body: state.words }
    })
  return { state, kept, get }
}

test('an answer is made once, until something public changes', async () => {
  const { state, get } = aSite()
  assert.deepEqual([await get(), await get()], [{ body: 'Words' }, { body: 'Words' }])
  assert.equal(state.made, 1)

  state.words = 'Other words'
  state.version += 1
  assert.deepEqual(await get(), { body: 'Other words' })
  assert.equal(state.made, 2)
})

test('each address has its own answer, and what is not there is looked for again', async () => {
  const { state, kept, get } = aSite()
  await get('/reviews')
  await get('/reviews?page=2')
  assert.equal(state.made, 2)
  assert.equal(await kept('/reviews/LR-2026-00000', async () => undefined), undefined)
  assert.deepEqual(await kept('/reviews/LR-2026-00000', async () => ({ body: 'Published' })), { body: 'Published' })
})

test('an answer that was asked for before something was hidden is not kept after it', async () => {
  const { state, kept, get } = aSite()
  let hide = () => {}
  const slow = kept('/slow', async () => {
    await new Promise<void>(resolve => (hide = resolve))
    return { body: 'Before' }
  })
  await new Promise(setImmediate)
  state.version += 1
  await get('/reviews')
  hide()
  assert.deepEqual(await slow, { body: 'Before' })
  assert.deepEqual(await kept('/slow', async () => ({ body: 'After' })), { body: 'After' })
})

test('what many ask for at once is made once, and again for whoever asks after something was hidden', async () => {
  const { state, kept } = aSite()
  const made: string[] = []
  const ends: (() => void)[] = []
  const get = () =>
    kept('/recommendations.csv', async () => {
      const { words } = state
      made.push(words)
      await new Promise<void>(resolve => ends.push(resolve))
      return { body: words }
    })
  const before = [get(), get()]
  await new Promise(setImmediate)
  Object.assign(state, { words: 'Less', version: 2 })
  const after = [get(), get()]
  await new Promise(setImmediate)
  for (const end of ends) end()

  const bodies = (await Promise.all([...before, ...after])).map(answer => answer?.body)
  assert.deepEqual(bodies, ['Words', 'Words', 'Less', 'Less'])
  assert.deepEqual(made, ['Words', 'Less'])
  assert.deepEqual((await get())?.body, 'Less')
})

test('more addresses than there is room for do not fill the memory', async () => {
  const { state, kept } = aSite()
  const large = { body: new Uint8Array(800_000) }
  for (let number = 0; number < 200; number += 1) await kept(`/reviews?page=${number}`, async () => large)
  const again = async (address: string) => {
    const before = state.made
    await kept(address, async () => {
      state.made += 1
      return large
    })
    return state.made > before
  }
  assert.deepEqual([await again('/reviews?page=199'), await again('/reviews?page=0')], [false, true])
})

test('every table that public pages read counts its changes', async () => {
  const database = await testDatabase()
  const silent = await database.asOwner(
    async client =>
      (
        await client.query<{ name: string }>(
          `select relname as name from pg_class
           where relnamespace = 'public'::regnamespace and relkind = 'r' and relname like 'published\\_%' and not exists (
             select from pg_trigger where tgrelid = pg_class.oid and tgname = 'count_public_change')`,
        )
      ).rows,
  )
  assert.deepEqual(silent, [])
})
