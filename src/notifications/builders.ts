import { exampleAnswers } from './api-example.ts'
import type { NotificationAnswers } from './notification-form.ts'

/** Everything a notification about one baby needs to be sent, on 2 March 2026 or later. Invented. */
export function aCompleteNotification(): NotificationAnswers {
  const [child] = exampleAnswers.children ?? []
  return {
    ...exampleAnswers,
    children: [{ ...child, givenName: 'Rowan', familyName: 'Testfield' }],
    notifierName: 'Test Notifier',
  }
}
