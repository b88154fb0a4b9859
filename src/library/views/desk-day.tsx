import type { FastifyRequest } from 'fastify'
import {
  Button,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  ErrorMessage,
  FormToken,
  Input,
  Select,
  Tag,
  textIn,
  type Posted,
} from '../../platform/web/index.ts'
import { formatDate, formatMoment, partsOfDate } from '../../platform/dates.ts'
import type { Desk } from '../read-desk.ts'
import { isLive, isOpen, sensitiveKinds, stepKinds, type SensitiveDate, type Step } from '../publication.ts'
import type { DeskPageProps } from './desk-page.tsx'

function DayForm({ request, desk, errors, posted }: DeskPageProps) {
  const { publication, dated, path, mayWrite } = desk
  if (publication.status !== 'preparing' || !dated || !mayWrite) return null
  const wrong = errorAt(errors, 'publishOn') !== undefined
  return (
    <Details
      summaryText={dated.publishOn ? 'Change the day of publication' : 'Plan the day of publication'}
      open={wrong}
    >
      <form method="post" action={`${path}/day`} novalidate>
        <FormToken visitor={request.visitor} />
        <DayInput
          name="publishOn"
          legend="When do you plan to publish?"
          hint="Empty while you do not know."
          typed={wrong ? datePartsIn(posted, 'publishOn') : partsOfDate(dated.publishOn)}
          errors={errors}
        />
        <Button text="Save the day" classes="govuk-button--secondary" />
      </form>
    </Details>
  )
}

export function Plan(props: DeskPageProps) {
  const { request, desk, errors, posted } = props
  const { path, mayWrite } = desk
  const { steps } = desk.around
  return (
    <section aria-labelledby="plan">
      <h2 class="govuk-heading-m" id="plan">
        The day: who is told first
      </h2>
      <DayForm {...props} />
      <p class="govuk-body">
        Told in this order. While somebody is not told, the review is not published without a reason.
      </p>
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {steps.map(step => (
          <li id={`step-${step.id}`}>
            <StepLine {...{ request, desk, step, posted }} error={errorAt(errors, `step-${step.id}`)} />
          </li>
        ))}
      </ol>
      {mayWrite && (
        <Details summaryText="Add somebody to tell" open={errorAt(errors, 'whom') !== undefined}>
          <form method="post" action={`${path}/plan`} novalidate>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="do" value="add" />
            <Select
              name="kind"
              label={{ text: 'Kind' }}
              value="other"
              items={Object.entries(stepKinds).map(([value, text]) => ({ value, text }))}
            />
            <Input
              name="whom"
              label={{ text: 'Whom to tell' }}
              hint={{ text: 'No names of children.' }}
              value={textIn(posted, 'whom')}
              errorMessage={errorAt(errors, 'whom')}
            />
            <Button text="Add" classes="govuk-button--secondary" />
          </form>
        </Details>
      )}
    </section>
  )
}

function StepLine({
  request,
  desk,
  step,
  posted,
  error,
}: {
  request: FastifyRequest
  desk: Desk
  step: Step
  posted: Posted
  error: { text: string } | undefined
}) {
  const { path, mayWrite } = desk
  const typed = textIn(posted, 'step') === step.id ? posted : { toldBy: step.toldBy, tellAt: step.tellAt }
  const state = step.doneAt
    ? { text: `Told ${formatMoment(step.doneAt)}`, classes: 'govuk-tag--green' }
    : step.notNeededBecause !== undefined
      ? { text: 'Need not be told', classes: 'govuk-tag--grey' }
      : { text: 'Not told yet', classes: 'govuk-tag--yellow' }
  return (
    <>
      <strong>{step.whom}</strong> <Tag {...state} />
      {error && <ErrorMessage text={error.text} id={`step-${step.id}-error`} />}
      <br />
      {[step.toldBy && `By ${step.toldBy}`, step.tellAt].filter(Boolean).join(', ')}
      {step.notNeededBecause && `Because: ${step.notNeededBecause}`}
      {mayWrite && (
        <Details summaryText={`Change: ${step.whom}`} open={error !== undefined}>
          <form method="post" action={`${path}/plan`} novalidate>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="step" value={step.id} />
            <Input
              name="toldBy"
              id={`by-${step.id}`}
              label={{ text: 'Who tells them' }}
              value={textIn(typed, 'toldBy')}
            />
            <Input
              name="tellAt"
              id={`at-${step.id}`}
              label={{ text: 'When and how' }}
              hint={{ text: 'For example, the day before at 4 pm, in person' }}
              value={textIn(typed, 'tellAt')}
            />
            {isOpen(step) && (
              <Input
                name="because"
                id={`because-${step.id}`}
                label={{ text: 'If they need not be told: why' }}
                value={textIn(typed, 'because')}
              />
            )}
            <div class="govuk-button-group">
              <Button text="Save" name="do" value="say" classes="govuk-button--secondary" />
              {isOpen(step) ? (
                <>
                  <Button text="They have been told" name="do" value="done" />
                  <Button text="Need not be told" name="do" value="not-needed" classes="govuk-button--secondary" />
                </>
              ) : (
                <Button text="Not told after all" name="do" value="again" classes="govuk-button--secondary" />
              )}
            </div>
          </form>
        </Details>
      )}
    </>
  )
}

export function Days({ request, desk, errors, posted }: DeskPageProps) {
  const { path, mayWrite, today } = desk
  const { dates, processes } = desk.around
  return (
    <section aria-labelledby="days">
      <h2 class="govuk-heading-m" id="days">
        Days to keep clear
      </h2>
      {dates.length === 0 && <p class="govuk-body">No day is recorded. Ask the police and the family.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {processes.map(({ body, reference }) => (
          <li>
            Related process: {[body, reference].filter(Boolean).join(', ')}. It delays publication, and is kept with the
            local review. <Tag text="In the way today" classes="govuk-tag--red" />
          </li>
        ))}
        {dates.map(date => (
          <li>
            {tellDay(date)}. {date.id === undefined && 'From the record of contact with the family. '}
            {date.endedAt ? (
              <Tag text="Over" classes="govuk-tag--grey" />
            ) : isLive(date, today) ? (
              <Tag text="In the way today" classes="govuk-tag--red" />
            ) : null}
            {mayWrite && date.id !== undefined && !date.endedAt && (
              <form method="post" action={`${path}/days/end`}>
                <FormToken visitor={request.visitor} />
                <input type="hidden" name="date" value={date.id} />
                <Button text={`It is over: ${date.what}`} classes="govuk-button--secondary govuk-!-margin-bottom-2" />
              </form>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <Details summaryText="Add a day" open={errorAt(errors, 'what', 'fromOn', 'lastOn') !== undefined}>
          <form method="post" action={`${path}/days`} novalidate>
            <FormToken visitor={request.visitor} />
            <Select
              name="dateKind"
              label={{ text: 'Kind' }}
              value={textIn(posted, 'dateKind')}
              items={Object.entries(sensitiveKinds).map(([value, text]) => ({ value, text }))}
            />
            <Input
              name="what"
              label={{ text: 'What it is' }}
              hint={{ text: 'For example, retrial at the crown court' }}
              value={textIn(posted, 'what')}
              errorMessage={errorAt(errors, 'what')}
            />
            <DayInput name="fromOn" legend="First day" typed={datePartsIn(posted, 'fromOn')} errors={errors} />
            <DayInput
              name="lastOn"
              legend="Last day (optional)"
              hint="Leave it empty where no end is known. A birthday or an anniversary comes again each year."
              typed={datePartsIn(posted, 'lastOn')}
              errors={errors}
            />
            <Button text="Keep this day clear" classes="govuk-button--secondary" />
          </form>
        </Details>
      )}
    </section>
  )
}

export function tellDay({ kind, what, fromOn, lastOn }: SensitiveDate): string {
  const until = lastOn ? ` to ${formatDate(lastOn)}` : kind === 'trial' ? ', no end known' : ''
  return `${sensitiveKinds[kind]}: ${what}, ${formatDate(fromOn)}${until}`
}
