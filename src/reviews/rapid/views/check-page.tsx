import type { FastifyRequest } from 'fastify'
import { checkAnswers, stepPath } from '../../../platform/questionnaire/index.ts'
import { Button, ErrorSummary, FormToken, InsetText, SummaryList } from '../../../platform/web/index.ts'
import type { problemsOf } from '../ask-for-signatures.ts'
import { rapidReviewForm } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'
import { NotificationLink } from './notification-link.tsx'

export interface CheckPageProps {
  request: FastifyRequest
  review: RapidReview
  problems: ReturnType<typeof problemsOf>
  /** Asked for signatures, and refused. */
  refused: boolean
  mayAsk: boolean
}

export function CheckPage({ request, review, problems, refused, mayAsk }: CheckPageProps) {
  const path = `/incidents/${review.incidentId}/rapid-review`
  const listed = problems.map(({ field, text, page }) => ({ text, href: `${path}/write/${page}#${field}` }))
  return (
    <>
      {refused && listed.length > 0 && <ErrorSummary titleText="There is a problem" errorList={listed} />}
      <span class="govuk-caption-l">{review.reference}</span>
      <h1 class="govuk-heading-l">Check your answers</h1>
      <NotificationLink request={request} incidentId={review.incidentId} />
      {!refused && listed.length > 0 && (
        <InsetText>
          <h2 class="govuk-heading-s">Still needed before it can be signed</h2>
          <ul class="govuk-list govuk-list--bullet govuk-!-margin-bottom-0">
            {listed.map(({ text, href }) => (
              <li>
                <a class="govuk-link" href={href}>
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
        <p class="govuk-body">A business manager of the partnership asks the partners for their signatures.</p>
      )}
    </>
  )
}
