import { checkAnswers, type AnswerRow, type Lookups, type Step } from '../platform/questionnaire/index.ts'
import { SummaryList } from '../platform/web/components/index.ts'
import { notificationForm, type NotificationAnswers } from './notification-form.ts'

export interface NotificationSummaryProps {
  answers: NotificationAnswers
  lookups: Lookups
  /** Where each answer can be changed; absent on what was sent. */
  changeHref?: (step: Step, row: AnswerRow) => string
}

/** All answers, page by page: on "check your answers", and wherever a sent notification is read. */
export function NotificationSummary({ answers, lookups, changeHref }: NotificationSummaryProps) {
  return (
    <>
      {checkAnswers(notificationForm, answers, lookups).map(group => (
        <SummaryList
          card={{ title: { text: group.caption ? `${group.caption}: ${group.title}` : group.title, headingLevel: 3 } }}
          rows={group.rows.map(row => ({
            key: { text: row.key },
            value: {
              children:
                row.lines.length > 0 ? (
                  row.lines.map(line => <p class="govuk-body wv-answer">{line}</p>)
                ) : (
                  <span class="wv-quiet">No answer</span>
                ),
            },
            ...(changeHref && {
              actions: { items: [{ href: changeHref(group.step, row), text: 'Change', visuallyHiddenText: row.key }] },
            }),
          }))}
        />
      ))}
    </>
  )
}
