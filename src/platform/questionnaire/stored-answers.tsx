import { InsetText } from '../web/components/index.ts'
import type { Answers } from './answer.ts'
import type { Lookups, Questionnaire } from './questionnaire.ts'
import { checkAnswers } from './show.ts'
import { stepPath, type Step } from './steps.ts'

export interface StoredAnswersProps {
  questionnaire: Questionnaire
  step: Step
  answers: Answers
  lookups: Lookups
}

/** What is stored of a page that two people wrote at once: stands above what the second one typed. */
export function StoredAnswers({ questionnaire, step, answers, lookups }: StoredAnswersProps) {
  const group = checkAnswers(questionnaire, answers, lookups).find(
    ({ step: other }) => stepPath(other) === stepPath(step),
  )
  return (
    <InsetText>
      <h2 class="govuk-heading-m">What is stored now</h2>
      {group?.rows.map(row => (
        <>
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{row.key}</h3>
          {row.lines.map(line => (
            <p class="govuk-body">{line}</p>
          ))}
          {row.lines.length === 0 && <p class="govuk-body">No answer</p>}
        </>
      ))}
      <p class="govuk-body govuk-!-margin-bottom-0">Below is what you typed. Bring both together there, then save.</p>
    </InsetText>
  )
}
