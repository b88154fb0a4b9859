/** What `script/bench` runs. What the figures mean and how they are taken: docs/benchmarks.md. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { listPages, listWords, publicPages, publicWords } from './change-pages.js'
import { postgresPrograms, startPostgres } from './postgres.js'
import { seedChange } from './seed-change.js'
import { peopleOf, startService, Visitor } from './service.js'

const { values: options } = parseArgs({
  options: { size: { type: 'string' }, markdown: { type: 'boolean' }, build: { type: 'string' } },
})
const size = Number(options.size ?? 1)
if (!(size > 0 && size <= 1)) throw new Error(`--size is ${options.size}. Give a number above 0, up to 1.`)
const product = fileURLToPath(new URL('../../', import.meta.url))
const build = resolve(options.build ?? join(product, 'build'))

const incidents = Math.round(20_000 * size)
const recommendations = Math.round(20_000 * size)
const actions = Math.round(60_000 * size)
const people = 20
/** At the lists of recommendations and actions: nobody reads twenty of them at once. */
const peopleAtLists = 4
const repeats = size < 0.5 ? 1 : 3
const requests = Math.max(100, Math.round(1000 * size))
/** Of the memory run. With fewer, what the engine compiles and caches would be taken for a leak. */
const memoryRequests = Math.max(2000, Math.round(10_000 * size))
/** A run ends after this even when it is not complete, on a machine that has other things to do. */
const runSeconds = size < 0.5 ? 8 : 60
/** A figure this many times its aim fails the run: other work on the machine explains a part, not that. */
const farOff = size < 0.5 ? 20 : 5

const figures = []
const problems = []

/** @param {{ name: string, value: number, unit: string, aim?: number, worst?: number, isRate?: boolean }} figure */
function put({ name, value, unit, aim, isRate = false, worst = aim && (isRate ? aim / farOff : aim * farOff) }) {
  figures.push({ name, value, unit, aim })
  if (worst && !(isRate ? value >= worst : value <= worst))
    problems.push(`${name} is ${round(value)} ${unit}, and ${worst} is the ${isRate ? 'least' : 'most'} we accept`)
  if (!options.markdown) console.log(`${name} ${round(value)} ${unit}`)
}

function round(value) {
  return Number(value.toPrecision(3))
}

function median(numbers) {
  return quantile(numbers, 0.5)
}

/** The nearest-rank quantile. */
function quantile(numbers, part) {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN
}

function putLoad(when) {
  put({ name: `load-average-${when}`, value: loadavg()[0], unit: 'processes' })
}

/** A folder that is gone afterwards. */
async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Processor time in ms of some processes and their children, those that have ended too; NaN where the system does not tell. */
function cpuMsOf(pids) {
  try {
    return pids.reduce((sum, pid) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const ticks = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 15)
      return sum + ticks.reduce((total, count) => total + Number(count) * 10, 0)
    }, 0)
  } catch {
    return NaN
  }
}

async function measureStarts() {
  await inFolder(async folder => {
    const first = await startService({ build, folder })
    await first.stop()
    put({ name: 'first-start', value: first.readyMs / 1000, unit: 's', aim: 60 })
    const later = []
    for (let count = 0; count < (size < 0.5 ? 3 : 5); count += 1) {
      const service = await startService({ build, folder })
      later.push(service.readyMs / 1000)
      await service.stop()
    }
    put({ name: 'later-start', value: median(later), unit: 's', aim: 2 })
  })
}

/** Reads pages in a process of its own. */
async function load(work) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load.js')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(work))
  const result = JSON.parse((await text(child.stdout)) || 'null')
  if (!result) throw new Error('The load could not be put on the server; the reason stands above.')
  for (const wrong of new Set(result.wrong)) problems.push(`answered with ${wrong}`)
  return result
}

async function signedIn(url, roleLabel) {
  const ids = await peopleOf(url, roleLabel)
  return Promise.all(Array.from({ length: people }, (_, turn) => new Visitor(url).signIn(ids[turn % ids.length])))
}

/** The five pages people open most, and a bare one without sign-in and database: for each, who reads which addresses. */
async function pagesOf(url) {
  const managers = await signedIn(url, 'Partnership business manager')
  const secretariat = await signedIn(url, 'Panel secretariat')
  const opened = await Promise.all(managers.map(openedBy))
  const withReviews = opened.filter(({ reviews }) => reviews.length > 0)
  if (withReviews.length === 0) throw new Error('No business manager sees a rapid review that was sent.')
  const all = (visitors, ...paths) => visitors.map(({ cookie }) => ({ cookie, paths }))
  const pages = {
    home: all(managers, '/'),
    incidents: all(secretariat, '/incidents'),
    worklist: all(secretariat, '/panel'),
    incident: opened.map(({ cookie, found }) => ({ cookie, paths: found })).filter(({ paths }) => paths.length > 0),
    'rapid-review': withReviews.map(({ cookie, reviews }) => ({ cookie, paths: reviews })),
  }
  for (const [page, visitors] of Object.entries(pages)) pages[page] = toTwenty(visitors)
  // Four at each of the five pages.
  const mixed = Object.values(pages).flatMap(visitors => visitors.slice(0, people / 5))
  return { bare: anybodyAt(people), ...pages, mixed }
}

/** The bare page, without sign-in and without anything read from the database for it. */
function anybodyAt(many) {
  return Array.from({ length: many }, () => ({ cookie: '', paths: ['/help'] }))
}

function toTwenty(visitors) {
  return Array.from({ length: people }, (_, turn) => visitors[turn % visitors.length])
}

/** Incidents of somebody's own area, and the rapid reviews among them that were sent. */
async function openedBy(visitor) {
  const list = await visitor.get('/incidents')
  const found = [...new Set(list.text.match(/\/incidents\/[0-9a-f-]{36}/g))]
  const reviews = []
  for (const path of found.slice(0, 12)) {
    const page = await visitor.get(path)
    if (/\/rapid-review"[^]*?Sent /.test(page.text)) reviews.push(`${path}/rapid-review`)
  }
  return { cookie: visitor.cookie, found, reviews }
}

/** @param cpuMs processor time that the service has used so far, with its database */
async function measurePages(database, service, cpuMs) {
  const pages = await pagesOf(service.url)
  const aims = database === 'postgresql' ? { p95: () => 100 } : {}
  await inTurn(database, pages, { service, cpuMs, count: requests, aims })
  await measureMemory(database, service, pages.mixed)
}

/**
 * Reads pages, each some times in turn with the others, and puts the median of its runs.
 * @param {{ count: number, aims: { p95?: (page: string) => number, rate?: (page: string) => number } }} how the bare page has no aim
 */
async function inTurn(group, pages, { service, cpuMs, count, aims }) {
  const taken = Object.fromEntries(Object.keys(pages).map(page => [page, []]))
  for (let turn = 0; turn < repeats; turn += 1) {
    for (const [page, visitors] of Object.entries(pages)) {
      const warmUp = turn === 0 ? count / 2 : visitors.length
      const before = cpuMs()
      const run = await load({ url: service.url, visitors, warmUp, count, seconds: runSeconds })
      taken[page].push({ ...run, cpuMs: (cpuMs() - before) / run.answered })
    }
  }
  for (const [page, runs] of Object.entries(taken)) {
    const name = `${group}.${page}`
    const aimOf = figure => (page === 'bare' ? undefined : aims[figure]?.(page))
    const rate = median(runs.map(({ ms, seconds }) => ms.length / seconds))
    put({ name: `${name}.rate`, value: rate, unit: 'pages/s', aim: aimOf('rate'), isRate: true })
    put({ name: `${name}.p50`, value: median(runs.map(({ ms }) => quantile(ms, 0.5))), unit: 'ms' })
    put({ name: `${name}.cpu`, value: median(runs.map(run => run.cpuMs)), unit: 'ms' })
    put({ name: `${name}.p95`, value: median(runs.map(({ ms }) => quantile(ms, 0.95))), unit: 'ms', aim: aimOf('p95') })
  }
}

/** From review to change: lists of those who are signed in, and what everybody reads. */
async function measureChange(service, cpuMs, databaseUrl) {
  const { themes } = await import(join(build, 'src/reference-data/index.js'))
  const { distractors } = await import(join(build, 'src/recommendations/similar/testing.js'))
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  const texts = distractors(1100).map(({ text }) => text)
  const seeded = await seedChange(owner, { recommendations, actions, themes: Object.keys(themes), texts })
  await owner.end()
  const bare = anybodyAt(peopleAtLists)
  await inTurn(
    'lists',
    { bare, ...(await listPages(service.url, seeded, peopleAtLists)) },
    {
      service,
      cpuMs,
      count: Math.max(40, Math.round(300 * size)),
      aims: { p95: page => (page === 'roll-up' ? 200 : 100) },
    },
  )
  await inTurn(
    'public',
    { bare: anybodyAt(people), ...publicPages(seeded, people) },
    {
      service,
      cpuMs,
      count: 2 * requests,
      aims: { rate: () => 500 },
    },
  )
}

/** Whether the server grows while it answers: its size late in the run over its size early in it. */
async function measureMemory(database, { url, pid }, visitors) {
  const { residents, answered } = await load({
    url,
    visitors,
    warmUp: 0,
    count: memoryRequests,
    seconds: 4 * runSeconds,
    pid,
  })
  const between = (from, until) =>
    median(
      residents.filter(({ at }) => at > from * answered && at <= until * answered).map(({ kilobytes }) => kilobytes),
    )
  const [early, late] = [between(0.3, 0.5), between(0.8, 1)]
  if (!(early > 0)) return problems.push(`${database}: the system does not tell the size of a process`)
  put({ name: `${database}.memory`, value: late / 1024, unit: 'MB' })
  put({ name: `${database}.memory-growth`, value: late / early, unit: 'ratio', aim: 1.1, worst: 1.5 })
}

async function measureEmbedded() {
  await inFolder(async folder => {
    const service = await startService({ build, folder, args: ['--incidents', String(incidents)] })
    put({ name: 'embedded.load', value: service.readyMs / 1000, unit: 's' })
    await measurePages('embedded', service, () => cpuMsOf([service.pid]))
    await service.stop()
  })
}

async function measurePostgres() {
  const given = process.env.DATABASE_URL
  if (!given && !postgresPrograms()) throw new Error('Set DATABASE_URL, or install postgresql.')
  const server = given ? { url: given, stop() {}, pids: () => [] } : await startPostgres({ durable: true })
  process.once('exit', server.stop)
  const name = `weathervane_bench_${randomUUID().slice(0, 8)}`
  const owner = new pg.Client(server.url)
  try {
    await owner.connect()
    await owner.query(`create database ${name}`)
    await inFolder(async folder => {
      const databaseUrl = Object.assign(new URL(server.url), { pathname: `/${name}` }).href
      const service = await startService({ build, folder, databaseUrl, args: ['--incidents', String(incidents)] })
      put({ name: 'postgresql.load', value: service.readyMs / 1000, unit: 's' })
      const cpuMs = () => cpuMsOf([service.pid, ...server.pids()])
      await measurePages('postgresql', service, cpuMs)
      await measureChange(service, cpuMs, databaseUrl)
      await service.stop()
    })
  } finally {
    await owner.query(`drop database if exists ${name} with (force)`).catch(() => {})
    await owner.end().catch(() => {})
    process.off('exit', server.stop)
    server.stop()
  }
}

const pageWords = {
  home: 'home of a business manager',
  incidents: 'list of incidents, secretariat',
  worklist: 'worklist of the Panel, secretariat',
  incident: 'incident, business manager',
  'rapid-review': 'rapid review, business manager',
  mixed: 'all five at once',
}

function markdown() {
  const count = number => number.toLocaleString('en-GB')
  const figure = name => figures.find(found => found.name === name)
  const shown = name => count(round(figure(name)?.value ?? NaN))
  const lines = [
    `${count(incidents)} incidents, ${count(recommendations)} recommendations, ${count(actions)} actions, ${availableParallelism()} cores, Node ${process.versions.node}.`,
    '',
    '| Figure | Value | Aim |',
    '| --- | --: | --: |',
    ...figures
      .filter(({ name }) => !/\.(rate|p50|p95|cpu)$/.test(name))
      .map(({ name, unit, aim }) => `| ${name} | ${shown(name)} ${unit} | ${aim ? `${aim} ${unit}` : ''} |`),
  ]
  for (const { group, title, words } of [
    { group: 'postgresql', title: 'PostgreSQL', words: pageWords },
    { group: 'embedded', title: 'Embedded', words: pageWords },
    { group: 'lists', title: `Lists, ${peopleAtLists} people at once`, words: listWords },
    { group: 'public', title: 'Public pages', words: publicWords },
  ]) {
    lines.push('', `| ${title} | pages/s | p50 ms | p95 ms | p50 over the bare page | processor ms | aim |`)
    lines.push('| --- | --: | --: | --: | --: | --: | --- |')
    for (const [page, label] of Object.entries({ bare: 'bare page', ...words })) {
      const of = kind => `${group}.${page}.${kind}`
      const over = round(figure(of('p50')).value / figure(`${group}.bare.p50`).value)
      lines.push(
        `| ${label} | ${shown(of('rate'))} | ${shown(of('p50'))} | ${shown(of('p95'))} | ${over} | ${shown(of('cpu'))} | ${verdict(figure(of('p95')), figure(of('rate')))} |`,
      )
    }
  }
  return lines.join('\n')
}

function verdict(p95, rate) {
  if (p95.aim) return `p95 ${p95.aim} ms: ${p95.value <= p95.aim ? 'met' : 'missed'}`
  return rate.aim ? `${rate.aim} pages/s: ${rate.value >= rate.aim ? 'met' : 'missed'}` : ''
}

putLoad('before')
await measureStarts()
await measurePostgres()
await measureEmbedded()
putLoad('after')
if (options.markdown) console.log(markdown())
for (const problem of problems) console.error(`bench: ${problem}`)
process.exitCode = problems.length > 0 ? 1 : 0
