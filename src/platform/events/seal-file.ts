import { open, readFile, readdir, rename, rm, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { logs, type Log, type SealHead } from './seal-hashes.ts'

/** One row of a log in a seal: log, id, leaf. Its position is its place in the list. */
export type SealedRow = readonly [log: Log, id: string, leaf: string]

/** A seal as it lies outside the database, in `<folder>/seals/000001.json`. */
export interface SealFile extends SealHead {
  root: string
  entries: readonly SealedRow[]
}

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const sealFile = z.object({
  seal: z.int().positive(),
  at: z.string(),
  snapshot: z.string(),
  previousRoot: hex,
  root: hex,
  entries: z.array(z.tuple([z.enum(logs), z.string().regex(/^-?\d+$/), hex])),
})

export function sealFilePath(folder: string, seal: number): string {
  return join(folder, 'seals', `${String(seal).padStart(6, '0')}.json`)
}

/** Writes the file and waits for the disk. It counts once `settle` takes the ending `.pending` from its name. */
export async function writePending(folder: string, seal: SealFile): Promise<void> {
  await mkdir(join(folder, 'seals'), { recursive: true })
  const file = await open(`${sealFilePath(folder, seal.seal)}.pending`, 'w')
  try {
    const { entries, ...head } = seal
    await file.write(`${JSON.stringify(head).slice(0, -1)},"entries":[\n`)
    for (let from = 0; from < entries.length; from += 10_000) {
      const lines = entries.slice(from, from + 10_000).map(entry => JSON.stringify(entry))
      await file.write(`${from ? ',\n' : ''}${lines.join(',\n')}`)
    }
    await file.write('\n]}\n')
    await file.sync()
  } finally {
    await file.close()
  }
}

export async function settle(folder: string, seal: number): Promise<void> {
  const path = sealFilePath(folder, seal)
  await rename(`${path}.pending`, path).catch(async (error: NodeJS.ErrnoException) => {
    // Between commit and here another process may have settled it.
    if (error.code !== 'ENOENT' || !(await sealsIn(folder)).written.includes(seal)) throw error
  })
  const directory = await open(join(folder, 'seals'))
  await directory.sync()
  await directory.close()
}

export async function dropPending(folder: string, seal: number): Promise<void> {
  await rm(`${sealFilePath(folder, seal)}.pending`, { force: true })
}

/** The numbers of the seals whose files are there, and of those whose transaction may or may not have ended. */
export async function sealsIn(folder: string): Promise<{ written: number[]; pending: number[] }> {
  const names = await readdir(join(folder, 'seals')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const numbers = (pattern: RegExp) => names.flatMap(name => pattern.exec(name)?.[1] ?? []).map(Number)
  return { written: numbers(/^(\d+)\.json$/).sort((a, b) => a - b), pending: numbers(/^(\d+)\.json\.pending$/) }
}

/** @throws Error when the file is missing, or does not read as a seal */
export async function readSealFile(folder: string, seal: number, ending: '' | '.pending' = ''): Promise<SealFile> {
  return sealFile.parse(JSON.parse(await readFile(sealFilePath(folder, seal) + ending, 'utf8')))
}
