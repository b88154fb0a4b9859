import { InsetText } from '../web/components/index.ts'
import type { Answers } from './answer.ts'
import type { Lookups, Questionnaire } from './questionnaire.ts'
import { checkAnswers } from './show.ts'
import { stepPath, type Step } from './steps.ts'

/** What is stored of a page that two people wrote at once: stands above what the second one typed. */
export function StoredAnswers(about: { questionnaire: Questionnaire; step: Step; answers: Answers; lookups: Lookups }) {
  const { questionnaire, step, answers, lookups } = about
  const path = stepPath(step)
  const group = checkAnswers(questionnaire, answers, lookups).find(other => stepPath(other.step) === path)
  return (
    <InsetText>
      <h2 class="govuk-heading-m">What is stored now</h2>
      {group?.rows.map(({ key, lines }) => (
        <>
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{key}</h3>
          {(lines.length > 0 ? lines : ['No answer']).map(line => (
            <p class="govuk-body">{line}</p>
          ))}
        </>
      ))}
      <p class="govuk-body govuk-!-margin-bottom-0">Below is what you typed. Bring both together there, then save.</p>
    </InsetText>
  )
}
