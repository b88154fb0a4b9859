import type { Hit, KnownToRecord } from './recognisable.ts'

const month = String.raw`(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b(?:(?<=\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.)?`
const weekday = String.raw`(?:Mon|Tue|Tues|Wed|Weds|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|nesday|sday|rsday|urday)?\.?`
const ordinalWord = String.raw`(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty-first)`
const dayNumber = String.raw`(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`
const year = String.raw`(?:(?:19|20)\d{2}|'?\d{2}(?![\w:]|\.\d))`
const feast = String.raw`(?:Christmas (?:Day|Eve)|Boxing Day|New Year's (?:Day|Eve)|Good Friday|Easter (?:Sunday|Monday|Day)|Palm Sunday|Ash Wednesday|Shrove Tuesday|Pancake Day|Mother's Day|Mothering Sunday|Father's Day|Valentine's Day|Bonfire Night|Guy Fawkes Night|Hallowe'?en|Remembrance (?:Sunday|Day)|St [A-Z]\w+'s Day|Eid(?: al-\w+)? (?=\d{4})|Diwali (?=\d{4})|(?:[Ee]arly May|[Ss]pring|[Ss]ummer|August) [Bb]ank [Hh]oliday(?: Monday)?)`
const on = String.raw`(?:\b[Oo]n (?:the )?|\bthe (?:morning|evening|night|afternoon) of )?`
const the = String.raw`(?:\b[Tt]he )?`

const textual = [
  // 3 May 2024, Monday the 3rd of May, 3 and 17 June, 3-5 May, the third of May
  String.raw`${on}${the}(?:\b${weekday},? (?:the )?)?(?<![\d/.£])\b(?:${dayNumber}|${ordinalWord})(?:(?: ?(?:-|\/|&|,|and|to|or) ?)${dayNumber})*(?: of| ?-)? ?\b${month}(?:,? (?:19|20)\d{2}| ?-?${year}(?! ${month}))?(?!\w)`,
  // May 3, 2024; April 17th
  String.raw`${on}(?:\b${weekday},? )?\b${month} ${dayNumber}(?![\d%])(?:,? (?:19|20)\d{2})?(?! (?:per cent|children|people|staff|cases|visits))`,
  // 03/05/24, 3.5.2024, 03-05-2024, 2024-05-03
  String.raw`${on}(?<![\w./-])(?:3[01]|[12]\d|0?[1-9])([./-])(?:1[0-2]|0?[1-9])\1(?:(?:19|20)\d{2}|\d{2})(?![\w/-]|\.\d)`,
  String.raw`${on}(?<![\w./-])(?:19|20)\d{2}([/-])(?:1[0-2]|0[1-9])\2(?:3[01]|[12]\d|0[1-9])(?![\w/-])`,
  // on 03/05
  String.raw`\b(?:[Oo]n|[Dd]ated|[Bb]orn) (?:3[01]|[12]\d|0[1-9])\/(?:1[0-2]|0[1-9])(?![\w/])`,
  // on the 3rd, with the month told elsewhere
  String.raw`\b[Oo]n the (?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?=[,.;)]|$| (?:he|she|they|it|the|a|an|and|his|her|when|at|by)\b)`,
]
const dayOfYear = new RegExp(`(?:${textual.join('|')})`, 'g')
const feastDay = new RegExp(
  String.raw`${on}${the}(?:\b${weekday} (?:before|after) )?(?:\b(?:day|night|weekend) (?:before|after) )?\b${feast}(?:,? ?(?:19|20)\d{2})?`,
  'g',
)
const birthday = new RegExp(
  String.raw`${on}(?:\b(?:(?:the|two|three|four|five|six|\d+) )?(?:day|days|night|week|evening|morning|weekend)s? (?:before|after|of) )?\b(?:his|her|their|its|the|a|\w+'s?)(?: (?:\w+'s?|older|younger|own))? (?:\w+(?:st|nd|rd|th)|first|second|third|${ordinalWord}) birthday\b`,
  'gi',
)
const plainBirthday =
  /\b(?:on|the day (?:before|after)|(?:two|three|\d+) days (?:before|after)) (?:his|her|their|the child's|[A-Z]\w+'s) (?:\w+'s )?birthday\b/gi
const weekdayBeside = new RegExp(
  String.raw`${on}${the}(?:following|next|previous|same) \b${weekday}(?= (?:morning|afternoon|evening|night)|[ ,.;]|$)|${on}${the}\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?:before|after|following|of) (?:the |that |his |her |their |same )*(?:same |May |Easter |Christmas |summer |half[- ]term |school |bank )*(?:Christmas|Easter|half[- ]term|week|weekend|holidays?|term|death|birth|funeral|incident|injury|assault|attack|fire|Eid|Ramadan|New Year)(?: holidays?| week| break)?`,
  'g',
)

/** A day on which something was published or is due is about us, not about the child. */
const aboutUs =
  /\b(?:published|in force|updated|accessed|retrieved|last checked|as at|royal assent|laid before parliament)(?: (?:on|from|since|by|to))? ?$/i
/** What the Panel or the partnership did with the review, and the letters between them. */
const process =
  /\b(?:the Panel|the partners|the partnership|we)\b[^.;]*\b(?:considered|discussed|met|received|read)(?: (?:it|this|them))? $|\b(?:considered|discussed|received|read) by the Panel $|\b(?:our|your|this) letter(?: (?:of|dated|from))? $/i
const dueBy =
  /\b(?:should|must|will|shall|are to|is to|asks?|due|deadline|complete|review date)\b[^.]*\b(?:by|before|until|no later than|due|due on) ?$|\b(?:by|due|due date|deadline|target date|review date): ?$/i

export function findDates(text: string, known: KnownToRecord): Hit[] {
  const hits: Hit[] = []
  for (const { index, 0: all } of text.matchAll(dayOfYear)) {
    const to = index + all.trimEnd().length
    const day = dayIn(all)
    const knownAs = known.dates.find(({ on: date }) => isSameDay(date, day))
    const before = text.slice(Math.max(0, index - 160), index)
    const isProcess =
      process.test(before) || (day.year !== undefined && known.process?.some(date => isSameDay(date, day)))
    if (!knownAs && isProcess) continue
    if (!knownAs && (aboutUs.test(`${before}${leadOf(all)}`) || dueBy.test(`${before}${leadOf(all)}`))) continue
    if (isSectionNumber(text, index, all)) continue
    const years = day.year ?? (knownAs && Number(knownAs.on.slice(0, 4)))
    hits.push({
      kind: 'date',
      from: index,
      to,
      why: knownAs
        ? `This is the exact day of the ${knownAs.what} in the record.`
        : 'An exact day can be matched with news, records or what neighbours remember.',
      safer: withLead(all, season(day.month, years)),
    })
  }
  for (const { index, 0: all } of text.matchAll(feastDay)) {
    const found = /(?:19|20)\d{2}/.exec(all)?.[0]
    const words = /Easter|Friday|Palm|Ash|Shrove|Pancake|Mother|Spring|May/i.test(all)
      ? 'spring'
      : /Father|Summer|August/i.test(all)
        ? 'summer'
        : /Bonfire|Guy|Hallow|Remembrance|Diwali/i.test(all)
          ? 'autumn'
          : 'winter'
    hits.push({
      kind: 'date',
      from: index,
      to: index + all.trimEnd().length,
      why: 'A feast day is an exact day, and one that people remember.',
      safer: withLead(all, found ? `${words} ${found}` : words),
    })
  }
  for (const way of [birthday, plainBirthday]) {
    for (const { index, 0: all } of text.matchAll(way)) {
      hits.push({
        kind: 'date',
        from: index,
        to: index + all.length,
        why: 'A birthday gives the exact day to whoever knows when the child was born.',
        safer: 'the child’s age as a band, like ‘when under three’',
      })
    }
  }
  for (const { index, 0: all } of text.matchAll(weekdayBeside)) {
    hits.push({
      kind: 'date',
      from: index,
      to: index + all.length,
      why: 'A weekday told by what it was before or after is an exact day.',
      safer: 'some days earlier or later, or the season',
    })
  }
  return hits.map(hit => ({ ...hit, to: endOf(text, hit) }))
}

/** A full stop belongs to `3 Jan.` unless it ends the sentence. */
function endOf(text: string, { to }: Hit): number {
  return text[to - 1] === '.' && /^(?:$|["')]| [A-Z"'(])/.test(text.slice(to, to + 3)) ? to - 1 : to
}

const leadOf = (words: string) => /^(?:[Oo]n )?/.exec(words)![0]
const withLead = (words: string, safer: string) => (/^on /i.test(words) ? `in ${safer}` : safer)

/** `2.10.24` at the head of a paragraph, or after the word for it, is a number of ours. */
function isSectionNumber(text: string, at: number, words: string): boolean {
  if (!/^\d+\.\d+\.\d+$/.test(words)) return false
  return (
    at === 0 ||
    /\b(?:sections?|paragraphs?|paras?|appendix|annex|chapter|standard|version|v|see) ?\.?$/i.test(
      text.slice(Math.max(0, at - 14), at),
    )
  )
}

interface Day {
  day: number | undefined
  month: number | undefined
  year: number | undefined
}

const monthKeys = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const fullYear = (digits: string) =>
  digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) > 50 ? 1900 : 2000)

function dayIn(words: string): Day {
  const iso = /(\d{4})[/-](\d{2})[/-](\d{2})/.exec(words)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const numbers = /(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2,4}))?/.exec(words)
  const named = words
    .toLowerCase()
    .match(/\b[a-z]{3,9}/g)
    ?.find(word => isMonth(word))
  if (numbers && !named) {
    return { day: Number(numbers[1]), month: Number(numbers[2]), year: numbers[3] ? fullYear(numbers[3]) : undefined }
  }
  const year =
    /\b((?:19|20)\d{2})\b/.exec(words)?.[1] ?? new RegExp(String.raw`[a-z]\.?,? ?-?'?(\d{2})$`).exec(words)?.[1]
  const ordinal = new RegExp(ordinalWord).exec(words)?.[0]
  const digits = /\b(\d{1,2})(?!\d)/.exec(words)?.[1]
  return {
    day: digits ? Number(digits) : ordinal ? ordinals.indexOf(ordinal) + 1 : undefined,
    month: named ? monthKeys.indexOf(named.slice(0, 3)) + 1 : undefined,
    year:
      year && !/[A-Z]\w+ \d{1,2}$/.test(words)
        ? fullYear(year)
        : year && year.length === 4
          ? fullYear(year)
          : undefined,
  }
}
const isMonth = (word: string) => new RegExp(`^${month}$`, 'i').test(word)
const units = 'first second third fourth fifth sixth seventh eighth ninth'.split(' ')
const ordinals = [
  ...units,
  ...'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(' '),
  'twentieth',
  ...units.map(unit => `twenty-${unit}`),
  'thirtieth',
  'thirty-first',
]

function isSameDay(date: string, { day, month: number, year: given }: Day): boolean {
  return (
    Number(date.slice(8)) === day &&
    Number(date.slice(5, 7)) === number &&
    (given === undefined || Number(date.slice(0, 4)) === given)
  )
}

/** No winter: it lies in two years, and which of them must not be guessed. */
function season(monthNumber: number | undefined, years: number | undefined): string {
  if (monthNumber === undefined) return years ? `${years}` : 'that season'
  const name =
    monthNumber <= 2
      ? 'early'
      : monthNumber <= 5
        ? 'spring'
        : monthNumber <= 8
          ? 'summer'
          : monthNumber <= 11
            ? 'autumn'
            : 'late'
  if (name === 'early') return years ? `early ${years}` : 'the start of the year'
  if (name === 'late') return years ? `late ${years}` : 'the end of the year'
  return years ? `${name} ${years}` : name
}

const small = String.raw`(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|twenty-one|thirty)`
const span = String.raw`${small}[ -]?(?:days?|weeks?|wks?|months?|mths?)`
const spans = String.raw`${span}(?:(?:,| and|, and) ${span})?`
const yearsAndMonths = String.raw`${small}[ -]?(?:years?|yrs?)(?: and|,)? ${small}[ -]?(?:months?|mths?)`
const ages = new RegExp(
  String.raw`\b(?:(?:aged (?:just |only |exactly |about |around )?|at the age of |the age of )(?:${yearsAndMonths}|${spans})(?: old)?|(?:${yearsAndMonths}|${spans})[ -](?:old\b|of age\b)|${yearsAndMonths}(?= at (?:the time|death))|\d{1,2}y(?:rs?)? ?\d{1,2}m(?:ths?)?\b|aged \d{1,2}\/(?:7|52|12)\b|day \w+ of life\b)`,
  'gi',
)
const years = String.raw`(?:1[0-7]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)`
const siblingAge = new RegExp(
  String.raw`\b(?:his|her|their|the child's|the|a|one|an?other) (?:(?:own|baby|big|little|older|elder|younger|twin|half|step|oldest|eldest|youngest|two|three|four)[ -])*(?:half-|step-?)?(?:brothers?|sisters?|siblings?)(?:,? (?:who|then|now|also))*,? (?:(?:is|was|are|were|turned|aged|of) (?:(?:then|now|aged|only|just) )?)?${years}(?:(?:,| and|, and) ${years})*(?: years? old)?(?![\w-]|[.,]\d| (?:days?|weeks?|months?|hours?|minutes?|times|of|per|to|years? (?!old)|children|people)\b)`,
  'gi',
)
const isBand =
  /\b(?:under|over|below|above|between|from|to|up to|less than|more than|older than|younger than|least|babies|infants|children|all) (?:the age of )?$/i

export function findAges(text: string): Hit[] {
  return [...exactAges(text), ...agesOfSiblings(text)]
}

/** One age of a brother or sister is enough for whoever knows the family. */
function agesOfSiblings(text: string): Hit[] {
  return [...text.matchAll(siblingAge)].map(({ index, 0: all }) => ({
    kind: 'age' as const,
    from: index,
    to: index + all.length,
    why: 'The age of a brother or sister tells whoever knows the family which it is.',
    safer: 'a brother or sister, or an age band like ‘of primary school age’',
  }))
}

function exactAges(text: string): Hit[] {
  return [...text.matchAll(ages)]
    .filter(({ index, 0: all }) => {
      const before = text.slice(Math.max(0, index - 24), index)
      const after = text.slice(index + all.length, index + all.length + 14)
      if (
        isBand.test(before) ||
        /^ ?(?:to|-|or (?:over|under|more|less|older|younger)|and (?:over|under))\b/.test(after)
      )
        return false
      // A plan, an order or a delay has an age too.
      return !/^ (?:plan|order|record|report|referral|delay|assessment|review|policy|system|form|backlog)\b/.test(after)
    })
    .map(({ index, 0: all }) => ({
      kind: 'age' as const,
      from: index,
      to: index + all.length,
      why: 'An age in days, weeks or months, with any date, gives the day of birth.',
      safer: /y(?:ea)?r/i.test(all)
        ? 'an age band, like ‘a child of two to four’'
        : overAYear(all)
          ? 'a child under two'
          : 'a child under one',
    }))
}

const overAYear = (words: string) =>
  /\b(?:1[2-9]|2\d|3\d|eighteen|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|nineteen|twenty)[ -]months?/i.test(
    words,
  )
