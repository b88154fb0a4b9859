import type { Tx } from '../../platform/database/index.ts'
import { quoteUses } from './forms.ts'
import { quotesOf } from './store.ts'
import { holdsWords } from './withdraw-words.ts'

/** Words of the family that stand in a text for which they are not agreed, each with what it is agreed for, as a sentence. */
export async function wordsNotAgreed(
  tx: Tx,
  reviewId: string,
  use: keyof typeof quoteUses,
  text: string,
): Promise<string[]> {
  const found: string[] = []
  for (const { words, answers } of await quotesOf(tx, reviewId)) {
    const agreed = [answers['uses'] ?? []].flat()
    if (words === undefined || agreed.includes(use)) continue
    if (!(await holdsWords(tx, words, ['exact'])(text))) continue
    const uses = Object.entries(quoteUses).flatMap(([key, label]) => (agreed.includes(key) ? label.toLowerCase() : []))
    found.push(
      `“${words}” stands here, and is ${uses.length > 0 ? `agreed for ${uses.join(', ')} only` : 'not agreed for anything'}`,
    )
  }
  return found
}
