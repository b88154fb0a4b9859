import type { FastifyRequest } from 'fastify'
import { QuestionPage, stepPath, type PagePaths, type ShownPage } from '../../../platform/questionnaire/index.ts'
import { InsetText } from '../../../platform/web/index.ts'
import { rapidReviewForm, rapidReviewSections } from '../rapid-review-form.ts'
import type { RapidReview } from '../rapid-review.ts'
import { NotificationLink } from './notification-link.tsx'

export interface SectionPageProps {
  request: FastifyRequest
  shown: ShownPage<RapidReview>
  paths: PagePaths
}

export function SectionPage({ request, shown, paths }: SectionPageProps) {
  const { draft, step } = shown
  const page = stepPath(step)
  return (
    <>
      <span class="govuk-caption-l">{draft.reference}, rapid review</span>
      <NotificationLink request={request} incidentId={draft.incidentId} />
      <QuestionPage
        visitor={request.visitor}
        questionnaire={rapidReviewForm}
        shown={shown}
        action={paths.page(page)}
        intro={
          draft.unreadSections.some(section => section === page) && (
            <InsetText>
              Text of a file was placed here. Read it, put right what is wrong, and save: until then this page is not
              done.
            </InsetText>
          )
        }
      >
        {Object.hasOwn(rapidReviewSections, page) && (
          <p class="govuk-body">
            Written already? Save, then{' '}
            <a class="govuk-link" href={`${paths.list}/files`}>
              place paragraphs of a file here
            </a>
            .
          </p>
        )}
      </QuestionPage>
    </>
  )
}
