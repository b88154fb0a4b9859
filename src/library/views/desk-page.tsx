import type { FastifyRequest } from 'fastify'
import { formatDate, formatMoment, partsOfDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  datePartsIn,
  DayInput,
  Details,
  errorAt,
  ErrorMessage,
  FileUpload,
  FormToken,
  Input,
  InsetText,
  Select,
  SummaryList,
  Tag,
  Textarea,
  textIn,
  WarningText,
  type Posted,
} from '../../platform/web/index.ts'
import {
  isLive,
  isOpen,
  manners,
  narratives,
  sensitiveKinds,
  stepKinds,
  type Publication,
  type SensitiveDate,
  type Step,
} from '../publication.ts'
import type { Desk } from '../read-desk.ts'
import { sectors, type Sector } from '../sheets/sheet.ts'
import type { Act } from '../store.ts'

const statuses = {
  preparing: 'Being prepared. Nothing of it is public, not even its number',
  published: 'Published',
  'account-hidden': 'Published. The account of what happened is not public',
} as const

const acts: Record<Act, string> = {
  published: 'Published',
  hidden: 'The account was hidden',
  'narrative-kept': 'After the first year: the account stays',
  'narrative-ended': 'After the first year: the account is not public any more',
  noted: 'A dated note was added',
  elsewhere: 'Published elsewhere',
}

interface Props {
  request: FastifyRequest
  desk: Desk
  errors: readonly FieldError[]
  posted: Posted
}

/** Everything between a finished local review and its public page, on one page. */
export function DeskPage(props: Props) {
  const { desk } = props
  const { publication } = desk
  return (
    <>
      <span class="govuk-caption-l">Local review, {desk.reference}</span>
      <h1 class="govuk-heading-l">Publishing the review</h1>
      <SummaryList
        rows={[
          { key: { text: 'State' }, value: { text: statuses[publication.status] } },
          {
            key: { text: 'Number and address' },
            value:
              publication.status === 'preparing'
                ? { text: `${publication.number}, from the day of publication` }
                : {
                    children: (
                      <a class="govuk-link" href={`/reviews/${publication.number}`}>
                        {publication.number}
                      </a>
                    ),
                  },
          },
          { key: { text: 'What is published' }, value: { text: manners[publication.manner] } },
          desk.dated?.publishOn && {
            key: { text: 'Planned for' },
            value: { text: formatDate(desk.dated.publishOn) },
          },
          publication.keepUntil && {
            key: { text: 'Public at least until' },
            value: { text: formatDate(publication.keepUntil) },
          },
        ]}
      />
      {publication.status === 'published' && desk.maySend && (
        <p class="govuk-body">
          <a class="govuk-link govuk-!-font-weight-bold" href={`${desk.path}/hide`}>
            Hide the account of what happened, at once
          </a>
        </p>
      )}
      <Words {...props} />
      <Files {...props} />
      <Sheets {...props} />
      <DayForm {...props} />
      <Plan {...props} />
      <Days {...props} />
      <PublishForm {...props} />
      {publication.status === 'preparing' && publication.manner !== 'withheld' && desk.maySend && (
        <ElsewhereForm {...props} />
      )}
      {publication.status !== 'preparing' && desk.maySend && <NoteForm {...props} />}
      {desk.acts.length > 0 && (
        <section aria-labelledby="acts">
          <h2 class="govuk-heading-m" id="acts">
            What was done
          </h2>
          <p class="govuk-body">Reasons are kept here and are never public.</p>
          <ul class="govuk-list govuk-list--spaced">
            {desk.acts.map(({ act, reason, inTheWay, by, at }) => (
              <li>
                <strong>{acts[act]}</strong>, {formatMoment(at)}, {by}.
                {inTheWay.length > 0 && ` Although: ${inTheWay.join('; ')}.`}
                {reason && ` ${act === 'elsewhere' ? 'Where' : 'Reason'}: ${reason}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Words({ desk }: Props) {
  const { publication, missing, path, mayWrite } = desk
  const { text } = publication
  return (
    <section aria-labelledby="words">
      <h2 class="govuk-heading-m" id="words">
        The public page
      </h2>
      {missing.length > 0 ? (
        <>
          <p class="govuk-body">Still to be written or chosen:</p>
          <ul class="govuk-list govuk-list--bullet">
            {missing.map(({ field, text: words }) => (
              <li>
                {mayWrite ? (
                  <a class="govuk-link" href={`${path}/words#${field}`}>
                    {words}
                  </a>
                ) : (
                  words
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="govuk-body">
          “{text.title}”. What happened: {text.narrative ? narratives[text.narrative].toLowerCase() : 'not chosen'}.
          Search engines: {text.index}. Feed: {text.feed}. The family’s view: {text.familyView}
        </p>
      )}
      <ul class="govuk-list">
        {mayWrite && (
          <li>
            <a class="govuk-link" href={`${path}/words`}>
              Change the words and choices
            </a>
          </li>
        )}
        <li>
          <a class="govuk-link" href={`${path}/preview`}>
            See the page as it would stand
          </a>
        </li>
        {mayWrite && (
          <li>
            <a class="govuk-link" href={`${path}/recognised`}>
              Who could be recognised
            </a>
          </li>
        )}
        <li>
          <a class="govuk-link" href={`${path}/justification`}>
            Not publishing in full: tell the Panel and the Secretary of State why
          </a>
        </li>
      </ul>
    </section>
  )
}

function Sheets({ desk }: Props) {
  if (!desk.mayWrite) return null
  return (
    <section aria-labelledby="sheets">
      <h2 class="govuk-heading-m" id="sheets">
        Learning sheets
      </h2>
      <p class="govuk-body">One page for each sector: what happened, what we learnt, what to ask on Monday.</p>
      <ul class="govuk-list">
        {(Object.keys(sectors) as Sector[]).map(sector => (
          <li>
            <a class="govuk-link" href={`${desk.path}/sheets/${sector}`}>
              {sectors[sector]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Files({ request, desk, errors, posted }: Props) {
  const { files, path, mayWrite } = desk
  return (
    <section aria-labelledby="files">
      <h2 class="govuk-heading-m" id="files">
        Documents for the public
      </h2>
      {files.length === 0 ? (
        <p class="govuk-body">
          None. They are public together with the account of what happened, and are hidden with it.
        </p>
      ) : (
        <ul class="govuk-list govuk-list--spaced">
          {files.map(file => (
            <li>
              {file.title} ({file.extension.toUpperCase()}). Cleared by {file.clearedBy}, {formatMoment(file.clearedAt)}
              .
              {mayWrite && (
                <form method="post" action={`${path}/files/remove`}>
                  <FormToken visitor={request.visitor} />
                  <input type="hidden" name="file" value={file.id} />
                  <Button text={`Remove ${file.title}`} classes="govuk-button--secondary govuk-!-margin-bottom-2" />
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Details summaryText="Add a document" open={errorAt(errors, 'fileTitle', 'cleared', 'file') !== undefined}>
          <form method="post" action={`${path}/files`} enctype="multipart/form-data" novalidate>
            <FormToken visitor={request.visitor} />
            <Input
              name="fileTitle"
              label={{ text: 'What it is called on the public page' }}
              value={textIn(posted, 'fileTitle')}
              errorMessage={errorAt(errors, 'fileTitle')}
            />
            <FileUpload
              name="file"
              label={{ text: 'PDF, Word (.docx) or OpenDocument (.odt)' }}
              hint={{ text: 'A file with tracked changes or comments is refused.' }}
              errorMessage={errorAt(errors, 'file')}
            />
            <Checkboxes
              name="cleared"
              errorMessage={errorAt(errors, 'cleared')}
              items={[{ value: 'yes', text: 'I have read it to its end, and clear it for the public' }]}
            />
            <Button text="Add the document" preventDoubleClick />
          </form>
        </Details>
      )}
    </section>
  )
}

function DayForm({ request, desk, errors, posted }: Props) {
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

function ElsewhereForm({ request, desk, errors, posted }: Props) {
  return (
    <Details summaryText="It was published elsewhere" open={errorAt(errors, 'where', 'elsewhereOn') !== undefined}>
      <form method="post" action={`${desk.path}/elsewhere`} novalidate>
        <FormToken visitor={request.visitor} />
        <p class="govuk-body">
          For example on the website of the partnership. What was published is recorded with the local review.
        </p>
        <DayInput
          name="elsewhereOn"
          legend="On which day?"
          typed={datePartsIn(posted, 'elsewhereOn')}
          errors={errors}
        />
        <Input
          name="where"
          label={{ text: 'Where?' }}
          hint={{ text: 'The address of the page.' }}
          value={textIn(posted, 'where')}
          errorMessage={errorAt(errors, 'where')}
        />
        <Button text="Record it" classes="govuk-button--secondary" />
      </form>
    </Details>
  )
}

function Plan({ request, desk, errors, posted }: Props) {
  const { path, mayWrite } = desk
  const { steps } = desk.around
  return (
    <section aria-labelledby="plan">
      <h2 class="govuk-heading-m" id="plan">
        The day: who is told first
      </h2>
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

function tellDay({ kind, what, fromOn, lastOn }: SensitiveDate): string {
  const until = lastOn ? ` to ${formatDate(lastOn)}` : kind === 'trial' ? ', no end known' : ''
  return `${sensitiveKinds[kind]}: ${what}, ${formatDate(fromOn)}${until}`
}

function Days({ request, desk, errors, posted }: Props) {
  const { path, mayWrite, today } = desk
  const { dates, processes } = desk.around
  return (
    <section aria-labelledby="days">
      <h2 class="govuk-heading-m" id="days">
        Days to keep clear
      </h2>
      {processes.map(({ body, reference }) => (
        <p class="govuk-body">
          <Tag text="In the way" classes="govuk-tag--red" /> A related process delays publication:{' '}
          {[body, reference].filter(Boolean).join(', ')}. It is kept with the local review.
        </p>
      ))}
      {dates.length === 0 && <p class="govuk-body">None is recorded. Ask the police and the family.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {dates.map(date => (
          <li>
            {tellDay(date)}{' '}
            {date.endedAt ? (
              <Tag text="Over" classes="govuk-tag--grey" />
            ) : isLive(date, today) ? (
              <Tag text="In the way today" classes="govuk-tag--red" />
            ) : null}
            {date.id === undefined && 'From the record of contact with the family. '}
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

function PublishForm({ request, desk, errors, posted }: Props) {
  const { publication, obstacles, tooEarly, missing, maySend, path } = desk
  const others = obstacles.filter(words => words !== tooEarly)
  const again = publication.firstPublishedOn !== undefined
  return (
    <section aria-labelledby="publish-heading">
      <h2 class="govuk-heading-m" id="publish-heading">
        {again ? 'Publish it anew' : 'Publish'}
      </h2>
      {tooEarly && (
        <>
          <WarningText iconFallbackText="Warning" text={`${tooEarly}.`} />
          <p class="govuk-body">
            The Panel and the Secretary of State must have the text at least seven working days before.{' '}
            <a class="govuk-link" href={`/incidents/${publication.incidentId}/local-review/sent-ahead`}>
              Send it ahead, or see what was sent
            </a>
          </p>
        </>
      )}
      {others.length > 0 && (
        <InsetText>
          <p class="govuk-body">In the way today:</p>
          <ul class="govuk-list govuk-list--bullet">
            {others.map(words => (
              <li>{words}</li>
            ))}
          </ul>
        </InsetText>
      )}
      {publication.manner === 'withheld' ? (
        <p class="govuk-body">It is withheld: nothing of it is published.</p>
      ) : missing.length > 0 ? (
        <p class="govuk-body">The public page is not complete yet.</p>
      ) : maySend ? (
        <form method="post" action={`${path}/publish`} novalidate id="publish">
          <FormToken visitor={request.visitor} />
          <input type="hidden" name="revision" value={publication.revision} />
          {again && (
            <Textarea
              name="note"
              label={{ text: 'What has changed since' }}
              hint={{ text: 'Public, with the day.' }}
              rows={2}
              value={textIn(posted, 'note')}
              errorMessage={errorAt(errors, 'note')}
            />
          )}
          {obstacles.length > 0 && (
            <Textarea
              name="reason"
              label={{ text: 'Why it is published all the same' }}
              hint={{ text: 'Kept with your name. Never public.' }}
              rows={2}
              value={textIn(posted, 'reason')}
              errorMessage={errorAt(errors, 'reason')}
            />
          )}
          <Button text={again ? 'Publish it anew' : 'Publish now'} preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">The business manager publishes it.</p>
      )}
    </section>
  )
}

function NoteForm({ request, desk, errors, posted }: Props) {
  return (
    <section aria-labelledby="note-heading">
      <h2 class="govuk-heading-m" id="note-heading">
        Say what has changed since
      </h2>
      <form method="post" action={`${desk.path}/notes`} novalidate>
        <FormToken visitor={request.visitor} />
        <Textarea
          name="changed"
          label={{ text: 'A dated note on the public page' }}
          rows={2}
          value={textIn(posted, 'changed')}
          errorMessage={errorAt(errors, 'changed')}
        />
        <Button text="Add the note" classes="govuk-button--secondary" />
      </form>
    </section>
  )
}

/** Begins: the number is drawn, and the plan of the day stands. */
export function BeginPage({ request, path, mayWrite }: { request: FastifyRequest; path: string; mayWrite: boolean }) {
  return (
    <>
      <h1 class="govuk-heading-l">Publishing the review</h1>
      <p class="govuk-body">
        Here you write the public page, clear its documents, plan whom to tell first on the day, and publish. Nothing is
        public before you press “Publish now”.
      </p>
      {mayWrite ? (
        <form method="post" action={`${path}/start`}>
          <FormToken visitor={request.visitor} />
          <Button text="Begin to prepare it" preventDoubleClick />
        </form>
      ) : (
        <p class="govuk-body">The business manager has not begun to prepare it.</p>
      )}
    </>
  )
}

/** One page, one reason, one button. */
export function HidePage({
  request,
  publication,
  path,
  reason,
  errors,
}: {
  request: FastifyRequest
  publication: Publication
  path: string
  reason: string
  errors: readonly FieldError[]
}) {
  return (
    <>
      <span class="govuk-caption-l">{publication.number}</span>
      <h1 class="govuk-heading-l">Hide the account of what happened</h1>
      <p class="govuk-body">
        From the moment you press the button nobody reads it here any more, and no document either. Number, learning and
        recommendations stay. The page says only that the account is not public at present.
      </p>
      <p class="govuk-body">
        Search engines and people may hold copies that we cannot reach. Ask the press office to ask for them.
      </p>
      <form method="post" action={`${path}/hide`} novalidate>
        <FormToken visitor={request.visitor} />
        <Textarea
          name="reason"
          label={{ text: 'Reason', classes: 'govuk-label--m' }}
          hint={{ text: 'For example, a retrial was ordered. Kept with your name. Never public.' }}
          rows={3}
          value={reason}
          errorMessage={errorAt(errors, 'reason')}
        />
        <Button text="Hide it now" classes="govuk-button--warning" preventDoubleClick />
      </form>
    </>
  )
}
