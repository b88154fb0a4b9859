/**
 * The training country: invented regions, authorities, police forces and integrated care boards.
 *
 * Its codes begin with T where England's begin with E, so no invented place can be taken for a real one.
 * It has fewer authorities than England (68 against 153) with populations spread as England's are, so about
 * 5.1 million children against 12.18 million. Its incidents keep England's rate per child: see `model.ts`.
 */

export type AuthorityType = 'county' | 'unitary' | 'metropolitan' | 'borough'
export type BodyKind = 'authority' | 'police' | 'icb'

export interface Region {
  code: string
  name: string
}

export interface Authority {
  code: string
  name: string
  type: AuthorityType
  regionCode: string
  population0to17: number
  /** What follows the @ in its people's e-mail addresses. `.example` is reserved and never delivered. */
  domain: string
}

/** A police force or an integrated care board. `until` is the first day on which it no longer existed. */
export interface Agency {
  code: string
  name: string
  domain: string
  from: string
  until?: string
}

/** The safeguarding partners of one area. The phone is in Ofcom's range for drama, which nobody can be given. */
export interface Partnership {
  code: string
  name: string
  domain: string
  from: string
  until?: string
  phone: string
  email: string
}

/** `until` is the first day on which the body was no longer part of the partnership. */
export interface PartnershipBody {
  partnershipCode: string
  bodyKind: BodyKind
  bodyCode: string
  from: string
  until?: string
}

export interface Country {
  regions: readonly Region[]
  authorities: readonly Authority[]
  policeForces: readonly Agency[]
  icbs: readonly Agency[]
  partnerships: readonly Partnership[]
  partnershipBodies: readonly PartnershipBody[]
}

/** The multi-agency arrangements that replaced safeguarding boards had to be in place by this day. */
const arrangementsFrom = '2019-09-29'
/** Integrated care boards took over from clinical commissioning groups on this day. */
const icbsFrom = '2022-07-01'
const icbMergerOn = '2024-07-01'
const partnershipSplitOn = '2024-04-01'

type AuthorityRow = [name: string, type: AuthorityType, population0to17: number]

const authoritiesByRegion: Record<string, AuthorityRow[]> = {
  'Norrow Fells': [
    ['Norrowshire', 'county', 128_410],
    ['Skarrowby', 'unitary', 45_320],
    ['Hathersell', 'unitary', 34_180],
    ['Tarnmouth', 'metropolitan', 58_240],
    ['Ormsgarth', 'metropolitan', 44_090],
    ['Wendlegate', 'metropolitan', 66_350],
    ['Fellhaven', 'unitary', 22_470],
    ['Brackmoor', 'unitary', 100_120],
  ],
  Westering: [
    ['Westeringshire', 'county', 269_880],
    ['Pellmouth', 'unitary', 29_310],
    ['Calderstow', 'metropolitan', 116_540],
    ['Irkingham', 'metropolitan', 83_270],
    ['Marrowdale', 'metropolitan', 72_060],
    ['Great Dunmoor', 'metropolitan', 54_620],
    ['Threlfold', 'unitary', 35_450],
    ['Hexwold', 'unitary', 62_190],
    ['Sandrake', 'unitary', 28_030],
  ],
  'Harrowmead Vale': [
    ['Meadshire', 'county', 154_260],
    ['Corvenham', 'unitary', 73_140],
    ['Quillbridge', 'metropolitan', 176_390],
    ['Bramfold', 'metropolitan', 97_520],
    ['Stainholt', 'metropolitan', 59_080],
    ['Skelderby', 'unitary', 43_410],
    ['Eddlestowe', 'unitary', 37_230],
    ['Kirkenwater', 'unitary', 36_170],
  ],
  Middlefold: [
    ['Middlefoldshire', 'county', 171_700],
    ['Rutley', 'unitary', 8_150],
    ['Arrowick', 'unitary', 62_330],
    ['Dunsmere', 'metropolitan', 68_440],
    ['Copperwick', 'metropolitan', 142_280],
    ['Lathbridge', 'unitary', 41_360],
    ['Hollinmoor', 'unitary', 50_110],
    ['Merestoke', 'unitary', 74_520],
  ],
  Eastmere: [
    ['Merrowfen', 'county', 147_870],
    ['Wickenholm', 'county', 281_330],
    ['Saltfenby', 'unitary', 39_250],
    ['Heronsea', 'unitary', 44_160],
    ['Thurlmouth', 'unitary', 31_420],
    ['Fenbarrow', 'unitary', 54_380],
    ['Larkenfield', 'unitary', 46_290],
    ['Oldstrand', 'unitary', 21_240],
  ],
  'Greater Carrowmouth': [
    ['City of Old Carrow', 'borough', 910],
    ['Ropewalk', 'borough', 31_480],
    ['Tallowgate', 'borough', 47_350],
    ['Northwall Green', 'borough', 59_260],
    ['Marlhithe', 'borough', 65_130],
    ['Queensreach', 'borough', 51_040],
    ['Bellwater', 'borough', 73_410],
    ['Stonehithe', 'borough', 38_220],
    ['Hawkesmoor Park', 'borough', 55_370],
    ['Elmscourt', 'borough', 78_190],
    ['Fairmarsh', 'borough', 62_280],
    ['Ludmarsh', 'borough', 84_310],
    ['Carrow Heath', 'borough', 93_840],
  ],
  Saltway: [
    ['Saltwayshire', 'county', 156_920],
    ['Trewarden', 'county', 104_330],
    ['Isles of Merrin', 'unitary', 390],
    ['Portallan', 'unitary', 51_160],
    ['Stillbrook Vale', 'unitary', 62_070],
    ['Quantley', 'unitary', 35_280],
    ['Cobmouth', 'unitary', 27_140],
  ],
  'Sorrel Downs': [
    ['Sorrelshire', 'county', 288_610],
    ['Downsmarch', 'county', 181_940],
    ['Havenhurst', 'unitary', 63_090],
    ['Chalkwater', 'unitary', 46_180],
    ['Weldmarsh', 'unitary', 36_220],
    ['Pevelsea', 'unitary', 40_350],
    ['Kingsmarrow', 'unitary', 68_030],
  ],
}

interface PartnershipRow {
  name?: string
  authorities: string[]
  police: string[]
  icbs: string[]
  from?: string
  until?: string
}

/** Integrated care boards that began or ended on a day of their own. The others have stood since 2022-07-01. */
const icbSpans: Record<string, { from: string; until?: string }> = {
  'Norrow North': { from: icbsFrom, until: icbMergerOn },
  'Norrow South': { from: icbsFrom, until: icbMergerOn },
  Norrow: { from: icbMergerOn },
}

const partnershipRows: PartnershipRow[] = [
  { authorities: ['Norrowshire'], police: ['Norrow Constabulary'], icbs: ['Norrow North', 'Norrow South', 'Norrow'] },
  { authorities: ['Skarrowby'], police: ['Norrow Constabulary'], icbs: ['Norrow North', 'Norrow'] },
  { authorities: ['Hathersell'], police: ['Norrow Constabulary'], icbs: ['Tarn and Coast'] },
  {
    name: 'Tarn Valley',
    authorities: ['Tarnmouth', 'Ormsgarth', 'Wendlegate'],
    police: ['Tarn Valley Police'],
    icbs: ['Tarn and Coast'],
  },
  { authorities: ['Fellhaven'], police: ['Norrow Constabulary'], icbs: ['Tarn and Coast'] },
  { authorities: ['Brackmoor'], police: ['Brackmoor Constabulary'], icbs: ['Norrow South', 'Norrow'] },
  {
    authorities: ['Westeringshire'],
    police: ['Westering Constabulary'],
    icbs: ['West Shore', 'Dunmoor and Threlfold'],
  },
  { authorities: ['Pellmouth'], police: ['Westering Constabulary'], icbs: ['West Shore'] },
  { authorities: ['Calderstow'], police: ['Irkdale Police'], icbs: ['Irkdale'] },
  { authorities: ['Irkingham'], police: ['Irkdale Police'], icbs: ['Irkdale'] },
  { authorities: ['Marrowdale'], police: ['Irkdale Police'], icbs: ['Irkdale'] },
  { authorities: ['Great Dunmoor'], police: ['Irkdale Police'], icbs: ['Dunmoor and Threlfold'] },
  { authorities: ['Threlfold'], police: ['Westering Constabulary'], icbs: ['Dunmoor and Threlfold'] },
  {
    authorities: ['Hexwold', 'Sandrake'],
    police: ['Westering Constabulary'],
    icbs: ['Dunmoor and Threlfold', 'West Shore'],
  },
  { authorities: ['Meadshire', 'Corvenham'], police: ['Meadshire Constabulary'], icbs: ['Meadshire and Corvenham'] },
  { authorities: ['Quillbridge'], police: ['Quill Valley Police'], icbs: ['Quill Valley'] },
  { authorities: ['Bramfold'], police: ['Quill Valley Police'], icbs: ['Quill Valley'] },
  { authorities: ['Stainholt'], police: ['Quill Valley Police'], icbs: ['Quill Valley'] },
  { authorities: ['Skelderby'], police: ['Skelder Police'], icbs: ['Kirken and Skelder', 'Quill Valley'] },
  { authorities: ['Eddlestowe'], police: ['Meadshire Constabulary'], icbs: ['Kirken and Skelder'] },
  { authorities: ['Kirkenwater'], police: ['Meadshire Constabulary'], icbs: ['Kirken and Skelder'] },
  {
    authorities: ['Middlefoldshire', 'Rutley'],
    police: ['Middlefold Constabulary'],
    icbs: ['Middlefold', 'Copper Vale'],
  },
  { authorities: ['Arrowick'], police: ['Middlefold Constabulary'], icbs: ['Copper Vale'] },
  { authorities: ['Dunsmere'], police: ['Copper Vale Police'], icbs: ['Copper Vale'] },
  { authorities: ['Copperwick'], police: ['Copper Vale Police'], icbs: ['Copper Vale'] },
  { authorities: ['Lathbridge'], police: ['Middlefold Constabulary'], icbs: ['Middlefold'] },
  { authorities: ['Hollinmoor'], police: ['Stoke and Moor Police'], icbs: ['Merestoke'] },
  { authorities: ['Merestoke'], police: ['Stoke and Moor Police'], icbs: ['Merestoke'] },
  { authorities: ['Merrowfen'], police: ['Merrowfen Constabulary'], icbs: ['Fen and Strand'] },
  { authorities: ['Wickenholm'], police: ['Wickenholm Police'], icbs: ['Wickenholm'] },
  {
    authorities: ['Heronsea', 'Saltfenby'],
    police: ['East Strand Police'],
    icbs: ['Heron Coast', 'Fen and Strand'],
    until: partnershipSplitOn,
  },
  { authorities: ['Saltfenby'], police: ['East Strand Police'], icbs: ['Fen and Strand'], from: partnershipSplitOn },
  { authorities: ['Heronsea'], police: ['East Strand Police'], icbs: ['Heron Coast'], from: partnershipSplitOn },
  { authorities: ['Thurlmouth'], police: ['East Strand Police'], icbs: ['Heron Coast'] },
  { authorities: ['Fenbarrow'], police: ['Merrowfen Constabulary'], icbs: ['Fen and Strand'] },
  { authorities: ['Larkenfield'], police: ['Wickenholm Police'], icbs: ['Wickenholm'] },
  { authorities: ['Oldstrand'], police: ['Merrowfen Constabulary'], icbs: ['Fen and Strand'] },
  {
    name: 'Old Carrow and Ropewalk',
    authorities: ['City of Old Carrow', 'Ropewalk'],
    police: ['Old Carrow City Police', 'Carrowmouth Metropolitan Police'],
    icbs: ['Central Carrowmouth'],
  },
  { authorities: ['Tallowgate'], police: ['Carrowmouth Metropolitan Police'], icbs: ['North Carrowmouth'] },
  { authorities: ['Northwall Green'], police: ['Carrowmouth Metropolitan Police'], icbs: ['North Carrowmouth'] },
  { authorities: ['Marlhithe'], police: ['Carrowmouth Metropolitan Police'], icbs: ['Central Carrowmouth'] },
  {
    authorities: ['Queensreach', 'Hawkesmoor Park'],
    police: ['Carrowmouth Metropolitan Police'],
    icbs: ['North Carrowmouth', 'South Carrowmouth'],
  },
  { authorities: ['Bellwater'], police: ['Carrowmouth Metropolitan Police'], icbs: ['Central Carrowmouth'] },
  { authorities: ['Stonehithe'], police: ['Carrowmouth Metropolitan Police'], icbs: ['Central Carrowmouth'] },
  { authorities: ['Elmscourt'], police: ['Carrowmouth Metropolitan Police'], icbs: ['North Carrowmouth'] },
  { authorities: ['Fairmarsh'], police: ['Carrowmouth Metropolitan Police'], icbs: ['South Carrowmouth'] },
  { authorities: ['Ludmarsh'], police: ['Carrowmouth Metropolitan Police'], icbs: ['South Carrowmouth'] },
  { authorities: ['Carrow Heath'], police: ['Carrowmouth Metropolitan Police'], icbs: ['South Carrowmouth'] },
  { authorities: ['Saltwayshire'], police: ['Saltway Constabulary'], icbs: ['Saltway'] },
  {
    name: 'Trewarden and Merrin',
    authorities: ['Trewarden', 'Isles of Merrin'],
    police: ['Trewarden and Merrin Constabulary'],
    icbs: ['Trewarden and Merrin'],
  },
  { authorities: ['Portallan'], police: ['Quant and Allan Police'], icbs: ['Quant and Allan'] },
  { authorities: ['Stillbrook Vale'], police: ['Saltway Constabulary'], icbs: ['Saltway', 'Quant and Allan'] },
  { authorities: ['Quantley', 'Cobmouth'], police: ['Quant and Allan Police'], icbs: ['Quant and Allan'] },
  { authorities: ['Sorrelshire'], police: ['Sorrel Constabulary'], icbs: ['Sorrel'] },
  { authorities: ['Downsmarch', 'Chalkwater'], police: ['Downs Police'], icbs: ['Downs'] },
  { authorities: ['Havenhurst'], police: ['Sorrel Constabulary'], icbs: ['Sorrel'] },
  { authorities: ['Weldmarsh'], police: ['Downs Police'], icbs: ['Weld and Kings'] },
  { authorities: ['Pevelsea'], police: ['Sorrel Constabulary'], icbs: ['Sorrel'] },
  { authorities: ['Kingsmarrow'], police: ['Downs Police'], icbs: ['Weld and Kings', 'Downs'] },
]

/** The first three characters say the kind of place, as in the codes of the Office for National Statistics. */
const codePrefix: Record<AuthorityType, string> = { unitary: 'T06', metropolitan: 'T08', borough: 'T09', county: 'T10' }

function numbered(prefix: string, number: number): string {
  return prefix + String(number).padStart(6, '0')
}

function domainOf(name: string, suffix = ''): string {
  return `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}${suffix}.example`
}

function makeCountry(): Country {
  const regions = Object.keys(authoritiesByRegion).map((name, index) => ({ code: numbered('T12', index + 1), name }))
  const used = new Map<string, number>()
  const nextCode = (prefix: string) => {
    const number = (used.get(prefix) ?? 0) + 1
    used.set(prefix, number)
    return numbered(prefix, number)
  }

  const authorities = regions.flatMap(region =>
    (authoritiesByRegion[region.name] ?? []).map(([name, type, population0to17]): Authority => {
      return {
        code: nextCode(codePrefix[type]),
        name,
        type,
        regionCode: region.code,
        population0to17,
        domain: domainOf(name),
      }
    }),
  )
  const authorityCodes = new Map(authorities.map(authority => [authority.name, authority.code]))

  const policeForces = [...new Set(partnershipRows.flatMap(row => row.police))].map((name): Agency => ({
    code: nextCode('T23'),
    name,
    domain: domainOf(name),
    from: arrangementsFrom,
  }))
  const policeCodes = new Map(policeForces.map(force => [force.name, force.code]))

  const icbNames = [...new Set(partnershipRows.flatMap(row => row.icbs))]
  const icbs = icbNames.map((name): Agency => {
    const span = icbSpans[name] ?? { from: icbsFrom }
    return { code: nextCode('T54'), name: `${name} Integrated Care Board`, domain: domainOf(name, '-icb'), ...span }
  })
  const icbByName = new Map(icbNames.map((name, index) => [name, icbs[index]]))

  const partnerships: Partnership[] = []
  const partnershipBodies: PartnershipBody[] = []
  for (const row of partnershipRows) {
    const name = row.name ?? row.authorities.join(' and ')
    const code = nextCode('T99')
    const number = partnerships.length + 1
    const span = { from: row.from ?? arrangementsFrom, ...(row.until && { until: row.until }) }
    const domain = domainOf(name, '-scp')
    partnerships.push({
      code,
      name: `${name} Safeguarding Children Partnership`,
      domain,
      ...span,
      phone: `01632 960${String(number).padStart(3, '0')}`,
      email: `business.unit@${domain}`,
    })
    const add = (bodyKind: BodyKind, bodyCode: string | undefined, body: { from: string; until?: string }) => {
      if (!bodyCode) throw new Error(`The training country has no ${bodyKind} of that name for ${name}`)
      const from = body.from > span.from ? body.from : span.from
      const until = [body.until, span.until].filter(day => day !== undefined).sort()[0]
      partnershipBodies.push({ partnershipCode: code, bodyKind, bodyCode, from, ...(until && { until }) })
    }
    for (const authority of row.authorities) add('authority', authorityCodes.get(authority), span)
    for (const force of row.police) add('police', policeCodes.get(force), span)
    for (const icb of row.icbs) add('icb', icbByName.get(icb)?.code, icbByName.get(icb) ?? span)
  }
  return { regions, authorities, policeForces, icbs, partnerships, partnershipBodies }
}

export const country: Country = makeCountry()

export function standsOn(span: { from: string; until?: string }, day: string): boolean {
  return span.from <= day && (span.until === undefined || day < span.until)
}

/** The partnership an authority belonged to on a day, or undefined before 2019-09-29. */
export function partnershipOf(authorityCode: string, day: string, place: Country = country): Partnership | undefined {
  const body = place.partnershipBodies.find(
    each => each.bodyKind === 'authority' && each.bodyCode === authorityCode && standsOn(each, day),
  )
  return place.partnerships.find(partnership => partnership.code === body?.partnershipCode)
}

/** Name of the authority, police force, integrated care board or partnership with this code. */
export function placeName(code: string, place: Country = country): string | undefined {
  const places = [...place.authorities, ...place.policeForces, ...place.icbs, ...place.partnerships, ...place.regions]
  return places.find(each => each.code === code)?.name
}
