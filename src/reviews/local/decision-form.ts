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
