import { extractText, type FileStore } from '../platform/files/index.ts'
import type { FindPublishedFiles } from '../reviews/index.ts'
import { publicFilesOf } from './store.ts'

/** Reads the files that a review publishes, or is to publish, and names those that hold the words. */
export function publishedFilesWith(files: FileStore): FindPublishedFiles {
  return async (tx, reviewId, holds) => {
    const found: string[] = []
    for (const { title, hash, extension } of await publicFilesOf(tx, reviewId)) {
      const { paragraphs } = await extractText({ name: `file.${extension}`, bytes: await files.get(hash) })
      if (holds(paragraphs.map(({ text }) => text).join(' '))) found.push(`${title} (published file)`)
    }
    return found
  }
}
