import type { AnswersOf } from '../../../platform/questionnaire/index.ts'
import { addDays, type CivilDate } from '../../../platform/dates.ts'
import { onePageForm, ours } from '../one-page-form.ts'

/** What can run beside a local review. */
export const processKinds = {
  police: 'Police investigation',
  'criminal-court': 'Criminal case',
  inquest: 'Coroner and inquest',
  'family-court': 'Family court',
  'child-death-review': 'Child death review',
  'joint-agency-response': 'Joint agency response',
  dardr: 'Domestic abuse related death review',
  sar: 'Safeguarding adult review',
  mappa: 'MAPPA serious case review',
  'weapons-homicide': 'Offensive weapons homicide review',
  inspection: 'Ofsted or another inspection',
  lado: 'Allegation about a person who works with children',
  'professional-body': 'Employer or professional body',
  'other-area': 'Review of another area',
  other: 'Another process',
} as const
export type ProcessKind = keyof typeof processKinds

export const processStatuses = {
  expected: 'Expected',
  running: 'Running',
  ended: 'Ended',
} as const
export type ProcessStatus = keyof typeof processStatuses

/** What it means for the review. */
export const processEffects = {
  none: 'None',
  'delays-interviews': 'It delays interviews',
  'delays-publication': 'It delays publication',
  'joint-review': 'One review with it together',
} as const
export type ProcessEffect = keyof typeof processEffects

export interface RelatedProcess {
  id: string
  kind: ProcessKind
  body: string
  reference: string | undefined
  status: ProcessStatus
  expectedEndOn: CivilDate | undefined
  effect: ProcessEffect
  contact: string | undefined
  notes: string | undefined
  checkedOn: CivilDate
  checkedBy: string | undefined
  revision: number
}

/** Whether it asks to be checked: it has not ended, and nobody asked for so many days. */
export function isStale(
  { status, checkedOn }: Pick<RelatedProcess, 'status' | 'checkedOn'>,
  today: CivilDate,
  days: number,
): boolean {
  return status !== 'ended' && addDays(checkedOn, days) <= today
}

export const relatedProcessForm = onePageForm('related-process', 'A related process', [
  {
    id: 'kind',
    kind: 'choice',
    display: 'select',
    options: processKinds,
    label: 'What kind of process is it?',
    name: 'the kind of process',
    missing: 'Select the kind of process',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'body',
    kind: 'text',
    label: 'Which body leads it?',
    name: 'the body that leads it',
    hint: 'For example the police force, the court, the coroner.',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'reference',
    kind: 'text',
    label: 'Their reference',
    name: 'their reference',
    required: false,
    identifying: false,
    source: ours,
  },
  {
    id: 'status',
    kind: 'choice',
    options: processStatuses,
    label: 'How far is it?',
    name: 'how far it is',
    missing: 'Select how far it is',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'expectedEndOn',
    kind: 'date',
    label: 'When is it expected to end?',
    name: 'the day it is expected to end',
    hint: 'A trial date, an inquest. Empty while nobody can say.',
    required: false,
    identifying: false,
    source: ours,
  },
  {
    id: 'effect',
    kind: 'choice',
    options: processEffects,
    label: 'What does it mean for this review?',
    name: 'what it means for this review',
    missing: 'Select what it means for this review',
    hint: 'Learning need not wait for it: share learning points that are cleared.',
    required: 'to-continue',
    identifying: false,
    source: ours,
  },
  {
    id: 'contact',
    kind: 'text',
    label: 'Whom do we ask?',
    name: 'whom we ask',
    hint: 'Name, telephone or e-mail.',
    required: false,
    identifying: false,
    source: ours,
  },
  {
    id: 'notes',
    kind: 'long-text',
    rows: 3,
    label: 'What was said last',
    name: 'what was said last',
    required: false,
    identifying: true,
    source: ours,
  },
])
export type RelatedProcessAnswers = AnswersOf<typeof relatedProcessForm>
