/** What can happen to a notification, in the words of the timeline. */
export const notificationEvents = {
  'notification.started': 'Notification started',
  'notification.page-saved': 'A page of the notification was saved',
  'notification.child-added': 'A child was added to the notification',
  'notification.child-removed': 'A child was taken off the notification',
  'notification.answers-replaced': 'The answers were replaced through the API',
  'notification.discarded': 'The draft was discarded',
  'notification.sent': 'Notification sent to the Panel',
} as const
