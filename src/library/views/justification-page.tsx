import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, errorAt, FormToken, Radios, Textarea, textIn, type Posted } from '../../platform/web/index.ts'
import { manners } from '../publication.ts'
import type { Withholding } from '../withholding-store.ts'
import { Paragraphs } from './published-review-page.tsx'

export function JustificationPage({
  request,
  reference,
  path,
  said,
  maySend,
  mayReply,
  errors,
  posted,
}: {
  request: FastifyRequest
  reference: string
  path: string
  said: readonly Withholding[]
  maySend: boolean
  mayReply: boolean
  errors: readonly FieldError[]
  posted: Posted
}) {
  return (
    <>
      <span class="govuk-caption-l">Local review, {reference}</span>
      <h1 class="govuk-heading-l">Not publishing in full</h1>
      <p class="govuk-body">
        A review is published unless that would be wrong. Where it is not, the improvements are, as far as they can be.
        The Panel and the Secretary of State are told why, and the partners take account of what they say.
      </p>
      {said.length === 0 && <p class="govuk-body">Nothing was sent.</p>}
      {said.map(({ manner, justification, by, sentAt, comments }) => (
        <section>
          <h2 class="govuk-heading-m">{manners[manner]}</h2>
          <p class="govuk-body">
            Sent to the Panel and the Secretary of State by {by}, {formatMoment(sentAt)}.
          </p>
          <Paragraphs text={justification} />
          <h3 class="govuk-heading-s">What the Panel said</h3>
          {comments.length === 0 && <p class="govuk-body">Nothing yet.</p>}
          {comments.map(comment => (
            <>
              <p class="govuk-body">
                {comment.by}, {formatMoment(comment.at)}:
              </p>
              <Paragraphs text={comment.text} />
            </>
          ))}
        </section>
      ))}
      {mayReply && said.length > 0 && (
        <form method="post" action={`${path}/comment`} novalidate>
          <FormToken visitor={request.visitor} />
          <Textarea
            name="comment"
            label={{ text: 'What the Panel thinks of it', classes: 'govuk-label--m' }}
            hint={{ text: 'The partnership and the Department for Education read it.' }}
            value={textIn(posted, 'comment')}
            errorMessage={errorAt(errors, 'comment')}
          />
          <Button text="Send the comment" preventDoubleClick />
        </form>
      )}
      {maySend && (
        <form method="post" action={`${path}/justification`} novalidate>
          <FormToken visitor={request.visitor} />
          <Radios
            name="manner"
            fieldset={{
              legend: { text: 'What do the partners want to publish?', classes: 'govuk-fieldset__legend--m' },
            }}
            value={textIn(posted, 'manner')}
            errorMessage={errorAt(errors, 'manner')}
            items={[
              { value: 'improvements', text: manners.improvements },
              { value: 'withheld', text: manners.withheld },
            ]}
          />
          <Textarea
            name="justification"
            label={{ text: 'Why publishing it in full would be wrong', classes: 'govuk-label--m' }}
            hint={{ text: 'The Panel and the Department for Education read it. No names of children.' }}
            rows={8}
            value={textIn(posted, 'justification')}
            errorMessage={errorAt(errors, 'justification')}
          />
          <Button text="Send it to the Panel and the Secretary of State" preventDoubleClick />
        </form>
      )}
    </>
  )
}
