import { AnswerCards, type Lookups } from '../platform/questionnaire/index.ts'
import { notificationForm, type NotificationAnswers } from './notification-form.ts'

/** All answers, page by page, wherever a sent notification is read. */
export function NotificationSummary({ answers, lookups }: { answers: NotificationAnswers; lookups: Lookups }) {
  return <AnswerCards questionnaire={notificationForm} {...{ answers, lookups }} headingLevel={3} />
}
