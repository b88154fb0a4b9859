/** What can happen to a notification, in the words of the timeline. */
export const notificationEvents = {
  'notification.started': 'Notification started',
  'notification.sent': 'Notification sent to the Panel',
} as const
