import type { FastifyRequest } from 'fastify'
import type { CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { Button, FormToken, InsetText, Select } from '../../../platform/web/index.ts'
import { lateReasons } from '../../../reference-data/index.ts'
import { RapidReviewText } from '../rapid-review-text.tsx'
import { otherAuthoritySigns, partners } from '../../signing/partner.ts'
import { partnersMissing, type Signature } from '../../signing/signature.ts'
import { Signatures } from '../../signing/signatures.tsx'
import type { RapidReview } from '../rapid-review.ts'
import { DueLine } from './due-line.tsx'
import { NotificationLink } from './notification-link.tsx'

export interface SigningPageProps {
  request: FastifyRequest
  review: RapidReview
  signatures: readonly Signature[]
  today: CivilDate
  /** A business manager of the partnership: may take it back and send it. */
  maySend: boolean
  /** A safeguarding partner: whether their body signs this review. */
  signer: 'signs' | 'other-authority-signs' | undefined
  typed?: { lateReason: string } | undefined
  errors?: readonly FieldError[] | undefined
}

export function SigningPage(props: SigningPageProps) {
  const { request, review, signatures, today, maySend, signer, typed, errors = [] } = props
  const lateError = errors.find(({ field }) => field === 'lateReason')
  const path = `/incidents/${review.incidentId}/rapid-review`
  const missing = partnersMissing(signatures, review.textHash)
  return (
    <>
      <span class="govuk-caption-l">{review.reference}</span>
      <h1 class="govuk-heading-l">Rapid review: signatures</h1>
      <DueLine dueOn={review.dueOn} today={today} />
      <NotificationLink request={request} incidentId={review.incidentId} />
      <p class="govuk-body">The text stands still. Each partner signs it once, or sends it back with a reason.</p>
      <Signatures hash={review.textHash} signatures={signatures} />
      {signer === 'other-authority-signs' && <InsetText>{otherAuthoritySigns}</InsetText>}
      {signer === 'signs' && <Button text="Read and sign, or send back" href={`/signatures/${review.incidentId}`} />}
      {maySend && (
        <>
          <h2 class="govuk-heading-m">Send to the Panel</h2>
          {missing.length > 0 && (
            <p class="govuk-body">
              It can be sent when all three have signed. Still missing:{' '}
              {missing.map(partner => partners[partner]).join(', ')}.
            </p>
          )}
          <form method="post" action={`${path}/send`}>
            <FormToken visitor={request.visitor} />
            {today > review.dueOn && (
              <Select
                name="lateReason"
                label={{ text: 'Why is it late?', classes: 'govuk-label--s' }}
                hint={{ text: 'The Panel sees the reason. You can send without one.' }}
                errorMessage={lateError && { text: lateError.text }}
                value={typed?.lateReason}
                items={[
                  { value: '', text: 'No reason given' },
                  ...Object.entries(lateReasons).map(([value, text]) => ({ value, text })),
                ]}
              />
            )}
            <Button text="Send to the Panel" preventDoubleClick />
          </form>
          <h2 class="govuk-heading-m">Change the text</h2>
          <p class="govuk-body">
            The review becomes a draft again. Once its text changes, signatures given so far no longer count.
          </p>
          <form method="post" action={`${path}/take-back`}>
            <FormToken visitor={request.visitor} />
            <Button text="Take it back to change it" classes="govuk-button--secondary" preventDoubleClick />
          </form>
        </>
      )}
      <RapidReviewText answers={review.answers} />
    </>
  )
}
