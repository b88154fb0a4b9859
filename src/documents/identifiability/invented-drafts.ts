import { civilDate, formatDate } from '../../platform/dates.ts'
import type { Recognisable, RecognisableKind, KnownToRecord, PlaceNames } from './recognisable.ts'

/** Drafts with planted identifiers, to measure the rules by. Everybody and every place in them is invented. */
export interface DraftParts {
  families: readonly InventedFamily[]
  /**
   * Sentences by what is planted in them: `[[words]]` are to be found, `{slot}` is of the family, ` ¶ ` parts
   * paragraphs. What is planted in one sentence is one thing when it is a rare combination.
   */
  planted: Record<RecognisableKind, readonly string[]>
  /** Sentences in which there is nothing to find, the harder to tell the better. */
  filler: readonly string[]
}

export interface InventedFamily {
  child: string
  sibling: string
  mother: string
  grandmother: string
  family: string
  otherFamily: string
  professional: string
  nickname: string
  born: string
  incidentOn: string
  address: string
  school: string
  setting: string
  area: string
  town: string
}

interface Span {
  id: string
  from: number
  to: number
}
export interface Planted {
  kind: RecognisableKind
  words: string
  /** A rare combination is found when any of its places is. */
  spans: Span[]
}
export interface Draft {
  paragraphs: { id: string; text: string }[]
  known: KnownToRecord
  places: PlaceNames
  planted: Planted[]
}

/** Mulberry32: the same seed, the same drafts. */
function seeded(seed: number): { whole(below: number): number; pick<T>(from: readonly T[]): T } {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number) => Math.floor(next() * below)
  return { whole, pick: from => from[whole(from.length)]! }
}
type Chance = ReturnType<typeof seeded>

/** One letter left out, doubled, changed or swapped with the next; never the first. */
function misspelt(word: string, chance: Chance): string {
  const at = 1 + chance.whole(word.length - 2)
  const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)]
  const ways = [before + after, before + letter + letter + after, `${before}${letter === 'e' ? 'a' : 'e'}${after}`]
  if (after[0] !== letter) ways.push(before + after[0] + letter + after.slice(1))
  return chance.pick(ways)
}

const ordinals = (day: number) =>
  `${day}${day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'}`

function slotsOf(family: InventedFamily, chance: Chance): Record<string, string> {
  const incident = civilDate(family.incidentOn)
  const [year, month, day] = family.incidentOn.split('-') as [string, string, string]
  const [bornDay, ...bornRest] = formatDate(civilDate(family.born)).split(' ')
  const lastFamily = family.family.split('-').at(-1)!
  return {
    ...family,
    families: `${family.family}s`,
    initials: `${family.child[0]}.${family.family[0]}.`,
    CHILD: family.child.toUpperCase(),
    FAMILY: family.family.toUpperCase(),
    childTypo: family.child.length >= 5 && family.child !== 'Summer' ? misspelt(family.child, chance) : family.child,
    familyTypo: misspelt(lastFamily, chance),
    incidentLong: formatDate(incident),
    incidentSlash: `${day}/${month}/${year.slice(2)}`,
    bornOrdinal: `${ordinals(Number(bornDay))} of ${bornRest.join(' ')}`,
    addressShort: family.address.split(',').at(-2)!.trim(),
  }
}

function knownOf(family: InventedFamily): KnownToRecord {
  const [given, ...rest] = family.professional.split(' ') as [string, ...string[]]
  return {
    people: [
      { relation: 'child', given: family.child, family: family.family, others: [family.nickname] },
      { relation: 'sibling', given: family.sibling, family: family.family },
      { relation: 'mother', given: family.mother, family: family.otherFamily },
      { relation: 'maternal grandmother', given: family.grandmother, family: family.otherFamily },
      { relation: 'social worker', given, family: rest.join(' ') },
    ],
    dates: [
      { what: 'birth', on: civilDate(family.born) },
      { what: 'incident', on: civilDate(family.incidentOn) },
    ],
    addresses: [family.address],
    settings: [family.school, family.setting],
    areas: [family.area],
  }
}

/** Sentences become paragraphs of about five; one that parts paragraphs stands alone. */
export function inventDrafts(parts: DraftParts, seed: number, count: number): Draft[] {
  const chance = seeded(seed)
  const shuffled = <T>(items: readonly T[]): T[] => {
    const left = [...items]
    return items.map(() => left.splice(chance.whole(left.length), 1)[0]!)
  }
  const queues = new Map<RecognisableKind, string[]>()
  const nextOf = (kind: RecognisableKind): string => {
    const queue = queues.get(kind) ?? []
    if (queue.length === 0) queue.push(...shuffled(parts.planted[kind]))
    queues.set(kind, queue)
    return queue.pop()!
  }
  const perDraft: Record<RecognisableKind, number> = {
    name: 5,
    date: 4,
    age: 1,
    place: 2,
    'school-or-setting': 3,
    address: 2,
    number: 2,
    online: 1,
    occupation: 1,
    'rare-combination': 1,
  }

  return Array.from({ length: count }, (_, index) => {
    const family = parts.families[index % parts.families.length]!
    const slots = slotsOf(family, chance)
    const plants = (Object.keys(perDraft) as RecognisableKind[])
      .filter(kind => kind !== 'rare-combination')
      .flatMap(kind => Array.from({ length: perDraft[kind] }, () => ({ kind, template: nextOf(kind) })))
    const filler = shuffled(parts.filler).map(template => ({ kind: undefined, template }))
    const blocks: { kind: RecognisableKind | undefined; template: string }[][] = []
    const sentences = shuffled([...plants, ...filler])
    while (sentences.length > 0) blocks.push(sentences.splice(0, 3 + chance.whole(4)))
    // Every other draft has a rare combination; in the rest, finding one is a mistake.
    if (index % 2 === 0) {
      const parts = nextOf('rare-combination').split(' ¶ ')
      const at = chance.whole(blocks.length)
      blocks.splice(at, 0, ...parts.map(template => [{ kind: 'rare-combination' as const, template }]))
    }

    const draft: Draft = {
      paragraphs: [],
      known: knownOf(family),
      places: { areas: [{ name: family.area, region: 'the north of England' }] },
      planted: [],
    }
    let combination: Planted | undefined
    for (const [number, block] of blocks.entries()) {
      const id = `p${number + 1}`
      let text = ''
      for (const { kind, template } of block) {
        if (text) text += ' '
        const filled = template.replace(/\{(\w+)\}/g, (_all, slot: string) => {
          const value = slots[slot]
          if (value === undefined) throw new Error(`No slot {${slot}}`)
          return value
        })
        for (const [part, piece] of filled.split(/\[\[|\]\]/).entries()) {
          if (part % 2 === 1 && kind) {
            const span = { id, from: text.length, to: text.length + piece.length }
            if (kind === 'rare-combination' && combination) {
              combination.spans.push(span)
              combination.words += ` / ${piece}`
            } else {
              const planted = { kind, words: piece, spans: [span] }
              draft.planted.push(planted)
              if (kind === 'rare-combination') combination = planted
            }
          }
          text += piece
        }
      }
      draft.paragraphs.push({ id, text })
    }
    return draft
  })
}

const overlaps = (span: Span, one: Recognisable) =>
  span.id === one.paragraphId && one.from < span.to && span.from < one.to

/** Found: a finding of the same kind covers most of the words; of a rare combination, any of them. */
function isFound(planted: Planted, findings: readonly Recognisable[]): boolean {
  return planted.spans.some(span => {
    const covered = findings
      .filter(finding => finding.kind === planted.kind && overlaps(span, finding))
      .reduce((sum, finding) => sum + Math.min(finding.to, span.to) - Math.max(finding.from, span.from), 0)
    return planted.kind === 'rare-combination' ? covered > 0 : covered >= 0.6 * (span.to - span.from)
  })
}

export interface Measured {
  planted: number
  found: number
  recall: number
  byKind: Record<string, { planted: number; found: number; recall: number }>
  missed: string[]
  pages: number
  falseFindings: number
  falsePerPage: number
  falseWords: string[]
}

/** A page is 400 words. A false finding touches nothing that was planted. */
export function measure(drafts: readonly Draft[], find: (draft: Draft) => Recognisable[]): Measured {
  const byKind: Measured['byKind'] = {}
  const missed: string[] = []
  const falseWords: string[] = []
  let words = 0
  for (const draft of drafts) {
    const findings = find(draft)
    words += draft.paragraphs.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0)
    for (const planted of draft.planted) {
      const tally = (byKind[planted.kind] ??= { planted: 0, found: 0, recall: 0 })
      tally.planted += 1
      if (isFound(planted, findings)) tally.found += 1
      else missed.push(`${planted.kind}: ${planted.words}`)
      tally.recall = tally.found / tally.planted
    }
    for (const finding of findings) {
      if (draft.planted.some(planted => planted.spans.some(span => overlaps(span, finding)))) continue
      const text = draft.paragraphs.find(({ id }) => id === finding.paragraphId)!.text
      falseWords.push(
        `${finding.kind}: ${text.slice(Math.max(0, finding.from - 25), finding.from)}>>${finding.words}<<${text.slice(finding.to, finding.to + 15)}`,
      )
    }
  }
  const planted = Object.values(byKind).reduce((sum, one) => sum + one.planted, 0)
  const pages = words / 400
  return {
    planted,
    found: planted - missed.length,
    recall: 1 - missed.length / planted,
    byKind,
    missed,
    pages,
    falseFindings: falseWords.length,
    falsePerPage: falseWords.length / pages,
    falseWords,
  }
}
