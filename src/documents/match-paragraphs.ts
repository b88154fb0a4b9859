/** A paragraph that has a name, which it keeps in later versions of its text. */
export interface NamedParagraph {
  id: string
  text: string
}

/** Two paragraphs that share less of their words are taken for different ones. */
const alike = 0.5

/**
 * Which paragraph of the version before each of these is: its id, or undefined for a new one. The same words in the same
 * order are the same paragraph; then the same words elsewhere; then those that share most of their words. No id is given
 * twice.
 */
export function matchParagraphs(before: readonly NamedParagraph[], after: readonly string[]): (string | undefined)[] {
  const was = before.map(({ text }) => plain(text))
  const is = after.map(plain)
  const matched = new Map<number, number>()
  const taken = new Set<number>()
  const match = (now: number, earlier: number) => {
    matched.set(now, earlier)
    taken.add(earlier)
  }
  for (const [earlier, now] of commonInOrder(was, is)) match(now, earlier)
  for (const [now, text] of is.entries()) {
    if (matched.has(now)) continue
    const earlier = was.findIndex((other, at) => other === text && !taken.has(at))
    if (earlier >= 0) match(now, earlier)
  }
  const open = was.flatMap((text, earlier) => (taken.has(earlier) ? [] : [{ earlier, words: countsOf(text) }]))
  const pairs = is.flatMap((text, now) => {
    if (matched.has(now)) return []
    const words = countsOf(text)
    return open.flatMap(({ earlier, words: others }) => {
      const share = sharedPart(words, others)
      return share >= alike ? [{ now, earlier, share, apart: Math.abs(now - earlier) }] : []
    })
  })
  for (const { now, earlier } of pairs.sort((one, other) => other.share - one.share || one.apart - other.apart)) {
    if (!matched.has(now) && !taken.has(earlier)) match(now, earlier)
  }
  return after.map((_, now) => {
    const earlier = matched.get(now)
    return earlier === undefined ? undefined : before[earlier]!.id
  })
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Of the words of both, how many are in the other too: from 0 to 1 (Dice). */
function sharedPart(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [word, count] of one) shared += Math.min(count, other.get(word) ?? 0)
  const all = sum(one) + sum(other)
  return all === 0 ? 0 : (2 * shared) / all
}

function sum(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((total, count) => total + count, 0)
}

/** Places in both of the longest run of things that stand in the same order: pairs of indexes. */
export function commonInOrder<T>(one: readonly T[], other: readonly T[]): [number, number][] {
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1
  let end = 0
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  const [rows, columns] = [one.length - start - end, other.length - start - end]
  const width = columns + 1
  const longest = new Uint32Array((rows + 1) * width)
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      longest[row * width + column] =
        one[start + row] === other[start + column]
          ? 1 + longest[(row + 1) * width + column + 1]!
          : Math.max(longest[(row + 1) * width + column]!, longest[row * width + column + 1]!)
    }
  }
  const pairs: [number, number][] = Array.from({ length: start }, (_, at) => [at, at])
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    if (one[start + row] === other[start + column]) {
      pairs.push([start + row, start + column])
      row += 1
      column += 1
    } else if (longest[(row + 1) * width + column]! >= longest[row * width + column + 1]!) row += 1
    else column += 1
  }
  for (let at = end; at > 0; at -= 1) pairs.push([one.length - at, other.length - at])
  return pairs
}
