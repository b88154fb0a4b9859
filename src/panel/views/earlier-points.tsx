import { formatDate, londonDate } from '../../platform/dates.ts'
import { Details } from '../../platform/web/index.ts'
import { earlierPointsShown, type EarlierPoint, type EarlierPoints as Found } from '../letter/point-lists.ts'
import { isUnanswered } from '../letter/letter.ts'
import { themes, type Theme } from '../../reference-data/index.ts'
import { letterPath } from '../which-review.ts'
import { Paragraphs } from './parts.tsx'

export interface EarlierPointsProps {
  /** The themes of one's own reading. Empty: all themes. */
  about: readonly Theme[]
  found: Found
  /** On every other theme. */
  others: Found | undefined
}

/** Beside a review: what the Panel asked this area before, what the area answered, and what it said it would do. */
export function EarlierPoints({ about, found, others, inNewTab }: EarlierPointsProps & { inNewTab?: boolean }) {
  return (
    <aside aria-labelledby="earlier">
      <h2 class="govuk-heading-m" id="earlier">
        What the Panel asked this area before, and what it answered
      </h2>
      <p class="govuk-body-s">
        {about.length > 0 ? `About: ${about.map(theme => themes[theme]).join('; ')}.` : 'All themes.'}
      </p>
      {found.points.length === 0 && (
        <p class="govuk-body">
          {about.length > 0
            ? 'No earlier letter to this partnership had a point on these themes.'
            : 'The Panel has not written to this partnership about another review.'}
        </p>
      )}
      <Points {...found} inNewTab={inNewTab} />
      {others && others.points.length > 0 && (
        <Details summaryText="What the Panel asked on other themes">
          <Points {...others} inNewTab={inNewTab} />
        </Details>
      )}
    </aside>
  )
}

function Points({ points, more, inNewTab }: Found & { inNewTab: boolean | undefined }) {
  return (
    <>
      {points.map(point => (
        <Point point={point} inNewTab={inNewTab} />
      ))}
      {more && (
        <p class="govuk-body-s">
          These are the latest {earlierPointsShown}. Choose themes in your reading and save it to see older ones.
        </p>
      )}
    </>
  )
}

function Point({ point, inNewTab }: { point: EarlierPoint; inNewTab: boolean | undefined }) {
  return (
    <div class="govuk-!-margin-bottom-6">
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{themes[point.theme]}</h3>
      <p class="govuk-body-s govuk-!-margin-bottom-2">
        <a
          class="govuk-link"
          href={`${letterPath(point)}#point-${point.number}`}
          {...(inNewTab && { target: '_blank', rel: 'noopener' })}
        >
          Letter of {formatDate(londonDate(point.sentAt))}, {point.reference}, point {point.number}
          {inNewTab && ' (opens in a new tab)'}
        </a>
      </p>
      <Paragraphs text={point.text} />
      {point.replies.length === 0 && !point.asks && <p class="govuk-body-s">No answer was asked for.</p>}
      {isUnanswered(point) && (
        <p class="govuk-body">
          <strong>No reply yet.</strong>
          {point.replyBy && ` It was asked for by ${formatDate(point.replyBy)}.`}
        </p>
      )}
      {point.replies.map(reply => (
        <Details open summaryText={`Answered on ${formatDate(londonDate(reply.repliedAt))}`}>
          <Paragraphs text={reply.text} />
          {reply.action && (
            <>
              <p class="govuk-body govuk-!-margin-bottom-1">
                <strong>It said it would:</strong>
              </p>
              <Paragraphs text={reply.action} />
            </>
          )}
        </Details>
      ))}
    </div>
  )
}
