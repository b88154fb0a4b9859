import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  errorAt,
  FormToken,
  InsetText,
  Radios,
  SummaryList,
  Tag,
  Textarea,
  WhoSees,
  type OpenedLink,
} from '../../../platform/web/index.ts'
import { themes } from '../../../reference-data/index.ts'
import { deliveriesTold, effects } from '../../moves.ts'
import { tellWhy, workeds } from '../comes-up-again.ts'
import type { Cause, ThemeQuestion } from '../question-store.ts'

export interface QuestionPageProps {
  request: FastifyRequest
  question: ThemeQuestion
  /** As far as the acting person may see the later incident. */
  causes: readonly Cause[]
  mayAnswer: boolean
  mayReopen: boolean
  /** The acting person may ask it by link. */
  byLink: boolean
  typed: { answer: string; words: string }
  errors: readonly FieldError[]
}

export function questionPath(questionId: string): string {
  return `/did-it-work?question=${questionId}`
}

export function questionLinksPath(questionId: string): string {
  return `/did-it-work/links?question=${questionId}`
}

/** Whatever was asked because a theme came up again. */
export function QuestionsPage({ questions }: { questions: readonly ThemeQuestion[] }) {
  return (
    <>
      <h1 class="govuk-heading-l">Themes that came up again</h1>
      <p class="govuk-body">
        When an incident or a review touches what an earlier recommendation was meant to change, and that one was done
        or closed before, whoever was to do it is asked whether it worked. None of this is public.
      </p>
      {questions.length === 0 && <InsetText text="No theme has come up again." />}
      <ul class="govuk-list govuk-list--spaced">
        {questions.map(question => (
          <li>
            <a class="govuk-link" href={questionPath(question.questionId)}>
              {question.number}, to {question.bodyName}
            </a>{' '}
            <Tag
              text={question.answer ? workeds[question.answer] : 'No answer yet'}
              classes={question.answer ? 'govuk-tag--green' : 'govuk-tag--yellow'}
            />
            <br />
            {question.themes.map(theme => themes[theme]).join(', ')}. Asked {formatMoment(question.askedAt)}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What was asked and meant to change, and what has come up now. */
export function QuestionPage(props: QuestionPageProps) {
  const { request, question, causes, mayAnswer, mayReopen, byLink, typed, errors } = props
  const path = `/desk/recommendations/${question.number}/to/${question.addresseeId}`
  const names = question.themes.map(theme => themes[theme]).join(', ')
  return (
    <>
      <span class="govuk-caption-l">This theme has come up again: {names}</span>
      <h1 class="govuk-heading-l">Did it work?</h1>
      <h2 class="govuk-heading-m">What was asked</h2>
      <InsetText text={question.text} />
      <SummaryList
        rows={[
          {
            key: { text: 'Recommendation' },
            value: {
              children: (
                <a class="govuk-link" href={path}>
                  {question.number}, to {question.bodyName}
                </a>
              ),
            },
          },
          { key: { text: 'Meant to change for children' }, value: { text: question.intendedChange || 'Not said' } },
          { key: { text: 'How that would be seen' }, value: { text: question.measure || 'Not said' } },
          { key: { text: 'Delivery' }, value: { text: deliveriesTold[question.delivery] } },
          {
            key: { text: 'What was judged' },
            value: {
              children: (
                <>
                  {effects[question.effect]}
                  {question.judgedAt && (
                    <>
                      . {question.judgedBy}, {formatMoment(question.judgedAt)}:
                      <br />
                      <span class="wv-answer">{question.judged}</span>
                    </>
                  )}
                </>
              ),
            },
          },
        ]}
      />
      <h2 class="govuk-heading-m">What has come up now</h2>
      {causes.length === 0 && (
        <p class="govuk-body">
          Something later is about the same: {names}. You may not see it, and it is not needed to answer.
        </p>
      )}
      <ul class="govuk-list govuk-list--bullet">
        {causes.map(cause => (
          <li>
            {tellWhy(cause.kind, cause.themes)} It happened on {formatDate(cause.on)}:{' '}
            <a class="govuk-link" href={`/incidents/${cause.incidentId}`}>
              {cause.reference}
            </a>
          </li>
        ))}
      </ul>
      {question.answer && question.answeredAt ? (
        <>
          <h2 class="govuk-heading-m">What {question.bodyName} answers</h2>
          <p class="govuk-body">
            <strong>{workeds[question.answer]}</strong>. {question.answeredBy}
            {question.cameByLink && ' (by link)'}, {formatMoment(question.answeredAt)}
          </p>
          <p class="govuk-body wv-answer">{question.words}</p>
          <p class="govuk-body">
            Whoever judges the effect may keep the judgement or reopen it, on{' '}
            <a class="govuk-link" href={path}>
              the page of {question.bodyName}
            </a>
            . Neither is public before the later review is published.
          </p>
          {mayReopen && (
            <p class="govuk-body">
              The recommendation is closed:{' '}
              <a class="govuk-link" href={`/desk/recommendations/${question.number}/reopen`}>
                decide whether it is opened again
              </a>
              .
            </p>
          )}
        </>
      ) : mayAnswer ? (
        <form method="post" action="/did-it-work" novalidate>
          <FormToken visitor={request.visitor} />
          <input type="hidden" name="question" value={question.questionId} />
          <AnswerFields {...{ typed, errors }} />
          <WhoSees>your organisation, whoever judges the effect, and the Panel. It is not published</WhoSees>
          <Button text="Keep the answer" preventDoubleClick />
        </form>
      ) : (
        <>
          <p class="govuk-body">
            {question.bodyName} was asked on {formatMoment(question.askedAt)} and has not answered yet.
          </p>
          {byLink && (
            <p class="govuk-body">
              {question.bodyCode ? 'Where nobody there has an account: ' : 'It has no account: '}
              <a class="govuk-link" href={questionLinksPath(question.questionId)}>
                ask by link
              </a>
              .
            </p>
          )}
        </>
      )}
    </>
  )
}

function AnswerFields({ typed, errors }: Pick<QuestionPageProps, 'typed' | 'errors'>) {
  return (
    <>
      <Radios
        name="answer"
        fieldset={{ legend: { text: 'Did it work?', classes: 'govuk-fieldset__legend--m' } }}
        value={typed.answer}
        errorMessage={errorAt(errors, 'answer')}
        items={Object.entries(workeds).map(([value, text]) => ({ value, text }))}
      />
      <Textarea
        name="words"
        label={{ text: 'How do you know?', classes: 'govuk-label--m' }}
        hint={{ text: 'What you looked at, and what you will do now. No child’s name.' }}
        value={typed.words}
        errorMessage={errorAt(errors, 'words')}
      />
    </>
  )
}

/** For a body without an account: what was asked, the theme, and no cause. */
export function QuestionByLinkPage({
  link,
  question,
  typed,
  errors,
}: { link: OpenedLink } & Pick<QuestionPageProps, 'question' | 'typed' | 'errors'>) {
  return (
    <>
      <span class="govuk-caption-l">
        Recommendation {question.number}, to {question.bodyName}
      </span>
      <h1 class="govuk-heading-l">Did it work?</h1>
      <p class="govuk-body">
        This was recommended earlier, and is done or closed. Its theme has come up again:{' '}
        {question.themes.map(theme => themes[theme]).join(', ')}. What has happened is not told here, and is not needed
        to answer.
      </p>
      <InsetText text={question.text} />
      <SummaryList
        rows={[
          { key: { text: 'Meant to change for children' }, value: { text: question.intendedChange || 'Not said' } },
          { key: { text: 'How that would be seen' }, value: { text: question.measure || 'Not said' } },
        ]}
      />
      {question.answer && question.answeredAt ? (
        <>
          <h2 class="govuk-heading-m">The answer of {question.bodyName}</h2>
          <p class="govuk-body">
            <strong>{workeds[question.answer]}</strong>. {question.answeredBy}, {formatMoment(question.answeredAt)}
          </p>
          <p class="govuk-body wv-answer">{question.words}</p>
        </>
      ) : (
        <form method="post" novalidate>
          <FormToken visitor={link} />
          <AnswerFields {...{ typed, errors }} />
          <WhoSees>whoever asked you, whoever judges the effect, and the Panel. It is not published</WhoSees>
          <Button text="Send the answer" preventDoubleClick />
        </form>
      )}
    </>
  )
}
