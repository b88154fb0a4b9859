import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ServiceError } from '../errors.ts'
import { diskFileStore } from './file-store.ts'

const folder = await mkdtemp(join(tmpdir(), 'file-store-'))
after(() => rm(folder, { recursive: true }))

const review = new TextEncoder().encode('The review of March.')

test('a stored file is found again by the SHA-256 of what it holds', async () => {
  const store = diskFileStore(join(folder, 'new', 'files'))
  const hash = await store.put(new Uint8Array())
  assert.equal(hash, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.deepEqual(await store.get(await store.put(review)), Buffer.from(review))
})

test('the same bytes stored twice, also at once, are one file and leave nothing unfinished behind', async () => {
  const own = join(folder, 'twice')
  const store = diskFileStore(own)
  const hashes = await Promise.all([store.put(review), store.put(review), store.put(review)])
  await store.put(review)
  assert.equal(new Set(hashes).size, 1)
  const files = (await readdir(own, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  assert.deepEqual(
    files.map(file => file.name),
    [hashes[0]],
  )
})

test('a file that changed on disk is not handed out, and storing it again heals it', async () => {
  const own = join(folder, 'damaged')
  const store = diskFileStore(own)
  const hash = await store.put(review)
  const path = join(own, hash.slice(0, 2), hash)
  await writeFile(path, 'The review of May.')

  await assert.rejects(store.get(hash), /has changed on disk/)
  await store.put(review)
  assert.deepEqual(await readFile(path), Buffer.from(review))
})

const unknown = [
  { name: 'a file that was never stored', hash: 'a'.repeat(64) },
  { name: 'a path that leads out of the folder', hash: '../../etc/passwd' },
  { name: 'a hash in capitals', hash: 'A'.repeat(64) },
]
for (const { name, hash } of unknown) {
  test(`${name} is not found`, async () => {
    await assert.rejects(
      diskFileStore(folder).get(hash),
      error => error instanceof ServiceError && error.kind === 'not-found',
    )
  })
}
