import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { lockFolder } from './folder-lock.ts'

test('a folder is given back only by the process that has it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-lock-'))
  const file = join(folder, 'weathervane.lock')
  const release = lockFolder(folder)
  writeFileSync(file, '1 another')
  release()
  assert.equal(readFileSync(file, 'utf8'), '1 another')
  lockFolder(folder)()
  assert.equal(existsSync(file), false)
  rmSync(folder, { recursive: true })
})

test('of many processes that find the lock of an ended one, one takes the folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-lock-'))
  const program = join(folder, 'take.mjs')
  const lock = new URL('./folder-lock.js', import.meta.url).href
  writeFileSync(
    program,
    `import { lockFolder } from ${JSON.stringify(lock)}
     process.once('message', () => {
       try { lockFolder(${JSON.stringify(folder)}); process.send('took') } catch { process.send('refused') }
     })
     process.send('ready')`,
  )
  const processes = Array.from({ length: 8 }, () => fork(program, { execArgv: [] }))
  const heard = async (each: ChildProcess) => (await once(each, 'message'))[0] as string
  try {
    await Promise.all(processes.map(heard))
    writeFileSync(join(folder, 'weathervane.lock'), '999999999 1')
    const said = processes.map(heard)
    for (const each of processes) each.send('now')
    assert.deepEqual((await Promise.all(said)).sort(), [...Array<string>(7).fill('refused'), 'took'])
  } finally {
    for (const each of processes) each.kill()
    rmSync(folder, { recursive: true })
  }
})
