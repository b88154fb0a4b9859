/** Words that stand in every recommendation and tell none from another. */
const common = new Set(
  `a about after all also an and any are as at be been before but by can do does each ever every for from had has have
  how if in into is it its least make makes made must no not of on one or other our own should so such than that the
  their them then there they this those to too until up us was we were what when where whether which while who whom
  whose will with within without would`.split(/\s+/),
)

/** Words of the field that mean the same, each line under its first. Stems, as `stemOf` makes them. */
const sameWords = new Map(
  [
    'baby|babi|infant|newborn|neonat',
    'father|dad|male|men|man',
    'mother|mum|matern',
    'child|children|pupil|adolesc|teenag|youngster',
    'sibl|brother|sister',
    'gp|practition general|surgeri',
    'camh|mental',
    'polic|officer|constabl|forc',
    'school|educ|academi',
    'bruis|injuri|injur|fractur',
    'domest|coerciv',
    'perpetr|offend',
    'alcohol|drink|drunk',
    'drug|substanc|methadon',
    'neglect|omiss',
    'pregnanc|pregnant|birth|antenat|midwif|midwiv|midwiferi',
    'sleep|bed',
    'discharg|leav',
    'meet|confer|discuss|conversation',
    'record|note|write|written|minut|document',
    'tell|told|inform|notifi|let|know|notic|warn|share',
    'look|check|examin|see|seen|visit',
    'talk|speak|spoken|ask',
    'interpret|translat',
    'danger|risk',
    'escal|disagre|differ|disput',
    'exploit|groom',
    'convict|crimin',
    'missing|miss|absent',
    'exclud|exclus',
    'hous|home|accommod|address|household',
    'famili|relat|kin',
    'fortnight|week|month|quarter|year',
  ].flatMap(line => {
    const [first, ...others] = line.split('|')
    return others.map((other): [string, string] => [other, first!])
  }),
)

/** English endings off: rough, and the same for two forms of one word. */
export function stemOf(word: string): string {
  let stem = word.replace(/[’']s?$/, '')
  if (stem.length <= 3) return stem
  stem = stem.replace(/ies$/, 'y').replace(/([sxz]|ch|sh)es$/, '$1')
  if (!/(ss|us|is)$/.test(stem)) stem = stem.replace(/s$/, '')
  if (/[aeiouy].*ing$/.test(stem)) stem = undouble(stem.slice(0, -3))
  else if (/[aeiouy].*ed$/.test(stem)) stem = undouble(stem.slice(0, -2))
  for (const ending of [
    'ational',
    'ation',
    'ition',
    'ional',
    'ement',
    'ment',
    'ness',
    'able',
    'ible',
    'ive',
    'ion',
    'ity',
    'al',
    'ly',
    'er',
    'or',
    'e',
  ]) {
    if (stem.endsWith(ending) && stem.length - ending.length >= 4) {
      stem = stem.slice(0, -ending.length)
      break
    }
  }
  return stem.replace(/y$/, 'i')
}

function undouble(stem: string): string {
  return /([bdfgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem
}

/** The stems of a text that say what it is about, as often as they stand in it. */
export function stemsIn(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{N}’']*|\p{N}+/gu) ?? []
  return words.flatMap(word => {
    if (common.has(word)) return []
    const stem = stemOf(word)
    const same = sameWords.get(stem)
    return same && same !== stem ? [stem, `=${same}`] : [stem, `=${stem}`].slice(0, heads.has(stem) ? 2 : 1)
  })
}
const heads = new Set(sameWords.values())
