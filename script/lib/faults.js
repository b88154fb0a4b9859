/** What `script/faults` runs, on the embedded database. What it holds the service to: docs/benchmarks.md. */
import { mkdtempSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { peopleOf, refusedService, startService, Visitor } from './service.js'

const { values: options } = parseArgs({ options: { size: { type: 'string' }, build: { type: 'string' } } })
const size = Number(options.size ?? 1)
if (!(size > 0 && size <= 1)) throw new Error(`--size is ${options.size}. Give a number above 0, up to 1.`)
const build = resolve(options.build ?? fileURLToPath(new URL('../../build', import.meta.url)))
const kills = Math.max(3, Math.round(40 * size))
const notifiers = 6
const problems = []

function put(name, value, unit) {
  console.log(`${name} ${Number(value.toPrecision(3))} ${unit}`)
}

function expect(holds, problem) {
  if (!holds) problems.push(problem)
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-faults-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Saves page after page, each in a draft of its own, until the server is gone. @returns the saves it acknowledged */
async function saveUntilGone(visitor, name) {
  const saved = []
  for (let count = 0; ; count += 1) {
    const text = `${name} ${count}: an account that must not be lost.`
    try {
      const draft = await visitor.post('/notifications', {})
      const path = draft.to.replace(/\/page\/.*/, '/page/what-happened')
      const page = await visitor.get(path)
      const revision = /name="revision" value="(\d+)"/.exec(page.text)?.[1]
      const { status } = await visitor.post(path, { revision, whatHappened: text })
      if (status === 303) saved.push({ path, text })
      else problems.push(`saving ${path} was answered with ${status}`)
    } catch {
      return saved
    }
  }
}

async function killAgainAndAgain() {
  await inFolder(async folder => {
    let service = await startService({ build, folder })
    const ids = await peopleOf(service.url, 'Local authority notifier')
    const visitors = await Promise.all(
      ids.slice(0, notifiers).map(async id => {
        const visitor = await new Visitor(service.url).signIn(id)
        await visitor.get('/notifications/start')
        return visitor
      }),
    )
    const [starts, all] = [[], []]
    for (let kill = 0; kill < kills; kill += 1) {
      const saving = visitors.map((visitor, number) => saveUntilGone(visitor, `kill ${kill}, notifier ${number}`))
      await wait(400 + Math.random() * 1200)
      await service.kill()
      const saved = await Promise.all(saving)
      service = await startService({ build, folder })
      starts.push(service.readyMs)
      for (const visitor of visitors) visitor.url = service.url
      const latest = saved.map((pages, number) => ({ visitor: visitors[number], saved: pages }))
      all.push(...latest)
      await lostOf(latest)
    }
    const lost = await lostOf(all)
    await service.stop()
    const acknowledged = all.reduce((sum, { saved }) => sum + saved.length, 0)
    put('kills', kills, 'kills')
    put('saves-acknowledged', acknowledged, 'saves')
    put('saves-lost', lost, 'saves')
    put('start-after-kill', Math.max(...starts) / 1000, 's at most')
    expect(acknowledged >= kills, `only ${acknowledged} saves were acknowledged: too few to prove anything`)
    expect(lost === 0, `${lost} saves that were acknowledged are gone`)
  })
}

/** How many of these are not in what the service shows now. The person is still signed in: that was acknowledged too. */
async function lostOf(saves) {
  const missing = await Promise.all(
    saves.map(async ({ visitor, saved }) => {
      let count = 0
      for (const { path, text } of saved) {
        const page = await visitor.get(path)
        if (page.status !== 200 || !page.text.includes(text)) count += 1
      }
      return count
    }),
  )
  const lost = missing.reduce((sum, count) => sum + count, 0)
  expect(lost === 0, `${lost} acknowledged saves were gone after a kill`)
  return lost
}

async function killTheFirstStart() {
  await inFolder(async folder => {
    // In the middle of migrating or of loading; where the machine is quicker, right after.
    const killed = await startService({ build, folder, limitMs: 3000 }).catch(() => undefined)
    await killed?.kill()
    const service = await startService({ build, folder })
    const people = await peopleOf(service.url, 'Local authority notifier')
    await service.stop()
    put('people-after-killed-first-start', people.length, 'notifiers')
  })
}

async function endRunaway() {
  await inFolder(async folder => {
    const { migrate, openDatabase } = await import(pathToFileURL(join(build, 'src/platform/database/index.js')).href)
    const { sql } = await import('kysely')
    const limitMs = 2000
    const database = openDatabase({ folder, statementLimitMs: limitMs })
    await database.asOwner(migrate)
    const started = performance.now()
    const failure = await database
      .as('public', tx => sql`select count(*) from generate_series(1, 1000000000000)`.execute(tx))
      .then(
        () => 'it ended by itself',
        error => error.message,
      )
    const endedMs = performance.now() - started
    await database.as('public', tx => tx.selectFrom('region').select('code').execute())
    const answeredMs = performance.now() - started - endedMs
    await database.close()
    put('runaway-query-limit', limitMs / 1000, 's')
    put('runaway-query-ended', endedMs / 1000, 's')
    put('next-query-answered', answeredMs / 1000, 's later')
    expect(/ran for longer/.test(failure), `a runaway query was not ended: ${failure}`)
  })
}

async function startTwice() {
  await inFolder(async folder => {
    const service = await startService({ build, folder })
    const { code, said } = await refusedService({ build, folder })
    const page = await new Visitor(service.url).get('/training/people')
    await service.stop()
    const refused = code > 0 && said.includes(`is in use by process ${service.pid}`)
    put('second-process-refused', refused ? 1 : 0, 'of 1')
    expect(refused, `a second process on one folder ended with ${code} and said: ${said}`)
    expect(page.status === 200, 'the first process was disturbed by the second')
  })
}

await killAgainAndAgain()
await killTheFirstStart()
await endRunaway()
await startTwice()
for (const problem of problems) console.error(`faults: ${problem}`)
process.exitCode = problems.length > 0 ? 1 : 0
