import type { FastifyRequest } from 'fastify'
import { checkAnswers, stepPath } from '../../../platform/questionnaire/index.ts'
import { Button, FormToken, InsetText, SummaryList } from '../../../platform/web/index.ts'
import type { problemsOf } from '../ask-for-signatures.ts'
import { rapidReviewForm } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'

export interface CheckPageProps {
  request: FastifyRequest
  review: RapidReview
  problems: ReturnType<typeof problemsOf>
  /** Asked for signatures, and refused: the summary of problems stands above. */
  refused: boolean
  mayAsk: boolean
}

export function CheckPage({ request, review, problems, refused, mayAsk }: CheckPageProps) {
  const path = `/incidents/${review.incidentId}/rapid-review`
  return (
    <>
      <span class="govuk-caption-l">{review.reference}</span>
      <h1 class="govuk-heading-l">Check your answers</h1>
      {problems.length > 0 && (
        <InsetText>
          <h2 class="govuk-heading-s">
            {refused ? 'What keeps it from being signed' : 'Still needed before it can be signed'}
          </h2>
          <ul class="govuk-list govuk-list--bullet govuk-!-margin-bottom-0">
            {problems.map(({ field, text, page }) => (
              <li id={refused ? `${page}-${field}` : undefined}>
                <a class="govuk-link" href={`${path}/write/${page}#${field}`}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      {checkAnswers(rapidReviewForm, review.answers, {}).map(group => (
        <SummaryList
          card={{ title: { text: group.title, headingLevel: 2 } }}
          rows={group.rows.map(row => ({
            key: { text: row.key },
            value: {
              children: row.lines.length === 0 ? 'No answer' : row.lines.map(line => <p class="govuk-body">{line}</p>),
            },
            actions: {
              items: [
                {
                  href: `${path}/write/${stepPath(group.step)}#${row.field}`,
                  text: 'Change',
                  visuallyHiddenText: row.key,
                },
              ],
            },
          }))}
        />
      ))}
      {mayAsk ? (
        <form method="post" action={`${path}/ask`}>
          <FormToken visitor={request.visitor} />
          <h2 class="govuk-heading-m">Ask for signatures</h2>
          <p class="govuk-body">
            The text then stands still. The local authority, the ICB and the police find it in their list of signatures.
            If the text has to change, you can take it back; they then sign the new text.
          </p>
          <Button text="Ask for signatures" preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">The business manager in the group asks the partners for their signatures.</p>
      )}
    </>
  )
}
