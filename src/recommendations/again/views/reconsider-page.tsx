import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, londonDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { Button, errorAt, FormToken, InsetText, Radios, Textarea, WhoSees } from '../../../platform/web/index.ts'
import { themes } from '../../../reference-data/index.ts'
import { effects } from '../../moves.ts'
import type { Recommendation } from '../../recommendation.ts'
import type { ThemeQuestion } from '../question-store.ts'
import { somethingPublic } from '../reconsider.ts'
import { decisions, type Reconsidered } from '../reconsidered-store.ts'

export interface ReconsiderPageProps {
  request: FastifyRequest
  found: Recommendation
  questions: readonly ThemeQuestion[]
  typed: { decision: string; because: string; reason: string }
  errors: readonly FieldError[]
}

export function ReconsiderPage({ request, found, questions, typed, errors }: ReconsiderPageProps) {
  return (
    <>
      <span class="govuk-caption-l">Recommendation {found.number}, closed</span>
      <h1 class="govuk-heading-l">Is it opened again?</h1>
      <InsetText text={found.text} />
      <p class="govuk-body">It was closed with these words: {found.endedReason}</p>
      <form method="post" novalidate>
        <FormToken visitor={request.visitor} />
        <Radios
          name="decision"
          fieldset={{ legend: { text: 'What do you decide?', classes: 'govuk-fieldset__legend--m' } }}
          value={typed.decision}
          errorMessage={errorAt(errors, 'decision')}
          items={Object.entries(decisions).map(([value, text]) => ({ value, text }))}
        />
        <Radios
          name="because"
          fieldset={{ legend: { text: 'If it is opened: for what?', classes: 'govuk-fieldset__legend--m' } }}
          hint={{ text: 'Before what you select is published everybody reads that it is closed.' }}
          value={typed.because}
          errorMessage={errorAt(errors, 'because')}
          items={[
            ...questions.map(question => ({
              value: question.questionId,
              text: `${question.themes.map(theme => themes[theme]).join(', ')} came up again, asked of ${question.bodyName} on ${formatDate(londonDate(question.askedAt))}`,
              hint: { text: `Judged so far: ${effects[question.effect].toLowerCase()}` },
            })),
            { value: somethingPublic, text: 'Something that is public already: it shows as open at once' },
          ]}
        />
        <Textarea
          name="reason"
          label={{ text: 'Why?', classes: 'govuk-label--m' }}
          hint={{ text: 'What was seen, and what is to be different now. No child’s name.' }}
          value={typed.reason}
          errorMessage={errorAt(errors, 'reason')}
        />
        <WhoSees>
          {found.place ? 'your partnership, whoever judges the effect, and the Panel' : 'the Panel and its secretariat'}
          . It is not published
        </WhoSees>
        <Button text="Record the decision" preventDoubleClick />
      </form>
    </>
  )
}

/** What was decided since it was first closed. */
export function ReconsideredList({ decided }: { decided: readonly Reconsidered[] }) {
  if (decided.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Looked at again after it was closed</h2>
      {decided.map(({ decision, reason, endedAt, endedReason, personName, at, isPublic }) => (
        <InsetText>
          <p class="govuk-body">
            <strong>{decision === 'reopened' ? 'Opened again' : 'Stays closed'}</strong>: {personName},{' '}
            {formatMoment(at)}
          </p>
          <p class="govuk-body wv-answer">{reason}</p>
          <p class="govuk-body">
            It was closed on {formatDate(londonDate(endedAt))}: {endedReason}
          </p>
          {!isPublic && (
            <p class="govuk-body govuk-!-margin-bottom-0">
              Not public: everybody reads that it is closed, until what it was opened for is published.
            </p>
          )}
        </InsetText>
      ))}
    </>
  )
}
