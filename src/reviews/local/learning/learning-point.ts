import { themes, type Theme } from '../../../reference-data/index.ts'
import type { AnswersOf } from '../../../platform/questionnaire/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { onePageForm, ours } from '../one-page-form.ts'

/** Who was asked before words were cleared to be shared. */
export const clearingAsked = {
  police: 'The police',
  lawyer: 'A lawyer',
  both: 'Both the police and a lawyer',
  neither: 'Neither: no proceedings are running or expected',
} as const
export type ClearingAsked = keyof typeof clearingAsked

/** Words that are safe to share before the report. */
export interface Clearing {
  text: string
  by: string
  on: CivilDate
  asked: ClearingAsked
  askedOn: CivilDate | undefined
  answer: string | undefined
}

export interface LearningPoint {
  id: string
  /** Counted within its review. */
  number: number
  text: string
  theme: Theme
  cleared: Clearing | undefined
  revision: number
}

export const learningPointForm = onePageForm(
  'learning-point',
  'A learning point',
  [
    {
      id: 'text',
      kind: 'long-text',
      rows: 5,
      label: 'What was learnt?',
      name: 'what was learnt',
      hint: 'For those who work on the review. What may be shared gets words of its own.',
      required: 'to-continue',
      identifying: true,
      source: ours,
    },
    {
      id: 'theme',
      kind: 'choice',
      display: 'select',
      options: themes,
      label: 'Which theme is it about?',
      name: 'the theme',
      missing: 'Select the theme',
      required: 'to-continue',
      identifying: false,
      source: ours,
    },
  ],
  {
    intro: [
      'Learning does not wait for the report, nor for a court. A change of a cleared point takes the clearing away.',
    ],
  },
)
export type LearningPointAnswers = AnswersOf<typeof learningPointForm>

export const clearingForm = onePageForm('clearing', 'Safe to share now', [
  {
    id: 'clearedText',
    kind: 'long-text',
    rows: 5,
    label: 'The words that may be shared',
    name: 'the words that may be shared',
    hint: 'Nothing by which the child, the family or a witness could be recognised.',
    required: 'to-continue',
    identifying: false,
    source: 'learn and act before publication: Working Together 2023, unverified',
  },
  {
    id: 'asked',
    kind: 'choice',
    options: clearingAsked,
    label: 'Who was asked?',
    name: 'who was asked',
    missing: 'Select who was asked',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'askedOn',
    kind: 'date',
    past: true,
    label: 'When did they answer?',
    name: 'the day they answered',
    required: 'to-continue',
    notNeededWhen: answers => answers['asked'] === 'neither',
    identifying: false,
    source: ours,
  },
  {
    id: 'answer',
    kind: 'text',
    label: 'Who answered, and what?',
    name: 'who answered and what',
    required: 'to-continue',
    notNeededWhen: answers => answers['asked'] === 'neither',
    identifying: false,
    source: ours,
  },
  {
    id: 'clearedBy',
    kind: 'text',
    label: 'Who cleared the words?',
    name: 'who cleared the words',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'clearedOn',
    kind: 'date',
    past: true,
    label: 'When?',
    name: 'the day they were cleared',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
])
export type ClearingAnswers = AnswersOf<typeof clearingForm>
