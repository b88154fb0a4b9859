import { formatDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  Input,
  InsetText,
  Radios,
  Select,
  SummaryList,
  Textarea,
  WarningText,
  type OpenedLink,
} from '../../platform/web/index.ts'
import type { TypedAnswer } from '../answer-by-link.ts'
import { axes, deliveriesTold, deliveryTold, movesFrom, type Axis } from '../moves.ts'
import { bases, evidenceKinds, sources, type Addressee, type Move, type Recommendation } from '../recommendation.ts'

interface LinkedProps {
  link: OpenedLink
  recommendation: Recommendation
  owed: Addressee
  errors: readonly FieldError[]
}

function WhatIsRecommended({ recommendation, owed }: Pick<LinkedProps, 'recommendation' | 'owed'>) {
  const rows = [
    ['To', owed.bodyName],
    ['From', [sources[recommendation.sourceKind], recommendation.sourceName].filter(Boolean).join(', ')],
    ['What it answers', recommendation.finding],
    ['What will be different for children', recommendation.intendedChange],
    ['How one will know', recommendation.measure],
    [
      'Reply asked by',
      owed.status === 'issued' &&
        owed.replyAskedBy &&
        `${formatDate(owed.replyAskedBy)} (${bases[owed.replyBasis!].toLowerCase()})`,
    ],
  ] as const
  return (
    <>
      <InsetText text={recommendation.text} />
      <SummaryList rows={rows.flatMap(([key, text]) => (text ? [{ key: { text: key }, value: { text } }] : []))} />
    </>
  )
}

export function ReplyByLinkPage(
  props: LinkedProps & { moves: readonly Move[]; typed: TypedAnswer; isOvertaken: boolean },
) {
  const { link, recommendation, owed, moves, typed, isOvertaken, errors } = props
  return (
    <>
      <span class="govuk-caption-l">Recommendation {recommendation.number}</span>
      <h1 class="govuk-heading-l">Reply to a recommendation</h1>
      <WhatIsRecommended {...{ recommendation, owed }} />
      {moves.length > 0 && (
        <>
          <h2 class="govuk-heading-m">What you said by link</h2>
          <ul class="govuk-list govuk-list--bullet">
            {moves.map(move => (
              <li>
                {formatDate(move.saidOn)}, {stateOf(move.axis, move.to)}: {move.words}
              </li>
            ))}
          </ul>
        </>
      )}
      {owed.status === 'issued' ? (
        <form method="post" novalidate>
          <FormToken visitor={link} />
          {isOvertaken && (
            <WarningText
              text={`Stored now: ${stateOf('reply', owed.reply)}, ${deliveriesTold[deliveryTold(owed.delivery, owed.deliveryAt)]}. If yours still stands, send it again.`}
              iconFallbackText="Warning"
            />
          )}
          <input type="hidden" name="fromReply" value={owed.reply} />
          <input type="hidden" name="fromDelivery" value={owed.delivery} />
          <Choice axis="reply" legend="1. What is your reply?" {...{ owed, errors }} value={typed.reply} />
          <Input
            name="replacement"
            label={{ text: 'Where something else replaces it: what?' }}
            value={typed.replacement}
            errorMessage={errorAt(errors, 'replacement')}
          />
          <Choice
            axis="delivery"
            legend="2. How far is it today? (optional)"
            {...{ owed, errors }}
            value={typed.delivery}
          />
          <Textarea
            name="words"
            rows={8}
            label={{ text: '3. In your words', classes: 'govuk-label--m' }}
            hint={{
              text: 'What you will do and by when. If you do it differently or not, why. It is shown word for word where the recommendation is public. No child’s name.',
            }}
            value={typed.words}
            errorMessage={errorAt(errors, 'words')}
          />
          <Textarea
            name="evidence"
            rows={3}
            label={{ text: '4. What shows it? (optional)', classes: 'govuk-label--m' }}
            hint={{ text: 'What an audit, an observation or figures show, and where they can be seen.' }}
            value={typed.evidence}
            errorMessage={errorAt(errors, 'evidence')}
          />
          <Select
            name="evidenceKind"
            label={{ text: 'Kind of evidence' }}
            value={typed.evidenceKind}
            errorMessage={errorAt(errors, 'evidenceKind')}
            items={[
              { value: '', text: 'None yet' },
              ...Object.entries(evidenceKinds).map(([value, text]) => ({ value, text })),
            ]}
          />
          <Button text="Send the reply" preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">This recommendation has ended: no answer is waited for.</p>
      )}
    </>
  )
}

function Choice({
  axis,
  legend,
  owed,
  value,
  errors,
}: {
  axis: 'reply' | 'delivery'
  legend: string
  owed: Addressee
  value: string
  errors: readonly FieldError[]
}) {
  const isSaid = axis === 'reply' || owed.deliveryAt !== null
  return (
    <Radios
      name={axis}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--m' } }}
      value={value}
      errorMessage={errorAt(errors, axis)}
      items={movesFrom(axis, 'owner', owed[axis]).map(({ from, to }) => ({
        value: to,
        text: from === to && isSaid ? `Still: ${stateOf(axis, to)}` : stateOf(axis, to),
      }))}
    />
  )
}

function stateOf(axis: Axis, state: string): string {
  return (axes[axis] as Record<string, string>)[state] ?? state
}

export function CommentByLinkPage({ link, recommendation, owed, words, errors }: LinkedProps & { words: string }) {
  return (
    <>
      <span class="govuk-caption-l">Draft recommendation {recommendation.number}</span>
      <h1 class="govuk-heading-l">Comment on a draft recommendation</h1>
      <p class="govuk-body">This is a draft. It is not published: please do not pass it on.</p>
      <WhatIsRecommended {...{ recommendation, owed }} />
      <form method="post" novalidate>
        <FormToken visitor={link} />
        <Textarea
          name="words"
          rows={8}
          label={{ text: 'Your comment', classes: 'govuk-label--m' }}
          hint={{ text: 'Whoever writes the recommendation reads it. It is kept.' }}
          value={words}
          errorMessage={errorAt(errors, 'words')}
        />
        <Button text="Send the comment" preventDoubleClick />
      </form>
    </>
  )
}
