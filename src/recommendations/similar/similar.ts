import type { Theme } from '../../reference-data/index.ts'
import { stemsIn } from './words.ts'

/** A recommendation as far as another may be like it. */
export interface Comparable {
  id: string
  text: string
  themes: readonly Theme[]
  /** Names of bodies, or of kinds of body. */
  addressees: readonly string[]
}

export interface Similar {
  id: string
  score: number
}

/** Robertson and Walker's weights: how soon a word said again counts no more, and how much a long text counts less. */
const saturation = 1.2
const lengthWeight = 0.75
/** Of the best score by words: what a shared theme, or addressee, adds to it. */
const forTheme = 0.25
const forAddressee = 0.1

interface Posting {
  document: number
  count: number
}

/**
 * Recommendations by their words, in memory. A search looks at those alone that share a word with the draft, and goes
 * over the rarest words first.
 */
export class SimilarIndex {
  private readonly postings = new Map<string, Posting[]>()
  private readonly documents: {
    id: string
    length: number
    themes: readonly Theme[]
    addressees: readonly string[]
  }[] = []
  private readonly numbers = new Map<string, number>()
  private totalLength = 0

  get size(): number {
    return this.documents.length
  }

  /** One that is there already stays as it is: what was issued does not change. */
  add({ id, text, themes, addressees }: Comparable): void {
    if (this.numbers.has(id)) return
    const stems = stemsIn(text)
    const document = this.documents.length
    this.numbers.set(id, document)
    this.documents.push({ id, length: stems.length, themes, addressees })
    this.totalLength += stems.length
    for (const [stem, found] of Map.groupBy(stems, stem => stem)) {
      const list = this.postings.get(stem)
      if (list) list.push({ document, count: found.length })
      else this.postings.set(stem, [{ document, count: found.length }])
    }
  }

  /** The most like it first; what shares no word is not like it. `among` leaves out what must not be found. */
  find(draft: Omit<Comparable, 'id'>, most: number, among: (id: string) => boolean = () => true): Similar[] {
    const scores = new Float64Array(this.documents.length)
    const mean = this.totalLength / Math.max(1, this.documents.length)
    for (const stem of new Set(stemsIn(draft.text))) {
      const found = this.postings.get(stem)
      if (!found) continue
      const rarity = Math.log(1 + (this.documents.length - found.length + 0.5) / (found.length + 0.5))
      for (const { document, count } of found) {
        const long = 1 - lengthWeight + (lengthWeight * this.documents[document]!.length) / mean
        const weight = (count * (saturation + 1)) / (count + saturation * long)
        scores[document]! += rarity * weight
      }
    }
    const best = scores.reduce((most, score) => Math.max(most, score), 0)
    const found: Similar[] = []
    for (const [document, words] of scores.entries()) {
      if (words === 0) continue
      // Most are far from the first ten: what would be added to them is not looked at.
      const last = found.length < most ? 0 : found.at(-1)!.score
      if (words + (forTheme + forAddressee) * best < last) continue
      const { id, themes, addressees } = this.documents[document]!
      const theme = themes.some(theme => draft.themes.includes(theme)) ? forTheme * best : 0
      const addressee = addressees.some(name => draft.addressees.includes(name)) ? forAddressee * best : 0
      const one = { id, score: words + theme + addressee }
      if (found.length === most && !isMoreLike(one, found.at(-1)!)) continue
      if (!among(id)) continue
      const place = found.findIndex(other => isMoreLike(one, other))
      found.splice(place < 0 ? found.length : place, 0, one)
      found.length = Math.min(found.length, most)
    }
    return found
  }
}

function isMoreLike(one: Similar, other: Similar): boolean {
  return one.score > other.score || (one.score === other.score && one.id < other.id)
}
