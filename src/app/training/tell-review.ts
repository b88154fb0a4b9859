import { civilDate, formatDate } from '../../platform/dates.ts'
import {
  type QualityMarker,
  qualityMarkers,
  type RapidReviewAnswers,
  type RapidReviewOutcome,
} from '../../reviews/index.ts'
import { dayNumber, isoDay } from './calendar.ts'
import { ageBandOn } from './incident.ts'
import type { AgeBand, InventedChild, ThemeKey } from './incident.ts'
import { firstChild } from './model.ts'
import type { InventedIncident } from './model.ts'
import type { Random } from './random.ts'
import { ageInWords, pronouns } from './tell-incident.ts'
import { themeWords } from './theme-words.ts'

interface Told {
  incident: InventedIncident
  child: InventedChild
  band: AgeBand
  themes: ThemeKey[]
  /** Fills in `{child}`, `{they}` and the like. */
  say(text: string): string
}

/** The rapid review of an incident as far as it has come, in sober words built from its facts. */
export function reviewAnswers(random: Random, incident: InventedIncident, authors: string): RapidReviewAnswers {
  const child = firstChild(incident)
  const told: Told = {
    incident,
    child,
    band: ageBandOn(incident.incidentOn, child),
    themes: themesToldOf(incident),
    say: text => fillIn(text, child),
  }
  const outcomes = incident.outcomes ?? ['NO_FURTHER_REVIEW']
  const learnedBefore = random.chance(0.35)
  const missing = random.chance(0.18)
  const dissent = random.chance(0.06)
  const doneOn =
    incident.steps.reviewSentOn ?? incident.steps.signaturesAskedOn ?? incident.steps.sentOn ?? incident.awareOn
  return {
    ...(incident.steps.reviewMeetingOn && { meetingOn: incident.steps.reviewMeetingOn }),
    authors,
    'child-and-family': childAndFamily(random, told),
    incident: [incident.narrative, ...sampleOf(random, processes(incident), 2)].join('\n\n'),
    'immediate-safeguarding': sampleOf(random, safeguarding(told), 3).join('\n\n'),
    'agency-involvement': agencyInvolvement(random, told),
    ...(missing
      ? { contributionMissing: 'yes', missingContributions: random.pick(missingContributions) }
      : { contributionMissing: 'no' }),
    'analysis-of-practice': analysis(random, told),
    'childs-daily-life': told.say(sampleOf(random, dailyLife[told.band], 2).join(' ')),
    'identity-and-inequality': told.say(identity(random, told).join(' ')),
    learning: told.themes.map(theme => themeWords[theme].learned).join('\n\n'),
    ...(learnedBefore
      ? { learnedBefore: 'yes', earlierLearning: random.pick(earlierLearning) }
      : { learnedBefore: 'no' }),
    actions: actions(random, told, doneOn),
    ...criteria(random, outcomes),
    outcomes,
    decision: told.say(decisions[outcomes[0] ?? 'NO_FURTHER_REVIEW'][random.whole(0, 2)] ?? ''),
    ...(dissent ? { dissent: 'yes', dissentingView: random.pick(dissentingViews) } : { dissent: 'no' }),
    'national-issues': random.chance(0.25) ? random.pick(nationalIssues) : { silence: 'not-applicable' },
    selfCheck: sampleOf(random, Object.keys(qualityMarkers) as QualityMarker[], random.whole(6, 10)),
  }
}

/** The themes that a review or a letter speaks about: at most three. */
export function themesToldOf({ themes }: Pick<InventedIncident, 'themes'>): ThemeKey[] {
  const told = themes.slice(0, 3)
  return told.length > 0 ? told : ['critical-analysis']
}

export function fillIn(text: string, child: InventedChild): string {
  const { they, them, their } = pronouns[child.sex]
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  const name = child.dateOfBirth ? child.givenName : 'the child'
  const words: Record<string, string> = { child: name, they, them, their, They: capital(they), Their: capital(their) }
  return text
    .replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '')
    .replaceAll(/(^|\. |\n)the child/g, '$1The child')
}

/** Some of the sentences, in the order of the list. */
export function sampleOf<T>(random: Random, from: readonly T[], count: number): T[] {
  const kept = new Set(random.shuffled(from.map((_, place) => place)).slice(0, count))
  return from.filter((_, place) => kept.has(place))
}

const homes: Record<InventedChild['livingWith'], string[]> = {
  parents: [
    '{They} lived with both parents.',
    '{Their} mother and father lived together, and had done so since before the birth.',
  ],
  'one-parent': [
    '{They} lived with one parent and saw the other at weekends.',
    '{They} lived with one parent. The other was known to few of the services.',
  ],
  kin: ['{They} lived with grandparents.', 'An aunt was bringing {them} up.'],
  'foster-carers': [
    '{They} lived with foster carers who had known {them} for over a year.',
    '{They} had been with foster carers for four months.',
  ],
  'childrens-home': [
    '{They} lived in a children’s home with three other young people.',
    '{They} had moved to a children’s home in the spring.',
  ],
  'residential-school': ['{They} lived in a residential school and was at home in the holidays.'],
  'supported-accommodation': [
    '{They} lived in supported accommodation.',
    '{They} had a room in a shared house, with a key worker on weekdays.',
  ],
  hospital: ['{They} had not yet left hospital.', '{They} had been in hospital for some weeks.'],
  custody: ['{They} was in custody.'],
  other: ['{They} was staying with friends.', '{They} had no settled home at the time.'],
  'not-known': ['Where {they} would live was being planned.'],
}

const schooling: Partial<Record<InventedChild['education'], string>> = {
  'early-years': '{They} went to nursery on three mornings a week.',
  school: '{They} went to a mainstream school, where {they} was known and liked.',
  'often-absent': '{They} was on the roll of a school and missed about one day in three.',
  'special-school': '{They} went to a special school.',
  'alternative-provision': '{They} was in alternative provision.',
  excluded: '{They} had been permanently excluded the term before.',
  'home-education': '{They} was educated at home.',
  'missing-education': '{They} was on the roll of no school.',
  'college-or-training': '{They} had begun a course at college.',
  'not-in-education': '{They} had left school and was looking for work.',
}

const characters = {
  baby: [
    'The family speaks of {them} with great warmth.',
    'The midwife remembers a calm room and many visitors.',
    '{Their} grandmother had looked forward to {them}.',
    'Those who met the family remember how proud they were.',
  ],
  older: [
    'Those who know {them} describe a child with a sense of humour who notices how others feel.',
    'People who met {them} remember {their} smile and {their} curiosity.',
    '{They} is described as quiet with strangers and lively with people {they} trusts.',
    'The family speaks of {them} with great warmth.',
  ],
}

function childAndFamily(random: Random, { incident, child, band, say }: Told): string {
  const age = child.dateOfBirth
    ? ageInWords(dayNumber(incident.incidentOn) - dayNumber(child.dateOfBirth))
    : 'not yet born'
  const others = incident.children.slice(1)
  const sentences = [
    `{child}, ${age}, is the child of this review.`,
    random.pick(homes[child.livingWith]),
    schooling[child.education],
    others.length > 0
      ? `There ${others.length === 1 ? 'is one other child' : `are ${others.length} other children`} in this review: ${others.map(other => other.givenName).join(', ')}.`
      : random.pick([
          '{They} has no brothers or sisters.',
          '{They} has an older brother who lives elsewhere.',
          'There are no other children in the home.',
        ]),
    child.childProtectionPlan === 'yes' && '{They} was on a child protection plan.',
    child.lookedAfter === 'yes' && '{They} was looked after by the local authority.',
    random.pick(characters[band === 'unborn' || band === 'under-1' ? 'baby' : 'older']),
  ]
  return say(sentences.filter(Boolean).join(' '))
}

function processes({ nature, suspectedPerpetratorRelation }: InventedIncident): string[] {
  return [
    'The police investigation continues. What is written here has been agreed with the senior investigating officer.',
    nature === 'death'
      ? 'An inquest has been opened. The child death review has been told.'
      : 'The medical report is expected within a month.',
    suspectedPerpetratorRelation === 'none'
      ? 'Nobody is suspected of having caused the harm.'
      : 'Who caused the harm has not been established.',
    'Since the notification the account has not changed in any important point.',
    'Two facts have become known since the notification: an earlier attendance at hospital, and a call to the police.',
  ]
}

function safeguarding({ incident, child, band }: Told): string[] {
  return [
    incident.children.length > 1
      ? 'The other children of the family were seen the same day. An assessment is under way for each of them.'
      : 'It was checked that no other child is at risk in the home.',
    child.lookedAfter === 'yes'
      ? 'The placement was visited and the other young people there were seen by their social workers.'
      : 'A strategy discussion was held on the day the authority became aware, and a second one two days later.',
    'The family has a single point of contact and knows how to reach them.',
    'Practitioners who knew the family have been told by their managers and have been offered support.',
    'The learning that could be shared at once was sent to all teams within a week.',
    incident.suspectedPerpetratorRelation === 'none'
      ? band === '11-15' || band === '16-17'
        ? 'Friends and classmates were thought of, and the school has a plan for them.'
        : 'The family was offered support, and the health visitor keeps in touch.'
      : 'Contact with the adults concerned is supervised while enquiries continue.',
  ]
}

const agencyAccounts: Record<'young' | 'older', string[]> = {
  young: [
    'Health visiting. One visit was missed by the family and not followed up. The others were warm and practical.',
    'Midwifery. Booked at eleven weeks and seen as planned. A question about safety at home was asked once, with a partner present.',
    'General practice. The family came three times in six months. No two visits were with the same doctor, and the record has no alert.',
    'Hospital. One attendance before the incident. A safeguarding check was made and showed nothing.',
    'Police. Two calls to the address in the past year, both closed the same night. One notice was shared with children’s social care.',
    'Children’s social care. One contact, passed to early help. The family did not take it up and the contact was closed.',
    'Hospital pharmacy and out-of-hours service. Two telephone calls about crying and sleep, answered with advice.',
    'Housing. A complaint about damp was open for seven months. Nobody asked who slept in the room.',
  ],
  older: [
    'School. Staff saw a change in the autumn and met the family twice. A referral for help was declined by the parents.',
    'Children’s social care. An assessment was made eleven months ago and closed with advice. A second contact did not lead to another.',
    'Police. Four reports of going missing. Return conversations took place after two of them.',
    'Mental health services. Referred in the spring, accepted, and still waiting.',
    'General practice. Two attendances with sleeplessness and one with a cut hand.',
    'Youth justice. A short period of work, well kept. The worker raised concerns that were not taken further.',
    'Hospital. Two attendances at the emergency department. The second was recorded as an accident.',
    'Early help. A worker met the young person six times and was trusted.',
  ],
}

function agencyInvolvement(random: Random, { band, child }: Told): string {
  if (child.knownToAgencies === 'no') {
    return 'Only universal services knew the family.\n\nGeneral practice. Routine contacts. Nothing in the record gave cause for concern.'
  }
  const young = band === 'unborn' || band === 'under-1' || band === '1-5'
  return sampleOf(random, agencyAccounts[young ? 'young' : 'older'], random.whole(3, 5)).join('\n\n')
}

const goodPractice = [
  'There was good practice too. One worker kept asking when others had stopped, and wrote down why.',
  'The response on the day itself was quick and kind, and every agency was told within hours.',
  'One service knew {child} well. Its records were the clearest that we read.',
  'The family described one practitioner who listened, came back, and did what had been promised.',
]
const circumstances = [
  'The team carried many vacancies at the time. Practitioners told us that they worked from one urgent matter to the next.',
  'Two record systems do not speak with each other. What was entered in one had to be asked for by telephone.',
  'Thresholds had become habits. Those who referred had learned not to expect an answer.',
  'The pathway existed on paper. Few of the people we spoke with had used it.',
]

function analysis(random: Random, { themes, say }: Told): string {
  const findings = themes.map(theme => random.pick(themeWords[theme].found))
  return say([...findings, random.pick(circumstances), random.pick(goodPractice)].join('\n\n'))
}

const dailyLife: Record<AgeBand, string[]> = {
  unborn: [
    'The baby was not yet born. We thought about what the home would have been like.',
    'Clothes and a cot had been bought, and a grandmother had knitted.',
  ],
  'under-1': [
    '{child} woke at five and was happiest when carried.',
    'The health visitor saw {them} smile at a voice and turn to a light.',
    'Records say that {they} was settled and feeding well. They do not say who held {them}.',
    '{child} spent much of the day in a bouncer in front of the television.',
    'On most days {they} was looked after by two different people.',
  ],
  '1-5': [
    'Nursery staff remember that {they} ran to the garden first and hated the noise of the hand dryer.',
    '{child} had a word for {their} grandmother, a blanket and a favourite book.',
    'In the mornings {they} dressed alone. In the evenings it depended on who was there.',
    'What {they} ate and when {they} slept changed from week to week.',
  ],
  '6-10': [
    '{child} was early at school and late to leave.',
    'A teaching assistant wrote down that {they} saved half a sandwich for later.',
    '{They} liked drawing maps. There is no home on the last ones.',
    '{They} told a friend about the nights at home. The friend told nobody, and {they} knew that.',
  ],
  '11-15': [
    '{child} told a youth worker that weekends were the longest part of the week.',
    '{They} was on the telephone until late, and nobody knew with whom.',
    'Friends knew more than any adult did. They say that {they} talked about leaving.',
    '{They} looked after others, and found it hard to let anybody look after {them}.',
  ],
  '16-17': [
    '{child} wanted to be treated as an adult and was also afraid of it.',
    'Days had no shape after college ended. {They} slept late and was out until early.',
    '{They} kept appointments with one worker and no other.',
    '{They} had plans: a course, a flat, a dog.',
  ],
}

function identity(random: Random, { child, incident, band }: Told): string[] {
  const young = band === 'unborn' || band === 'under-1' || band === '1-5'
  const silent = child.ethnicity === 'NOBT' || child.ethnicity === 'REFU'
  const white = child.ethnicity === 'WBRI'
  const about = silent
    ? [
        '{Their} ethnicity is not recorded by any agency. That is a finding.',
        'Nobody had asked how the family describes itself.',
      ]
    : white
      ? [
          '{child} is White British. Class and poverty shaped how the family was spoken of.',
          'The family is White British and had lived on one estate for three generations. They expected little from services.',
        ]
      : [
          'Ethnicity is recorded by all agencies, and only one asked what it meant to the family.',
          'An interpreter was used on some visits and not on others. It is not clear who decided.',
          'The family told us that they were careful what they said to services, and why.',
          ...(young ? [] : ['{child} had been called names on the way home. Two adults knew.']),
        ]
  return [
    ...sampleOf(random, about, 2),
    child.disabled === 'yes'
      ? '{They} is disabled. What {they} can do stands in few of the records, and what {they} cannot do in all of them.'
      : random
          .pick([
            'Money was short, and the family had moved twice because of it.',
            'Faith mattered to the family and was not asked about.',
            'Nothing in the records tells what it was like to be a {boy} in this family.',
          ])
          .replace('{boy}', child.sex === 'female' ? 'girl' : child.sex === 'male' ? 'boy' : 'child'),
    ...(incident.children.length > 2 ? ['With so many children to think of, each one was seen less.'] : []),
  ]
}

function actions(random: Random, { themes }: Told, doneOn: string): string {
  return themes
    .map(theme => {
      const [what, owner] = themeWords[theme].action
      const due = civilDate(isoDay(dayNumber(doneOn) + random.whole(35, 130)))
      return random.chance(0.08) ? `${what}.` : `${what}. Owner: ${owner}. By ${formatDate(due)}.`
    })
    .join('\n\n')
}

const reasons = {
  A: {
    yes: [
      'Improvements are needed in how agencies share what they know.',
      'The response to early signs must improve, and not for this family alone.',
    ],
    no: [
      'The learning is limited to this family and has been acted on.',
      'No improvement was found that is not already under way.',
    ],
  },
  B: {
    yes: [
      'We have seen this in two other reviews in three years.',
      'The theme has come up before, here and in the region.',
    ],
    no: ['We have not seen these themes together before.', 'Our earlier reviews were about other matters.'],
  },
  C: {
    yes: [
      'Agencies worked beside each other and not together.',
      'There is concern about how three agencies worked together.',
    ],
    no: ['Agencies worked together well.', 'The concern is about one agency.'],
  },
} as const

function criteria(random: Random, outcomes: readonly RapidReviewOutcome[]) {
  const reviewed = outcomes.includes('LCSPR') || outcomes.includes('LOCAL_LEARNING_REVIEW')
  const answer = (key: keyof typeof reasons, chance: number) => {
    const met = !outcomes.includes('CRITERIA_NOT_MET') && random.chance(chance) ? 'yes' : 'no'
    return [met, random.pick(reasons[key][met])] as const
  }
  const [criterionA, criterionAReasons] = answer('A', reviewed ? 1 : 0.5)
  const [criterionB, criterionBReasons] = answer('B', 0.35)
  const [criterionC, criterionCReasons] = answer('C', reviewed ? 0.85 : 0.3)
  return {
    criterionA,
    criterionAReasons,
    criterionB,
    criterionBReasons,
    criterionC,
    criterionCReasons,
    criterionD: 'no',
    criterionDReasons: 'The Panel has not looked at this incident before.',
  } as const
}

const decisions: Record<RapidReviewOutcome, [string, string, string]> = {
  LCSPR: [
    'The partners decided on a local child safeguarding practice review. The question that is left is why what was known did not lead to action, and whether the same would happen today.',
    'A local child safeguarding practice review will be carried out. The rapid review shows what happened, and not yet why several agencies saw it in the same way.',
    'The criteria are met and the learning reaches beyond this family. The partners have decided on a local child safeguarding practice review with an independent author.',
  ],
  LOCAL_LEARNING_REVIEW: [
    'A local learning review will look at two of the questions with those who worked with {child}. A full review would not add to what is known of the facts.',
    'The partners decided on a short learning event with practitioners and the family, to be finished within four months.',
    'The learning concerns few agencies. They will review it together and report to the partners.',
  ],
  SINGLE_AGENCY: [
    'The questions that remain are those of one agency. It will review its own practice and report to the partners in three months.',
    'An audit by one agency will follow. The others have no further learning to find.',
    'One agency will look at how its record was kept and read. The partners will see the result.',
  ],
  NATIONAL_SUGGESTED: [
    'The partners suggest a national review, since the questions cannot be answered in one area.',
    'What was found here is found elsewhere, and the partners ask the Panel to look at it nationally.',
    'The partners suggest that the Panel considers this incident together with similar ones.',
  ],
  NO_FURTHER_REVIEW: [
    'The learning is clear and the actions are under way. A further review would repeat what this one has found.',
    'The partners decided that no further review is needed. What went wrong is understood, and so is what must change.',
    'No question is left that a longer review could answer. The family was told and agrees.',
  ],
  CRITERIA_NOT_MET: [
    'With what is known now the incident did not meet the criteria: neither abuse nor neglect is thought to have contributed.',
    'The medical opinion changed after the notification. The partners concluded that the criteria are not met.',
    'The harm was not serious as the guidance defines it. What was learned has been shared all the same.',
  ],
}

const missingContributions = [
  'The general practice had not answered when this was sent. We will add what it tells us.',
  'Probation. The officer who knew the family has left, and the record is being searched.',
  'A private provider of accommodation, which was asked twice.',
  'The hospital trust in the area where the family lived before.',
]
const earlierLearning = [
  'A review three years ago asked for the same. Training was given, and those trained have mostly left.',
  'It was part of an action plan that was closed when the policy had been written. Nobody looked whether practice had changed.',
  'Two earlier rapid reviews named it. The change was made in one district and did not reach this one.',
]
const dissentingViews = [
  'The police would have preferred to wait for the result of the investigation. They agree with the learning.',
  'The integrated care board thinks that a wider review would have been right, and has recorded its reasons.',
]
const nationalIssues = [
  'Records do not follow a family across areas quickly enough. This cannot be solved in one area.',
  'Guidance for practitioners is silent about adults who join a household for a short time.',
  'There are too few places for young people in crisis, here as elsewhere.',
  'The systems of health and children’s social care do not show each other that a child is known.',
  'We see children placed far from home without the host area being told.',
]
