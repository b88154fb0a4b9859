import type { FastifyRequest } from 'fastify'
import { itemsOf, QuestionPage, repeatsOf, type Lookups, type ShownPage } from '../../platform/questionnaire/index.ts'
import { Button, InsetText } from '../../platform/web/index.ts'
import type { Body } from '../../reference-data/index.ts'
import { CriteriaAdvice } from '../criteria-result.tsx'
import { criteriaResult } from '../criteria.ts'
import { notificationForm } from '../notification-form.ts'
import type { Draft } from '../store.ts'
import { StopHere } from './stop-here.tsx'

export interface StepPageProps {
  request: FastifyRequest
  shown: ShownPage<Draft>
  lookups: Lookups
  partnership: Body | undefined
  action: string
  fromCheck: boolean
}

/** The pages that follow on the answers which decide whether an incident must be notified. */
const adviceStandsOn = new Set(['when', 'reason-to-send'])

/** One page of the form. */
export function StepPage({ request, shown, lookups, partnership, action, fromCheck }: StepPageProps) {
  const { draft, step } = shown
  const repeats = repeatsOf(notificationForm, 'children')
  const children = itemsOf(draft.answers, repeats)
  const asksForMore = step.page.id === 'children' && children.length < repeats.max
  const result = adviceStandsOn.has(step.page.id) ? criteriaResult(draft.answers) : undefined
  return (
    <QuestionPage
      visitor={request.visitor}
      questionnaire={notificationForm}
      {...{ shown, lookups, action, fromCheck }}
      intro={
        result && (
          <>
            <CriteriaAdvice result={result} />
            {result.outcome === 'not-national' && <StopHere incidentId={draft.incidentId} partnership={partnership} />}
          </>
        )
      }
      buttons={
        asksForMore && (
          <Button
            text="Add another child"
            classes="govuk-button--secondary"
            name="next"
            value="add-child"
            preventDoubleClick
          />
        )
      }
    >
      {asksForMore && <ChildrenSoFar names={children.map((_, index) => repeats.itemName(draft.answers, index))} />}
    </QuestionPage>
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
