import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { chosenSort, type Query, SortableTable, Tag } from '../../../platform/web/index.ts'
import { TimeLeft } from '../../../reference-data/index.ts'
import { RapidReviewText } from '../rapid-review-text.tsx'
import { otherAuthoritySigns, type Partner } from '../../signing/partner.ts'
import { SignOrSendBack } from '../../signing/sign-form.tsx'
import {
  comparedText,
  signaturesOfText,
  type EarlierText,
  type SentBack,
  type Signature,
} from '../../signing/signature.ts'
import { Signatures } from '../../signing/signatures.tsx'
import { SentBackBefore, WhatChanged } from '../../signing/since-last-time.tsx'
import type { RapidReviewAnswers } from '../rapid-review-form.ts'
import { signingStatement, type RapidReview } from '../rapid-review.ts'
import type { WaitingForSignature } from '../waiting.ts'
import { changedAnswers } from '../what-changed.ts'
import { DueLine } from './due-line.tsx'
import { NotificationLink } from './notification-link.tsx'

export interface SignatureListProps {
  /** The earliest due first. */
  reviews: readonly WaitingForSignature[]
  partner: Partner
  today: CivilDate
  query: Query
}

type Column = 'reference' | 'partnership' | 'due' | 'signature'

const sortedBy: Record<Column, (review: WaitingForSignature) => string> = {
  reference: review => review.reference,
  partnership: review => review.partnershipName,
  due: review => review.dueOn,
  signature: review => review.signedAt?.toISOString() ?? '',
}

export function SignatureList({ reviews, partner, today, query }: SignatureListProps) {
  const sort = chosenSort<Column>(query, ['reference', 'partnership', 'due', 'signature'], {
    key: 'due',
    direction: 'ascending',
  })
  const turn = sort.direction === 'ascending' ? 1 : -1
  const keyOf = sortedBy[sort.key]
  return (
    <>
      <h1 class="govuk-heading-l">Signatures</h1>
      <p class="govuk-body">
        Rapid reviews that wait for signatures, in every partnership your organisation belongs to.
        {partner === 'authority' && ` ${otherAuthoritySigns}`}
      </p>
      <SortableTable<WaitingForSignature, Column>
        caption="Rapid reviews that wait for signatures"
        path="/signatures"
        query={query}
        sort={sort}
        rows={reviews.toSorted((one, other) => turn * keyOf(one).localeCompare(keyOf(other), 'en-GB'))}
        emptyText="No rapid review waits for a signature."
        columns={[
          {
            key: 'reference',
            label: 'Reference',
            cell: review => (
              <a class="govuk-link" href={`/signatures/${review.incidentId}`}>
                {review.reference}
              </a>
            ),
          },
          { key: 'partnership', label: 'Partnership', cell: review => review.partnershipName },
          {
            key: 'due',
            label: 'Due',
            cell: review => (
              <>
                {formatDate(review.dueOn)} <TimeLeft dueOn={review.dueOn} today={today} />
              </>
            ),
          },
          {
            key: 'signature',
            label: 'Your signature',
            cell: review =>
              review.signedAt ? (
                `Signed ${formatMoment(review.signedAt)}`
              ) : (
                <Tag text="Waiting for you" classes="govuk-tag--yellow" />
              ),
          },
        ]}
      />
    </>
  )
}

export interface SignPageProps {
  request: FastifyRequest
  review: RapidReview
  partner: Partner
  bodyName: string
  signatures: readonly Signature[]
  sentBack: readonly SentBack[]
  earlier: readonly EarlierText<RapidReviewAnswers>[]
  today: CivilDate
  typed?: { reason: string } | undefined
  errors?: readonly FieldError[] | undefined
}

export function SignPage(props: SignPageProps) {
  const { request, review, partner, bodyName, signatures, sentBack, earlier, today, typed, errors } = props
  const path = `/signatures/${review.incidentId}`
  const signed = signaturesOfText(signatures, review.textHash).find(signature => signature.partner === partner)
  const since = signed
    ? undefined
    : comparedText(partner, { ...review, text: review.answers }, { signatures, sentBack, earlier })
  return (
    <>
      <span class="govuk-caption-l">{review.reference}</span>
      <h1 class="govuk-heading-l">Sign the rapid review for {review.partnershipName}</h1>
      <DueLine dueOn={review.dueOn} today={today} />
      <NotificationLink request={request} incidentId={review.incidentId} />
      <p class="govuk-body">Read the review below. At its end you sign it for {bodyName}, or send it back.</p>
      <SentBackBefore sentBack={sentBack} />
      {since && <WhatChanged since={since} changes={changedAnswers(since.text, review.answers)} />}
      <h2 class="govuk-heading-m">Signatures</h2>
      <Signatures hash={review.textHash} signatures={signatures} />
      <RapidReviewText answers={review.answers} />
      <SignOrSendBack
        {...{ request, path, partner, bodyName, signed, typed, errors }}
        read={review.textHash}
        statement={signingStatement}
        sentBack="The review goes back to its group as a draft. When they ask again, you are asked to sign again, and the other partners too where the text has changed."
      />
    </>
  )
}
