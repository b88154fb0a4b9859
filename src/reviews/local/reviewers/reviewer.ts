import type { AnswersOf } from '../../../platform/questionnaire/index.ts'
import type { CivilDate } from '../../../platform/dates.ts'
import { onePageForm, ours } from '../one-page-form.ts'

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

export interface Reviewer {
  id: string
  name: string
  background: string
  accountId: string | undefined
  declaresConflict: boolean
  declaration: string
  declaredOn: CivilDate
  judgement: { decision: Judgement; reasons: string | undefined; by: string; on: CivilDate } | undefined
  appointedOn: CivilDate | undefined
  daysAgreed: number | undefined
  endedOn: CivilDate | undefined
  endReason: string | undefined
  revision: number
}
