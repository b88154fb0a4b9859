/** A paragraph as the rules read it, and the way back to the stored text. */
export interface Reading {
  /** Without diacritics, curly quotes, soft hyphens, breaks within words; any run of white space is one space. */
  text: string
  /** Where the letter at an index of `text` begins in the stored text. One longer than `text`. */
  storedFrom: readonly number[]
  /** Where it ends. */
  storedTo: readonly number[]
}

const spelled: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‛': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
}

export function read(stored: string): Reading {
  const letters: string[] = []
  const storedFrom: number[] = []
  const storedTo: number[] = []
  let at = 0
  while (at < stored.length) {
    const code = stored.charCodeAt(at)
    if (code > 32 && code < 127 && code !== 45) {
      letters.push(stored[at]!)
      storedFrom.push(at)
      storedTo.push((at += 1))
      continue
    }
    const rest = /^(?:\s+|[\u00ad\u200b-\u200d\u2060\ufeff]|\p{M})/u.exec(stored.slice(at, at + 400))?.[0]
    if (rest !== undefined && /^\s/.test(rest)) {
      letters.push(' ')
      storedFrom.push(at)
      storedTo.push((at += rest.length))
    } else if (rest !== undefined) {
      at += rest.length
      // A combining accent belongs to the letter before it.
      if (storedTo.length > 0 && /\p{M}/u.test(rest)) storedTo[storedTo.length - 1] = at
    } else if (code === 45 && /^-[ \t]*\r?\n\s*\p{Ll}/u.test(stored.slice(at, at + 40))) {
      at += /^-\s+/.exec(stored.slice(at, at + 40))![0].length
    } else {
      const length = code >= 0xd800 && code < 0xdc00 ? 2 : 1
      const letter = stored.slice(at, at + length)
      const plain = spelled[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '')
      for (const one of plain) {
        letters.push(...one.split(''))
        for (let unit = 0; unit < one.length; unit += 1) {
          storedFrom.push(at)
          storedTo.push(at + length)
        }
      }
      at += length
    }
  }
  storedFrom.push(stored.length)
  return { text: letters.join(''), storedFrom, storedTo }
}

/** The same folding for words of the record. */
export const folded = (words: string): string => read(words).text.trim()

export function inStored({ storedFrom, storedTo }: Reading, from: number, to: number): { from: number; to: number } {
  return { from: storedFrom[from]!, to: storedTo[to - 1]! }
}

/** Whether a sentence begins at an index: first of all, after a full stop, a bullet or an opening quote. */
export function startsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:] |[.!?]["')] |[•*] |\| )["'(]*$/.test(text.slice(Math.max(0, at - 6), at))
}
