import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ServiceError } from '../errors.ts'

/** Keeps files by what they hold: the same bytes twice are one file, and no file ever changes. */
export interface FileStore {
  /** Resolves to the SHA-256 of the bytes in hex, once they would survive a power cut. */
  put(bytes: Uint8Array): Promise<string>
  /** @throws ServiceError 'not-found'; Error when the stored bytes are no longer those that were put */
  get(hash: string): Promise<Uint8Array>
}

export function diskFileStore(folder: string): FileStore {
  return {
    put: bytes => storeFile(folder, bytes),
    get: hash => readStoredFile(folder, hash),
  }
}

export async function storeFile(folder: string, bytes: Uint8Array): Promise<string> {
  const hash = sha256(bytes)
  const path = pathOf(folder, hash)
  const parent = dirname(path)
  if (await isStored(folder, hash)) {
    await syncFolder(parent)
    return hash
  }
  const created = await mkdir(parent, { recursive: true, mode: 0o700 })
  const unfinished = join(parent, `.${hash}.${randomUUID()}.part`)
  try {
    await writeAndSync(unfinished, bytes)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  await syncFolder(parent)
  // A new folder is an entry in the one above, and so on up to the first that was there before.
  if (created !== undefined) {
    for (let at = dirname(parent); at.length >= dirname(created).length; at = dirname(at)) {
      await syncFolder(at)
      if (at === dirname(at)) break
    }
  }
  return hash
}

export async function readStoredFile(folder: string, hash: string): Promise<Uint8Array> {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new ServiceError('not-found', 'There is no stored file of that name.')
  const bytes = await readFile(pathOf(folder, hash)).catch((error: unknown) => {
    if (isMissing(error)) {
      throw new ServiceError('not-found', `File ${hash} is not stored here. Restore the file folder from a backup.`, {
        cause: error,
      })
    }
    throw error
  })
  if (sha256(bytes) !== hash) {
    throw new Error(`Stored file ${hash} has changed on disk. Restore it from a backup and check the disk.`)
  }
  return bytes
}

/** A damaged copy counts as not stored, so that uploading the file again heals it. */
async function isStored(folder: string, hash: string): Promise<boolean> {
  try {
    return sha256(await readFile(pathOf(folder, hash))) === hash
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Two hundred and fifty-six folders, so that none grows too long to list. */
function pathOf(folder: string, hash: string): string {
  return join(resolve(folder), hash.slice(0, 2), hash)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
