import { dayNumber, isWorking, isoDay, isoMoment, reportingYearOf, stepWorkingDays } from './calendar.ts'
import { country as trainingCountry, partnershipOf } from './country.ts'
import type { Country } from './country.ts'
import { courseUntil, goThrough } from './course.ts'
import type { Stage, Steps } from './course.ts'
import {
  agesByKind,
  careLeaverDeathsPerYear,
  monthWeights,
  noAbuseShare,
  notifyingDays,
  publishedYear,
  totalOf,
  usualLookedAfterShare,
} from './figures.ts'
import type {
  AgeBand,
  Basis,
  HarmCategory,
  InventedChild,
  Kind,
  LocalReviewView,
  Nature,
  OutcomeCode,
  PanelView,
  PerpetratorRelation,
  ThemeKey,
} from './incident.ts'
import { inventChildren } from './invent-children.ts'
import { scenarios } from './narratives.ts'
import type { Scenario, ScenarioKey } from './narratives.ts'
import { apportion, drawDays, sampler, seededRandom } from './random.ts'
import type { Random } from './random.ts'
import type { ProseReview } from './reviews/read-reviews.ts'
import { tellIncident } from './tell-incident.ts'

export { stages } from './course.ts'
export type { Stage, Steps } from './course.ts'

/** Calendar days are ISO text; `notifiedAt` is a moment in UTC and is missing from a draft. */
export interface InventedIncident {
  /** Its place in the sequence. The same seed and span give the same keys. */
  key: string
  authorityCode: string
  /** The authority's partnership on the day. */
  partnershipCode: string
  /** Where the first child normally lives; mostly the same authority. */
  residenceAuthorityCode: string
  incidentOn: string
  awareOn: string
  notifiedAt?: string
  nature: Nature
  basis: Basis
  /** The child harmed, or the first, then brothers and sisters or others in the same incident. */
  children: InventedChild[]
  harmCategories: HarmCategory[]
  suspectedPerpetratorRelation: PerpetratorRelation
  themes: ThemeKey[]
  narrative: string
  stage: Stage
  steps: Steps
  /** Known once the rapid review is sent. */
  outcomes?: OutcomeCode[]
  /** Known once the Panel's letter is sent. */
  view?: PanelView
  localReviewView?: LocalReviewView
  /** The review in prose that tells of this incident. */
  reviewKey?: string
}

export interface InventionOptions {
  seed: number | string
  /** The first day of notifications; else the April of 2023, with which the first of three published years begins. */
  from?: string
  /** The first day after the last notification. Stages are as they stood when this day began. */
  until: string
  /** How many; else as many as were published for England, with drafts and deaths of care leavers on top. */
  count?: number
  country?: Country
  /** Reviews in prose; each brings its own incident and takes the place of an invented one. */
  reviews?: readonly ProseReview[]
}

/** What happens, by kind of notification and age. Per cent; SUDI, suicide and assault of deaths follow AR 2020. */
const scenarioWeights: Record<Kind, Partial<Record<AgeBand, Partial<Record<ScenarioKey, number>>>>> = {
  death: {
    'under-1': { 'sudden-death': 66, 'fatal-maltreatment': 9, 'unexplained-death': 19, 'parent-crisis': 6 },
    '1-5': {
      'fatal-maltreatment': 34,
      accident: 26,
      'medical-neglect': 14,
      'domestic-abuse': 8,
      'parent-crisis': 10,
      'unexplained-death': 8,
    },
    '6-10': {
      'fatal-maltreatment': 32,
      accident: 20,
      'medical-neglect': 24,
      'domestic-abuse': 11,
      'parent-crisis': 13,
    },
    '11-15': {
      suicide: 58,
      'criminal-exploitation': 14,
      'medical-neglect': 12,
      misadventure: 10,
      'fatal-maltreatment': 6,
    },
    '16-17': {
      suicide: 46,
      'criminal-exploitation': 34,
      misadventure: 12,
      'medical-neglect': 4,
      'fatal-maltreatment': 4,
    },
  },
  'serious-harm': {
    'under-1': { 'inflicted-injury': 84, neglect: 8, 'medical-neglect': 3, 'parent-crisis': 5 },
    '1-5': {
      'inflicted-injury': 38,
      neglect: 24,
      accident: 12,
      'sexual-abuse-in-family': 8,
      'fabricated-illness': 4,
      'parent-crisis': 6,
      'medical-neglect': 4,
      'domestic-abuse': 4,
    },
    '6-10': {
      neglect: 32,
      'sexual-abuse-in-family': 30,
      'inflicted-injury': 18,
      'medical-neglect': 8,
      'fabricated-illness': 6,
      'domestic-abuse': 6,
    },
    '11-15': {
      'self-harm': 24,
      'sexual-abuse-in-family': 20,
      'sexual-exploitation': 16,
      'criminal-exploitation': 14,
      neglect: 16,
      'inflicted-injury': 6,
      'medical-neglect': 4,
    },
    '16-17': {
      'criminal-exploitation': 42,
      'self-harm': 28,
      'sexual-exploitation': 18,
      neglect: 5,
      'sexual-abuse-in-family': 7,
    },
  },
  other: { '11-15': { 'child-caused-harm': 1 }, '16-17': { 'child-caused-harm': 1 } },
  'no-abuse': {
    'under-1': { 'looked-after-death': 1 },
    '1-5': { 'looked-after-death': 1 },
    '6-10': { 'looked-after-death': 1 },
    '11-15': { 'looked-after-death': 1 },
    '16-17': { 'looked-after-death': 1 },
  },
  'care-leaver': { '16-17': { 'care-leaver-death': 1 } },
}

/** Themes added by chance to those of the scenario, in families and outside them. */
const familyThemes: Partial<Record<ThemeKey, number>> = {
  'domestic-abuse': 0.41,
  'parental-mental-health': 0.27,
  'substance-misuse': 0.24,
  'men-not-seen': 0.2,
  'information-sharing': 0.28,
  'whole-family-view': 0.16,
  'childs-voice': 0.2,
  'critical-analysis': 0.22,
  'housing-and-moves': 0.12,
}
const olderThemes: Partial<Record<ThemeKey, number>> = {
  'agencies-acting-alone': 0.24,
  'risk-panels-not-joined-up': 0.18,
  'child-mental-health': 0.25,
  'childs-voice': 0.22,
  'information-sharing': 0.24,
  'critical-analysis': 0.18,
}

interface YearPlan {
  endingIn: number
  firstDay: number
  endDay: number
  /** Share of the reporting year's notifications that falls between the two days. */
  part: number
  total: number
}

/** The reporting years that the span touches, with the number of incidents in each. */
function planYears(from: string, until: string, count: number | undefined): YearPlan[] {
  const years: YearPlan[] = []
  for (let endingIn = reportingYearOf(from); `${endingIn - 1}-04-01` < until; endingIn += 1) {
    const yearFirst = dayNumber(`${endingIn - 1}-04-01`)
    const yearEnd = dayNumber(`${endingIn}-04-01`)
    const firstDay = Math.max(yearFirst, dayNumber(from))
    const endDay = Math.min(yearEnd, dayNumber(until))
    const part = seasonWeight(firstDay, endDay) / seasonWeight(yearFirst, yearEnd)
    const total = Math.round(totalOf(publishedYear(endingIn)) * part)
    years.push({ endingIn, firstDay, endDay, part, total })
  }
  if (count === undefined) return years
  const shares = apportion(count, Object.fromEntries(years.map(year => [String(year.endingIn), year.total || 1])))
  return years.map(year => ({ ...year, total: shares[String(year.endingIn)] ?? 0 }))
}

function dayWeight(day: number): number {
  return isWorking(day) ? (monthWeights[Number(isoDay(day).slice(5, 7)) - 1] ?? 1) : 0
}

function seasonWeight(firstDay: number, endDay: number): number {
  let weight = 0
  for (let day = firstDay; day < endDay; day += 1) weight += dayWeight(day)
  return weight
}

/**
 * Invents what authorities notify, in the order of notification, drafts last.
 *
 * The number in each reporting year is the published one for England, and of an unfinished year its part by the season;
 * the split by nature is kept to the unit. Everything else is drawn by chance around the figures of `figures.ts`.
 * Authorities share by child population times two gamma factors, one that stays and one for each year, so counts vary
 * more than Poisson.
 */
export function* inventIncidents(options: InventionOptions): Generator<InventedIncident> {
  const { seed, until, count, country = trainingCountry, reviews = [] } = options
  const lastYear = reportingYearOf(isoDay(dayNumber(until) - 1))
  const from = options.from ?? '2023-04-01'
  const random = seededRandom(`incidents ${seed}`)
  const inventor = makeInventor(random, country, until)

  const standing = country.authorities.map(authority => authority.population0to17 * random.gamma(12))
  const asTold = reviews
    .filter(({ incident }) => incident.notifiedAt.slice(0, 10) >= from && incident.notifiedAt.slice(0, 10) < until)
    .toSorted((one, other) => (one.incident.notifiedAt < other.incident.notifiedAt ? -1 : 1))
  let number = 0
  const numbered = (incident: Omit<InventedIncident, 'key'>): InventedIncident => {
    number += 1
    return { key: `T${String(number).padStart(6, '0')}`, ...incident }
  }

  for (const year of planYears(from, until, count)) {
    const pickAuthority = sampler(standing.map(weight => weight * random.gamma(10)))
    const told = asTold.filter(review => reportingYearOf(review.incident.notifiedAt.slice(0, 10)) === year.endingIn)
    const careLeavers = count === undefined ? Math.round(careLeaverDeathsPerYear * year.part) : 0
    const kinds = kindsOfYear(year, told, careLeavers)
    const lookedAfterChance = lookedAfterChanceOf(year)
    const pickDay = sampler(
      Array.from({ length: year.endDay - year.firstDay }, (_, offset) => dayWeight(year.firstDay + offset)),
    )
    const moments = kinds.map(() => year.firstDay * 1440 + pickDay(random) * 1440 + minuteOfDay(random))
    moments.sort((one, other) => one - other)

    let next = 0
    for (const [index, kind] of random.shuffled(kinds).entries()) {
      const notifiedAt = isoMoment(moments[index] ?? 0)
      for (let review = told[next]; review && review.incident.notifiedAt < notifiedAt; review = told[next]) {
        yield numbered(incidentOfReview(review, until))
        next += 1
      }
      yield numbered(inventor(kind, pickAuthority(random), notifiedAt, lookedAfterChance))
    }
    for (const review of told.slice(next)) yield numbered(incidentOfReview(review, until))
  }

  if (count !== undefined) return
  const pickAuthority = sampler(standing)
  const perDay = totalOf(publishedYear(lastYear)) / 253
  for (let day = dayNumber(until); day < dayNumber(until) + 28; day += 1) {
    if (!isWorking(day) || !random.chance(perDay)) continue
    const kind = random.chance(0.52) ? 'serious-harm' : 'death'
    const draft = inventor(kind, pickAuthority(random), isoMoment(day * 1440 + 720), usualLookedAfterShare)
    if (draft.awareOn < until) yield numbered(draft)
  }
}

/** The kinds of a year's incidents, without those which the reviews in prose bring themselves. */
function kindsOfYear(year: YearPlan, told: readonly ProseReview[], careLeavers: number): Kind[] {
  const natures = apportion(year.total, publishedYear(year.endingIn).natures)
  const noAbuse = Math.min(natures.death, Math.round(year.total * noAbuseShare))
  const quota: Record<Kind, number> = {
    ...natures,
    death: natures.death - noAbuse,
    'no-abuse': noAbuse,
    'care-leaver': careLeavers,
  }
  for (const review of told) quota[review.nature] -= 1
  return (Object.keys(quota) as Kind[]).flatMap(kind => Array.from({ length: Math.max(0, quota[kind]) }, () => kind))
}

/** Chance of being looked after where abuse or neglect is suspected, so that the year comes to its published number. */
function lookedAfterChanceOf(year: YearPlan): number {
  const published = publishedYear(year.endingIn)
  const share = published.lookedAfter ? published.lookedAfter / totalOf(published) : usualLookedAfterShare
  return (share - noAbuseShare) / (1 - noAbuseShare)
}

/** Mostly in office hours; one in twenty late in the evening. */
function minuteOfDay(random: Random): number {
  return random.chance(0.05) ? random.whole(1140, 1370) : random.whole(510, 1080)
}

function makeInventor(random: Random, country: Country, until: string) {
  const regionName = new Map(country.regions.map(region => [region.code, region.name]))
  const authorities = country.authorities
  const neighbours = new Map(
    country.regions.map(region => [region.code, authorities.filter(each => each.regionCode === region.code)]),
  )

  return function invent(
    kind: Kind,
    authorityIndex: number,
    notifiedAt: string,
    lookedAfterChance: number,
  ): Omit<InventedIncident, 'key'> {
    const authority = authorities[authorityIndex]
    if (!authority) throw new RangeError(`The country has no authority number ${authorityIndex}`)
    const band = random.weighted(agesByKind[kind])
    const scenarioKey = random.weighted(scenarioWeights[kind][band] ?? {})
    const scenario: Scenario = scenarios[scenarioKey]
    const nature = kind === 'no-abuse' || kind === 'care-leaver' ? 'death' : kind

    const notifiedDay = dayNumber(notifiedAt.slice(0, 10))
    const awareDay = stepWorkingDays(notifiedDay, -drawDays(random, notifyingDays))
    const incidentDay = awareDay - daysUnknown(random, scenarioKey)
    const incidentOn = isoDay(incidentDay)
    const city = regionName.get(authority.regionCode) === 'Greater Carrowmouth'
    const children = inventChildren(random, { kind, band, scenario, incidentDay, city, lookedAfterChance })
    const [first] = children
    if (!first) throw new Error('An incident has at least one child')

    const elsewhere = random.chance(0.06) ? random.pick(neighbours.get(authority.regionCode) ?? [authority]) : authority
    const isDraft = notifiedAt.slice(0, 10) >= until
    const headInjury = scenarioKey === 'inflicted-injury' && band === 'under-1' && random.chance(0.55)
    return {
      authorityCode: authority.code,
      partnershipCode: partnershipOf(authority.code, notifiedAt.slice(0, 10), country)?.code ?? '',
      residenceAuthorityCode: elsewhere.code,
      incidentOn,
      awareOn: isoDay(awareDay),
      ...(!isDraft && { notifiedAt }),
      nature,
      basis: basisOf(kind),
      children,
      harmCategories: headInjury ? [...scenario.harmCategories, 'head-injury'] : scenario.harmCategories,
      suspectedPerpetratorRelation: random.weighted(scenario.suspected),
      themes: basisOf(kind) !== 'abuse-or-neglect' ? [...scenario.themes] : themesOf(random, scenario, band, first),
      narrative: tellIncident(random, { scenario, nature, child: first, children: children.length, incidentDay }),
      ...goThrough(random, kind, notifiedDay, isoDay(awareDay), isDraft, until),
    }
  }
}

function basisOf(kind: Kind): Basis {
  if (kind === 'care-leaver') return 'care-leaver'
  return kind === 'no-abuse' ? 'looked-after-no-abuse' : 'abuse-or-neglect'
}

/** Days between the incident, or the last of it, and the authority's knowing. Invented. */
function daysUnknown(random: Random, scenario: ScenarioKey): number {
  if (random.chance(0.5)) return random.whole(0, 1)
  const hidden = scenario === 'sexual-abuse-in-family' || scenario === 'neglect' || scenario === 'fabricated-illness'
  return random.chance(hidden ? 0.5 : 0.08) ? random.whole(10, 120) : random.whole(0, 5)
}

function themesOf(random: Random, scenario: Scenario, band: AgeBand, child: InventedChild): ThemeKey[] {
  const themes = new Set(scenario.themes)
  if (band === 'under-1') themes.add('babies-under-1')
  if (child.lookedAfter === 'yes') themes.add('looked-after-children')
  if (child.disabled === 'yes' && random.chance(0.5)) themes.add('disabled-children')
  const outOfSchool = ['home-education', 'missing-education', 'excluded', 'not-in-education']
  if (outOfSchool.includes(child.education)) themes.add('out-of-education')
  if (!['WBRI', 'NOBT', 'REFU'].includes(child.ethnicity) && random.chance(0.25)) themes.add('race-and-racism')
  if (scenario.themes.includes('sexual-abuse-in-family')) {
    if (random.chance(0.35)) themes.add('risk-information-not-shared')
    if (random.chance(0.5)) themes.add('waiting-for-disclosure')
  }
  const preSchool = band === '1-5' ? { ...familyThemes, 'parental-mental-health': 0.52 } : familyThemes
  const chances = band === '11-15' || band === '16-17' ? olderThemes : preSchool
  for (const [theme, chance] of Object.entries(chances)) {
    if (random.chance(chance)) themes.add(theme as ThemeKey)
  }
  return [...themes]
}

/** The incident that a review in prose tells of, as far as it had come by `until`. */
function incidentOfReview(told: ProseReview, until: string): Omit<InventedIncident, 'key'> {
  const { incident, review, letter } = told
  const answered = letter.points.flatMap(point => (point.answer ? [point.answer.on] : [])).sort()
  const replyDue = letter.points.flatMap(point => (point.replyBy ? [point.replyBy] : [])).sort()[0]
  const sentOn = incident.notifiedAt.slice(0, 10)
  const reviewSent = dayNumber(review.sentOn)
  const firstSigned = told.signOff.map(({ on }) => on).sort()[0] ?? review.sentOn
  const asked = isoDay(stepWorkingDays(reviewSent, -2))
  const days = {
    draftedOn: incident.awareOn,
    sentOn,
    reviewStartedOn: isoDay(stepWorkingDays(dayNumber(sentOn), 1)),
    reviewMeetingOn: review.meetingOn,
    signaturesAskedOn: firstSigned < asked ? firstSigned : asked,
    reviewSentOn: review.sentOn,
    allocatedOn: isoDay(stepWorkingDays(reviewSent, 1)),
    readOn: isoDay(stepWorkingDays(dayNumber(letter.consideredOn), -2)),
    consideredOn: letter.consideredOn,
    letterSentOn: letter.sentOn,
    ...(answered[0] && { letterAnsweredOn: answered[0] }),
  }
  return {
    authorityCode: told.authorityCode,
    partnershipCode: told.partnershipCode,
    residenceAuthorityCode: told.authorityCode,
    incidentOn: incident.incidentOn,
    awareOn: incident.awareOn,
    notifiedAt: incident.notifiedAt,
    nature: told.nature,
    basis: incident.basis,
    children: incident.children,
    harmCategories: incident.harmCategories,
    suspectedPerpetratorRelation: incident.suspectedPerpetratorRelation,
    themes: told.themes,
    narrative: incident.narrative,
    reviewKey: told.key,
    ...courseUntil(until, days, told.outcomes, letter.view, letter.localReviewView, replyDue ?? false),
  }
}

/** The child harmed, or the first. */
export function firstChild({ key, children }: Pick<InventedIncident, 'key' | 'children'>): InventedChild {
  const [first] = children
  if (!first) throw new Error(`Incident ${key} has no child`)
  return first
}
