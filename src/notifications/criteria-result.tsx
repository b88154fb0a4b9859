import { InsetText } from '../platform/web/components/index.ts'
import { type CriteriaResult, criteriaOutcomes } from './criteria.ts'

/** The advice on whether to notify, with its reasons and where the rule stands. */
export function CriteriaAdvice({ result }: { result: CriteriaResult }) {
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{criteriaOutcomes[result.outcome]}</h2>
      {result.reasons.map(reason => (
        <p class="govuk-body">{reason}</p>
      ))}
      <p class="govuk-body-s">Rule: {result.source}. This is advice: the safeguarding partners decide.</p>
    </InsetText>
  )
}
