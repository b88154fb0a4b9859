import { civilDate, formatDate } from '../../platform/dates.ts'
import {
  type QualityMarker,
  qualityMarkers,
  type RapidReviewAnswers,
  type RapidReviewOutcome,
} from '../../reviews/index.ts'
import { accountsOf } from './agency-accounts.ts'
import { dayNumber, isoDay } from './calendar.ts'
import { factsOf } from './facts.ts'
import type { Facts } from './facts.ts'
import type { ThemeKey } from './incident.ts'
import type { InventedIncident } from './model.ts'
import type { Random } from './random.ts'
import { readLine, sampleOf, sayOne, saySome } from './sentences.ts'
import type { Line } from './sentences.ts'
import { themeWords } from './theme-words.ts'

interface Told {
  incident: InventedIncident
  facts: Facts
  themes: ThemeKey[]
  one(lines: readonly Line[]): string
  some(lines: readonly Line[], count: number): string[]
}

/** The rapid review of an incident as far as it has come, in sober words built from its facts. */
export function reviewAnswers(random: Random, incident: InventedIncident, authors: string): RapidReviewAnswers {
  const facts = factsOf(incident)
  const told: Told = {
    incident,
    facts,
    themes: themesToldOf(incident),
    one: lines => sayOne(random, lines, facts),
    some: (lines, count) => saySome(random, lines, facts, count),
  }
  const { one, some } = told
  const outcomes = incident.outcomes ?? ['NO_FURTHER_REVIEW']
  const learnedBefore = facts.learnedBefore && !outcomes.includes('CRITERIA_NOT_MET')
  const accounts = accountsOf(random, facts)
  const missing = accounts.length > 3 && random.chance(0.18) ? accounts.at(-1) : undefined
  const dissent = random.chance(0.06)
  const doneOn =
    incident.steps.reviewSentOn ?? incident.steps.signaturesAskedOn ?? incident.steps.sentOn ?? incident.awareOn
  return {
    ...(incident.steps.reviewMeetingOn && { meetingOn: incident.steps.reviewMeetingOn }),
    authors,
    'child-and-family': childAndFamily(told),
    incident: [incident.narrative, one(processes), one(accountSince)].join('\n\n'),
    'immediate-safeguarding': [one(safeguardedChildren), ...some(safeguarding, 2)].join('\n\n'),
    'agency-involvement': [
      one(agencyOpenings),
      ...accounts.filter(account => account !== missing).map(each => each.text),
    ]
      .filter(Boolean)
      .join('\n\n'),
    ...(missing
      ? { contributionMissing: 'yes', missingContributions: `${missing.name}. ${one(missingContributions)}` }
      : { contributionMissing: 'no' }),
    'analysis-of-practice': [
      ...told.themes.map(theme => one(themeWords[theme].found)),
      one(circumstances),
      one(goodPractice),
    ].join('\n\n'),
    'childs-daily-life': some(dailyLife, 3).join(' '),
    'identity-and-inequality': [one(ethnicity), one(inequality)].filter(Boolean).join(' '),
    learning: told.themes.map(theme => one(themeWords[theme].learned)).join('\n\n'),
    ...(learnedBefore ? { learnedBefore: 'yes', earlierLearning: one(earlierLearning) } : { learnedBefore: 'no' }),
    actions: actions(random, told, doneOn),
    ...criteria(random, told, outcomes, learnedBefore),
    outcomes,
    decision: one(decisions[outcomes[0] ?? 'NO_FURTHER_REVIEW']),
    ...(dissent ? { dissent: 'yes', dissentingView: one(dissentingViews) } : { dissent: 'no' }),
    'national-issues': random.chance(0.25) ? one(nationalIssues) : { silence: 'not-applicable' },
    selfCheck: sampleOf(random, Object.keys(qualityMarkers) as QualityMarker[], random.whole(6, 10)),
  }
}

/** The themes that a review or a letter speaks about: at most three. */
export function themesToldOf({ themes }: Pick<InventedIncident, 'themes'>): ThemeKey[] {
  const told = themes.slice(0, 3)
  return told.length > 0 ? told : ['critical-analysis']
}

export { sampleOf }

const introductions: Line[] = [
  'This review is about {child}, {age}.',
  '{child}, {age}, is the child of this review.',
  'We write about {child}, {age}, with respect for {them} and {their} family.',
  '{child} was {age} at the time of the incident.',
]

const homes: Line[] = [
  'parents|{child} lived with both parents.',
  'parents !baby|{Their} mother and father lived together, in {their} mother’s home until {month} and then in their own.',
  'parents|{child}’s home had {2-4} rooms, where {they} lived with both parents.',
  'mother-alone|{child} lived with {their} mother. {Their} father lives elsewhere.',
  'mother-alone|{Their} mother brought {child} up alone, with help from a neighbour on {day}s.',
  'mother-and-weekends|{child} lived with {their} mother and saw {their} father at weekends.',
  'mother-and-weekends|{Their} parents live {2-9} streets apart. {child} lived with {their} mother.',
  'mother-and-partner|{child} lived with {their} mother and her partner.',
  'mother-and-partner|{Their} mother’s partner had been part of {child}’s home for {4-14} months.',
  'father-alone|{child} lived with {their} father. {Their} mother lives in another area.',
  'kin|{child} lived with grandparents.',
  'kin|An aunt was bringing {child} up, and {their} mother visited on {day}s.',
  'foster-carers|{child} lived with foster carers who had known {them} for {14-30} months.',
  'foster-carers|{child} had been with {their} foster carers for {4-9} months.',
  'childrens-home|{child} lived in a children’s home with {2-4} other young people.',
  'childrens-home|{child} had moved to {their} children’s home in {month}.',
  'residential-school|{child} lived in a residential school and was at home in the holidays.',
  'supported-accommodation|{child} lived in supported accommodation.',
  'supported-accommodation|{child} had a room in a house shared with {2-5} others, with a key worker on weekdays.',
  'custody|{child} was in custody.',
  'other|{child} had been staying with friends for {2-8} weeks.',
  'other|{child} had no settled home at the time.',
]

const schooling: Line[] = [
  'early-years|{child} went to nursery or a childminder on {2-4} mornings a week.',
  'early-years|At nursery {child} had a key person who knew {them} well.',
  'school|{child} went to a mainstream school, where {they} was known and liked.',
  'school|{child} was in school on most days, and had {2-4} good friends there.',
  'often-absent|{child} was on the roll of a school and missed about one day in {3-5}.',
  'special-school|{child} went to a special school, {20-50} minutes away by bus.',
  'alternative-provision|{child} was in alternative provision for {9-20} hours a week.',
  'excluded|{child} had been permanently excluded in {month}.',
  'home-education|{child} was educated at home.',
  'missing-education|{child} was on the roll of no school, and had been since {month}.',
  'college-or-training|{child} had begun a course at college.',
  'not-in-education|{child} was not in education or training, and was looking for work.',
]

const brothersAndSisters: Line[] = [
  'siblings-older-elsewhere|{child} has an older brother who lives elsewhere.',
  'siblings-none|{child} has no brothers or sisters.',
  'siblings-none|{child} is an only child.',
  'siblings-not-known|Whether {child} has brothers or sisters elsewhere is being asked.',
]

const standing: Line[] = [
  'plan !baby|{child} was on a child protection plan. It was {2-8} months old.',
  'plan baby|{child} was on a child protection plan, made before the birth.',
  'plan !baby|{child} had been on a child protection plan since {month}.',
  'looked-after|{child} was looked after by the local authority.',
  'looked-after !baby|The local authority had looked after {child} for {2-11} months.',
  'care-now !plan !looked-after !baby|{child} had a child in need plan, made in {month}.',
  'care-now !plan !looked-after baby|{child} had a child in need plan, made at the time of the birth.',
  'care-before|Children’s social care had worked with {child}’s family before, and no longer at the time.',
]

const characters: Line[] = [
  'baby|The family speaks of {child} with great warmth.',
  'baby visited|Visitors remember how {child} followed voices around the room.',
  'baby|{Their} grandmother had looked forward to {child} and has kept {2-6} photographs on the table.',
  'baby|Those who met the family remember how proud they were of {child}.',
  'baby|{child} had a name that the family had chosen for its meaning.',
  'baby|{child} had {2-4} soft toys and went nowhere without one of them, relatives say.',
  '1-4|{child} is remembered for {their} laugh, and for wanting to be outside.',
  '1-4|{child} liked water, doors and anything with wheels.',
  '1-4|People who met {child} remember {their} smile and {their} curiosity.',
  '1-4|Relatives tell of {child} dancing in the kitchen on {day}s.',
  '5-17|Those who know {child} describe somebody with a sense of humour who notices how others feel.',
  '5-17|{child} is described as quiet with strangers and lively with people {they} trusts.',
  '5-17|The family speaks of {child} with great warmth.',
  '5-17|{child} is good with animals, and with children younger than {them}.',
  '5-10|{child} likes to know how things work and asks until {they} knows.',
  '11-17|{child} made music with {2-4} friends, and was proud of it.',
  '11-17|{child} is remembered by a youth worker for standing up for others.',
  '11-17|{child} cooks well, and learned it from {their} grandmother.',
]

function childAndFamily({ incident, facts, one }: Told): string {
  const others = incident.children.slice(1).map(other => other.givenName)
  const isFamily = facts.siblings === 'named'
  const named = others.length === 1 ? 'is one other child' : `are ${others.length} other children`
  return [
    one(introductions),
    one(homes) || one(['Where {child} lived at the time is not yet clear.']),
    one(schooling),
    others.length > 0 && `There ${named} in this review: ${others.join(', ')}.`,
    !isFamily && one(brothersAndSisters),
    one(standing),
    one(characters),
  ]
    .filter(Boolean)
    .join(' ')
}

const processes: Line[] = [
  'investigated|What is written of {child} here while the police investigation continues has been agreed with the senior investigating officer.',
  'investigated|The officer in the case has read this review of what happened to {child}.',
  'investigated|The police expect to decide on charges in {2-5} months, and have read what is said of {child} here.',
  'investigated|Of {3-9} people whom the police wish to hear, {2-3} worked with {child} and were not asked about that day for this review.',
  '!investigated|The police have looked at what happened to {child} and do not investigate.',
  '!investigated|There is no criminal investigation into what happened to {child}.',
  'death|An inquest into {child}’s death has been opened. The child death review has been told.',
  'death|The coroner and the child death review know of this review of {child}’s death.',
  '!death|A further medical report on {child} is expected in {2-6} weeks.',
]

const accountSince: Line[] = [
  'Since the notification the account of what happened to {child} has not changed in any important point.',
  'One fact about {child} has become known since the notification: {their} family had asked for advice by telephone in the week before.',
  'Times of day were put right for {child} after the notification, by up to {20-55} minutes, and nothing else is different.',
  'The notification of {child} was correct in all that we could check.',
  'We heard {3-9} people since the notification, and what they said of {child} agrees with it.',
  'What was notified about {child} on the first day still stands.',
]

const safeguardedChildren: Line[] = [
  'siblings|The other children of {child}’s family were seen the same day, and each of them is being assessed.',
  'siblings|{child}’s brothers and sisters were visited within {2-6} hours, and a health check was made for each.',
  'siblings-older-elsewhere|{child}’s older brother was visited where he lives, and is safe.',
  '!siblings at-home|It was checked that no other child is at risk in {child}’s home.',
  '!siblings at-home|A social worker visited {child}’s home within {2-9} hours and found no other child there.',
  '!at-home|Where {child} lived was visited, and the other young people there were seen by their social workers.',
  'outside|{2-5} friends of {child} were thought of, and each has an adult to turn to.',
]

const safeguarding: Line[] = [
  'A strategy discussion about {child} was held on the day the authority became aware, and a second one {2-4} days later.',
  'The first meeting about {child} took place within {3-9} hours, with health and police present.',
  '{child}’s family has a single point of contact and knows how to reach them.',
  'A worker was named for {child}’s family on the first day and has been in touch every {2-4} days.',
  'Practitioners who knew {child} have been told by their managers and have been offered support.',
  '{4-12} practitioners were told in person of what happened to {child}, before they could hear it elsewhere.',
  'The learning that could be shared at once was sent to all teams within {3-9} days.',
  'A note of {5-9} lines with the first learning from {child} went to all teams.',
  'at-school|The school of {child} has a plan for classmates and staff.',
  'early-years|The nursery has been told, and {child}’s key person has been offered support.',
  'suspect|Contact with the adults concerned is supervised while questions about {child} are open.',
  'suspect !death|Those who are suspected of harming {child} may see {them} only with a worker present.',
  'serious-harm|{child} is safe where {they} is now, and a review of that is set for every {2-4} weeks.',
]

const agencyOpenings: Line[] = [
  'unknown|Only universal services knew {child} before the incident.',
  'unknown|No service beyond those that every family has knew {child}.',
  '!known !unknown|What agencies other than these knew of {child} is still being gathered.',
]

const missingContributions: Line[] = [
  'Had not answered when this was sent. We will add what it tells us about {child}.',
  'The person who knew {child} has left, and the record is being searched.',
  'Was asked {2-3} times, and has promised its account for {day}.',
  'Its records of {child} are held in the area where the family lived before.',
]

const goodPractice: Line[] = [
  'known|There was good practice too. One worker kept asking about {child} when others had stopped, and wrote down why.',
  'The response to {child} on the day itself was quick and kind, and every agency was told within {2-9} hours.',
  'known|One service knew {child} well. Its records were the clearest of the {5-9} that we read.',
  '{child}’s family described one practitioner who listened, came back, and did what had been promised.',
  'The ambulance crew stayed with {child}’s family for {20-70} minutes longer than they had to.',
  'A receptionist noticed that {child}’s mother was not herself, and gave her a chair and a longer appointment.',
  'Records of {child} made at the weekend are as careful as those of weekdays.',
  'known|Somebody wrote down what was good in {child}’s life as well as what was not.',
  'An interpreter, a neighbour or a relative was never used to ask about {child} what a professional had to ask.',
  'Those who saw {child} on the day wrote their notes within {20-90} minutes, and they agree with each other.',
]
const circumstances: Line[] = [
  'The team had {3-8} vacancies at the time. Practitioners told us that they worked from one urgent matter to the next.',
  'Two record systems do not speak with each other. What was entered on {child} in one had to be asked for by telephone.',
  'Thresholds had become habits, and those who might have referred {child} had learned not to expect an answer.',
  'The pathway existed on paper. Of {6-12} people we spoke with, {2-4} had used it.',
  'The family met {4-12} practitioners in a year, and told most of them the same things about {child}.',
  'Supervision was cancelled {2-4} times in the months before, for good reasons each time.',
  'A new form had come in {month}. It asks for {30-90} things, and what worried people about {child} was none of them.',
  'Practitioners were kind, experienced and tired. {2-5} of them carried more work than the agreed limit.',
  'Between {2-4} services it was unclear who was to ring whom about {child}.',
  'Meetings were held online. Some who knew {child} well said less than they would have said in a room.',
  'The service was being reorganised from {month} on, and names and telephone numbers changed.',
]

const dailyLife: Line[] = [
  'baby|We thought about {child}’s day as {they} would have felt it: warmth, noise, hunger, being held.',
  'baby|Records say of {child} that {they} was settled and feeding well. They do not say who held {them}.',
  'baby visited|{child} woke at {4-6} and was happiest when carried.',
  'baby smiles|A visitor saw {child} smile at a voice and turn to a light.',
  'baby smiles|{child} spent {2-5} hours of many days in a bouncer in front of the television.',
  'baby|On most days {child} was cared for by {2-3} different people.',
  'baby|{child} slept best on somebody’s chest, the family says.',
  'baby|A midwife remembers that {child} was dressed with care for each appointment.',
  'baby visited|There was a song that {child} knew, and that calmed {them} on most evenings.',
  'baby|{child} heard {2-3} languages or voices around {them}, and radio for much of the day.',
  'early-years|Nursery staff remember that {child} ran to the garden first and hated the noise of the hand dryer.',
  'early-years|At nursery {child} chose the same {2-3} books each day.',
  'early-years|On {day}s {child} cried when it was time to leave nursery.',
  '1-3|{child} had a word for {their} grandmother, a blanket and a favourite book.',
  '1-4|What {child} ate and when {they} slept changed from week to week.',
  '1-4|{child} climbed on {2-3} chairs in a row and called it a train.',
  '3-5|In the mornings {child} dressed without help. In the evenings it depended on who was there.',
  '1-5|{child} woke at night {2-4} times. It is not clear who came.',
  '1-5|{child} followed visitors to the door and waved from the window.',
  '1-5|There were {3-9} toys in the home. {child} kept one of them under {their} pillow.',
  'at-school 5-10|{child} was early at school and late to leave.',
  'at-school 5-10|A teaching assistant wrote down that {child} saved half a sandwich for later.',
  'at-school 6-11|At school {child} asked on {day}s what would be for lunch the next week.',
  '5-10|{child} liked drawing maps. There are {2-4} on the kitchen wall.',
  '6-10|{child} told a friend about the nights at home. The friend told nobody, and {child} knew that.',
  '5-10|{child} knew the times of all buses and which driver would wave.',
  '5-10|{child} went to bed without an adult on {2-5} nights a week.',
  '5-10|In the evenings {child} looked out for a neighbour’s dog, and worried when it was not there.',
  '6-17 !outside|{child} worried about money, and knew what was in the cupboard.',
  '11-17|{child} told a youth worker that weekends were the longest part of the week.',
  '11-17|{child} was on the telephone until {1-3} in the morning, and nobody knew with whom.',
  '11-17|Friends knew more of {child} than any adult did. {2-4} of them spoke with us.',
  '11-17|{child} looked after others, and found it hard to let anybody look after {them}.',
  '11-17|{child} went for long walks in the evening, with music, and came home after {9-12}.',
  '11-15 at-school|At school {child} ate with the same {2-4} friends each day.',
  '13-17|{child} wrote messages to {their} grandmother, who has kept them, on {day}s.',
  '16-17|{child} wanted to be treated as an adult and was also afraid of it.',
  '16-17 not-in-education|{child}’s days had no shape. {They} slept late and was out until early.',
  '16-17|{child} kept appointments with one worker and missed {3-8} with others.',
  '16-17|{child} had plans: a course, a flat, a dog.',
]

const ethnicity: Line[] = [
  'no-ethnicity|{child}’s ethnicity is not recorded by any agency. That is a finding.',
  'no-ethnicity|Nobody had asked how {child}’s family describes itself.',
  'white-british|{child} is White British, and class and poverty shaped how the family was spoken of.',
  'white-british|{child}’s family is White British and had lived on one estate for {2-3} generations and expected little from services.',
  'white-british|{child} is White British. Of {5-12} records {2-4} say more than that about who the family is.',
  'white-british|As a White British family they were not asked about culture or faith, of which {child}’s grandmother would have had much to tell.',
  'white-british|{child} is White British, as are most of those who worked with {them}, and it was taken for granted that they understood the family.',
  'white-british|{child}’s family is White British. They told us that their accent had been remarked on {2-4} times.',
  '!no-ethnicity !white-british|{child}’s ethnicity is recorded by all agencies, and only one asked what it meant to the family.',
  '!no-ethnicity !white-british|{child}’s family told us that they were careful what they said to services, and why.',
  '!no-ethnicity !white-british at-school 8-17|{child} had been called names on the way home from school. {2-3} adults knew.',
  '!no-ethnicity !white-british|{child}’s name was spelled in {2-4} ways in the records. The family had stopped putting it right.',
  '!no-ethnicity !white-british|Racism is a part of what {child}’s family lives with. No record before this review has the word.',
]

const inequality: Line[] = [
  'disabled|{child} is disabled. What {they} can do stands in {2-3} of the records, and what {they} cannot do in all of them.',
  'disabled|{child} is disabled, and {their} family waited {5-14} months for equipment that made the days easier.',
  'disabled|That {child} is disabled was known. How {they} shows pain or fear was known to {2-3} people.',
  '!disabled|Money was short in {child}’s family, by about {20-60} pounds a week once the rent was paid.',
  '!disabled|Faith mattered to {child}’s family and was not asked about.',
  '!disabled|Nothing in the records tells what it was like to be {child} in this family.',
  '!disabled|{child}’s family had no car, and the clinic is {2-3} buses away.',
  '!disabled|Being poor and being watched came together for {child}’s family, who said so plainly.',
  '!disabled 11-17|What adults expected of {child} as {their} age and sex are seen went into {3-6} decisions, and was not noticed.',
  '!disabled|{2-4} letters to {child}’s family were in words that we ourselves had to read twice.',
]

function actions(random: Random, { themes, facts, one }: Told, doneOn: string): string {
  return themes
    .map(theme => {
      const suited = themeWords[theme].actions.filter(([line]) => readLine(line).suits(facts))
      const [line, owner] = random.pick(suited)
      const due = civilDate(isoDay(dayNumber(doneOn) + random.whole(35, 130)))
      const what = one([line])
      return random.chance(0.08) ? `${what}.` : `${what}. Owner: ${owner}. By ${formatDate(due)}.`
    })
    .join('\n\n')
}

const reasons: Record<'A' | 'B' | 'C' | 'D', Record<'yes' | 'no', Line[]>> = {
  A: {
    yes: [
      'Improvements are needed in how agencies share what they know of a child like {child}.',
      'The response to early signs must improve, and not for {child} alone.',
      '{2-4} changes are needed so that another child is better protected than {child} was.',
      'What was missing for {child} may be missing for others: we looked at {5-9} and found it {2-3} times.',
    ],
    no: [
      'The learning from {child} is limited to this family and has been acted on.',
      'No improvement was found for {child} that is not already under way.',
      'The changes that {child}’s story calls for were made {2-9} months ago.',
    ],
  },
  B: {
    yes: [
      'We have seen what happened to {child} in {2-4} other reviews in three years.',
      'The themes of {child}’s review have come up before, here and in the region.',
      'An earlier review told us the same, and {child} shows that it has not been dealt with.',
    ],
    no: [
      'We have not seen the themes of {child}’s review together before.',
      'Our {3-8} earlier reviews were about other matters than {child}’s.',
      'Nothing like what happened to {child} is in our reviews of three years.',
      'We compared {child}’s review with {4-12} others and found no theme that returns.',
    ],
  },
  C: {
    yes: [
      'Agencies worked beside each other and not together for {child}.',
      'There is concern about how {3-5} agencies worked together for {child}.',
      'What agencies knew of {child} was not put together in time.',
    ],
    no: [
      'Agencies that knew {child} worked together well.',
      'The concern about {child} is one for a single agency.',
      'Practitioners around {child} rang each other and acted on what they heard.',
    ],
  },
  D: {
    yes: [],
    no: [
      'The Panel has not looked at what happened to {child} before.',
      'Nothing has been asked by the Panel about {child} or the themes of this review.',
      'We know of no guidance by the Panel that would ask for a review of {child}.',
    ],
  },
}

const concernAboutTogether: readonly ThemeKey[] = [
  'agencies-acting-alone',
  'information-sharing',
  'risk-information-not-shared',
  'risk-panels-not-joined-up',
]

function criteria(
  random: Random,
  { themes, one }: Told,
  outcomes: readonly RapidReviewOutcome[],
  learnedBefore: boolean,
) {
  const reviewed = outcomes.includes('LCSPR') || outcomes.includes('LOCAL_LEARNING_REVIEW')
  const together = themes.some(theme => concernAboutTogether.includes(theme))
  const answer = (chance: number) =>
    !outcomes.includes('CRITERIA_NOT_MET') && random.chance(chance) ? ('yes' as const) : ('no' as const)
  const criterionA = answer(reviewed ? 1 : 0.5)
  const criterionB = learnedBefore ? ('yes' as const) : ('no' as const)
  const criterionC = answer(together ? 1 : reviewed ? 0.8 : 0.2)
  return {
    criterionA,
    criterionAReasons: one(reasons.A[criterionA]),
    criterionB,
    criterionBReasons: one(reasons.B[criterionB]),
    criterionC,
    criterionCReasons: one(reasons.C[criterionC]),
    criterionD: 'no',
    criterionDReasons: one(reasons.D.no),
  } as const
}

const decisions: Record<RapidReviewOutcome, Line[]> = {
  LCSPR: [
    'A local child safeguarding practice review will ask {2-4} questions that are left, with the people who worked with {child} and with the family.',
    'We know what was done for {child}, and not what made it hard to do more, and so there will be a local child safeguarding practice review.',
    'The partners decided on a local child safeguarding practice review. It will also look at {4-8} other children, to see whether the same would happen to them.',
    'The partners decided on a local child safeguarding practice review. The question that is left is why what was known did not lead to action, and whether the same would happen today.',
    'A local child safeguarding practice review will be carried out. The rapid review shows what happened, and not yet why several agencies saw it in the same way.',
    'The criteria are met and the learning reaches beyond this family. The partners have decided on a local child safeguarding practice review with an independent author.',
  ],
  LOCAL_LEARNING_REVIEW: [
    '{7-12} practitioners will meet for a day to learn from what happened to {child}. The partners will hear from them in {2-4} months.',
    'A local learning review follows, of {2-3} questions and no more. It begins with what the family told us.',
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
    'What happened to {child} is understood as far as a review can understand it. The partners put their effort into the actions and look at them in {3-6} months.',
    'We discussed a longer review for {20-60} minutes and decided against it. The practitioners have told us why they acted as they did, and that was the question.',
    'The {2-4} questions we began with are answered. The scrutineer was asked whether anything is left, and thinks not.',
    'A longer review would ask the family and the workers of {child} to tell it all again, and would not change the actions. The partners decided on none.',
    'The partners decided against a further review. They will test the learning in {5-9} other families, which tells more than another report on this one.',
    'Most of what could be learned from {child}’s life was learned in these weeks. The group meets again in {month} to see what has changed.',
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

const earlierLearning: Line[] = [
  'A review {2-5} years ago asked for the same. Training was given, and those trained have mostly left.',
  'It was part of an action plan of {6-14} points that was closed when the policy had been written. Nobody looked whether practice had changed.',
  '{2-3} earlier rapid reviews named it. The change was made in one district and did not reach where {child} lived.',
  'We learned it {9-30} months ago. What {child} shows is that a briefing does not change what people do on a {day} afternoon.',
  'An audit of {10-40} records after an earlier review said that it was done. {child} shows what the audit did not ask.',
]
const dissentingViews: Line[] = [
  'The police would have preferred to wait for the result of the investigation. They agree with the learning.',
  'The integrated care board thinks that a wider review of what happened to {child} would have been right, and has recorded its reasons.',
]
const nationalIssues: Line[] = [
  'Records do not follow a family across areas quickly enough. This cannot be solved in one area.',
  'Guidance for practitioners is silent about adults who join a household for a short time.',
  '11-17|There are too few places for young people in crisis, here as elsewhere.',
  'The systems of health and children’s social care do not show each other that a child is known.',
  'looked-after|We see children placed far from home without the host area being told.',
]
