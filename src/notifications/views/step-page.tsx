import type { FastifyRequest } from 'fastify'
import { readersOf, roles, type Subject } from '../../platform/access/index.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  itemsOf,
  QuestionFields,
  repeatsOf,
  StoredAnswers,
  stepPath,
  type AppliedStep,
  type Lookups,
  type Typed,
} from '../../platform/questionnaire/index.ts'
import { Button, FormToken, InsetText } from '../../platform/web/index.ts'
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
  /** Saving leads back to “Check your answers”. */
  fromCheck: boolean
}

/** The pages that follow on the answers which decide whether an incident must be notified. */
const adviceStandsOn = new Set(['when', 'reason-to-send'])

/** One page of the form. */
export function StepPage(props: StepPageProps) {
  const { request, draft, step, lookups, partnership, errors, typed, isConflict, fromCheck } = props
  const repeats = repeatsOf(notificationForm, 'children')
  const children = itemsOf(draft.answers, repeats)
  const asksForMore = step.page.id === 'children' && children.length < repeats.max
  const result = adviceStandsOn.has(step.page.id) ? criteriaResult(draft.answers) : undefined
  return (
    <form method="post" action={`/notifications/${draft.incidentId}/page/${stepPath(step)}`} novalidate>
      <FormToken visitor={request.visitor} />
      <input type="hidden" name="revision" value={draft.revision} />
      {fromCheck && <input type="hidden" name="from" value="check" />}
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
      {asksForMore && <ChildrenSoFar names={children.map((_, index) => repeats.itemName(draft.answers, index))} />}
      <div class="govuk-button-group">
        <Button text="Save and continue" name="next" value="next" preventDoubleClick />
        {asksForMore && (
          <Button
            text="Add another child"
            classes="govuk-button--secondary"
            name="next"
            value="add-child"
            preventDoubleClick
          />
        )}
        <Button text="Save and go to all pages" classes="govuk-button--secondary" name="next" value="list" />
      </div>
    </form>
  )
}

function ChildrenSoFar({ names }: { names: string[] }) {
  return (
    <InsetText>
      <p class="govuk-body">This notification has pages for:</p>
      <ul class="govuk-list govuk-list--bullet">
        {names.map(name => (
          <li>{name}</li>
        ))}
      </ul>
      <p class="govuk-body">
        If another child died or was harmed, press “Add another child”. This page is saved, and you fill in the same
        pages about that child.
      </p>
    </InsetText>
  )
}

/** Names of the roles that may see a subject: stands beside each section. */
function whoSees(subject: string): string[] {
  return readersOf(subject as Subject).map(role => roles[role].label)
}
