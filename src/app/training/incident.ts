/** What happened, as an authority notifies it. Shared by invented incidents and by the reviews in prose. */

export type Nature = 'death' | 'serious-harm' | 'other'
/** Deaths of looked-after children and of care leavers where nothing is suspected are notified too, and need no review. */
export type Kind = Nature | 'no-abuse' | 'care-leaver'
export type Basis = 'abuse-or-neglect' | 'looked-after-no-abuse' | 'care-leaver'
export type Sex = 'female' | 'male' | 'not-known'
export type Answer = 'yes' | 'no' | 'not-known'

/** The age bands of the official statistics, youngest first. */
export const ageBands = ['unborn', 'under-1', '1-5', '6-10', '11-15', '16-17'] as const
export type AgeBand = (typeof ageBands)[number]

/** Codes of the children in need census. BOTH is any other Black background; NOBT is not yet obtained. */
export const ethnicityCodes = [
  'WBRI',
  'WIRI',
  'WIRT',
  'WROM',
  'WOTH',
  'MWBC',
  'MWBA',
  'MWAS',
  'MOTH',
  'AIND',
  'APKN',
  'ABAN',
  'AOTH',
  'BCRB',
  'BAFR',
  'BOTH',
  'CHNE',
  'OOTH',
  'REFU',
  'NOBT',
] as const
export type EthnicityCode = (typeof ethnicityCodes)[number]

/** Codes of the children in need census. NONE stands alone. */
export const disabilityCodes = [
  'NONE',
  'MOB',
  'HAND',
  'PC',
  'INC',
  'COMM',
  'LD',
  'HEAR',
  'VIS',
  'BEH',
  'CON',
  'AUT',
  'DDA',
] as const
export type DisabilityCode = (typeof disabilityCodes)[number]

export const harmCategories = [
  'physical-abuse',
  'head-injury',
  'fatal-maltreatment',
  'neglect',
  'medical-neglect',
  'emotional-abuse',
  'sexual-abuse-in-family',
  'sexual-abuse-outside-family',
  'sexual-exploitation',
  'criminal-exploitation',
  'serious-violence',
  'sudden-unexpected-death',
  'suicide',
  'self-harm',
  'domestic-abuse',
  'fabricated-illness',
  'accident',
  'natural-causes',
  'not-known',
] as const
export type HarmCategory = (typeof harmCategories)[number]

export const livingSituations = [
  'parents',
  'one-parent',
  'kin',
  'foster-carers',
  'childrens-home',
  'residential-school',
  'supported-accommodation',
  'hospital',
  'custody',
  'other',
  'not-known',
] as const
export type LivingWith = (typeof livingSituations)[number]

export const educationStatuses = [
  'below-school-age',
  'early-years',
  'school',
  'often-absent',
  'special-school',
  'alternative-provision',
  'excluded',
  'home-education',
  'missing-education',
  'college-or-training',
  'not-in-education',
  'not-known',
] as const
export type Education = (typeof educationStatuses)[number]

export const perpetratorRelations = [
  'mother',
  'father',
  'both-parents',
  'mothers-partner',
  'sibling',
  'relative',
  'family-friend',
  'carer',
  'staff',
  'peer',
  'exploiter',
  'none',
  'not-known',
] as const
export type PerpetratorRelation = (typeof perpetratorRelations)[number]

export const themeKeys = [
  'babies-under-1',
  'extra-familial-harm',
  'child-mental-health',
  'parental-mental-health',
  'sexual-abuse-in-family',
  'neglect',
  'race-and-racism',
  'out-of-education',
  'risk-information-not-shared',
  'agencies-acting-alone',
  'risk-panels-not-joined-up',
  'waiting-for-disclosure',
  'whole-family-view',
  'childs-voice',
  'critical-analysis',
  'domestic-abuse',
  'non-accidental-injury',
  'sudden-unexpected-death',
  'disabled-children',
  'looked-after-children',
  'substance-misuse',
  'men-not-seen',
  'housing-and-moves',
  'information-sharing',
] as const
export type ThemeKey = (typeof themeKeys)[number]

export const outcomeCodes = [
  'NO_FURTHER_REVIEW',
  'LCSPR',
  'LOCAL_LEARNING_REVIEW',
  'SINGLE_AGENCY',
  'NATIONAL_SUGGESTED',
  'CRITERIA_NOT_MET',
] as const
export type OutcomeCode = (typeof outcomeCodes)[number]

/** What the Panel thinks of the rapid review's decision. */
export const panelViews = ['agree', 'disagree', 'agreeWithComment', 'moreInformation', 'criteriaQuery'] as const
export type PanelView = (typeof panelViews)[number]

/** What the Panel thinks should happen next. */
export const localReviewViews = [
  'agreeLCSPR',
  'agreeNoLCSPR',
  'suggestLCSPR',
  'suggestReconsider',
  'considerForNational',
  'noteForThematic',
] as const
export type LocalReviewView = (typeof localReviewViews)[number]

/** An unborn child has `expectedOn` and no `dateOfBirth`. */
export interface InventedChild {
  givenName: string
  familyName: string
  dateOfBirth?: string
  expectedOn?: string
  sex: Sex
  ethnicity: EthnicityCode
  disabled: Answer
  disabilities: DisabilityCode[]
  lookedAfter: Answer
  childProtectionPlan: Answer
  childInNeed: Answer
  knownToAgencies: Answer
  livingWith: LivingWith
  education: Education
}

/** The band a child of this birthday is in on a day. */
export function ageBandOn(day: string, child: { dateOfBirth?: string | undefined }): AgeBand {
  if (!child.dateOfBirth || child.dateOfBirth > day) return 'unborn'
  const years = Number(day.slice(0, 4)) - Number(child.dateOfBirth.slice(0, 4))
  const age = years - (day.slice(5) < child.dateOfBirth.slice(5) ? 1 : 0)
  if (age < 1) return 'under-1'
  if (age <= 5) return '1-5'
  if (age <= 10) return '6-10'
  return age <= 15 ? '11-15' : '16-17'
}
