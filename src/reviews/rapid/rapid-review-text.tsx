import { checkAnswers } from '../../platform/questionnaire/index.ts'
import { type RapidReviewAnswers, rapidReviewForm } from './rapid-review-form.ts'

const questions = new Map<string, string>(
  rapidReviewForm.pages.flatMap(page => page.questions.map(({ id, label }): [string, string] => [id, label])),
)

const idOf = (pageId: string) => `text-${pageId}`

function groupsOf(answers: RapidReviewAnswers) {
  return checkAnswers(rapidReviewForm, answers, {}).filter(group =>
    group.rows.some(row => row.lines.length > 0 || row.missing),
  )
}

/** The headings of `RapidReviewText`, for links to them. */
export function reviewHeadings(answers: RapidReviewAnswers): { id: string; title: string }[] {
  return groupsOf(answers).map(group => ({ id: idOf(group.step.page.id), title: group.title }))
}

/**
 * The review as one reads and prints it: a heading for each page, the text in paragraphs. A page that need not be
 * answered and was not is left out.
 */
export function RapidReviewText({ answers }: { answers: RapidReviewAnswers }) {
  return (
    <div class="wv-review-text">
      {groupsOf(answers).map(group => (
        <section aria-labelledby={idOf(group.step.page.id)}>
          <h2 class="govuk-heading-m" id={idOf(group.step.page.id)}>
            {group.title}
          </h2>
          {group.rows.map(row => (
            <>
              {group.rows.length > 1 && (
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{questions.get(row.question)}</h3>
              )}
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
