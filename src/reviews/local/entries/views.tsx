import { SummaryList, Tag } from '../../../platform/web/index.ts'
import { TimeLeft } from '../../../reference-data/index.ts'
import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { may } from '../../../platform/acting.ts'
import { AnswerCards } from '../../../platform/questionnaire/index.ts'
import { Add, card, Heading, Lines, onDay, row, type PageProps } from '../views/parts.tsx'
import { pathOf } from '../path.ts'
import type { LocalReview } from '../local-review.ts'
import type { Entry } from './store.ts'
import { extensionReasons, toldForm } from './entry-forms.ts'

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
