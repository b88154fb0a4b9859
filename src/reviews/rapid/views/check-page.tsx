import type { FastifyRequest } from 'fastify'
import { CheckAnswers, type OpenProblem, type PagePaths } from '../../../platform/questionnaire/index.ts'
import { Button, FormToken } from '../../../platform/web/index.ts'
import { rapidReviewForm } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'
import { NotificationLink } from './notification-link.tsx'

export interface CheckPageProps {
  request: FastifyRequest
  review: RapidReview
  paths: PagePaths
  problems: readonly OpenProblem[]
  /** Asked for signatures, and refused. */
  refused: boolean
  mayAsk: boolean
}

export function CheckPage({ request, review, paths, problems, refused, mayAsk }: CheckPageProps) {
  return (
    <>
      <CheckAnswers
        questionnaire={rapidReviewForm}
        answers={review.answers}
        pageHref={paths.page}
        caption={review.reference}
        stillNeeded="Still needed before it can be signed"
        problems={problems}
        refused={refused}
      >
        <NotificationLink request={request} incidentId={review.incidentId} />
      </CheckAnswers>
      {mayAsk ? (
        <form method="post" action={`${paths.list}/ask`}>
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
