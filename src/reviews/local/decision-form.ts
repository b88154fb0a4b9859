import type { AnswersOf } from '../../platform/questionnaire/index.ts'
import { localReviewCriteria } from '../rapid/rapid-review-form.ts'
import { onePageForm, ours } from './one-page-form.ts'

/** What the decision to have a local review followed from. */
export const decisionSources = {
  'rapid-review': 'The rapid review that was sent',
  'panel-letter': 'A letter of the Panel',
  partners: 'The partners decided by themselves',
} as const
export type DecisionSource = keyof typeof decisionSources

export const decisionForm = onePageForm('local-review-decision', 'The decision to have a local review', [
  {
    id: 'decidedOn',
    kind: 'date',
    past: true,
    label: 'When did the safeguarding partners decide?',
    name: 'the day of the decision',
    hint: 'The six months until publication count from this day.',
    required: 'to-continue',
    identifying: false,
    source: 'six months from the decision, CPS protocol, reported',
  },
  {
    id: 'decidedFrom',
    kind: 'choice',
    options: decisionSources,
    label: 'What did the decision follow from?',
    name: 'what the decision followed from',
    missing: 'Select what the decision followed from',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'criteria',
    kind: 'choices',
    options: { ...localReviewCriteria, none: 'None of these: the reasons say why a review is wanted all the same' },
    exclusive: ['none'],
    label: 'Which criteria of regulation 11 weighed in the decision?',
    name: 'the criteria that weighed in the decision',
    missing: 'Select the criteria that weighed in the decision, or none of these',
    hint: 'The partners take all four into account. Select all that spoke for a review.',
    required: 'to-continue',
    identifying: false,
    source: 'SI 2018/789, regulation 11, confirmed',
  },
  {
    id: 'reasons',
    kind: 'long-text',
    rows: 8,
    label: 'Why is there to be a local review?',
    name: 'the reasons for the decision',
    hint: 'What is left to be learnt that the rapid review could not answer.',
    required: 'to-continue',
    identifying: true,
    source: 'transparent decisions with reasons, local guides, confirmed',
  },
])
export type DecisionAnswers = AnswersOf<typeof decisionForm>

/** How a review ended for the public. */
export const outcomes = {
  published: 'The report is published',
  'improvements-only': 'Only the improvements are published',
  withheld: 'Nothing is published, for now',
} as const
export type Outcome = keyof typeof outcomes

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

/** How a reviewer's declaration was judged. */
export const judgements = {
  'no-conflict': 'There is no conflict',
  'may-act': 'There is a conflict, and they may act all the same',
  'may-not-act': 'They may not act',
} as const
export type Judgement = keyof typeof judgements

export const reviewerForm = onePageForm('reviewer', 'A reviewer', [
  {
    id: 'name',
    kind: 'text',
    label: 'Name',
    name: 'the name of the reviewer',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'background',
    kind: 'long-text',
    rows: 4,
    label: 'What do they bring?',
    name: 'what they bring',
    hint: 'What they know of the matter, and their experience of engaging practitioners, children and families.',
    required: 'to-continue',
    identifying: false,
    source: 'reviewer: relevant knowledge, able to engage: Working Together 2023, unverified',
  },
  {
    id: 'declaresConflict',
    kind: 'choice',
    options: { yes: 'Yes', no: 'No' },
    label: 'Do they declare anything that could be a conflict of interest?',
    name: 'whether they declare a conflict',
    hint: 'Work for an agency of this review, now or before; people they know in it; earlier advice on this family.',
    required: 'to-continue',
    identifying: false,
    source: 'no conflict, usually independent of the agencies: Manchester page, reported',
  },
  {
    id: 'declaration',
    kind: 'long-text',
    rows: 4,
    label: 'What do they declare, in their words?',
    name: 'the declaration',
    hint: 'Also that they have nothing to declare.',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'declaredOn',
    kind: 'date',
    past: true,
    label: 'When did they declare it?',
    name: 'the day of the declaration',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
])
export type ReviewerAnswers = AnswersOf<typeof reviewerForm>

export const judgementForm = onePageForm('judgement', 'Judge the declaration', [
  {
    id: 'judgement',
    kind: 'choice',
    options: judgements,
    label: 'What is the decision?',
    name: 'the decision',
    missing: 'Select the decision',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'judgementReasons',
    kind: 'long-text',
    rows: 4,
    label: 'Why?',
    name: 'the reasons for the decision',
    hint: 'Needed where something was declared. If they may act all the same: what is done about the conflict.',
    required: false,
    identifying: false,
    source: ours,
  },
  {
    id: 'judgedBy',
    kind: 'text',
    label: 'Who decided?',
    name: 'who decided',
    hint: 'Name and office, for example of the three partners together.',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'judgedOn',
    kind: 'date',
    past: true,
    label: 'On which day?',
    name: 'the day of the decision',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
])
export type JudgementAnswers = AnswersOf<typeof judgementForm>

export const appointmentForm = onePageForm('appointment', 'Appoint the reviewer', [
  {
    id: 'appointedOn',
    kind: 'date',
    past: true,
    label: 'When were they appointed?',
    name: 'the day of the appointment',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'daysAgreed',
    kind: 'number',
    min: 1,
    max: 365,
    suffix: 'days',
    label: 'How many days of work are agreed?',
    name: 'the days agreed',
    required: false,
    identifying: false,
    source: ours,
  },
  {
    id: 'account',
    kind: 'select',
    lookup: 'reviewers',
    label: 'Which account do they use here?',
    name: 'the account of the reviewer',
    hint: 'Somebody with the role “Reviewer of a local review” in this partnership. They see this review from now on.',
    required: false,
    identifying: false,
    source: ours,
  },
])
export type AppointmentAnswers = AnswersOf<typeof appointmentForm>

export const endForm = onePageForm('end', 'End the work of the reviewer', [
  {
    id: 'endedOn',
    kind: 'date',
    past: true,
    label: 'When did it end?',
    name: 'the day it ended',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'endReason',
    kind: 'text',
    label: 'Why?',
    name: 'why it ended',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
])
export type EndAnswers = AnswersOf<typeof endForm>
