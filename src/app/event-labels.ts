import { notificationEvents } from '../notifications/index.ts'

/** Every kind of event in the words of the timeline. */
export const eventLabels: Readonly<Record<string, string>> = {
  ...notificationEvents,
}
