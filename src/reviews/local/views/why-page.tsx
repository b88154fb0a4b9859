import { formatDate, type CivilDate } from '../../../platform/dates.ts'
import { TimeLeft } from '../../../reference-data/index.ts'
import { sixMonths } from '../local-review.ts'
import { pausesOf, type Progress } from '../waiting.ts'
import { Heading } from './parts.tsx'

/** For a director: what keeps a review, in sentences, and who can do something about it. */
export function WhyPage({ progress, today }: { progress: Progress; today: CivilDate }) {
  const { review, waits, stage, waiting } = progress
  const months = sixMonths(review, pausesOf(waiting), today)
  return (
    <>
      <Heading review={review}>Why this review waits</Heading>
      <p class="govuk-body-l">
        {review.partnershipName} decided on it on {formatDate(review.decidedOn)}.{' '}
        {review.outcomeOn
          ? `It came to its end for the public on ${formatDate(review.outcomeOn)}.`
          : months.lateByDays > 0
            ? `Six months ended on ${formatDate(review.dueOn)}, ${months.lateByDays === 1 ? '1 day' : `${months.lateByDays} days`} ago.`
            : `Six months end on ${formatDate(review.dueOn)}.`}{' '}
        {!review.outcomeOn && review.expectedOn && `It is now expected on ${formatDate(review.expectedOn)}.`}
        {stage && ` It is ${stage.record ? 'in' : 'before'} the stage “${stage.label}”.`}
      </p>
      {!review.outcomeOn && (
        <p class="govuk-body">
          <TimeLeft dueOn={review.dueOn} today={today} />
        </p>
      )}
      {months.withoutPausesOn && (
        <p class="govuk-body">
          Without the days on which the work stood still, six months end on {formatDate(months.withoutPausesOn)}. The
          guidance knows no pause.
        </p>
      )}
      {waits.length === 0 ? (
        <p class="govuk-body">Nothing that is recorded keeps this review waiting.</p>
      ) : (
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
          {waits.map(({ sentence, mover, at }) => (
            <li>
              {sentence}
              <br />
              <strong>Who can move it:</strong> {mover}{' '}
              <a class="govuk-link" href={`/incidents/${review.incidentId}${at}`}>
                See the record<span class="govuk-visually-hidden">: {sentence}</span>
              </a>
            </li>
          ))}
        </ol>
      )}
      <p class="govuk-body-s">
        Worked out on {formatDate(today)} from the extensions, related processes, requests, stages and appointments that
        are recorded.
      </p>
    </>
  )
}
