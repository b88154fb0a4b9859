import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, type CivilDate } from '../../../platform/dates.ts'
import type { FieldError } from '../../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  FormToken,
  Input,
  Radios,
  SummaryList,
  Tag,
  Textarea,
} from '../../../platform/web/index.ts'
import type { Member } from '../../group/members.ts'
import { accuracyOutcomes, isDisputed, waysOfAnswering, type AskedForAccuracy } from '../draft.ts'
import { accuracyPath, reportPath } from '../drafts-needing.ts'
import type { Report } from '../open-draft.ts'

export interface AccuracyPageProps {
  request: FastifyRequest
  report: Report
  asked: readonly AskedForAccuracy[]
  people: readonly Member[]
  personId: string
  mayWrite: boolean
  today: CivilDate
  /** What was typed, and for whom where it is an answer. */
  typed?: Readonly<Record<string, unknown>> | undefined
  answered?: string | undefined
  errors?: readonly FieldError[] | undefined
}

export function AccuracyPage(props: AccuracyPageProps) {
  const { report, asked, personId, mayWrite, today } = props
  const { review } = report
  const mine = asked.filter(({ accountId, answer }) => accountId === personId && !answer)
  return (
    <>
      <span class="govuk-caption-l">{review.reference}, report of the local review</span>
      <h1 class="govuk-heading-l">Are the facts right?</h1>
      {mine.map(each => (
        <section>
          <h2 class="govuk-heading-m">You were asked, until {formatDate(each.answerBy)}</h2>
          <p class="govuk-body">
            <a class="govuk-link" href={`${reportPath(review.incidentId)}/versions/${each.version}`}>
              Read version {each.version}
            </a>{' '}
            and say whether what it tells of your part is right.
          </p>
          <AnswerForm {...props} to={each} isOwn />
        </section>
      ))}
      {asked.length === 0 ? (
        <p class="govuk-body">Nobody was asked yet.</p>
      ) : (
        <>
          <h2 class="govuk-heading-m">Who was asked</h2>
          <SummaryList
            rows={asked.map(each => ({
              key: { text: each.name },
              value: {
                children: (
                  <>
                    <p class="govuk-body">
                      <AnswerTag {...each} today={today} /> About version {each.version}, asked on{' '}
                      {formatMoment(each.askedAt)}, answer by {formatDate(each.answerBy)}.
                    </p>
                    {each.answer && (
                      <>
                        {each.answer.text !== '' && <p class="govuk-body">{each.answer.text}</p>}
                        {each.answer.source !== '' && <p class="govuk-body">Source: {each.answer.source}</p>}
                        <p class="govuk-body-s">
                          {waysOfAnswering[each.answer.came]}, {formatMoment(each.answer.at)}
                          {each.answer.came !== 'account' && `, entered by ${each.answer.enteredBy}`}
                        </p>
                        {each.answer.settled && (
                          <p class="govuk-body">
                            {accuracyOutcomes[each.answer.settled.outcome]}, {each.answer.settled.by} decided:{' '}
                            {each.answer.settled.why}
                          </p>
                        )}
                      </>
                    )}
                    {mayWrite && isDisputed(each) && <OutcomeForm {...props} to={each} />}
                    {mayWrite && each.accountId !== personId && (
                      <Details
                        summaryText={
                          <>
                            Enter what came<span class="govuk-visually-hidden"> from {each.name}</span>
                          </>
                        }
                        open={props.answered === each.id && 'accurate' in (props.typed ?? {})}
                      >
                        <AnswerForm {...props} to={each} isOwn={false} />
                      </Details>
                    )}
                  </>
                ),
              },
            }))}
          />
        </>
      )}
      {mayWrite && <AskForm {...props} />}
    </>
  )
}

function AnswerTag({ answer, answerBy, today }: AskedForAccuracy & { today: CivilDate }) {
  if (answer?.accurate) return <Tag text="Says it is right" classes="govuk-tag--green" />
  if (answer) return <Tag text="Says something is not right" classes="govuk-tag--red" />
  if (answerBy < today) return <Tag text="Has not answered, and the day is past" classes="govuk-tag--red" />
  return <Tag text="Has not answered" classes="govuk-tag--yellow" />
}

function AnswerForm(props: AccuracyPageProps & { to: AskedForAccuracy; isOwn: boolean }) {
  const { request, report, to, isOwn, answered } = props
  const path = `${accuracyPath(report.review.incidentId)}/${to.id}`
  const isThis = answered === to.id
  const errors = isThis ? (props.errors ?? []) : []
  const typed = (name: string) => (isThis ? textOf(props.typed?.[name]) : '')
  // Of several forms on the page, the one that was refused has the plain names that the list of errors leads to.
  const id = (name: string) => (isThis ? name : `${name}-${to.id}`)
  return (
    <form method="post" action={path} novalidate>
      <FormToken visitor={request.visitor} />
      <Radios
        name="accurate"
        idPrefix={id('accurate')}
        fieldset={{ legend: { text: isOwn ? 'Is it right?' : `What does ${to.name} say?` } }}
        errorMessage={errorAt(errors, 'accurate')}
        value={typed('accurate')}
        items={[
          { value: 'yes', text: 'It is right' },
          { value: 'no', text: 'Something is not right' },
        ]}
      />
      <Textarea
        name="text"
        id={id('text')}
        label={{ text: 'What is not right, and what is?' }}
        value={typed('text')}
        errorMessage={errorAt(errors, 'text')}
        rows={4}
      />
      <Input
        name="source"
        id={id('source')}
        label={{ text: 'Where can it be seen?' }}
        hint={{ text: 'For example a record and its date' }}
        value={typed('source')}
        errorMessage={errorAt(errors, 'source')}
      />
      {!isOwn && (
        <Radios
          name="came"
          idPrefix={id('came')}
          fieldset={{ legend: { text: 'How did it come?' } }}
          errorMessage={errorAt(errors, 'came')}
          value={typed('came')}
          items={(['letter', 'mail', 'conversation'] as const).map(value => ({ value, text: waysOfAnswering[value] }))}
        />
      )}
      <Button text={isOwn ? 'Send your answer' : 'Save the answer'} preventDoubleClick />
    </form>
  )
}

function OutcomeForm(props: AccuracyPageProps & { to: AskedForAccuracy }) {
  const { request, report, to, answered } = props
  const isThis = answered === to.id && props.typed !== undefined && !('accurate' in props.typed)
  const errors = isThis ? (props.errors ?? []) : []
  const id = (name: string) => (isThis ? name : `${name}-${to.id}`)
  return (
    <form method="post" action={`${accuracyPath(report.review.incidentId)}/${to.id}/outcome`} novalidate>
      <FormToken visitor={request.visitor} />
      <Radios
        name="outcome"
        idPrefix={id('outcome')}
        fieldset={{ legend: { text: 'What becomes of it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorAt(errors, 'outcome')}
        value={isThis ? textOf(props.typed?.['outcome']) : ''}
        items={Object.entries(accuracyOutcomes).map(([value, text]) => ({ value, text }))}
      />
      <Textarea
        name="why"
        id={id('why')}
        label={{ text: 'What was changed, or why does it stay?' }}
        hint={{ text: 'The partners read it before they sign. It cannot be changed afterwards.' }}
        value={isThis ? textOf(props.typed?.['why']) : ''}
        errorMessage={errorAt(errors, 'why')}
        rows={3}
      />
      <Button text="Save what becomes of it" preventDoubleClick />
    </form>
  )
}

function AskForm({ request, report, people, answered, typed, errors: found = [] }: AccuracyPageProps) {
  const last = report.versions.at(-1)
  if (!last) return null
  const errors = answered ? [] : found
  const text = (name: string) => (answered ? '' : textOf(typed?.[name]))
  const chosen = answered ? [] : [typed?.['people'] ?? []].flat()
  return (
    <form method="post" action={accuracyPath(report.review.incidentId)} novalidate>
      <h2 class="govuk-heading-m">Ask whether version {last.version} is right</h2>
      <FormToken visitor={request.visitor} />
      {people.length > 0 && (
        <Checkboxes
          name="people"
          fieldset={{ legend: { text: 'People who can answer here', classes: 'govuk-fieldset__legend--s' } }}
          hint={{ text: 'They see it on their home page.' }}
          errorMessage={errorAt(errors, 'people')}
          items={people.map(({ personId, name, appointments }) => ({
            value: personId,
            text: `${name} (${appointments.join('; ')})`,
            checked: chosen.includes(personId),
          }))}
        />
      )}
      <Textarea
        name="names"
        label={{ text: 'People without an account (optional)', classes: 'govuk-label--s' }}
        hint={{ text: 'One name a line. You ask them by letter or e-mail, and enter what they answer.' }}
        value={text('names')}
        errorMessage={errorAt(errors, 'names')}
        rows={3}
      />
      <DayInput
        name="answerBy"
        legend="Answer by"
        size="s"
        typed={answered ? undefined : datePartsIn(typed, 'answerBy')}
        errors={errors}
      />
      <Button text="Ask them" preventDoubleClick />
    </form>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
