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
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult } from '../criteria.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'

export interface StepPageProps {
  request: FastifyRequest
  draft: Draft
  step: AppliedStep
  lookups: Lookups
  errors: readonly FieldError[]
  /** What was typed, where it differs from what is stored. */
  typed: Typed | undefined
  /** Somebody else saved this page in between: what is stored is shown beside what was typed. */
  isConflict: boolean
}

/** The pages that follow on the answers which decide whether an incident must be notified. */
const adviceStandsOn = new Set(['when', 'reason-to-send'])

/** One page of the form. */
export function StepPage({ request, draft, step, lookups, errors, typed, isConflict }: StepPageProps) {
  return (
    <form method="post" action={`/notifications/${draft.incidentId}/page/${stepPath(step)}`} novalidate>
      <FormToken visitor={request.visitor} />
      <input type="hidden" name="revision" value={draft.revision} />
      {isConflict && (
        <StoredAnswers questionnaire={notificationForm} step={step} answers={draft.answers} lookups={lookups} />
      )}
      {adviceStandsOn.has(step.page.id) && <CriteriaAdvice result={criteriaResult(draft.answers)} />}
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
