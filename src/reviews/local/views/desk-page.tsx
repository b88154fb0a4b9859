import { may, type Acting } from '../../../platform/acting.ts'
import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { Button, InsetText, SummaryList, TaskList } from '../../../platform/web/index.ts'
import { TimeLeft } from '../../../reference-data/index.ts'
import { localReviewCriteria } from '../../rapid/rapid-review-form.ts'
import { decisionSources, outcomes } from '../decision-form.ts'
import { copyDueOn, earliestPublication, sixMonths } from '../local-review.ts'
import { isStale } from '../related/related-process.ts'
import { isDated } from '../stages/stages.ts'
import type { FurtherIncident } from '../../further-incidents.ts'
import type { LearningPoint } from '../learning/learning-point.ts'
import { nextStep, notToldOfDecision, pausesOf, type Progress } from '../waiting.ts'
import { pathOf } from '../path.ts'
import { Heading, Lines, overtakenWords } from './parts.tsx'

export interface DeskPageProps {
  acting: Acting
  about: string | undefined
  progress: Progress
  learning: readonly LearningPoint[]
  further: readonly FurtherIncident[]
  today: CivilDate
}

/** Where everybody who works on a local review begins: what is next, the days that bind, how far it is, ways on. */
export function DeskPage({ acting, about, progress, learning, further, today }: DeskPageProps) {
  const { review, waits, stages } = progress
  const path = pathOf(review.incidentId)
  const leads = may(acting, 'lead', 'local-review')
  const next = leads ? nextStep(progress) : undefined
  return (
    <>
      <Heading review={review}>Local review</Heading>
      {about && <p class="govuk-body-l">{about}</p>}
      <WhatIsNext {...{ progress, next, today }} />
      <h2 class="govuk-heading-m">Why it waits</h2>
      {waits.length === 0 ? (
        <p class="govuk-body">Nothing that is recorded keeps this review waiting.</p>
      ) : (
        <>
          <p class="govuk-body">{waits[0]!.sentence}</p>
          <p class="govuk-body">
            <a class="govuk-link" href={`${path}/why`}>
              Why this review waits{waits.length > 1 && `: all ${waits.length} reasons`}, and who can move it
            </a>
          </p>
        </>
      )}
      <h2 class="govuk-heading-m">The days that law and guidance ask for</h2>
      <DatedPoints {...{ acting, progress, path, leads, today }} />
      <h2 class="govuk-heading-m">Stages</h2>
      <TaskList
        idPrefix="stages"
        items={stages.map(({ key, label, record, overtaken }) => ({
          title: { text: label },
          status: overtaken
            ? { text: overtakenWords(record) }
            : !record
              ? { tag: { text: 'Not begun', classes: 'govuk-tag--grey' } }
              : record.closedOn
                ? { text: `Done ${formatDate(record.closedOn)}` }
                : { tag: { text: `Since ${formatDate(record.openedOn)}`, classes: 'govuk-tag--light-blue' } },
          href: isDated(key) || !may(acting, 'write', 'local-review') ? undefined : `${path}/stages/${key}`,
        }))}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={`${path}/stages`}>
          Who opened and closed each stage
        </a>
      </p>
      <h2 class="govuk-heading-m">The work</h2>
      <Ways {...{ acting, progress, learning, further, path, today }} />
      <h2 class="govuk-heading-m">The decision</h2>
      <SummaryList
        rows={[
          { key: { text: 'Decided' }, value: { text: formatDate(review.decidedOn) } },
          { key: { text: 'It followed from' }, value: { text: decisionSources[review.decidedFrom] } },
          {
            key: { text: 'Criteria' },
            value: {
              children:
                review.criteria.length === 0 ? (
                  'None of regulation 11'
                ) : (
                  <ul class="govuk-list">
                    {review.criteria.map(key => (
                      <li>{localReviewCriteria[key]}</li>
                    ))}
                  </ul>
                ),
            },
          },
          { key: { text: 'Reasons' }, value: { children: <Lines text={review.reasons} /> } },
        ]}
      />
      {leads && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/decision/correct`}>
            Correct the decision
          </a>
        </p>
      )}
    </>
  )
}

function WhatIsNext(props: { progress: Progress; next: ReturnType<typeof nextStep>; today: CivilDate }) {
  const { progress, next, today } = props
  const { review, stage } = progress
  if (review.closedOn) return <InsetText>Closed on {formatDate(review.closedOn)}.</InsetText>
  const expected = review.outcome ? undefined : (review.expectedOn ?? review.dueOn)
  return (
    <>
      <p class="govuk-body">
        {stage?.record ? `In the stage “${stage.label}”.` : stage ? `Before the stage “${stage.label}”.` : ''}
        {expected && (
          <>
            {' '}
            Expected on {formatDate(expected)} <TimeLeft dueOn={expected} today={today} />
          </>
        )}
      </p>
      {next && (
        <div class="wv-way-on">
          <Button text={next.text} href={`/incidents/${review.incidentId}${next.at}`} />
        </div>
      )}
    </>
  )
}

const shortNames = { panel: 'the Panel', dfe: 'DfE', ofsted: 'Ofsted' } as const

function DatedPoints(props: { acting: Acting; progress: Progress; path: string; leads: boolean; today: CivilDate }) {
  const { acting, progress, path, leads, today } = props
  const { review, waiting } = progress
  const months = sixMonths(review, pausesOf(waiting), today)
  const change = (href: string, text: string, what: string) =>
    leads ? { actions: { items: [{ href: `${path}${href}`, text, visuallyHiddenText: what }] } } : {}
  const untold = notToldOfDecision(progress).map(whom => shortNames[whom])
  return (
    <SummaryList
      rows={[
        {
          key: { text: 'Decision' },
          value: {
            children: (
              <>
                {formatDate(review.decidedOn)}
                <br />
                {untold.length === 0
                  ? 'The Panel, Ofsted and DfE were told.'
                  : `Still to be told: ${untold.join(', ')}.`}
              </>
            ),
          },
          ...change('/told/new', 'Tell', 'of the decision'),
        },
        {
          key: { text: 'Six months' },
          value: {
            children: (
              <>
                {formatDate(months.dueOn)} {!review.outcomeOn && <TimeLeft dueOn={months.dueOn} today={today} />}
                {months.withoutPausesOn && (
                  <>
                    <br />
                    The guidance knows no pause. Six months of work, without the days on which it stood still, end on{' '}
                    {formatDate(months.withoutPausesOn)}
                    {months.status === 'paused' || waiting.extensions.some(each => each.stillFrom && !each.stillUntil)
                      ? ' at the earliest.'
                      : '.'}
                  </>
                )}
              </>
            ),
          },
          ...change('/extensions/new', 'Extend', 'the review'),
        },
        {
          key: { text: 'Copy to the Panel and the Secretary of State' },
          value: {
            text: review.sentAheadOn
              ? `Sent ${formatDate(review.sentAheadOn)}. Publication from ${formatDate(earliestPublication(review.sentAheadOn))}.`
              : review.outcome
                ? 'None is recorded'
                : review.publishOn
                  ? `By ${formatDate(copyDueOn(review.publishOn))}, to publish on ${formatDate(review.publishOn)}`
                  : 'At least seven working days before publication; no day is planned',
          },
          ...change('/sent-ahead/new', 'Send', 'the review ahead'),
        },
        {
          key: { text: 'Publication' },
          value: {
            text:
              review.outcome && review.outcomeOn
                ? `${outcomes[review.outcome]}: ${formatDate(review.outcomeOn)}.${review.keepUntil ? ` Public until ${formatDate(review.keepUntil)} at least.` : ''}`
                : review.publishOn
                  ? `Planned for ${formatDate(review.publishOn)}, then public for a year at least`
                  : 'No day is planned. Public for a year at least',
          },
          ...(may(acting, 'write', 'publication') && {
            actions: {
              items: [
                {
                  href: `/incidents/${review.incidentId}/publication`,
                  text: review.outcome ? 'See' : review.sentAheadOn ? 'Publish' : 'Plan',
                  visuallyHiddenText: 'the publication',
                },
              ],
            },
          }),
        },
      ]}
    />
  )
}

function Ways(props: {
  acting: Acting
  progress: Progress
  learning: readonly LearningPoint[]
  further: readonly FurtherIncident[]
  path: string
  today: CivilDate
}) {
  const { acting, progress, learning, further, path, today } = props
  const { reviewers, waiting, extensions, requests, told } = progress
  const working = reviewers.filter(({ appointedOn, endedOn }) => appointedOn && !endedOn)
  const late = waiting.requests.filter(({ answered, dueOn }) => !answered && dueOn < today)
  const stale = waiting.processes.filter(each => isStale(each, today, waiting.daysUntilStale))
  const cleared = learning.filter(point => point.cleared)
  const way = (text: string, at: string, state: string, urgent?: string) => ({
    title: { text },
    href: `${path}${at}`,
    status: urgent ? { tag: { text: urgent, classes: 'govuk-tag--yellow' } } : { text: state },
  })
  return (
    <TaskList
      idPrefix="ways"
      items={[
        way('Reviewers', '/reviewers', working.map(({ name }) => name).join(', ') || 'Nobody appointed'),
        way('Terms of reference', '/terms', waiting.termsAgreed ? 'Agreed' : 'Not agreed'),
        way(
          'Report',
          '/report',
          'Versions, comments, facts, signatures',
          waiting.signaturesMissing && `${waiting.signaturesMissing.length} of 3 signatures missing`,
        ),
        way(
          'Written requests',
          '/requests',
          count(requests.length, 'request'),
          late.length > 0 ? `${late.length} late` : undefined,
        ),
        may(acting, 'write', 'local-review') && way('The reviewer’s bench', '/bench', 'Contacts, notes, themes, days'),
        way(
          'Related processes',
          '/related',
          count(waiting.processes.length, 'process', 'processes'),
          stale.length > 0 ? 'Ask how far' : undefined,
        ),
        way(
          'Learning points',
          '/learning',
          learning.length === 0 ? 'None' : `${cleared.length} of ${learning.length} safe to share`,
        ),
        way('Incidents of this review', '/incidents', further.length === 0 ? 'One' : `${further.length + 1}`),
        may(acting, 'read', 'recommendation-draft') && {
          title: { text: 'Recommendations' },
          href: `/incidents/${progress.review.incidentId}/recommendations`,
          status: { text: 'Written, issued, answered' },
        },
        may(acting, 'read', 'action') && {
          title: { text: 'Actions' },
          href: `/incidents/${progress.review.incidentId}/changed`,
          status: { text: 'What changed because of this review' },
        },
        way('Extensions', '/extensions', count(extensions.length, 'extension')),
        way('Who was told of the decision', '/told', count(told.length, 'time')),
        may(acting, 'read', 'family-contact') && {
          title: { text: 'The family' },
          href: `/incidents/${progress.review.incidentId}/family`,
          status: { text: 'Contact, words, reading' },
        },
        may(acting, 'write', 'publication') && {
          title: { text: 'Publication' },
          href: `/incidents/${progress.review.incidentId}/publication`,
          status: { text: progress.review.outcome ? outcomes[progress.review.outcome] : 'Words, plan, day' },
        },
        way(
          'Sent ahead of publication',
          '/sent-ahead',
          progress.review.sentAheadOn ? formatDate(progress.review.sentAheadOn) : 'Not yet',
        ),
      ]}
    />
  )
}

function count(number: number, one: string, several = `${one}s`): string {
  return number === 0 ? 'None' : `${number} ${number === 1 ? one : several}`
}
