import { genericSetting, namesThatAreWords, officialWords } from './common-words.ts'
import type { Hit, KnownToRecord, PlaceNames } from './recognisable.ts'
import { standsAsName } from './names.ts'
import { folded, startsSentence } from './reading.ts'

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
/** Any of the phrases as a whole word, the longest first. */
function anyOf(phrases: readonly string[], flags: string): RegExp | undefined {
  const ways = [...new Set(phrases)].filter(phrase => phrase.length > 2).sort((one, other) => other.length - one.length)
  if (ways.length === 0) return undefined
  return new RegExp(String.raw`(?<![\w])(?:${ways.map(way => escaped(way)).join('|')})(?![\w])`, flags)
}

const capital = String.raw`[A-Z][A-Za-z]*(?:['-][A-Za-z]+)*'?`
const strong = String.raw`Road|Rd|Street|Avenue|Ave|Crescent|Cres|Lane|Terrace|Grove|Mews|Cottages?|Gardens|Gdns|Boulevard|Wharf|Maisonettes|Bungalows|Approach|Rise|Row|Villas`
const weak = String.raw`St|Close|Drive|Way|Court|Ct|Place|Square|Walk|View|Hill|Park|Green|Gate|Top|Parade|Yard|Fold|Croft|Meadows?|Bank|Broadway|House|Heights|Towers?|Ln|Dr|Sq|End|Side|Bridge|Quay|Mill|Forge|Orchard|Rows?`
const house = String.raw`(?:\b(?:Flat|Apartment|Apt|Room|Unit) \d{1,3}[A-Za-z]?,? (?:of |at |in )?)?\b(?:\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?|No\.? ?\d{1,4}),? `
/** With the town before it: `Hexmoor QX1 4ZZ`. */
const postcode = new RegExp(
  String.raw`(?:(?<=, )(?:${capital} ){0,2}${capital},? )?\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b`,
  'g',
)
const postcodeDistrict = /(?<=\b[Pp]ostcode(?: (?:area|district|sector))?,? )[A-Z]{1,2}\d[A-Z\d]?\b/g

const withNumber = new RegExp(
  String.raw`${house}(?:The )?(?:${capital} ){1,3}(?:${strong}|${weak})\b(?! (?:School|Primary|Hospital|Surgery|Nursery))`,
  'g',
)
const withoutNumber = new RegExp(
  String.raw`\b(?:${capital} ){1,3}(?:(?:${strong})\b|(?:Close|Drive|Way|Ct|Court|Square|Walk|St)\b(?! [A-Z]))`,
  'g',
)
const flat = /\b(?:Flat|Apartment|Apt\.?|Room|Bedsit) (?:\d{1,4}[A-Za-z]?|[A-H])\b/g

const streetEnding = new RegExp(`\\b(?:${strong}|Close|Drive|Way|Square|Walk|St)$`)

interface KnownPlaces {
  addresses: RegExp | undefined
  settings: RegExp | undefined
  /** Short names that need a capital letter: `Alderwick` for `Alderwick Primary School`. */
  shortSettings: RegExp | undefined
  areas: RegExp | undefined
  regionOf: ReadonlyMap<string, string>
  towns: RegExp | undefined
}

export function knownPlaces(known: KnownToRecord, places: PlaceNames): KnownPlaces {
  const addresses = known.addresses.map(address => folded(address).split(/, */))
  const isStreet = (part: string, index: number) => index === 0 || /\d/.test(part) || streetEnding.test(part)
  const streets = addresses.flatMap(parts =>
    parts.filter(isStreet).flatMap(part => {
      const plain = part.replace(/^(?:Flat|Apartment|Apt|Room) \w+ ?/i, '').replace(/^\d+\w?(?:[-/]\d+)? +/, '')
      return [part, plain]
    }),
  )
  const settings = known.settings.map(name => folded(name).replace(/^the /i, ''))
  const short = settings.map(name => {
    const words = name.split(' ')
    while (words.length > 0 && genericSetting.has(words.at(-1)!.toLowerCase())) words.pop()
    while (words.length > 0 && genericSetting.has(words[0]!.toLowerCase())) words.shift()
    return words.join(' ').replace(/ (?:Church of England|Catholic|CE|C of E|RC)$/, '')
  })
  const ofRecord = known.areas.map(name => folded(name))
  const plainAreas = ofRecord.flatMap(name => [
    name,
    name.replace(/^(?:North|South|East|West|Great|Greater|Central|City of|County|Royal Borough of) /, ''),
    ...name.split(/ and /).filter(part => part.length > 4 && !officialWords.has(part.toLowerCase())),
  ])
  return {
    addresses: anyOf(
      streets.filter(street => /[A-Za-z]{3}/.test(street) && street.includes(' ')),
      'gi',
    ),
    settings: anyOf(
      settings.filter(name => name.includes(' ')),
      'gi',
    ),
    shortSettings: anyOf(short, 'g'),
    areas: anyOf([...plainAreas, ...places.areas.map(({ name }) => folded(name))], 'g'),
    regionOf: new Map(places.areas.flatMap(({ name, region }) => (region ? [[folded(name), region]] : []))),
    towns: anyOf(
      addresses.flatMap(parts => parts.filter((part, index) => !isStreet(part, index))),
      'g',
    ),
  }
}

const settingTail = String.raw`(?:(?:Primary|Infants?|Juniors?|High|Secondary|Grammar|Special|Middle|First|Nursery) )*(?:School|Academy|College)|Primary(?! (?:Care|Health|Education|School|Prevention))|Infants|Grammar|Comprehensive|Sixth Form|(?:Day )?Nursery|Nurseries|Pre-?[Ss]chool|Playgroup|Kindergarten|Children's Centre|Family (?:Hub|Centre)|(?:General |Community |Children's )?Hospital|Infirmary|Hospice|Surgery|Medical (?:Centre|Practice)|Health Centre|(?:Health )?Clinic|Pharmacy|House|Lodge|Manor|Grange|Hall|Unit|Ward|(?:Children's|Residential|Care|Nursing) Home|Hostel|Refuge|(?:Youth|Community|Leisure|Sports|Contact|Respite) (?:Club|Centre)|F\.?C\.?|RFC|(?:Football|Rugby|Cricket|Boxing|Swimming|Gymnastics) Club|(?:Crown|County|Family|Magistrates'|Youth) Court|Church|Chapel|Cathedral|Mosque|Temple|Gurdwara|Synagogue|Scouts|Brownies|Cubs|Cadets|Prison|Young Offender Institution|Secure (?:Children's Home|Training Centre)`
const setting = new RegExp(
  String.raw`\b((?:(?:St\.|${capital})(?: (?:of the|of|on|upon|le|de|for|the|in the)(?= [A-Z]))? ){1,6})(${settingTail})(?![\w'])(?! (?:Council|Team|Service|Services|Board|Officer|Officers|Staff|Partnership|Trust|Nurses?|Teachers?|of Commons|of Lords))`,
  'g',
)
/** `St Wilfrid's school`: what people write of a school whose name they know. */
const plainSetting = new RegExp(
  String.raw`(?<!\w)((?:(?:St\.?|${capital}) ){1,4})((?:(?:primary|infants?|junior|high|secondary|grammar|special|boarding|nursery|middle) )?school|academy|sixth form|college|nursery|pre-?school|playgroup|children's (?:home|centre)|hospital|hospice|surgery|clinic|church|mosque|temple|synagogue|gurdwara)(?![\w'-])`,
  'g',
)
/** `a Catholic school`, `the Ofsted school inspection`: no names of their own. */
const ofManySettings =
  /^(?:Catholic|Anglican|Methodist|Christian|Muslim|Islamic|Jewish|Sikh|Hindu|English|Scottish|Welsh|Irish|British|Polish|European|Montessori|Steiner|Sunday|Saturday|Ofsted|Victorian|Baptist|Pentecostal|Orthodox|Monday|Tuesday|Wednesday|Thursday|Friday|Year)$/
const prison = /\bHM(?:P|YOI|P ?(?:\/|&|and) ?YOI| Prison| YOI) [A-Z][\w'-]+(?: [A-Z][\w'-]+)?/g

/** In the order of what is to be tried first. */
const saferSetting: [RegExp, string][] = [
  [/Nurser|Pre-?school|Playgroup|Kindergarten/i, 'a nursery'],
  [/Infant|Junior|Primary|First School/i, 'a primary school'],
  [/Special School/i, 'a special school'],
  [/^(?!.*(?:High|Secondary|Grammar|Comprehensive)).*\bschool$/i, 'a school'],
  [/School|Academy|Grammar|Comprehensive|High/i, 'a secondary school'],
  [/College|Sixth/i, 'a college'],
  [/Hospital|Infirmary|Ward/i, 'a hospital'],
  [/Hospice/i, 'a hospice'],
  [/Surgery|Medical|Clinic|Health Centre|Practice/i, 'a general practice'],
  [/Prison|HMP|HMYOI|YOI|Young Offender|Secure/i, 'a prison or secure setting'],
  [/Centre|Hub/i, 'a local centre'],
  [/Court$/, 'a court'],
  [/Club|FC|Scouts|Brownies|Cubs|Cadets/i, 'a club'],
  [/Church|Chapel|Cathedral|Mosque|Temple|Gurdwara|Synagogue/i, 'a place of worship'],
]
const saferFor = (words: string) => saferSetting.find(([way]) => way.test(words))?.[1] ?? 'a placement'

const properWord = (word: string) => {
  const plain = word.toLowerCase().replace(/[.]$/, '')
  return !officialWords.has(plain) && !genericSetting.has(plain) && !officialWords.has(plain.replace(/'s?$/, ''))
}

const placeWords = String.raw`(?:${capital})(?: (?:(?:upon|on|under|by|le|the|next)[ -])*${capital}){0,2}`
const patterns = [
  new RegExp(
    String.raw`(?<=\b(?:village|town|city|hamlet|parish|suburb|district|borough|estate|port|county|island|resort) of )${placeWords}`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:${capital} ){1,2}(?:[Ee]state|village|[Hh]amlet|neighbourhood|housing estate|council estate)\b`,
    'g',
  ),
  new RegExp(String.raw`(?<=\b(?:in|near|outside|around|towards|across) )${placeWords}`, 'g'),
  new RegExp(
    String.raw`(?<=\b(?:(?:is|are|was|were|also|family|originally) from|(?:north|south|east|west|centre|part) of|live[sd]? at|living at|mov(?:ed|es|e|ing) (?:back )?(?:to|from)|c[ao]me(?:s)? (?:back )?from|came to|went to|go(?:es|ing)? to|travel(?:led|s)? (?:to|from)|return(?:ed|s|ing)? (?:to|from)|driven (?:to|from)|arrived (?:in|from)|back to|born (?:in|at)|bus to|train to|miles from|away from|taken to|placed in) )${placeWords}`,
    'g',
  ),
]

/** `She attends Fernhill`: what is attended is a setting, whatever it is called. */
const attended = new RegExp(
  String.raw`(?<=\b(?:attend(?:s|ed|ing)?|(?:pupil|student|teacher|head|patient|resident|governor) (?:at|of)|enrolled (?:at|in)|(?:excluded|suspended|discharged|released|collected) from|(?:a place|started|starting|detained|placed) at|admitted to|remanded to) )${placeWords}`,
  'g',
)

export function findPlaces(text: string, known: KnownPlaces, isName: (word: string) => boolean): Hit[] {
  const hits: Hit[] = []
  const add = (kind: Hit['kind'], from: number, to: number, why: string, safer: string) => {
    hits.push({ kind, from, to, why, safer })
  }
  const matches = (way: RegExp | undefined) => (way ? [...text.matchAll(way)] : [])

  for (const { index, 0: all } of matches(known.settings)) {
    add('school-or-setting', index, index + all.length, 'This setting is in the record of the child.', saferFor(all))
  }
  for (const { index, 0: all } of matches(known.towns)) {
    add('place', index, index + all.length, 'This place is part of an address in the record.', 'the town or village')
  }
  for (const { index, 0: all } of matches(known.shortSettings)) {
    const token = { from: index, word: all, to: index + all.length }
    if ((namesThatAreWords.has(all.toLowerCase()) || all.length < 5) && !standsAsName(text, token)) continue
    add(
      'school-or-setting',
      index,
      index + all.length,
      'This is the short name of a setting in the record of the child.',
      saferFor(all),
    )
  }
  for (const { index, 0: all } of matches(known.addresses)) {
    add('address', index, index + all.length, 'This is an address, or part of one, in the record.', 'the family home')
  }
  for (const { index, 0: all } of [...matches(postcode), ...matches(postcodeDistrict)]) {
    add('address', index, index + all.length, 'A postcode stands for a few dozen homes at most.', 'leave out')
  }
  for (const { index, 0: all } of [...matches(withNumber), ...matches(withoutNumber)]) {
    const from = index + leadingOfficial(all)
    const words = text.slice(from, index + all.length)
    const proper = words.split(' ').slice(0, -1)
    if (proper.length === 0 || (!/\d/.test(words) && !proper.some(properWord))) continue
    if (/\b(?:Crown|Family|County|Youth|Supreme|High|Magistrates'|Appeal) Court$/.test(words)) continue
    add('address', from, index + all.length, 'A street leads to a household.', 'the family home, or ‘a street nearby’')
  }
  for (const { index, 0: all } of matches(flat)) {
    add('address', index, index + all.length, 'The number of a flat or room leads to a household.', 'a flat')
  }

  for (const { index, 0: all, 1: head } of matches(setting)) {
    const from = index + leadingOfficial(head!)
    if (
      !text
        .slice(from, index + head!.length)
        .split(' ')
        .some(word => word && properWord(word))
    )
      continue
    add(
      'school-or-setting',
      from,
      index + all.length,
      'A named setting narrows down where the child lived and who knew them.',
      saferFor(all),
    )
  }
  for (const { index, 0: all, 1: head } of matches(plainSetting)) {
    const from = index + leadingOfficial(head!)
    const proper = text
      .slice(from, index + head!.length)
      .split(' ')
      .filter(word => word && properWord(word) && !ofManySettings.test(word) && word !== word.toUpperCase())
    // A first word may have its capital letter from the sentence.
    if (proper.length === 0 || (proper.length === 1 && startsSentence(text, from) && !/'s?$/.test(proper[0]!))) continue
    add(
      'school-or-setting',
      from,
      index + all.length,
      'A named setting narrows down where the child lived and who knew them.',
      saferFor(all),
    )
  }
  for (const { index, 0: all } of matches(prison)) {
    add(
      'school-or-setting',
      index,
      index + all.length,
      'A named prison can be matched with court reports.',
      'a prison or secure setting',
    )
  }

  for (const { index, 0: all } of matches(known.areas)) {
    const token = { from: index, word: all, to: index + all.length }
    if (namesThatAreWords.has(all.toLowerCase()) && !standsAsName(text, token)) continue
    const region = known.regionOf.get(all)
    add(
      'place',
      index,
      index + all.length,
      'The area narrows down who the child can be.',
      region ? `an area in ${region}` : 'the area',
    )
  }
  for (const { index, 0: all } of matches(attended)) {
    const words = placeIn(all)
    if (words === '' || words.split(' ').every(word => isName(word))) continue
    hits.push({
      kind: 'school-or-setting',
      from: index,
      to: index + words.length,
      why: 'This reads like the name of a setting.',
      safer: 'a school, a hospital or another setting',
      madeKnown: [words],
    })
  }
  for (const way of patterns) {
    for (const { index, 0: all } of matches(way)) {
      const from = index + leadingOfficial(all)
      const words = placeIn(text.slice(from, index + all.length))
      if (words === '' || words.split(' ').every(word => isName(word))) continue
      hits.push({
        kind: 'place',
        from,
        to: from + words.length,
        why: 'This reads like the name of a place.',
        safer: 'a town, a village, or leave out',
        madeKnown: [words.replace(/ \p{Ll}+$/u, '')],
      })
    }
  }
  return hits
}

/** As much of the words as names a place: all, all up to a term of the trade, or nothing. */
function placeIn(found: string): string {
  const words = found.split(' ')
  const end = words.findIndex(word => !isPlaceWord(word) && !/^[a-z]/.test(word))
  // `Children's Services`, `Stonebeck Children's Home`: what has the term in its name is no place.
  if (end >= 0) return ''
  return isPlaceWord(words[0]!) && found.length > 2 ? found : ''
}

/** A word that can begin the name of a place: no term of the trade, no abbreviation. */
function isPlaceWord(word: string): boolean {
  const plain = word.toLowerCase().replace(/'s?$/, '')
  if (word.length > 1 && word === word.toUpperCase()) return false
  return (
    /^(?:north|south|east|west|great|little|upper|lower|nether|new|old)$/.test(plain) ||
    (!officialWords.has(plain) && !genericSetting.has(plain))
  )
}

/** How many letters at the start belong to words like `The` and `Staff` that the sentence, not the place, has a capital for. */
function leadingOfficial(words: string): number {
  let length = 0
  for (const word of words.split(' ')) {
    if (
      !officialWords.has(word.toLowerCase()) ||
      /^(?:Our|High|New|North|South|East|West|First|Church|Station|School|Park|House)$/.test(word)
    )
      break
    length += word.length + 1
  }
  return Math.min(length, words.length)
}
