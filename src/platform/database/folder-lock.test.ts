import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { lockFolder } from './folder-lock.ts'

test('of many processes that come when another was killed, one takes the folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-lock-'))
  const program = join(folder, 'take.mjs')
  const lock = new URL('./folder-lock.js', import.meta.url).href
  writeFileSync(
    program,
    `import { lockFolder } from ${JSON.stringify(lock)}
     process.once('message', () => {
       try { lockFolder(${JSON.stringify(folder)}); process.send('took') } catch (error) { process.send(error.message) }
     })
     process.on('message', () => {})
     process.send('ready')`,
  )
  const processes = Array.from({ length: 9 }, () => fork(program, { execArgv: [] }))
  const heard = async (each: ChildProcess) => (await once(each, 'message'))[0] as string
  try {
    await Promise.all(processes.map(heard))
    const [first, ...others] = processes as [ChildProcess, ...ChildProcess[]]
    first.send('now')
    assert.equal(await heard(first), 'took')
    assert.throws(() => lockFolder(folder), new RegExp(`in use by process ${first.pid}`))
    const ended = once(first, 'exit')
    first.kill('SIGKILL')
    await ended
    const said = others.map(heard)
    for (const each of others) each.send('now')
    const answers = await Promise.all(said)
    assert.equal(answers.filter(answer => answer === 'took').length, 1)
    assert.equal(answers.filter(answer => answer.includes('is in use by process')).length, 7)
  } finally {
    for (const each of processes) each.kill()
    rmSync(folder, { recursive: true })
  }
})
