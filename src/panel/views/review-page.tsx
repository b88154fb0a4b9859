import type { FastifyRequest } from 'fastify'
import { may, type Acting } from '../../platform/acting.ts'
import { formatDate, formatMoment, londonDate, type CivilDate } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import type { OnIncident } from '../../platform/on-incident.ts'
import type { Lookups } from '../../platform/questionnaire/index.ts'
import { Button, Details, errorAt, FormToken, Select, SummaryList, Tag, WhoSees } from '../../platform/web/index.ts'
import { NotificationSummary, type Incident, type SentNotification } from '../../notifications/index.ts'
import type { ReviewKind } from '../../reviews/index.ts'
import { tellCheck } from '../check-review.ts'
import { copyRecipients, copyThings, type ReviewCopy } from '../confirm-copy.ts'
import { outcomesIn, type SentReview } from '../sent-review.ts'
import { answersIn, type Letter } from '../letter/letter.ts'
import { marks, markersOf } from '../quality-markers.ts'
import { letterPath, panelPath, reviewNames } from '../which-review.ts'
import type { Allocation, Consideration, PanelMember, Reading } from '../store.ts'
import { themes } from '../../reference-data/index.ts'
import { viewsOnDecision, viewsOnReview } from '../opinions.ts'
import { EarlierPoints, type EarlierPointsProps } from './earlier-points.tsx'
import { PublicationDay, SentReviewText } from './sent-review.tsx'
import { answeredWords, PanelDue, Paragraphs, StatusTag, tellOutcomes } from './parts.tsx'

export interface ReviewPageProps {
  request: FastifyRequest
  acting: Acting
  consideration: Consideration
  incident: Incident
  review: SentReview | undefined
  notification: SentNotification | undefined
  lookups: Lookups
  allocations: readonly Allocation[]
  /** Undefined for whoever does not allocate. */
  offered: { ofRegion: readonly PanelMember[]; others: readonly PanelMember[] } | undefined
  readings: readonly Reading[]
  /** Who wrote a reading and declared a conflict afterwards. */
  conflicted: ReadonlySet<string>
  letter: Letter | undefined
  copies: readonly ReviewCopy[]
  /** Of other modules, about the local review. */
  beside: readonly OnIncident[]
  earlier: EarlierPointsProps
  today: CivilDate
  errors?: readonly FieldError[]
}

export function ReviewPage(props: ReviewPageProps) {
  const { consideration, incident, review, notification, lookups, letter, today } = props
  return (
    <>
      <span class="govuk-caption-l">{incident.partnershipName}</span>
      <h1 class="govuk-heading-l">
        {reviewNames[consideration.kind]} {incident.reference}
      </h1>
      <SummaryList
        rows={[
          { key: { text: 'Stage' }, value: { children: <StatusTag status={consideration.status} /> } },
          {
            key: { text: 'Our letter' },
            value: {
              children: <PanelDue dueOn={consideration.dueOn} repliedAt={consideration.repliedAt} today={today} />,
            },
          },
          { key: { text: 'Received' }, value: { text: formatDate(londonDate(consideration.receivedAt)) } },
          ...(consideration.kind === 'rapid'
            ? [{ key: { text: 'Their decision' }, value: { text: tellOutcomes(outcomesIn(review)) } }]
            : [
                {
                  key: { text: 'Publication' },
                  value: {
                    children: (
                      <PublicationDay
                        publishOn={review?.kind === 'local' ? review.review.publishOn : undefined}
                        today={today}
                      />
                    ),
                  },
                },
                ...props.beside.flatMap(({ link }) =>
                  link
                    ? [
                        {
                          key: { text: 'Withholding' },
                          value: {
                            children: (
                              <>
                                <a class="govuk-link" href={link.href}>
                                  {link.text}
                                </a>
                                . {link.state}
                              </>
                            ),
                          },
                        },
                      ]
                    : [],
                ),
                { key: { text: 'Complete' }, value: { text: tellCheck(consideration.check) } },
              ]),
          ...(letter?.status === 'sent' ? [{ key: { text: 'Answered' }, value: { text: answeredLine(letter) } }] : []),
          { key: { text: 'Children' }, value: { children: <Children incident={incident} /> } },
        ]}
      />
      <p class="govuk-body">
        On this page:{' '}
        <a class="govuk-link" href="#review">
          the review
        </a>
        ,{' '}
        <a class="govuk-link" href="#earlier">
          what the Panel asked this area before
        </a>
        .
      </p>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <NextSteps {...props} />
          <Readings kind={consideration.kind} {...props} />
          {notification && (
            <Details summaryText="The notification as it was sent">
              <NotificationSummary answers={notification.answers} lookups={lookups} />
            </Details>
          )}
          {consideration.kind === 'local' && <Copies {...props} />}
          {review ? (
            <>
              {review.kind === 'rapid' ? (
                <p class="govuk-body" id="review">
                  Sent {formatMoment(review.sentAt)}. Signed by{' '}
                  {review.signatures.map(signature => signature.personName).join(', ') || 'nobody'}.
                </p>
              ) : (
                <h2 class="govuk-heading-m" id="review">
                  The local review as it was sent
                </h2>
              )}
              <SentReviewText review={review} />
            </>
          ) : (
            <p class="govuk-body" id="review">
              The text of the review cannot be shown to you.
            </p>
          )}
        </div>
        <div class="govuk-grid-column-one-third">
          <EarlierPoints {...props.earlier} />
        </div>
      </div>
    </>
  )
}

function answeredLine(letter: Letter): string {
  const { asked, answered } = answersIn(letter.points)
  if (asked === 0) return answeredWords['nothing-asked']
  const counted = `${answered} of ${asked} ${asked === 1 ? 'answer' : 'answers'}`
  return answered === asked ? `${answeredWords.yes}: ${counted}` : `${answeredWords['not-yet']}: ${counted}`
}

function Children({ incident }: { incident: Incident }) {
  if (incident.children.length === 0) return <>Not given</>
  return (
    <>
      {incident.children.map(child => (
        <p class="govuk-body govuk-!-margin-bottom-1">
          {[child.name ?? 'Name not known', child.age].join(', ')}
          {incident.children.length > 1 && child.isPrimary && ' (the child the review is mainly about)'}
        </p>
      ))}
    </>
  )
}

function NextSteps(props: ReviewPageProps) {
  const { request, acting, consideration, allocations, readings, letter } = props
  const path = panelPath(consideration)
  // A review that nobody has is given to somebody first; the letter comes after.
  const isGiven = allocations.length > 0 || consideration.status !== 'received'
  const own = readings.find(reading => reading.personId === acting.personId)
  const reads = may(acting, 'write', 'panel-reading') && consideration.status !== 'letter-sent'
  const checks =
    consideration.kind === 'local' && consideration.status !== 'letter-sent' && may(acting, 'write', 'panel-work')
  return (
    <section aria-labelledby="steps">
      <h2 class="govuk-heading-m" id="steps">
        What to do
      </h2>
      {!isGiven && <WhoHasIt {...props} />}
      <div class="govuk-button-group">
        {reads && (
          <Button
            text={own ? (own.finishedAt ? 'Change your reading' : 'Go on with your reading') : 'Write your reading'}
            href={`${path}/reading`}
          />
        )}
        {checks && (
          <Button
            text={consideration.check ? 'Look again whether it is complete' : 'Check whether it is complete'}
            href={`${path}/check`}
            classes={consideration.check ? 'govuk-button--secondary' : ''}
          />
        )}
        {letter?.status === 'sent' && <Button text="Read the letter" href={letterPath(consideration)} />}
        {letter?.status === 'draft' && (
          <Button text="Go on with the letter" href={`${path}/letter`} classes="govuk-button--secondary" />
        )}
        {!letter && may(acting, 'write', 'letter-draft') && (
          <form method="post" action={`${path}/letter/start`}>
            <FormToken visitor={request.visitor} />
            <Button text="Write the letter" classes="govuk-button--secondary" preventDoubleClick />
          </form>
        )}
        {may(acting, 'declare-conflict', 'panel-work') && (
          <a class="govuk-link" href={`${path}/conflict`}>
            I have a conflict of interest
          </a>
        )}
      </div>
      {isGiven && <WhoHasIt {...props} />}
    </section>
  )
}

/** Who else has the review and the letter on it. */
function Copies({ acting, consideration, copies }: ReviewPageProps) {
  return (
    <section aria-labelledby="copies">
      <h2 class="govuk-heading-m" id="copies">
        Copies
      </h2>
      {copies.length === 0 && <p class="govuk-body">No copy is noted yet.</p>}
      <ul class="govuk-list">
        {copies.map(copy => (
          <li>
            {copyThings[copy.what]} to {copyRecipients[copy.recipient]}, {formatDate(copy.sentOn)}: {copy.how}.
            Confirmed by {copy.byName}, {formatMoment(copy.confirmedAt)}.
          </li>
        ))}
      </ul>
      {may(acting, 'write', 'panel-work') && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${panelPath(consideration)}/copies`}>
            Note a copy that was sent
          </a>
        </p>
      )}
    </section>
  )
}

function WhoHasIt({ request, consideration, allocations, offered: members, errors = [] }: ReviewPageProps) {
  const path = panelPath(consideration)
  const isSent = consideration.status === 'letter-sent'
  const offered = isSent ? undefined : members
  return (
    <>
      <h3 class="govuk-heading-s">Who has it</h3>
      {allocations.length === 0 && <p class="govuk-body">Nobody yet.</p>}
      {allocations.length > 0 && (
        <ul class="govuk-list">
          {allocations.map(allocation => (
            <li>
              {allocation.name}, since {formatDate(londonDate(allocation.allocatedAt))}
              {offered && (
                <form method="post" action={`${path}/allocations/end`}>
                  <FormToken visitor={request.visitor} />
                  <input type="hidden" name="personId" value={allocation.personId} />
                  <Button classes="govuk-button--secondary govuk-!-margin-bottom-2">
                    Take it back<span class="govuk-visually-hidden"> from {allocation.name}</span>
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {isSent && members && (
        <p class="govuk-body">The letter was sent, so there is nothing left to give to a member.</p>
      )}
      {offered && (
        <form method="post" action={`${path}/allocations`}>
          <FormToken visitor={request.visitor} />
          <Select
            name="personId"
            label={{ text: 'Give it to a Panel member' }}
            hint={{ text: 'Members of the region come first. Who has a conflict of interest is not offered.' }}
            errorMessage={errorAt(errors, 'personId')}
            items={[
              { value: '', text: 'Select a member' },
              ...offered.ofRegion.map(member => ({
                value: member.personId,
                text: `${member.name} (${member.regionName})`,
              })),
              ...(offered.others.length > 0 ? [{ value: '-', text: 'Members of other regions', disabled: true }] : []),
              ...offered.others.map(member => ({
                value: member.personId,
                text: `${member.name} (${member.regionName})`,
              })),
            ]}
          />
          <Button text="Give the review" classes="govuk-button--secondary" preventDoubleClick />
        </form>
      )}
    </>
  )
}

/** What members think of the review: their own in any state, of others what is finished. */
export function Readings({
  acting,
  kind,
  readings,
  conflicted,
}: Pick<ReviewPageProps, 'acting' | 'readings' | 'conflicted'> & { kind: ReviewKind }) {
  const shown = readings.filter(reading => reading.finishedAt || reading.personId === acting.personId)
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="readings">
      <h2 class="govuk-heading-m" id="readings">
        Readings
      </h2>
      <WhoSees>the member who wrote it; once finished, the secretariat and the chair. Never a partnership.</WhoSees>
      {shown.map(reading => (
        <Details
          summaryText={
            <>
              {reading.personId === acting.personId ? 'Your reading' : `Reading by ${reading.personName}`},{' '}
              {reading.finishedAt ? `finished ${formatMoment(reading.finishedAt)}` : 'not finished'}{' '}
              {conflicted.has(reading.personId) && (
                <Tag text="Declared a conflict of interest" classes="govuk-tag--red" />
              )}
            </>
          }
        >
          <p class="govuk-body">
            {reading.viewOnReview ? viewsOnReview[reading.viewOnReview] : 'No view of the review yet.'}{' '}
            {kind === 'rapid' &&
              (reading.viewOnDecision ? viewsOnDecision[reading.viewOnDecision] : 'No view of the decision yet.')}
          </p>
          <Paragraphs text={reading.notes} />
          {reading.themes.length > 0 && (
            <p class="govuk-body">Themes: {reading.themes.map(theme => themes[theme]).join('; ')}</p>
          )}
          <SummaryList
            rows={Object.entries(markersOf[kind]).map(([key, marker]) => {
              const mark = reading.markers[key]
              return { key: { text: marker }, value: { text: mark ? marks[mark] : 'Not marked yet' } }
            })}
          />
        </Details>
      ))}
    </section>
  )
}
