import { dayNumber, isoDay } from './calendar.ts'
import {
  childrenPerFamilyIncident,
  ethnicGroups,
  ethnicityWithin,
  knownShare,
  protectionPlanShare,
  schoolAgeEducation,
} from './figures.ts'
import { ageBandOn } from './incident.ts'
import type { AgeBand, DisabilityCode, Education, EthnicityCode, InventedChild, Kind, LivingWith } from './incident.ts'
import { inventChildGivenName, inventFamilyName } from './names.ts'
import type { NameTradition } from './names.ts'
import type { Scenario } from './narratives.ts'
import type { Random } from './random.ts'

/** Being looked after becomes more common with age. The factors are invented and average about 1. */
const lookedAfterFactor: Record<AgeBand, number> = {
  unborn: 0,
  'under-1': 0.35,
  '1-5': 0.5,
  '6-10': 0.9,
  '11-15': 1.5,
  '16-17': 2,
}

const monthsPerBand: Record<AgeBand, [least: number, most: number]> = {
  unborn: [0, 0],
  'under-1': [0, 11],
  '1-5': [12, 71],
  '6-10': [72, 131],
  '11-15': [132, 191],
  '16-17': [192, 215],
}

interface ChildrenWanted {
  kind: Kind
  band: AgeBand
  scenario: Scenario
  incidentDay: number
  city: boolean
  lookedAfterChance: number
}

const traditions: Record<keyof typeof ethnicityWithin, Partial<Record<NameTradition, number>>> = {
  white: { british: 92, european: 8 },
  mixed: { british: 55, caribbean: 20, 'west-african': 8, 'south-asian': 9, arabic: 4, european: 4 },
  asian: { 'south-asian': 62, indian: 30, chinese: 8 },
  black: { 'west-african': 60, caribbean: 40 },
  other: { arabic: 80, european: 20 },
}

function traditionOf(random: Random, code: EthnicityCode, group: keyof typeof ethnicityWithin): NameTradition {
  if (code === 'WBRI' || code === 'WIRI') return 'british'
  if (code === 'AIND') return 'indian'
  if (code === 'APKN' || code === 'ABAN') return 'south-asian'
  if (code === 'CHNE') return 'chinese'
  if (code === 'BCRB') return 'caribbean'
  if (code === 'BAFR') return 'west-african'
  return random.weighted(traditions[group])
}

export function inventChildren(random: Random, wanted: ChildrenWanted): InventedChild[] {
  const { kind, band, scenario, incidentDay, lookedAfterChance } = wanted
  const group = random.weighted(wanted.city ? ethnicGroups.city : ethnicGroups.elsewhere)
  const within: Partial<Record<EthnicityCode, number>> = ethnicityWithin[group]
  const code = random.weighted(within)
  const tradition = traditionOf(random, code, group)
  const familyName = inventFamilyName(random, tradition)
  const ethnicity: EthnicityCode = random.chance(0.03) ? (random.chance(0.8) ? 'NOBT' : 'REFU') : code

  const isFamily = scenario.family || (kind === 'death' && scenario.themes.includes('sudden-unexpected-death'))
  const usual = { '1': 93, '2': 7 }
  const alone = kind === 'no-abuse' || kind === 'care-leaver'
  const howMany = alone ? 1 : Number(random.weighted(isFamily ? childrenPerFamilyIncident : usual))
  const lookedAfter =
    kind !== 'care-leaver' && (kind === 'no-abuse' || random.chance(lookedAfterChance * lookedAfterFactor[band]))

  const children: InventedChild[] = []
  for (let place = 0; place < howMany; place += 1) {
    const first = place === 0
    const childBand = first ? band : isFamily ? random.weighted(band === 'under-1' ? olderSiblings : siblings) : band
    const boy = random.chance(first ? scenario.boys : 0.51)
    const sex = childBand === 'unborn' || random.chance(0.006) ? 'not-known' : boy ? 'male' : 'female'
    const used = new Set(children.map(child => child.givenName))
    let givenName = ''
    while (!givenName || used.has(givenName)) {
      givenName = inventChildGivenName(random, tradition, sex === 'male' ? 'male' : 'female')
    }
    // A care leaver is as much older than 16 or 17 as they have been out of care.
    const years = kind === 'care-leaver' ? random.whole(2, 6) : 0
    const drawn = birth(random, childBand, incidentDay - Math.round(years * 365.25), scenario)
    const born = isFamily ? spaced(drawn, children) : drawn
    const disabled = disabledAnswer(random, kind, scenario, childBand)
    children.push({
      givenName: childBand === 'unborn' ? 'Unborn child' : givenName,
      familyName: first || isFamily ? familyName : inventFamilyName(random, tradition),
      ...born,
      sex,
      ethnicity,
      disabled,
      disabilities: disabilitiesOf(random, disabled),
      ...involvement(random, lookedAfter, scenario, childBand),
      livingWith: livingWith(random, lookedAfter, childBand, kind, scenario),
      education: education(random, childBand, disabled === 'yes', yearsOn(incidentDay, born)),
    })
  }
  return children
}

function birth(random: Random, band: AgeBand, incidentDay: number, scenario: Scenario) {
  if (band === 'unborn') return { expectedOn: isoDay(incidentDay + random.whole(20, 170)) }
  const [least, most] = monthsPerBand[band]
  const young = scenario.themes.includes('sudden-unexpected-death') ? 0.35 : band === 'under-1' ? 0.65 : 1
  const months = least + (most - least) * random.next() * (band === 'under-1' ? random.next() ** (1 - young) : 1)
  const dateOfBirth = isoDay(incidentDay - Math.round(months * 30.44) - random.whole(1, 27))
  if (ageBandOn(isoDay(incidentDay), { dateOfBirth }) === band) return { dateOfBirth }
  return { dateOfBirth: isoDay(incidentDay - Math.round(((least + most) / 2) * 30.44) - 5) }
}

/** Ages of the others in a family. No child is expected while another is still a baby. */
const olderSiblings = { 'under-1': 6, '1-5': 52, '6-10': 28, '11-15': 14 }
const siblings = { unborn: 2, 'under-1': 12, '1-5': 38, '6-10': 30, '11-15': 18 }

/** A child cannot be born within ten months of a brother or sister, unless they are twins. */
function spaced<T extends { dateOfBirth?: string }>(born: T, family: readonly InventedChild[]): T {
  const { dateOfBirth } = born
  if (!dateOfBirth) return born
  const close = family.find(
    ({ dateOfBirth: other }) => other && Math.abs(dayNumber(other) - dayNumber(dateOfBirth)) < 300,
  )
  return close?.dateOfBirth ? { ...born, dateOfBirth: close.dateOfBirth } : born
}

function disabledAnswer(random: Random, kind: Kind, scenario: Scenario, band: AgeBand) {
  if (band === 'unborn') return 'not-known'
  if (kind === 'no-abuse') return random.chance(0.72) ? 'yes' : 'no'
  const chance = scenario.themes.includes('disabled-children') ? 0.45 : band === 'under-1' ? 0.03 : 0.17
  return random.chance(chance) ? 'yes' : random.chance(0.1) ? 'not-known' : 'no'
}

function disabilitiesOf(random: Random, disabled: 'yes' | 'no' | 'not-known'): DisabilityCode[] {
  if (disabled !== 'yes') return ['NONE']
  const weights = { AUT: 32, LD: 28, COMM: 14, MOB: 10, BEH: 14, CON: 6, HEAR: 4, VIS: 4, PC: 4, DDA: 6 }
  const one = random.weighted(weights)
  const other = random.weighted(weights)
  return one !== other && random.chance(0.45) ? [one, other] : [one]
}

/** `childInNeed` says now or earlier, as the published share of just over 40% does (AR 2023-24, spoken). */
function involvement(random: Random, lookedAfter: boolean, scenario: Scenario, band: AgeBand) {
  const planChance = protectionPlanShare * (band === '16-17' ? 0.6 : scenario.family ? 1.75 : 1.15)
  const plan = !lookedAfter && random.chance(planChance)
  const inNeed = lookedAfter || plan || random.chance(0.06)
  const known = inNeed || random.chance(knownShare - 0.1)
  return {
    lookedAfter: lookedAfter ? 'yes' : 'no',
    childProtectionPlan: plan ? 'yes' : 'no',
    childInNeed: inNeed ? 'yes' : random.chance(0.03) ? 'not-known' : 'no',
    knownToAgencies: known ? 'yes' : random.chance(0.2) ? 'not-known' : 'no',
  } as const
}

/** What happens at home is not told of a child who lived with strangers or in hospital. */
function livingWith(random: Random, lookedAfter: boolean, band: AgeBand, kind: Kind, scenario: Scenario): LivingWith {
  if (band === 'unborn') return 'not-known'
  if (!lookedAfter) {
    const older = band === '16-17' && !scenario.atHome ? 6 : 0
    return random.weighted({ parents: 41, 'one-parent': 47, kin: 6, other: older })
  }
  if (scenario.atHome) return random.weighted({ parents: 40, 'one-parent': 32, kin: 28 })
  const hospital = kind === 'no-abuse' ? 6 : 0
  if (band === '16-17') {
    return random.weighted({
      'foster-carers': 25,
      'childrens-home': 27,
      'supported-accommodation': 30,
      'residential-school': 5,
      kin: 5,
      custody: 5,
      hospital,
    })
  }
  const home = band === '11-15' ? 30 : 4
  return random.weighted({ 'foster-carers': 55, 'childrens-home': home, kin: 14, parents: 8, hospital })
}

function yearsOn(day: number, { dateOfBirth }: { dateOfBirth?: string }): number {
  return dateOfBirth ? (day - dayNumber(dateOfBirth)) / 365.25 : 0
}

function education(random: Random, band: AgeBand, disabled: boolean, years: number): Education {
  if (band === 'unborn' || band === 'under-1') return 'below-school-age'
  if (years < 4) return random.weighted({ 'below-school-age': 60, 'early-years': 40 })
  if (years < 5) return random.weighted({ 'below-school-age': 10, 'early-years': 50, school: 40 })
  if (band === '1-5') return random.weighted({ school: 1 })
  if (band === '16-17') {
    return random.weighted({
      'college-or-training': 38,
      'not-in-education': 24,
      'often-absent': 16,
      school: 12,
      'alternative-provision': 5,
      'not-known': 5,
    })
  }
  if (disabled && random.chance(0.4)) return 'special-school'
  return random.weighted(schoolAgeEducation)
}
