import { fingerprint } from '../../platform/fingerprint.ts'
import type { Hit } from './recognisable.ts'
import { folded } from './reading.ts'

/**
 * How many children share what a text tells of one child: the children of the area, times the share that has each
 * trait, as if traits were independent. They are not, so this is a rough guide to where a person should look, not a
 * probability. Shares say where they are from:
 * - `census`: Census 2021, England, all ages (children differ), as published by the Office for National Statistics;
 * - `arithmetic`: follows from counting;
 * - `ours`: an order of magnitude of ours, to be replaced where a source is read.
 */
export interface RareCombinationSettings {
  /** Fewer children than this who share all traits are a finding. Ours: small counts below 5 are often suppressed. */
  fewestChildren: number
  /** Taken where the record does not know the area. Ours: a middling authority. */
  usualChildrenInArea: number
  /** Traits that count as telling, besides sex. Ours: two are seldom a combination. */
  fewestTraits: number
}
const usualSettings: RareCombinationSettings = {
  fewestChildren: 5,
  usualChildrenInArea: 50_000,
  fewestTraits: 3,
}

interface Trait {
  /** Two phrases of one group tell once, but for ages of siblings. */
  group: string
  words: RegExp
  share: number
  from: 'census' | 'arithmetic' | 'ours'
}

const number = String.raw`(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)`
const heritage = String.raw`(?! (?:children|families|communit|people|young|boys|girls|and (?:Asian|Black)|colleagues|staff|professionals))`

const nationality =
  'Eritrean|Sudanese|Somali|Ethiopian|Afghan|Kurdish|Iraqi|Iranian|Syrian|Albanian|Vietnamese|Filipino|Ghanaian|Nigerian|Congolese|Zimbabwean|Jamaican|Romanian|Polish|Lithuanian|Latvian|Estonian|Bulgarian|Slovak|Slovakian|Slovene|Slovenian|Czech|Hungarian|Ukrainian|Russian|Belarusian|Moldovan|Georgian|Armenian|Azerbaijani|Serbian|Croatian|Bosnian|Kosovan|Macedonian|Montenegrin|Greek|Cypriot|Maltese|Italian|Spanish|French|German|Dutch|Belgian|Swiss|Austrian|Danish|Swedish|Norwegian|Finnish|Icelandic|Turkish|Tamil|Sri Lankan|Nepalese|Nepali|Bhutanese|Burmese|Rohingya|Thai|Cambodian|Laotian|Malaysian|Indonesian|Japanese|Korean|Mongolian|Tibetan|Uyghur|Uzbek|Kazakh|Tajik|Lebanese|Palestinian|Israeli|Jordanian|Yemeni|Kuwaiti|Saudi|Egyptian|Libyan|Tunisian|Algerian|Moroccan|Kenyan|Ugandan|Tanzanian|Rwandan|Burundian|Malawian|Zambian|Mozambican|Namibian|South African|Angolan|Cameroonian|Ivorian|Senegalese|Gambian|Sierra Leonean|Liberian|Guinean|Malian|Togolese|Beninese|Mauritian|Trinidadian|Guyanese|Barbadian|Grenadian|Haitian|Cuban|Brazilian|Portuguese|Colombian|Venezuelan|Ecuadorian|Bolivian|Peruvian|Chilean|Argentinian|Mexican|Fijian|Samoan'

const traits: readonly Trait[] = [
  {
    group: 'ethnicity',
    words:
      /\b(?:Irish Travell?er|Gypsy(?:(?: or|,? and|\/) ?(?:Roma|Irish Traveller))?|Romany|Travell?er (?:heritage|family|community|background))\b/g,
    share: 0.0011,
    from: 'census',
  },
  { group: 'ethnicity', words: /\bRoma\b/g, share: 0.0018, from: 'census' },
  { group: 'ethnicity', words: /\bWhite and Black African\b/g, share: 0.0043, from: 'census' },
  { group: 'ethnicity', words: /\bWhite and Black Caribbean\b/g, share: 0.0088, from: 'census' },
  { group: 'ethnicity', words: /\bWhite and Asian\b/g, share: 0.0084, from: 'census' },
  { group: 'ethnicity', words: new RegExp(String.raw`\bArab${heritage}\b(?!ic)`, 'g'), share: 0.0057, from: 'census' },
  { group: 'ethnicity', words: new RegExp(String.raw`\bChinese${heritage}\b`, 'g'), share: 0.0076, from: 'census' },
  { group: 'ethnicity', words: new RegExp(String.raw`\bBangladeshi${heritage}\b`, 'g'), share: 0.0111, from: 'census' },
  { group: 'ethnicity', words: new RegExp(String.raw`\bPakistani${heritage}\b`, 'g'), share: 0.0278, from: 'census' },
  {
    group: 'ethnicity',
    words: new RegExp(String.raw`\b(?:British )?Indian${heritage}\b`, 'g'),
    share: 0.0326,
    from: 'census',
  },
  {
    group: 'ethnicity',
    words: new RegExp(String.raw`\bBlack(?: British)? (?:Caribbean|African)${heritage}\b`, 'g'),
    share: 0.026,
    from: 'ours',
  },
  {
    group: 'ethnicity',
    words: new RegExp(String.raw`\b(?:${nationality})${heritage}\b`, 'g'),
    share: 0.004,
    from: 'ours',
  },
  { group: 'ethnicity', words: /\bIrish (?:heritage|descent|background)\b/g, share: 0.0087, from: 'census' },
  {
    group: 'faith',
    words:
      /\b(?:Jehovah's Witness(?:es)?|Haredi|Orthodox Jewish|Jewish|Sikh|Plymouth Brethren|Exclusive Brethren|Rastafarian|Mormon|Latter-day Saints?)\b/g,
    share: 0.005,
    from: 'ours',
  },
  {
    group: 'mobility',
    words: /\b(?:wheelchair|tetraplegi[ac]|paraplegi[ac]|spina bifida|muscular dystrophy|cerebral palsy)\b/gi,
    share: 0.003,
    from: 'ours',
  },
  {
    group: 'hearing',
    words: /\b(?:(?:profoundly |partially )?deaf|cochlear implants?|British Sign Language)\b/gi,
    share: 0.002,
    from: 'ours',
  },
  {
    group: 'vision',
    words: /\b(?:registered blind|blind(?! eye)(?=[ ,.])|partially sighted|severely sight[- ]impaired)\b/gi,
    share: 0.001,
    from: 'ours',
  },
  {
    group: 'syndrome',
    words:
      /\b(?:Down'?s? syndrome|[A-Z][\w-]+(?:'s)? syndrome|chromosom\w+|genetic (?:condition|disorder)|dwarfism|albinism|microcephaly|hydrocephalus)\b/g,
    share: 0.001,
    from: 'ours',
  },
  {
    group: 'illness',
    words:
      /\b(?:cystic fibrosis|sickle[- ]cell(?: disease| anaemia)?|h(?:a)?emophilia|leuk(?:a)?emia|cancer|tumour|type (?:1|one) diabetes|kidney failure|dialysis|heart transplant|congenital heart)\b/gi,
    share: 0.002,
    from: 'ours',
  },
  {
    group: 'feeding',
    words: /\b(?:gastrostomy|tracheostomy|tube[- ]fed|ventilator|oxygen at home)\b/gi,
    share: 0.001,
    from: 'ours',
  },
  { group: 'epilepsy', words: /\bepilep(?:sy|tic)\b/gi, share: 0.005, from: 'ours' },
  {
    group: 'autism',
    words: /\b(?:autistic(?! children| young)|autism(?=[,.]| (?:and|diagnos|spectrum)))\b/gi,
    share: 0.02,
    from: 'ours',
  },
  {
    group: 'learning',
    words: /\b(?:severe|profound|moderate) learning (?:disabilit|difficult)\w+/gi,
    share: 0.01,
    from: 'ours',
  },
  { group: 'speech', words: /\b(?:non-?verbal|selective(?:ly)? mut(?:e|ism))\b/gi, share: 0.005, from: 'ours' },
  {
    group: 'life',
    words:
      /\b(?:adopted (?:from|at|child|boy|girl)|(?:was|is|been) adopted|unaccompanied asylum[- ]seek\w+|home[- ]educated|electively home|surrogacy|conceived by donor)\b/gi,
    share: 0.01,
    from: 'ours',
  },
  { group: 'birth', words: /\b(?:twins?|identical twin)\b(?! track)/gi, share: 0.03, from: 'ours' },
  { group: 'birth', words: /\b(?:triplets?|quadruplets?)\b/gi, share: 0.0005, from: 'ours' },
  {
    group: 'family size',
    words: new RegExp(
      String.raw`\b(?:one|oldest|eldest|youngest|third|fourth|fifth|sixth|second|middle) of (?:the )?(?:five|six|5|6) (?:children|siblings|brothers|sisters)\b|\b(?:five|six|5|6) (?:children in the (?:family|home)|siblings|brothers|sisters|brothers and sisters)\b`,
      'gi',
    ),
    share: 0.03,
    from: 'ours',
  },
  {
    group: 'family size',
    words: new RegExp(
      String.raw`\b(?:one|oldest|eldest|youngest|third|fourth|fifth|sixth|seventh|second|middle) of (?:the )?(?:seven|eight|nine|ten|eleven|twelve|[789]|1[0-2]) (?:children|siblings|brothers|sisters)\b|\b(?:seven|eight|nine|ten|eleven|twelve|[789]|1[0-2]) (?:children in the (?:family|home)|siblings|brothers|sisters|brothers and sisters)\b`,
      'gi',
    ),
    share: 0.005,
    from: 'ours',
  },
  {
    group: 'cause',
    words:
      /\b(?:drowned|drowning|house fire|scald(?:ed|ing)|poisoned|ligature|dog attack|attacked by a dog|fell from (?:a|the) (?:window|balcony|bridge)|button battery|hypothermia|starvation|crossbow|carbon monoxide)\b/gi,
    share: 0.1,
    from: 'ours',
  },
  {
    group: 'month',
    words:
      /\b(?:died|death|killed|injured|born|incident)\b[^.]{0,30} in (?:early |late )?(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b/g,
    share: 1 / 12,
    from: 'arithmetic',
  },
  { group: 'sex', words: /\b(?:boy|girl)\b(?!s|friend)/gi, share: 0.5, from: 'arithmetic' },
]

/** `The only Latvian family of the village` needs no other trait: the text itself says that there is one. */
const onlyOne =
  /\b(?:the|their|his|her) only (?:(?!time|one\b)[\w'-]+ ){0,4}?(?:family|household|child(?! (?:protection|in need|safeguarding|death|health|sexual|criminal))|boy|girl|pupil|baby|teenager|father|mother|couple|twins?|triplets?)(?: [\w'-]+){0,3}? (?:of|in|at|from|on) (?:the|this|that|their|his|her) (?:[\w'-]+ ){0,2}?(?:village|town|city|hamlet|parish|island|estate|street|road|school|nursery|class|year group|year|club|church|mosque|congregation|community|county|area|borough|district)\b/gi

const notTelling = new Set(['sex'])
const age = new RegExp(
  String.raw`\b(?:aged (${number})(?![\w-]| (?:to|or|and (?:over|under|above)|days|weeks|months|- ?\d)|-\d)|(${number})[ -]?(?:years?|yrs?|y)[ /-]?(?:old|o)\b|(${number}) years of age|(?:is|was|were|and|turned|child|boy|girl),? (${number})(?=[,.]| and (?:lived|lives|had|has|in|used)))`,
  'gi',
)
const siblingAges = new RegExp(
  String.raw`\b(?:brothers?|sisters?|siblings?|half-siblings|twins?|children)(?: who)?(?: \w+)?(?: then)?,?(?: who)? (?:aged|were|are|was|is|of) (${number}(?:(?:,| and|, and) ${number})*)(?=[,.;)]| (?:and|at|who|in|when|years)|$)`,
  'gi',
)
const isBand =
  /\b(?:children|babies|pupils|those|between|from|adults|people|boys|girls|anyone|all|cohort|under|over) $/i
const numbers =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'.split(
    ' ',
  )
const toNumber = (words: string) => (/^\d/.test(words) ? Number(words) : numbers.indexOf(words.toLowerCase()))

interface Seen {
  paragraph: number
  from: number
  to: number
  words: string
  group: string
  share: number
}

function traitsIn(text: string, paragraph: number, ofRecord: RegExp | undefined): Seen[] {
  const seen: Seen[] = []
  const add = (group: string, from: number, words: string, share: number) => {
    seen.push({ paragraph, from, to: from + words.length, words, group, share })
  }
  for (const { group, words, share } of traits) {
    for (const { index, 0: all } of text.matchAll(words)) add(group, index, all, share)
  }
  if (ofRecord)
    for (const { index, 0: all } of text.matchAll(ofRecord)) add(`record ${all.toLowerCase()}`, index, all, 0.01)
  const siblings = [...text.matchAll(siblingAges)].map(({ index, 0: all, 1: list }) => ({
    from: index,
    all,
    list: list!,
  }))
  for (const { from, all, list } of siblings) {
    const count = list.split(/,| and /).filter(part => part.trim()).length
    // Given that there is a sibling, one of about six ages.
    add('sibling ages', from, all, (1 / 6) ** count)
  }
  for (const match of text.matchAll(age)) {
    const years = toNumber(match.slice(1).find(Boolean)!)
    if (years > 17 || isBand.test(text.slice(Math.max(0, match.index - 12), match.index))) continue
    if (siblings.some(({ from, all }) => match.index >= from && match.index < from + all.length)) continue
    add('age', match.index, match[0], 1 / 18)
  }
  return seen
}

/**
 * The telling phrases of one child in these words: of each group the rarest. The phrases of several children are not
 * told apart, so two ages count once.
 */
function combined(seen: readonly Seen[]): Seen[] {
  const byGroup = new Map<string, Seen>()
  for (const one of seen) {
    const before = byGroup.get(one.group)
    if (!before || one.share < before.share) byGroup.set(one.group, one)
  }
  return [...byGroup.values()]
}

function isRare(phrases: readonly Seen[], children: number, settings: RareCombinationSettings): boolean {
  const telling = phrases.filter(({ group }) => !notTelling.has(group))
  const sharing = phrases.reduce((count, { share }) => count * share, children)
  return telling.length >= settings.fewestTraits && sharing < settings.fewestChildren
}

/** Hits with the paragraph each is in. A combination within one paragraph is told there; else once for the whole text. */
export function findRareCombinations(
  texts: readonly string[],
  known: { traits?: readonly string[] | undefined; childrenInArea?: number | undefined },
  settings: RareCombinationSettings = usualSettings,
): { paragraph: number; hit: Hit }[] {
  const own = (known.traits ?? []).map(trait => folded(trait)).filter(trait => trait.length > 2)
  const ofRecord =
    own.length > 0
      ? new RegExp(
          String.raw`\b(?:${own.map(trait => trait.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})\b`,
          'gi',
        )
      : undefined
  const children = known.childrenInArea ?? settings.usualChildrenInArea
  const perParagraph = texts.map((text, paragraph) => traitsIn(text, paragraph, ofRecord))
  const within = perParagraph.map(seen => combined(seen)).filter(phrases => isRare(phrases, children, settings))
  const all = combined(perParagraph.flat())
  const rare = within.length > 0 ? within : isRare(all, children, settings) ? [all] : []
  const only = texts.flatMap((text, paragraph) =>
    [...text.matchAll(onlyOne)].map(({ index, 0: all }) => ({
      paragraph,
      hit: {
        kind: 'rare-combination' as const,
        from: index,
        to: index + all.length,
        why: 'The text says itself that there is one: whoever lives there knows who it is.',
        safer: 'leave out that there is no other',
      },
    })),
  )
  const combinations = rare.map(phrases => {
    const rarest = phrases.reduce((one, other) => (other.share < one.share ? other : one))
    const others = phrases.filter(one => one !== rarest).map(({ words }) => `‘${words}’`)
    return {
      paragraph: rarest.paragraph,
      hit: {
        kind: 'rare-combination' as const,
        from: rarest.from,
        to: rarest.to,
        why: `Together with ${others.join(', ')} this may describe fewer than ${settings.fewestChildren} children of the area.`,
        safer: 'an age band, a wider group, ‘a disabled child’, ‘has siblings’: keep only what the learning needs',
        anchor: fingerprint(phrases.map(({ words }) => words.toLowerCase()).toSorted()),
      },
    }
  })
  return [...combinations, ...only]
}
