import type { NotificationAnswers } from '../../notifications/index.ts'
import { londonDate, londonTime } from '../../platform/dates.ts'
import { dayNumber, isoDay } from './calendar.ts'
import { country } from './country.ts'
import type { HarmCategory, InventedChild, LivingWith, PerpetratorRelation } from './incident.ts'
import { factsOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { firstChild } from './model.ts'
import type { InventedIncident } from './model.ts'
import type { Appointment } from './people.ts'
import type { Random } from './random.ts'

type ChildAnswers = NonNullable<NotificationAnswers['children']>[number]
const notKnown = { silence: 'not-known' } as const
const notYetAsked = { silence: 'not-yet-asked' } as const
const notApplicable = { silence: 'not-applicable' } as const

/** Of one incident in ten the authority used the national service first. Invented. */
const throughNationalService = 0.1

/** What the notifier answered: everything that is needed to send. */
export function notificationAnswers(
  random: Random,
  incident: InventedIncident,
  notifier: Pick<Appointment, 'name' | 'title' | 'email'>,
): NotificationAnswers {
  const { authorityCode, residenceAuthorityCode, awareOn, notifiedAt, nature, children, basis } = incident
  const isDeath = nature === 'death'
  const isLate = dayNumber(notifiedAt?.slice(0, 10) ?? awareOn) - dayNumber(awareOn) > 2
  const facts = factsOf(incident)
  const suspects = basis === 'abuse-or-neglect'
  const national = notifiedAt && random.chance(throughNationalService) ? nationalAnswers(random, notifiedAt) : undefined
  const told = children.slice(0, 4)
  const others = children.slice(4)
  return {
    ...(national ?? { sentNationally: 'no' }),
    nature,
    ageGroup: basis === 'care-leaver' ? '18-to-24' : 'under-18',
    abuseOrNeglect: suspects ? (random.chance(0.3) ? 'known' : 'suspected') : 'no',
    ...(!suspects && basis !== 'looked-after-no-abuse' && { careLeaver: basis === 'care-leaver' ? 'yes' : 'no' }),
    ...(basis === 'looked-after-no-abuse' && { lookedAfterAtDeath: 'yes' }),
    incidentOn: incident.incidentOn,
    ...(random.chance(0.4) && {
      incidentAt: `${String(random.whole(6, 22)).padStart(2, '0')}:${random.pick(['00', '15', '30', '45'])}`,
    }),
    awareOn,
    place: 'in-our-area',
    location: locationOf(random, incident),
    authorityOfResidence: residenceAuthorityCode,
    whatHappened: incident.narrative,
    children: told.map((child, place) =>
      childAnswers(random, child, incident, place === 0 ? facts : factsOf({ ...incident, children: [child] })),
    ),
    ...(told.length > 1 && { primaryChild: '1' }),
    ...(others.length > 0 && {
      furtherChildren: others.map(child => `${child.givenName} ${child.familyName}, same family`).join('. '),
    }),
    parentsAndCarers: parentsOf(random, facts),
    siblings: siblingsAnswer(facts),
    ...harmAnswers(incident),
    policeInvestigation: suspects && facts.isInvestigated ? 'yes' : 'no',
    courtProceedings: random.chance(0.2) ? 'yes' : random.chance(0.3) ? notKnown : 'no',
    ...(isDeath && { inquest: random.chance(0.8) ? 'yes' : notKnown }),
    ...(isDeath && basis !== 'care-leaver' && { childDeathReview: 'yes' }),
    mediaInterest: random.chance(0.12) ? 'yes' : random.chance(0.2) ? notKnown : 'no',
    partnersAgreed: random.chance(0.8)
      ? ['local-authority', 'integrated-care-board', 'police']
      : random.chance(0.5)
        ? ['local-authority', 'police']
        : notYetAsked,
    ...(isLate && random.chance(0.7) && { partnersAgreedOn: isoDay(dayNumber(awareOn) + 1) }),
    ...(residenceAuthorityCode === authorityCode
      ? { otherAreasTold: notApplicable }
      : { otherAreasTold: 'yes', otherAreas: `${authorityName(residenceAuthorityCode)}, by telephone` }),
    notifierName: notifier.name,
    notifierRole: notifier.title,
    // Ofcom keeps 01632 960000 to 960999 for use in drama: they ring nowhere.
    notifierPhone: `01632 960${String(random.whole(0, 999)).padStart(3, '0')}`,
    notifierEmail: notifier.email,
  }
}

function nationalAnswers(random: Random, notifiedAt: string) {
  const at = new Date(notifiedAt)
  return {
    sentNationally: 'yes',
    nationalReference: `SIN${random.whole(100_000, 999_999)}`,
    nationalSentOn: londonDate(at),
    nationalSentAt: londonTime(at),
  } as const
}

function childAnswers(
  random: Random,
  child: InventedChild,
  incident: InventedIncident,
  { socialCare, planBefore, agencies }: Facts,
): ChildAnswers {
  const { authorityCode, residenceAuthorityCode, basis } = incident
  const careLeaver = basis === 'care-leaver'
  return {
    givenName: child.givenName,
    familyName: child.familyName,
    ...birthAnswers(child),
    sex: child.sex === 'not-known' ? notKnown : child.sex,
    ethnicity:
      child.ethnicity === 'NOBT' ? notYetAsked : child.ethnicity === 'REFU' ? { silence: 'declined' } : child.ethnicity,
    ...(child.disabled === 'yes'
      ? { disability: 'yes', disabilities: child.disabilities.filter(code => code !== 'NONE') }
      : { disability: child.disabled === 'no' ? 'no' : notKnown }),
    livingWith: careLeaver ? random.pick(['independently', 'supported-accommodation']) : livingAnswer(child.livingWith),
    ...(child.lookedAfter === 'yes'
      ? {
          lookedAfter: 'yes',
          lookedAfterBy: random.chance(0.8) ? authorityCode : residenceAuthorityCode,
          legalStatus: random.pick(['Care order', 'Interim care order', 'Accommodated under section 20', notKnown]),
        }
      : { lookedAfter: child.lookedAfter === 'no' ? 'no' : notKnown }),
    childInNeedPlan:
      child.childInNeed === 'not-known'
        ? notKnown
        : child.childInNeed === 'no'
          ? 'never'
          : socialCare === 'now'
            ? 'at-the-time'
            : 'before',
    childProtectionPlan:
      child.childProtectionPlan === 'not-known'
        ? notKnown
        : child.childProtectionPlan === 'yes'
          ? 'at-the-time'
          : planBefore
            ? 'before'
            : 'never',
    ...(child.knownToAgencies === 'yes'
      ? { knownToAgencies: 'yes', agencies }
      : { knownToAgencies: child.knownToAgencies === 'no' ? 'no' : notKnown }),
    education: careLeaver ? 'not-in-education' : child.education === 'not-known' ? notKnown : child.education,
  }
}

function birthAnswers(child: InventedChild) {
  if (child.dateOfBirth) return { birth: 'date-known', dateOfBirth: child.dateOfBirth } as const
  return { birth: 'unborn', ...(child.expectedOn && { expectedOn: child.expectedOn.slice(0, 7) }) } as const
}

function livingAnswer(livingWith: LivingWith) {
  return livingWith === 'not-known' ? notKnown : livingWith
}

function siblingsAnswer({ siblings }: Facts): NonNullable<NotificationAnswers['siblings']> {
  if (siblings === 'named') return 'Named among the children of this notification.'
  if (siblings === 'older-elsewhere') return 'One older brother, who lives elsewhere.'
  return siblings === 'none' ? notApplicable : notYetAsked
}

const parents: Record<Exclude<Facts['household'], 'away'>, string> = {
  both: 'Mother and father, both in the home.',
  'mother-alone': 'Mother in the home. The father lives elsewhere and is being traced.',
  'mother-and-weekends': 'Mother in the home. The father lives nearby and sees the child at weekends.',
  'mother-and-partner': 'Mother and her partner in the home. The father has not been met yet.',
  'father-alone': 'Father in the home. The mother lives in another area.',
}

function parentsOf(random: Random, { household }: Facts) {
  if (household !== 'away') return parents[household]
  return random.pick([
    'Mother and father live apart from the child.',
    'Mother lives apart from the child. The father is not known.',
    notYetAsked,
  ])
}

const outside: readonly HarmCategory[] = [
  'sexual-abuse-outside-family',
  'sexual-exploitation',
  'criminal-exploitation',
  'serious-violence',
]
const neither: readonly HarmCategory[] = ['suicide', 'self-harm', 'natural-causes', 'not-known']

function harmAnswers({ harmCategories, suspectedPerpetratorRelation }: InventedIncident) {
  const known = harmCategories.filter(category => category !== 'not-known')
  return {
    harmCategories: known.length > 0 ? known : notKnown,
    harmSetting: settingOf(harmCategories),
    suspectedRelations: relationsOf(suspectedPerpetratorRelation),
  }
}

function settingOf(categories: readonly HarmCategory[]): NonNullable<NotificationAnswers['harmSetting']> {
  if (categories.some(category => outside.includes(category))) return 'outside-family'
  return categories.every(category => neither.includes(category)) ? notApplicable : 'inside-family'
}

function relationsOf(relation: PerpetratorRelation) {
  if (relation === 'not-known') return notKnown
  if (relation === 'both-parents') return ['mother', 'father'] as const
  return relation === 'mothers-partner' ? (['parents-partner'] as const) : [relation]
}

function locationOf(random: Random, incident: InventedIncident) {
  if (
    incident.harmCategories.some(category => category === 'criminal-exploitation' || category === 'serious-violence')
  ) {
    return random.pick(['In a street in the town centre', 'In a park', 'Outside a shop', notKnown])
  }
  const { livingWith } = firstChild(incident)
  if (livingWith === 'childrens-home') return random.pick(['In the children’s home', 'Away from the children’s home'])
  if (livingWith === 'hospital') return 'In hospital'
  if (livingWith === 'foster-carers') return 'At the foster carers’ home'
  return random.pick([
    'At home',
    'At the family home',
    'At home, a flat',
    'At the home of a relative',
    'At home, in temporary accommodation',
  ])
}

function authorityName(code: string): string {
  return country.authorities.find(authority => authority.code === code)?.name ?? code
}
