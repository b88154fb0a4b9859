import type { AgeBand, Kind, Nature } from './incident.ts'

/**
 * What the invented incidents follow. Published figures name their source; the rest is invented, and says so. Totals are
 * those of England and not scaled to the invented country, which has 42 children for every 100 of England.
 * SIN: Department for Education, Serious incident notifications, Explore Education Statistics.
 * AR: annual report of the Panel for the year named, mostly as quoted by others.
 */

export interface PublishedYear {
  natures: Record<Nature, number>
  /** Children looked after among them, where published. */
  lookedAfter?: number
}

/** Notifications in England by the March in which the reporting year ends. SIN 2020 to 2026. */
const publishedYears: Record<number, PublishedYear> = {
  2020: { natures: { death: 188, 'serious-harm': 253, other: 8 } },
  2021: { natures: { death: 223, 'serious-harm': 284, other: 29 } },
  2022: { natures: { death: 191, 'serious-harm': 227, other: 24 } },
  2023: { natures: { death: 201, 'serious-harm': 244, other: 11 } },
  2024: { natures: { death: 205, 'serious-harm': 180, other: 20 }, lookedAfter: 99 },
  2025: { natures: { death: 162, 'serious-harm': 167, other: 9 }, lookedAfter: 93 },
  2026: { natures: { death: 160, 'serious-harm': 188, other: 9 }, lookedAfter: 113 },
}

/** Years before the first or after the last that is published repeat it. */
export function publishedYear(endingIn: number): PublishedYear {
  const published = publishedYears[Math.min(2026, Math.max(2020, endingIn))]
  if (!published) throw new RangeError(`No figures for the year ending in March ${endingIn}`)
  return published
}

export function totalOf({ natures }: PublishedYear): number {
  return natures.death + natures['serious-harm'] + natures.other
}

/** Where the number is not published: about what it was in 2024 to 2026. */
export const usualLookedAfterShare = 0.28

/**
 * Share of all notifications that are deaths of looked-after children with no abuse or neglect suspected. Invented:
 * SIN counts them and AR does not, which explains part of 405 notifications against 330 incidents in 2023-24.
 */
export const noAbuseShare = 0.11

/**
 * Deaths of care leavers up to 24, notified of the authority's own will and counted apart from the totals since 2025:
 * 91 and 106 in the years to March 2025 and 2026 (SIN). Far fewer are invented, enough to see what one looks like.
 */
export const careLeaverDeathsPerYear = 6

/** How busy each month is, January first. Invented: fewer in August and December. */
export const monthWeights = [1.04, 1.02, 1.05, 1, 1.03, 1.06, 1.08, 0.78, 1, 1.08, 1.08, 0.78]

/**
 * Ages at the incident. Set so that under 1s are about a third (36% in 2021; almost a third in AR 2018-19), 16 and 17
 * come next (AR 2023-24), and 6 to 10 are about 7% (AR 2018-19). The split by nature is invented.
 */
export const agesByKind: Record<Kind, Partial<Record<AgeBand, number>>> = {
  death: { 'under-1': 44, '1-5': 13, '6-10': 6, '11-15': 15, '16-17': 22 },
  'serious-harm': { 'under-1': 37, '1-5': 20, '6-10': 9, '11-15': 18, '16-17': 16 },
  other: { '11-15': 45, '16-17': 55 },
  'no-abuse': { 'under-1': 8, '1-5': 14, '6-10': 14, '11-15': 26, '16-17': 38 },
  'care-leaver': { '16-17': 1 },
}

/**
 * Broad ethnic groups. Over the whole country White comes to about 75%, Black is over-represented and Asian
 * under-represented (AR 2023-24, spoken); the other shares and the difference between city and country are invented.
 */
export const ethnicGroups = {
  city: { white: 43, mixed: 14, asian: 15, black: 24, other: 4 },
  elsewhere: { white: 80.4, mixed: 7, asian: 6.2, black: 5.3, other: 1.1 },
}

/** Within a group, as the Census of 2021 counted all ages in England. */
export const ethnicityWithin = {
  white: { WBRI: 73.54, WIRI: 0.87, WIRT: 0.11, WROM: 0.18, WOTH: 6.35 },
  mixed: { MWBC: 0.88, MWBA: 0.43, MWAS: 0.84, MOTH: 0.8 },
  asian: { AIND: 3.26, APKN: 2.78, ABAN: 1.11, AOTH: 1.69, CHNE: 0.76 },
  black: { BCRB: 1.1, BAFR: 2.6, BOTH: 0.52 },
  other: { OOTH: 1 },
}

/** 485 children in 330 incidents (AR 2023-24). The spread is invented. */
export const childrenPerFamilyIncident = { 1: 58, 2: 23, 3: 10.5, 4: 6, 5: 2.5 }

/** On a child protection plan: 13% (AR 2018-19; SIN, second half of 2020-21). */
export const protectionPlanShare = 0.13
/** Known to an agency: over four in five (SIN 2020-21). */
export const knownShare = 0.84
/** Children of school age: 11% not in school and 29% often absent (AR 2022-23). The rest is invented. */
export const schoolAgeEducation = {
  school: 45,
  'often-absent': 29,
  'special-school': 9,
  'alternative-provision': 6,
  'home-education': 4,
  'missing-education': 3,
  excluded: 4,
}

/** Working days from aware to notified: five are allowed. That about one in six is late is invented. */
export const notifyingDays = { '0': 6, '1': 12, '2': 14, '3': 16, '4': 17, '5': 19, '6-10': 11, '11-30': 5 }
/** Working days from notified to the rapid review: fifteen are allowed. That three quarters keep it is invented. */
export const reviewingDays = { '9-13': 11, '14': 15, '15': 49, '16-20': 15, '21-40': 8, '41-60': 2 }

/** Outcomes of rapid reviews. Invented, but for LCSPRs: 82 were considered beside 330 incidents (AR 2023-24). */
export const outcomeShares = {
  NO_FURTHER_REVIEW: 57,
  LCSPR: 22,
  LOCAL_LEARNING_REVIEW: 13,
  SINGLE_AGENCY: 3,
  CRITERIA_NOT_MET: 3.5,
  'LCSPR+NATIONAL_SUGGESTED': 1.5,
}

/** Views of the Panel. Invented. */
export const viewShares = { agree: 60, agreeWithComment: 23, moreInformation: 8, disagree: 7, criteriaQuery: 2 }
