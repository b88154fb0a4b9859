import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  Details,
  errorAt,
  FormToken,
  InsetText,
  Radios,
  Textarea,
  WhoSees,
} from '../../platform/web/index.ts'
import { outcomesIn, type SentReview } from '../sent-review.ts'
import { marks, markersOf } from '../quality-markers.ts'
import { panelPath, reviewNames, type WhichReview } from '../which-review.ts'
import type { Consideration, Reading, ReadingText } from '../store.ts'
import { themeKeys, themes } from '../../reference-data/index.ts'
import { viewsOnReview, viewsOnReviewOf } from '../opinions.ts'
import { DecisionRadios } from './decision-radios.tsx'
import { EarlierPoints, type EarlierPointsProps } from './earlier-points.tsx'
import { Paragraphs } from './parts.tsx'
import { SentReviewContents, SentReviewText } from './sent-review.tsx'

export interface ReadingPageProps {
  request: FastifyRequest
  consideration: Consideration
  /** What the form shows: stored, or as it was just typed. */
  reading: ReadingText
  stored: Reading | undefined
  /** The reading was saved in another window since: show what is stored too. */
  overtaken: boolean
  errors: readonly FieldError[]
  /** The letter was sent meanwhile: what was typed is shown, and cannot be kept any more. */
  isOver: boolean
  review: SentReview | undefined
  earlier: EarlierPointsProps
}

export function ReadingPage(props: ReadingPageProps) {
  const { request, consideration, isOver, review, reading, stored, overtaken, errors, earlier } = props
  const finished = Boolean(stored?.finishedAt)
  return (
    <>
      <span class="govuk-caption-l">
        {reviewNames[consideration.kind]} {consideration.reference}, {consideration.partnershipName}
      </span>
      <h1 class="govuk-heading-l">Your reading</h1>
      <nav class="wv-beside-ways" aria-label="Parts of this page">
        <a class="govuk-link" href="#review">
          The review
        </a>
        <a class="govuk-link" href="#earlier">
          Asked before
        </a>
        <a class="govuk-link" href="#reading">
          Your reading
        </a>
      </nav>
      <div class="wv-beside">
        {/* It scrolls by itself where it stands beside the form, so the keyboard must reach it. */}
        <section class="wv-beside__text" aria-labelledby="review" tabIndex={0}>
          <ReviewBeside which={consideration} review={review} hasEarlier />
          <EarlierPoints {...earlier} inNewTab />
        </section>
        <section aria-labelledby="reading">
          <h2 class="govuk-heading-m" id="reading">
            Write your reading
          </h2>
          <WhoSees>
            only you while it is a draft; once finished, the secretariat and the chair. Never a partnership.
          </WhoSees>
          {stored && <p class="govuk-body-s">Last saved {formatMoment(stored.savedAt)}.</p>}
          {overtaken && stored && (
            <InsetText>
              <p class="govuk-body">
                <strong>You saved this reading in another window.</strong> What is stored is here; what you typed is in
                the form below. Save again to keep what you typed.
              </p>
              <Paragraphs text={stored.notes} />
            </InsetText>
          )}
          <form method="post" action={`${panelPath(consideration)}/reading`} novalidate>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="revision" value={stored?.revision ?? 0} />
            <h3 class="govuk-heading-m">Signs of a good review</h3>
            {Object.entries(markersOf[consideration.kind]).map(([key, marker]) => (
              <Radios
                name={`marker-${key}`}
                classes="govuk-radios--inline govuk-radios--small"
                fieldset={{ legend: { text: marker, classes: 'govuk-fieldset__legend--s' } }}
                value={reading.markers[key]}
                errorMessage={errorAt(errors, `marker-${key}`)}
                items={Object.entries(marks).map(([value, text]) => ({ value, text }))}
              />
            ))}
            <Textarea
              name="notes"
              rows={12}
              label={{ text: 'What you think of the review', classes: 'govuk-label--m' }}
              hint={{ text: 'What it explains, what it leaves open, what the letter should say.' }}
              value={reading.notes}
              errorMessage={errorAt(errors, 'notes')}
            />
            <Radios
              name="viewOnReview"
              fieldset={{ legend: { text: 'Your view of the review', classes: 'govuk-fieldset__legend--m' } }}
              hint={{ text: 'In the words the letter would use.' }}
              value={reading.viewOnReview}
              errorMessage={errorAt(errors, 'viewOnReview')}
              items={viewsOnReviewOf[consideration.kind].map(value => ({ value, text: viewsOnReview[value] }))}
            />
            {consideration.kind === 'rapid' && (
              <DecisionRadios
                legend="Your view of their decision"
                hint="The decision remains the partnership’s."
                outcomes={outcomesIn(review)}
                value={reading.viewOnDecision}
                errors={errors}
              />
            )}
            <Details summaryText="Themes of this review" open={reading.themes.length > 0}>
              <Checkboxes
                name="themes"
                classes="govuk-checkboxes--small"
                fieldset={{ legend: { text: 'Themes', classes: 'govuk-visually-hidden' } }}
                hint={{ text: 'Once saved, what the Panel asked this area before on these comes first.' }}
                values={reading.themes}
                items={themeKeys.map(value => ({ value, text: themes[value] }))}
              />
            </Details>
            {!isOver && (
              <div class="govuk-button-group">
                {finished ? (
                  <Button text="Save the changes" name="next" value="save" preventDoubleClick />
                ) : (
                  <>
                    <Button text="Save as draft" name="next" value="save" classes="govuk-button--secondary" />
                    <Button text="Finish the reading" name="next" value="finish" preventDoubleClick />
                  </>
                )}
              </div>
            )}
          </form>
        </section>
      </div>
    </>
  )
}

/** The review as it stands beside what is written about it. */
export function ReviewBeside({
  which,
  review,
  hasEarlier = false,
}: {
  which: WhichReview
  review: SentReview | undefined
  /** What the area was asked before follows on the page. */
  hasEarlier?: boolean
}) {
  return (
    <>
      <h2 class="govuk-heading-m" id="review">
        The review
      </h2>
      {review ? (
        <SentReviewContents review={review} hasEarlier={hasEarlier} />
      ) : (
        <p class="govuk-body">The text of the review cannot be shown to you.</p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={panelPath(which)} target="_blank" rel="noopener">
          The whole record, with the notification (opens in a new tab)
        </a>
      </p>
      {review && <SentReviewText review={review} />}
    </>
  )
}
