import type { CivilDate } from '../platform/dates.ts'
import { told, type DetailsOf } from '../platform/events/index.ts'
import type { DiscardReason } from './discard-draft.ts'

/** What can happen to a notification, in the words of the timeline. */
export const notificationEvents = {
  'notification.started': told('Notification started'),
  'notification.page-saved': told<{ page: string }>('A page of the notification was saved'),
  'notification.child-added': told('A child was added to the notification'),
  'notification.child-removed': told('A child was taken off the notification'),
  'notification.answers-replaced': told('The answers were replaced through the API'),
  'notification.discarded': told<{ reason: DiscardReason }>('The draft was discarded'),
  'notification.sent': told<{
    reviewNeeded: boolean
    clockStartsOn: CivilDate
    through: 'national service' | 'Weathervane'
  }>('Notification sent to the Panel'),
  'notification.sent-nationally': told<{ on: CivilDate }>('Sent through the national service too'),
}

declare module '../platform/events/index.ts' {
  interface EventDetails extends DetailsOf<typeof notificationEvents> {}
}
