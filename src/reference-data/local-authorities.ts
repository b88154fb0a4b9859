import { z } from 'zod'
import { type CivilDate, civilDate } from '../platform/dates.ts'
import { once, readRows, referenceText, wholeNumber } from './read-csv.ts'

/** An authority responsible for children's services in England. */
export interface LocalAuthority {
  /** ONS code in use until 30 April 2025. Statistics released up to 2025 use it. */
  readonly codeBefore1May2025: string
  /** ONS code in use now. It differs from the older one for Barnsley and Sheffield only. */
  readonly code: string
  /** Three digits of the Department for Education; these did not change in 2025. */
  readonly dfeCode: string
  readonly name: string
  readonly type: string
  readonly regionCode: string
  readonly regionName: string
  readonly childrenMid2023: number
  readonly childrenMid2024: number
  /** Rounded by the publisher. */
  readonly childrenInNeed31March2025: number
  /** False where so few children live that no rate or small count may be published. */
  readonly ratesMayBePublished: boolean
  readonly source: string
  readonly asAt: string
}

export interface Region {
  readonly code: string
  readonly name: string
  readonly localAuthorities: number
  readonly childrenMid2023: number
  readonly childrenMid2024: number
  readonly childrenInNeed31March2025: number
  readonly source: string
  readonly asAt: string
}

/** Children aged 0 to 17 in England as the Office for National Statistics states them. */
export const englandChildren = { mid2023: 12_059_476, mid2024: 12_183_016 } as const

const codesChangedOn = civilDate('2025-05-01')

/** Isles of Scilly and City of London, by DfE code. */
const tooFewChildren = ['420', '201']

const onsCode = z.string().regex(/^E\d{8}$/, 'must be an ONS code, E and eight digits')

const localAuthorityRow = z
  .object({
    ons_code: onsCode,
    ons_code_from_2025_05_01: onsCode,
    dfe_la_code: z.string().regex(/^\d{3}$/, 'must have three digits'),
    name: z.string().min(1),
    la_type: z.string().min(1),
    region_code: onsCode,
    region_name: z.string().min(1),
    population_0_17_mid2023: wholeNumber,
    population_0_17_mid2024: wholeNumber,
    children_in_need_31mar2025: wholeNumber,
    source: z.string().min(1),
    as_at: z.string().min(1),
  })
  .transform((row): LocalAuthority => ({
    codeBefore1May2025: row.ons_code,
    code: row.ons_code_from_2025_05_01,
    dfeCode: row.dfe_la_code,
    name: row.name,
    type: row.la_type,
    regionCode: row.region_code,
    regionName: row.region_name,
    childrenMid2023: row.population_0_17_mid2023,
    childrenMid2024: row.population_0_17_mid2024,
    childrenInNeed31March2025: row.children_in_need_31mar2025,
    ratesMayBePublished: !tooFewChildren.includes(row.dfe_la_code),
    source: row.source,
    asAt: row.as_at,
  }))

const regionRow = z
  .object({
    region_code: onsCode,
    region_name: z.string().min(1),
    local_authorities: wholeNumber,
    population_0_17_mid2023: wholeNumber,
    population_0_17_mid2024: wholeNumber,
    children_in_need_31mar2025: wholeNumber,
    source: z.string().min(1),
    as_at: z.string().min(1),
  })
  .transform((row): Region => ({
    code: row.region_code,
    name: row.region_name,
    localAuthorities: row.local_authorities,
    childrenMid2023: row.population_0_17_mid2023,
    childrenMid2024: row.population_0_17_mid2024,
    childrenInNeed31March2025: row.children_in_need_31mar2025,
    source: row.source,
    asAt: row.as_at,
  }))

/**
 * Authorities from the text of local-authorities.csv.
 * @throws Error when there are not 153 with codes of their own, or when the children do not add up to England
 */
export function parseLocalAuthorities(text: string): readonly LocalAuthority[] {
  const name = 'local-authorities.csv'
  const authorities = readRows(name, text, localAuthorityRow)
  if (authorities.length !== 153) throw new Error(`${name} must list 153 authorities, not ${authorities.length}.`)
  for (const codeOf of [codeNow, codeThen, dfeCode]) {
    if (new Set(authorities.map(codeOf)).size !== authorities.length) throw new Error(`${name} lists a code twice.`)
  }
  const sums = {
    mid2023: sum(authorities, authority => authority.childrenMid2023),
    mid2024: sum(authorities, authority => authority.childrenMid2024),
  }
  for (const year of ['mid2023', 'mid2024'] as const) {
    if (sums[year] !== englandChildren[year]) {
      throw new Error(`${name}: children in ${year} add up to ${sums[year]}, England has ${englandChildren[year]}.`)
    }
  }
  return authorities
}

const codeNow = (authority: LocalAuthority) => authority.code
const codeThen = (authority: LocalAuthority) => authority.codeBefore1May2025
const dfeCode = (authority: LocalAuthority) => authority.dfeCode

/** @throws Error when a region does not add up to its authorities */
export function parseRegions(text: string, authorities: readonly LocalAuthority[]): readonly Region[] {
  const name = 'regions.csv'
  const regions = readRows(name, text, regionRow)
  for (const region of regions) {
    const within = authorities.filter(authority => authority.regionCode === region.code)
    if (
      within.length !== region.localAuthorities ||
      sum(within, authority => authority.childrenMid2023) !== region.childrenMid2023 ||
      sum(within, authority => authority.childrenMid2024) !== region.childrenMid2024
    ) {
      throw new Error(`${name}: ${region.name} does not add up to its authorities.`)
    }
  }
  if (sum(regions, region => region.localAuthorities) !== authorities.length) {
    throw new Error(`${name} leaves an authority out.`)
  }
  return regions
}

function sum<Row>(rows: readonly Row[], count: (row: Row) => number): number {
  return rows.reduce((total, row) => total + count(row), 0)
}

export const readLocalAuthorities = once(() => parseLocalAuthorities(referenceText('local-authorities.csv')))
export const readRegions = once(() => parseRegions(referenceText('regions.csv'), readLocalAuthorities()))

/** The authority's ONS code on a day. */
export function codeOn(authority: LocalAuthority, on: CivilDate): string {
  return on < codesChangedOn ? authority.codeBefore1May2025 : authority.code
}

/** The authority with this ONS code, of before or after 1 May 2025, or with this three-digit DfE code. */
export function findLocalAuthority(code: string): LocalAuthority | undefined {
  return readLocalAuthorities().find(
    authority => authority.code === code || authority.codeBefore1May2025 === code || authority.dfeCode === code,
  )
}
