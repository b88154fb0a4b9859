import { addDays, addMonths, ageInYears, isCivilDate } from '../platform/dates.ts'
import {
  answered,
  type Answers,
  type AnswersOf,
  defineQuestionnaire,
  isAfter,
  type ItemAnswersOf,
  listOf,
  yesNo,
} from '../platform/questionnaire/index.ts'
import { criteriaResult, isClearlyNational } from './criteria.ts'

/** What happened. The national figures know the first three. */
export const natures = {
  death: 'A child or young person died',
  'serious-harm': 'A child was seriously harmed',
  other: 'Something else serious, for example a child seriously harmed someone',
  'near-miss': 'A near miss: a child was nearly killed or seriously harmed, but was not',
} as const
export type Nature = keyof typeof natures

/** The same in few words, for headings and lists. */
export const natureNames: Record<Nature, string> = {
  death: 'A child died',
  'serious-harm': 'A child was seriously harmed',
  other: 'A serious incident of another kind',
  'near-miss': 'A near miss',
}

export const ageGroups = {
  'under-18': 'Under 18, or not yet born',
  '18-to-24': '18 to 24',
} as const
export type AgeGroup = keyof typeof ageGroups

export const abuseOrNeglectViews = {
  known: 'Yes, it is known',
  suspected: 'Yes, it is suspected',
  no: 'No, neither known nor suspected',
} as const

export const places = {
  'in-our-area': 'In our local authority’s area',
  'another-area': 'In another local authority’s area in England',
  'outside-england': 'Outside England',
} as const

export const births = {
  'date-known': 'The date of birth is known',
  'age-known': 'Only the age is known, or about how old',
  unborn: 'The child is not yet born',
} as const

export const sexes = { female: 'Female', male: 'Male' } as const

/** Codes of the children in need census. Its REFU and NOBT are the silences `declined` and `not-yet-asked`. */
export const ethnicities = {
  WBRI: 'White: British',
  WIRI: 'White: Irish',
  WIRT: 'White: Traveller of Irish heritage',
  WROM: 'White: Gypsy or Roma',
  WOTH: 'White: any other White background',
  MWBC: 'Mixed: White and Black Caribbean',
  MWBA: 'Mixed: White and Black African',
  MWAS: 'Mixed: White and Asian',
  MOTH: 'Mixed: any other Mixed background',
  AIND: 'Asian: Indian',
  APKN: 'Asian: Pakistani',
  ABAN: 'Asian: Bangladeshi',
  CHNE: 'Chinese',
  AOTH: 'Asian: any other Asian background',
  BCRB: 'Black: Caribbean',
  BAFR: 'Black: African',
  BOTH: 'Black: any other Black background',
  OOTH: 'Any other ethnic group',
} as const
export type Ethnicity = keyof typeof ethnicities

/** Codes of the children in need census, without NONE (the answer `no` to the question before). */
export const disabilities = {
  MOB: 'Mobility',
  HAND: 'Hand function',
  PC: 'Personal care',
  INC: 'Incontinence',
  COMM: 'Communication',
  LD: 'Learning',
  HEAR: 'Hearing',
  VIS: 'Vision',
  BEH: 'Behaviour',
  CON: 'Consciousness',
  AUT: 'Autism',
  DDA: 'Another disability',
} as const

export const livingArrangements = {
  parents: 'With both parents',
  'one-parent': 'With one parent',
  kin: 'With relatives or friends (kinship care)',
  'foster-carers': 'In foster care',
  'adoptive-family': 'With an adoptive family',
  'childrens-home': 'In a children’s home',
  'supported-accommodation': 'In supported or semi-independent accommodation',
  custody: 'In a secure children’s home, secure school, training centre or young offender institution',
  'residential-school': 'In a residential school',
  hospital: 'In hospital, including a mother and baby unit',
  independently: 'On their own, with a partner or in lodgings',
  'no-fixed-home': 'With no fixed home, or missing',
  other: 'Somewhere else',
} as const

export const planTimes = {
  'at-the-time': 'Yes, when it happened',
  before: 'Not then, but before',
  never: 'No',
} as const

export const agencies = {
  'childrens-social-care': 'Children’s social care',
  'early-help': 'Early help',
  police: 'Police',
  'health-visiting': 'Health visiting, midwifery or school nursing',
  'general-practice': 'General practice',
  hospital: 'Hospital',
  'mental-health': 'Mental health services',
  education: 'Nursery, school or college',
  'youth-justice': 'Youth justice',
  probation: 'Probation',
  'adult-social-care': 'Adult social care',
  housing: 'Housing',
  'domestic-abuse-services': 'Domestic abuse services',
  'substance-misuse-services': 'Drug and alcohol services',
  other: 'Another agency',
} as const

export const educationStatuses = {
  'below-school-age': 'Below school age, not in nursery',
  'early-years': 'In nursery or with a childminder',
  school: 'In a mainstream school',
  'often-absent': 'On a school’s roll, but often absent',
  'special-school': 'In a special school',
  'alternative-provision': 'In alternative provision',
  'home-education': 'Educated at home by the parents’ choice',
  'missing-education': 'Missing education: on no school’s roll',
  excluded: 'Permanently excluded',
  'college-or-training': 'In college, training or an apprenticeship',
  'not-in-education': 'Over 16 and not in education, work or training',
  other: 'Something else',
} as const

export const harmCategories = {
  'physical-abuse': 'Physical abuse',
  'head-injury': 'Head injury to a baby or small child',
  'fatal-maltreatment': 'Fatal abuse or neglect in the family',
  neglect: 'Neglect',
  'medical-neglect': 'Medical neglect',
  'emotional-abuse': 'Emotional abuse',
  'sexual-abuse-in-family': 'Sexual abuse within the family environment',
  'sexual-abuse-outside-family': 'Sexual abuse outside the family',
  'sexual-exploitation': 'Sexual exploitation',
  'criminal-exploitation': 'Criminal exploitation',
  'online-harm': 'Online harm',
  'serious-violence': 'Serious violence between young people or in the street',
  'domestic-abuse': 'Harm through domestic abuse',
  'sudden-unexpected-death': 'Sudden unexpected death of a baby or child',
  suicide: 'Suicide or suspected suicide',
  'self-harm': 'Serious self-harm or a suicide attempt',
  'harmful-sexual-behaviour': 'Harmful sexual behaviour by a child',
  'fabricated-illness': 'Fabricated or induced illness',
  accident: 'Lack of supervision, or an accident that could have been prevented',
  'natural-causes': 'Illness or other natural causes',
  other: 'Another kind of harm',
} as const
export type HarmCategory = keyof typeof harmCategories

export const harmSettings = {
  'inside-family': 'Inside the family',
  'outside-family': 'Outside the family',
  both: 'Both',
} as const

export const suspectedRelations = {
  mother: 'Mother',
  father: 'Father',
  'parents-partner': 'Step-parent or a parent’s partner',
  sibling: 'Brother or sister',
  relative: 'Another relative',
  carer: 'Foster, kinship or adoptive carer',
  'family-friend': 'Family friend, lodger or neighbour',
  staff: 'Someone in a position of trust, such as staff',
  peer: 'Another child, not a relative',
  exploiter: 'An adult or group who exploited the child',
  stranger: 'Someone the child did not know',
  none: 'Nobody: the child harmed themselves, or nobody caused it',
} as const

export const partners = {
  'local-authority': 'Local authority',
  'integrated-care-board': 'Integrated care board (ICB)',
  police: 'Police',
} as const

const children = { list: 'children', min: 1, max: 4, itemName: childName } as const

/** `Child 2`, with the name once it is known. */
function childName(answers: Answers, index: number): string {
  const child = listOf(answers, 'children')[index] ?? {}
  const name = [answered(child, 'givenName'), answered(child, 'familyName')]
    .filter(part => part !== undefined)
    .join(' ')
  return name ? `Child ${index + 1}: ${name}` : `Child ${index + 1}`
}

const diedBelow18 = (answers: Answers) => answers['nature'] === 'death' && answers['ageGroup'] === 'under-18'
const isUnborn = (child: Answers) => child['birth'] === 'unborn'
const abuseIsInDoubt = ({ abuseOrNeglect }: Answers) => abuseOrNeglect !== 'known' && abuseOrNeglect !== 'suspected'

/**
 * What a local authority is asked about a serious incident. Fields, values and what is confirmed about them:
 * `docs/sources.md`, "Serious incident notification". The order of the national form is our reading of what its users
 * are asked, and not checked against the form itself.
 */
export const notificationForm = defineQuestionnaire({
  key: 'serious-incident-notification',
  version: 1,
  title: 'Tell the Panel about a serious incident',
  pages: [
    {
      id: 'route',
      section: 'Before you start',
      title: 'The national notification service',
      seenBy: 'notification',
      questions: [
        {
          id: 'sentNationally',
          kind: 'choice',
          options: yesNo,
          label: 'Have you already sent this notification through the national notification service?',
          name: 'whether you have already used the national notification service',
          hint: 'The service of the Department for Education at childsafeguarding.education.gov.uk.',
          whyWeAsk:
            'The rapid review is due 15 working days after the notification was sent. If you have sent it already, that time is counted from then, and not from today.',
          required: 'to-continue',
          identifying: false,
          source: 'ours',
        },
        {
          id: 'nationalReference',
          kind: 'text',
          under: { question: 'sentNationally', value: 'yes' },
          label: 'Its reference number',
          name: 'the reference number of the national service',
          hint: 'It is in the e-mail that confirms you sent it.',
          maxLength: 40,
          required: 'to-send',
          silences: ['not-known'],
          identifying: false,
          source: 'ours',
        },
        {
          id: 'nationalSentOn',
          kind: 'date',
          past: true,
          under: { question: 'sentNationally', value: 'yes' },
          label: 'The day it was sent',
          name: 'the day it was sent through the national service',
          hint: 'For example, 27 3 2026',
          required: 'to-send',
          identifying: false,
          source: 'ours; clock C5 of the deadlines',
        },
        {
          id: 'nationalSentAt',
          kind: 'time',
          under: { question: 'sentNationally', value: 'yes' },
          label: 'The time it was sent',
          name: 'the time it was sent through the national service',
          hint: 'For example, 2:30pm. Leave it empty if you cannot tell.',
          required: false,
          identifying: false,
          source: 'ours',
        },
      ],
    },
    {
      id: 'basis',
      section: 'Must this be notified?',
      title: 'What has happened',
      intro: [
        'These questions tell you whether the incident must be notified. You cannot break anything: you see the result before you send, and you can come back.',
      ],
      seenBy: 'notification',
      questions: [
        {
          id: 'nature',
          kind: 'choice',
          options: natures,
          optionHints: {
            death: 'Also choose this for a suspected suicide.',
            'serious-harm':
              'Serious or lasting damage to physical or mental health, or to how a child develops. Judge the likely long-term effect, even if it is not yet certain. A child who recovers may still have been seriously harmed.',
          },
          label: 'What has happened?',
          name: 'what has happened',
          required: 'to-continue',
          identifying: false,
          nationalForm: { order: 10, label: 'Nature of the incident' },
          note: 'As it was on the day of notification: harm that later proves fatal stays serious harm here. Near misses are not notified nationally.',
          source: 'national statistics of notifications, confirmed; near miss ours',
        },
        {
          id: 'ageGroup',
          kind: 'choice',
          options: ageGroups,
          label: 'How old was the child or young person when it happened?',
          name: 'how old the child or young person was',
          hint: 'If there were several, answer for the one who died or was harmed.',
          required: 'to-continue',
          identifying: false,
          source: 'Working Together 2023, confirmed',
        },
        {
          id: 'abuseOrNeglect',
          kind: 'choice',
          options: abuseOrNeglectViews,
          label: 'Is abuse or neglect known or suspected?',
          name: 'whether abuse or neglect is known or suspected',
          hint: 'Of the child it happened to. It does not have to be proved, or to be the only cause: it is enough that it may have contributed.',
          whyWeAsk:
            'This decides whether the law asks for a notification and a rapid review. If the family is known because of concern, think about abuse or neglect for a suicide or an unexplained death too.',
          required: 'to-send',
          silences: ['not-known'],
          identifying: false,
          nationalForm: { order: 11, label: 'Abuse or neglect known or suspected' },
          source: 'Children Act 2004 section 16C; Working Together 2023, confirmed',
        },
      ],
    },
    {
      id: 'care',
      section: 'Must this be notified?',
      title: 'Looked-after children and care leavers',
      intro: [
        'The death of a looked-after child or of a care leaver goes through the same system, whatever the cause.',
      ],
      seenBy: 'notification',
      when: answers => answers['nature'] === 'death' && (answers['ageGroup'] === '18-to-24' || abuseIsInDoubt(answers)),
      questions: [
        {
          id: 'lookedAfterAtDeath',
          kind: 'three-valued',
          when: diedBelow18,
          label: 'Was the child looked after by a local authority when they died?',
          name: 'whether the child was looked after when they died',
          hint: 'In care or accommodated by a local authority, wherever they lived.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 12, label: 'Death of a looked-after child' },
          source: 'national notification guidance, confirmed',
        },
        {
          id: 'careLeaver',
          kind: 'three-valued',
          label: 'Was the young person a care leaver?',
          name: 'whether the young person was a care leaver',
          hint: 'Not yet 25, no longer looked after, and looked after for 13 weeks or more in a time that began after they turned 14 and ended after they turned 16. Leave this out if the child was looked after when they died.',
          required: 'to-send',
          notNeededWhen: answers => answers['lookedAfterAtDeath'] === 'yes',
          identifying: false,
          nationalForm: { order: 13, label: 'Death of a care leaver' },
          source: 'Working Together 2023 through local guides, confirmed',
        },
      ],
    },
    {
      id: 'when',
      section: 'The incident',
      title: 'When it happened',
      seenBy: 'notification',
      questions: [
        {
          id: 'incidentOn',
          kind: 'date',
          partAllowed: true,
          past: true,
          label: 'When did it happen?',
          name: 'the date of the incident',
          hint: 'For example, 27 3 2026. If you only know the month or the year, leave the rest empty. For harm over a long time, enter the day it came to light.',
          required: 'to-send',
          silences: ['not-known'],
          identifying: false,
          nationalForm: { order: 20, label: 'Date of incident' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'incidentAt',
          kind: 'time',
          label: 'At what time, if you know it?',
          name: 'the time of the incident',
          hint: 'For example, 2:30pm',
          required: false,
          silences: ['not-known'],
          identifying: false,
          nationalForm: { order: 21, label: 'Time of incident' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'awareOn',
          kind: 'date',
          past: true,
          label: 'When did your local authority become aware of it?',
          name: 'the date your authority became aware',
          hint: 'The day anyone in the local authority first knew. For example, 28 3 2026',
          whyWeAsk:
            'The notification is due 5 working days after this day. Being late never keeps you from sending: enter the true day.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 22, label: 'Date the local authority became aware' },
          source: 'needed for clock C1, likely',
        },
      ],
    },
    {
      id: 'where',
      section: 'The incident',
      title: 'Where it happened',
      seenBy: 'notification',
      questions: [
        {
          id: 'place',
          kind: 'choice',
          options: places,
          label: 'Where did it happen?',
          name: 'where it happened',
          whyWeAsk:
            'The local authority where it happened sends the notification and leads the rapid review, together with the authority where the child lived. For an incident outside England it is the authority where the child normally lived.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 23, label: 'Outside England' },
          source: 'Panel, frequently asked questions, confirmed',
        },
        {
          id: 'otherAuthority',
          kind: 'select',
          lookup: 'authorities',
          under: { question: 'place', value: 'another-area' },
          label: 'Which local authority’s area?',
          name: 'the local authority where it happened',
          required: 'to-send',
          silences: ['not-known'],
          identifying: false,
          nationalForm: { order: 24, label: 'Local authority of the incident' },
          note: 'Asked only if it is not the authority that notifies.',
          source: 'Panel, frequently asked questions, confirmed',
        },
        {
          id: 'normallyLivedHere',
          kind: 'three-valued',
          under: { question: 'place', value: 'outside-england' },
          label: 'Did the child normally live in your area?',
          name: 'whether the child normally lived in your area',
          required: 'to-send',
          identifying: false,
          source: 'Panel, frequently asked questions, confirmed',
        },
        {
          id: 'location',
          kind: 'text',
          label: 'What kind of place was it, and where?',
          name: 'the place',
          hint: 'For example, at home with an address and postcode, at school, in a park, online.',
          maxLength: 500,
          required: 'to-send',
          silences: ['not-known'],
          identifying: true,
          nationalForm: { order: 25, label: 'Location of incident' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'authorityOfResidence',
          kind: 'select',
          lookup: 'authorities',
          label: 'In which local authority’s area did the child normally live?',
          name: 'the local authority where the child normally lived',
          hint: 'If it is another authority than yours, tell them about the incident.',
          required: 'to-send',
          silences: ['not-known', 'not-applicable'],
          identifying: false,
          nationalForm: { order: 26, label: 'Local authority of residence' },
          source: 'Panel, frequently asked questions, confirmed',
        },
      ],
    },
    {
      id: 'reason-to-send',
      section: 'Must this be notified?',
      title: 'Why you are notifying',
      intro: [
        'From your answers, this does not clearly have to be notified nationally by your authority. You can still send it, for example because the partners decided to.',
      ],
      seenBy: 'notification',
      when: answers =>
        answers['nature'] !== undefined &&
        answers['place'] !== undefined &&
        !isClearlyNational(criteriaResult(answers)),
      questions: [
        {
          id: 'reasonToSend',
          kind: 'long-text',
          label: 'Why do you send this notification?',
          name: 'why you send this notification',
          hint: 'Say who decided, and what made you think of serious harm, abuse or neglect.',
          maxLength: 2000,
          rows: 5,
          required: 'to-send',
          identifying: true,
          source: 'ours',
        },
      ],
    },
    {
      id: 'what-happened',
      section: 'The incident',
      title: 'What happened',
      intro: ['A short account is enough. The rapid review will find out the rest.'],
      seenBy: 'notification',
      questions: [
        {
          id: 'whatHappened',
          kind: 'long-text',
          label: 'What happened, as far as you know today?',
          name: 'what happened',
          hint: 'Who was harmed, how, who was there, how it came to light, how the child is now. Say what is known and what is only suspected.',
          required: 'to-send',
          rows: 12,
          identifying: true,
          nationalForm: { order: 27, label: 'Outline of the incident' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'attachmentsNote',
          kind: 'text',
          label: 'Which papers are there, and who holds them?',
          name: 'papers, and who holds them',
          hint: 'For example, a court order, held by our legal team. Files are added to the rapid review, not here. Leave it empty if there are none.',
          maxLength: 500,
          required: false,
          identifying: true,
          nationalForm: { order: 80, label: 'Documents' },
          source: 'national notification service, confirmed',
        },
      ],
    },
    {
      id: 'child',
      section: 'Children',
      title: 'Who the child is',
      introOfFirst: ['Begin with the child who died or was most seriously harmed.'],
      intro: ['You can notify without knowing who the child is.'],
      seenBy: 'notification',
      repeats: children,
      after: ['basis'],
      questions: [
        {
          id: 'givenName',
          kind: 'text',
          label: 'Given names',
          name: 'given names',
          maxLength: 100,
          required: false,
          silences: ['not-known'],
          identifying: true,
          nationalForm: { order: 30, label: 'First name' },
          note: 'Names are never required: a child may be unidentified or unborn.',
          source: 'national notification service, confirmed',
        },
        {
          id: 'familyName',
          kind: 'text',
          label: 'Family name',
          name: 'family name',
          maxLength: 100,
          required: false,
          silences: ['not-known'],
          identifying: true,
          nationalForm: { order: 31, label: 'Last name' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'otherNames',
          kind: 'text',
          label: 'Other names',
          name: 'other names',
          hint: 'Names the child is also known by, for example a former family name.',
          maxLength: 200,
          required: false,
          identifying: true,
          nationalForm: { order: 32, label: 'Other names' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'birth',
          kind: 'choice',
          options: births,
          label: 'How old is the child, or how old were they when they died?',
          name: 'what is known of the age',
          missing: 'Select whether you know the date of birth or the age, or that the child is not yet born',
          required: 'to-send',
          silences: ['not-known', 'not-yet-asked'],
          identifying: false,
          source: 'national notification service, confirmed; unborn likely',
        },
        {
          id: 'dateOfBirth',
          kind: 'date',
          past: true,
          under: { question: 'birth', value: 'date-known' },
          label: 'Date of birth',
          name: 'the date of birth',
          hint: 'For example, 27 3 2022',
          required: 'to-send',
          identifying: true,
          nationalForm: { order: 33, label: 'Date of birth' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'age',
          kind: 'number',
          min: 0,
          max: 24,
          suffix: 'years',
          under: { question: 'birth', value: 'age-known' },
          label: 'Age in years when it happened',
          name: 'the age',
          hint: 'Whole years; 0 for a baby under 1. An estimate will do.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 34, label: 'Age' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'expectedOn',
          kind: 'date',
          partAllowed: true,
          under: { question: 'birth', value: 'unborn' },
          label: 'When is the child expected?',
          name: 'the expected date of delivery',
          hint: 'If you only know the month, leave the day empty.',
          required: false,
          silences: ['not-known'],
          identifying: true,
          nationalForm: { order: 35, label: 'Expected date of delivery' },
          source: 'local procedures, likely',
        },
        {
          id: 'sex',
          kind: 'choice',
          options: sexes,
          label: 'What is the child’s sex?',
          name: 'sex',
          missing: 'Select the child’s sex, or that it is not known',
          hint: 'Leave this out if the child is not yet born.',
          required: 'to-send',
          notNeededWhen: (_, child) => isUnborn(child),
          silences: ['not-known', 'not-yet-asked'],
          identifying: false,
          nationalForm: { order: 36, label: 'Sex' },
          source: 'national statistics of notifications, confirmed',
        },
      ],
    },
    {
      id: 'child-identity',
      section: 'Children',
      title: 'Ethnicity, disability and health',
      seenBy: 'notification',
      repeats: children,
      after: ['basis'],
      questions: [
        {
          id: 'ethnicity',
          kind: 'choice',
          display: 'select',
          options: ethnicities,
          label: 'What is the child’s ethnic group?',
          name: 'ethnic group',
          missing: 'Select the child’s ethnic group, or why it is not known',
          hint: 'As the family describes it, not as it looks to you. If nobody has asked yet, say so: the rapid review can say more.',
          whyWeAsk:
            'Reviews too often leave out race and ethnicity. Without it, nobody can see whether children of some groups are helped less well.',
          required: 'to-send',
          silences: ['not-known', 'not-yet-asked', 'declined'],
          identifying: false,
          nationalForm: { order: 37, label: 'Ethnicity' },
          note: 'Codes of the children in need census; whether the national service uses the same is not checked. Census REFU is declined, NOBT is not-yet-asked.',
          source: 'national statistics of notifications, confirmed; codes of the children in need census',
        },
        {
          id: 'ethnicityInOwnWords',
          kind: 'text',
          label: 'Ethnicity, culture or faith in the family’s own words',
          name: 'ethnicity, culture or faith in own words',
          required: false,
          identifying: true,
          source: 'ours',
        },
        {
          id: 'disability',
          kind: 'three-valued',
          label: 'Is the child disabled?',
          name: 'disability',
          missing: 'Select whether the child is disabled',
          hint: 'A physical or mental impairment with a substantial and long-term effect on daily life.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 38, label: 'Disability' },
          source: 'national statistics of notifications, confirmed',
        },
        {
          id: 'disabilities',
          kind: 'choices',
          options: disabilities,
          under: { question: 'disability', value: 'yes' },
          label: 'What does it affect?',
          name: 'kinds of disability',
          hint: 'Select all that apply.',
          required: false,
          silences: ['not-known', 'not-yet-asked'],
          identifying: false,
          note: 'Codes of the children in need census.',
          source: 'children in need census, not checked',
        },
        {
          id: 'health',
          kind: 'long-text',
          label: 'Is there anything about the child’s health that matters here?',
          name: 'health',
          hint: 'For example, born early, a long illness, mental health. Leave it empty if there is nothing.',
          maxLength: 4000,
          rows: 4,
          required: false,
          silences: ['not-known', 'not-yet-asked'],
          identifying: true,
          nationalForm: { order: 39, label: 'Health information' },
          source: 'national notification service, confirmed',
        },
      ],
    },
    {
      id: 'child-care',
      section: 'Children',
      title: 'Care, home and education',
      intro: ['As it was when the incident happened.'],
      seenBy: 'notification',
      repeats: children,
      after: ['basis'],
      questions: [
        {
          id: 'livingWith',
          kind: 'choice',
          display: 'select',
          options: livingArrangements,
          when: (_, child) => !isUnborn(child),
          label: 'Where did the child live?',
          name: 'where the child lived',
          required: 'to-send',
          silences: ['not-known', 'not-yet-asked', 'not-applicable'],
          identifying: false,
          nationalForm: { order: 40, label: 'Placement or living arrangement' },
          note: 'Hospital, children’s home and other were seen in published figures; the rest is ours.',
          source: 'national statistics of notifications, partly confirmed',
        },
        {
          id: 'lookedAfter',
          kind: 'three-valued',
          when: (_, child) => !isUnborn(child),
          label: 'Was the child looked after by a local authority?',
          name: 'whether the child was looked after',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 41, label: 'Looked-after child' },
          source: 'national statistics of notifications, confirmed',
        },
        {
          id: 'lookedAfterBy',
          kind: 'select',
          lookup: 'authorities',
          under: { question: 'lookedAfter', value: 'yes' },
          label: 'By which local authority?',
          name: 'the local authority that looked after the child',
          required: 'to-send',
          silences: ['not-known'],
          identifying: false,
          nationalForm: { order: 42, label: 'Placing local authority' },
          source: 'older notification form, likely',
        },
        {
          id: 'legalStatus',
          kind: 'text',
          under: { question: 'lookedAfter', value: 'yes' },
          label: 'Legal status',
          name: 'legal status',
          hint: 'For example, interim care order, or accommodated under section 20.',
          maxLength: 100,
          required: false,
          silences: ['not-known'],
          identifying: false,
          nationalForm: { order: 43, label: 'Legal status' },
          source: 'older notification form, likely',
        },
        {
          id: 'childInNeedPlan',
          kind: 'choice',
          options: planTimes,
          label: 'Did the child have a child in need plan?',
          name: 'whether there was a child in need plan',
          required: 'to-send',
          silences: ['not-known', 'not-yet-asked'],
          identifying: false,
          nationalForm: { order: 44, label: 'Child in need plan' },
          source: 'national statistics of notifications, confirmed; before is ours',
        },
        {
          id: 'childProtectionPlan',
          kind: 'choice',
          options: planTimes,
          label: 'Did the child have a child protection plan?',
          name: 'whether there was a child protection plan',
          required: 'to-send',
          silences: ['not-known', 'not-yet-asked'],
          identifying: false,
          nationalForm: { order: 45, label: 'Child protection plan' },
          source: 'national statistics of notifications, confirmed; before is ours',
        },
        {
          id: 'knownToAgencies',
          kind: 'three-valued',
          label: 'Was the child or the family known to any agency before?',
          name: 'whether the child or family was known to any agency',
          hint: 'Beyond what every family has, like a general practice. If you have not heard from all agencies, answer with what you know.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 46, label: 'Known to any agency' },
          source: 'national statistics of notifications, confirmed',
        },
        {
          id: 'agencies',
          kind: 'choices',
          options: agencies,
          under: { question: 'knownToAgencies', value: 'yes' },
          label: 'Which ones?',
          name: 'agencies that knew the child or family',
          hint: 'Select all that apply.',
          required: false,
          silences: ['not-known', 'not-yet-asked'],
          identifying: false,
          source: 'ours',
        },
        {
          id: 'education',
          kind: 'choice',
          display: 'select',
          options: educationStatuses,
          when: (_, child) => !isUnborn(child),
          label: 'Was the child in education?',
          name: 'education',
          missing: 'Select whether the child was in education',
          required: 'to-send',
          silences: ['not-known', 'not-yet-asked', 'not-applicable'],
          identifying: false,
          nationalForm: { order: 47, label: 'Education' },
          note: 'Home education and missing education are followed by the Panel.',
          source: 'Panel, likely',
        },
      ],
    },
    {
      id: 'children',
      section: 'Children',
      title: 'Other children',
      intro: [
        'Each child who died or was harmed has pages of their own: up to 4 children, added at the end of this page. Use the box only for children beyond these, or at risk.',
      ],
      seenBy: 'notification',
      questions: [
        {
          id: 'primaryChild',
          kind: 'item',
          list: 'children',
          when: answers => listOf(answers, 'children').length > 1,
          label: 'Which child was the most seriously harmed?',
          name: 'the child who was the most seriously harmed',
          whyWeAsk: 'Official figures count each incident once, by this child.',
          required: 'to-send',
          identifying: false,
          note: 'Place in the list of children, from 1. With one child it is that child.',
          source: 'methodology of the national statistics, confirmed; the marker is ours',
        },
        {
          id: 'furtherChildren',
          kind: 'long-text',
          label: 'Were other children harmed or at risk?',
          name: 'further children',
          hint: 'For each: name if known, age, how they are related, and what happened to them. Leave it empty if there are none.',
          maxLength: 4000,
          rows: 5,
          required: false,
          silences: ['not-known', 'not-yet-asked'],
          identifying: true,
          nationalForm: { order: 28, label: 'Further children' },
          source: 'national notification guidance, confirmed',
        },
      ],
    },
    {
      id: 'family',
      section: 'Family and people',
      title: 'Family and people around the child',
      intro: ['Write what you know today. Names and ages help others to look in their own records.'],
      seenBy: 'notification',
      questions: [
        {
          id: 'parentsAndCarers',
          kind: 'long-text',
          label: 'Parents and carers',
          name: 'parents and carers',
          hint: 'Include fathers who live elsewhere, step-parents and partners. For each: name, date of birth or age, relation to the child.',
          whyWeAsk: 'Fathers and other men are often missing from what agencies know.',
          maxLength: 4000,
          rows: 5,
          required: false,
          silences: ['not-known', 'not-yet-asked'],
          identifying: true,
          nationalForm: { order: 50, label: 'Parents and carers' },
          source: 'older notification form, likely',
        },
        {
          id: 'siblings',
          kind: 'long-text',
          label: 'Brothers and sisters',
          name: 'brothers and sisters',
          hint: 'Include half and step brothers and sisters who live elsewhere. For each: name, age, and whether they are safe now.',
          maxLength: 4000,
          rows: 4,
          required: false,
          silences: ['not-known', 'not-yet-asked', 'not-applicable'],
          identifying: true,
          nationalForm: { order: 51, label: 'Siblings' },
          source: 'older notification form, likely',
        },
        {
          id: 'otherPeople',
          kind: 'long-text',
          label: 'Other people who matter',
          name: 'other people',
          hint: 'For example, grandparents, lodgers, friends who were there.',
          maxLength: 4000,
          rows: 4,
          required: false,
          silences: ['not-known', 'not-yet-asked', 'not-applicable'],
          identifying: true,
          nationalForm: { order: 52, label: 'Other significant people' },
          source: 'older notification form, likely',
        },
      ],
    },
    {
      id: 'harm',
      section: 'Harm',
      title: 'The harm',
      intro: ['Your view today. It can change, and it accuses nobody.'],
      seenBy: 'notification',
      questions: [
        {
          id: 'harmCategories',
          kind: 'choices',
          options: harmCategories,
          label: 'What kinds of harm are known or suspected?',
          name: 'kinds of harm',
          missing: 'Select the kinds of harm, or that they are not known',
          hint: 'Select all that apply.',
          required: 'to-send',
          silences: ['not-known', 'not-applicable'],
          identifying: false,
          nationalForm: { order: 60, label: 'Type of harm' },
          source: 'Panel analysis, likely',
        },
        {
          id: 'suspectedRelations',
          kind: 'choices',
          options: suspectedRelations,
          exclusive: ['none'],
          label: 'Who is known or suspected to have caused the harm?',
          name: 'relation to the child of whoever is known or suspected to have caused the harm',
          missing: 'Select who is known or suspected to have caused the harm, or that it is not known',
          hint: 'Their relation to the child; of several children, the one who was most seriously harmed. Select all that apply.',
          required: 'to-send',
          silences: ['not-known', 'not-applicable'],
          identifying: true,
          nationalForm: { order: 62, label: 'Suspected perpetrator' },
          source: 'Panel analysis, likely',
        },
        {
          id: 'harmSetting',
          kind: 'choice',
          options: harmSettings,
          label: 'Did the harm come from inside or outside the family?',
          name: 'whether the harm came from inside or outside the family',
          hint: 'Leave this out if nobody caused it.',
          required: 'to-send',
          notNeededWhen: answers => listedIn(answers, 'suspectedRelations').includes('none'),
          silences: ['not-known', 'not-applicable'],
          identifying: false,
          nationalForm: { order: 61, label: 'Inside or outside the family' },
          source: 'Panel analysis, likely',
        },
      ],
    },
    {
      id: 'other-processes',
      section: 'Other processes',
      title: 'Police, courts and other reviews',
      seenBy: 'notification',
      questions: [
        {
          id: 'policeInvestigation',
          kind: 'three-valued',
          label: 'Is there a police investigation?',
          name: 'whether there is a police investigation',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 70, label: 'Police investigation' },
          source: 'parallel processes, likely',
        },
        {
          id: 'policeDetails',
          kind: 'text',
          under: { question: 'policeInvestigation', value: 'yes' },
          label: 'Police force, officer and reference',
          name: 'police force, officer and reference',
          required: false,
          silences: ['not-known'],
          identifying: true,
          nationalForm: { order: 71, label: 'Police details' },
          source: 'parallel processes, likely',
        },
        {
          id: 'courtProceedings',
          kind: 'three-valued',
          label: 'Are there court proceedings or court orders about the child?',
          name: 'whether there are court proceedings or orders',
          hint: 'Family court or criminal court.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 72, label: 'Court proceedings' },
          source: 'parallel processes, likely',
        },
        {
          id: 'courtDetails',
          kind: 'text',
          under: { question: 'courtProceedings', value: 'yes' },
          label: 'Which ones, and anything that may not be shared?',
          name: 'court proceedings',
          maxLength: 500,
          required: false,
          silences: ['not-known'],
          identifying: true,
          nationalForm: { order: 73, label: 'Court details' },
          source: 'parallel processes, likely',
        },
        {
          id: 'inquest',
          kind: 'three-valued',
          when: answers => answers['nature'] === 'death',
          label: 'Will there be an inquest?',
          name: 'whether there will be an inquest',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 74, label: 'Inquest' },
          source: 'parallel processes, likely',
        },
        {
          id: 'childDeathReview',
          kind: 'three-valued',
          when: diedBelow18,
          label: 'Has the child death review been told?',
          name: 'whether the child death review has been told',
          hint: 'Every death of a child goes to the child death overview panel, besides this notification.',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 75, label: 'Child death review' },
          source: 'parallel processes, likely',
        },
        {
          id: 'mediaInterest',
          kind: 'three-valued',
          label: 'Is media interest likely?',
          name: 'whether media interest is likely',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 76, label: 'Media interest' },
          source: 'older notification form and local rules, likely',
        },
        {
          id: 'linkedNotifications',
          kind: 'text',
          label: 'Is it linked to another notification or review?',
          name: 'linked notifications or reviews',
          hint: 'Enter the references. Leave it empty if there are none.',
          required: false,
          identifying: false,
          nationalForm: { order: 6, label: 'Linked cases' },
          source: 'older notification form, confirmed',
        },
      ],
    },
    {
      id: 'partners',
      section: 'Partners',
      title: 'Safeguarding partners',
      intro: ['The three safeguarding partners should agree which incidents are notified.'],
      seenBy: 'notification',
      questions: [
        {
          id: 'partnersAgreed',
          kind: 'choices',
          options: partners,
          label: 'Which partners agree that this should be notified?',
          name: 'partners who agree',
          missing: 'Select which partners agree, or that they have not been asked yet',
          hint: 'Select all that apply. You can send without all three: the local authority decides in the end.',
          required: 'to-send',
          silences: ['not-yet-asked'],
          identifying: false,
          source: 'Panel, frequently asked questions, likely',
        },
        {
          id: 'partnersAgreedOn',
          kind: 'date',
          past: true,
          label: 'When did they agree?',
          name: 'the day the partners agreed',
          hint: 'The day of the last agreement. Leave it empty if it has not been.',
          required: false,
          identifying: false,
          source: 'ours',
        },
        {
          id: 'partnersView',
          kind: 'long-text',
          label: 'Do the partners see it differently?',
          name: 'different views among the partners',
          hint: 'Leave it empty if they agree.',
          maxLength: 2000,
          rows: 3,
          required: false,
          identifying: true,
          source: 'ours',
        },
        {
          id: 'otherAreasTold',
          kind: 'three-valued',
          label: 'Have you told the partners of other areas that matter?',
          name: 'whether other areas have been told',
          hint: 'For example, where the child lived or was placed, or where the family comes from.',
          required: 'to-send',
          silences: ['not-applicable'],
          identifying: false,
          source: 'national notification guidance, confirmed',
        },
        {
          id: 'otherAreas',
          kind: 'text',
          under: { question: 'otherAreasTold', value: 'yes' },
          label: 'Which areas, and when?',
          name: 'other areas that were told',
          maxLength: 500,
          required: false,
          identifying: false,
          source: 'national notification guidance, likely',
        },
      ],
    },
    {
      id: 'notifier',
      section: 'Who is notifying',
      title: 'How we can reach you',
      intro: ['The secretariat uses this if something is unclear.'],
      seenBy: 'notification',
      questions: [
        {
          id: 'notifierName',
          kind: 'text',
          autocomplete: 'name',
          label: 'Your name',
          name: 'your name',
          maxLength: 100,
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 1, label: 'Name' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'notifierRole',
          kind: 'text',
          autocomplete: 'organization-title',
          label: 'Your role',
          name: 'your role',
          maxLength: 100,
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 2, label: 'Role' },
          source: 'older notification form, confirmed',
        },
        {
          id: 'notifierPhone',
          kind: 'phone',
          label: 'Phone number',
          name: 'your phone number',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 3, label: 'Telephone' },
          source: 'national notification service, confirmed',
        },
        {
          id: 'notifierEmail',
          kind: 'email',
          label: 'Email address',
          name: 'your email address',
          required: 'to-send',
          identifying: false,
          nationalForm: { order: 4, label: 'Email' },
          source: 'national notification service, confirmed',
        },
      ],
    },
  ],
  checks: [
    {
      question: 'awareOn',
      problem: answers => {
        const [awareOn, incidentOn, sentOn] = ['awareOn', 'incidentOn', 'nationalSentOn'].map(id => dateIn(answers, id))
        if (!awareOn) return undefined
        if (incidentOn && isAfter(incidentOn, awareOn)) {
          return 'The date your authority became aware must be the same as or after the date of the incident'
        }
        if (sentOn && isAfter(awareOn, sentOn)) {
          return 'The date your authority became aware must be the same as or before the day you used the national service'
        }
        return undefined
      },
    },
    {
      question: 'dateOfBirth',
      problem: (answers, child) => {
        const bornOn = dateIn(child, 'dateOfBirth')
        const incidentOn = dateIn(answers, 'incidentOn')
        if (!bornOn) return undefined
        if (incidentOn && isAfter(bornOn, incidentOn)) {
          return 'The date of birth must be the same as or before the date of the incident'
        }
        return ageProblem(answers, ageAt(bornOn, incidentOn), 'The date of birth')
      },
    },
    {
      question: 'age',
      problem: (answers, child) => {
        const age = answered(child, 'age')
        return typeof age === 'number' ? ageProblem(answers, age, 'The age') : undefined
      },
    },
    {
      question: 'expectedOn',
      problem: (answers, child) => {
        const [expectedOn, incidentOn] = [dateIn(child, 'expectedOn'), dateIn(answers, 'incidentOn')]
        return expectedOn && incidentOn && isAfter(incidentOn, weeksLater(expectedOn, 4))
          ? 'Check the expected date of delivery: it is more than 4 weeks before the incident, and you said that the child is not yet born'
          : undefined
      },
    },
    {
      question: 'lookedAfter',
      problem: (answers, child) => {
        const [atDeath, then] = [answered(answers, 'lookedAfterAtDeath'), answered(child, 'lookedAfter')]
        if (!isPrimary(answers, child) || !atDeath || !then || atDeath === then) return undefined
        return `You said that the child was ${atDeath === 'yes' ? '' : 'not '}looked after when they died. Change one of the two answers`
      },
    },
  ],
})

export type NotificationAnswers = AnswersOf<typeof notificationForm>
export type ChildAnswers = ItemAnswersOf<typeof notificationForm, 'children'>

function listedIn(answers: Answers, id: string): readonly string[] {
  const codes = answered(answers, id)
  return typeof codes === 'object' ? codes : []
}

/** The child the questions about the death are about. */
function isPrimary(answers: Answers, child: Answers): boolean {
  const all = listOf(answers, 'children')
  return all.length < 2 || answered(answers, 'primaryChild') === String(all.indexOf(child) + 1)
}

/** Of a month or a year, from its last day. */
function weeksLater(date: string, weeks: number): string {
  const first = `${date}${'-01-01'.slice(date.length - 4)}`
  if (!isCivilDate(first)) return date
  const last = date.length === 10 ? first : addDays(addMonths(first, date.length === 7 ? 1 : 12), -1)
  return addDays(last, weeks * 7)
}

function dateIn(answers: Answers, id: string): string | undefined {
  const date = answered(answers, id)
  return typeof date === 'string' ? date : undefined
}

function ageAt(bornOn: string, incidentOn: string | undefined): number | undefined {
  return incidentOn && isCivilDate(bornOn) && isCivilDate(incidentOn) ? ageInYears(bornOn, incidentOn) : undefined
}

function ageProblem(answers: Answers, age: number | undefined, subject: string): string | undefined {
  if (age === undefined) return undefined
  if (answers['ageGroup'] === 'under-18' && age > 17) {
    return `${subject} makes the child ${age} when it happened, but you said under 18. Change one of the two answers`
  }
  if (answers['ageGroup'] === '18-to-24' && (age < 18 || age > 24)) {
    return `${subject} makes the young person ${age} when it happened, but you said 18 to 24. Change one of the two answers`
  }
  return undefined
}
