import { formatDate, londonDate } from '../../platform/dates.ts'
import { Details } from '../../platform/web/index.ts'
import { earlierPointsShown, type EarlierPoint } from '../letter-store.ts'
import { themes, type Theme } from '../themes.ts'
import { Paragraphs } from './parts.tsx'

export interface EarlierPointsProps {
  points: readonly EarlierPoint[]
  more: boolean
  /** Empty: all themes. */
  about: readonly Theme[]
  /** This page with all themes, and with those of the reading. */
  path: string
  hasOwnThemes: boolean
}

/** Beside a review: what the Panel asked this area before, what the area answered, and what it said it would do. */
export function EarlierPoints({ points, more, about, path, hasOwnThemes }: EarlierPointsProps) {
  return (
    <aside aria-labelledby="earlier">
      <h2 class="govuk-heading-m" id="earlier">
        What the Panel asked this area before, and what it answered
      </h2>
      <p class="govuk-body-s">
        {about.length > 0 ? (
          <>
            About: {about.map(theme => themes[theme]).join('; ')}.{' '}
            <a class="govuk-link" href={`${path}?themes=all`}>
              Show all themes
            </a>
          </>
        ) : (
          <>
            All themes.{' '}
            {hasOwnThemes && (
              <a class="govuk-link" href={path}>
                Show the themes of your reading only
              </a>
            )}
          </>
        )}
      </p>
      {points.length === 0 && (
        <p class="govuk-body">
          {about.length > 0
            ? 'No earlier letter to this partnership had a point on these themes.'
            : 'The Panel has not written to this partnership about another review.'}
        </p>
      )}
      {points.map(point => (
        <div class="govuk-!-margin-bottom-6">
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{themes[point.theme]}</h3>
          <p class="govuk-body-s govuk-!-margin-bottom-2">
            <a class="govuk-link" href={`/incidents/${point.incidentId}/letter`}>
              Letter of {formatDate(londonDate(point.sentAt))}
              {point.reference && `, ${point.reference}`}
            </a>
            , point {point.number}
          </p>
          <Paragraphs text={point.text} />
          {point.replies.length === 0 ? (
            <p class="govuk-body">
              <strong>No reply yet.</strong>
              {point.replyBy && ` It was asked for by ${formatDate(point.replyBy)}.`}
            </p>
          ) : (
            point.replies.map(reply => (
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
            ))
          )}
        </div>
      ))}
      {more && (
        <p class="govuk-body-s">
          These are the latest {earlierPointsShown}. Choose themes in your reading to see older ones.
        </p>
      )}
    </aside>
  )
}
