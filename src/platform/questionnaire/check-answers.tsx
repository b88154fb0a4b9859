import type { ComponentChildren } from 'preact'
import { ErrorSummary, SummaryList } from '../web/components/index.ts'
import type { Answers } from './answer.ts'
import type { OpenProblem } from './draft.ts'
import type { Lookups, Questionnaire } from './questionnaire.ts'
import { checkAnswers } from './show.ts'
import { stepPath } from './steps.ts'

export interface AnswerCardsProps {
  questionnaire: Questionnaire
  answers: Answers
  lookups?: Lookups
  headingLevel?: 2 | 3
  /** Where the answers of a page can be changed; absent on what was sent. */
  pageHref?: (path: string) => string
}

/** All answers, a card for each page. */
export function AnswerCards({ questionnaire, answers, lookups = {}, headingLevel = 2, pageHref }: AnswerCardsProps) {
  return (
    <>
      {checkAnswers(questionnaire, answers, lookups).map(({ step, title, caption, rows }) => (
        <SummaryList
          card={{ title: { text: caption ? `${caption}: ${title}` : title, headingLevel } }}
          rows={rows.map(({ key, lines, field }) => ({
            key: { text: key },
            value: {
              children:
                lines.length > 0 ? (
                  lines.map(line => <p class="govuk-body wv-answer">{line}</p>)
                ) : (
                  <span class="wv-quiet">No answer</span>
                ),
            },
            ...(pageHref && {
              actions: {
                items: [{ href: `${pageHref(stepPath(step))}#${field}`, text: 'Change', visuallyHiddenText: key }],
              },
            }),
          }))}
        />
      ))}
    </>
  )
}

export interface CheckAnswersProps extends AnswerCardsProps {
  caption: string
  problems: readonly OpenProblem[]
  /** Heads the problems before anybody tried to go on: “Still needed before you can send”. */
  stillNeeded: string
  /** The person has just tried to go on, and could not. */
  refused: boolean
  /** Why they could not, where it is none of the problems. */
  refusal?: string | undefined
  pageHref: (path: string) => string
  /** Stands below the heading. */
  children?: ComponentChildren
}

/** “Check your answers”: what is still needed, then all answers. What comes next is the page's own. */
export function CheckAnswers({
  caption,
  problems,
  stillNeeded,
  refused,
  refusal,
  children,
  ...cards
}: CheckAnswersProps) {
  const listed = [
    ...(refusal ? [{ text: refusal, href: '#main-content' }] : []),
    ...problems.map(({ field, text, page }) => ({ text, href: `${cards.pageHref(page)}#${field}` })),
  ]
  return (
    <>
      {refused && listed.length > 0 && <ErrorSummary titleText="There is a problem" errorList={listed} />}
      <span class="govuk-caption-l">{caption}</span>
      <h1 class="govuk-heading-l">Check your answers</h1>
      {children}
      {!refused && listed.length > 0 && (
        <section aria-labelledby="still-needed">
          <h2 class="govuk-heading-m" id="still-needed">
            {stillNeeded}
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {listed.map(({ text, href }) => (
              <li>
                <a class="govuk-link" href={href}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <AnswerCards {...cards} />
    </>
  )
}
