import { checkAnswers } from '../../platform/questionnaire/index.ts'
import { type RapidReviewAnswers, rapidReviewForm } from './rapid-review-form.ts'

/** The review as one reads and prints it: a heading for each page, the text in paragraphs. */
export function RapidReviewText({ answers }: { answers: RapidReviewAnswers }) {
  return (
    <div class="wv-review-text">
      {checkAnswers(rapidReviewForm, answers, {}).map(group => (
        <section aria-labelledby={`text-${group.step.page.id}`}>
          <h2 class="govuk-heading-m" id={`text-${group.step.page.id}`}>
            {group.title}
          </h2>
          {group.rows.map(row => (
            <>
              {group.rows.length > 1 && <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{row.key}</h3>}
              {row.lines.length === 0 && <p class="govuk-body">No answer</p>}
              {row.lines
                .filter(line => line.trim() !== '')
                .map(line => (
                  <p class="govuk-body">{line}</p>
                ))}
            </>
          ))}
        </section>
      ))}
    </div>
  )
}
