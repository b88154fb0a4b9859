import { defineQuestionnaire, type Answers, type AnswersOf, type Question } from '../../platform/questionnaire/index.ts'

const ours = 'families of local reviews, ours'
const practice = 'early contact, an advocate, time to read the draft: partnership practice, confirmed'

function form<const Questions extends readonly Question[]>(
  key: string,
  title: string,
  questions: Questions,
  intro: readonly string[] = [],
) {
  return defineQuestionnaire({
    key,
    version: 1,
    title,
    pages: [{ id: key, section: 'Family', title, intro, seenBy: 'family-contact', questions }],
    checks: [],
  })
}

const text = { required: false, identifying: true, source: ours } as const
const longText = { ...text, kind: 'long-text', rows: 3 } as const
const dayQuestion = { kind: 'date', past: true, required: 'to-continue', identifying: true, source: ours } as const

export const relations = {
  child: 'The child',
  parent: 'Parent',
  grandparent: 'Grandparent',
  sibling: 'Brother or sister',
  other: 'Another person',
} as const
const offered = {
  'not-offered': 'Not offered yet',
  offered: 'Offered',
  accepted: 'Accepted',
  declined: 'Declined',
} as const

/** How far somebody took part, in the categories of research on family involvement. */
export const involvements = {
  'not-mentioned': 'Not thought of yet',
  excluded: 'Left out, with a reason',
  'invited-not-involved': 'Invited, and not involved',
  involved: 'Involved',
} as const

export const memberForm = form('member', 'A person of the family', [
  { ...text, id: 'name', kind: 'text', label: 'Name', name: 'the name', required: 'to-continue' },
  {
    ...text,
    id: 'relation',
    kind: 'choice',
    options: relations,
    label: 'Who are they?',
    name: 'who they are',
    missing: 'Select who they are to the child',
    required: 'to-continue',
  },
  {
    ...text,
    id: 'relationInWords',
    kind: 'text',
    label: 'In their own words',
    name: 'who they are in their own words',
    hint: 'For example Nan, stepfather, foster carer.',
  },
  {
    ...text,
    id: 'bornOn',
    kind: 'date',
    past: true,
    label: 'Date of birth',
    name: 'the date of birth',
    hint: 'For a child: no message is sent on this day.',
  },
  {
    ...text,
    id: 'diedOn',
    kind: 'date',
    past: true,
    label: 'Date of death',
    name: 'the date of death',
    hint: 'No message is sent to anybody on this day.',
  },
  {
    ...text,
    id: 'mayContact',
    kind: 'choice',
    options: { yes: 'Yes', no: 'No', 'not-yet': 'Not yet' },
    label: 'May we contact them?',
    name: 'whether we may contact them',
    missing: 'Select whether we may contact them',
    required: 'to-continue',
  },
  {
    ...text,
    id: 'whyNot',
    kind: 'text',
    label: 'Why not, or until when',
    name: 'why not',
    hint: 'For example: a witness in the trial; the police ask us to wait until they have spoken to them.',
  },
  {
    ...text,
    id: 'neverBy',
    kind: 'text',
    label: 'Never by whom, never together with whom',
    name: 'never by whom',
    hint: 'For example by the police officer in the case, together with the stepfather.',
  },
  {
    ...text,
    id: 'how',
    kind: 'choices',
    options: { phone: 'By telephone', letter: 'By letter', 'in-person': 'In person', through: 'Through somebody else' },
    label: 'How?',
    name: 'how',
  },
  {
    ...text,
    id: 'throughWhom',
    kind: 'text',
    label: 'Number, address, or through whom',
    name: 'number, address, or through whom',
  },
  {
    ...text,
    id: 'neverWhen',
    kind: 'text',
    label: 'Never when',
    name: 'never when',
    hint: 'For example on school days, after six.',
  },
  { ...text, id: 'language', kind: 'text', label: 'Language', name: 'the language' },
  { ...text, id: 'interpreter', kind: 'choice', options: offered, label: 'Interpreter', name: 'the interpreter' },
  {
    ...text,
    id: 'interpreterName',
    kind: 'text',
    label: 'Name of the interpreter',
    name: 'the name of the interpreter',
  },
  {
    ...text,
    id: 'advocate',
    kind: 'choice',
    options: offered,
    label: 'Advocate',
    name: 'the advocate',
    source: practice,
  },
  { ...text, id: 'advocateName', kind: 'text', label: 'Name of the advocate', name: 'the name of the advocate' },
  {
    ...text,
    id: 'officerAgreedOn',
    kind: 'date',
    past: true,
    label: 'The senior investigating officer agreed on',
    name: 'the day the senior investigating officer agreed',
    hint: 'Before anybody who may be a witness is spoken to.',
    source: 'agree with the senior investigating officer before speaking to witnesses: CPS protocol, confirmed',
  },
  { ...longText, id: 'officerAgreed', label: 'What was agreed with them', name: 'what was agreed with the officer' },
  {
    ...text,
    id: 'lawyerAgreedOn',
    kind: 'date',
    past: true,
    label: 'The lawyer of the partnership agreed on',
    name: 'the day the lawyer agreed',
  },
  {
    ...longText,
    id: 'lawyerAgreed',
    label: 'What was agreed with the lawyer of the partnership',
    name: 'what was agreed with the lawyer',
  },
  {
    ...text,
    id: 'involvement',
    kind: 'choice',
    options: involvements,
    label: 'How far did they take part?',
    name: 'how far they took part',
    missing: 'Select how far they took part',
    required: 'to-continue',
    source: 'categories of a study of family involvement, 2024, confirmed; the reason is ours',
  },
  {
    ...text,
    id: 'excludedBecause',
    kind: 'long-text',
    rows: 2,
    under: { question: 'involvement', value: 'excluded' },
    label: 'Why were they left out?',
    name: 'why they were left out',
    required: 'to-continue',
  },
])
export type MemberAnswers = AnswersOf<typeof memberForm>

const hows = {
  phone: 'By telephone',
  letter: 'By letter',
  'in-person': 'In person',
  'through-somebody': 'Through somebody else',
} as const

export const contactForm = form('contact', 'A contact or an offer', [
  {
    ...text,
    id: 'kind',
    kind: 'choice',
    options: {
      spoke: 'We spoke',
      'no-answer': 'We tried, and did not reach them',
      'they-called': 'They came to us',
      'offer-meeting': 'Offered: to meet the panel of the review',
      'offer-advocate': 'Offered: an advocate',
      'offer-interpreter': 'Offered: an interpreter',
      'offer-reading': 'Offered: to read the draft',
      'offer-update': 'An update after a meeting of the review',
    },
    label: 'What was it?',
    name: 'what it was',
    missing: 'Select what it was',
    required: 'to-continue',
    source: practice,
  },
  { ...dayQuestion, id: 'happenedOn', label: 'When?', name: 'the day of the contact' },
  { ...text, id: 'how', kind: 'choice', options: hows, label: 'How?', name: 'how' },
  { ...text, id: 'byWhom', kind: 'text', label: 'Who made the contact?', name: 'who made it', required: 'to-continue' },
  { ...longText, id: 'said', label: 'What was said, and what they want', name: 'what was said' },
])

export const readingForm = form(
  'reading',
  'A reading of the draft',
  [
    { ...dayQuestion, id: 'happenedOn', label: 'When was it read?', name: 'the day of the reading' },
    {
      ...text,
      id: 'way',
      kind: 'choice',
      options: {
        'together-on-paper': 'Together, on paper',
        paper: 'On paper, by themselves',
        aloud: 'Read aloud to them',
      },
      label: 'How was it read?',
      name: 'how it was read',
      missing: 'Select how it was read',
      required: 'to-continue',
    },
    {
      ...text,
      id: 'withWhom',
      kind: 'text',
      label: 'Who was with them?',
      name: 'who was with them',
      hint: 'For example an advocate, an interpreter, the reviewer.',
    },
    {
      ...text,
      id: 'paperTaken',
      kind: 'choice',
      options: { 'taken-back': 'We took the paper back', kept: 'They kept it' },
      label: 'What became of the paper?',
      name: 'what became of the paper',
    },
    { ...longText, id: 'said', label: 'What they said', name: 'what they said' },
    { ...longText, id: 'corrections', label: 'Corrections they asked for', name: 'corrections they asked for' },
  ],
  ['Reading together or on paper is how a draft is read. Offer to stop at any page, and to come again.'],
)

export const sensitiveDateForm = form('sensitive-date', 'A day on which nobody writes', [
  {
    ...text,
    id: 'what',
    kind: 'text',
    label: 'What day is it?',
    name: 'what day it is',
    hint: 'For example the funeral, the wedding of the parents.',
    required: 'to-continue',
  },
  { ...dayQuestion, id: 'happenedOn', label: 'The day, as it was the first time', name: 'the day' },
])

export const practitionerForm = form('practitioner', 'A practitioner who took part', [
  { ...text, id: 'name', kind: 'text', label: 'Name', name: 'the name', required: 'to-continue' },
  { ...text, id: 'role', kind: 'text', label: 'Role and agency', name: 'the role and agency', required: 'to-continue' },
  { ...dayQuestion, id: 'happenedOn', label: 'When did they take part?', name: 'the day they took part' },
  {
    ...longText,
    id: 'support',
    label: 'Support that was offered',
    name: 'the support that was offered',
    source: 'practitioners take part without fear of blame: partnership practice, confirmed',
  },
  { ...longText, id: 'feedback', label: 'What they said of taking part', name: 'what they said of taking part' },
])

/** What words may be used for, each asked by itself. */
export const quoteUses = {
  report: 'The report',
  'learning-sheet': 'Learning sheets',
  training: 'Training',
  press: 'The press',
  'annual-report': 'The yearly report',
} as const

export const quoteForm = form(
  'quote',
  'Words to quote',
  [
    {
      ...longText,
      id: 'words',
      label: 'Their exact words',
      name: 'their exact words',
      hint: 'As they were said, at least three words. Withdrawn, they are taken out of everything we control; of fewer than eight, and of sentences that have nearly these, a person says whether they are theirs.',
      required: 'to-continue',
    },
    {
      ...text,
      id: 'inContact',
      kind: 'text',
      label: 'When and where did they say it?',
      name: 'when they said it',
      hint: 'For example: on the telephone, 3 March.',
      required: 'to-continue',
    },
    {
      ...text,
      id: 'uses',
      kind: 'choices',
      options: quoteUses,
      label: 'What did they agree that it is used for?',
      name: 'what they agreed to',
      hint: 'Only what they said yes to. Nothing is ticked when they are still thinking.',
    },
    { ...text, id: 'askedBy', kind: 'text', label: 'Who asked them?', name: 'who asked', required: 'to-continue' },
    { ...dayQuestion, id: 'askedOn', label: 'When?', name: 'the day they were asked' },
    {
      ...text,
      id: 'language',
      kind: 'text',
      label: 'In which language?',
      name: 'the language',
      required: 'to-continue',
    },
  ],
  [
    'They can withdraw at any time, without a reason. Their agreement is to being quoted. It is not the legal basis of the review, which goes on without it.',
  ],
)

export const useForm = form('use', 'Where the words were used or sent', [
  {
    ...text,
    id: 'use',
    kind: 'choice',
    options: { ...quoteUses, 'advance-copy': 'An advance copy', export: 'An export or a file', letter: 'A letter' },
    label: 'In what?',
    name: 'in what',
    missing: 'Select in what the words were used',
    required: 'to-continue',
  },
  { ...text, id: 'document', kind: 'text', label: 'Which one?', name: 'which one', required: 'to-continue' },
  {
    ...text,
    id: 'holder',
    kind: 'text',
    label: 'Who holds it?',
    name: 'who holds it',
    hint: 'Whoever would have to be asked to destroy it.',
    required: 'to-continue',
  },
  { ...dayQuestion, id: 'happenedOn', label: 'Sent or shown on', name: 'the day it was sent' },
  {
    ...text,
    id: 'mistake',
    kind: 'choices',
    options: { yes: 'They had not agreed to this; it happened' },
    label: 'Was it a mistake?',
    name: 'whether it was a mistake',
    hint: 'A mistake is written down too: what nobody knows of is never asked back.',
  },
])

/** What became of a copy that is out, each as it happens. */
export const copySteps = {
  asked: 'We asked them to destroy it',
  destroyed: 'They answered: it is destroyed',
  refused: 'They answered: they keep it',
} as const

export const copyForm = form('copy', 'What became of a copy', [
  {
    ...text,
    id: 'step',
    kind: 'choice',
    options: copySteps,
    label: 'What happened?',
    name: 'what happened',
    missing: 'Select what happened',
    required: 'to-continue',
  },
  { ...dayQuestion, id: 'happenedOn', label: 'On', name: 'the day' },
  {
    ...longText,
    id: 'said',
    label: 'What was said, and by whom?',
    name: 'what was said',
    hint: 'For example: letter to the editor; their lawyer answered that the printed issue stays.',
  },
])

/** Nobody has said yet that the copy is destroyed, or that they keep it. */
export function isOut(steps: readonly { answers: Answers }[]): boolean {
  return steps.every(({ answers }) => answerIn(answers, 'step') === 'asked')
}

/** Forms whose answers are entered once and stand. */
export const entryForms = {
  contact: contactForm,
  reading: readingForm,
  'sensitive-date': sensitiveDateForm,
  practitioner: practitionerForm,
} as const
export type EntryKind = keyof typeof entryForms

/** One answer as text; empty where there is none. */
export function answerIn(answers: Answers, id: string): string {
  const value = answers[id]
  return typeof value === 'string' ? value : ''
}
