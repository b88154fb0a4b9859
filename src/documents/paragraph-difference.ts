import { commonInOrder, type NamedParagraph } from './match-paragraphs.ts'

/** A stretch of words that both have, or only one of them. */
export interface DifferentWords {
  kind: 'same' | 'removed' | 'added'
  text: string
}

export interface ParagraphDifference<Paragraph extends NamedParagraph> {
  kind: 'same' | 'changed' | 'added' | 'removed'
  /** It stands elsewhere, among those that both versions have. */
  moved: boolean
  /** As it is now; as it was, where it is removed. */
  paragraph: Paragraph
  /** Of a changed one. */
  words: DifferentWords[]
}

/**
 * Every paragraph of two versions of a text, in the order of the later. One that was removed stands after the one that it
 * stood after.
 */
export function paragraphDifferences<Paragraph extends NamedParagraph>(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
): ParagraphDifference<Paragraph>[] {
  const was = new Map(before.map(paragraph => [paragraph.id, paragraph]))
  const isNow = new Set(after.map(({ id }) => id))
  const common = after.filter(({ id }) => was.has(id)).map(({ id }) => id)
  const inOrder = new Set(
    commonInOrder(
      before.filter(({ id }) => isNow.has(id)).map(({ id }) => id),
      common,
    ).map(([, at]) => common[at]!),
  )
  const gone = new Map<string, Paragraph[]>()
  let last = ''
  for (const paragraph of before) {
    if (isNow.has(paragraph.id)) last = paragraph.id
    else gone.set(last, [...(gone.get(last) ?? []), paragraph])
  }
  const removedAfter = (id: string) =>
    (gone.get(id) ?? []).map(paragraph => ({ kind: 'removed' as const, moved: false, paragraph, words: [] }))
  return [
    ...removedAfter(''),
    ...after.flatMap((paragraph): ParagraphDifference<Paragraph>[] => {
      const earlier = was.get(paragraph.id)
      const moved = earlier !== undefined && !inOrder.has(paragraph.id)
      const kind = !earlier ? 'added' : earlier.text === paragraph.text ? 'same' : 'changed'
      const words = kind === 'changed' ? wordDifference(earlier!.text, paragraph.text) : []
      return [{ kind, moved, paragraph, words }, ...removedAfter(paragraph.id)]
    }),
  ]
}

/** Word by word, what was removed before what was added. The spaces stand with the words. */
export function wordDifference(before: string, after: string): DifferentWords[] {
  const [was, is] = [wordsOf(before), wordsOf(after)]
  const found: DifferentWords[] = []
  const add = (kind: DifferentWords['kind'], words: readonly string[]) => {
    if (words.length === 0) return
    const text = words.join('')
    const last = found.at(-1)
    if (last?.kind === kind) last.text += text
    else found.push({ kind, text })
  }
  let [then, now] = [0, 0]
  for (const [one, other] of [...commonInOrder(was, is), [was.length, is.length] as const]) {
    add('removed', was.slice(then, one))
    add('added', is.slice(now, other))
    add('same', is.slice(other, other + 1))
    then = one + 1
    now = other + 1
  }
  return found
}

function wordsOf(text: string): string[] {
  return text.match(/\s*\S+/g) ?? []
}
