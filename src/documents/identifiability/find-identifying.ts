import { monthsAndSeasons, namesThatAreWords } from './common-words.ts'
import { findAges, findDates } from './dates.ts'
import { type Recognisable, type Hit, keyOf, type KnownToRecord, type PlaceNames } from './recognisable.ts'
import { findLikelyNames, findNames, knownNames, wordsInLowerCase } from './names.ts'
import { findNumbers, findOccupations, findOnline } from './numbers.ts'
import { findPlaces, knownPlaces } from './places.ts'
import { findRareCombinations, type RareCombinationSettings } from './rare-combinations.ts'
import { inStored, read } from './reading.ts'

/**
 * Words by which a child could be recognised, in the order of the text. Findings do not overlap, but for a rare
 * combination, which may lie on a word that is a finding too. Nothing is changed: a person decides about each.
 */
export function findIdentifying(
  paragraphs: readonly { id: string; text: string }[],
  known: KnownToRecord,
  places: PlaceNames,
  settings?: RareCombinationSettings,
): Recognisable[] {
  const readings = paragraphs.map(({ text }) => read(text))
  const texts = readings.map(({ text }) => text)
  const names = knownNames(known)
  const namedPlaces = knownPlaces(known, places)
  const lowerWords = wordsInLowerCase(texts)
  const isName = (word: string) => names.words.has(word.toLowerCase().replace(/'s$/, '').replace(/'/g, ''))

  const combinations = findRareCombinations(texts, known, settings)
  const hitsOf = texts.map(text => [
    ...findNames(text, names, lowerWords),
    ...joined(findPlaces(text, namedPlaces, isName), text),
    ...findDates(text, known),
    ...findAges(text),
    ...findNumbers(text),
    ...findOnline(text),
    ...findOccupations(text),
    ...findLikelyNames(text),
  ])
  const madeKnown = wordsMadeKnown(hitsOf.flat())
  const keys = new Map<string, number>()
  return readings.flatMap((reading, index) => {
    const hits = withoutOverlaps([...hitsOf[index]!, ...findAgain(reading.text, madeKnown)])
    const combined = combinations.filter(({ paragraph }) => paragraph === index).map(({ hit }) => hit)
    return [...hits, ...combined]
      .sort((one, other) => one.from - other.from || one.to - other.to)
      .map(hit => {
        const place = inStored(reading, hit.from, hit.to)
        const key = keyOf(hit, reading)
        const repeats = keys.get(key) ?? 0
        keys.set(key, repeats + 1)
        return {
          key: repeats === 0 ? key : `${key}-${repeats + 1}`,
          kind: hit.kind,
          paragraphId: paragraphs[index]!.id,
          ...place,
          words: paragraphs[index]!.text.slice(place.from, place.to),
          why: hit.why,
          safer: hit.safer,
        }
      })
  })
}

interface MadeKnown {
  way: RegExp | undefined
  hits: ReadonlyMap<string, Hit>
}

/** What is called a name in one place, `her brother Corin`, is one in the whole text. */
function wordsMadeKnown(hits: readonly Hit[]): MadeKnown {
  const known = new Map(
    hits.flatMap(hit =>
      (hit.madeKnown ?? []).filter(words => !isWord(words)).map((words): [string, Hit] => [words, hit]),
    ),
  )
  const ways = [...known.keys()].sort((one, other) => other.length - one.length)
  return { hits: known, way: ways.length > 0 ? new RegExp(`\\b(?:${ways.join('|')})\\b`, 'g') : undefined }
}
const isWord = (words: string) =>
  words.length < 3 ||
  !/^[\w '-]+$/.test(words) ||
  namesThatAreWords.has(words.toLowerCase()) ||
  monthsAndSeasons.has(words.toLowerCase())

function findAgain(text: string, { way, hits }: MadeKnown): Hit[] {
  if (!way) return []
  return [...text.matchAll(way)].map(({ index, 0: words }) => {
    const { kind, why, safer } = hits.get(words)!
    return { kind, from: index, to: index + words.length, why, safer }
  })
}

/** `14 Alder Close` and `Hexmoor` with only a comma between are one address. */
function joined(hits: readonly Hit[], text: string): Hit[] {
  const kept: Hit[] = []
  for (const hit of withoutOverlaps(hits)) {
    const before = kept.at(-1)
    const goesOn =
      before?.kind === 'address' &&
      (hit.kind === 'address' || hit.kind === 'place') &&
      /^,? ?$/.test(text.slice(before.to, hit.from))
    if (goesOn) before.to = hit.to
    else kept.push({ ...hit })
  }
  return kept
}

/** Of hits on the same words the longest stays; of equally long ones the first rule's. In the order of the text. */
function withoutOverlaps(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  for (const hit of hits.toSorted((one, other) => other.to - other.from - (one.to - one.from))) {
    if (kept.every(other => hit.to <= other.from || other.to <= hit.from)) kept.push(hit)
  }
  return kept.sort((one, other) => one.from - other.from)
}
