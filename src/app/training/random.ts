/** Chance that can be repeated: the same seed always gives the same sequence. Not for secrets. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number
  chance(probability: number): boolean
  /** A whole number from `least` up to and including `most`. */
  whole(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** One of the keys, as often as its weight says against the sum of all. Weights need not add up to 1. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K
  /** Gamma distributed with mean 1 and variance `1 / shape`. */
  gamma(shape: number): number
  shuffled<T>(items: readonly T[]): T[]
}

/** Generator sfc32 of Chris Doty-Humphrey, seeded with the text's 32-bit FNV-1a hash. */
export function seededRandom(seed: number | string): Random {
  let hash = 0x811c9dc5
  for (const letter of String(seed)) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = hash | 0
  let counter = 1

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next()

  /** Box and Muller. */
  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  }

  /** Marsaglia and Tsang, 2000; for a shape below 1 their boost. */
  function gammaOf(shape: number): number {
    if (shape < 1) return gammaOf(shape + 1) * (1 - next()) ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
    }
  }

  const random: Random = {
    next,
    chance: probability => next() < probability,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick<T>(from: readonly T[]): T {
      const picked = from[Math.floor(next() * from.length)]
      if (picked === undefined) throw new RangeError('There is nothing to pick from')
      return picked
    },
    weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
      let total = 0
      for (const key in weights) total += weights[key] ?? 0
      let left = next() * total
      let last: K | undefined
      for (const key in weights) {
        const weight = weights[key] ?? 0
        if (weight > 0) last = key
        left -= weight
        if (left < 0) return key
      }
      if (last === undefined) throw new RangeError('No weight is above zero')
      return last
    },
    gamma: shape => gammaOf(shape) / shape,
    shuffled<T>(items: readonly T[]): T[] {
      return items
        .map(item => ({ item, order: next() }))
        .sort((one, other) => one.order - other.order)
        .map(each => each.item)
    },
  }
  return random
}

/** `10-13` is a whole number from 10 to 13, each as likely. */
export function drawDays(random: Random, shares: Record<string, number>): number {
  const [least = '0', most = least] = random.weighted(shares).split('-')
  return random.whole(Number(least), Number(most))
}
/** Picks an index as often as its weight says, by bisection of the running sum. */
export function sampler(weights: readonly number[]): (random: Random) => number {
  let sum = 0
  const running = weights.map(weight => (sum += weight))
  return random => {
    const target = random.next() * sum
    let low = 0
    let high = running.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((running[middle] ?? 0) > target) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Shares a whole number out in proportion, by largest remainder, so that the parts add up to it. */
export function apportion<K extends string>(total: number, weights: Record<K, number>): Record<K, number> {
  const keys = Object.keys(weights) as K[]
  const sum = keys.reduce((all, key) => all + weights[key], 0)
  const exact = keys.map(key => ({ key, share: (total * weights[key]) / sum }))
  const parts = Object.fromEntries(exact.map(({ key, share }) => [key, Math.floor(share)])) as Record<K, number>
  const left = total - keys.reduce((all, key) => all + parts[key], 0)
  const byRemainder = exact.toSorted((one, other) => (other.share % 1) - (one.share % 1))
  for (const { key } of byRemainder.slice(0, left)) parts[key] += 1
  return parts
}
