export { notificationRoutes } from './api.ts'
export { criteriaResult } from './criteria.ts'
export { notificationEvents } from './events.ts'
export {
  ethnicities,
  harmCategories,
  type Nature,
  natureNames,
  natures,
  type NotificationAnswers,
  notificationForm,
  sexes,
} from './notification-form.ts'
export { notificationsNeeding } from './needing.ts'
export { registerNotificationPages } from './pages.tsx'
export { sendNotification } from './send-notification.ts'
export { startNotification } from './start-notification.ts'
export {
  type ChildLine,
  type Incident,
  listIncidents,
  readIncident,
  readReference,
  sentNotification,
  type SentNotification,
} from './store.ts'
export { NotificationSummary } from './summary.tsx'
