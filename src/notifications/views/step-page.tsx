import type { FastifyRequest } from 'fastify'
import { readersOf, roles, type Subject } from '../../platform/access/index.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  QuestionFields,
  StoredAnswers,
  stepPath,
  type AppliedStep,
  type Lookups,
  type Typed,
} from '../../platform/questionnaire/index.ts'
import { Button, FormToken } from '../../platform/web/index.ts'
import type { Body } from '../../reference-data/index.ts'
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult } from '../criteria.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'
import { StopHere } from './stop-here.tsx'

export interface StepPageProps {
  request: FastifyRequest
  draft: Draft
  step: AppliedStep
  lookups: Lookups
  partnership: Body | undefined
  errors: readonly FieldError[]
  /** What was typed, where it differs from what is stored. */
  typed: Typed | undefined
  /** Somebody else saved this page in between: what is stored is shown beside what was typed. */
  isConflict: boolean
}

/** The pages that follow on the answers which decide whether an incident must be notified. */
const adviceStandsOn = new Set(['when', 'reason-to-send'])

/** One page of the form. */
export function StepPage(props: StepPageProps) {
  const { request, draft, step, lookups, partnership, errors, typed, isConflict } = props
  const result = adviceStandsOn.has(step.page.id) ? criteriaResult(draft.answers) : undefined
  return (
    <form method="post" action={`/notifications/${draft.incidentId}/page/${stepPath(step)}`} novalidate>
      <FormToken visitor={request.visitor} />
      <input type="hidden" name="revision" value={draft.revision} />
      {isConflict && (
        <StoredAnswers questionnaire={notificationForm} step={step} answers={draft.answers} lookups={lookups} />
      )}
      {result && <CriteriaAdvice result={result} />}
      {result?.outcome === 'not-national' && <StopHere incidentId={draft.incidentId} partnership={partnership} />}
      <QuestionFields
        questionnaire={notificationForm}
        step={step}
        answers={draft.answers}
        typed={typed ?? draft.typed[stepPath(step)]}
        errors={errors}
        lookups={lookups}
        whoSees={whoSees}
      />
      <div class="govuk-button-group">
        <Button text="Save and continue" name="next" value="next" preventDoubleClick />
        <Button text="Save and go to all pages" classes="govuk-button--secondary" name="next" value="list" />
      </div>
    </form>
  )
}

/** Names of the roles that may see a subject: stands beside each section. */
function whoSees(subject: string): string[] {
  return readersOf(subject as Subject).map(role => roles[role].label)
}
