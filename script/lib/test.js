/**
 * What `script/test` and `script/check` run: `node script/lib/test.js test|check`.
 * Each step is counted, none can stop the next, and none can hang. The last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresPrograms, startPostgres } from './postgres.js'

const product = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
process.chdir(product)
const quick = process.argv[2] === 'check'
const minute = 60_000
/** Moment at which everything has to be over. */
const end = Date.now() + (quick ? 5 : 28) * minute

const total = { passed: 0, failed: 0 }
const failures = []
const running = new Set()
const temporary = mkdtempSync(join(tmpdir(), 'weathervane-test-'))
let postgres

function count(name, { passed, failed }, note = '') {
  total.passed += passed
  total.failed += failed
  if (failed > 0) failures.push(`${name}${note && `: ${note}`}`)
}

/** Runs a command in a process group of its own, and ends all of it when its time is up. */
function run(command, args, { limitMs, env = process.env, quiet = false }) {
  return new Promise(done => {
    const child = spawn(command, args, {
      env,
      detached: true,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    })
    running.add(child)
    let late = false
    const timer = setTimeout(
      () => {
        late = true
        endGroup(child)
      },
      Math.max(1000, Math.min(limitMs, end - Date.now())),
    )
    const finish = problem => {
      clearTimeout(timer)
      running.delete(child)
      done(late ? `not finished after ${Math.round(limitMs / 1000)} s` : problem)
    }
    child.once('error', error => finish(error.message))
    child.once('exit', (code, signal) => {
      // Whatever it started and left behind must not disturb the next step.
      endGroup(child)
      finish(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone.
  }
}

async function step(name, work) {
  console.log(`\n== ${name}`)
  const start = Date.now()
  await work(name)
  console.log(`-- ${((Date.now() - start) / 1000).toFixed(1)} s`)
}

/** A step that passes or fails as a whole. */
function tool(name, command, args, limitMs) {
  return step(name, async () => {
    const problem = await run(command, args, { limitMs })
    count(name, problem ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 }, problem)
  })
}

/** Test files in one process. A crash, a missing end and an empty run each count as a failure. */
function tests(name, files, { limitMs, env = {} }) {
  return step(name, async () => {
    if (files.length === 0) return count(name, { passed: 0, failed: 1 }, 'there is no test')
    const results = join(temporary, `${name.replaceAll(/\W+/g, '-')}.txt`)
    const problem = await run(
      process.execPath,
      [
        '--test',
        '--test-isolation=none',
        `--test-timeout=${Math.min(limitMs, 5 * minute)}`,
        '--test-reporter=./script/lib/report-tests.js',
        ...files,
      ],
      { limitMs, env: { ...withoutDatabase(), ...env, TEST_RESULTS: results } },
    )
    const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n') : []
    const passed = lines.filter(line => line === 'passed').length
    const failed = lines.filter(line => line === 'failed').length
    const last = lines.findLast(line => line.startsWith('started '))?.slice('started '.length)
    const broken =
      (!lines.includes('complete') && `${problem ?? 'it ended too early'}, last heard of in: ${last ?? 'no test'}`) ||
      (problem && failed === 0 && problem) ||
      (passed + failed === 0 && 'no test ran')
    count(name, { passed, failed: failed + (broken ? 1 : 0) }, broken || `${failed} failed`)
  })
}

/** Tests say themselves which database, mode and port they use. */
function withoutDatabase() {
  const ours = ['TEST_DATABASE_URL', 'DATABASE_URL', 'WEATHERVANE_DATA', 'WEATHERVANE_MODE', 'PORT', 'PUBLIC_URL']
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.includes(name) && !name.startsWith('NODE_TEST')),
  )
}

function testFiles(...folders) {
  return folders
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder, { recursive: true }).map(name => join(folder, name)))
    .filter(name => name.endsWith('.test.js'))
    .sort()
}

/** Whether a built file imports the test database, itself or through what it imports. */
function needsDatabase(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return false
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  if (text.includes('TEST_DATABASE_URL')) return true
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)].some(match =>
    needsDatabase(join(dirname(file), match[1]), seen),
  )
}

/** Debian packages that are missing: installed when we are root, else named. */
async function debianPackages() {
  const missing = []
  if (!existsSync(browser)) missing.push('chromium', 'fonts-liberation')
  if (!process.env.TEST_DATABASE_URL && !postgresPrograms()) missing.push('postgresql')
  if (missing.length === 0) return
  await step('Debian packages', async name => {
    if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
      const hint = 'Install them (apt-get install), set CHROMIUM or TEST_DATABASE_URL, or run as root on Debian.'
      return count(name, { passed: 0, failed: 1 }, `missing: ${missing.join(', ')}. ${hint}`)
    }
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) =>
      run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...args], {
        limitMs: 8 * minute,
        env,
        quiet: true,
      })
    const install = (...names) => apt('install', '-y', '--no-install-recommends', ...names)
    let problem = await apt('update')
    if (missing.includes('postgresql')) {
      // Its packaging would create and start a server of its own, on a port that may be in use.
      problem = (await install('postgresql-common')) ?? problem
      await run('pg_conftool', ['/etc/postgresql-common/createcluster.conf', 'set', 'create_main_cluster', 'false'], {
        limitMs: minute,
      })
    }
    problem = (await install(...missing)) ?? problem
    const complete = existsSync(browser) && (process.env.TEST_DATABASE_URL || postgresPrograms())
    if (complete) count(name, { passed: 1, failed: 0 })
    else
      count(
        name,
        { passed: 0, failed: 1 },
        `could not install ${missing.join(', ')}: ${problem ?? 'they are not where they should be'}`,
      )
  })
}

/** The database tests again, on the server of TEST_DATABASE_URL or on one of our own. */
async function onPostgres(files) {
  const name = 'database tests on PostgreSQL'
  try {
    if (!process.env.TEST_DATABASE_URL) postgres = await startPostgres()
  } catch (error) {
    return count(name, { passed: 0, failed: 1 }, error.message)
  }
  const url = process.env.TEST_DATABASE_URL ?? postgres.url
  await tests(name, files, { limitMs: 8 * minute, env: { TEST_DATABASE_URL: url } })
}

function tidyUp() {
  for (const child of running) endGroup(child)
  try {
    postgres?.stop()
  } catch (error) {
    console.log(error.message)
  }
  rmSync(temporary, { recursive: true, force: true })
}

function conclude() {
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map(failure => `  ${failure}`).join('\n')}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed > 0 ? 1 : 0
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    tidyUp()
    count('the run', { passed: 0, failed: 1 }, `ended by ${signal}`)
    conclude()
    process.exit()
  })
}

const browser = process.env.CHROMIUM ?? '/usr/bin/chromium'

if (!quick) await debianPackages()
await tool('types and build', 'script/bootstrap', [], 6 * minute)
await tool('lint', 'oxlint', ['--type-aware', '--deny-warnings'], 3 * minute)
await tool('format', 'prettier', ['--check', '--cache', '--log-level=warn', '.'], 3 * minute)
await tool('unused code and packages', 'knip', ['--no-progress'], 3 * minute)

const journeys = testFiles('build/tests/journeys')
const withoutBrowser = testFiles('build/src', 'build/tests').filter(file => !journeys.includes(file))
const withDatabase = withoutBrowser.filter(file => needsDatabase(file))

if (quick) {
  const long = withoutBrowser.filter(file => file.endsWith('.long.test.js'))
  await tests(
    'tests without a database',
    withoutBrowser.filter(file => !withDatabase.includes(file) && !long.includes(file)),
    {
      limitMs: 3 * minute,
    },
  )
} else {
  await tests('tests, on the embedded database', withoutBrowser, { limitMs: 10 * minute })
  await onPostgres(withDatabase)
  // One process each: what one journey breaks, the next does not inherit.
  for (const journey of journeys) {
    const name = `journey: ${basename(journey, '.test.js')}`
    await tests(name, [journey], { limitMs: 5 * minute, env: { CHROMIUM: browser } })
  }
  for (const name of ['faults', 'bench'].filter(name => existsSync(`script/${name}`))) {
    await tool(`${name}, at a twentieth`, `script/${name}`, ['--size', '0.05'], 6 * minute)
  }
}

tidyUp()
conclude()
