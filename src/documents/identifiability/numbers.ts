import { commonOccupations } from './common-words.ts'
import type { Hit } from './recognisable.ts'

const words = String.raw`(?:case|file|reference|ref|crime|incident|log|record|hospital|pupil|patient|claim|court|warrant|custody|client|person|passport|licen[cs]e|registration|account|membership|prison|prisoner|NHS|MRN|UPN|URN|LCS|Mosaic|Liquidlogic|Niche|RiO|SystmOne|EMIS|National Insurance|NI)`
/** After a word that announces it. Numbers of the service itself are not announced so, or begin with WV. */
const announced = new RegExp(
  String.raw`\b${words}(?: (?:case|record|court|hospital|crime|file))?(?: (?:number|no|ref|reference|id))?[.:#]?(?:,? (?:is|was|of|number|no\.?|given as|recorded as))*[:#]? ?\(?(?!WV-)((?=[A-Z0-9/-]*\d[A-Z0-9/-]*\d)[A-Z0-9]{2,}(?:[/-][A-Z0-9]+)*(?: \d{2,})*)\b`,
  'gi',
)
const bare = [
  { way: /(?<![\w-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])/g, what: 'This has the form of an NHS number.' },
  // Helplines, 03 and 080, are nobody's.
  {
    way: /(?<![\w-])(?:\+44|0044|0(?!3|80))(?:[ ()-]*\d){9,11}(?![\w])/g,
    what: 'A telephone number leads to a person.',
  },
  { way: /\(0\d{2,5}\)[ \d]{6,9}/g, what: 'A telephone number leads to a person.' },
  {
    way: /(?<![\w-])(?:[A-HJ-PR-Y][A-HJ-PR-Y]\d{2} ?[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3})(?![\w-])/g,
    what: 'A number plate leads to its keeper.',
  },
  {
    way: /(?<![\w-])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])/g,
    what: 'This has the form of a National Insurance number.',
  },
  { way: /(?<![\w-])[A-Z]\d{11}[A-Z\d](?![\w-])/g, what: 'This has the form of a pupil number.' },
  { way: /(?<![\w-])[A-Z]{2}\d{2}[A-Z]\d{5}(?![\w-])/g, what: 'This has the form of a number of a family court.' },
  {
    way: /(?<![\w-])[A-Z]{1,4}[-/]?\d{5,}(?:[-/]\d+)*(?![\w-])/g,
    what: 'A reference can be looked up by those who hold the record.',
  },
  {
    way: /(?<![\w-])\d{2,}\/\d{3,}\/\d{2,}(?![\w-])/g,
    what: 'A reference can be looked up by those who hold the record.',
  },
  {
    way: /(?<![\w,.£/-])\d{7,}(?![\w,.%/-]|\.\d)/g,
    what: 'A long number can be looked up by those who hold the record.',
  },
]

export function findNumbers(text: string): Hit[] {
  const hit = (from: number, length: number, why: string): Hit => ({
    kind: 'number',
    from,
    to: from + length,
    why,
    safer: 'leave out',
  })
  return [
    ...bare.flatMap(({ way, what }) =>
      [...text.matchAll(way)].map(({ index, 0: all }) => hit(index, all.length, what)),
    ),
    ...[...text.matchAll(announced)].map(({ index, 0: all, 1: number }) =>
      hit(
        index + all.lastIndexOf(number!),
        number!.length,
        'A number of a record can be looked up by those who hold the record.',
      ),
    ),
  ]
}

const network = String.raw`(?:Snapchat|Instagram|TikTok|Facebook|Discord|Roblox|YouTube|Twitter|Telegram|WhatsApp|Kik|Steam|Twitch|Reddit|Xbox|PlayStation)`
const onlineWays = [
  /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /(?<![\w.@])@[A-Za-z_][\w.]{2,}\w/g,
  /\b(?:https?:\/\/|www\.)[^\s<>"')]*[\w/]/g,
  /(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|co\.uk|org|org\.uk|net|info|example)(?:\/\S*\w)?(?![\w.]*@)/g,
]
const username = new RegExp(
  String.raw`(?:\b${network}\b[^.!?]{0,60}?|\b(?:user ?name|handle|screen name|gamertag|user|account name|profile name)(?: \w+){0,2} )["']?\b((?=\w*[_.\d])[a-z][\w.]{3,}\w)`,
  'gi',
)
/** Addresses of government and the service say nothing about a child. */
const ofGovernment = /gov\.uk|legislation\.|nhs\.uk\/?$|parliament\.uk/

export function findOnline(text: string): Hit[] {
  const found = [
    ...onlineWays.flatMap(way => [...text.matchAll(way)].map(({ index, 0: all }) => ({ at: index, all }))),
    ...[...text.matchAll(username)].map(({ index, 0: all, 1: name }) => ({
      at: index + all.lastIndexOf(name!),
      all: name!,
    })),
  ]
  return found
    .filter(({ all }) => !ofGovernment.test(all))
    .map(({ at, all }) => ({
      kind: 'online',
      from: at,
      to: at + all.length,
      why: 'An address or name used online leads to a person, and what was posted can be found by it.',
      safer: all.includes('@') ? 'a message, or an account' : 'online',
    }))
}

const kin = String.raw`(?:mother|father|mum|dad|parents?|step-?father|step-?mother|grand(?:mother|father|parent)|partner|husband|wife|uncle|aunt|brother|sister|boyfriend|girlfriend|carer|he|she)`
const job = String.raw`((?:[a-z]+(?:-[a-z]+)? ){0,2}?[a-z]+(?:-[a-z]+)?)`
const employed = new RegExp(
  String.raw`\b(?:work(?:s|ed|ing)?|employed|jobs?|trained|living|career|earning a living) (?:\w+ )?as (?:an? |the )?${job}(?=[,.;)]| (?:and|in|for|at|on|with|who|which|until|before|during|from|of|by|when|but|or)\b|$)`,
  'gi',
)
const uncommonJob = String.raw`(?:[a-z-]+ ){0,2}?(?:\w*(?:keeper|smith|wright|thatcher|farrier|jockey|pilot|vicar|priest|imam|rabbi|pastor|preacher|bishop|curate|diver|councillor|magistrate|coroner|surgeon|footballer|boxer|wrestler|rider|acrobat|singer|actor|actress|dancer|musician|organist|composer|conductor|painter of \w+|sculptor|novelist|author|poet|journalist|presenter|broadcaster|auctioneer|undertaker|embalmer|taxidermist|falconer|shepherd|trawlerman|fisherman|skipper|ferryman|lifeboatman|astronomer|barrister|judge|diplomat|politician|mayor|performer|magician|clown|model|athlete|blacksmith|stonemason|saddler|watchmaker|brewer|distiller|vet|zookeeper|croupier|bailiff|interpreter of \w+|steeplejack|professor|geologist|archaeologist|puppeteer))`
const described = new RegExp(
  String.raw`\b${kin}(?:'s (?:new )?partner)?(?:,| is| was| had been| had once been)(?: then| once| also)? (?:an? |the |a former )(${uncommonJob})\b`,
  'gi',
)

/** What most people do narrows nothing down; whatever is not on the list may. */
export function findOccupations(text: string): Hit[] {
  const hits: Hit[] = []
  for (const way of [employed, described]) {
    for (const { index, 0: all, 1: occupation } of text.matchAll(way)) {
      const plain = occupation!.toLowerCase()
      if (
        way === employed &&
        (plain.split(/[ -]/).some(word => commonOccupations.has(word)) ||
          !/(?:er|or|ist|ian|man|woman|wright|smith|ant|ent|eer|ar|r|t|d|l|m|i|n|y|p|w)$/.test(plain))
      )
        continue
      if (
        way === employed &&
        /^(?:it|well|expected|intended|planned|part|team|one|result|matter|long|soon|if|though|much|equals?|partners?|required|agreed|a team|usual|normal|advocates?|professionals|practitioners?)\b/.test(
          plain,
        )
      )
        continue
      const from = index + all.toLowerCase().lastIndexOf(plain)
      hits.push({
        kind: 'occupation',
        from,
        to: from + plain.length,
        why: 'Few people have this occupation: with the area it can name the family.',
        safer: 'in work',
      })
    }
  }
  return hits
}
