/** Fewer than this many are not told: they could be found out. */
export const fewest = 6

/**
 * Counts that add up to a known whole, as they may be told: `null` where there are a few. Where the others would give a
 * hidden one away, the next smallest is hidden too, until what is hidden adds up to enough. Zero points to nobody.
 */
export function hideSmall<Key extends string>(counts: Readonly<Record<Key, number>>): Record<Key, number | null> {
  const shown: Record<Key, number | null> = { ...counts }
  const inOrder = (Object.keys(counts) as Key[])
    .filter(key => counts[key] > 0)
    .toSorted((a, b) => counts[a] - counts[b])
  const hidden = inOrder.filter(key => counts[key] < fewest)
  const total = () => hidden.reduce((sum, key) => sum + counts[key], 0)
  if (hidden.length > 0) {
    for (const key of inOrder.slice(hidden.length)) {
      if (hidden.length > 1 && total() >= fewest) break
      hidden.push(key)
    }
  }
  for (const key of hidden) shown[key] = null
  return shown
}
