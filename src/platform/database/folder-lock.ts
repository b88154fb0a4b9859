import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [pid, start] = readFileSync(file, 'utf8').split(' ')
      if (startOf(Number(pid)) === start && start !== '') {
        throw new Error(
          `The data folder ${folder} is in use by process ${pid}. Stop it first, or set WEATHERVANE_DATA to another folder.`,
        )
      }
      rmSync(file, { force: true })
    }
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
