import { InsetText } from '../platform/web/components/index.ts'
import { adviceIn, type CriteriaResult } from './criteria.ts'

/** The advice on whether to notify, with its reasons and where the rule stands. */
export function CriteriaAdvice({ result }: { result: CriteriaResult }) {
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{adviceIn(result)}</h2>
      {result.reasons.map(reason => (
        <p class="govuk-body">{reason}</p>
      ))}
      <p class="govuk-body-s">
        Rule: {result.source}.{' '}
        {result.force === 'duty'
          ? 'This is a duty of the local authority.'
          : 'This is advice: the safeguarding partners decide.'}
      </p>
    </InsetText>
  )
}
