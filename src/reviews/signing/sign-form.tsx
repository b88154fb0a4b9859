import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import { Button, Checkboxes, FormToken, Textarea } from '../../platform/web/index.ts'
import { partners, type Partner } from './partner.ts'
import type { Signature } from './signature.ts'

export interface SignOrSendBackProps {
  request: FastifyRequest
  /** Of which `/sign` and `/send-back` take the forms. */
  path: string
  partner: Partner
  bodyName: string
  /** This partner's signature of the present text. */
  signed: Signature | undefined
  /** The hash of the text on the page. */
  read: string | undefined
  /** What a partner says by signing. */
  statement: string
  /** What happens to a text that is sent back. */
  sentBack: string
  typed?: { reason: string } | undefined
  errors?: readonly FieldError[] | undefined
}

export function SignOrSendBack(props: SignOrSendBackProps) {
  const { request, path, partner, bodyName, signed, read, statement, sentBack, typed, errors = [] } = props
  const errorAt = (field: string) => {
    const error = errors.find(found => found.field === field)
    return error && { text: error.text }
  }
  return (
    <>
      {signed ? (
        <p class="govuk-body">
          <strong>
            {signed.personName} signed this text for the {partners[partner].toLowerCase()} on{' '}
            {formatMoment(signed.signedAt)}.
          </strong>
        </p>
      ) : (
        <form method="post" action={`${path}/sign`} novalidate>
          <h2 class="govuk-heading-m">Sign</h2>
          <FormToken visitor={request.visitor} />
          <input type="hidden" name="read" value={read} />
          <Checkboxes
            name="confirmed"
            fieldset={{ legend: { text: `For ${bodyName}`, classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={errorAt('confirmed')}
            items={[{ value: 'yes', text: statement }]}
          />
          <Button text="Sign" preventDoubleClick />
        </form>
      )}
      <form method="post" action={`${path}/send-back`} novalidate>
        <h2 class="govuk-heading-m">Send it back</h2>
        <p class="govuk-body">{sentBack}</p>
        <FormToken visitor={request.visitor} />
        <input type="hidden" name="read" value={read} />
        <Textarea
          name="reason"
          label={{ text: 'What has to change before you can sign?' }}
          value={typed?.reason}
          errorMessage={errorAt('reason')}
          rows={4}
        />
        <Button text="Send it back" classes="govuk-button--secondary" preventDoubleClick />
      </form>
    </>
  )
}
