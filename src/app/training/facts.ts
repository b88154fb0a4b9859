import type { NotificationAnswers } from '../../notifications/index.ts'
import { dayNumber } from './calendar.ts'
import type { HarmCategory, InventedChild, PerpetratorRelation } from './incident.ts'
import type { InventedIncident } from './model.ts'
import { seededRandom } from './random.ts'

type ChildAnswers = NonNullable<NotificationAnswers['children']>[number]
export type Agency = Extract<ChildAnswers['agencies'], readonly unknown[]>[number]

/** What an incident's notification and review both rest on. Told from the incident alone, so that they agree. */
export interface Facts {
  child: InventedChild
  ageInDays: number
  incidentDay: number
  socialCare: 'now' | 'before' | 'never'
  /** A child protection plan that had ended. */
  planBefore: boolean
  siblings: 'named' | 'older-elsewhere' | 'none' | 'not-known'
  household: Household
  agencies: Agency[]
  isInvestigated: boolean
  learnedBefore: boolean
  /** Words a sentence may ask for, such as `nursery` or `plan`. */
  tags: ReadonlySet<string>
}

type Household = 'both' | 'mother-alone' | 'mother-and-weekends' | 'mother-and-partner' | 'father-alone' | 'away'

interface Incident {
  children: readonly InventedChild[]
  incidentOn: string
  nature: InventedIncident['nature']
  harmCategories: readonly HarmCategory[]
  suspectedPerpetratorRelation?: PerpetratorRelation
}

const outside = ['sexual-abuse-outside-family', 'sexual-exploitation', 'criminal-exploitation', 'serious-violence']
const alwaysInvestigated = [...outside, 'fatal-maltreatment', 'sexual-abuse-in-family', 'domestic-abuse']

/** @param incident without who is suspected while its narrative is told */
export function factsOf(incident: Incident): Facts {
  const { children, incidentOn, nature, harmCategories, suspectedPerpetratorRelation: suspected } = incident
  const [child] = children
  if (!child) throw new Error('An incident has at least one child')
  const random = seededRandom(`facts of ${child.givenName} ${child.familyName} ${child.ethnicity} ${child.education}`)
  const incidentDay = dayNumber(incidentOn)
  const ageInDays = incidentDay - dayNumber(child.dateOfBirth ?? incidentOn)
  const years = ageInDays / 365.25
  const known = child.knownToAgencies === 'yes'
  const harms = (...asked: string[]) => harmCategories.some(category => asked.includes(category))
  const isOutside = harms(...outside)

  const planBefore = random.chance(0.1) && known && child.childProtectionPlan === 'no'
  const needBefore = random.chance(0.4) && child.childProtectionPlan === 'no' && child.lookedAfter === 'no'
  const socialCare =
    child.lookedAfter === 'yes' || child.childProtectionPlan === 'yes' || (child.childInNeed === 'yes' && !needBefore)
      ? 'now'
      : child.childInNeed === 'yes' || planBefore
        ? 'before'
        : 'never'
  const family = children.filter(other => other.familyName === child.familyName)
  const alone = random.weighted({ none: 45, 'older-elsewhere': 25, 'not-known': 30 })
  const siblings = family.length > 1 ? 'named' : alone
  const olderChild =
    siblings === 'older-elsewhere' ||
    family.some(other => other.dateOfBirth && child.dateOfBirth && other.dateOfBirth < child.dateOfBirth)
  const isInvestigated = random.chance(0.8) || harms(...alwaysInvestigated)
  const household = householdOf(child, suspected, random.next())
  const inEducation = ['early-years', 'school', 'often-absent', 'special-school', 'alternative-provision'].includes(
    child.education,
  )
  const chances: [Agency, number | false][] = [
    ['childrens-social-care', socialCare !== 'never' && 1],
    ['early-help', socialCare === 'never' && (years >= 5 || random.chance(0.5) ? 1 : 0)],
    ['health-visiting', years < 5 && 1],
    ['education', (inEducation || child.education === 'college-or-training') && 1],
    ['police', harms('domestic-abuse') || isOutside ? 0.8 : 0.25],
    ['general-practice', 0.3],
    ['hospital', harms('fabricated-illness', 'medical-neglect', 'self-harm') ? 1 : 0.2],
    ['mental-health', harms('suicide', 'self-harm') ? 0.6 : 0.2],
    ['youth-justice', years >= 11 && harms('criminal-exploitation', 'serious-violence') && 0.5],
    ['housing', 0.2],
    ['domestic-abuse-services', harms('domestic-abuse') ? 0.8 : 0.12],
    ['substance-misuse-services', harms('neglect', 'accident') && 0.2],
  ]
  const knowing = chances.filter(([, chance]) => random.chance(chance || 0)).map(([agency]) => agency)
  const learnedBefore = random.chance(0.35)

  const tags = new Set<string>([
    child.education,
    child.livingWith,
    household,
    nature,
    `siblings-${siblings}`,
    `care-${socialCare}`,
    ...harmCategories,
    ...(known ? knowing.map(agency => `a-${agency}`) : []),
  ])
  const add = (tag: string, holds: boolean) => holds && tags.add(tag)
  add('known', known)
  add('unknown', child.knownToAgencies === 'no')
  add('plan', child.childProtectionPlan === 'yes')
  add('looked-after', child.lookedAfter === 'yes')
  add('at-home', ['parents', 'one-parent', 'kin'].includes(child.livingWith))
  add('with-parents', ['parents', 'one-parent'].includes(child.livingWith))
  add('at-school', ['school', 'often-absent', 'special-school'].includes(child.education))
  add('in-education', inEducation)
  add('outside', isOutside)
  add('baby', years < 1)
  add('still', ageInDays < 190)
  add('visited', ageInDays >= 30)
  add('smiles', ageInDays >= 60)
  add('siblings', siblings === 'named')
  add('older-child', olderChild)
  add('investigated', isInvestigated)
  add('suspect', suspected !== undefined && suspected !== 'none')
  add('man', suspected === 'father' || suspected === 'mothers-partner' || suspected === 'both-parents')
  add('disabled', child.disabled === 'yes')
  add('no-ethnicity', child.ethnicity === 'NOBT' || child.ethnicity === 'REFU')
  add('white-british', child.ethnicity === 'WBRI')
  add('learned-before', learnedBefore)
  return {
    child,
    ageInDays,
    incidentDay,
    socialCare,
    planBefore,
    siblings,
    household,
    agencies: known ? (knowing.length > 0 ? knowing : ['general-practice']) : [],
    isInvestigated,
    learnedBefore,
    tags,
  }
}

function householdOf({ livingWith }: InventedChild, suspected: PerpetratorRelation | undefined, at: number): Household {
  if (livingWith === 'parents') return 'both'
  if (livingWith !== 'one-parent') return 'away'
  if (suspected === 'mothers-partner') return 'mother-and-partner'
  return at < 0.35
    ? 'mother-alone'
    : at < 0.7
      ? 'mother-and-weekends'
      : at < 0.85
        ? 'father-alone'
        : 'mother-and-partner'
}
