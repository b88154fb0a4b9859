import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, londonDate, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  errorAt,
  FormToken,
  InsetText,
  Radios,
  Select,
  Tag,
  Textarea,
  WhoSees,
} from '../../../platform/web/index.ts'
import { TimeLeft } from '../../../reference-data/index.ts'
import type { Action } from '../../actions/action.ts'
import type { Asked } from '../../actions/asked-store.ts'
import { shortened } from '../../actions/views/actions-page.tsx'
import { evidenceKinds } from '../../recommendation.ts'
import { nationalAnswers, type TypedNationalAnswer } from '../answer.ts'
import type { AreaAnswer, EarlierAnswer, NationalRecommendation, SampleAsk } from '../national-store.ts'

export interface AnswerNationalPageProps {
  request: FastifyRequest
  national: NationalRecommendation
  /** Of the acting person's partnership. */
  answered: AreaAnswer
  earlier: readonly EarlierAnswer[]
  /** Other national recommendations that the partnership may answer by the same plan. */
  others: readonly Extract<Asked, { addresseeId: string }>[]
  actions: readonly Action[]
  asks: readonly SampleAsk[]
  mayAnswer: boolean
  typed: TypedNationalAnswer & { also: readonly string[]; actionIds: readonly string[] }
  /** The form begins with what was said before. */
  isPrefilled: boolean
  today: CivilDate
  errors: readonly FieldError[]
}

export function AnswerNationalPage(props: AnswerNationalPageProps) {
  const { request, national, answered, earlier, others, actions, asks, mayAnswer, typed, isPrefilled, today, errors } =
    props
  const path = `/recommendations/${national.recommendationId}/answer`
  return (
    <>
      <span class="govuk-caption-l">
        Recommendation {national.number}
        {national.sourceName && `, ${national.sourceName}`}
      </span>
      <h1 class="govuk-heading-l">{answered.answer ? 'Our answer' : 'Answer a national recommendation'}</h1>
      <InsetText>
        <p class="govuk-body">{national.text}</p>
        {national.intendedChange && <p class="govuk-body">What is to change for children: {national.intendedChange}</p>}
      </InsetText>
      {answered.answer && answered.at ? (
        <section>
          <p class="govuk-body govuk-!-margin-bottom-1">
            <Tag text={nationalAnswers[answered.answer]} /> {formatMoment(answered.at)}
          </p>
          <p class="govuk-body wv-answer">{answered.words}</p>
          {answered.evidence && <p class="govuk-body wv-answer">Evidence: {answered.evidence}</p>}
          <ul class="govuk-list">
            <li>
              <a class="govuk-link" href={`/desk/recommendations/${national.number}/to/${answered.addresseeId}`}>
                What is done about it, and how far it is
              </a>
            </li>
            {mayAnswer && national.status === 'issued' && answered.answer === 'we-will' && (
              <li>
                <a
                  class="govuk-link"
                  href={`/actions/new?serves=addressee:${answered.addresseeId}&promptedBy=recommendation`}
                >
                  Agree on an action
                </a>
              </li>
            )}
          </ul>
        </section>
      ) : (
        answered.askedBy && (
          <p class="govuk-body">
            Asked for by {formatDate(answered.askedBy)} <TimeLeft dueOn={answered.askedBy} today={today} />
          </p>
        )
      )}
      {asks.map(ask => (
        <EvidenceAsk {...{ request, ask, mayAnswer, errors }} />
      ))}
      {!mayAnswer && <p class="govuk-body">The partnership’s business manager answers for the partnership.</p>}
      {mayAnswer && national.status === 'issued' && (
        <form method="post" action={path} novalidate>
          <FormToken visitor={request.visitor} />
          {answered.answer && <h2 class="govuk-heading-m">Answer once more</h2>}
          {isPrefilled && earlier[0] && (
            <InsetText>
              The form begins with what you said on {formatDate(londonDate(earlier[0].at))} about recommendation{' '}
              {earlier[0].number}, on the same theme. Change what is different.
            </InsetText>
          )}
          <Radios
            name="answer"
            fieldset={{ legend: { text: 'Our answer', classes: 'govuk-fieldset__legend--m' } }}
            value={typed.answer}
            errorMessage={errorAt(errors, 'answer')}
            items={Object.entries(nationalAnswers).map(([value, text]) => ({ value, text }))}
          />
          <Textarea
            name="words"
            label={{ text: 'In our words', classes: 'govuk-label--m' }}
            hint={{ text: 'What you will do, what is in place, or why not now.' }}
            value={typed.words}
            errorMessage={errorAt(errors, 'words')}
          />
          <Textarea
            name="evidence"
            rows={3}
            label={{ text: 'Evidence', classes: 'govuk-label--m' }}
            hint={{ text: 'Needed where it is in place: how you know, and where that can be seen.' }}
            value={typed.evidence}
            errorMessage={errorAt(errors, 'evidence')}
          />
          {actions.length > 0 && (
            <Checkboxes
              name="actionIds"
              fieldset={{ legend: { text: 'The plan: which actions serve it?', classes: 'govuk-fieldset__legend--m' } }}
              hint={{ text: 'Their updates are read here from now on.' }}
              values={[...typed.actionIds]}
              items={actions.map(action => ({
                value: action.actionId,
                text: `${action.number}: ${shortened(action.text)}`,
              }))}
            />
          )}
          {others.length > 0 && (
            <Checkboxes
              name="also"
              fieldset={{
                legend: { text: 'Does the same answer hold for others?', classes: 'govuk-fieldset__legend--m' },
              }}
              values={[...typed.also]}
              items={others.map(other => ({
                value: other.addresseeId,
                text: `${other.reference}: ${shortened(other.text)}`,
              }))}
            />
          )}
          <WhoSees>the Panel and its secretariat, the Department for Education, Ofsted and your partnership</WhoSees>
          <Button text="Send the answer" preventDoubleClick />
        </form>
      )}
    </>
  )
}

function EvidenceAsk({
  request,
  ask,
  mayAnswer,
  errors,
}: {
  request: FastifyRequest
  ask: SampleAsk
  mayAnswer: boolean
  errors: readonly FieldError[]
}) {
  return (
    <section>
      <h2 class="govuk-heading-m">The Panel asks for evidence</h2>
      <p class="govuk-body">Your partnership was drawn by lot into a sample. Asked for by {formatDate(ask.askedBy)}.</p>
      {ask.evidenceKind ? (
        <InsetText>
          {evidenceKinds[ask.evidenceKind]}: {ask.words}
        </InsetText>
      ) : (
        mayAnswer && (
          <form method="post" action={`/recommendations/${ask.recommendationId}/evidence`} novalidate>
            <FormToken visitor={request.visitor} />
            <Select
              name="sampleKind"
              label={{ text: 'Kind of evidence' }}
              errorMessage={errorAt(errors, 'sampleKind')}
              items={[
                { value: '', text: 'Select a kind' },
                ...Object.entries(evidenceKinds).map(([value, text]) => ({ value, text })),
              ]}
            />
            <Textarea
              name="sampleWords"
              rows={3}
              label={{ text: 'What it shows, and where it can be seen' }}
              errorMessage={errorAt(errors, 'sampleWords')}
            />
            <Button text="Send the evidence" preventDoubleClick />
          </form>
        )
      )}
    </section>
  )
}
