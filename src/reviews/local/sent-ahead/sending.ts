import type { AnswersOf } from '../../../platform/questionnaire/index.ts'
import { onePageForm, ours } from '../one-page-form.ts'

/** What is sent ahead of publication. */
export const sentThings = {
  report: 'The report',
  improvements: 'The improvements, where the report itself is not to be published',
} as const

export type SentThing = keyof typeof sentThings

/** To whom. The first two must have it; Ofsted should. */
export const sentTo = {
  panel: 'The Panel',
  dfe: 'The Secretary of State (Department for Education)',
  ofsted: 'Ofsted',
} as const

export type SentTo = keyof typeof sentTo

export const sendingForm = onePageForm(
  'local-review-sending',
  'Send the review ahead of publication',
  [
    {
      id: 'what',
      kind: 'choice',
      options: sentThings,
      label: 'What is sent?',
      name: 'what is sent',
      missing: 'Select what is sent',
      required: 'to-continue',
      identifying: false,
      source: 'copy before publication: SI 2018/789 and Working Together 2023, unverified',
    },
    {
      id: 'sentTo',
      kind: 'choices',
      options: sentTo,
      label: 'To whom?',
      name: 'to whom it is sent',
      missing: 'Select to whom it is sent',
      hint: 'The Panel and the Secretary of State must have a copy, Ofsted should. They read it here from this day on.',
      required: 'to-continue',
      identifying: false,
      source: 'copy before publication: SI 2018/789 and Working Together 2023, unverified',
    },
    {
      id: 'sentOn',
      kind: 'date',
      past: true,
      label: 'On which day?',
      name: 'the day it was sent',
      required: 'to-continue',
      identifying: false,
      source: ours,
    },
    {
      id: 'note',
      kind: 'long-text',
      rows: 3,
      label: 'Is there anything the readers should know?',
      name: 'a note to the readers',
      required: false,
      identifying: true,
      source: ours,
    },
  ],
  {
    intro: [
      'A copy goes to the Panel and to the Secretary of State at least seven working days before publication. Sending opens the review to them in this service.',
    ],
    seenBy: 'local-review-sent',
  },
)

export type SendingAnswers = AnswersOf<typeof sendingForm>

/** Who must have the copy, seven working days before. Ofsted should. */
export const mustHave = ['panel', 'dfe'] as const satisfies readonly SentTo[]
