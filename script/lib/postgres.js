/** A PostgreSQL server for one run: own folder, own port, gone afterwards. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.js'

/** The folder of initdb and pg_ctl; undefined when PostgreSQL is not installed. Debian keeps it off the PATH. */
export function postgresPrograms() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map(version => join(debian, version, 'bin')), ...process.env.PATH.split(':')]
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

/**
 * @param {{ durable?: boolean }} options `durable`: asks the disk to flush at each commit, as in service; tests need not wait for it
 * @returns the owner's address, what ends the server, and what tells its processes
 * @throws Error with the words of initdb or of the server's log
 */
export async function startPostgres({ durable = false } = {}) {
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
    const careless = durable ? '' : ' -c fsync=off -c synchronous_commit=off -c full_page_writes=off'
    const settings = `-p ${port} -h 127.0.0.1 -k ${folder}${careless}`
    asUser('pg_ctl', ['start', '-D', data, '-l', log, '-w', '-t', '60', '-o', settings])
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop, pids: () => withChildren(pid) }
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

/** A process and those it started, where the system tells. */
function withChildren(pid) {
  if (!existsSync('/proc')) return [pid]
  const children = readdirSync('/proc').filter(name => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
    } catch {
      return false
    }
  })
  return [pid, ...children.map(Number)]
}
