import { inNationalFormOrder, type Lookups } from '../../platform/questionnaire/index.ts'
import { CopyValue, SummaryList } from '../../platform/web/index.ts'
import { notificationForm, type NotificationAnswers } from '../notification-form.ts'

/** The answers in the order of the national service's form, each with a button to copy it. */
export function NationalFormPage({
  answers,
  lookups,
  whenDone,
}: {
  answers: NotificationAnswers
  lookups: Lookups
  /** Where to say that it is sent there, once it was sent here. */
  whenDone: string | undefined
}) {
  return (
    <>
      <h1 class="govuk-heading-l">Your answers in the order of the national form</h1>
      <p class="govuk-body">
        Open the national notification service in another window. Copy each answer into the field of the same name. The
        order is our reading of that form; if a field has moved, its name still tells you.
      </p>
      {whenDone && (
        <p class="govuk-body">
          When it is sent there,{' '}
          <a class="govuk-link" href={whenDone}>
            note its reference and when
          </a>
          .
        </p>
      )}
      <SummaryList
        rows={inNationalFormOrder(notificationForm, answers, lookups).map(row => ({
          key: { text: row.caption ? `${row.caption}: ${row.label}` : row.label },
          value: {
            children:
              row.lines.length > 0 ? (
                <CopyValue
                  label={row.caption ? `${row.caption}: ${row.label}` : row.label}
                  value={row.lines.join('\n')}
                />
              ) : (
                <span class="wv-quiet">No answer</span>
              ),
          },
        }))}
      />
    </>
  )
}
