import type { FastifyRequest } from 'fastify'
import { readersOf, roles, type Subject } from '../../../platform/access/index.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  QuestionFields,
  StoredAnswers,
  stepPath,
  type AppliedStep,
  type Typed,
} from '../../../platform/questionnaire/index.ts'
import { Button, FormToken, InsetText } from '../../../platform/web/index.ts'
import { rapidReviewForm, rapidReviewSections } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'
import { NotificationLink } from './notification-link.tsx'

export interface SectionPageProps {
  request: FastifyRequest
  review: RapidReview
  step: AppliedStep
  typed?: Typed | undefined
  errors?: readonly FieldError[] | undefined
  /** Somebody else saved the page meanwhile: what is stored stands beside what was typed. */
  conflict?: boolean | undefined
}

export function SectionPage({ request, review, step, typed, errors, conflict }: SectionPageProps) {
  const page = stepPath(step)
  const path = `/incidents/${review.incidentId}/rapid-review`
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, rapid review</span>
      <NotificationLink request={request} incidentId={review.incidentId} />
      {conflict && <StoredAnswers questionnaire={rapidReviewForm} step={step} answers={review.answers} lookups={{}} />}
      {review.unreadSections.some(section => section === page) && (
        <InsetText>
          Text of a file was placed here. Read it, put right what is wrong, and save: until then this page is not done.
        </InsetText>
      )}
      <form method="post" action={`${path}/write/${page}`} novalidate id="typed-by-you">
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="revision" value={review.revision} />
        <QuestionFields
          questionnaire={rapidReviewForm}
          step={step}
          answers={review.answers}
          typed={typed ?? review.typed[page]}
          errors={errors}
          lookups={{}}
          whoSees={subject => readersOf(subject as Subject).map(role => roles[role].label)}
        />
        {Object.hasOwn(rapidReviewSections, page) && (
          <p class="govuk-body">
            Written already? Save, then{' '}
            <a class="govuk-link" href={`${path}/files`}>
              place paragraphs of a file here
            </a>
            .
          </p>
        )}
        <div class="govuk-button-group">
          <Button text="Save and continue" name="next" value="page" preventDoubleClick />
          <Button text="Save and go to all pages" name="next" value="list" classes="govuk-button--secondary" />
        </div>
      </form>
    </>
  )
}
