import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate, formatMoment, isCivilDate, type CivilDate } from '../../../platform/dates.ts'
import { AnswerCards } from '../../../platform/questionnaire/index.ts'
import { Button, FormToken, InsetText, SummaryList, Tag } from '../../../platform/web/index.ts'
import { themes, TimeLeft } from '../../../reference-data/index.ts'
import { IdentifyingCheckLink, type CheckedWords } from '../../../documents/index.ts'
import type { DraftVersion } from '../../drafting/draft.ts'
import { ParagraphWords } from '../../drafting/views/version-page.tsx'
import type { FurtherIncident } from '../../further-incidents.ts'
import { judgements, sentThings, sentTo } from '../decision-form.ts'
import { extensionReasons, toldForm } from '../entry-forms.ts'
import type { Entry } from '../entry-store.ts'
import { clearingAsked, type LearningPoint } from '../learning-point.ts'
import type { LocalReview } from '../local-review.ts'
import { isStale, processEffects, processKinds, processStatuses, type RelatedProcess } from '../related-process.ts'
import { isDated } from '../stages.ts'
import type { Reviewer, Sending } from '../store.ts'
import type { Progress } from '../waiting.ts'
import { pathOf } from '../path.ts'
import { Heading, Lines, overtakenWords } from './parts.tsx'

interface PageProps {
  acting: Acting
  review: LocalReview
}

const onDay = (answer: unknown) => (typeof answer === 'string' && isCivilDate(answer) ? formatDate(answer) : '')

function Add({
  acting,
  review,
  right,
  at,
  children,
}: PageProps & { right: 'write' | 'lead'; at: string; children: string }) {
  if (!may(acting, right, 'local-review')) return null
  return <Button text={children} href={`${pathOf(review.incidentId)}${at}`} />
}

function card(title: string, actions: { href: string; text: string }[]) {
  return {
    title: { text: title, headingLevel: 2 as const },
    actions: { items: actions },
  }
}

const row = (key: string, children: ComponentChildren) =>
  children !== undefined && children !== '' && { key: { text: key }, value: { children } }

export function ReviewersPage({
  acting,
  review,
  reviewers,
  days,
}: PageProps & { reviewers: readonly Reviewer[]; days: readonly Entry<'days'>[] }) {
  const path = `${pathOf(review.incidentId)}/reviewers`
  const leads = may(acting, 'lead', 'local-review')
  return (
    <>
      <Heading review={review}>Reviewers</Heading>
      <p class="govuk-body">
        A reviewer declares what could be a conflict of interest, the partners judge it, and then they are appointed.
        Nobody whom a decision keeps out is appointed.
      </p>
      {reviewers.map(reviewer => (
        <SummaryList
          card={card(
            reviewer.name,
            !leads || reviewer.endedOn
              ? []
              : [
                  ...(reviewer.appointedOn ? [] : [{ href: `${path}/${reviewer.id}`, text: 'Change' }]),
                  ...(reviewer.appointedOn ? [] : [{ href: `${path}/${reviewer.id}/judge`, text: 'Judge' }]),
                  ...(reviewer.judgement && reviewer.judgement.decision !== 'may-not-act'
                    ? [
                        {
                          href: `${path}/${reviewer.id}/appoint`,
                          text: reviewer.appointedOn ? 'Days and account' : 'Appoint',
                        },
                      ]
                    : []),
                  { href: `${path}/${reviewer.id}/end`, text: 'End' },
                ],
          )}
          rows={[
            row('What they bring', <Lines text={reviewer.background} />),
            row(
              'They declare',
              <>
                <strong>{reviewer.declaresConflict ? 'Something that could be a conflict' : 'No conflict'}</strong>,{' '}
                {formatDate(reviewer.declaredOn)}
                <Lines text={reviewer.declaration} />
              </>,
            ),
            row(
              'Decision',
              reviewer.judgement ? (
                <>
                  {judgements[reviewer.judgement.decision]}: {reviewer.judgement.by},{' '}
                  {formatDate(reviewer.judgement.on)}
                  {reviewer.judgement.reasons && <Lines text={reviewer.judgement.reasons} />}
                </>
              ) : (
                <Tag text="Not judged yet" classes="govuk-tag--yellow" />
              ),
            ),
            row('Appointed', reviewer.appointedOn && formatDate(reviewer.appointedOn)),
            reviewer.appointedOn && row('Days', <DaysUsed reviewer={reviewer} days={days} />),
            row('Ended', reviewer.endedOn && `${formatDate(reviewer.endedOn)}: ${reviewer.endReason ?? ''}`),
          ]}
        />
      ))}
      <Add {...{ acting, review }} right="lead" at="/reviewers/new">
        Record a reviewer and what they declare
      </Add>
    </>
  )
}

function DaysUsed({ reviewer, days }: { reviewer: Reviewer; days: readonly Entry<'days'>[] }) {
  const half = days.reduce(
    (sum, { answers }) => sum + (answers.reviewer === reviewer.id ? (answers.halfDays ?? 0) : 0),
    0,
  )
  const { daysAgreed } = reviewer
  const over = daysAgreed !== undefined && half / 2 > daysAgreed
  return (
    <>
      {half / 2} used{daysAgreed === undefined ? ', none agreed' : ` of ${daysAgreed} agreed`}{' '}
      {over && <Tag text="More than agreed" classes="govuk-tag--yellow" />}
    </>
  )
}

export function RequestsPage({
  acting,
  review,
  requests,
  today,
}: PageProps & { requests: readonly Entry<'request'>[]; today: CivilDate }) {
  const path = `${pathOf(review.incidentId)}/requests`
  return (
    <>
      <Heading review={review}>Written requests</Heading>
      <p class="govuk-body">What was asked for in writing: information of an agency, or a draft of the reviewer.</p>
      {requests.length === 0 && <p class="govuk-body">Nothing has been asked for.</p>}
      {requests.map(({ id, answers }) => (
        <SummaryList
          card={card(answers.ofWhom ?? '', [
            ...(may(acting, 'write', 'local-review') ? [{ href: `${path}/${id}`, text: 'Answer or remind' }] : []),
            { href: `${path}/${id}/letter`, text: 'Letter' },
          ])}
          rows={[
            row('Asked for', <Lines text={answers.what} />),
            row('Asked', onDay(answers.askedOn)),
            row(
              'Due',
              <>
                {onDay(answers.dueOn)}{' '}
                {!answers.answeredOn && <TimeLeft dueOn={answers.dueOn as CivilDate} today={today} />}
              </>,
            ),
            row('Reminded', onDay(answers.remindedOn)),
            row('Answered', onDay(answers.answeredOn)),
            row('What came', answers.answer && <Lines text={answers.answer} />),
          ]}
        />
      ))}
      <Add {...{ acting, review }} right="write" at="/requests/new">
        Write a request
      </Add>
    </>
  )
}

/** To print, or to copy into a mail. */
export function RequestLetterPage({
  review,
  request,
  from,
}: {
  review: LocalReview
  request: Entry<'request'>
  from: string
}) {
  const { ofWhom, what, why, kind, askedOn, dueOn } = request.answers
  return (
    <>
      <p class="govuk-body">{review.partnershipName}</p>
      <p class="govuk-body">{onDay(askedOn)}</p>
      <p class="govuk-body">To {ofWhom}</p>
      <h1 class="govuk-heading-m">
        Local child safeguarding practice review {review.reference}: request for{' '}
        {kind === 'draft' ? 'a draft' : 'information'}
      </h1>
      <p class="govuk-body">
        The safeguarding partners are carrying out a local child safeguarding practice review under Part 3 of the Child
        Safeguarding Practice Review and Relevant Agency (England) Regulations 2018. They ask you for:
      </p>
      <Lines text={what} />
      <p class="govuk-body">It is needed because:</p>
      <Lines text={why} />
      <p class="govuk-body">
        Please answer by <strong>{onDay(dueOn)}</strong>. If you cannot, say so before that day, and by when you can.
      </p>
      <p class="govuk-body">{from}</p>
      <p class="govuk-body">For the safeguarding partners</p>
    </>
  )
}

export function ExtensionsPage({
  acting,
  review,
  extensions,
}: PageProps & { extensions: readonly Entry<'extension'>[] }) {
  const path = `${pathOf(review.incidentId)}/extensions`
  const told = (day: unknown) => onDay(day) || <Tag text="Not told" classes="govuk-tag--yellow" />
  return (
    <>
      <Heading review={review}>Extensions</Heading>
      <p class="govuk-body">
        The six months from the decision end on {formatDate(review.dueOn)}. Where the review takes longer, say why,
        until when, who approved it, and tell the Panel, DfE and Ofsted.
      </p>
      {extensions.length === 0 && <p class="govuk-body">There is no extension.</p>}
      {extensions.map(({ id, answers }) => (
        <SummaryList
          card={card(
            extensionReasons[answers.reason ?? 'other'],
            may(acting, 'lead', 'local-review') ? [{ href: `${path}/${id}`, text: 'Change' }] : [],
          )}
          rows={[
            row('It waits for', <Lines text={answers.explanation} />),
            row('Expected', onDay(answers.expectedOn)),
            row('Approved', `${answers.approvedBy ?? ''}, ${onDay(answers.approvedOn)}`),
            answers.standsStill === 'yes' &&
              row(
                'Stands still',
                `From ${onDay(answers.stillFrom)} ${answers.stillUntil ? `until ${onDay(answers.stillUntil)}` : 'on'}`,
              ),
            row('The Panel told', told(answers.toldPanelOn)),
            row('DfE told', told(answers.toldDfeOn)),
            row('Ofsted told', told(answers.toldOfstedOn)),
          ]}
        />
      ))}
      <Add {...{ acting, review }} right="lead" at="/extensions/new">
        Extend the review
      </Add>
    </>
  )
}

export function ToldPage({ acting, review, told }: PageProps & { told: readonly Entry<'told'>[] }) {
  return (
    <>
      <Heading review={review}>Who was told of the decision</Heading>
      <p class="govuk-body">The Panel, Ofsted and DfE are told that there is a review, and the name of the reviewer.</p>
      {told.length === 0 && <p class="govuk-body">Nobody has been told.</p>}
      {told.map(({ answers }) => (
        <AnswerCards questionnaire={toldForm} answers={answers} />
      ))}
      <Add {...{ acting, review }} right="lead" at="/told/new">
        Record who was told
      </Add>
    </>
  )
}

export function RelatedPage(
  props: PageProps & {
    request: FastifyRequest
    processes: readonly RelatedProcess[]
    today: CivilDate
    daysUntilStale: number
  },
) {
  const { acting, review, request, processes, today, daysUntilStale } = props
  const path = `${pathOf(review.incidentId)}/related`
  const writes = may(acting, 'write', 'local-review')
  return (
    <>
      <Heading review={review}>Related processes</Heading>
      <p class="govuk-body">
        What runs beside this review, and what it means for it. Learning does not wait for it: share{' '}
        <a class="govuk-link" href={`${pathOf(review.incidentId)}/learning`}>
          learning points
        </a>{' '}
        as soon as their words are cleared. What was not checked for {daysUntilStale} days asks to be.
      </p>
      {processes.length === 0 && <p class="govuk-body">No other process is known.</p>}
      {processes.map(process => (
        <>
          <SummaryList
            card={card(
              `${processKinds[process.kind]}, ${process.body}`,
              writes ? [{ href: `${path}/${process.id}`, text: 'Change' }] : [],
            )}
            rows={[
              row('Reference', process.reference),
              row('How far', processStatuses[process.status]),
              row('Expected to end', process.expectedEndOn ? formatDate(process.expectedEndOn) : 'Nobody can say'),
              row('For this review', processEffects[process.effect]),
              row('Whom we ask', process.contact),
              row('Said last', process.notes && <Lines text={process.notes} />),
              row(
                'Checked',
                <>
                  {formatDate(process.checkedOn)}
                  {process.checkedBy && `, ${process.checkedBy}`}{' '}
                  {isStale(process, today, daysUntilStale) && (
                    <Tag text="Ask how far it is" classes="govuk-tag--yellow" />
                  )}
                </>,
              ),
            ]}
          />
          {writes && isStale(process, today, daysUntilStale) && (
            <form method="post" action={`${path}/${process.id}/checked`}>
              <FormToken visitor={request.visitor} />
              <Button classes="govuk-button--secondary">
                I asked today: nothing has changed
                <span class="govuk-visually-hidden">
                  {' '}
                  in {processKinds[process.kind]}, {process.body}
                </span>
              </Button>
            </form>
          )}
        </>
      ))}
      <Add {...{ acting, review }} right="write" at="/related/new">
        Add a process
      </Add>
    </>
  )
}

export function LearningPage({ acting, review, points }: PageProps & { points: readonly LearningPoint[] }) {
  const path = `${pathOf(review.incidentId)}/learning`
  const leads = may(acting, 'lead', 'local-review')
  return (
    <>
      <Heading review={review}>Learning points</Heading>
      <p class="govuk-body">
        What was learnt stands apart from the report. Once its words are cleared a point can be shared, and acted on,
        before anything is published.
      </p>
      {points.length === 0 && <p class="govuk-body">There is none yet.</p>}
      {points.map(point => (
        <SummaryList
          card={card(`Learning point ${point.number}`, [
            ...(may(acting, 'write', 'local-review') && (leads || !point.cleared)
              ? [{ href: `${path}/${point.id}`, text: 'Change' }]
              : []),
            ...(may(acting, 'write', 'local-review')
              ? [{ href: `${path}/${point.id}/recognised`, text: 'Who could be recognised' }]
              : []),
            ...(leads
              ? [{ href: `${path}/${point.id}/clear`, text: point.cleared ? 'Clear anew' : 'Clear to be shared' }]
              : []),
          ])}
          rows={[
            row('What was learnt', <Lines text={point.text} />),
            row('Theme', themes[point.theme]),
            row(
              'Safe to share now',
              point.cleared ? (
                <>
                  <InsetText>
                    <Lines text={point.cleared.text} />
                  </InsetText>
                  Cleared by {point.cleared.by} on {formatDate(point.cleared.on)}. Asked:{' '}
                  {clearingAsked[point.cleared.asked]}
                  {point.cleared.askedOn && `, ${formatDate(point.cleared.askedOn)}`}
                  {point.cleared.answer && `. ${point.cleared.answer}`}
                </>
              ) : (
                'No: nobody has cleared words'
              ),
            ),
          ]}
        />
      ))}
      <Add {...{ acting, review }} right="write" at="/learning/new">
        Add a learning point
      </Add>
    </>
  )
}

export function StagesPage({ acting, progress }: { acting: Acting; progress: Progress }) {
  const { review, stages } = progress
  const path = pathOf(review.incidentId)
  return (
    <>
      <Heading review={review}>Stages</Heading>
      <p class="govuk-body">
        The order is a recommendation. The decision, the copy sent ahead and publication follow from their own records.
      </p>
      <SummaryList
        rows={stages.map(({ key, label, record, overtaken }) => ({
          key: { text: label },
          value: {
            children: overtaken ? (
              overtakenWords(record)
            ) : record ? (
              isDated(key) ? (
                formatDate(record.openedOn)
              ) : (
                <>
                  Opened {formatDate(record.openedOn)}
                  {record.openedBy && ` by ${record.openedBy}`}
                  {record.closedOn && (
                    <>
                      <br />
                      Closed {formatDate(record.closedOn)}
                      {record.closedBy && ` by ${record.closedBy}`}
                    </>
                  )}
                </>
              )
            ) : (
              'Not begun'
            ),
          },
          ...(may(acting, 'write', 'local-review') &&
            !isDated(key) && {
              actions: { items: [{ href: `${path}/stages/${key}`, text: 'Change', visuallyHiddenText: label }] },
            }),
        }))}
      />
      {may(acting, 'lead', 'local-review') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/local-reviews/stages">
            Rename, reorder, add or leave out stages of your partnership
          </a>
        </p>
      )}
    </>
  )
}

/** The incidents of a review: that which it began with, and others that belong to it. */
export function IncidentsPage({
  acting,
  request,
  review,
  further,
}: PageProps & { request: FastifyRequest; further: readonly FurtherIncident[] }) {
  const writes = may(acting, 'write', 'local-review')
  const incidents = [{ incidentId: review.incidentId, reference: review.reference }, ...further]
  return (
    <>
      <Heading review={review}>Incidents of this review</Heading>
      <p class="govuk-body">
        A review can be about several incidents. Each keeps its own record; who sees this review sees of the others only
        what their own work lets them see.
      </p>
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-table__caption--m">This review is about</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              Incident
            </th>
            <th scope="col" class="govuk-table__header">
              {writes ? 'Change' : 'Since'}
            </th>
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {incidents.map(({ incidentId, reference }) => (
            <tr class="govuk-table__row">
              <td class="govuk-table__cell">
                <a class="govuk-link" href={`/incidents/${incidentId}`}>
                  {reference}
                </a>
              </td>
              <td class="govuk-table__cell">
                {incidentId === review.incidentId ? (
                  'The review began with it'
                ) : writes ? (
                  <form method="post" action={`${pathOf(review.incidentId)}/incidents/${incidentId}/remove`}>
                    <FormToken visitor={request.visitor} />
                    <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                      Take out<span class="govuk-visually-hidden"> {reference}</span>
                    </Button>
                  </form>
                ) : (
                  'Added later'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Add {...{ acting, review }} right="write" at="/incidents/new">
        Add an incident
      </Add>
    </>
  )
}

/** What the Panel, the Department and Ofsted read before publication. */
export function SentReportPage({
  review,
  sending,
  version,
}: {
  review: LocalReview
  sending: Sending
  version: DraftVersion
}) {
  return (
    <>
      <Heading review={review}>The report as it was sent ahead</Heading>
      <p class="govuk-body">
        Version {version.version}, sent on {formatDate(sending.sentOn)} to{' '}
        {sending.sentTo.map(whom => sentTo[whom]).join(', ')}. It is not public.
      </p>
      {version.paragraphs.map(paragraph => (
        <ParagraphWords paragraph={paragraph} />
      ))}
    </>
  )
}

export function SentAheadPage({
  acting,
  review,
  sendings,
  recognised,
}: PageProps & { sendings: readonly Sending[]; recognised: readonly CheckedWords[] | undefined }) {
  return (
    <>
      <Heading review={review}>Sent ahead of publication</Heading>
      <p class="govuk-body">
        {review.partnershipName} sends the review to the Panel and the Secretary of State at least seven working days
        before it is published, and to Ofsted.
      </p>
      {sendings.length === 0 && <p class="govuk-body">Nothing was sent yet.</p>}
      {sendings.map(sending => (
        <SummaryList
          card={card(formatDate(sending.sentOn), [])}
          rows={[
            row('What', sentThings[sending.what]),
            row('To', sending.sentTo.map(whom => sentTo[whom]).join(', ')),
            row(
              'Report',
              sending.version && (
                <a class="govuk-link" href={`${pathOf(review.incidentId)}/sent-ahead/${sending.id}`}>
                  Read version {sending.version}
                </a>
              ),
            ),
            row('Note', sending.note && <Lines text={sending.note} />),
            row(
              'Recorded',
              `${formatMoment(sending.recordedAt)}${sending.recordedBy ? ` by ${sending.recordedBy}` : ''}`,
            ),
          ]}
        />
      ))}
      {recognised && (
        <IdentifyingCheckLink href={`${pathOf(review.incidentId)}/sent-ahead/recognised`} found={recognised} />
      )}
      <Add {...{ acting, review }} right="lead" at="/sent-ahead/new">
        Send ahead
      </Add>
    </>
  )
}
