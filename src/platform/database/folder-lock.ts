import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Keeps a second process out of an embedded database's folder: two processes on one folder silently lose rows.
 * The file holds the process and when that process started, since numbers of ended processes are given out again.
 * @returns a function that gives the folder back
 * @throws Error when a living process has it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'weathervane.lock')
  const mine = `${process.pid} ${startOf(process.pid)}`
  const own = `${file}.${process.pid}`
  for (;;) {
    if (took(file, own, mine)) return () => giveBack(file, mine)
    const held = readIfThere(file)
    if (held === undefined) continue
    const [pid, start] = held.split(' ')
    if (startOf(Number(pid)) === start && start !== '') {
      throw new Error(
        `The data folder ${folder} is in use by process ${pid}. Stop it first, or set WEATHERVANE_DATA to another folder.`,
      )
    }
    setAside(file, own, held)
  }
}

/** The file appears with its content, or not at all where there is one: nobody reads half a lock. */
function took(file: string, own: string, mine: string): boolean {
  writeFileSync(own, mine)
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(own)
  }
}

/** Takes away the lock of an ended process; puts it back where another process has taken its place since it was read. */
function setAside(file: string, own: string, held: string): void {
  try {
    renameSync(file, own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return
  }
  if (readFileSync(own, 'utf8') !== held) linkSync(own, file)
  rmSync(own)
}

function giveBack(file: string, mine: string): void {
  if (readIfThere(file) === mine) rmSync(file, { force: true })
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}

/** When a process started, in a form that differs between two processes of one number; empty when there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return startWithoutProc(pid)
  }
}

/** Elsewhere than on Linux: that the process lives is all we can tell. */
function startWithoutProc(pid: number): string {
  try {
    process.kill(pid, 0)
    return process.platform === 'linux' ? '' : 'alive'
  } catch {
    return ''
  }
}
