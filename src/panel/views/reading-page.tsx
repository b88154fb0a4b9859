import type { FastifyRequest } from 'fastify'
import { formatMoment } from '../../platform/dates.ts'
import type { FieldError } from '../../platform/errors.ts'
import {
  Button,
  Checkboxes,
  Details,
  FormToken,
  InsetText,
  Radios,
  Textarea,
  WhoSees,
} from '../../platform/web/index.ts'
import { qualityMarkers } from '../../reviews/index.ts'
import { markerKeys, marks } from '../quality-markers.ts'
import type { Consideration, Reading, ReadingText } from '../store.ts'
import { themeKeys, themes } from '../themes.ts'
import { viewsOnDecision, viewsOnReview } from '../opinions.ts'
import { EarlierPoints, type EarlierPointsProps } from './earlier-points.tsx'
import { errorAt } from './forms.ts'
import { Paragraphs } from './parts.tsx'

export interface ReadingPageProps {
  request: FastifyRequest
  consideration: Consideration
  /** What the form shows: stored, or as it was just typed. */
  reading: ReadingText
  stored: Reading | undefined
  /** The reading was saved in another window since: show what is stored too. */
  overtaken: boolean
  errors: readonly FieldError[]
  earlier: EarlierPointsProps
}

export function ReadingPage(props: ReadingPageProps) {
  const { request, consideration, reading, stored, overtaken, errors, earlier } = props
  const finished = Boolean(stored?.finishedAt)
  return (
    <>
      <span class="govuk-caption-l">
        Rapid review {consideration.reference}, {consideration.partnershipName}
      </span>
      <h1 class="govuk-heading-l">Your reading</h1>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
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
          <form method="post" action={`/panel/${consideration.incidentId}/reading`} novalidate>
            <FormToken visitor={request.visitor} />
            <input type="hidden" name="revision" value={stored?.revision ?? 0} />
            <h2 class="govuk-heading-m">Signs of a good review</h2>
            {markerKeys.map(key => (
              <Radios
                name={`marker-${key}`}
                classes="govuk-radios--inline govuk-radios--small"
                fieldset={{ legend: { text: qualityMarkers[key], classes: 'govuk-fieldset__legend--s' } }}
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
              items={Object.entries(viewsOnReview).map(([value, text]) => ({ value, text }))}
            />
            <Radios
              name="viewOnDecision"
              fieldset={{ legend: { text: 'Your view of their decision', classes: 'govuk-fieldset__legend--m' } }}
              hint={{ text: 'The decision remains the partnership’s. The Panel may challenge it.' }}
              value={reading.viewOnDecision}
              errorMessage={errorAt(errors, 'viewOnDecision')}
              items={Object.entries(viewsOnDecision).map(([value, text]) => ({ value, text }))}
            />
            <Details summaryText="Themes of this review" open={reading.themes.length > 0}>
              <Checkboxes
                name="themes"
                classes="govuk-checkboxes--small"
                fieldset={{ legend: { text: 'Themes', classes: 'govuk-visually-hidden' } }}
                hint={{ text: 'Once saved, the column beside this form shows what this area told the Panel on these.' }}
                values={reading.themes}
                items={themeKeys.map(value => ({ value, text: themes[value] }))}
              />
            </Details>
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
          </form>
        </div>
        <div class="govuk-grid-column-one-third">
          <EarlierPoints {...earlier} />
        </div>
      </div>
    </>
  )
}
