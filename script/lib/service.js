/** The service in a process of its own, as `script/server` runs it, and people who use it over HTTP. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.js'

/** Given to a start unless `limitMs` says otherwise; then it is killed. */
const startLimitMs = 300_000
const living = new Set()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))

/**
 * Starts the server and waits until it says that it is ready.
 * @param {{ build: string, folder: string, databaseUrl?: string, args?: string[], limitMs?: number }} options
 * @returns its address, process, the time from exec to ready, and what ends it: `stop` kindly, `kill` as a power cut does
 * @throws Error with what it said, when it ends or is not ready in time
 */
export async function startService(options) {
  const started = performance.now()
  const { child, said, port } = await launch(options)
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      said.push(line)
      if (line.startsWith('Weathervane is ready at ')) resolve(performance.now() - started)
    })
    child.once('exit', code => reject(new Error(`The server ended with ${code}: ${said.join('\n')}`)))
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? startLimitMs)
  const readyMs = await ready.finally(() => clearTimeout(timer))
  const end = async signal => {
    if (!living.has(child)) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    url: `http://localhost:${port}`,
    pid: child.pid,
    readyMs,
    said,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/**
 * Starts the server where it should refuse.
 * @returns its exit code and what it said; undefined as code when it was ready all the same, or not gone in time
 */
export async function refusedService(options) {
  const { child, said } = await launch(options)
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
  createInterface({ input: child.stdout }).on('line', line => {
    said.push(line)
    if (line.startsWith('Weathervane is ready at ')) child.kill('SIGKILL')
  })
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  return { code: code ?? undefined, said: said.join('\n') }
}

async function launch({ build, folder, databaseUrl = '', args = [] }) {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), WEATHERVANE_DATA: folder, WEATHERVANE_MODE: 'training' }
  for (const name of ['PUBLIC_URL', 'SMTP_URL', 'SECRET', 'DATABASE_URL', 'LOG_LEVEL']) delete env[name]
  if (databaseUrl) env.DATABASE_URL = databaseUrl
  const child = spawn(process.execPath, [join(build, 'src/app/server.js'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  living.add(child)
  child.once('exit', () => living.delete(child))
  const said = []
  createInterface({ input: child.stderr }).on('line', line => said.push(line))
  return { child, said, port }
}

/** Somebody of the training country at a browser: cookies are kept, redirects are not followed. */
export class Visitor {
  url
  cookie = ''
  csrf = ''

  constructor(url) {
    this.url = url
  }

  async get(path) {
    return this.#send(path, {})
  }

  /** Sends a form with the token that the last page carried. */
  async post(path, fields) {
    const body = new URLSearchParams({ ...(this.csrf && { _csrf: this.csrf }), ...fields })
    return this.#send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
  }

  async signIn(personId) {
    const { status } = await this.post('/training/people/sign-in', { person: personId })
    if (status !== 303) throw new Error(`Signing in as ${personId} was answered with ${status}.`)
    return this
  }

  async #send(path, { headers, ...request }) {
    const response = await fetch(this.url + path, {
      ...request,
      redirect: 'manual',
      headers: { ...headers, ...(this.cookie && { cookie: this.cookie }) },
    })
    const text = await response.text()
    const given = response.headers.getSetCookie().find(cookie => !cookie.startsWith('notice='))
    if (given) this.cookie = given.split(';')[0]
    this.csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.csrf
    return { status: response.status, to: response.headers.get('location') ?? '', text }
  }
}

/** Ids of the people of the training country who hold a role, by the role's label. */
export async function peopleOf(url, roleLabel) {
  const { text } = await new Visitor(url).get(`/training/people?q=${encodeURIComponent(roleLabel)}`)
  const entries = text.matchAll(/name="person" value="([0-9a-f-]{36})"[^]*?<span class="govuk-body">([^<]*)/g)
  const ids = [...entries].filter(([, , held]) => held.startsWith(`${roleLabel},`)).map(([, id]) => id)
  if (ids.length === 0) throw new Error(`The training country has no ${roleLabel}.`)
  return [...new Set(ids)]
}
