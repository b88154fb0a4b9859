export { notificationRoutes } from './api.ts'
export { notificationDueOn } from './due-day.ts'
export { notificationEvents } from './events.ts'
export { incidentFacts } from './incident-facts.ts'
export { knownToRecord } from './known-to-record.ts'
export { type Nature, natureNames, type NotificationAnswers, notificationForm } from './notification-form.ts'
export { notificationsNeeding } from './needing.ts'
export { registerNotificationPages } from './pages.tsx'
export { sendNotification } from './send-notification.ts'
export { startNotification } from './start-notification.ts'
export {
  type ChildLine,
  describeIncidents,
  type Incident,
  readIncident,
  sentNotification,
  type SentNotification,
} from './store.ts'
export { NotificationSummary } from './summary.tsx'
