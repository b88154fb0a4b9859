/** A PostgreSQL server for one run of the tests: own folder, own port, gone afterwards. Nothing in it is kept safe. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder of initdb and pg_ctl; undefined when PostgreSQL is not installed. Debian keeps it off the PATH. */
export function postgresPrograms() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map(version => join(debian, version, 'bin')), ...process.env.PATH.split(':')]
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

/**
 * @returns the owner's address, and what ends the server
 * @throws Error with the words of initdb or of the server's log
 */
export async function startPostgres() {
  const programs = postgresPrograms()
  const folder = mkdtempSync(join(tmpdir(), 'weathervane-postgres-'))
  const asRoot = process.getuid() === 0
  const user = asRoot ? ['postgres', 'nobody'].find(name => spawnSync('id', [name]).status === 0) : undefined
  if (asRoot) {
    chmodSync(folder, 0o700)
    run('chown', [user, folder])
  }
  const log = join(folder, 'log')
  const data = join(folder, 'data')

  // PostgreSQL refuses to run as root.
  function asUser(program, args) {
    const command = join(programs, program)
    if (asRoot) run('runuser', ['-u', user, '--', command, ...args], { cwd: folder })
    else run(command, args, { cwd: folder })
  }

  function stop() {
    try {
      asUser('pg_ctl', ['stop', '-D', data, '-m', 'immediate', '-w', '-t', '30'])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  try {
    asUser('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
    const port = await freePort()
    const settings = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off`
    asUser('pg_ctl', ['start', '-D', data, '-l', log, '-w', '-t', '60', '-o', settings])
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
  } catch (error) {
    const logged = existsSync(log) ? readFileSync(log, 'utf8') : ''
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start: ${error.message}\n${logged}`, { cause: error })
  }
}

function run(command, args, options = {}) {
  // No pipes: the server would inherit them, and the end of pg_ctl would never be seen.
  const { status, error } = spawnSync(command, args, { stdio: 'ignore', timeout: 120_000, ...options })
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
