import { abbreviations, monthsAndSeasons, namesThatAreWords, officialWords, seldomFirstAsWord } from './common-words.ts'
import type { Hit, KnownPerson, KnownToRecord } from './recognisable.ts'
import { folded, startsSentence } from './reading.ts'

interface KnownWord {
  word: string
  /** As in the record, without accents. */
  spelling: string
  isFamily: boolean
  /** Nobody in particular when several share the word. */
  relation: string
}

export interface KnownNames {
  words: ReadonlyMap<string, KnownWord>
  /** Long enough that one wrong letter still tells whose name it is. */
  forgiving: readonly KnownWord[]
  initials: RegExp | undefined
}

const title = String.raw`Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof|Professor|Sir|Dame|Rev|Reverend|Cllr|Nan|Nana|Nanny|Gran|Granny|Grandma|Grandad|Grandpa|Auntie|Aunty|Aunt|Uncle|PC|PCSO|WPC|DC|DS|DI|DCI|Sgt|HHJ`
const kin = String.raw`mother|mum|father|dad|parent|stepfather|stepmother|step-father|step-mother|brother|sister|half-brother|half-sister|stepbrother|stepsister|sibling|twin|son|daughter|baby|child|boy|girl|grandmother|grandfather|grandparent|aunt|auntie|uncle|cousin|niece|nephew|partner|boyfriend|girlfriend|husband|wife|friend|neighbour|lodger|carer|foster carer|godmother|classmate`
const role = String.raw`[Ss]ocial [Ww]orker|[Hh]ealth [Vv]isitor|[Mm]idwife|[Ss]chool [Nn]urse|[Ff]amily [Ss]upport [Ww]orker|[Tt]eaching [Aa]ssistant|[Hh]ead ?teacher|[Tt]eacher|[Cc]onsultant|[Pp]aediatrician|[Cc]onstable|[Ss]ergeant|[Ii]nspector|[Cc]oroner|[Jj]udge|[Pp]sychologist|[Kk]ey ?worker|[Rr]eviewer|[Cc]hair`
const aName = String.raw`[A-Z][a-z]*(?:'[A-Z])?[a-z]+(?:-[A-Z][a-z]+)?`

const without = (word: string) => word.toLowerCase().replace(/'/g, '')
const particles =
  /^(?:de|da|del|van|von|der|al|el|bin|ibn|ben|la|le|o|mc|mac|st|jr|nan|nana|nanny|gran|granny|auntie|aunty|uncle|mr|mrs|ms|miss|dr)$/

export function knownNames({ people }: KnownToRecord): KnownNames {
  const words = new Map<string, KnownWord>()
  const add = (spelling: string, isFamily: boolean, relation: string) => {
    const word = without(spelling)
    if (word.length < 2 || particles.test(word)) return
    const before = words.get(word)
    const shared = before && before.relation !== relation
    words.set(word, { word, spelling, isFamily, relation: isFamily || shared ? 'family' : relation })
  }
  const addName = (name: string | undefined, isFamily: boolean, relation: string) => {
    if (!name) return
    const parts = folded(name).split(/[ -]+/)
    for (const part of parts) add(part, isFamily, relation)
    if (parts.length > 1) add(parts.join(''), isFamily, relation)
  }
  for (const { given, family, others = [], relation } of people) {
    addName(given, false, relation)
    addName(family, true, relation)
    for (const other of others) addName(other, false, relation)
  }
  return {
    words,
    forgiving: [...words.values()].filter(({ word }) => word.length >= 5),
    initials: initialsOf(people),
  }
}

/** `R.T.`, `R. T.`, `R.J.T.`, `RT`. */
function initialsOf(people: readonly KnownPerson[]): RegExp | undefined {
  const ways = people.flatMap(({ given, family }) => {
    if (!given || !family) return []
    const [first, last] = [folded(given)[0]!.toUpperCase(), folded(family)[0]!.toUpperCase()]
    if (!/^[A-Z]{2}$/.test(first + last)) return []
    const dotted = String.raw`${first}\. ?(?:[A-Z]\. ?)?${last}\b\.?`
    return abbreviations.has((first + last).toLowerCase()) ? [dotted] : [dotted, `${first}${last}(?![\\w-])`]
  })
  return ways.length > 0 ? new RegExp(String.raw`(?<![\w.-])(?:${[...new Set(ways)].join('|')})`, 'g') : undefined
}

interface Token {
  from: number
  /** Without a possessive ending. */
  word: string
  to: number
}

const tokensOf = (text: string): Token[] =>
  [...text.matchAll(/\p{L}+(?:'\p{L}+)*/gu)].map(({ index, 0: all }) => {
    const word = all.replace(/'s$/i, '')
    return { from: index, word, to: index + word.length }
  })

/** Words that the document also writes in lower case are words, and no misspelt name. */
export function wordsInLowerCase(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap(text => text.match(/(?<![\w'-])\p{Ll}{4,}/gu) ?? []))
}

const isUpper = (word: string) => word.length > 1 && word === word.toUpperCase()
const verbs =
  /^(?:'s|s'|,? (?:was|is|had|has|did|does|would|could|can|might|told|said|says|lived|lives|went|came|became|knew|felt|spoke|slept|ran|left|ate|grew|never|also|then|himself|herself|who|whose|\w+ed)\b|, [a-z])/

/** Whether a word that is both, `Grace` or `Will`, stands here as a name. */
export function standsAsName(text: string, { from, word, to }: Token): boolean {
  const before = text.slice(Math.max(0, from - 30), from)
  const after = text.slice(to, to + 40)
  const lower = word.toLowerCase()
  if (!/^\p{Lu}/u.test(word)) return false
  if (isUpper(word)) {
    const inHeading = /\p{Lu}{2,} $/u.test(before) || /^ \p{Lu}{2,}/u.test(after)
    return (
      !inHeading ||
      /\b(?:WITH|ABOUT|FOR|BY|TO|OF|AND|SISTER|BROTHER|CHILD|BABY) $/.test(before) ||
      /^,? AND (?:HIS|HER|THEIR)\b/.test(after)
    )
  }
  const next = /^ ([A-Z][\w']*)/.exec(after)?.[1]
  if (next && (officialWords.has(next.toLowerCase()) || /(?:s|ing|Act|Garden|Road|Street|Lane|Hill)$/.test(next))) {
    return false
  }
  if (
    /^(?:white|black|brown|mixed|asian)$/.test(lower) &&
    /^(?: (?:and|or) (?:Black|Asian|White)|,? ?[a-z])/.test(after)
  ) {
    return false
  }
  if (startsSentence(text, from)) return seldomFirstAsWord.has(lower) || verbs.test(after)
  if (monthsAndSeasons.has(lower)) {
    if (
      /^ (?:\d|term\b|half\b|holiday|of\b|and [A-Z]|to [A-Z])/.test(after) ||
      /\d(?:st|nd|rd|th)?(?: of)? $/.test(before)
    ) {
      return false
    }
    if (
      /\b(?:in|by|since|early|late|last|next|from|until|till|between|mid|during|through|every|each|this|of|to|and) $/i.test(
        before,
      )
    ) {
      return after.startsWith("'s ") || (/\b(?:to|from|by|of|and) $/.test(before) && verbs.test(after))
    }
  }
  return true
}

export function findNames(text: string, known: KnownNames, lowerWords: ReadonlySet<string>): Hit[] {
  const hits: (Hit & { familyOnly: boolean; relation: string })[] = []
  for (const token of tokensOf(text)) {
    const found = knownWordOf(token, text, known, lowerWords)
    if (!found) continue
    const { to, known: word, misspelt } = found
    const relation = word.relation
    const before = hits.at(-1)
    // `Anne-Marie`, `Grace Testfield`, `R. J. Testfield`
    if (before && /^(?: |-| ?[A-Z]\.? | \()$/.test(text.slice(before.to, token.from))) {
      before.to = to
      if (before.familyOnly) Object.assign(before, { relation, familyOnly: word.isFamily, safer: saferFor(relation) })
      continue
    }
    const family = word.isFamily
    hits.push({
      kind: 'name',
      from: token.from,
      to,
      relation,
      familyOnly: family,
      why: misspelt
        ? `This differs by one letter from a name in the record (${family ? 'the family’s name' : `the ${relation}’s`}).`
        : `This is a name in the record: ${family ? 'the family’s' : `that of the ${relation}`}.`,
      safer: saferFor(relation),
    })
  }
  for (const hit of hits) hit.from = fromTitle(text, hit.from)
  const initials = known.initials
    ? [...text.matchAll(known.initials)].map(({ index, 0: all }): Hit => ({
        kind: 'name',
        from: index,
        to: index + all.length,
        why: 'These are the initials of a person in the record.',
        safer: 'the child, or the person’s relation to the child',
      }))
    : []
  return [
    ...hits.map(({ kind, from, to, why, safer }): Hit => ({ kind, from, to, why, safer })),
    ...initials,
    ...findIntroducedNames(text),
  ]
}

const saferFor = (relation: string) =>
  relation === 'child' ? 'the child, or a letter or chosen name' : `the ${relation}`

function fromTitle(text: string, from: number): number {
  const before = new RegExp(String.raw`(?:\b(?:${title})\.? )?(?:\b[A-Z]\. ?){0,3}(?:\b[A-Z] )?$`).exec(
    text.slice(Math.max(0, from - 16), from),
  )
  return before && !/^(?:A|I) $/.test(before[0]) ? from - before[0].length : from
}

function knownWordOf(
  token: Token,
  text: string,
  { words, forgiving }: KnownNames,
  lowerWords: ReadonlySet<string>,
): { known: KnownWord; to: number; misspelt: boolean } | undefined {
  const { word } = token
  const lower = without(word)
  const capital = /^\p{Lu}/u.test(word)
  for (const form of [lower, lower.replace(/s$/, ''), lower.replace(/es$/, '')]) {
    const known = words.get(form)
    if (!known || (form !== lower && !known.isFamily)) continue
    if (known.word.length === 2 && word !== known.spelling && !isUpper(word)) return undefined
    if (!capital && known.word.length < 4) return undefined
    if (namesThatAreWords.has(known.word) || monthsAndSeasons.has(known.word)) {
      const besideName = neighboursOf(text, token).some(
        other => /^\p{Lu}\p{L}*\p{Ll}/u.test(other) && words.has(without(other)),
      )
      if (!besideName && !standsAsName(text, token)) return undefined
    }
    return { known, to: token.to, misspelt: false }
  }
  if (!capital || lower.length < 4 || officialWords.has(lower) || lowerWords.has(lower)) return undefined
  for (const known of forgiving) {
    if (known.word[0] !== lower[0] && known.word.length < 7) continue
    const differs =
      oneEditApart(lower, known.word) ||
      (known.isFamily && lower.endsWith('s') && oneEditApart(lower.slice(0, -1), known.word))
    if (differs && (!namesThatAreWords.has(known.word) || standsAsName(text, token))) {
      return { known, to: token.to, misspelt: true }
    }
  }
  return undefined
}

/** The words before and after, in a list of names too: `Rowan, Mark and Tilda`. */
function neighboursOf(text: string, { from, word, to }: Token): string[] {
  const inList = /^\p{Lu}/u.test(word)
  const before = text.slice(Math.max(0, from - 40), from)
  const after = text.slice(to, to + 40)
  return [
    (inList ? /(\p{L}+)(?:'s)?(?:[ -]|,? and |, )$/u : /(\p{L}+)[ -]$/u).exec(before)?.[1],
    (inList ? /^(?:[ -]|,? and |, )(\p{L}+)/u : /^[ -](\p{L}+)/u).exec(after)?.[1],
  ].filter(one => one !== undefined)
}

/** One letter more, less or different, or two neighbours swapped. */
function oneEditApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const [restOne, restOther] = [one.slice(at), other.slice(at)]
  if (restOne === '' && restOther === '') return false
  return (
    restOne.slice(1) === restOther.slice(1) ||
    restOne.slice(1) === restOther ||
    restOne === restOther.slice(1) ||
    (restOne[0] === restOther[1] && restOne[1] === restOther[0] && restOne.slice(2) === restOther.slice(2))
  )
}

const introduced = [
  new RegExp(
    String.raw`\b((?:MGM|MGF|PGM|PGF|Mother|Mum|Father|Dad|Stepfather|Stepmother|Brother|Sister|Sibling|Child|Partner|${kin})(?::| \() ?)(${aName}(?: ${aName}){0,2})`,
    'g',
  ),
  new RegExp(String.raw`\b((?:${title})\.? (?:[A-Z]\.? )?)(${aName}(?: ${aName}){0,2})`, 'g'),
  new RegExp(String.raw`\b((?:${role}),? )(${aName}(?: ${aName}){0,2})`, 'g'),
  new RegExp(
    String.raw`\b((?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Aa]|new|older|younger|maternal|paternal|'s) (?:${kin})(?:,? (?:called|named))?,? ["']?)(${aName}(?: ${aName})?)(?=[,."' )]|$)`,
    'g',
  ),
  new RegExp(
    String.raw`\b((?:called|named|nicknamed|known as|name of|name was|name is|goes by|signed by|sincerely,?) ["']?)(${aName}(?: ${aName}){0,2})`,
    'g',
  ),
]
/** Two names in a row, of nobody and nothing that reviews speak of. */
const twoNames = new RegExp(
  String.raw`(?<=\b(?:by|with|to|from|and|that|told|asked|saw|met|when|of|for|thanks|thank|between|but|because|if|as) |, |^|[.!?] )(${aName}) (${aName})(?! [A-Z])(?='s|[ ,.;)]|$)`,
  'g',
)

function findIntroducedNames(text: string): Hit[] {
  const hits: Hit[] = []
  for (const way of introduced) {
    for (const { index, 1: lead, 2: found } of text.matchAll(way)) {
      const words = found!.split(' ')
      const count = words.findIndex(word => isOfficial(word))
      const name = (count < 0 ? words : words.slice(0, count)).join(' ')
      if (name === '') continue
      const titled = new RegExp(String.raw`^(?:${title})\b`).test(lead!)
      const from = titled ? index : index + lead!.length
      hits.push({
        kind: 'name',
        from,
        to: index + lead!.length + name.length,
        why: 'This reads like the name of a person whom the record does not list.',
        madeKnown: name.split(' '),
        safer: titled ? 'the person’s role, like ‘a doctor’' : 'the person’s role or relation, like ‘a relative’',
      })
    }
  }
  return hits
}

/** The weakest rule: it gives way to every other one that knows what the words are. */
export function findLikelyNames(text: string): Hit[] {
  return [...text.matchAll(twoNames)]
    .filter(({ 1: first, 2: second }) => !isOfficial(first!) && !isOfficial(second!))
    .map(({ index, 0: all }) => ({
      kind: 'name',
      from: index,
      to: index + all.length,
      why: 'Two words in a row are written like a person’s name.',
      safer: 'the person’s role or relation',
    }))
}

const titleWord = new RegExp(`^(?:${title})$`)
const isOfficial = (word: string) => officialWords.has(word.toLowerCase().replace(/'s$|'$/, '')) || titleWord.test(word)
