import { ServiceError } from '../platform/errors.ts'
import { extractText, UploadProblem, type FileStore } from '../platform/files/index.ts'
import type { FindPublishedFiles } from '../reviews/index.ts'
import { publicFilesOf } from './store.ts'

/** Reads the files that a review publishes, or is to publish, and names those that hold the words, or may. */
export function publishedFilesWith(files: FileStore): FindPublishedFiles {
  return async (tx, reviewId, holds) => {
    const found: Awaited<ReturnType<FindPublishedFiles>> = []
    for (const { title, hash, extension } of await publicFilesOf(tx, reviewId)) {
      const text = await textOf(files, { hash, extension })
      if (text === undefined)
        found.push({ name: `${title} (published file, which could not be read here: look yourself)`, hash: undefined })
      else if (await holds(text)) found.push({ name: `${title} (published file)`, hash })
    }
    return found
  }
}

/** Undefined for a file that cannot be read: nobody is kept from withdrawing words by it. */
async function textOf(
  files: FileStore,
  { hash, extension }: { hash: string; extension: string },
): Promise<string | undefined> {
  try {
    const { paragraphs } = await extractText({ name: `file.${extension}`, bytes: await files.get(hash) })
    return paragraphs.map(({ text }) => text).join(' ')
  } catch (error) {
    if (error instanceof UploadProblem || error instanceof ServiceError) return undefined
    throw error
  }
}
